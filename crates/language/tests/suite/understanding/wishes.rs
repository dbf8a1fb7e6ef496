//! What is wanted, preferred, refused, and what does not matter any more.

use language::{Feature, Polarity, Reading};
use proptest::prelude::*;
use travel::Alliance;
use travel::{Cabin, DayPart, Sort, carrier};

use super::{en, fr};
use Polarity::{Indifferent, Preferred, Refused, Wanted};

fn wishes(reading: &Reading) -> Vec<(Feature, Polarity)> {
    let wishes = reading.wishes.iter();
    wishes
        .map(|wish| (wish.feature.clone(), wish.polarity))
        .collect()
}

fn airline(code: &str) -> Feature {
    Feature::Airline(Some(code.parse().unwrap()))
}

fn via(codes: &str) -> Feature {
    Feature::Via(codes.split(' ').map(|code| code.parse().unwrap()).collect())
}

/// Each message has these wishes and no others.
fn say(read: fn(&str) -> Reading, cases: &[(&str, &[(Feature, Polarity)])]) {
    for (text, expected) in cases {
        assert_eq!(wishes(&read(text)), *expected, "{text}");
    }
}

#[test]
fn airlines_are_wanted_preferred_and_refused() {
    say(
        fr,
        &[
            (
                "Lyon Rome, surtout pas Ryanair",
                &[(airline("FR"), Refused)],
            ),
            (
                "pas de Ryanair ni d'easyJet",
                &[(airline("FR"), Refused), (airline("U2"), Refused)],
            ),
            (
                "ni Ryanair ni easyJet",
                &[(airline("FR"), Refused), (airline("U2"), Refused)],
            ),
            ("avec Air France si possible", &[(airline("AF"), Preferred)]),
            (
                "de préférence avec Air France",
                &[(airline("AF"), Preferred)],
            ),
            (
                "pas Ryanair mais easyJet",
                &[(airline("FR"), Refused), (airline("U2"), Wanted)],
            ),
            ("tout sauf Vueling", &[(airline("VY"), Refused)]),
            (
                "je ne veux pas voler avec Ryanair",
                &[(airline("FR"), Refused)],
            ),
            ("uniquement Lufthansa", &[(airline("LH"), Wanted)]),
            (
                "easyJet plutôt que Ryanair",
                &[(airline("U2"), Wanted), (airline("FR"), Refused)],
            ),
        ],
    );
    say(
        fr,
        &[
            (
                "peu importe la compagnie",
                &[(Feature::Airline(None), Indifferent)],
            ),
            (
                "n'importe quelle compagnie",
                &[(Feature::Airline(None), Indifferent)],
            ),
            (
                "la compagnie m'est égale",
                &[(Feature::Airline(None), Indifferent)],
            ),
        ],
    );
    say(
        en,
        &[
            (
                "no Ryanair or easyJet",
                &[(airline("FR"), Refused), (airline("U2"), Refused)],
            ),
            (
                "no Ryanair, easyJet or Wizz",
                &[
                    (airline("FR"), Refused),
                    (airline("U2"), Refused),
                    (airline("W6"), Refused),
                ],
            ),
            ("anything but BA", &[(airline("BA"), Refused)]),
            ("only Lufthansa", &[(airline("LH"), Wanted)]),
            ("I'd rather not fly Ryanair", &[(airline("FR"), Refused)]),
            (
                "I don't want to fly with Ryanair",
                &[(airline("FR"), Refused)],
            ),
            (
                "not Ryanair but easyJet",
                &[(airline("FR"), Refused), (airline("U2"), Wanted)],
            ),
            (
                "with Air France, not Delta",
                &[(airline("AF"), Wanted), (airline("DL"), Refused)],
            ),
            ("preferably with Lufthansa", &[(airline("LH"), Preferred)]),
            ("any airline", &[(Feature::Airline(None), Indifferent)]),
            (
                "the airline doesn't matter",
                &[(Feature::Airline(None), Indifferent)],
            ),
            ("avoid United", &[(airline("UA"), Refused)]),
            (
                "Star Alliance only",
                &[(Feature::Alliance(Alliance::StarAlliance), Wanted)],
            ),
            (
                "oneworld if possible",
                &[(Feature::Alliance(Alliance::Oneworld), Preferred)],
            ),
            (
                "not SkyTeam",
                &[(Feature::Alliance(Alliance::Skyteam), Refused)],
            ),
        ],
    );
    assert_eq!(en("anything but BA").airline, None);
    assert_eq!(
        fr("pas Ryanair mais easyJet")
            .airline
            .unwrap()
            .code
            .to_string(),
        "U2"
    );
}

