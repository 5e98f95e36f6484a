//! What the server is given for each site. Settings, files and keys are read elsewhere.

use crate::limit::Limits;
use ed25519_dalek::SigningKey;
use std::collections::BTreeMap;
use zhiqing_consent::Notice;

/// One site to serve.
pub struct Hosted {
    /// What people are asked now. Its `site` is the id in every URL.
    pub notice: Notice,
    /// `notice.json` as served: `notice.digest` is the digest of this without its digest.
    pub notice_json: Vec<u8>,
    /// The policy's versions, old ones too.
    pub policies: Vec<Policy>,
    /// Origins that may call the API besides the server's own, as `https://shop.example.cn`. A
    /// loopback origin without a port means any port.
    pub origins: Vec<String>,
    /// The built files by their path under `/sites/{site}/`, without a leading slash.
    pub files: BTreeMap<String, PageFile>,
    /// The HTML of the site's page.
    pub page: String,
    /// The same for who has decided: it asks nothing with scripts off.
    pub decided_page: String,
    /// Signs the receipts.
    pub key: SigningKey,
    /// How many records it takes.
    pub limits: Limits,
}

/// A version of a policy.
pub struct Policy {
    /// The site's own name for it.
    pub version: String,
    /// Its JSON, as served.
    pub json: Vec<u8>,
}

/// A built file.
pub struct PageFile {
    /// The `Content-Type`, with its charset.
    pub content_type: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

impl PageFile {
    /// A file whose content type follows from its name's ending. Text is UTF-8.
    ///
    /// ```
    /// use zhiqing_server::PageFile;
    /// let file = PageFile::named("zhiqing_bg.wasm", Vec::new());
    /// assert_eq!(file.content_type, "application/wasm");
    /// ```
    pub fn named(name: &str, bytes: Vec<u8>) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let content_type = match ending {
            "css" => "text/css; charset=utf-8",
            "html" => "text/html; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            // JSON is UTF-8 by RFC 8259 and defines no charset parameter.
            "json" | "map" => "application/json",
            "md" | "toml" | "ts" | "txt" => "text/plain; charset=utf-8",
            "png" => "image/png",
            "svg" => "image/svg+xml; charset=utf-8",
            "wasm" => "application/wasm",
            _ => "application/octet-stream",
        };
        Self {
            content_type,
            bytes,
        }
    }
}
