//! `zhiqing health`: for a container, in which there is no shell and nothing else that could ask.

use crate::config;
use anyhow::{Context, Result};
use clap::Args as Arguments;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// The server is not there, or says that something is wrong.
const FINDINGS: u8 = 1;

/// A server that takes longer is of no use to anybody.
const LIMIT: Duration = Duration::from_secs(5);

#[derive(Debug, Arguments)]
pub(crate) struct Health {
    /// What to ask, as http://127.0.0.1:8020/readyz. Without it, /healthz of the server that `serve` would be
    /// with the same environment and file.
    #[arg(value_name = "http://HOST:PORT/PATH")]
    pub(crate) url: Option<String>,
    /// The file of `serve` [env: ZHIQING_CONFIG].
    #[arg(long, value_name = "zhiqing.toml")]
    pub(crate) config: Option<PathBuf>,
}

pub(crate) fn run(args: &Health) -> Result<ExitCode> {
    let url = match &args.url {
        Some(url) => url.clone(),
        None => {
            let configuration = config::read(args.config.as_deref(), &config::Said::default())?;
            format!("http://{}/healthz", near(configuration.listen))
        }
    };
    let address = url.parse().with_context(|| {
        format!("{url} is no address; write one such as http://127.0.0.1:8020/healthz")
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let asked = runtime.block_on(async {
        let client = Client::builder(TokioExecutor::new()).build_http::<String>();
        tokio::time::timeout(LIMIT, client.get(address)).await
    });
    let wrong = match asked {
        Ok(Ok(answer)) if answer.status().is_success() => return Ok(ExitCode::SUCCESS),
        Ok(Ok(answer)) => format!("answers {}", answer.status()),
        Ok(Err(error)) => format!("cannot be asked: {:#}", anyhow::Error::new(error)),
        Err(_) => format!("does not answer within {} s", LIMIT.as_secs()),
    };
    eprintln!("zhiqing: {url} {wrong}");
    Ok(ExitCode::from(FINDINGS))
}

/// Where a server that listens there is found from the same machine: none is at `0.0.0.0`.
fn near(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(listen: &str, expected: &str) {
        assert_eq!(near(listen.parse().unwrap()).to_string(), expected);
    }

    #[test]
    fn a_server_that_listens_everywhere_is_asked_on_loopback() {
        case("0.0.0.0:8020", "127.0.0.1:8020");
        case("[::]:1", "[::1]:1");
        case("10.1.2.3:80", "10.1.2.3:80");
    }
}
