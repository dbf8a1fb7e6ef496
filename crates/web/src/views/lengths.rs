//! What the same journey costs by the length of the stay, as bars that set the day of return.

use agent::{
    answer::{Answer, AnswerStatus},
    event::Card,
    locale::Locale,
    travel::{Currency, FareCalendar, Money, Offer},
};
use askama::Template;
use jiff::{ToSpan, civil::Date};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Frame, format};
use crate::i18n::{Texts, offers::OfferTexts};

/// Nights that are compared.
pub(crate) const NIGHTS: std::ops::RangeInclusive<u16> = 3..=14;
/// What a search for one figure is not asked with.
const DROPPED: [&str; 6] = [
    "month",
    "stay_days",
    "flexible_days",
    "skip",
    "limit",
    "sort",
];

/// The journey of an answer whose length can be another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Journey {
    /// Arguments of a search, but for the day of return.
    arguments: Map<String, Value>,
    depart: Date,
    /// Its nights.
    nights: Option<u16>,
    /// Whether both days are said, or the return alone.
    both: bool,
}

impl Journey {
    /// The one return journey of an answer whose fares are computed here; of a remote source nobody
    /// asks a dozen searches for a picture.
    pub(crate) fn of(answer: &Answer) -> Option<Self> {
        if answer.status != AnswerStatus::Ok {
            return None;
        }
        let (mut offers, mut calendars) = (Vec::new(), Vec::new());
        for card in &answer.cards {
            match card {
                Card::FlightOffers { offers: found, .. } => offers.push(found),
                Card::FareCalendar(calendar) => calendars.push(calendar),
                Card::Sheet(_) => {}
            }
        }
        match (&offers[..], &calendars[..]) {
            ([offers], _) => Self::of_offers(answer, offers.first()?),
            ([], [calendar]) => Self::of_calendar(answer, calendar),
            _ => None,
        }
    }

    fn of_offers(answer: &Answer, offer: &Offer) -> Option<Self> {
        let arguments = only_call(answer, "search_flights")?;
        let date = |name: &str| arguments.get(name)?.as_str()?.parse::<Date>().ok();
        let (depart, back) = (date("date")?, date("return_date")?);
        (offer.illustrative && offer.is_return()).then(|| Self {
            nights: u16::try_from(days(depart, back)).ok(),
            both: false,
            ..Self::leaving(arguments, depart, offer.total.currency)
        })
    }

    fn of_calendar(answer: &Answer, calendar: &FareCalendar) -> Option<Self> {
        let arguments = only_call(answer, "find_cheapest_dates")?;
        let least = calendar.days.iter().min_by_key(|day| day.price.minor)?;
        let returns = calendar.illustrative && calendar.stay_days.is_some();
        returns.then(|| Self {
            nights: calendar.stay_days,
            both: true,
            ..Self::leaving(arguments, least.date, least.price.currency)
        })
    }

    fn leaving(arguments: &Map<String, Value>, depart: Date, currency: Currency) -> Self {
        let mut arguments = arguments.clone();
        arguments.retain(|name, _| !DROPPED.contains(&name.as_str()));
        for (name, value) in [
            ("date", json!(depart)),
            ("currency", json!(currency.as_str())),
            ("sort", json!("price")),
            ("limit", json!(1)),
        ] {
            arguments.insert(name.to_owned(), value);
        }
        Self {
            arguments,
            depart,
            nights: None,
            both: false,
        }
    }

    fn back(&self, nights: u16) -> Date {
        self.depart.saturating_add(i64::from(nights).days())
    }

    /// The arguments of the search for its cheapest fare with as many nights.
    pub(crate) fn search(&self, nights: u16) -> Value {
        let mut arguments = self.arguments.clone();
        arguments.insert("return_date".to_owned(), json!(self.back(nights)));
        Value::Object(arguments)
    }
}

/// The arguments of the one successful call of a tool.
fn only_call<'a>(answer: &'a Answer, tool: &str) -> Option<&'a Map<String, Value>> {
    let calls = answer.tool_calls.iter();
    let mut calls = calls.filter(|call| call.name == tool && call.success == Some(true));
    let only = calls.next().filter(|_| calls.next().is_none())?;
    let arguments = only.arguments.as_object()?;
    let several = arguments.get("legs").and_then(Value::as_array);
    several.is_none_or(Vec::is_empty).then_some(arguments)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// `GET /messages/{id}/lengths`: the bars on a page of their own; scripts take them out of it.
