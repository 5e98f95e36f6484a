//! What the environment says.

use super::said::{self, Said};
use anyhow::{Result, anyhow};
use std::ffi::OsString;
use std::path::PathBuf;

/// The variable of a setting: `ZHIQING_TRUST_PROXY` of `trust_proxy`.
pub(super) fn variable(key: &str) -> String {
    format!("ZHIQING_{}", key.to_uppercase())
}

/// What the variables say, which `get` gives. One that is empty says nothing: a container's
/// settings often cannot leave one out.
pub(super) fn read(get: impl Fn(&str) -> Option<OsString>) -> Result<Said> {
    let value = |key: &str| get(&variable(key)).filter(|value| !value.is_empty());
    let path = |key: &str| value(key).map(PathBuf::from);
    let text = |key: &str| {
        let value = value(key).map(OsString::into_string).transpose();
        value.map_err(|_| anyhow!("{} is not UTF-8", variable(key)))
    };
    let wrong = |key: &str, message: String| anyhow!("{}: {message}", variable(key));
    let sites = text("sites")?.map(|text| listed(&text).map(PathBuf::from).collect());
    let networks = text("trust_proxy")?
        .map(|text| listed(&text).map(said::network).collect())
        .transpose();
    Ok(Said {
        sites,
        keys: path("keys"),
        store: text("store")?,
        store_file: path("store_file"),
        listen: text("listen")?
            .map(|text| said::listen(&text))
            .transpose()
            .map_err(|message| wrong("listen", message))?,
        upstream: text("upstream")?
            .map(|text| said::upstream(&text))
            .transpose()
            .map_err(|message| wrong("upstream", message))?,
        trust_proxy: networks.map_err(|message| wrong("trust_proxy", message))?,
        connections: text("connections")?
            .map(|text| said::connections(&text))
            .transpose()
            .map_err(|message| wrong("connections", message))?,
        log: text("log")?
            .map(|text| said::log(&text))
            .transpose()
            .map_err(|message| wrong("log", message))?,
    })
}

/// The parts between commas, without the blanks around them.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}
