//! A copy of the sample site, because `serve` writes keys beside the settings.

use crate::zhiqing;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The policy of [`Site::of_one_purpose`], and its settings before the trackers.
const POLICY: &str = "# 田野隐私政策\n\n本政策说明田野如何处理您的个人信息。\n\n\
    一、统计\n\n我们会收集您的浏览记录，用于统计访问量。\n";
const ONE_PURPOSE: &str = r#"
[site]
id = "field"
name = "田野"
origins = ["http://127.0.0.1"]
mode = "MODE"
[policy]
file = "policy.md"
version = "1"
[report]
url = "http://REPORT/v1"
[[purpose]]
id = "service"
name = "基本服务"
description = "打开网页。"
tier = "basic"
basis = "none"
[[purpose]]
id = "ads"
name = "广告"
description = "挑选广告。"
tier = "extended"
basis = "general"
"#;

/// A site's settings and policy in a temporary folder.
pub struct Site {
    folder: TempDir,
}

/// A tool of the purpose `ads`, in every technology.
pub const TRACKER: &str = r#"[[tracker]]
id = "tool"
vendor = "工具"
purpose = "ads"
uses = [
  { technology = "cookie", match = "t_*" },
  { technology = "local_storage", match = "t_*" },
  { technology = "session_storage", match = "t_*" },
  { technology = "indexed_db", match = "t_*" },
  { technology = "request", match = "localhost/c/*" },
  { technology = "beacon", match = "localhost/c/*" },
  { technology = "pixel", match = "localhost/c/*" },
  { technology = "script", match = "localhost/c/*" },
  { technology = "iframe", match = "localhost/c/*" },
]
"#;

impl Site {
    /// 悠途, the sample site, as it stands in the repository.
    ///
    /// # Panics
    /// Where the repository has none.
    pub fn sample() -> Self {
        Self::of("travel-benefits", "policy.txt")
    }

    /// Another sample, by its folder in `policy-text` and its policy's name.
    ///
    /// # Panics
    /// Where the repository has none.
    pub fn of(sample: &str, policy: &str) -> Self {
        let sample = workspace().join("policy-text").join(sample);
        let folder = TempDir::new().expect("a temporary folder");
        // These and no more: keys and databases of somebody's trial run stay where they are.
        for name in ["site.toml", policy] {
            let file = sample.join(name);
            fs::copy(&file, folder.path().join(name))
                .unwrap_or_else(|error| panic!("no {}: {error}", file.display()));
        }
        Self { folder }
    }

    /// A site of these files, by their names.
    ///
    /// # Panics
    /// Where they cannot be written.
    pub fn written(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("the folder is ours");
        }
        Self { folder }
    }

    /// The site `field`, of a basic service and of `ads`: it works in this mode, reports to this host and
    /// has these trackers.
    ///
    /// # Panics
    /// Where it cannot be written.
    pub fn of_one_purpose(mode: &str, report: &str, trackers: &str) -> Self {
        let settings = ONE_PURPOSE.replace("MODE", mode).replace("REPORT", report) + trackers;
        Self::written(&[("site.toml", &settings), ("policy.md", POLICY)])
    }

    /// What `zhiqing build` prints, and its files.
    ///
    /// # Panics
    /// Where the site does not build.
    pub fn built(&self) -> (serde_json::Value, Vec<(String, Vec<u8>)>) {
        let out = self.folder().join("built");
        let arguments = ["build".into(), self.settings(), "--out".into(), out.clone()];
        let built = zhiqing::<PathBuf>(arguments);
        assert_eq!(built.code, 0, "{built:?}");
        let report = built.json();
        let names = report["files"].as_array().expect("files");
        let files = names.iter().map(|name| {
            let name = name.as_str().expect("a name").to_owned();
            let bytes = fs::read(out.join(&name)).expect("a built file");
            (name, bytes)
        });
        let files = files.collect();
        (report, files)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `site.toml`.
    pub fn settings(&self) -> PathBuf {
        self.folder().join("site.toml")
    }

    /// The public key that `serve` wrote beside the settings.
    ///
    /// # Panics
    /// Before the first `serve`.
    pub fn public_key(&self) -> String {
        let text = fs::read_to_string(self.folder().join("site.pub"));
        text.expect("serve wrote site.pub").trim().to_owned()
    }

    /// Replaces the one place where `old` stands in the settings; returns its 1-based line.
    ///
    /// # Panics
    /// Unless there is exactly one.
    pub fn edit(&self, old: &str, new: &str) -> usize {
        let text = fs::read_to_string(self.settings()).expect("the settings");
        assert_eq!(text.matches(old).count(), 1, "places with {old:?}");
        let before = &text[..text.find(old).expect("it was counted")];
        fs::write(self.settings(), text.replace(old, new)).expect("the settings are ours");
        before.matches('\n').count() + 1
    }
}

/// The root of the repository.
pub fn workspace() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the tests lie in the workspace")
}
