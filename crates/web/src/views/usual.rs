//! The price of offers against those of the month, where the same answer has looked at the month.
//! Nothing is compared with what was asked for other people, another cabin or another stay.

use agent::{
    answer::{Answer, ToolCallRecord},
    event::Card,
    locale::Locale,
    travel::{FareCalendar, Money, Offer},
};
use serde_json::Value;

use super::format;
use crate::i18n::offers::OfferTexts;

/// Arguments that decide what a fare is for.
const SAME: [&str; 9] = [
    "departure",
    "arrival",
    "adults",
    "children_ages",
    "infants",
    "cabin",
    "max_stops",
    "airline",
    "currency",
];
/// Arguments of a search that a calendar cannot be asked with.
const ONLY_SEARCH: [&str; 14] = [
    "departure_time",
    "departure_after",
    "departure_before",
    "arrival_after",
    "arrival_before",
    "return_window",
    "exclude_airlines",
    "alliance",
    "low_cost",
    "via",
    "avoid_via",
    "overnight",
    "checked_bag",
    "refundable",
];
/// Fewer days say nothing of a month.
const FEWEST_DAYS: usize = 10;

/// What the card says; `None` where there is no figure to compare with.
pub(super) fn text(offers: &[Offer], answer: &Answer) -> Option<String> {
    let lowest = offers.iter().min_by_key(|offer| offer.total.minor)?;
    if !are_alike(&answer.tool_calls) {
        return None;
    }
    let calendar = answer.cards.iter().find_map(|card| match card {
        Card::FareCalendar(calendar) if is_of(calendar, lowest) => Some(calendar),
        _ => None,
    })?;
    let median = median(calendar)?;
    Some(words(lowest.total, median, answer.locale))
}

/// Whether the month and the offers were asked for the same people and the same kind of flight.
fn are_alike(calls: &[ToolCallRecord]) -> bool {
    let of = |name: &str| -> Vec<&Value> {
        let calls = calls.iter().filter(|call| call.name == name);
        calls.map(|call| &call.arguments).collect()
    };
    let (searches, calendars) = (of("search_flights"), of("find_cheapest_dates"));
    let [search] = searches[..] else {
        return false;
    };
    let plain = |name: &&str| search.get(*name).is_none_or(Value::is_null);
    let said = |arguments: &Value, name: &str| match arguments.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::Array(list)) if list.is_empty() => None,
        Some(value) => Some(value.clone()),
    };
    let alike = |calendar: &&Value| {
        SAME.iter()
            .all(|name| said(search, name) == said(calendar, name))
    };
    !calendars.is_empty() && ONLY_SEARCH.iter().all(plain) && calendars.iter().all(alike)
}

/// Whether a calendar has the day of the offer, and its stay.
fn is_of(calendar: &FareCalendar, offer: &Offer) -> bool {
    let day = |at: usize| {
        let slice = offer.slices.get(at)?;
        Some(slice.segments.first()?.departing_at.civil().date())
    };
    let stay = match offer.slices.len() {
        1 => Some(None),
        2 if offer.is_return() => day(0)
            .zip(day(1))
            .and_then(|(out, back)| u16::try_from((back - out).get_days()).ok())
            .map(Some),
        _ => None,
    };
    let currency = offer.currency();
    stay == Some(calendar.stay_days)
        && calendar.source == offer.source
        && day(0).is_some_and(|day| calendar.days.iter().any(|fare| fare.date == day))
        && calendar
            .days
            .iter()
            .all(|fare| fare.price.currency == currency)
}

/// The middle fare of the month's days; the lower one of two.
fn median(calendar: &FareCalendar) -> Option<Money> {
    let mut prices: Vec<_> = calendar.days.iter().map(|day| day.price).collect();
    prices.sort_by_key(|price| price.minor);
    let enough = prices.len() >= FEWEST_DAYS;
    let at = prices.len().checked_sub(1)? / 2;
    prices.get(at).copied().filter(|_| enough)
}

