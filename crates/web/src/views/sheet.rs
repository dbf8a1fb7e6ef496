//! The card of a planning tool.

use agent::{
    locale::Locale,
    sheet::{Block, Fact, Map, Sheet},
};
use askama::Template;

use crate::i18n::Texts;

/// Letters of the units that may stand beside a figure: `km`, `min`, `CHF`.
const UNIT_LETTERS: usize = 3;

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

    /// The official page of a fact; nothing but an address of the web is a link.
    fn official<'a>(&self, fact: &'a Fact) -> Option<&'a str> {
        let link = fact.link.as_deref();
        link.filter(|link| link.starts_with("https://") || link.starts_with("http://"))
    }

    /// Which columns hold nothing but figures.
    fn figures(&self, rows: &[Vec<String>]) -> Vec<bool> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let of_figures = |column: usize| {
            let mut cells = rows.iter().filter_map(|row| row.get(column)).peekable();
            cells.peek().is_some() && cells.all(|cell| figure(cell))
        };
        (0..columns)
            .map(|column| column > 0 && of_figures(column))
            .collect()
    }

    fn is_figure(&self, figures: &[bool], column: &usize) -> bool {
        figures.get(*column).copied().unwrap_or_default()
    }

    fn stands_out(&self, best: &Option<usize>, row: &usize) -> bool {
        best.as_ref() == Some(row)
    }

    /// A map drawn by the server; `None` leaves its sentence.
    fn drawing(&self, _map: &Map) -> Option<String> {
        None
    }
}

/// Whether a cell is an amount, a measure or nothing: `€1,284.40`, `8 h 25`, `–`.
fn figure(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    let digits = cell.chars().any(|c| c.is_ascii_digit());
    match digits {
        true => letters <= UNIT_LETTERS,
        false => letters == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_measures_are_figures_and_words_are_none() {
        let amounts = [
            "1\u{a0}284,40\u{a0}€",
            "CA$12",
            "8 h 25",
            "27 °C",
            "–",
            "",
            "AED\u{a0}99.90",
        ];
        assert!(amounts.into_iter().all(figure));
        let words = ["mardi 12 janvier", "4 nights", "yes", "Ryanair"];
        assert!(!words.into_iter().any(figure));
    }
}
