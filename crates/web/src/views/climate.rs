//! The climate of a year as bars: from the coldest to the warmest of a day, and days of rain. The table
//! below it says the same.

use agent::{
    locale::Locale,
    sheet::{Climate, ClimateMonth},
};
use askama::Template;

use crate::i18n::offers::OfferTexts;

/// Width of a month, in units of the drawing.
const COLUMN: i32 = 32;
const BAR: i32 = 14;
/// Top and height of the temperatures, bottom and height of the rain.
const TOP: i32 = 18;
const WARMTH: i32 = 90;
const FLOOR: i32 = 190;
const RAIN: i32 = 45;
/// Days of a month.
const DAYS: i32 = 31;

/// The chart, ready to print.
#[derive(Template)]
#[template(path = "cards/climate.html")]
pub(crate) struct ClimateView<'a> {
    o: &'static OfferTexts,
    climate: &'a Climate,
    columns: Vec<Column<'a>>,
    width: i32,
}

/// A month, where it stands and how tall its bars are.
struct Column<'a> {
    month: &'a ClimateMonth,
    /// `J`: the first letter of its name.
    initial: String,
    left: i32,
    centre: i32,
    bar: i32,
    /// Top, height, low and high.
    warmth: Option<(i32, i32, i32, i32)>,
    /// Top, height and days.
    rain: Option<(i32, i32, u8)>,
}

impl<'a> ClimateView<'a> {
    pub(crate) fn new(climate: &'a Climate, locale: Locale) -> Self {
        let months = climate.months.iter();
        let figures = months.clone().flat_map(|month| [month.low, month.high]);
        let (low, high) = figures
            .flatten()
            .fold((i32::MAX, i32::MIN), |(low, high), at| {
                (low.min(at), high.max(at))
            });
        let span = high.saturating_sub(low).max(1);
        let y = |celsius: i32| TOP + WARMTH - (celsius - low) * WARMTH / span;
        let column = |(at, month): (i32, &'a ClimateMonth)| {
            let left = at * COLUMN;
            let warmth = month.low.zip(month.high).map(|(low, high)| {
                let top = y(high.max(low));
                (top, (y(low.min(high)) - top).max(2), low, high)
            });
            let rain = month.rain_days.map(|days| {
                let height = (i32::from(days).min(DAYS) * RAIN / DAYS).max(1);
                (FLOOR - height, height, days)
            });
            Column {
                month,
                initial: month.name.chars().take(1).collect(),
                left,
                centre: left + COLUMN / 2,
                bar: left + (COLUMN - BAR) / 2,
                warmth,
                rain,
            }
        };
        Self {
            o: OfferTexts::of(locale),
            columns: (0..).zip(months).map(column).collect(),
            width: COLUMN * i32::try_from(climate.months.len()).unwrap_or_default(),
            climate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year() -> Climate {
        let month = |at: i32| ClimateMonth {
            name: format!("M{at}"),
            low: (at != 3).then_some(at - 6),
            high: Some(at + 4),
            rain_days: (at != 5).then_some(at as u8),
            own: at == 4,
        };
        Climate {
            heading: "Climate".to_owned(),
            months: (0..12).map(month).collect(),
        }
    }

    #[test]
    fn every_month_has_its_bars_and_its_row() {
        let year = year();
        let html = ClimateView::new(&year, Locale::En).render().unwrap();
        assert_eq!(html.matches("class=\"warmth\"").count(), 11);
        assert_eq!(html.matches("class=\"rain\"").count(), 11);
        assert_eq!(html.matches("<th scope=\"row\">").count(), 12);
        assert_eq!(html.matches("your month").count(), 1);
        assert!(
            !html.contains("style=") && !html.contains("height=\"-"),
            "{html}"
        );
    }

    #[test]
    fn a_year_that_nobody_measured_draws_nothing_wrong() {
        let mut year = year();
        for month in &mut year.months {
            (month.low, month.high, month.rain_days) = (None, None, None);
        }
        let html = ClimateView::new(&year, Locale::Fr).render().unwrap();
        assert_eq!(html.matches("–</td>").count(), 36);
    }
}
