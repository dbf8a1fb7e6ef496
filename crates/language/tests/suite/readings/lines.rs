//! A reading as the lines of a fixture.

use std::{collections::BTreeMap, fmt::Write};

use jiff::civil::Time;
use language::{
    Bound, DateSpan, Feature, Place, Polarity, Question, Reading, Route, Scope, TimeWindow, Topic,
    Wish,
};
use travel::{Cabin, DayPart, Sort};

/// The lines by their key; a key without lines is absent.
pub(super) fn of(reading: &Reading) -> BTreeMap<String, Vec<String>> {
    let mut lines = BTreeMap::from([
        ("trip".to_owned(), trips(reading)),
        ("who".to_owned(), who(reading).into_iter().collect()),
        ("wish".to_owned(), wishes(reading)),
        ("money".to_owned(), money(reading).into_iter().collect()),
        ("ask".to_owned(), reading.asked().map(asks).collect()),
        (
            "left".to_owned(),
            reading
                .left_over
                .iter()
                .map(|left| left.text.clone())
                .collect(),
        ),
    ]);
    lines.retain(|_, lines: &mut Vec<String>| !lines.is_empty());
    lines
}

/// The topic by the name that the fixtures have for it.
fn asks(question: &Question) -> String {
    match question.topic {
        Topic::Money => "tipping".to_owned(),
        Topic::Health => "vaccines".to_owned(),
        topic => serde_json::to_value(topic)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned(),
    }
}

fn trips(reading: &Reading) -> Vec<String> {
    let mut lines: Vec<String> = reading
        .trips()
        .iter()
        .enumerate()
        .map(|(n, trip)| route(trip, reading, n == 0))
        .collect();
    if lines.is_empty() {
        if let Some(days) = reading.stay_days {
            lines.push(format!("? > ? ; stay {days}"));
        } else if reading.one_way == Some(true) {
            lines.push("? > ? ; one-way".to_owned());
        }
    }
    lines
}

fn route(route: &Route, reading: &Reading, first: bool) -> String {
    let (Some(out), home) = (route.legs.first(), &route.legs[0].origin) else {
        return String::new();
    };
    let mut legs: Vec<String> = route
        .legs
        .iter()
        .enumerate()
        .map(|(n, leg)| {
            let end = |place: &Option<Place>| {
                place
                    .as_ref()
                    .or(home.as_ref())
                    .map_or("?".to_owned(), codes)
            };
            let (from, to) = match n {
                0 => (
                    leg.origin.as_ref().map_or("?".to_owned(), codes),
                    leg.destination.as_ref().map_or("?".to_owned(), codes),
                ),
                _ => (end(&leg.origin), end(&leg.destination)),
            };
            let window = if first && n == 0 {
                reading.window
            } else {
                leg.window
            };
            let part = parts(reading, first && n == 0, false);
            let window = beyond(window, reading, first && n == 0, false);
            format!(
                "{from} > {to}{}{part}{}",
                date(leg.date.as_ref()),
                hours(window)
            )
        })
        .collect();
    let returns = route.return_date.is_some()
        || (first && reading.one_way == Some(false) && reading.stay_days.is_none());
    if returns && legs.len() == 1 {
        let end = |place: &Option<Place>| place.as_ref().map_or("?".to_owned(), codes);
        let part = parts(reading, first, true);
        let window = if first {
            reading.return_window
        } else {
            TimeWindow::default()
        };
        let window = beyond(window, reading, first, true);
        legs.push(format!(
            "{} > {}{}{part}{}",
            end(&out.destination),
            end(&out.origin),
            date(route.return_date.as_ref()),
            hours(window)
        ));
    }
    let mut line = legs.join(" | ");
    if let Some(days) = reading.stay_days.filter(|_| first) {
        write!(line, " ; stay {days}").unwrap();
    }
    if first && reading.one_way == Some(true) {
        line.push_str(" ; one-way");
    }
    line
}

fn codes(place: &Place) -> String {
    let codes: Vec<_> = place.codes.iter().map(ToString::to_string).collect();
    codes.join(",")
}

fn date(span: Option<&DateSpan>) -> String {
    let Some(span) = span else {
        return String::new();
    };
    let day = |from: jiff::civil::Date, to: jiff::civil::Date| match from == to {
        true => from.to_string(),
        false => format!("{from}..{to}"),
    };
    let mut text = format!(" {}", day(span.from, span.to));
    for (from, to) in &span.or {
        write!(text, " or {}", day(*from, *to)).unwrap();
    }
    if span.flexible_days > 0 {
        write!(text, " ±{}", span.flexible_days).unwrap();
    }
    text
}

fn hours(window: TimeWindow) -> String {
    let hour = |name: &str, time: Option<Time>| {
        time.map_or_else(String::new, |time| {
            format!(" {name}{}", time.strftime("%H:%M"))
        })
    };
    [
        hour("dep >=", window.departure_after),
        hour("dep <=", window.departure_before),
        hour("arr >=", window.arrival_after),
        hour("arr <=", window.arrival_before),
    ]
    .concat()
}

