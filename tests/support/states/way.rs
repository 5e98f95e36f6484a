//! What a state is, and the way from a first visit to it.

use crate::translated::Edits;
use crate::{Site, Visit};

/// A state that a person can see.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// In file names: lower case and hyphens, first what the state is a state of.
    pub name: &'static str,
    /// What is seen, in a sentence without its full stop.
    pub shows: &'static str,
    sample: (&'static str, &'static str),
    path: &'static str,
    edits: Edits,
    before: &'static str,
    steps: &'static [Step],
    there: &'static str,
    in_view: Option<&'static str>,
}

/// Something that is done on the way to a state.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Clicks what a selector finds in our shadow root, or in the form without script.
    Click(&'static str),
    /// Evaluates an expression, and waits for what it promises.
    Run(&'static str),
    /// Waits until an expression is truthy.
    Until(&'static str),
    /// Loads the page again.
    Again,
}
use Step::{Again, Click, Run, Until};

impl State {
    pub(super) const fn new(name: &'static str, shows: &'static str) -> Self {
        Self {
            name,
            shows,
            sample: ("travel-benefits", "policy.txt"),
            path: "/",
            edits: &[],
            before: "",
            steps: &[],
            there: "true",
            in_view: None,
        }
    }

    /// Of another sample: its folder in `policy-text` and its policy's name.
    pub(super) const fn of(self, sample: &'static str, policy: &'static str) -> Self {
        Self {
            sample: (sample, policy),
            ..self
        }
    }

    /// On another path of the server than `/`.
    pub(super) const fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    /// Of a site whose settings have the second in place of the first.
    pub(super) const fn with(self, edits: Edits) -> Self {
        Self { edits, ..self }
    }

    /// After a script that runs before any of each page.
    pub(super) const fn before(self, before: &'static str) -> Self {
        Self { before, ..self }
    }

    pub(super) const fn after(self, steps: &'static [Step]) -> Self {
        Self { steps, ..self }
    }

    /// There once an expression is truthy.
    pub(super) const fn there(self, there: &'static str) -> Self {
        Self { there, ..self }
    }

    /// With what a selector finds there scrolled to the top.
    pub(super) const fn in_view(self, selector: &'static str) -> Self {
        Self {
            in_view: Some(selector),
            ..self
        }
    }

    /// What the state is a state of: the banner, the preferences.
    pub fn view(&self) -> &'static str {
        self.name
            .split_once('-')
            .map_or(self.name, |(view, _)| view)
    }

    /// A visit that has come there. Nothing moves in it.
    ///
    /// # Panics
    /// Where a step leads nowhere.
    pub async fn reach(&self) -> Visit {
        let (sample, policy) = self.sample;
        let site = Site::of(sample, policy);
        for (old, new) in self.edits {
            site.edit(old, new);
        }
        let visit = Visit::opened(site, self.path, |browser| {
            browser.calm();
            browser.before_pages(self.before);
        })
        .await;
        for step in self.steps {
            match step {
                Click(selector) => visit.click(selector).await,
                Run(expression) => drop(visit.value(expression).await),
                Until(expression) => drop(visit.until(expression).await),
                Again => visit.again().await,
            }
        }
        visit.until(self.there).await;
        visit
    }

    /// Scrolls what the state is about into view, where a look has moved it.
    ///
    /// # Panics
    /// Where it is not there.
    pub async fn show(&self, visit: &Visit) {
        let Some(selector) = self.in_view else {
            return;
        };
        let scrolled = format!(
            "(($('{selector}') ?? document.querySelector('{selector}')).scrollIntoView(), true)"
        );
        visit.until(&scrolled).await;
    }
}
