//! Tables of texts whose two languages stand side by side.

use agent::locale::Locale;

/// Declares a struct of texts: `name { field: "français", "English"; }`.
macro_rules! bilingual {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $fr:expr, $en:expr;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name {
            $(pub(crate) $field: &'static str,)*
        }

        impl $name {
            /// The texts of a language.
            #[cfg(not(test))]
            pub(crate) const fn of(locale: agent::locale::Locale) -> &'static Self {
                Self::table(locale)
            }

            /// The texts of a language, or in brackets.
            #[cfg(test)]
            pub(crate) fn of(locale: agent::locale::Locale) -> &'static Self {
                use $crate::i18n::pseudo;
                if pseudo::is_on() {
                    return Box::leak(Box::new(Self { $($field: pseudo::spoken($en),)* }));
                }
                Self::table(locale)
            }

            const fn table(locale: agent::locale::Locale) -> &'static Self {
                match locale {
                    agent::locale::Locale::Fr => &Self { $($field: $fr,)* },
                    agent::locale::Locale::En => &Self { $($field: $en,)* },
                }
            }
        }
    };
}

/// One of two texts that need no table.
#[cfg(not(test))]
pub(crate) const fn pick(locale: Locale, fr: &'static str, en: &'static str) -> &'static str {
    locale.pick(fr, en)
}

/// One of two texts that need no table, or the English one in brackets.
#[cfg(test)]
pub(crate) fn pick(locale: Locale, fr: &'static str, en: &'static str) -> &'static str {
    match super::pseudo::is_on() {
        true => super::pseudo::spoken(en),
        false => locale.pick(fr, en),
    }
}

pub(crate) use bilingual;
