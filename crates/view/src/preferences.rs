//! The preferences: every purpose on its own switch, every technology on its own refusal.

use crate::html::Attribute;
use crate::stored::{STORED, Stored, stored};
use crate::{Html, sheet, text::Texts};
use zhiqing_consent::rules::{self, Act, Conditions};
use zhiqing_consent::{Basis, Decision, Notice, Purpose, Technologies, Technology, Tier};

/// Choices on the way, before they are saved. It starts from the decision that stands, or empty:
/// nothing is preselected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Ids of purposes that are switched on.
    pub granted: Ids,
    /// Ids of purposes whose own step was passed since the sheet was opened.
    pub confirmed: Ids,
    /// Ids of purposes with a step of their own whose consent stands and is turned off by the browser's
    /// signal. Their switches are off, and saving something else takes none of them back (rule 7).
    pub silenced: Ids,
    /// Technologies that are refused.
    pub refused: Technologies,
}

/// A few ids, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(Vec<String>);

impl Ids {
    /// Adds one.
    pub fn insert(&mut self, id: &str) {
        if !self.contains(id) {
            self.0.push(id.to_owned());
        }
    }

    /// Takes one out.
    pub fn remove(&mut self, id: &str) {
        self.0.retain(|known| known != id);
    }

    /// Whether it is among them.
    pub fn contains(&self, id: &str) -> bool {
        self.iter().any(|known| known == id)
    }

    /// They, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<const N: usize> From<[String; N]> for Ids {
    fn from(ids: [String; N]) -> Self {
        ids.into_iter().collect()
    }
}

impl FromIterator<String> for Ids {
    fn from_iter<T: IntoIterator<Item = String>>(ids: T) -> Self {
        let mut those = Self::default();
        ids.into_iter().for_each(|id| those.insert(&id));
        those
    }
}

impl Draft {
    /// The choices that stand. What changed materially since is not among them, nor what the browser's
    /// signal turned off: what is shown is what holds.
    pub fn standing(notice: &Notice, decision: Option<&Decision>, under: Conditions) -> Self {
        let Some(decision) = decision else {
            return Self::default();
        };
        let stands = |purpose: &&Purpose| decision.stands(notice, &purpose.id);
        let ids = |holds: &dyn Fn(&Purpose) -> bool| {
            let those = notice.asked().filter(stands).filter(|p| holds(p));
            those.map(|purpose| purpose.id.clone()).collect()
        };
        Self {
            granted: ids(&|purpose| rules::is_allowed(purpose, Some(decision), under)),
            confirmed: Ids::default(),
            silenced: ids(&|purpose| {
                purpose.basis.needs_own_step() && rules::is_silenced(purpose, decision, under.gpc)
            }),
            refused: decision.refused(),
        }
    }

    /// A purpose was answered: switched on or off, in its step, or by a decision of its own.
    pub fn answer(&mut self, purpose: &str, granted: bool) {
        self.silenced.remove(purpose);
        if granted {
            self.granted.insert(purpose);
        } else {
            self.granted.remove(purpose);
            self.confirmed.remove(purpose);
        }
    }

    /// What saving these choices does.
    pub fn save(self) -> Act {
        Act::Save {
            granted: self.granted.0.into_iter().chain(self.silenced.0).collect(),
            confirmed: self.confirmed.0,
            refused: self.refused,
        }
    }
}

