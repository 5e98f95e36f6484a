//! How the server is run: what the command line says counts more than the environment, that more
//! than the file, and that more than what is usual.
//!
//! The straight line: each place is read as [`Said`], [`settle`] makes one [`Configuration`] of
//! them, and its [`store`](Configuration::store) is found, which may be in a file of its own.

mod address;
mod environment;
mod file;
mod said;

pub(crate) use address::Address;
pub(crate) use said::Said;

use address::{Named, Place};
use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use zhiqing_server::{Connections, IpNet, Options, Upstream};

/// The file's own variable: no file can name it.
const FILE: &str = "config";

/// How the server is run, settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Configuration {
    sites: Vec<PathBuf>,
    store: Option<Named>,
    /// The folder of the sites' keys; `None` is beside each site's settings.
    pub(crate) keys: Option<PathBuf>,
    /// Address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// The first site's own server.
    pub(crate) upstream: Option<Upstream>,
    /// Networks of proxies that are believed.
    pub(crate) trust_proxy: Vec<IpNet>,
    /// How many connections there are at a time.
    pub(crate) connections: usize,
    /// What is told on standard error.
    pub(crate) log: String,
}

/// Reads the environment, and the file that the command line or the environment names.
///
/// # Errors
/// The first mistake, with where it was made.
pub(crate) fn read(file: Option<&Path>, arguments: &Said) -> Result<Configuration> {
    let environment = environment::read(|name| std::env::var_os(name))?;
    let named = std::env::var_os(environment::variable(FILE)).filter(|name| !name.is_empty());
    let file = file.map(Path::to_owned).or(named.map(PathBuf::from));
    let mut places = vec![
        (Place::Arguments, arguments.clone()),
        (Place::Environment, environment),
    ];
    if let Some(file) = file {
        let said = file::read(&file)?;
        places.push((Place::File(file), said));
    }
    settle(places)
}

/// One configuration of what places say, the one that counts most first.
fn settle(places: Vec<(Place, Said)>) -> Result<Configuration> {
    let mut all = Said::default();
    let mut store = None;
    for (place, said) in places {
        // An address counts more than another place's file that holds one, so they are not settled each
        // for itself.
        let named = Named::by(&place, &said)?;
        store = store.or(named);
        all = all.or(said);
    }
    let sites = all.sites.unwrap_or_default();
    let beside = || sites.first().cloned().map(Named::Beside);
    Ok(Configuration {
        store: store.or_else(beside),
        keys: all.keys,
        listen: all
            .listen
            .unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 8020).into()),
        upstream: all.upstream,
        trust_proxy: all
            .trust_proxy
            .unwrap_or_else(|| Options::default().trusted_proxies),
        connections: match all.connections {
            Some(count) => usize::try_from(count.get())?,
            None => Connections::default().most,
        },
        log: all.log.unwrap_or_else(|| "info".to_owned()),
        sites,
    })
}

impl Configuration {
    /// The settings of the sites, one at least.
    ///
    /// # Errors
    /// Where nobody named any.
    pub(crate) fn sites(&self) -> Result<&[PathBuf]> {
        if self.sites.is_empty() {
            bail!(
                "no site is named\n\nUsage: zhiqing serve SITE.toml...\n\nOr write sites = [\"site.toml\"] into a \
                 file that --config or ZHIQING_CONFIG names, or ZHIQING_SITES=site.toml into the environment."
            );
        }
        Ok(&self.sites)
    }

    /// The store that was named, and else the one beside the first site's settings.
    ///
    /// # Errors
    /// No store and no site is named, or the file that holds the address cannot be read.
    pub(crate) fn store(&self) -> Result<Address> {
        let named = self.store.as_ref().context(
            "no store is named: write --store sqlite:FILE, store = \"sqlite:FILE\" in the file that --config \
             or ZHIQING_CONFIG names, or ZHIQING_STORE=sqlite:FILE",
        )?;
        named.address()
    }
}

#[cfg(test)]
mod tests;
