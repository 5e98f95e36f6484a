//! Opening a store.

use crate::args::Stored;
use crate::config::{self, Address, Said};
use anyhow::{Context, Result, bail};
use zhiqing_server::{Store, StoreError};

/// The store at an address; an error says who named it, and no password.
pub(crate) fn open(
    address: &Address,
    open: fn(&str) -> Result<Store, StoreError>,
) -> Result<Store> {
    match open(&address.url) {
        // The error repeats what was said, which may hold a password.
        Err(StoreError::Url(_)) => bail!(
            "{}: not the address of a store; write sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE",
            address.by
        ),
        opened => opened.with_context(|| address.to_string()),
    }
}

impl Stored {
    /// Where it is: what the command line says, and else the configuration of the server.
    pub(crate) fn address(&self) -> Result<Address> {
        let said = Said {
            store: self.store.clone(),
            ..Said::default()
        };
        config::read(self.config.as_deref(), &said)?.store()
    }
}
