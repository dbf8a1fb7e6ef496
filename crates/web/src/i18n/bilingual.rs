//! Tables of texts whose two languages stand side by side.

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
            pub(crate) const fn of(locale: agent::locale::Locale) -> &'static Self {
                match locale {
                    agent::locale::Locale::Fr => &Self { $($field: $fr,)* },
                    agent::locale::Locale::En => &Self { $($field: $en,)* },
                }
            }
        }
    };
}

pub(crate) use bilingual;
