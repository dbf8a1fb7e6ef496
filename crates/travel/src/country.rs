//! Countries with airports (docs/data.md).

use std::sync::LazyLock;

use super::{Currency, Iata};
use crate::locale::Locale;

/// One country.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166 alpha-2 code.
    pub code: &'static str,
    name_en: &'static str,
    name_fr: &'static str,
    currency: &'static str,
    /// Letters of the plug types in use, such as `C/E`.
    pub plugs: &'static str,
    /// International dialling code, such as `+33`.
    pub dialling: &'static str,
    /// Main airports or metropolitan areas, gateway first.
    pub gateways: Vec<Iata>,
    /// Other names that people type.
    pub aliases: Vec<&'static str>,
}

impl Country {
    /// The country's name.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.name_fr, self.name_en)
    }

    /// Whether a name is one of its own, letters' case aside.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let names = [self.name_en, self.name_fr].into_iter();
        names
            .chain(self.aliases.iter().copied())
            .any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Its currency, where the table knows it.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currency.parse().ok()
    }
}

static TABLE: LazyLock<Vec<Country>> = LazyLock::new(|| {
    include_str!("../data/countries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let mut next = || cells.next();
            Some(Country {
                code: next()?,
                name_en: next()?,
                name_fr: next()?,
                currency: next()?,
                plugs: next()?,
                dialling: next()?,
                gateways: next()?
                    .split(',')
                    .filter_map(|code| code.trim().parse().ok())
                    .collect(),
                aliases: next()
                    .unwrap_or_default()
                    .split(',')
                    .map(str::trim)
                    .filter(|alias| !alias.is_empty())
                    .collect(),
            })
        })
        .collect()
});

/// All countries, sorted by code.
#[must_use]
pub fn all() -> &'static [Country] {
    &TABLE
}

/// The country with this ISO code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Country> {
    TABLE.iter().find(|country| country.code == code)
}