#[test]
fn cabins_have_polarity() {
    say(
        fr,
        &[
            (
                "pas en business",
                &[(Feature::Cabin(Cabin::Business), Refused)],
            ),
            (
                "surtout pas en première classe",
                &[(Feature::Cabin(Cabin::First), Refused)],
            ),
            (
                "pas en éco mais en premium éco",
                &[
                    (Feature::Cabin(Cabin::Economy), Refused),
                    (Feature::Cabin(Cabin::PremiumEconomy), Wanted),
                ],
            ),
            (
                "en business si possible",
                &[(Feature::Cabin(Cabin::Business), Preferred)],
            ),
            (
                "n'importe quelle classe",
                &[(Feature::Cabin(Cabin::Economy), Indifferent)],
            ),
        ],
    );
    say(
        en,
        &[
            (
                "not business",
                &[(Feature::Cabin(Cabin::Business), Refused)],
            ),
            (
                "Business class one-way Paris to Singapore",
                &[(Feature::Cabin(Cabin::Business), Wanted)],
            ),
            (
                "I don't want economy",
                &[(Feature::Cabin(Cabin::Economy), Refused)],
            ),
            (
                "any class",
                &[(Feature::Cabin(Cabin::Economy), Indifferent)],
            ),
        ],
    );
    assert_eq!(fr("pas en business").cabin, None);
    assert_eq!(
        en("Business class one-way Paris to Singapore").cabin,
        Some(Cabin::Business)
    );
    assert_eq!(en("a business trip to Rome").cabin, None);
}

#[test]
fn stops_have_polarity() {
    for (text, most, polarity) in [
        ("pas d'escale", Some(0), Wanted),
        ("direct si possible", Some(0), Preferred),
        ("une escale maximum", Some(1), Wanted),
        ("pas plus d'une escale", Some(1), Wanted),
        ("je ne veux pas deux escales", Some(1), Refused),
        ("escales acceptées", None, Indifferent),
        ("peu importe les escales", None, Indifferent),
        ("pas forcément direct", None, Indifferent),
    ] {
        let reading = fr(text);
        assert_eq!(reading.max_stops, most, "{text}");
        assert_eq!(reading.wishes.len(), 1, "{text}: {:?}", reading.wishes);
        assert_eq!(reading.wishes[0].polarity, polarity, "{text}");
    }
    for (text, most, polarity) in [
        ("direct only", Some(0), Wanted),
        ("one stop max", Some(1), Wanted),
        ("I don't want two stops", Some(1), Refused),
        ("no more than one stop", Some(1), Wanted),
        ("preferably nonstop", Some(0), Preferred),
        ("stops are fine", None, Indifferent),
        ("it doesn't have to be direct", None, Indifferent),
    ] {
        let reading = en(text);
        assert_eq!(reading.max_stops, most, "{text}");
        assert_eq!(reading.wishes.len(), 1, "{text}: {:?}", reading.wishes);
        assert_eq!(reading.wishes[0].polarity, polarity, "{text}");
    }
}