fn words(lowest: Money, median: Money, locale: Locale) -> String {
    let o = OfferTexts::of(locale);
    let share = (lowest.minor - median.minor) as f64 / (median.minor.max(1)) as f64;
    let percent = (share * 100.0).round();
    let text = match percent {
        0.0 => o.usual_same,
        above if above > 0.0 => o.usual_above,
        _ => o.usual,
    };
    let gap = format!("{}{}%", percent.abs(), locale.pick("\u{a0}", ""));
    text.replace("{price}", &format::money(lowest, locale))
        .replace("{median}", &format::money(median, locale))
        .replace("{gap}", &gap)
}

#[cfg(test)]
mod tests {
    use agent::travel::{Currency, FareDay};
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::views::samples;

    fn call(name: &str, arguments: Value) -> ToolCallRecord {
        ToolCallRecord {
            id: name.to_owned(),
            name: name.to_owned(),
            arguments,
            success: Some(true),
            error: None,
            result_count: 1,
            latency_ms: 1.0,
            source: None,
        }
    }

    /// January of the sample's trip, 900 to 1,200 euros a day, and the answer that has both.
    fn answer(search: Value, month: Value) -> (Vec<Offer>, Answer) {
        let offers = samples::offers();
        let days = (1..=31).map(|day| FareDay {
            date: date(2027, 1, day),
            price: Money::new(90_000 + i64::from(day) * 1_000, Currency::eur()),
        });
        let calendar = FareCalendar {
            origin: "LYS".parse().unwrap(),
            destination: "NYC".parse().unwrap(),
            stay_days: Some(8),
            source: "offline".to_owned(),
            illustrative: true,
            days: days.collect(),
        };
        let answer = Answer {
            cards: vec![Card::FareCalendar(calendar)],
            tool_calls: vec![
                call("find_cheapest_dates", month),
                call("search_flights", search),
            ],
            ..samples::answer()
        };
        (offers, answer)
    }

    fn said(search: Value, month: Value) -> Option<String> {
        let (offers, answer) = answer(search, month);
        text(&offers, &answer)
    }

    #[test]
    fn the_lowest_price_is_set_against_the_median_of_the_month() {
        let text = said(json!({ "adults": 2, "via": null }), json!({ "adults": 2 })).unwrap();
        assert_eq!(
            text,
            "Au plus bas 998\u{a0}€\u{a0}: 6\u{a0}% sous la médiane du mois sur ce programme, 1\u{a0}060\u{a0}€."
        );
    }

    #[test]
    fn what_was_asked_for_others_is_no_measure() {
        let two = || json!({ "adults": 2 });
        assert_eq!(said(two(), json!({ "adults": 1 })), None, "other people");
        assert_eq!(said(two(), json!({})), None);
        let with_bag = json!({ "adults": 2, "checked_bag": true });
        assert_eq!(said(with_bag, two()), None, "the calendar knows no bags");
        let (offers, mut answer) = answer(two(), two());
        answer.tool_calls.remove(0);
        assert_eq!(text(&offers, &answer), None);
    }

    #[test]
    fn another_stay_and_a_few_days_are_no_measure() {
        let two = || json!({ "adults": 2 });
        let with = |change: &dyn Fn(&mut FareCalendar)| {
            let (offers, mut answer) = answer(two(), two());
            if let Card::FareCalendar(calendar) = &mut answer.cards[0] {
                change(calendar);
            }
            text(&offers, &answer)
        };
        assert_eq!(with(&|calendar| calendar.stay_days = Some(5)), None);
        assert_eq!(with(&|calendar| calendar.stay_days = None), None);
        assert_eq!(with(&|calendar| calendar.days.truncate(9)), None);
        assert_eq!(with(&|calendar| calendar.source = "live".to_owned()), None);
        assert!(with(&|_| {}).is_some());
    }
}
