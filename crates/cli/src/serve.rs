//! `zhiqing serve`.

use crate::args::Serve;
use crate::{config, keys, module, questions, store};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::num::NonZeroU32;
use std::path::Path;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use zhiqing_consent::receipt;
use zhiqing_server::{
    Connections, Front, Hosted, Limits, Options, PageFile, Policy, Store, Upstream,
};
use zhiqing_site::{SettingsError, Site, page};

pub(crate) fn run(args: &Serve) -> Result<ExitCode> {
    let configuration = config::read(args.config.as_deref(), &args.said)?;
    let files = configuration.sites()?;
    let filter = EnvFilter::try_new(&configuration.log)
        .with_context(|| format!("{}: not a level or a filter", configuration.log))?;
    // Tests of this process may have set one already.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    let address = configuration.store()?;
    // Before anything is written: where the port is taken, no key and no store is left behind.
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(TcpListener::bind(configuration.listen));
    let listener = listener.with_context(|| {
        format!(
            "cannot listen on {}; choose another with --listen",
            configuration.listen
        )
    })?;
    let sites = files.iter().map(|file| Site::load(file));
    let sites = sites.collect::<Result<Vec<_>, _>>()?;
    files.iter().for_each(|file| questions::tell(file));
    if configuration.upstream.is_some() {
        check_report(&sites[0])?;
    }
    let keys = configuration.keys.as_deref();
    let sites = sites.into_iter().map(|site| hosted(site, keys));
    let sites = sites.collect::<Result<Vec<_>>>()?;
    let store = store::open(&address, Store::open)?;
    let front = configuration
        .upstream
        .map(|upstream| front(&sites, upstream));
    let options = Options {
        trusted_proxies: configuration.trust_proxy,
    };
    let mut router = zhiqing_server::router_with(sites, store, options)?;
    if let Some(front) = front {
        router = zhiqing_server::in_front(router, front);
    }
    runtime.block_on(async {
        println!("http://{}/", listener.local_addr()?);
        tell_manager(Moment::Ready);
        let connections = Connections {
            most: configuration.connections,
            ..Connections::default()
        };
        let stopped = async {
            stopped().await;
            tell_manager(Moment::Stopping);
        };
        zhiqing_server::serve_with(listener, router, connections, stopped).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// What a service manager waits for.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Connections are accepted.
    Ready,
    /// What was accepted is finished, and no more is.
    Stopping,
}

/// Tells the service manager, where `NOTIFY_SOCKET` says that one listens. Without it, whoever starts the
/// server would hear of success before the settings are read and the store is open.
fn tell_manager(moment: Moment) {
    #[cfg(target_os = "linux")]
    {
        let state = match moment {
            Moment::Ready => sd_notify::NotifyState::Ready,
            Moment::Stopping => sd_notify::NotifyState::Stopping,
        };
        if let Err(error) = sd_notify::notify(&[state]) {
            eprintln!("zhiqing: the service manager cannot be told: {error}");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = moment;
}

/// Whether the pages in front of which this server stands send their decisions to it.
fn check_report(site: &Site) -> Result<(), SettingsError> {
    let report = &site.notice.report;
    if report.starts_with('/') && report != "/v1" {
        return Err(site.wrong_report(format!(
            "behind --upstream the API is at /v1, and {report} is the upstream's: no decision would be \
             recorded; write \"/v1\""
        )));
    }
    // Which host that is, is known to whoever wrote it.
    if !report.starts_with('/') {
        eprintln!("zhiqing: pages send their decisions to {report}, as [report] url says");
    }
    Ok(())
}

fn hosted(site: Site, keys: Option<&Path>) -> Result<Hosted> {
    let id = &site.notice.site;
    let key = keys::signing(&site.file, id, keys)?;
    eprintln!(
        "zhiqing: site {id}, public key {}",
        receipt::key_text(&key.verifying_key())
    );
    let built = page::build(&site, module::module()?)?;
    let files: BTreeMap<String, PageFile> = built
        .into_iter()
        .map(|file| {
            let content_type = file.content_type();
            (
                file.name,
                PageFile {
                    content_type,
                    bytes: file.bytes,
                },
            )
        })
        .collect();
    let policies = site
        .policies
        .iter()
        .map(|policy| Policy {
            version: policy.version.clone(),
            json: policy.json.clone(),
        })
        .collect();
    let base = format!("/sites/{id}/");
    Ok(Hosted {
        page: page::page(&site, &base)?,
        decided_page: page::decided_page(&site, &base)?,
        notice_json: site.notice_json()?,
        origins: site.origins.clone(),
        notice: site.notice,
        policies,
        files,
        key,
        limits: limits(site.limits),
    })
}

/// What the settings say, and else the server's own.
fn limits(said: zhiqing_site::Limits) -> Limits {
    let usual = Limits::default();
    let number = |said: Option<u32>| said.and_then(NonZeroU32::new);
    Limits {
        per_address: number(said.per_address).unwrap_or(usual.per_address),
        per_site: number(said.per_site).unwrap_or(usual.per_site),
        spare_loopback: said.spare_loopback.unwrap_or(usual.spare_loopback),
    }
}

/// The first site's own server behind this one, with the snippets as they were built.
fn front(sites: &[Hosted], upstream: Upstream) -> Front {
    let site = &sites[0];
    let built = |name: &str| {
        let file = site.files.get(name);
        let text = file.map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        text.unwrap_or_default()
    };
    let base = format!("/sites/{}/", site.notice.site);
    Front {
        upstream,
        head: page::inline_at(&built("zhiqing.inline.html"), &base),
        body: built("zhiqing.noscript.html"),
        notice: site.notice.clone(),
        sites: sites.iter().map(|site| site.notice.site.clone()).collect(),
    }
}

/// Ctrl-C, or a service manager's request to stop.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
