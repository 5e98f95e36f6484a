//! The policy as a page.

use super::{Way, frame};
use crate::{Html, policy, text::Texts};
use zhiqing_consent::Notice;
use zhiqing_policy::Document;

/// The policy that the notice asks about; without a document, a page that says it is not here.
pub fn form_policy(notice: &Notice, document: Option<&Document>, way: Way<'_>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    frame::open(&mut html, notice, texts.get("policy"));
    match document {
        Some(document) => {
            html.open("p", &[("class", "lead")]);
            let version = ("version", notice.policy.version.as_str());
            html.text(&texts.fill("policy_version", &[version]));
            html.text(" · ");
            html.text(texts.get("policy_legend"));
            html.close("p");
            contents(&mut html, texts, document);
            let attributes = [("class", "document"), ("data-zq-document", "")];
            html.open("article", &attributes);
            policy::document(&mut html, texts, document, ["h2", "h3", "h4", "h5"]);
            html.close("article");
        }
        None => html.leaf("p", &[("class", "note")], texts.get("policy_missing")),
    }
    frame::ways(&mut html, notice, way, true);
    frame::close(&mut html);
    html
}

fn contents(html: &mut Html, texts: Texts<'_>, document: &Document) {
    let levels = document.outline.iter();
    let mut headings = levels.filter(|h| (1..=2).contains(&h.level)).peekable();
    if headings.peek().is_none() {
        return;
    }
    html.open("details", &[("class", "contents")]);
    html.leaf("summary", &[], texts.get("contents"));
    html.open("ol", &[]);
    for heading in headings {
        let class = match heading.level {
            1 => "first",
            _ => "second",
        };
        html.open("li", &[("class", class)]);
        let href = format!("#{}", heading.id);
        html.open("a", &[("class", "link"), ("href", &href)]);
        policy::heading_text(html, heading);
        html.close("a");
        html.close("li");
    }
    html.close("ol");
    html.close("details");
}
