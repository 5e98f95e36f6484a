//! A disk that is told what programs do to files, and what of it a power cut leaves.
//!
//! What is written is in nobody's hands until it is synced: of a file, all that was written to it before a
//! sync of it **began** is on the disk when that sync **returns** with success, and nothing else is for sure.
//! That holds for its size, too. A name (a file made, renamed, linked or removed) is on the disk when a
//! sync of the folder or of the file itself returned that began after it; where it depends on earlier changes of
//! the same names, with these. This is what Linux' file systems keep, and no more: none of them loses the
//! name of a file that was synced, though POSIX lets it. A folder is there where something in it is.
//!
//! [`Cut::Bare`] leaves that and nothing else. [`Cut::Torn`] leaves more, as a disk may that was written to
//! in the background: of what is not synced each write is there, is not, or is torn at a sector of
//! 512 bytes; sizes change or do not; of the changes of names the first few are there, in their order.

use super::call::{Act, At};
use super::image::{Image, is_kept};
use super::naming::Naming;
use super::trace::{Call, Trace};
use crate::Error;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// What is written as one, or not at all.
const SECTOR: u64 = 512;

/// A file or a folder, whatever its names.
#[derive(Debug)]
struct Node<'a> {
    folder: bool,
    synced: Cow<'a, [u8]>,
    /// What was done to it since, in order.
    pending: Vec<Pending<'a>>,
    /// How long it is for whoever reads it.
    length: u64,
}

#[derive(Debug)]
struct Pending<'a> {
    /// When it was done; `None` while it is being done.
    end: Option<usize>,
    change: Change<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Change<'a> {
    Write { at: u64, data: &'a [u8] },
    Resize(u64),
    Extend(u64),
}

impl Change<'_> {
    fn apply(self, bytes: &mut Vec<u8>) {
        let index = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        match self {
            Self::Write { at, data } => {
                let (begin, end) = (index(at), index(at) + data.len());
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[begin..end].copy_from_slice(data);
            }
            Self::Resize(size) => bytes.resize(index(size), 0),
            Self::Extend(size) => bytes.resize(index(size).max(bytes.len()), 0),
        }
    }

    fn length(self, before: u64) -> u64 {
        match self {
            Self::Write { at, data } => before.max(at + data.len() as u64),
            Self::Resize(size) => size,
            Self::Extend(size) => size.max(before),
        }
    }
}

/// What a power cut leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// What was synced.
    Bare,
    /// That, and some of the rest.
    Torn,
}

/// Files as their programs see them, and what of them is on the disk.
#[derive(Debug)]
pub(super) struct Disk<'a> {
    roots: &'a [PathBuf],
    nodes: Vec<Node<'a>>,
    names: BTreeMap<PathBuf, usize>,
    synced: BTreeMap<PathBuf, usize>,
    pending: Vec<Naming>,
}

impl<'a> Disk<'a> {
    /// The disk when all that has a place before `until` has happened. Syncs that return at `deaf` or
    /// later do nothing.
    pub(super) fn at(
        image: &'a Image,
        trace: &'a Trace,
        until: usize,
        deaf: usize,
    ) -> Result<Self, Error> {
        let mut disk = Self::of(image);
        let begun = trace.calls.iter().filter(|call| call.begin < until);
        let mut calls: Vec<&Call> = begun.collect();
        let over = |call: &Call| call.end.filter(|&end| end < until);
        // What is done at last shows when it returns; what never returned may show, too.
        calls.sort_by_key(|call| over(call).unwrap_or(usize::MAX));
        for call in calls {
            disk.take(call, over(call), deaf)
                .map_err(Error::Unfollowed)?;
        }
        Ok(disk)
    }

    fn of(image: &'a Image) -> Self {
        let mut disk = Self {
            roots: &image.roots,
            nodes: Vec::new(),
            names: BTreeMap::new(),
            synced: BTreeMap::new(),
            pending: Vec::new(),
        };
        for (path, bytes) in image.entries() {
            let node = disk.node(bytes.is_none(), bytes.unwrap_or_default());
            disk.names.insert(path.to_owned(), node);
        }
        disk.synced = disk.names.clone();
        disk
    }

    fn node(&mut self, folder: bool, synced: &'a [u8]) -> usize {
        self.nodes.push(Node {
            folder,
            synced: synced.into(),
            pending: Vec::new(),
            length: synced.len() as u64,
        });
        self.nodes.len() - 1
    }

    fn is_ours(&self, path: &Path) -> bool {
        is_kept(path) && self.roots.iter().any(|root| path.starts_with(root))
    }

    fn take(&mut self, call: &'a Call, end: Option<usize>, deaf: usize) -> Result<(), String> {
        match &call.act {
            Act::Open {
                path,
                creates,
                empties,
                ..
            } if self.is_ours(path) => {
                let Some(end) = end else { return Ok(()) };
                match self.names.get(path) {
                    Some(_) if !empties => {}
                    Some(&node) => self.change(node, Some(end), Change::Resize(0)),
                    None if *creates => {
                        let node = self.node(false, &[]);
                        self.name(end, node, None, Some(path.clone()));
                    }
                    // A folder of ours itself.
                    None if self.roots.contains(path) => {}
                    None => {
                        return Err(format!("{} was opened, which nobody made", path.display()));
                    }
                }
            }
            Act::Write {
                path: Some(path),
                at,
                data,
                ..
            } if self.is_ours(path) => {
                let node = self.find(path)?;
                let at = match at {
                    At::Place(at) => *at,
                    At::End => self.nodes[node].length,
                    At::Next => return Err(format!("somewhere in {} was written", path.display())),
                };
                self.change(node, end, Change::Write { at, data });
            }
            Act::Resize {
                path: Some(path),
                size,
            } if self.is_ours(path) => {
                let node = self.find(path)?;
                self.change(node, end, Change::Resize(*size));
            }
            Act::Extend {
                path: Some(path),
                size,
            } if self.is_ours(path) => {
                let node = self.find(path)?;
                self.change(node, end, Change::Extend(*size));
            }
            Act::Sync { path } if self.is_ours(path) => {
                if end.is_some_and(|end| end < deaf) {
                    self.sync(path, call.begin);
                }
            }
            act => self.rename(act, end)?,
        }
        Ok(())
    }

