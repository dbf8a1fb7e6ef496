//! The fare calendar as a month grid.

use agent::{
    locale::Locale,
    travel::{FareCalendar, FareDay, Iata, airport},
};
use askama::Template;
use jiff::civil::Date;

use super::format;
use crate::i18n::{Texts, offers::OfferTexts};

/// A fare calendar, ready to print.
#[derive(Template)]
#[template(path = "cards/fare_calendar.html")]
pub(crate) struct CalendarView {
    t: &'static Texts,
    o: &'static OfferTexts,
    /// Tells its choice of a month from those of other calendars on the page.
    name: String,
    origin: String,
    destination: String,
    kind: String,
    illustrative: bool,
    hint: String,
    cheapest: Option<String>,
    /// Short and full names, in the order of the columns.
    weekdays: Vec<(String, &'static str)>,
    months: Vec<MonthView>,
    /// Days are looked at and not asked for.
    read_only: bool,
}

struct MonthView {
    name: String,
    /// Whether it is the one that is shown first.
    shown: bool,
    weeks: Vec<[Option<DayView>; 7]>,
}

#[derive(Clone)]
struct DayView {
    number: i8,
    fare: Option<FareView>,
}

#[derive(Clone)]
struct FareView {
    /// In whole units, without the currency.
    price: String,
    /// Day and price in words.
    label: String,
    /// The message that asks for this day.
    message: String,
    class: &'static str,
    /// `20` and `janv.`: the day of the way back.
    back: Option<(i8, &'static str)>,
    /// Whether the offers of the answer depart on it.
    chosen: bool,
}

impl CalendarView {
    /// `chosen`: the day that offers were searched for. `name`: of this calendar alone on its page.
    pub(crate) fn new(
        calendar: &FareCalendar,
        chosen: Option<Date>,
        name: &str,
        locale: Locale,
    ) -> Self {
        let t = Texts::of(locale);
        let least = calendar.days.iter().min_by_key(|day| day.price.minor);
        let scale = Scale::of(&calendar.days);
        let mut firsts: Vec<Date> = calendar
            .days
            .iter()
            .map(|day| day.date.first_of_month())
            .collect();
        firsts.dedup();
        let chosen = chosen.filter(|chosen| calendar.days.iter().any(|day| day.date == *chosen));
        let shown = chosen.or(least.map(|day| day.date));
        let shown = shown.map(Date::first_of_month);
        let fares = Fares {
            days: &calendar.days,
            stay: calendar.stay_days,
            chosen,
            scale,
        };
        let month = |first: &Date| MonthView {
            shown: shown == Some(*first),
            ..MonthView::new(*first, &fares, locale)
        };
        Self {
            t,
            o: OfferTexts::of(locale),
            name: name.to_owned(),
            origin: place(calendar.origin, locale),
            destination: place(calendar.destination, locale),
            kind: match calendar.stay_days {
                None => t.one_way.to_owned(),
                Some(nights) => t.nights.of(nights.into()),
            },
            illustrative: calendar.illustrative,
            hint: least.map_or_else(String::new, |day| {
                t.calendar_hint
                    .replace("{currency}", day.price.currency.as_str())
            }),
            cheapest: least.map(|day| {
                t.cheapest_day
                    .replace("{date}", &format::day_long(day.date, locale))
                    .replace("{price}", &format::money(day.price, locale))
            }),
            weekdays: (0..7)
                .map(|column| format::weekday_name(column + 7 - week_start(locale), locale))
                .map(|name| (name.chars().take(3).collect(), name))
                .collect(),
            months: firsts.iter().map(month).collect(),
            read_only: false,
        }
    }

