//! The card of a planning tool.

use agent::{
    capability::map::svg,
    locale::Locale,
    sheet::{Block, Climate, Fact, Link, Map, Sheet},
};
use askama::Template;

use super::climate::ClimateView;
use crate::i18n::Texts;

/// Letters of the units that may stand beside a figure: `km`, `min`, `CHF`.
const UNIT_LETTERS: usize = 3;

/// A sheet, ready to print.
#[derive(Template)]
#[template(path = "cards/sheet.html")]
pub(crate) struct SheetView {
    t: &'static Texts,
    locale: Locale,
    sheet: Sheet,
}

impl SheetView {
    pub(crate) fn new(sheet: &Sheet, locale: Locale) -> Self {
        Self {
            t: Texts::of(locale),
            locale,
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

    /// A map, drawn here and coloured by the page's style sheet.
    fn drawing(&self, map: &Map) -> String {
        svg(map, false)
    }

    /// The climate of a year.
    fn year<'a>(&self, climate: &'a Climate) -> ClimateView<'a> {
        ClimateView::new(climate, self.locale)
    }

    /// Whether a link is to a trip of this application, and to nowhere else.
    fn is_ours(&self, link: &Link) -> bool {
        link.path.starts_with("/trips/")
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
    use crate::views::samples;

    fn sheet(locale: Locale) -> String {
        let view = SheetView::new(&samples::sheet(locale), locale);
        view.render().unwrap()
    }

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

    #[test]
    fn a_sheet_shows_each_of_its_blocks() {
        let fr = sheet(Locale::Fr);
        for part in [
            "<h3>Lisbonne en mars</h3><p>Du 3 au 6 mars, 2 voyageurs</p>",
            r#"<dt>Température</dt><dd><bdi>13 °C</bdi><small dir="auto">de 9 à 17 °C</small></dd>"#,
            r#"<a href="https://vistos.mne.gov.pt/" rel="noopener noreferrer""#,
            r#"<b dir="auto">Alfama</b>"#,
            r#"<button class="say" form="ask" name="message" value="un hôtel à Alfama" dir="auto">Loger ici</button>"#,
            r#"<span class="stop-time">09:30–11:00</span><p><b dir="auto">Torre de Belém</b>"#,
            "<figcaption>Belém, puis l’Alfama, à 6 km à l’est.</figcaption>",
            ">Plus détendu</button>",
            "Prix indicatifs",
            "Sources\u{a0}: d’après <bdi>US State Department</bdi> (<bdi>2026-11</bdi>)",
        ] {
            assert!(fr.contains(part), "{part} is not in {fr}");
        }
        let en = sheet(Locale::En);
        for part in [
            "<h3>Lisbon in March</h3>",
            "our pick",
            ">Stay here</button>",
        ] {
            assert!(en.contains(part), "{part} is not in {en}");
        }
    }

    #[test]
    fn a_table_sets_figures_right_and_says_in_words_which_row_is_best() {
        let html = sheet(Locale::Fr);
        let (_, table) = html.split_once("<table").unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        assert_eq!(table.matches(r#"class="best""#).count(), 1, "{table}");
        assert!(
            table.contains(r#"Équilibrée</bdi> <span class="badge best">à retenir</span>"#),
            "{table}"
        );
        assert_eq!(
            table.matches(r#"<td class="figure">"#).count(),
            9,
            "{table}"
        );
        assert_eq!(
            table.matches(r#"scope="col" class="figure""#).count(),
            3,
            "{table}"
        );
    }

    #[test]
    fn what_a_sheet_holds_is_escaped_and_only_pages_are_linked() {
        let attack = r#""><img src=x onerror=alert(1)>"#.to_owned();
        let mut card = samples::sheet(Locale::En);
        card.title.clone_from(&attack);
        card.lead = Some(attack.clone());
        card.notes.push(attack);
        let html = SheetView::new(&card, Locale::En).render().unwrap();
        assert!(
            !html.contains("<img") && !html.contains("javascript:"),
            "{html}"
        );
    }
}
