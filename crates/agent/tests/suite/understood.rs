//! The reading of a message as chips and choices; what takes a part back does that and no more.

use agent::{
    context::{IntentSource, TurnContext},
    intent::Intent,
    language::{Input, LeftOver, Span, TripRequest, understand},
    locale::Locale,
    travel::{Cabin, DayPart, Party},
    understood::{Chip, ChipKind, Understood, chips, choices},
};
use jiff::Zoned;

use super::planner::scene::Scene;

const LOCALES: [Locale; 2] = [Locale::Fr, Locale::En];

fn now() -> Zoned {
    super::fixtures::NOW.parse().unwrap()
}

/// The trip after a message.
fn after(trip: &TripRequest, text: &str, locale: Locale) -> TripRequest {
    let now = now();
    let reading = understand(&Input {
        month_first: false,
        text,
        previous: None,
        locale,
        now: &now,
        trip,
        asked: None,
    });
    trip.merge(&reading, None, now.date()).0
}

fn trip(text: &str, locale: Locale) -> TripRequest {
    after(&TripRequest::default(), text, locale)
}

fn labels(trip: &TripRequest, locale: Locale) -> Vec<String> {
    let chips = chips(trip, locale).into_iter();
    chips.map(|chip| chip.label).collect()
}

#[test]
fn every_part_of_a_trip_is_a_chip_in_the_language_of_the_answer() {
    let french = trip(
        "Lyon Rome du 3 au 10 mars, 2 adultes et un enfant de 5 ans, en business, direct, avec Air France, le matin, moins de 900 euros",
        Locale::Fr,
    );
    assert_eq!(
        labels(&french, Locale::Fr),
        [
            "Lyon → Rome",
            "mer. 3 mars",
            "retour mer. 10 mars",
            "2 adultes + 1 enfant (5 ans)",
            "classe affaires",
            "vol direct",
            "départ le matin",
            "avec Air France",
            "900\u{a0}€ au plus",
        ]
    );
    assert_eq!(
        labels(&french, Locale::En),
        [
            "Lyon → Rome",
            "Wed, Mar 3",
            "back Wed, Mar 10",
            "2 adults + 1 child (aged 5)",
            "business class",
            "nonstop",
            "morning departure",
            "with Air France",
            "€900 at most",
        ]
    );
}

#[test]
fn what_is_half_known_is_shown_as_far_as_it_is() {
    let to = trip("I want to go to New York in January", Locale::En);
    assert_eq!(labels(&to, Locale::En), ["… → New York", "January 2027"]);
    let stay = trip("un aller-retour vers Rome en mars pour 5 jours", Locale::Fr);
    let stay = labels(&stay, Locale::Fr);
    assert_eq!(stay, ["… → Rome", "mars 2027", "5 jours sur place"]);
    let one_way = trip("from Lyon to Rome on 3 March, one-way", Locale::En);
    assert_eq!(
        labels(&one_way, Locale::En),
        ["Lyon → Rome", "Wed, Mar 3", "one-way"]
    );
    assert!(labels(&TripRequest::default(), Locale::Fr).is_empty());
}

#[test]
fn every_chip_can_be_removed_or_changed() {
    let parties = [
        Party::default(),
        Party {
            adults: 2,
            children: vec![Some(1), None],
            infants: 1,
        },
    ];
    for locale in LOCALES {
        let full = trip("Lyon Rome du 3 au 10 mars, avec Air France", Locale::Fr);
        for party in &parties {
            let full = TripRequest {
                party: Some(party.clone()),
                cabin: Some(Cabin::First),
                max_stops: Some(1),
                departure: Some(DayPart::Night),
                ..full.clone()
            };
            let chips = chips(&full, locale);
            assert_eq!(chips.len(), 8);
            for chip in chips {
                assert!(chip.remove.is_some() || chip.change.is_some(), "{chip:?}");
            }
        }
    }
}

/// Takes the chip away whose label begins like this, and gives the trip before and after.
fn removed(trip: &TripRequest, kind: ChipKind, locale: Locale, at: usize) -> TripRequest {
    let of_kind = |chip: &Chip| chip.kind == kind && chip.remove.is_some();
    let chip = chips(trip, locale).into_iter().filter(of_kind).nth(at);
    after(trip, &chip.unwrap().remove.unwrap(), locale)
}

