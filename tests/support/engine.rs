//! The engines of the matrix: which programs each needs, and how it is started.

use crate::driver::{self, SCREEN, Start};
use crate::program;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser of the matrix.
#[derive(Debug)]
pub struct Engine {
    /// Its name, as `ZHIQING_ENGINES` and the table have it.
    pub name: &'static str,
    kind: Kind,
    /// How far it is walked.
    pub walks: Walks,
    /// Whether the module runs in it.
    pub module: Module,
}

#[derive(Debug)]
enum Kind {
    Chromium,
    /// One that is driven by a ChromeDriver of its time, and the variables that name both.
    Old([&'static str; 2]),
    Firefox,
    WebKit,
}

/// How far an engine is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walks {
    /// Every walk.
    All,
    /// What nobody may miss: banner, decision, gate, policy, report.
    Core,
}

/// What keeps WebAssembly from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// Nothing.
    Runs,
    /// There is none, as in Safari's Lockdown Mode.
    Missing,
    /// The page's policy has no `wasm-unsafe-eval`.
    Forbidden,
}

const OLD_DRIVER: &str = "CHROMEDRIVER_OLD";

/// Every engine, in the order of the table.
pub const ENGINES: [Engine; 8] = [
    new("chromium", Kind::Chromium, Walks::All, Module::Runs),
    new("firefox", Kind::Firefox, Walks::All, Module::Runs),
    new("webkit", Kind::WebKit, Walks::All, Module::Runs),
    new("no-wasm", Kind::Chromium, Walks::All, Module::Missing),
    new("no-eval", Kind::Chromium, Walks::All, Module::Forbidden),
    new(
        "chromium-92",
        Kind::Old(["CHROMIUM_92", OLD_DRIVER]),
        Walks::Core,
        Module::Runs,
    ),
    new(
        "chromium-80",
        Kind::Old(["CHROMIUM_80", OLD_DRIVER]),
        Walks::Core,
        Module::Runs,
    ),
    new(
        "chromium-67",
        Kind::Old(["CHROMIUM_67", OLD_DRIVER]),
        Walks::Core,
        Module::Runs,
    ),
];

const fn new(name: &'static str, kind: Kind, walks: Walks, module: Module) -> Engine {
    Engine {
        name,
        kind,
        walks,
        module,
    }
}

/// Where nobody listens (RFC 863): whatever goes there through a "proxy" ends on this machine.
const NOWHERE: &str = "127.0.0.1";
const DISCARD: u16 = 9;

impl Engine {
    /// The variables that name its programs: the browser, its driver, and a display if it needs one.
    pub fn needs(&self) -> &[&'static str] {
        match &self.kind {
            Kind::Chromium => &["CHROMIUM", "CHROMEDRIVER"],
            Kind::Old(programs) => programs,
            Kind::Firefox => &["FIREFOX", "GECKODRIVER"],
            Kind::WebKit => &["MINIBROWSER", "WEBKIT_DRIVER", "XVFB"],
        }
    }

    /// Those of them that name no program.
    pub fn missing(&self) -> Vec<&'static str> {
        let needs = self.needs().iter().copied();
        needs
            .filter(|variable| program::found(variable).is_none())
            .collect()
    }

    /// The script that runs before any of a page's.
    pub fn first_script(&self) -> &'static str {
        match self.module {
            Module::Missing => "delete window.WebAssembly;",
            Module::Runs | Module::Forbidden => "",
        }
    }

    /// The policy that pages are sent with.
    pub fn policy(&self) -> Option<&'static str> {
        // All that the pages of the walks do, save this.
        let policy = "script-src 'self' 'unsafe-inline' blob: http://localhost:*";
        (self.module == Module::Forbidden).then_some(policy)
    }

    /// Whether keys can be pressed: drivers of old had commands of their own for it.
    pub fn has_actions(&self) -> bool {
        !matches!(self.kind, Kind::Old(_))
    }

    /// The program of the display it needs.
    pub(crate) fn display(&self) -> Option<PathBuf> {
        matches!(self.kind, Kind::WebKit).then(|| program::named("XVFB"))
    }

    /// Its driver, which is to listen on a port, and what both leave behind goes into a folder.
    pub(crate) fn driver(&self, port: u16, folder: &Path) -> Command {
        let mut command = Command::new(program::named(self.needs()[1]));
        match self.kind {
            Kind::Firefox => command.args(["--port", &port.to_string()]),
            _ => command.arg(format!("--port={port}")),
        };
        let proxy = format!("http://{NOWHERE}:{DISCARD}");
        command.env("TMPDIR", folder).env("HOME", folder);
        if matches!(self.kind, Kind::WebKit) {
            // Its driver takes a proxy, but none with exceptions.
            for variable in ["http_proxy", "https_proxy", "all_proxy"] {
                command.env(variable, &proxy);
            }
            command.env("no_proxy", "127.0.0.1,localhost");
            command.env("GDK_BACKEND", "x11");
            command.env("NO_AT_BRIDGE", "1");
            command.env("GSETTINGS_BACKEND", "memory");
            // The pages are ours, and the sandbox needs rights that containers do not give.
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        for variable in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(variable, folder);
        }
        command
    }

    /// What its driver is asked for.
    pub(crate) fn capabilities(&self, folder: &Path) -> Capabilities {
        let program = program::named(self.needs()[0]);
        let (width, height) = SCREEN;
        let capabilities = match self.kind {
            Kind::Chromium => return driver::capabilities(&program, folder, Start::default()),
            Kind::Old(_) => {
                let mut arguments = driver::arguments(folder, &[]);
                // Made for one function in the cloud: one process, and nothing to share.
                arguments.extend(["--single-process".to_owned(), "--no-zygote".to_owned()]);
                arguments.push("--hide-scrollbars".to_owned());
                arguments.push(format!("--window-size={width},{height}"));
                let options = json!({ "binary": program, "args": arguments, "w3c": true });
                json!({ "browserName": "chrome", "goog:chromeOptions": options })
            }
            Kind::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": program,
                    "args": ["-headless", "-width", width.to_string(), "-height", height.to_string()],
                    "prefs": preferences(),
                },
            }),
            Kind::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": program, "args": ["--automation"] },
            }),
        };
        capabilities.as_object().expect("an object").clone()
    }

    /// Whether its window takes a phone's size only once it is there.
    pub(crate) fn is_resized(&self) -> bool {
        matches!(self.kind, Kind::WebKit)
    }
}

/// Firefox's settings: it never asks loopback through a proxy, and everything else goes nowhere.
fn preferences() -> Value {
    json!({
        "network.proxy.type": 1,
        "network.proxy.http": NOWHERE,
        "network.proxy.http_port": DISCARD,
        "network.proxy.ssl": NOWHERE,
        "network.proxy.ssl_port": DISCARD,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "network.dns.disablePrefetch": true,
        "datareporting.policy.dataSubmissionEnabled": false,
        "toolkit.telemetry.enabled": false,
    })
}
