//! The other way round: settings drafted from a policy, to be read and corrected by a person.
//!
//! The straight line: a [`Reading`] knows what every clause is about; the
//! [plan](plan::Plan) puts each clause and each fact to the purpose that it states or serves; then
//! the parts of the file are written, each with the clause it came from. What the policy does not
//! say is a question, which the person answers who knows.

mod candidates;
mod doubts;
mod fields;
mod identity;
mod keeping;
mod known;
mod limits;
mod permissions;
mod placing;
mod plan;
mod purposes;
mod reading;
mod recipients;
mod retention;
mod sentences;
mod serving;
mod steps;
mod trackers;
mod wording;
mod words;
mod write;

use plan::Plan;
use reading::Reading;
use write::Writer;
use zhiqing_policy::document::Document;

/// Drafted settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// `site.toml`: it loads and builds as it is.
    pub settings: String,
    /// How many questions stand in its comments.
    pub questions: usize,
    /// Why the text does not look like a privacy policy; empty where it does.
    pub doubts: Vec<String>,
}

/// Drafts `site.toml` for a policy. `policy_file` is the policy's path as the settings shall have
/// it; `name` is the policy's file name without its ending, for want of a better name of the site.
///
/// Every technology, permission, SDK and class of recipients among the document's facts, and every
/// clause that calls for separate consent, stands in the result with its line; so do the deadlines
/// and the ages. There are at least three purposes, whatever the text says. Time grows with the
/// length of the text.
///
/// ```
/// let policy = zhiqing_policy::parse("某某隐私政策\n一、收集\n经您单独同意，我们收集人脸信息。\n");
/// let draft = zhiqing_site::init::draft(&policy, "policy.txt", "policy");
/// assert!(draft.settings.contains("basis = \"separate\""));
/// ```
pub fn draft(document: &Document, policy_file: &str, name: &str) -> Draft {
    let reading = Reading::new(document);
    let plan = Plan::draw(&reading);
    let doubts = doubts::of(document);
    let mut out = Writer::default();
    out.comment(
        "Drafted from the policy. Read it line by line: the law holds you to what you ask.",
    );
    out.comment(
        "\"line 7\" is line 7 of the policy; paths are relative to this file. What is asked after",
    );
    out.comment("\"Question:\" the policy does not tell, or not clearly: answer it, then strike the comment.");
    for doubt in &doubts {
        out.question(&format!("is this a privacy policy? {doubt}"));
    }
    identity::write(&mut out, document, policy_file, name);
    purposes::write(&mut out, &reading, &plan);
    recipients::write(&mut out, &reading, &plan);
    trackers::write(&mut out, &reading, &plan);
    permissions::write(&mut out, &plan);
    limits::write(&mut out, &reading);
    Draft {
        settings: out.text,
        questions: out.questions,
        doubts,
    }
}