/// A window without the hours that only say again which part of the day is wanted.
fn beyond(window: TimeWindow, reading: &Reading, here: bool, back: bool) -> TimeWindow {
    let mut window = window;
    for wish in reading
        .wishes
        .iter()
        .filter(|wish| here && wish.polarity != Polarity::Refused)
    {
        let (part, arrival) = match (&wish.feature, back) {
            (Feature::ReturnDeparture(part), true) => (*part, false),
            (Feature::Arrival(part), false) | (Feature::ReturnArrival(part), true) => (*part, true),
            _ => continue,
        };
        let (from, to) = match part {
            DayPart::Morning => ((5, 0), (12, 0)),
            DayPart::Afternoon => ((12, 0), (18, 0)),
            DayPart::Evening => ((18, 0), (23, 59)),
            DayPart::Night => ((0, 0), (5, 0)),
        };
        let time = |(hour, minute)| Time::new(hour, minute, 0, 0).ok();
        let (after, before) = if arrival {
            (&mut window.arrival_after, &mut window.arrival_before)
        } else {
            (&mut window.departure_after, &mut window.departure_before)
        };
        if *after == time(from) {
            *after = None;
        }
        if *before == time(to) {
            *before = None;
        }
    }
    window
}

/// Parts of the day that are wanted of this way.
fn parts(reading: &Reading, here: bool, back: bool) -> String {
    let wanted = reading
        .wishes
        .iter()
        .filter(|wish| here && matches!(wish.polarity, Polarity::Wanted | Polarity::Preferred));
    let parts = wanted.filter_map(|wish| match (&wish.feature, back) {
        (Feature::Departure(part), false) | (Feature::ReturnDeparture(part), true) => {
            Some(format!(" dep {}", part_name(*part)))
        }
        (Feature::Arrival(part), false) | (Feature::ReturnArrival(part), true) => {
            Some(format!(" arr {}", part_name(*part)))
        }
        _ => None,
    });
    parts.collect()
}

const fn part_name(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "morning",
        DayPart::Afternoon => "afternoon",
        DayPart::Evening => "evening",
        DayPart::Night => "night",
    }
}

fn who(reading: &Reading) -> Option<String> {
    let party = reading.passengers.as_ref()?;
    let children = party
        .children
        .as_ref()
        .filter(|ages| !ages.is_empty())
        .map(|ages| {
            let age = |age: &Option<u8>| age.map_or("?".to_owned(), |age| age.to_string());
            format!(
                "children {}",
                ages.iter().map(age).collect::<Vec<_>>().join(" ")
            )
        });
    let parts = [
        party
            .adults
            .filter(|count| *count > 0)
            .map(|count| format!("adults {count}")),
        children,
        party
            .infants
            .filter(|count| *count > 0)
            .map(|count| format!("infants {count}")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn wishes(reading: &Reading) -> Vec<String> {
    let mut lines: Vec<String> = reading.wishes.iter().filter_map(wish).collect();
    lines.extend(reading.sort.map(|sort| format!("sort {}", sort_name(sort))));
    lines.sort();
    lines.dedup();
    lines
}

const fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Best => "best",
        Sort::Price => "price",
        Sort::Duration => "duration",
        Sort::Emissions => "emissions",
        Sort::Departure => "departure",
    }
}

fn wish(wish: &Wish) -> Option<String> {
    let no = match wish.polarity {
        Polarity::Refused => "no ",
        Polarity::Wanted | Polarity::Preferred => "",
        Polarity::Indifferent => "any ",
    };
    let what = match &wish.feature {
        Feature::Cabin(Cabin::Economy) => "cabin economy".to_owned(),
        Feature::Cabin(cabin) => format!("cabin {}", cabin.as_str()),
        Feature::Stops(stops) => format!("stops {stops}"),
        Feature::Via(codes) => {
            let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
            format!("via {}", codes.join(","))
        }
        Feature::Airline(Some(code)) => format!("airline {code}"),
        Feature::Airline(None) => "airline".to_owned(),
        Feature::Alliance(alliance) => format!(
            "alliance {}",
            serde_json::to_value(alliance).unwrap().as_str().unwrap()
        ),
        Feature::LowCost => "low_cost".to_owned(),
        Feature::CheckedBag => "bag".to_owned(),
        Feature::Refundable => "refundable".to_owned(),
        Feature::LowEmissions => "low_emissions".to_owned(),
        Feature::Overnight => "red_eye".to_owned(),
        _ => return None,
    };
    Some(format!("{no}{what}"))
}

fn money(reading: &Reading) -> Option<String> {
    let money = reading.money.as_ref()?;
    let bound = match money.bound {
        Bound::AtMost => "<=",
        Bound::About => "~",
    };
    let scope = match money.scope {
        Scope::All => "all",
        Scope::Each => "each",
        Scope::Night => "night",
    };
    let amount = money.amount.decimal();
    let amount = amount.strip_suffix(".00").unwrap_or(&amount);
    Some(format!(
        "{bound} {amount} {} {scope}",
        money.amount.currency
    ))
}
