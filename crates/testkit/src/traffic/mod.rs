//! People who talk to the application, for demonstrations and for checks of dashboards.

mod dialogue;
mod person;

pub use dialogue::{Dialogue, Locale, Step, dialogues};
pub use person::{Person, Problem};
