//! `locale` in the body of a request: a language, perhaps with the region whose habits count.

use agent::locale::Locale;
use serde::{Deserialize, Serialize};

/// A language, or that of the message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocaleField {
    /// `None` = that of the message.
    locale: Option<Locale>,
    /// As sent: `auto`, `fr`, `en-US`.
    tag: String,
}

impl LocaleField {
    /// The language, unless it is that of the message.
    #[must_use]
    pub const fn chosen(&self) -> Option<Locale> {
        self.locale
    }

    /// The tag, where it names a region.
    #[must_use]
    pub fn regional(&self) -> Option<String> {
        self.tag.contains('-').then(|| self.tag.clone())
    }
}

impl TryFrom<String> for LocaleField {
    type Error = &'static str;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        let (language, region) = match tag.split_once('-') {
            Some((language, region)) => (language, Some(region)),
            None => (&*tag, None),
        };
        let is_region = |region: &str| match region.len() {
            2 => region.bytes().all(|byte| byte.is_ascii_alphabetic()),
            3 => region.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        let locale = match (language, region) {
            ("auto", None) => None,
            ("fr", _) => Some(Locale::Fr),
            ("en", _) => Some(Locale::En),
            _ => return Err(EXPECTED),
        };
        if region.is_none_or(is_region) {
            Ok(Self { locale, tag })
        } else {
            Err(EXPECTED)
        }
    }
}

/// What may stand there.
const EXPECTED: &str = "expected `auto`, `fr` or `en`, perhaps with a region: `en-US`";

impl From<LocaleField> for String {
    fn from(field: LocaleField) -> Self {
        field.tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_of_ours_with_or_without_a_region() {
        for (tag, locale, regional) in [
            ("auto", None, false),
            ("fr", Some(Locale::Fr), false),
            ("en", Some(Locale::En), false),
            ("en-US", Some(Locale::En), true),
            ("fr-CA", Some(Locale::Fr), true),
            ("en-001", Some(Locale::En), true),
        ] {
            let field = LocaleField::try_from(tag.to_owned()).unwrap();
            assert_eq!(field.chosen(), locale, "{tag}");
            let expected = regional.then(|| tag.to_owned());
            assert_eq!(field.regional(), expected, "{tag}");
            assert_eq!(String::from(field), tag);
        }
        for tag in [
            "", "de", "FR", "auto-US", "en-", "en-USA", "en_US", "en-US-x", "fr-é",
        ] {
            assert!(LocaleField::try_from(tag.to_owned()).is_err(), "{tag}");
        }
    }
}
