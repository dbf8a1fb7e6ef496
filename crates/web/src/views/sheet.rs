//! The card of a planning tool.

use agent::{
    locale::Locale,
    sheet::{Block, Sheet},
};
use askama::Template;

use crate::i18n::Texts;

/// A sheet, ready to print.
#[derive(Template)]
#[template(path = "cards/sheet.html")]
pub(crate) struct SheetView {
    t: &'static Texts,
    sheet: Sheet,
}

impl SheetView {
    pub(crate) fn new(sheet: &Sheet, locale: Locale) -> Self {
        Self {
            t: Texts::of(locale),
            sheet: sheet.clone(),
        }
    }
}
