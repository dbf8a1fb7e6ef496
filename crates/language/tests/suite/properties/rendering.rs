//! What is rendered to words in either language is read back.

use language::{Bound, Feature, Place, Polarity, Reading, Scope, Wish};
use proptest::prelude::*;

use super::{
    LOCALES, config,
    phrasing::{Wanted, Way, wanted},
    read_alone,
};

fn line(wish: &Wish) -> Option<String> {
    let no = if wish.polarity == Polarity::Refused {
        "no "
    } else {
        ""
    };
    let what = match &wish.feature {
        Feature::Cabin(cabin) => format!("cabin {}", cabin.as_str()),
        Feature::Stops(stops) => format!("stops {stops}"),
        Feature::Via(codes) => format!("via {}", codes[0]),
        Feature::Airline(Some(code)) => format!("airline {code}"),
        Feature::LowCost => "low_cost".to_owned(),
        Feature::CheckedBag => "bag".to_owned(),
        Feature::Refundable => "refundable".to_owned(),
        Feature::Overnight => "red_eye".to_owned(),
        other => format!("{other:?}"),
    };
    Some(format!("{no}{what}"))
}

fn wishes(reading: &Reading) -> Vec<String> {
    let mut lines: Vec<_> = reading.wishes.iter().filter_map(line).collect();
    lines.sort();
    lines
}

fn budget(reading: &Reading) -> Option<String> {
    let money = reading.money.as_ref()?;
    let bound = if money.bound == Bound::AtMost {
        "<="
    } else {
        "~"
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

fn window(reading: &Reading) -> Vec<String> {
    let hour = |name: &str, time: Option<jiff::civil::Time>| {
        time.map(|time| format!("{name}{}", time.strftime("%H:%M")))
    };
    let window = reading.window;
    [
        hour("dep >=", window.departure_after),
        hour("dep <=", window.departure_before),
        hour("arr >=", window.arrival_after),
        hour("arr <=", window.arrival_before),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A leg read: codes of both ends and the day; no code where the trip begins.
fn legs(reading: &Reading) -> Vec<String> {
    let code = |place: &Option<Place>| {
        place
            .as_ref()
            .map_or("?".to_owned(), |place| place.codes[0].to_string())
    };
    let trips = reading.trips();
    let legs = trips.iter().flat_map(|trip| &trip.legs);
    legs.map(|leg| {
        let day = leg.date.as_ref().map(|span| (span.from, span.to));
        format!("{} {} {day:?}", code(&leg.origin), code(&leg.destination))
    })
    .collect()
}

fn assert_read_back(wanted: &Wanted, reading: &Reading, text: &str) -> Result<(), TestCaseError> {
    let expected: Vec<String> = (0..wanted.days.len())
        .map(|nth| {
            let (from, to, day) = (wanted.cities[nth], wanted.cities[nth + 1], wanted.days[nth]);
            format!("{} {} {:?}", from.2, to.2, Some((day, day)))
        })
        .collect();
    prop_assert_eq!(legs(reading), expected, "{}", text);
    let back = reading
        .return_date
        .as_ref()
        .map(|span| (span.from, span.to));
    prop_assert_eq!(back, wanted.back().map(|day| (day, day)), "{}", text);
    let stay = match wanted.way {
        Way::Stay(days) => Some(days),
        _ => None,
    };
    prop_assert_eq!(reading.stay_days, stay, "{}", text);
    if wanted.days.len() == 1 && wanted.way == Way::Single {
        prop_assert_eq!(reading.one_way, Some(true), "{}", text);
    }
    let party = reading.passengers.as_ref().map(|party| {
        let ages = party.children.clone().unwrap_or_default();
        (party.adults.unwrap_or(0), ages, party.infants.unwrap_or(0))
    });
    let who = wanted.who.as_ref().map(|who| {
        (
            who.adults,
            who.ages.iter().copied().map(Some).collect(),
            who.infants,
        )
    });
    prop_assert_eq!(party, who, "{}", text);
    let mut lines: Vec<_> = wanted
        .wishes
        .iter()
        .map(|wish| wish.line.to_owned())
        .collect();
    lines.sort();
    prop_assert_eq!(wishes(reading), lines, "{}", text);
    let money = wanted.budget.map(|said| said.line.to_owned());
    prop_assert_eq!(budget(reading), money, "{}", text);
    let hours: Vec<_> = wanted
        .window
        .iter()
        .map(|said| said.line.to_owned())
        .collect();
    prop_assert_eq!(window(reading), hours, "{}", text);
    prop_assert!(
        reading.left_over.is_empty(),
        "{}: {:?}",
        text,
        reading.left_over
    );
    prop_assert!(
        reading.problems.is_empty(),
        "{}: {:?}",
        text,
        reading.problems
    );
    Ok(())
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn what_is_rendered_is_read_back(wanted in wanted()) {
        for locale in LOCALES {
            let text = wanted.text(locale);
            assert_read_back(&wanted, &read_alone(locale, &text), &text)?;
        }
    }
}
