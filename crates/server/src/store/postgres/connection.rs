//! How a connection is made, and that what it acknowledges is on a disk.

use crate::store::StoreError;
use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long a server may take to answer a connection, unless the address says otherwise.
const CONNECT: Duration = Duration::from_secs(3);

/// How long bytes may wait to be acknowledged by the other side before the connection counts as broken: a
/// server whose power is gone never says so.
const SILENCE: Duration = Duration::from_secs(8);

/// Makes connections.
pub(super) struct Connector {
    config: Config,
    /// Where the address asks for TLS.
    tls: Option<MakeRustlsConnect>,
}

impl Connector {
    /// Reads an address. Its error names no password.
    pub(super) fn new(url: &str) -> Result<Self, StoreError> {
        let mut config: Config = url.parse()?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        config.keepalives_idle(SILENCE);
        config.keepalives_interval(Duration::from_secs(2));
        config.keepalives_retries(3);
        if config.get_application_name().is_none() {
            config.application_name("zhiqing");
        }
        // With the usual `prefer` whoever stands between may say that there is no TLS: whoever needs it
        // says `require`, and then the certificate is verified.
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Some(tls()?),
            _ => None,
        };
        Ok(Self { config, tls })
    }

    /// A new connection, for which durable means synced.
    pub(super) fn connect(&self) -> Result<Client, StoreError> {
        let mut client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone())?,
            None => self.config.connect(NoTls)?,
        };
        let row = client.query_one(
            "SELECT current_setting('fsync') = 'on', current_setting('synchronous_commit') = 'off'",
            &[],
        )?;
        if !row.try_get::<_, bool>(0)? {
            return Err(StoreError::NotDurable("fsync = off"));
        }
        // What the database says of replication stands: `on` waits for the synchronous standbys, if there are
        // any. No time limit of the database may end that wait: it would be acknowledged without them.
        let lax: bool = row.try_get(1)?;
        // And with another isolation whoever waited for another server's commit would fail instead of going on.
        let settings =
            "SET statement_timeout = 0; SET default_transaction_isolation = 'read committed'";
        client.batch_execute(settings)?;
        if lax {
            client.batch_execute("SET synchronous_commit = on")?;
        }
        Ok(client)
    }
}

fn tls() -> Result<MakeRustlsConnect, StoreError> {
    let roots = MakeRustlsConnect::with_native_certs();
    let (tls, _) = roots.map_err(|errors| {
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        StoreError::Certificates(errors.join("; "))
    })?;
    Ok(tls)
}
