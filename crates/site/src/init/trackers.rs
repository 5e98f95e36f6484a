//! `[[tracker]]`: what the gate holds back until its purpose is granted.

use super::candidates::index;
use super::plan::{Loaded, Plan};
use super::reading::Reading;
use super::words::any;
use super::write::{Writer, excerpt, excerpt_at, quoted};
use zhiqing_consent::Glob;

/// Technologies that are matched by the key's name; the others are by host and path.
const STORES: [&str; 5] = [
    "cookie",
    "local_storage",
    "session_storage",
    "indexed_db",
    "flash_cookie",
];

pub(super) fn write(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>) {
    out.part("Trackers: what the gate holds back");
    out.comment("`match` is a glob or a list of globs: over the key's name for cookies and stores, over host +");
    out.comment("path (no scheme, port, query) for what is loaded or sent. The browser's developer tools show both.");
    if plan.tools.is_empty() && reading.document.facts.technologies.is_empty() {
        out.question(
            "the policy names no cookie and the like. Does a page of yours store, load or send anything for statistics, ads or maps? Then write it into the policy and here.",
        );
    }
    for loaded in &plan.tools {
        tool(out, reading, plan, loaded);
    }
    let kits: Vec<_> = plan
        .kits
        .iter()
        .filter(|kit| plan.purposes[kit.purpose].basis().is_asked())
        .filter(|kit| {
            !plan
                .tools
                .iter()
                .any(|loaded| any(&kit.fact.name, &loaded.tool.names))
        })
        .collect();
    for kit in kits {
        out.gap();
        let excerpt = excerpt_at(kit.place.text, &kit.fact.name);
        out.comment(&format!(
            "{}, line {}: {excerpt}",
            kit.fact.name, kit.fact.line
        ));
        out.question(
            "does a page load it? What does it store and where does it send? Then take the # away.",
        );
        let uses = "{ technology = \"script\", match = \"sdk.example.com/*\" }";
        template(
            out,
            &kit.id,
            &kit.fact.name,
            &plan.purposes[kit.purpose].id,
            uses,
        );
    }
    for fact in &reading.document.facts.technologies {
        out.gap();
        let place = reading.place(fact.line, "");
        out.comment(&format!(
            "{}, line {}: {}",
            fact.name,
            fact.line,
            excerpt(place.text)
        ));
        let known = plan.tools.iter().filter(|loaded| {
            loaded
                .tool
                .uses
                .iter()
                .any(|used| used.technology.name() == fact.name)
        });
        let known: Vec<&str> = known.map(|loaded| loaded.tool.id.as_str()).collect();
        if !known.is_empty() {
            out.comment(&format!("Used by {}, above.", known.join(", ")));
        }
        let who = if known.is_empty() {
            "who uses it"
        } else {
            "who else uses it"
        };
        out.question(&format!(
            "{who}, for what, under which names? One [[tracker]] for each; a person can refuse it meanwhile."
        ));
        let pattern = if STORES.contains(&fact.name.as_str()) {
            "NAME*"
        } else {
            "host.example.com/path*"
        };
        let technology = quoted(&fact.name);
        let uses = format!("{{ technology = {technology}, match = {pattern:?} }}");
        template(out, &fact.name, "?", purpose(plan, place.clause), &uses);
    }
}

/// The asked purpose that is stated where a technology is named.
fn purpose<'p>(plan: &'p Plan<'_>, clause: Option<usize>) -> &'p str {
    let fits = |at: usize| {
        let drafted = plan.purposes.get(at)?;
        (drafted.is_active() && drafted.basis().is_asked()).then_some(drafted.id.as_str())
    };
    let stated = clause.into_iter().flat_map(|clause| plan.stated_by(clause));
    let analytics = index("analytics").and_then(fits);
    let first = || (0..plan.purposes.len()).find_map(fits);
    stated
        .copied()
        .find_map(fits)
        .or(analytics)
        .or_else(first)
        .unwrap_or("analytics")
}

fn tool(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>, loaded: &Loaded) {
    let clause = reading.clause(loaded.clause);
    out.gap();
    out.comment(&format!(
        "{}, line {}: {}",
        loaded.tool.vendor,
        clause.line,
        excerpt(&clause.text)
    ));
    out.question("does the page load it? Its keys and addresses are the catalogue's (docs/trackers.md); what your page sets up itself is added under `uses`.");
    for used in &loaded.tool.uses {
        let patterns: Vec<&str> = used.patterns.iter().map(Glob::as_str).collect();
        out.comment(&format!(
            "  {}: {}",
            used.technology.name(),
            patterns.join(", ")
        ));
    }
    out.line("[[tracker]]");
    out.pair("use", &loaded.tool.id);
    out.pair("purpose", &plan.purposes[loaded.purpose].id);
}

/// A tracker of which too much is unknown to hold anything back.
fn template(out: &mut Writer, id: &str, vendor: &str, purpose: &str, uses: &str) {
    out.mute();
    out.line("[[tracker]]");
    out.pair("id", id);
    out.pair("vendor", vendor);
    out.pair("purpose", purpose);
    out.line(&format!("uses = [{uses}]"));
    out.unmute();
}