#[test]
fn places_are_gone_through_or_around() {
    say(
        fr,
        &[
            (
                "Lyon New York surtout pas par Francfort",
                &[(via("FRA"), Refused)],
            ),
            ("Paris Bangkok via Dubaï", &[(via("DXB"), Wanted)]),
            ("Nice Tokyo en évitant Londres", &[(via("LON"), Refused)]),
            (
                "Lyon Tokyo sans passer par Londres ni Francfort",
                &[(via("LON"), Refused), (via("FRA"), Refused)],
            ),
            (
                "Lyon Tokyo, pas d'escale à Istanbul",
                &[(via("IST"), Refused)],
            ),
            (
                "Paris Sydney avec une escale à Singapour",
                &[(via("SIN"), Wanted)],
            ),
        ],
    );
    say(
        en,
        &[
            (
                "Lyon to Split, not through Zurich",
                &[(via("ZRH"), Refused)],
            ),
            ("Paris to Perth via Dubai", &[(via("DXB"), Wanted)]),
            (
                "Lyon to Tokyo avoiding Frankfurt and Munich",
                &[(via("FRA"), Refused), (via("MUC"), Refused)],
            ),
            (
                "Lyon to Tokyo, don't go through Helsinki",
                &[(via("HEL"), Refused)],
            ),
            (
                "Paris to Lima with a stopover in Madrid",
                &[(via("MAD"), Wanted)],
            ),
        ],
    );
    for text in ["no layover in the US", "not via the United States"] {
        let reading = en(&format!("Paris to Lima, {text}"));
        assert_eq!(reading.max_stops, None, "{text}");
        let [wish] = &reading.wishes[..] else {
            panic!("{text}: {:?}", reading.wishes)
        };
        assert_eq!(wish.polarity, Refused, "{text}");
        let Feature::Via(codes) = &wish.feature else {
            panic!("{text}")
        };
        for code in ["NYC", "MIA", "ATL", "DFW"] {
            assert!(codes.contains(&code.parse().unwrap()), "{text} {code}");
        }
    }
    let reading = en("Lyon to Split, not through Zurich");
    assert_eq!(reading.origin.unwrap().surface, "Lyon");
    assert_eq!(reading.destination.unwrap().surface, "Split");
    for text in ["avoid the bus", "skip breakfast", "over the weekend"] {
        assert_eq!(en(text).wishes, [], "{text}");
    }
}

#[test]
fn fares_are_wanted_and_refused() {
    use Feature::{CheckedBag, LowCost, LowEmissions, Overnight, Refundable};
    say(
        fr,
        &[
            ("pas de low-cost", &[(LowCost, Refused)]),
            ("uniquement du low cost", &[(LowCost, Wanted)]),
            ("bagage en soute inclus", &[(CheckedBag, Wanted)]),
            ("avec une valise", &[(CheckedBag, Wanted)]),
            ("sans bagage en soute", &[(CheckedBag, Refused)]),
            ("juste un bagage cabine", &[(CheckedBag, Refused)]),
            ("billet remboursable", &[(Refundable, Wanted)]),
            ("billet flexible si possible", &[(Refundable, Preferred)]),
            ("pas de vol de nuit", &[(Overnight, Refused)]),
            ("le moins de CO2 possible", &[(LowEmissions, Wanted)]),
            ("j'ai perdu ma valise", &[]),
        ],
    );
    say(
        en,
        &[
            ("low cost only", &[(LowCost, Wanted)]),
            ("no budget airlines", &[(LowCost, Refused)]),
            ("with a suitcase", &[(CheckedBag, Wanted)]),
            ("checked bag included", &[(CheckedBag, Wanted)]),
            ("with two checked bags", &[(CheckedBag, Wanted)]),
            ("hand luggage only", &[(CheckedBag, Refused)]),
            ("no checked bag", &[(CheckedBag, Refused)]),
            ("a refundable ticket", &[(Refundable, Wanted)]),
            ("non-refundable is fine", &[(Refundable, Indifferent)]),
            ("no red-eye", &[(Overnight, Refused)]),
            ("no overnight flights please", &[(Overnight, Refused)]),
            ("low emissions preferably", &[(LowEmissions, Preferred)]),
            ("how many bags are allowed?", &[]),
            ("my luggage is lost", &[]),
            ("a low-cost flight to Rome", &[]),
        ],
    );
    assert_eq!(en("no red-eye").departure, None);
    assert_eq!(en("a low-cost flight to Rome").sort, Some(Sort::Price));
    assert_eq!(fr("pas de low-cost").sort, None);
}