/// The preferences sheet. `note` is a sentence to the person, as that nothing can be kept here.
pub fn preferences(notice: &Notice, draft: &Draft, list: &Stored, note: Option<&str>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    let title = texts.get("preferences");
    sheet::open(&mut html, texts, "sheet preferences", title, note);
    purposes(&mut html, notice, draft);
    technologies(&mut html, notice, draft, "h3", |technology| {
        [("part", "check"), ("data-zq-technology", technology.name())]
    });
    html.write(
        texts,
        r#"<section class="group"><h3>[stored]</h3><p class="lead">[stored_lead]</p><div id="{}">"#,
        &[STORED],
    );
    html.append(&stored(notice, list));
    // There before it says anything: a live region is heard when it changes.
    html.write(
        texts,
        r#"</div><p class="lead told" role="status">{}</p></section>"#,
        &[&list.told(texts)],
    );
    sheet::foot(&mut html);
    html.write(texts, r#"<div class="actions">"#, &[]);
    html.button("choice", "reject-all", texts.get("reject_all"));
    html.button("choice", "accept-all", texts.get("accept_all"));
    html.close("div");
    html.button("choice strong", "save", texts.get("save"));
    sheet::close(&mut html);
    html
}

/// The purposes by tier.
pub(crate) fn purposes(html: &mut Html, notice: &Notice, draft: &Draft) {
    let texts = Texts::of(notice);
    html.write(texts, r#"<p class="lead">[preferences_lead]</p>"#, &[]);
    for (tier, title, lead) in [
        (Tier::Basic, "basic", "basic_lead"),
        (Tier::Extended, "extended", "extended_lead"),
    ] {
        let mut purposes = notice.purposes.iter().filter(|p| p.tier == tier).peekable();
        if purposes.peek().is_none() {
            continue;
        }
        html.write(
            texts,
            r#"<section class="group"><h3>{}</h3><p class="lead">{}</p>"#,
            &[texts.get(title), texts.get(lead)],
        );
        for purpose in purposes {
            card(html, notice, purpose, draft);
        }
        html.close("section");
    }
}

fn card(html: &mut Html, notice: &Notice, purpose: &Purpose, draft: &Draft) {
    let texts = Texts::of(notice);
    let asked = purpose.basis.is_asked();
    let id = purpose.id.as_str();
    let (tag, class) = match purpose.basis {
        Basis::None => ("always_on", "tag"),
        Basis::General => ("", ""),
        Basis::Separate | Basis::Written => ("needs_step", "tag warm"),
        Basis::Guardian => ("needs_guardian", "tag warm"),
    };
    html.write(
        texts,
        r#"<article class="card" part="card"><label class="row"><span class="words"><span class="name" id="zq-p-{}">{}</span>"#,
        &[id, &purpose.name],
    );
    if !tag.is_empty() {
        html.write(
            texts,
            r#"<span class="{}">{}</span>"#,
            &[class, texts.get(tag)],
        );
    }
    html.write(
        texts,
        r#"<span class="says" id="zq-d-{}">{}</span></span><input type="checkbox" role="switch" class="switch" part="switch" data-zq-purpose="{}" aria-labelledby="zq-p-{}" aria-describedby="zq-d-{}""#,
        &[id, &purpose.description, id, id, id],
    );
    if !asked || draft.granted.contains(id) {
        html.write(texts, " checked", &[]);
    }
    if !asked || purpose.basis == Basis::Guardian {
        html.write(texts, " disabled", &[]);
    }
    // Its name to a screen reader: "details", then the purpose's own.
    html.write(
        texts,
        r#"></label><details><summary id="zq-s-{}" aria-labelledby="zq-s-{} zq-p-{}">[details]</summary><dl>"#,
        &[id, id, id],
    );
    let data = texts.list(purpose.data.iter().map(String::as_str));
    sheet::fact(html, texts.get("data"), &data);
    sheet::fact(html, texts.get("recipients"), &recipients(notice, purpose));
    sheet::fact(html, texts.get("retention"), &purpose.retention);
    sheet::fact(
        html,
        texts.get("if_refused"),
        if asked { &purpose.refusal } else { "" },
    );
    html.close("dl");
    clause_link(html, texts, purpose, &["zq-p-", id].concat());
    html.write(texts, "</details></article>", &[]);
}

/// A link to the clause of the policy that states this purpose; `name` is the id of the element with
/// the purpose's name.
pub(crate) fn clause_link(html: &mut Html, texts: Texts<'_>, purpose: &Purpose, name: &str) {
    if let Some(clause) = purpose.clauses.first() {
        let id = purpose.id.as_str();
        html.write(
            texts,
            r#"<button type="button" class="link" part="link" id="zq-c-{}" aria-labelledby="zq-c-{} {}" data-zq="policy" data-zq-clause="{}">[read_clause]</button>"#,
            &[id, id, name, clause],
        );
    }
}

/// Empty where the settings name none: that nobody receives anything is for the site to say.
pub(crate) fn recipients(notice: &Notice, purpose: &Purpose) -> String {
    let ids = purpose.recipients.iter();
    let found = ids.filter_map(|id| notice.recipient(id));
    Texts::of(notice).list(found.map(|recipient| recipient.name.as_str()))
}

/// The technologies, each with its own refusal, below a heading of that element. `control` is what a
/// technology's check box is besides: where it lies and how it is heard differ.
pub(crate) fn technologies(
    html: &mut Html,
    notice: &Notice,
    draft: &Draft,
    heading: &'static str,
    control: impl Fn(Technology) -> [Attribute<'static>; 2],
) {
    let texts = Texts::of(notice);
    html.write(
        texts,
        r#"<section class="group"><{}>[technologies]</{}><p class="lead">[technologies_lead]</p><div class="card list" part="card">"#,
        &[heading, heading],
    );
    for &technology in &notice.technologies {
        let name = ("technology", texts.technology(technology));
        let name = texts.fill("refuse_technology", &[name]);
        html.write(
            texts,
            r#"<label class="row"><span class="words"><span class="name">{}</span><span class="says">{}</span></span>"#,
            &[&name, texts.does(technology)],
        );
        let mut attributes = vec![("type", "checkbox"), ("class", "check")];
        attributes.extend(control(technology));
        if draft.refused.contains(technology) {
            attributes.push(("checked", ""));
        }
        html.open("input", &attributes);
        html.close("label");
    }
    html.write(texts, "</div></section>", &[]);
}
