//! What takes back, drops or corrects something of the trip that is there.

use jiff::Zoned;
use language::{
    Feature, Input, Pending, Polarity, Reading, SlotName, TripRequest, is_correction, understand,
};
use travel::locale::Locale::{self, En, Fr};

const NOW: &str = "2026-11-29T09:00:00+01:00[Europe/Paris]";

fn now() -> Zoned {
    NOW.parse().unwrap()
}

fn read(locale: Locale, trip: &TripRequest, text: &str, asked: Option<&Pending>) -> Reading {
    understand(&Input {
        text,
        previous: None,
        locale,
        month_first: false,
        now: &now(),
        trip,
        asked,
    })
}

/// The trip after these messages.
fn talked(locale: Locale, messages: &[&str]) -> TripRequest {
    let mut trip = TripRequest::default();
    for text in messages {
        let reading = read(locale, &trip, text, None);
        trip = trip.merge(&reading, None, now().date()).0;
    }
    trip
}

fn adults(trip: &TripRequest) -> u8 {
    trip.party.as_ref().map_or(1, |party| party.adults)
}

#[test]
fn a_bare_number_corrects_what_was_said_last() {
    for (locale, messages) in [
        (
            En,
            [
                "Denver to Miami on March 2",
                "we are two now",
                "no wait, three",
            ],
        ),
        (
            En,
            ["Denver to Miami on March 2", "we are two", "sorry, three"],
        ),
        (
            Fr,
            ["Nantes Barcelone le 7 mai", "on sera deux", "ah non, trois"],
        ),
        (Fr, ["Nantes Barcelone le 7 mai", "on sera deux", "non, 3"]),
    ] {
        assert_eq!(adults(&talked(locale, &messages)), 3, "{messages:?}");
    }
    let money = |messages: &[&str], locale| talked(locale, messages).money.unwrap();
    let each = money(
        &[
            "Nice Dublin le 14 avril, 2 adultes",
            "200 euros maximum",
            "non, 150 par tête",
        ],
        Fr,
    );
    assert_eq!(each.amount.decimal(), "150.00");
    let more = money(
        &[
            "London to Rome on 3 March",
            "under 100 pounds",
            "make it 150",
        ],
        En,
    );
    assert_eq!(
        (more.amount.decimal(), more.amount.currency.as_str()),
        ("150.00".to_owned(), "GBP")
    );
    // Beside the party, an amount is known by its size.
    let both = money(
        &[
            "Paris Madrid le 4 mai, 2 adultes, moins de 300 euros",
            "non, 350",
        ],
        Fr,
    );
    assert_eq!(both.amount.decimal(), "350.00");
    // Nothing was counted: a number means nothing.
    let trip = talked(En, &["Denver to Miami on March 2"]);
    assert_eq!(trip.subject, None);
    assert_eq!(read(En, &trip, "no wait, three", None).passengers, None);
}

#[test]
fn the_little_one_stays_or_comes() {
    for (locale, first, then, children, infants) in [
        (
            Fr,
            "Toulouse Faro le 4 juillet, 2 adultes et 1 enfant de 8 ans",
            "le petit ne vient plus",
            0,
            0,
        ),
        (
            Fr,
            "Toulouse Faro le 4 juillet, 2 adultes et un bébé",
            "le petit ne vient plus",
            0,
            0,
        ),
        (
            Fr,
            "Genève Palma le 6 juillet, 2 adultes",
            "j'ai oublié le bébé, il a 9 mois",
            0,
            1,
        ),
        (
            En,
            "Toulouse to Faro on 4 July, 2 adults and a child of 8",
            "the kid isn't coming",
            0,
            0,
        ),
        (
            En,
            "Leeds to Alicante on 10 May, 2 adults",
            "I forgot my son of 6",
            1,
            0,
        ),
    ] {
        let party = talked(locale, &[first, then]).party.unwrap();
        let got = (party.adults, party.children.len(), party.infants);
        assert_eq!(got, (2, children, infants), "{first} // {then}");
    }
    // A wish about somebody sends nobody home.
    let trip = talked(
        En,
        &[
            "London to Rome on 3 March, 2 adults",
            "my wife can't fly at night",
        ],
    );
    assert_eq!(adults(&trip), 2);
}

#[test]
fn a_wish_is_dropped() {
    for (locale, first, then) in [
        (
            En,
            "London to Singapore on 3 February, Star Alliance only",
            "forget the alliance",
        ),
        (
            Fr,
            "Paris Singapour le 3 février, Star Alliance",
            "peu importe l'alliance",
        ),
        (
            Fr,
            "Nantes Lisbonne le 3 mai avec bagage en soute",
            "laisse tomber la valise en soute",
        ),
        (
            En,
            "London to Lisbon on 3 May with a checked bag",
            "forget the checked bag",
        ),
        (
            Fr,
            "Toulouse Berlin le 5 avril, départ après 18h",
            "finalement l'heure m'est égale",
        ),
    ] {
        let before = talked(locale, &[first]);
        let after = talked(locale, &[first, then]);
        assert_ne!(before, after, "{then}");
        assert!(after.wishes.is_empty(), "{then}: {:?}", after.wishes);
        assert_eq!(after.window, <_>::default(), "{then}");
    }
}

#[test]
fn what_is_to_be_relaxed_is_named_alone() {
    let asked = Pending::Change {
        bare: SlotName::Origin,
    };
    for (locale, text, feature) in [
        (En, "the budget", Feature::Budget),
        (Fr, "le budget", Feature::Budget),
        (En, "the airline", Feature::Airline(None)),
        (Fr, "la compagnie", Feature::Airline(None)),
    ] {
        let trip = TripRequest::default();
        let reading = read(locale, &trip, text, Some(&asked));
        let wish = reading.wishes.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (&wish.feature, wish.polarity),
            (&feature, Polarity::Indifferent),
            "{text}"
        );
        assert_eq!(read(locale, &trip, text, None).wishes, [], "{text}");
    }
}

#[test]
fn corrections_are_known_by_their_beginning() {
    for text in [
        "I mean Naples in Florida",
        "sorry, I meant Glasgow",
        "je veux dire Valence en Espagne",
        "non, je parle de Rome",
    ] {
        assert!(is_correction(text), "{text}");
    }
    for text in ["what about hotels in Rome?", "quelle heure est-il à Rome ?"] {
        assert!(!is_correction(text), "{text}");
    }
}

#[test]
fn no_alone_refuses_nothing_that_follows() {
    for (locale, text) in [
        (En, "no, economy after all"),
        (Fr, "non, en éco finalement"),
    ] {
        let trip = talked(locale, &["London to Krakow on 5 March in business", text]);
        assert_eq!(trip.cabin, Some(travel::Cabin::Economy), "{text}");
    }
}
