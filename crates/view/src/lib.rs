//! State to HTML and CSS: one renderer for the build, the page and the server.
//!
//! The straight line: a view takes plain data (a notice, a draft of choices, a document), writes
//! [`Html`], in which text is escaped by construction, and names every control by the contract's
//! hooks (`data-zq`, `data-zq-purpose`, `data-zq-technology`). [`style`] holds the style sheets.
//! Nothing here touches a browser, so every view is tested as text.

mod banner;
mod changes;
mod form;
mod held;
mod html;
mod policy;
mod preferences;
mod rights;
mod sheet;
mod step;
mod stored;
pub mod style;
#[cfg(test)]
mod tests;
pub mod text;

pub use banner::{banner, handle};
pub use changes::changes;
pub use form::{
    Form, FormFault, Told, Way, form_fault, form_page, form_policy, form_step, noscript,
};
pub use held::{Held, held};
pub use html::Html;
pub use policy::{policy, policy_missing};
pub use preferences::{Draft, preferences};
pub use rights::{Delivery, Rights, rights};
pub use step::{Step, step};
pub use stored::{Entry, Store, Stored, stored};
pub use text::Texts;
