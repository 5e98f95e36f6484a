//! What one place says: the command line, the environment, or a file.

use clap::Args as Arguments;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;
use zhiqing_server::{IpNet, Upstream};

/// What one place says of how the server is run; `None` is what it does not say. The fields are the
/// options of `serve` and the keys of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Arguments, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    /// The settings of one site or more [env: ZHIQING_SITES, separated by commas].
    #[arg(value_name = "SITE.toml")]
    pub(crate) sites: Option<Vec<PathBuf>>,
    /// The folder of the sites' keys, where the settings' own may only be read: each site's are
    /// SITE.key and SITE.pub by its id. Without it, they are beside each site's settings [env: ZHIQING_KEYS].
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Option<PathBuf>,
    /// Where records are kept: sqlite:FILE, or postgres://USER:PASSWORD@HOST/DATABASE. Without it,
    /// zhiqing.sqlite beside the first settings [env: ZHIQING_STORE].
    // It may hold a password, which no error repeats.
    #[arg(long)]
    pub(crate) store: Option<String>,
    /// A file that holds the store's address, as a container's secrets and systemd's credentials do
    /// [env: ZHIQING_STORE_FILE].
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub(crate) store_file: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one [env: ZHIQING_LISTEN] [default: 127.0.0.1:8020].
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = listen)]
    #[serde(default, deserialize_with = "in_file::listen")]
    pub(crate) listen: Option<SocketAddr>,
    /// The first site's own server, as http://127.0.0.1:8080: everything that is not served here is
    /// fetched from it, its pages get the notice, and its cookies wait for the decision [env: ZHIQING_UPSTREAM].
    #[arg(long, value_name = "http://HOST:PORT", value_parser = upstream)]
    #[serde(default, deserialize_with = "in_file::upstream")]
    pub(crate) upstream: Option<Upstream>,
    /// Networks of proxies whose X-Forwarded-For is believed when addresses are limited
    /// [env: ZHIQING_TRUST_PROXY] [default: 127.0.0.0/8,::1/128].
    #[arg(long, value_name = "NETWORK", value_delimiter = ',', value_parser = network)]
    #[serde(default, deserialize_with = "in_file::networks")]
    pub(crate) trust_proxy: Option<Vec<IpNet>>,
    /// How many connections there are at a time; more wait [env: ZHIQING_CONNECTIONS] [default: 4096].
    #[arg(long, value_name = "COUNT", value_parser = connections)]
    #[serde(default, deserialize_with = "in_file::connections")]
    pub(crate) connections: Option<NonZeroU32>,
    /// What is told on standard error: error, warn, info, debug (each request), or a filter such as
    /// zhiqing_server=debug. No person is named at any level [env: ZHIQING_LOG] [default: info].
    #[arg(long, value_name = "LEVEL", value_parser = log)]
    #[serde(default, deserialize_with = "in_file::log")]
    pub(crate) log: Option<String>,
}

impl Said {
    /// This, and where it says nothing, what `other` says.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            sites: self.sites.or(other.sites),
            keys: self.keys.or(other.keys),
            store: self.store.or(other.store),
            store_file: self.store_file.or(other.store_file),
            listen: self.listen.or(other.listen),
            upstream: self.upstream.or(other.upstream),
            trust_proxy: self.trust_proxy.or(other.trust_proxy),
            connections: self.connections.or(other.connections),
            log: self.log.or(other.log),
        }
    }
}

pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    let wrong = |_| format!("{text:?} is no address and port; write one such as 127.0.0.1:8020");
    text.parse().map_err(wrong)
}

pub(super) fn upstream(text: &str) -> Result<Upstream, String> {
    text.parse().map_err(|error| format!("{text:?}: {error}"))
}

pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let wrong = |_| format!("{text:?} is no network; write one such as 10.0.0.0/8");
    text.parse().map_err(wrong)
}

pub(super) fn connections(text: &str) -> Result<NonZeroU32, String> {
    let wrong = |_| format!("{text:?} is no count of connections; write one such as 4096");
    text.parse().map_err(wrong)
}

pub(super) fn log(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(format!(
            "{text:?} is no level and no filter; write error, warn, info, debug or one such as \
             zhiqing_server=debug"
        )),
    }
}

/// The same of a file's values.
mod in_file {
    use super::*;

    fn read<'de, D: Deserializer<'de>, T>(
        value: D,
        read: fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, D::Error> {
        let text = String::deserialize(value)?;
        read(&text).map(Some).map_err(D::Error::custom)
    }

    pub(super) fn listen<'de, D: Deserializer<'de>>(
        value: D,
    ) -> Result<Option<SocketAddr>, D::Error> {
        read(value, super::listen)
    }

    pub(super) fn upstream<'de, D: Deserializer<'de>>(
        value: D,
    ) -> Result<Option<Upstream>, D::Error> {
        read(value, super::upstream)
    }

    pub(super) fn log<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
        read(value, super::log)
    }

    pub(super) fn networks<'de, D: Deserializer<'de>>(
        value: D,
    ) -> Result<Option<Vec<IpNet>>, D::Error> {
        let texts = Vec::<String>::deserialize(value)?;
        let networks: Result<_, _> = texts.iter().map(|text| network(text)).collect();
        networks.map(Some).map_err(D::Error::custom)
    }

    pub(super) fn connections<'de, D: Deserializer<'de>>(
        value: D,
    ) -> Result<Option<NonZeroU32>, D::Error> {
        let count = i64::deserialize(value)?;
        super::connections(&count.to_string())
            .map(Some)
            .map_err(D::Error::custom)
    }
}
