//! What calls of the system do to files and tell to clients.

use super::line::{File, Spoken, bytes, split};
use std::path::{Path, PathBuf};

/// The calls that are traced. A `?` stands before those that some processors do not have; those that
/// change files behind [`Act`]'s back are there to be refused.
pub(super) const TRACED: &str = "openat,openat2,?open,?creat,close,lseek,write,writev,pwrite64,pwritev,\
     pwritev2,fsync,fdatasync,sync,syncfs,ftruncate,truncate,fallocate,?rename,renameat,renameat2,?link,\
     linkat,?unlink,unlinkat,?mkdir,mkdirat,?rmdir,?symlink,symlinkat,sendto,sendmsg,recvfrom,recvmsg,\
     copy_file_range,sendfile,splice,io_uring_setup";

/// Where a write goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// So many bytes from the beginning.
    Place(u64),
    /// Where the last one ended.
    Next,
    /// The end of the file.
    End,
}

/// What a call does. Paths are whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Open {
        number: u32,
        path: PathBuf,
        creates: bool,
        empties: bool,
        appends: bool,
    },
    Seek {
        number: u32,
        to: u64,
    },
    /// To a file; `path` is `None` where no name leads to it any more.
    Write {
        number: u32,
        path: Option<PathBuf>,
        at: At,
        data: Vec<u8>,
    },
    /// What was written to this file or folder until it began is on the disk when it returns.
    Sync {
        path: PathBuf,
    },
    Resize {
        path: Option<PathBuf>,
        size: u64,
    },
    /// Makes a file at least so large.
    Extend {
        path: Option<PathBuf>,
        size: u64,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    /// Of a file or a folder.
    Remove {
        path: PathBuf,
    },
    MakeFolder {
        path: PathBuf,
    },
    Send {
        socket: String,
        data: Vec<u8>,
    },
    Receive {
        socket: String,
        data: Vec<u8>,
    },
}

/// Why a call cannot be followed.
pub(super) type Strange = String;

/// What a call does; `None` where that is nothing to us, as when it fails.
pub(super) fn act(call: &Spoken, folder: &Path) -> Result<Option<Act>, Strange> {
    if call.gave.starts_with("-1") {
        return Ok(None);
    }
    let strange = || format!("{}({})", call.name, shortened(&call.arguments));
    let arguments = split(&call.arguments);
    Words {
        call,
        arguments,
        folder,
    }
    .act()
    .ok_or_else(strange)
}

fn shortened(text: &str) -> String {
    text.chars().take(400).collect()
}

struct Words<'a> {
    call: &'a Spoken,
    arguments: Vec<&'a str>,
    folder: &'a Path,
}