#[test]
fn what_takes_a_part_back_does_that_and_no_more() {
    let full = trip(
        "Lyon Rome du 3 au 10 mars, 2 adultes et un bébé, en business",
        Locale::Fr,
    );
    for locale in LOCALES {
        let back = removed(&full, ChipKind::Date, locale, 0);
        let expected = TripRequest {
            return_date: None,
            one_way: Some(true),
            // What a bare number would correct is of the last message.
            subject: back.subject,
            ..full.clone()
        };
        assert_eq!(back, expected, "{locale:?}");
        let party = removed(&full, ChipKind::Party, locale, 0);
        let expected = TripRequest {
            party: Some(Party::default()),
            subject: party.subject,
            ..full.clone()
        };
        assert_eq!(party, expected, "{locale:?}");
        let cabin = removed(&full, ChipKind::Wish, locale, 0);
        let expected = TripRequest {
            cabin: Some(Cabin::Economy),
            subject: cabin.subject,
            ..full.clone()
        };
        assert_eq!(cabin, expected, "{locale:?}");
    }
}

#[test]
fn each_choice_chooses_the_place_that_it_names() {
    let names = [
        "San José",
        "Valence",
        "Birmingham",
        "Portland",
        "Saint-Denis",
        "London",
        "Manchester",
        "Santiago",
        "Naples",
        "Barcelona",
        "Melbourne",
        "Georgetown",
        "Victoria",
        "Córdoba",
        "Richmond",
        "Columbus",
        "Jacksonville",
        "Wilmington",
        "Rochester",
        "Springfield",
    ];
    let mut asked = 0;
    for locale in LOCALES {
        for name in names {
            for text in [
                format!("Lyon to {name} on 3 March"),
                format!("de {name} à Rome le 3 mars"),
            ] {
                let trip = trip(&text, locale);
                let Some(open) = &trip.open_ambiguity else {
                    continue;
                };
                asked += 1;
                let choices = choices(&trip, locale);
                assert!((2..=6).contains(&choices.len()), "{choices:?}");
                for (choice, option) in choices.iter().zip(&open.options) {
                    let chosen = after(&trip, &choice.message, locale);
                    let end = if text.starts_with("Lyon") {
                        chosen.destination
                    } else {
                        chosen.origin
                    };
                    let codes = end.map(|place| place.codes);
                    assert_eq!(codes.as_ref(), Some(&option.codes), "{:?}", choice.message);
                    assert_eq!(chosen.open_ambiguity, None, "{:?}", choice.message);
                }
                let labels: std::collections::BTreeSet<_> =
                    choices.iter().map(|choice| &choice.label).collect();
                assert_eq!(labels.len(), choices.len(), "{labels:?}");
            }
        }
    }
    assert!(asked >= 8, "only {asked} names were ambiguous");
}

fn left_over(text: &str) -> LeftOver {
    LeftOver {
        text: text.to_owned(),
        at: Span {
            start: 0,
            end: text.len(),
        },
    }
}

#[test]
fn a_message_that_is_not_about_the_trip_shows_no_trip() {
    let with = |intent| {
        let mut context = Scene::new(Locale::En, intent, "").context;
        context.trip = trip("from Lyon to Rome on 3 March", Locale::En);
        context.reading.left_over = vec![left_over("purple")];
        Understood::of(&context)
    };
    assert!(!with(Intent::Planning).chips.is_empty());
    let other = with(Intent::TravelInfo);
    assert!(other.chips.is_empty() && other.choices.is_empty());
    assert_eq!(other.left_over, ["purple"]);
}

#[test]
fn it_is_json_that_clients_can_read() {
    let trip = trip("de Lyon à Rome le 3 mars", Locale::Fr);
    let json = serde_json::to_value(chips(&trip, Locale::Fr)).unwrap();
    assert_eq!(
        json,
        serde_json::json!([
            {"kind": "route", "label": "Lyon → Rome", "change": "Plutôt de Lyon à Rome"},
            {"kind": "date", "label": "mer. 3 mars", "change": "Départ le "},
        ])
    );
}

#[test]
fn a_yes_leaves_nothing_over() {
    let mut context =
        Scene::new(Locale::Fr, Intent::Confirmation, "Je confirme cette offre.").context;
    context.reading.left_over = vec![left_over("confirme")];
    context.source = Some(IntentSource::Embedded);
    assert_eq!(Understood::of(&context).left_over, ["confirme"]);
    let confirmed = TurnContext {
        confirmed: true,
        ..context.clone()
    };
    assert!(Understood::of(&confirmed).left_over.is_empty());
    let pressed = TurnContext {
        source: None,
        ..context
    };
    assert!(Understood::of(&pressed).left_over.is_empty());
}
