//! Party, money, preferences, airline, choice.

use language::{Choice, PartyMention};
use travel::{Cabin, DayPart, Sort};

use super::{en, fr};

#[test]
fn parties() {
    let party = |adults: u8, children: &[Option<u8>], infants: u8| PartyMention {
        adults: (adults > 0).then_some(adults),
        children: (!children.is_empty()).then(|| children.to_vec()),
        infants: (infants > 0).then_some(infants),
    };
    for (text, expected) in [
        (
            "2 adultes, un enfant de 5 ans et un bébé",
            party(2, &[Some(5)], 1),
        ),
        ("nous sommes 4", party(4, &[], 0)),
        ("on sera deux", party(2, &[], 0)),
        ("pour deux", party(2, &[], 0)),
        ("en couple", party(2, &[], 0)),
        ("famille de 4", party(4, &[], 0)),
        ("avec ma fille de 8 ans", party(1, &[Some(8)], 0)),
        (
            "moi et mes deux enfants de 6 et 9 ans",
            party(1, &[Some(6), Some(9)], 0),
        ),
        ("2 adultes et un enfant de 1 an", party(2, &[], 1)),
        ("1 adulte et un enfant de 13 ans", party(2, &[], 0)),
        ("juste moi", party(1, &[], 0)),
        ("je voyage seul", party(1, &[], 0)),
        ("en fait 3 personnes", party(3, &[], 0)),
        ("3 enfants", party(0, &[None, None, None], 0)),
    ] {
        assert_eq!(fr(text).passengers, Some(expected), "{text}");
    }
    for (text, expected) in [
        ("for two", party(2, &[], 0)),
        ("me and my wife", party(2, &[], 0)),
        ("just me", party(1, &[], 0)),
        (
            "we are 2 adults and 2 kids aged 5 and 8",
            party(2, &[Some(5), Some(8)], 0),
        ),
        ("4 of us", party(4, &[], 0)),
        ("I need three economy class tickets", party(3, &[], 0)),
        ("a couple and a toddler of 18 months", party(2, &[], 1)),
        ("2 adults and a 5-year-old", party(2, &[Some(5)], 0)),
    ] {
        assert_eq!(en(text).passengers, Some(expected), "{text}");
    }
    for text in [
        "un billet pour Rome",
        "for a week",
        "for 10 days",
        "a flight to Rome",
        "le vol de 10 h",
    ] {
        assert_eq!(en(text).passengers, None, "{text}");
    }
}

#[test]
fn budgets() {
    for (text, money) in [
        ("moins de 500 euros", "500.00 EUR"),
        ("800€ max", "800.00 EUR"),
        ("1 500 euros", "1500.00 EUR"),
        ("budget 1,5k€", "1500.00 EUR"),
        ("under $400", "400.00 USD"),
        ("budget of 1,200 USD", "1200.00 USD"),
        ("max 600 francs suisses", "600.00 CHF"),
        ("499,90 €", "499.90 EUR"),
        ("up to £250", "250.00 GBP"),
        ("cinq cents euros", "500.00 EUR"),
        ("between 300 and 500 euros", "500.00 EUR"),
        ("30000 yens", "30000 JPY"),
    ] {
        assert_eq!(
            fr(text).budget.map(|money| money.to_string()).as_deref(),
            Some(money),
            "{text}"
        );
    }
    assert_eq!(fr("le 500").budget, None);
}

#[test]
fn preferences() {
    assert_eq!(fr("un aller simple").one_way, Some(true));
    assert_eq!(fr("un aller-retour").one_way, Some(false));
    assert_eq!(en("one-way").one_way, Some(true));
    assert_eq!(en("round trip").one_way, Some(false));
    for (text, cabin) in [
        ("en classe affaires", Cabin::Business),
        ("business", Cabin::Business),
        ("en première", Cabin::First),
        ("premium eco", Cabin::PremiumEconomy),
        ("premium economy", Cabin::PremiumEconomy),
        ("en éco", Cabin::Economy),
    ] {
        assert_eq!(fr(text).cabin, Some(cabin), "{text}");
    }
    for (text, stops) in [
        ("direct", 0),
        ("sans escale", 0),
        ("nonstop", 0),
        ("une escale max", 1),
        ("max 1 stop", 1),
    ] {
        assert_eq!(fr(text).max_stops, Some(stops), "{text}");
    }
    for (text, part) in [
        ("le matin", DayPart::Morning),
        ("in the evening", DayPart::Evening),
        ("l'après-midi", DayPart::Afternoon),
        ("red-eye", DayPart::Night),
    ] {
        assert_eq!(fr(text).departure, Some(part), "{text}");
    }
    assert_eq!(fr("le moins cher").sort, Some(Sort::Price));
    assert_eq!(en("the fastest").sort, Some(Sort::Duration));
}

#[test]
fn airlines() {
    for (text, code) in [
        ("avec Air France", "AF"),
        ("on Delta", "DL"),
        ("Delta Airlines please", "DL"),
        ("sur easyJet", "U2"),
        ("with BA", "BA"),
        ("un vol Lufthansa", "LH"),
        ("United Airlines", "UA"),
    ] {
        assert_eq!(
            en(text).airline.map(|a| a.code.to_string()).as_deref(),
            Some(code),
            "{text}"
        );
    }
    for text in [
        "the delta of the Nile",
        "not with Ryanair",
        "okay",
        "en Alaska",
        "the American way",
    ] {
        assert_eq!(en(text).airline, None, "{text}");
    }
    let reading = fr("Paris New York avec Air France");
    assert_eq!(reading.destination.unwrap().surface, "New York");
}

#[test]
fn choices() {
    for (text, choice) in [
        ("le deuxième", Choice::Nth(2)),
        ("the second one", Choice::Nth(2)),
        ("number 3", Choice::Nth(3)),
        ("je prends le 2", Choice::Nth(2)),
        ("option 2", Choice::Nth(2)),
        ("la dernière", Choice::Last),
        ("the cheapest one", Choice::Cheapest),
        ("je prends le moins cher", Choice::Cheapest),
        ("the last one", Choice::Last),
    ] {
        assert_eq!(fr(text).choice, Some(choice), "{text}");
        assert!(!fr(text).change_trip(), "{text}");
    }
    for text in [
        "le 2 janvier",
        "the 2nd of May",
        "the first week of March",
        "première classe",
        "un vol pas cher pour Rome",
    ] {
        assert_eq!(fr(text).choice, None, "{text}");
    }
}