    /// Changes of names. One that is not over has not happened: the next change of the disk may.
    fn rename(&mut self, act: &Act, end: Option<usize>) -> Result<(), String> {
        let Some(end) = end else { return Ok(()) };
        match act {
            Act::Rename { from, to } if self.is_ours(from) || self.is_ours(to) => {
                let node = self.find(from)?;
                self.name(end, node, Some(from.clone()), Some(to.clone()));
            }
            Act::Link { from, to } if self.is_ours(to) => {
                let node = self.find(from)?;
                self.name(end, node, None, Some(to.clone()));
            }
            Act::Remove { path } if self.is_ours(path) => {
                let node = self.find(path)?;
                self.name(end, node, Some(path.clone()), None);
            }
            Act::MakeFolder { path } if self.is_ours(path) => {
                let node = self.node(true, &[]);
                self.name(end, node, None, Some(path.clone()));
            }
            _ => {}
        }
        Ok(())
    }

    fn find(&self, path: &Path) -> Result<usize, String> {
        let node = self.names.get(path).copied();
        node.ok_or_else(|| format!("{} was changed, which nobody made", path.display()))
    }

    fn change(&mut self, node: usize, end: Option<usize>, change: Change<'a>) {
        let node = &mut self.nodes[node];
        node.length = change.length(node.length);
        node.pending.push(Pending { end, change });
    }

    fn name(&mut self, end: usize, node: usize, from: Option<PathBuf>, to: Option<PathBuf>) {
        let naming = Naming {
            end,
            node,
            from,
            to,
        };
        naming.apply(&mut self.names);
        self.pending.push(naming);
    }

    /// A sync returns that began at `begin`.
    fn sync(&mut self, path: &Path, begin: usize) {
        let node = self.names.get(path).copied();
        if let Some(node) = node {
            let node = &mut self.nodes[node];
            let is_before = |it: &Pending<'_>| it.end.is_some_and(|end| end < begin);
            for done in node.pending.extract_if(.., |it| is_before(it)) {
                done.change.apply(node.synced.to_mut());
            }
        }
        let is_of = |naming: &Naming| {
            let in_folder = naming.paths().any(|it| it.parent() == Some(path));
            naming.end < begin && (in_folder || Some(naming.node) == node)
        };
        let mut of: Vec<bool> = self.pending.iter().map(is_of).collect();
        // With what they follow from: what happened to the same names before.
        let mut names: HashSet<&Path> = HashSet::new();
        for (naming, of) in self.pending.iter().zip(&mut of).rev() {
            *of |= naming.paths().any(|path| names.contains(path));
            if *of {
                names.extend(naming.paths());
            }
        }
        let mut of = of.into_iter();
        for naming in self.pending.extract_if(.., |_| of.next() == Some(true)) {
            naming.apply(&mut self.synced);
        }
    }

    /// Files and folders (`None`) as programs see them.
    pub(super) fn seen(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        self.tree(&self.names, |node| {
            let mut bytes = node.synced.to_vec();
            node.pending
                .iter()
                .for_each(|it| it.change.apply(&mut bytes));
            bytes
        })
    }

    /// The same, as a power cut leaves them.
    pub(super) fn left(
        &self,
        cut: Cut,
        draws: &mut fastrand::Rng,
    ) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        if cut == Cut::Bare {
            return self.tree(&self.synced, |node| node.synced.to_vec());
        }
        let mut names = self.synced.clone();
        let first = draws.usize(0..=self.pending.len());
        for naming in &self.pending[..first] {
            naming.apply(&mut names);
        }
        self.tree(&names, |node| {
            let mut bytes = node.synced.to_vec();
            for pending in &node.pending {
                if let Some(change) = torn(pending.change, draws) {
                    change.apply(&mut bytes);
                }
            }
            bytes
        })
    }

    fn tree(
        &self,
        names: &BTreeMap<PathBuf, usize>,
        mut bytes: impl FnMut(&Node<'_>) -> Vec<u8>,
    ) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let entry = |(path, &node): (&PathBuf, &usize)| {
            let node = &self.nodes[node];
            (path.clone(), (!node.folder).then(|| bytes(node)))
        };
        names.iter().map(entry).collect()
    }
}

/// What is left of a change that was not synced.
fn torn<'a>(change: Change<'a>, draws: &mut fastrand::Rng) -> Option<Change<'a>> {
    match (draws.u8(0..5), change) {
        (0 | 1, _) => None,
        (4, Change::Write { at, data }) => {
            let end = at + data.len() as u64;
            let sectors = (at / SECTOR + 1)..end.div_ceil(SECTOR);
            // Within one sector nothing tears.
            if sectors.is_empty() {
                return Some(change);
            }
            let tear = draws.u64(sectors) * SECTOR;
            let (head, tail) = data.split_at(usize::try_from(tear - at).unwrap_or_default());
            Some(match draws.bool() {
                true => Change::Write { at, data: head },
                false => Change::Write {
                    at: tear,
                    data: tail,
                },
            })
        }
        _ => Some(change),
    }
}

#[cfg(test)]
mod tests;
