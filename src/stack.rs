//! The sheets that are open, one above the other; the last one is in view.

use js_sys::Function;
use std::mem::{discriminant, take};
use wasm_bindgen::JsValue;

/// A sheet.
#[derive(Clone)]
pub(crate) enum View {
    Preferences,
    Rights,
    Policy,
    Step {
        /// Id of the purpose that is asked about.
        purpose: String,
        /// What follows from refusing, where a permission says it closer than the purpose.
        refusal: Option<String>,
        asker: StepAsker,
    },
}

impl View {
    /// Whether both are of one kind.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other)
    }
}

/// Who wants the answer of a step.
#[derive(Clone)]
pub(crate) enum StepAsker {
    /// The preferences, into their draft.
    Draft,
    /// The page: the answer is a decision of its own, and these functions wait to hear it.
    Page(Vec<Function>),
}

/// The open sheets, each with where the person was in it when another came over it, as the loader tells it.
#[derive(Default)]
pub(crate) struct Stack(Vec<(View, JsValue)>);

impl Stack {
    /// Puts a sheet above the others; `place` is where the person is in the one in view.
    ///
    /// What is in view is not opened twice, and nobody is asked the same question twice at once:
    /// who asks it again waits for the answer of the step that is there. False where nothing was
    /// put there.
    pub(crate) fn open(&mut self, view: View, place: JsValue) -> bool {
        if let View::Step {
            purpose,
            asker: StepAsker::Page(waiting),
            ..
        } = &view
        {
            for (open, _) in &mut self.0 {
                if let View::Step {
                    purpose: asked,
                    asker: StepAsker::Page(there),
                    ..
                } = open
                    && asked == purpose
                {
                    there.extend(waiting.iter().cloned());
                    return false;
                }
            }
        }
        let step = matches!(view, View::Step { .. });
        if let Some((shown, kept)) = self.0.last_mut() {
            if !step && shown.is_like(&view) {
                return false;
            }
            *kept = place;
        }
        self.0.push((view, JsValue::UNDEFINED));
        true
    }

    /// The sheet in view and where the person was in it.
    pub(crate) fn top(&self) -> Option<(&View, &JsValue)> {
        self.0.last().map(|(view, place)| (view, place))
    }

    /// Whether the preferences are open, in view or below another sheet.
    pub(crate) fn has_preferences(&self) -> bool {
        let mut views = self.0.iter();
        views.any(|(view, _)| matches!(view, View::Preferences))
    }

    /// Closes the sheet in view.
    pub(crate) fn close(&mut self) -> Option<View> {
        self.0.pop().map(|(view, _)| view)
    }

    /// Closes the sheet in view if it is a step.
    pub(crate) fn close_step(&mut self) -> Option<View> {
        let is_step = |(view, _): &mut (View, JsValue)| matches!(view, View::Step { .. });
        self.0.pop_if(is_step).map(|(view, _)| view)
    }

    /// Closes them all.
    pub(crate) fn clear(&mut self) -> Vec<View> {
        take(&mut self.0)
            .into_iter()
            .map(|(view, _)| view)
            .collect()
    }
}