impl Words<'_> {
    /// The outer `None` is a call that is not understood.
    fn act(&self) -> Option<Option<Act>> {
        let act = match self.call.name.as_str() {
            "openat" | "openat2" | "open" | "creat" => self.open()?,
            "close" => return Some(None),
            "lseek" => Act::Seek {
                number: self.file(0)?.number?,
                to: self.given()?,
            },
            "write" | "writev" | "sendto" | "sendmsg" => self.written(At::Next)?,
            "pwrite64" | "pwritev" | "pwritev2" => self.written(At::Place(self.number(3)?))?,
            "recvfrom" | "recvmsg" => {
                // One that waits has nothing yet.
                let Some(data) = self.data() else {
                    return self.call.returned.is_none().then_some(None);
                };
                let socket = self.file(0)?.path;
                Act::Receive { socket, data }
            }
            "fsync" | "fdatasync" => Act::Sync {
                path: self.file(0)?.path.into(),
            },
            // Of everything on a disk, which nobody who counts on one file relies on.
            "sync" | "syncfs" => return Some(None),
            "ftruncate" => Act::Resize {
                path: self.named(0)?,
                size: self.number(1)?,
            },
            "truncate" => Act::Resize {
                path: Some(self.path(0)?),
                size: self.number(1)?,
            },
            "fallocate" if self.arguments.get(1) == Some(&"0") => Act::Extend {
                path: self.named(0)?,
                size: self.number(2)? + self.number(3)?,
            },
            "rename" => self.rename(self.path(0)?, self.path(1)?),
            "renameat" | "renameat2" => self.rename(self.path_at(0)?, self.path_at(2)?),
            "link" => self.link(self.path(0)?, self.path(1)?),
            "linkat" => self.link(self.path_at(0)?, self.path_at(2)?),
            "unlink" | "rmdir" => Act::Remove {
                path: self.path(0)?,
            },
            "unlinkat" => Act::Remove {
                path: self.path_at(0)?,
            },
            "mkdir" => Act::MakeFolder {
                path: self.path(0)?,
            },
            "mkdirat" => Act::MakeFolder {
                path: self.path_at(0)?,
            },
            _ => return None,
        };
        Some(Some(act))
    }

    fn open(&self) -> Option<Act> {
        let flags = match self.call.name.as_str() {
            "openat" | "openat2" => self.arguments.get(2)?,
            "open" => self.arguments.get(1)?,
            _ => "O_CREAT|O_TRUNC",
        };
        let is = |flag: &str| flags.split('|').any(|word| word == flag);
        // A write to such a file is a sync, too; nothing here is told of it.
        if is("O_SYNC") || is("O_DSYNC") || flags.contains("O_TMPFILE") {
            return None;
        }
        let file = File::read(&self.call.gave)?;
        Some(Act::Open {
            number: file.number?,
            path: file.path.into(),
            creates: is("O_CREAT"),
            empties: is("O_TRUNC"),
            appends: is("O_APPEND"),
        })
    }

    /// A write to a file or to a socket, as far as it was done. One that never returned may have been
    /// done as a whole.
    fn written(&self, at: At) -> Option<Act> {
        let file = self.file(0)?;
        let mut data = self.data()?;
        if self.call.returned.is_some() {
            data.truncate(usize::try_from(self.given()?).ok()?);
        }
        if file.path.starts_with("socket:") {
            let socket = file.path;
            return Some(Act::Send { socket, data });
        }
        Some(Act::Write {
            number: file.number?,
            path: (!file.deleted).then(|| file.path.into()),
            at,
            data,
        })
    }

    /// The bytes that were written or read: a text, or the texts of a list of buffers.
    fn data(&self) -> Option<Vec<u8>> {
        let argument = self.arguments.get(1)?;
        if argument.starts_with('"') {
            return bytes(argument);
        }
        // iov_base="\x61", also within a message header.
        let mut data = Vec::new();
        for part in argument.split("iov_base=").skip(1) {
            let end = part[1..].find('"')? + 2;
            (!part[end..].starts_with("...")).then_some(())?;
            data.extend(bytes(&part[..end])?);
        }
        argument.contains("iov").then_some(data)
    }

    fn rename(&self, from: PathBuf, to: PathBuf) -> Act {
        Act::Rename { from, to }
    }

    fn link(&self, from: PathBuf, to: PathBuf) -> Act {
        Act::Link { from, to }
    }

    fn given(&self) -> Option<u64> {
        self.call.gave.parse().ok()
    }

    fn number(&self, at: usize) -> Option<u64> {
        self.arguments.get(at)?.parse().ok()
    }

    fn file(&self, at: usize) -> Option<File> {
        File::read(self.arguments.get(at)?)
    }

    /// The path behind a number, unless the file has no name any more.
    fn named(&self, at: usize) -> Option<Option<PathBuf>> {
        let file = self.file(at)?;
        Some((!file.deleted).then(|| file.path.into()))
    }

    fn path(&self, at: usize) -> Option<PathBuf> {
        let path = String::from_utf8(bytes(self.arguments.get(at)?)?).ok()?;
        Some(clean(&self.folder.join(path)))
    }

    /// A folder's number and a path below it.
    fn path_at(&self, at: usize) -> Option<PathBuf> {
        let folder = self.file(at)?.path;
        let path = String::from_utf8(bytes(self.arguments.get(at + 1)?)?).ok()?;
        Some(clean(&Path::new(&folder).join(path)))
    }
}

/// Without `.` and doubled slashes: as the system writes paths.
fn clean(path: &Path) -> PathBuf {
    path.components().collect()
}

#[cfg(test)]
mod tests;
