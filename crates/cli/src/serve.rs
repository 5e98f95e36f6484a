//! `zhiqing serve`.

use crate::args::Serve;
use crate::{keys, module, questions};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use tokio::net::TcpListener;
use zhiqing_consent::receipt;
use zhiqing_server::{Front, Hosted, PageFile, Policy, Store, Upstream};
use zhiqing_site::{SettingsError, Site, page};

pub(crate) fn run(args: &Serve) -> Result<ExitCode> {
    // Before anything is written: where the port is taken, no key and no store is left behind.
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(TcpListener::bind(args.listen));
    let listener = listener.with_context(|| {
        format!(
            "cannot listen on {}; choose another with --listen",
            args.listen
        )
    })?;
    let sites = args.sites.iter().map(|file| Site::load(file));
    let sites = sites.collect::<Result<Vec<_>, _>>()?;
    args.sites.iter().for_each(|file| questions::tell(file));
    if args.upstream.is_some() {
        check_report(&sites[0])?;
    }
    let sites = sites.into_iter().map(hosted);
    let sites = sites.collect::<Result<Vec<_>>>()?;
    let url = args.store.clone().unwrap_or_else(|| beside(&args.sites[0]));
    let store = Store::open(&url).with_context(|| format!("--store {url}"))?;
    let front = args
        .upstream
        .clone()
        .map(|upstream| front(&sites, upstream));
    let mut router = zhiqing_server::router(sites, store)?;
    if let Some(front) = front {
        router = zhiqing_server::in_front(router, front);
    }
    runtime.block_on(async {
        println!("http://{}/", listener.local_addr()?);
        zhiqing_server::serve(listener, router, stopped()).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn beside(settings: &Path) -> String {
    let folder = settings.parent().unwrap_or(Path::new(""));
    format!("sqlite:{}", folder.join("zhiqing.sqlite").display())
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

fn hosted(site: Site) -> Result<Hosted> {
    let key = keys::signing(&site.file)?;
    let id = &site.notice.site;
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
    })
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
