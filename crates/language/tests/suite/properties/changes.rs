//! A change that is applied and undone is none.

use language::{TripRequest, trip::Subject};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;
use travel::Locale;

use super::{
    LOCALES, config, now,
    phrasing::{Wanted, Way, wanted},
    read,
};

/// A change and the one that undoes it.
struct Pair {
    fr: [&'static str; 2],
    en: [&'static str; 2],
    fits: fn(&Wanted) -> bool,
}

const fn pair(fr: [&'static str; 2], en: [&'static str; 2], fits: fn(&Wanted) -> bool) -> Pair {
    Pair { fr, en, fits }
}

const ANY: fn(&Wanted) -> bool = |_| true;
const PLAIN: fn(&Wanted) -> bool = |wanted| wanted.days.len() == 1;
const RETURNS: fn(&Wanted) -> bool = |wanted| matches!(wanted.way, Way::Return(_) | Way::Stay(_));

static PAIRS: &[Pair] = &[
    pair(
        ["dans l'autre sens", "dans l'autre sens"],
        ["the other way round", "the other way round"],
        PLAIN,
    ),
    pair(
        ["inverse les villes", "inverse les villes"],
        ["swap the cities", "swap the cities"],
        PLAIN,
    ),
    pair(
        ["un jour plus tard", "un jour plus tôt"],
        ["a day later", "a day earlier"],
        ANY,
    ),
    pair(
        ["une semaine plus tard", "une semaine plus tôt"],
        ["a week later", "a week earlier"],
        ANY,
    ),
    pair(
        ["reste une nuit de plus", "reste une nuit de moins"],
        ["stay one more night", "stay one night less"],
        RETURNS,
    ),
    pair(
        ["retour un jour plus tard", "retour un jour plus tôt"],
        ["return a day later", "return a day earlier"],
        |wanted| matches!(wanted.way, Way::Return(_)),
    ),
    pair(
        ["ajoute un adulte", "un adulte de moins"],
        ["add an adult", "one adult fewer"],
        |wanted| wanted.who.is_some(),
    ),
    pair(
        [
            "ajoute un enfant de 9 ans",
            "finalement sans l'enfant de 9 ans",
        ],
        ["add a child aged 9", "without the 9 year old"],
        |wanted| {
            wanted
                .who
                .as_ref()
                .is_some_and(|who| !who.ages.contains(&9))
        },
    ),
    pair(
        ["ajoute un bébé", "sans le bébé"],
        ["add a baby", "remove the baby"],
        |wanted| wanted.who.as_ref().is_some_and(|who| who.infants == 0),
    ),
    pair(
        ["pas avec Vueling", "peu importe la compagnie"],
        ["not with Vueling", "any airline"],
        |wanted| {
            wanted
                .wishes
                .iter()
                .all(|wish| !wish.line.contains("airline") && !wish.line.contains("low_cost"))
        },
    ),
    pair(
        ["en première classe", "peu importe la classe"],
        ["in first class", "any class"],
        |wanted| {
            wanted
                .wishes
                .iter()
                .all(|wish| !wish.line.contains("cabin"))
        },
    ),
];

/// What a trip is, without the words that said so and where they stand.
fn values(trip: &TripRequest) -> Value {
    let plain = TripRequest {
        subject: None::<Subject>,
        ..trip.clone()
    };
    let mut value = serde_json::to_value(plain).unwrap();
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("at");
            fields.remove("surface");
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

fn after(trip: &TripRequest, locale: Locale, text: &str) -> TripRequest {
    trip.merge(&read(locale, text, trip), None, now().date()).0
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn a_change_and_its_opposite_are_none(wanted in wanted(), pick in any::<Index>()) {
        let fitting: Vec<_> = PAIRS.iter().filter(|pair| (pair.fits)(&wanted)).collect();
        let pair = fitting[pick.index(fitting.len())];
        for locale in LOCALES {
            let [there, back] = if locale == Locale::Fr { pair.fr } else { pair.en };
            let text = wanted.text(locale);
            let trip = after(&TripRequest::default(), locale, &text);
            let changed = after(&trip, locale, there);
            prop_assert_ne!(values(&changed), values(&trip), "{} | {}", &text, there);
            let undone = after(&changed, locale, back);
            prop_assert_eq!(values(&undone), values(&trip), "{} | {} | {}", &text, there, back);
        }
    }
}