#[test]
fn parts_of_the_day_are_of_a_flight() {
    use DayPart::{Afternoon, Evening, Morning};
    use Feature::{Arrival, Departure, ReturnArrival, ReturnDeparture};
    say(
        fr,
        &[
            (
                "départ le matin, retour le soir",
                &[
                    (Departure(Morning), Wanted),
                    (ReturnDeparture(Evening), Wanted),
                ],
            ),
            ("pas le matin", &[(Departure(Morning), Refused)]),
            ("arriver l'après-midi", &[(Arrival(Afternoon), Wanted)]),
            (
                "Lyon Rome demain matin, retour dimanche soir",
                &[
                    (Departure(Morning), Wanted),
                    (ReturnDeparture(Evening), Wanted),
                ],
            ),
            (
                "le matin à l'aller et le soir au retour",
                &[
                    (Departure(Morning), Wanted),
                    (ReturnDeparture(Evening), Wanted),
                ],
            ),
            ("de préférence le soir", &[(Departure(Evening), Preferred)]),
            (
                "n'importe quelle heure",
                &[(Departure(Morning), Indifferent)],
            ),
            (
                "un aller-retour demain matin",
                &[(Departure(Morning), Wanted)],
            ),
        ],
    );
    say(
        en,
        &[
            (
                "leaving in the morning and coming back in the evening",
                &[
                    (Departure(Morning), Wanted),
                    (ReturnDeparture(Evening), Wanted),
                ],
            ),
            ("not in the morning", &[(Departure(Morning), Refused)]),
            ("no morning flights", &[(Departure(Morning), Refused)]),
            ("arriving in the afternoon", &[(Arrival(Afternoon), Wanted)]),
            (
                "home by arriving in the evening",
                &[(ReturnArrival(Evening), Wanted)],
            ),
            (
                "an evening departure if possible",
                &[(Departure(Evening), Wanted)],
            ),
            ("any time of day", &[(Departure(Morning), Indifferent)]),
        ],
    );
    assert_eq!(fr("pas le matin").departure, None);
    assert_eq!(fr("Lyon Rome lundi, retour dimanche soir").departure, None);
}

#[test]
fn a_wish_can_be_dropped() {
    say(
        fr,
        &[
            ("sans limite de budget", &[(Feature::Budget, Indifferent)]),
            ("peu importe le prix", &[(Feature::Budget, Indifferent)]),
        ],
    );
    say(
        en,
        &[
            ("no budget limit", &[(Feature::Budget, Indifferent)]),
            ("forget the budget", &[(Feature::Budget, Indifferent)]),
            ("price is no object", &[(Feature::Budget, Indifferent)]),
        ],
    );
}

const ROUTES: [(&str, &str); 4] = [
    ("Lyon Rome le 3 mars", "mais pas avec"),
    (
        "un vol Paris Lisbonne demain avec Transavia",
        "mais pas avec",
    ),
    ("Lyon to Rome on 3 March", "but not with"),
    ("Paris to Oslo tomorrow, direct, two adults", "but not with"),
];

#[test]
fn orders_are_read_by_what_they_order() {
    for (text, sort) in [
        ("triez par prix", Sort::Price),
        ("classez par heure de départ", Sort::Departure),
        ("trié par durée", Sort::Duration),
        ("classés par empreinte carbone", Sort::Emissions),
    ] {
        assert_eq!(fr(text).sort, Some(sort), "{text}");
    }
    for (text, sort) in [
        ("sorted by price", Sort::Price),
        ("order by departure time", Sort::Departure),
        ("rank them by travel time", Sort::Duration),
        ("sort by co2 emissions", Sort::Emissions),
        ("the earliest flight", Sort::Departure),
    ] {
        assert_eq!(en(text).sort, Some(sort), "{text}");
    }
}