#[derive(Template)]
#[template(path = "lengths.html")]
pub(crate) struct LengthsPage {
    pub(crate) frame: Frame,
    pub(crate) conversation: Uuid,
    /// The answer that it goes on from.
    pub(crate) message: Uuid,
    lang: &'static str,
    t: &'static Texts,
    o: &'static OfferTexts,
    lead: String,
    rows: Vec<Row>,
}

struct Row {
    nights: String,
    price: String,
    /// In hundredths of the dearest.
    width: i64,
    class: &'static str,
    /// What stands out about it.
    mark: Option<&'static str>,
    label: String,
    message: String,
}

impl LengthsPage {
    /// `fares`: nights with the least total for them, where there is any flight.
    pub(crate) fn new(
        frame: Frame,
        answer: &Answer,
        journey: &Journey,
        fares: &[(u16, Money)],
    ) -> Self {
        let locale = answer.locale;
        let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
        let prices = || fares.iter().map(|(_, price)| price.minor);
        let most = prices().max().unwrap_or(1).max(1);
        let least = prices().min();
        let rows = fares.iter().map(|(nights, price)| {
            let back = journey.back(*nights);
            let is_least = Some(price.minor) == least;
            let is_own = journey.nights == Some(*nights);
            let words = crate::views::calendar::nights(*nights, locale);
            let amount = format::money(*price, locale);
            let date = o.back_on.replace("{date}", &format::day_long(back, locale));
            let mut label = format!("{words}, {amount}, {date}");
            if is_least {
                label = format!("{label}, {}", o.least);
            }
            if is_own {
                label = format!("{label}, {}", o.own_length);
            }
            Row {
                width: (price.minor * 100 / most).max(1),
                class: match (is_own, is_least) {
                    (true, true) => "own least",
                    (true, false) => "own",
                    (false, true) => "least",
                    (false, false) => "",
                },
                mark: match (is_least, is_own) {
                    (_, true) => Some(o.own_length),
                    (true, false) => Some(o.least),
                    (false, false) => None,
                },
                message: journey.message(back, locale),
                nights: words,
                price: amount,
                label,
            }
        });
        Self {
            conversation: answer.conversation_id,
            message: answer.message_id,
            lang: locale.as_str(),
            t,
            o,
            lead: o
                .lengths_lead
                .replace("{date}", &format::day_long(journey.depart, locale)),
            rows: rows.collect(),
            frame,
        }
    }
}

impl Journey {
    /// What is said to have it so long.
    fn message(&self, back: Date, locale: Locale) -> String {
        let (from, to) = (
            format::day_in_message(self.depart, locale),
            format::day_in_message(back, locale),
        );
        match (self.both, locale) {
            (false, Locale::Fr) => format!("retour le {to}"),
            (false, Locale::En) => format!("back on {to}"),
            (true, Locale::Fr) => format!("du {from} au {to}"),
            (true, Locale::En) => format!("from {from} to {to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::views::samples;

    #[test]
    fn a_return_can_have_another_length_and_its_search_keeps_what_was_asked() {
        let answer = samples::answer();
        let journey = Journey::of(&answer);
        let Some(journey) = journey else {
            panic!("{:?} {:?}", answer.tool_calls, answer.status);
        };
        let search = journey.search(5);
        assert_eq!(
            search["return_date"],
            json!(journey.depart.saturating_add(5.days()))
        );
        assert_eq!(
            (&search["limit"], &search["sort"]),
            (&json!(1), &json!("price"))
        );
        let asked = only_call(&answer, "search_flights").unwrap();
        assert_eq!(search["departure"], asked["departure"]);
        let stopped = Answer {
            status: AnswerStatus::Stopped,
            ..samples::answer()
        };
        assert_eq!(Journey::of(&stopped), None);
    }

    #[test]
    fn each_length_says_its_price_and_the_day_back() {
        let answer = samples::answer();
        let journey = Journey {
            arguments: Map::new(),
            depart: date(2027, 1, 12),
            nights: Some(8),
            both: false,
        };
        let price = |minor| Money::new(minor, Currency::eur());
        let fares = [(3, price(60_000)), (8, price(45_000))];
        let page = LengthsPage::new(Frame::new(Locale::Fr, "/"), &answer, &journey, &fares);
        assert_eq!(page.rows[0].message, "retour le 15 janvier 2027");
        assert_eq!((page.rows[0].width, page.rows[1].width), (100, 75));
        assert_eq!(page.rows[1].class, "own least");
        assert!(
            page.rows[1].label.contains("450\u{a0}€"),
            "{}",
            page.rows[1].label
        );
        let html = page.render().unwrap();
        assert!(
            html.contains("Illustratif") && !html.contains("style="),
            "{html}"
        );
    }
}
