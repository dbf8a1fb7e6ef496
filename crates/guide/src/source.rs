//! Where a figure comes from.

use serde::Serialize;
use travel::Locale;

/// A table, or what was computed from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Short name for telemetry and the API, such as `climate`.
    pub id: &'static str,
    /// The name people read, in French and in English.
    #[serde(skip)]
    pub name: (&'static str, &'static str),
    /// The day, month or years of the data, as `2026-04`, `2026-10-30` or `2003-2021`.
    pub as_of: &'static str,
    /// Licence, and the attribution that it asks for.
    pub licence: &'static str,
    /// Whether the figure is derived by rules of ours from the table.
    pub derived: bool,
}

impl Source {
    /// The name in a language.
    #[must_use]
    pub const fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.name.0, self.name.1)
    }
}