#[test]
fn stops_of_a_place_and_refusals_after_it() {
    say(
        fr,
        &[
            (
                "Nantes Montréal le 1er juin par Reykjavik",
                &[(via("REK"), Wanted)],
            ),
            (
                "Lille Delhi, transit par Abou Dabi exclu",
                &[(via("AUH"), Refused)],
            ),
            (
                "Nantes Prague, escale à Amsterdam ok mais pas à Francfort",
                &[(via("AMS"), Indifferent), (via("FRA"), Refused)],
            ),
            (
                "Paris Bangkok, une seule escale, à Doha si possible",
                &[(Feature::Stops(1), Wanted), (via("DOH"), Preferred)],
            ),
            (
                "Bruxelles Rome, pas d'alliance SkyTeam",
                &[(Feature::Alliance(Alliance::Skyteam), Refused)],
            ),
            ("Lyon Oslo, hors KLM", &[(airline("KL"), Refused)]),
            (
                "Paris Abidjan, jamais plus Royal Air Maroc",
                &[(airline("AT"), Refused)],
            ),
        ],
    );
    say(
        en,
        &[
            (
                "Seattle to Dublin, changing planes in Reykjavik",
                &[(via("REK"), Wanted)],
            ),
            (
                "I don't want to connect in Istanbul, London to Bangkok 5 May",
                &[(via("IST"), Refused)],
            ),
            (
                "Dublin to Cape Town, don't route me via Addis Ababa",
                &[(via("ADD"), Refused)],
            ),
            (
                "London to Accra, nothing overnight",
                &[(Feature::Overnight, Refused)],
            ),
            (
                "London to Hanoi on Qatar Airways or Emirates",
                &[(airline("QR"), Wanted), (airline("EK"), Wanted)],
            ),
            (
                "Chicago to Rome, any airline but Lufthansa",
                &[(airline("LH"), Refused)],
            ),
            (
                "Virgin Atlantic preferred for London to Barbados",
                &[(airline("VS"), Preferred)],
            ),
        ],
    );
}

proptest! {
    #[test]
    fn but_not_with_never_wants(row in 0..carrier::all().len(), route in 0..ROUTES.len()) {
        let (route, but_not) = ROUTES[route];
        let x = &carrier::all()[row];
        let text = format!("{route} {but_not} {}", x.name);
        let before = en(route);
        // Who wants and refuses the same is not understood.
        prop_assume!(before.airline.as_ref().is_none_or(|airline| airline.code != x.code));
        let after = en(&text);
        prop_assert_eq!(&after.airline, &before.airline, "{}", &text);
        let wanted = after.wishes.iter().any(|wish| {
            wish.feature == Feature::Airline(Some(x.code)) && wish.polarity != Refused
        });
        prop_assert!(!wanted, "{}: {:?}", &text, after.wishes);
        let refused = after.wishes.iter().any(|wish| wish.polarity == Refused);
        prop_assert!(refused, "{}: {:?}", &text, after.wishes);
    }

    #[test]
    fn a_negation_turns_a_wish_round(wish in 0..NAMED.len()) {
        let (plain, denied) = NAMED[wish];
        let (wanted, refused) = (wishes(&en(plain)), wishes(&en(denied)));
        let turned: Vec<_> = wanted.iter().map(|(feature, _)| (feature.clone(), Refused)).collect();
        prop_assert!(!wanted.is_empty() && wanted.iter().all(|(_, polarity)| *polarity == Wanted));
        prop_assert_eq!(refused, turned, "{}", denied);
    }
}

const NAMED: &[(&str, &str)] = &[
    ("with Ryanair", "not with Ryanair"),
    ("avec Air France", "pas avec Air France"),
    ("in business", "not in business"),
    ("en première classe", "pas en première classe"),
    ("via Dubai", "not via Dubai"),
    ("via Francfort", "pas via Francfort"),
    ("in the morning", "not in the morning"),
    ("le soir", "pas le soir"),
    ("oneworld", "no oneworld"),
    ("red-eye", "no red-eye"),
    ("avec un bagage en soute", "sans bagage en soute"),
    ("low-cost airlines", "no low-cost airlines"),
    ("a refundable fare", "not a refundable fare"),
];
