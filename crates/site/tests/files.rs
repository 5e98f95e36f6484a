//! The files of a built site, held against each other.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};
use std::path::Path;
use zhiqing_site::{Site, page};

#[test]
fn the_printed_policy_allows_the_style_of_the_page_without_scripts() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy-text");
    let site = Site::load(&samples.join("travel-benefits/site.toml")).expect("a site");
    let module = page::Module {
        wasm: b"",
        glue: b"",
        fallback: b"",
    };
    let files = page::build(&site, module).expect("files");
    let file = files.iter().find(|it| it.name == "zhiqing.noscript.html");
    let html = std::str::from_utf8(&file.expect("a snippet").bytes).expect("UTF-8");
    let style = html.split_once("<style>").expect("a style").1;
    let (style, _) = style.split_once("</style>").expect("its end");
    let hash = format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(style)));
    let csp = page::csp(&site).expect("directives");
    for line in [csp.external(), csp.inline()] {
        let styles = line.split("; ").find(|it| it.starts_with("style-src "));
        let styles = styles.expect("a directive");
        assert!(styles.split(' ').any(|it| it == hash), "{hash}: {styles}");
    }
}