    /// The same with days that are no buttons.
    pub(super) fn read_only(self) -> Self {
        Self {
            read_only: true,
            hint: String::new(),
            ..self
        }
    }
}

impl CalendarView {
    /// Whether a day out has a day back.
    fn has_returns(&self) -> bool {
        let mut days = self.months.iter().flat_map(|month| &month.weeks).flatten();
        days.any(|day| {
            let fare = day.as_ref().and_then(|day| day.fare.as_ref());
            fare.is_some_and(|fare| fare.back.is_some())
        })
    }
}

/// The fares of a calendar, and what they are.
struct Fares<'a> {
    days: &'a [FareDay],
    /// Days between departure and return.
    stay: Option<u16>,
    chosen: Option<Date>,
    scale: Scale,
}

impl MonthView {
    fn new(first: Date, fares: &Fares<'_>, locale: Locale) -> Self {
        let days = usize::from(first.days_in_month().unsigned_abs());
        let monday_based = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
        let lead = (monday_based + week_start(locale)) % 7;
        let mut weeks = vec![<[Option<DayView>; 7]>::default(); (lead + days).div_ceil(7)];
        let mut date = first;
        for at in lead..lead + days {
            let fare = fares.days.iter().find(|fare| fare.date == date);
            weeks[at / 7][at % 7] = Some(DayView {
                number: date.day(),
                fare: fare.map(|fare| FareView::new(fare, fares, locale)),
            });
            date = date.saturating_add(jiff::Span::new().days(1));
        }
        Self {
            name: format::month_and_year(first, locale),
            shown: false,
            weeks,
        }
    }
}

impl FareView {
    fn new(fare: &FareDay, fares: &Fares<'_>, locale: Locale) -> Self {
        let o = OfferTexts::of(locale);
        let day = format::day_long(fare.date, locale);
        let words = format::day_in_message(fare.date, locale);
        let back = fares.stay.and_then(|days| {
            let days = jiff::Span::new().days(i64::from(days));
            fare.date.checked_add(days).ok()
        });
        let class = fares.scale.class(fare.price.minor);
        let how = match class {
            "least" => o.least,
            "low" => o.low,
            "middle" => o.middle,
            _ => o.high,
        };
        let returns = back.map_or_else(String::new, |back| {
            let date = format::day_long(back, locale);
            format!(", {}", o.back_on.replace("{date}", &date))
        });
        Self {
            price: format::whole_units(fare.price, locale),
            label: format!(
                "{day}, {}, {how}{returns}",
                format::money(fare.price, locale)
            ),
            message: match locale {
                Locale::Fr => format!("le {words}"),
                Locale::En => format!("on {words}"),
            },
            class,
            back: back.map(|back| (back.day(), format::short_month(back, locale))),
            chosen: fares.chosen == Some(fare.date),
        }
    }
}

/// Where cheap ends and dear begins: the thirds of the month's fares.
struct Scale {
    least: i64,
    low: i64,
    high: i64,
}

impl Scale {
    fn of(days: &[FareDay]) -> Self {
        let mut prices: Vec<i64> = days.iter().map(|day| day.price.minor).collect();
        prices.sort_unstable();
        let at = |index: usize| prices.get(index).copied().unwrap_or_default();
        Self {
            least: at(0),
            low: at(prices.len() / 3),
            high: at(prices.len() * 2 / 3),
        }
    }

    fn class(&self, price: i64) -> &'static str {
        match price {
            p if p == self.least => "least",
            p if p < self.low => "low",
            p if p < self.high => "middle",
            _ => "high",
        }
    }
}

/// Columns before Monday: weeks begin on Monday in French, on Sunday in English.
const fn week_start(locale: Locale) -> usize {
    match locale {
        Locale::Fr => 0,
        Locale::En => 1,
    }
}

/// `5 nuits`, as a length of a stay.
pub(super) fn nights(count: u16, locale: Locale) -> String {
    OfferTexts::of(locale)
        .nights
        .replace("{n}", &count.to_string())
}

/// The city of an airport or metropolitan area; the code where the table knows none.
fn place(code: Iata, locale: Locale) -> String {
    let city = airport::resolve(code)
        .first()
        .map(|airport| airport.city(locale));
    city.map_or_else(|| code.to_string(), |city| format!("{city} ({code})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    fn first_row(locale: Locale) -> Vec<Option<i8>> {
        let view = CalendarView::new(&samples::calendar(), None, "c", locale);
        let row = &view.months[0].weeks[0];
        row.iter()
            .map(|day| day.as_ref().map(|day| day.number))
            .collect()
    }

    #[test]
    fn weeks_begin_as_the_language_has_them() {
        // 1 January 2027 is a Friday.
        assert_eq!(
            first_row(Locale::Fr),
            [None, None, None, None, Some(1), Some(2), Some(3)]
        );
        assert_eq!(
            first_row(Locale::En),
            [None, None, None, None, None, Some(1), Some(2)]
        );
        let weekdays = CalendarView::new(&samples::calendar(), None, "c", Locale::En).weekdays;
        assert_eq!((weekdays[0].1, weekdays[6].1), ("Sunday", "Saturday"));
    }

    #[test]
    fn every_day_of_the_month_is_there_once() {
        for locale in [Locale::Fr, Locale::En] {
            let view = CalendarView::new(&samples::calendar(), None, "c", locale);
            let days: Vec<i8> = view.months[0]
                .weeks
                .iter()
                .flatten()
                .flatten()
                .map(|d| d.number)
                .collect();
            assert_eq!(days, (1..=31).collect::<Vec<i8>>());
        }
    }
}
