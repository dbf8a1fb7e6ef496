//! Languages of a country.

use std::{collections::HashMap, sync::LazyLock};

use serde::Serialize;
use travel::Locale;

use crate::table::rows;

const TABLE: &str = include_str!("../data/languages.tsv");

/// What a language is in a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Official in the whole country.
    Official,
    /// Used by the state without a law that says so.
    DeFacto,
    /// Official in a part of it.
    Regional,
    /// Spoken by many, without a status.
    Spoken,
}

/// A language that is spoken in a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spoken {
    /// ISO 639 code.
    pub code: &'static str,
    name_fr: &'static str,
    name_en: &'static str,
    /// What it is there.
    pub status: Status,
}

impl Spoken {
    /// Its name.
    #[must_use]
    pub const fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.name_fr, self.name_en)
    }

    /// Whether the state uses it everywhere.
    #[must_use]
    pub const fn is_national(&self) -> bool {
        matches!(self.status, Status::Official | Status::DeFacto)
    }

    /// Reads a code and its status, such as `fr:o`.
    pub(crate) fn read(text: &'static str) -> Option<Self> {
        let (code, status) = text.split_once(':').unwrap_or((text, ""));
        let (name_en, name_fr) = *NAMES.get(code)?;
        Some(Self {
            code,
            name_fr,
            name_en,
            status: match status {
                "o" => Status::Official,
                "d" => Status::DeFacto,
                "r" => Status::Regional,
                "" => Status::Spoken,
                _ => return None,
            },
        })
    }
}

static NAMES: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    rows::<3>(TABLE)
        .map(|[code, en, fr]| (code, (en, fr)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;

    #[test]
    fn every_name_is_there_in_both_languages() {
        assert!(is_complete::<3>(TABLE));
        assert!(NAMES.len() > 200);
        assert!(
            NAMES
                .values()
                .all(|(en, fr)| !en.is_empty() && !fr.is_empty())
        );
    }

    #[test]
    fn a_status_is_read() {
        let french = Spoken::read("fr:o").unwrap();
        assert!(french.is_national());
        assert_eq!(french.name(Locale::En), "French");
        assert_eq!(french.name(Locale::Fr), "français");
        assert_eq!(Spoken::read("ary").unwrap().status, Status::Spoken);
        assert!(Spoken::read("fr:x").is_none());
    }
}
