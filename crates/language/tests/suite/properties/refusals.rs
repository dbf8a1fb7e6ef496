//! "But not with X" never adds X, whatever X is, and leaves the rest as it was. (Airlines, each of them:
//! `understanding/wishes.rs`.)

use language::{Feature, Polarity};
use proptest::{prelude::*, sample::select};
use travel::{Alliance, Cabin, Locale};

use super::{LOCALES, config, phrasing::wanted, read_alone, wishes};

/// What is refused, in French and in English.
fn refusals() -> Vec<(&'static str, &'static str, Feature)> {
    let via = |code: &str| Feature::Via(vec![code.parse().unwrap()]);
    let airline = |code: &str| Feature::Airline(Some(code.parse().unwrap()));
    vec![
        ("mais pas via Dubaï", "but not via Dubai", via("DXB")),
        (
            "mais pas par Amsterdam",
            "but not through Amsterdam",
            via("AMS"),
        ),
        ("mais sans passer par Doha", "but avoiding Doha", via("DOH")),
        (
            "mais pas d'escale à Munich",
            "but no stop in Munich",
            via("MUC"),
        ),
        (
            "mais pas avec oneworld",
            "but not with oneworld",
            Feature::Alliance(Alliance::Oneworld),
        ),
        (
            "mais sans SkyTeam",
            "but no SkyTeam",
            Feature::Alliance(Alliance::Skyteam),
        ),
        (
            "mais pas avec Star Alliance",
            "but not with Star Alliance",
            Feature::Alliance(Alliance::StarAlliance),
        ),
        (
            "mais pas en premium éco",
            "but not in premium economy",
            Feature::Cabin(Cabin::PremiumEconomy),
        ),
        (
            "mais pas en éco",
            "but not in economy",
            Feature::Cabin(Cabin::Economy),
        ),
        ("mais pas avec Swiss", "but not with Swiss", airline("LX")),
        ("mais pas sur Vueling", "but not on Vueling", airline("VY")),
    ]
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn but_not_never_adds(wanted in wanted(), refusal in select(refusals())) {
        let (fr, en, feature) = refusal;
        for locale in LOCALES {
            let but = if locale == Locale::Fr { fr } else { en };
            let route = wanted.text(locale);
            let text = format!("{route}, {but}");
            let (before, after) = (read_alone(locale, &route), read_alone(locale, &text));
            let mut expected = wishes(&before);
            expected.push((feature.clone(), Polarity::Refused));
            prop_assert_eq!(wishes(&after), expected, "{}", &text);
            prop_assert_eq!(&after.airline, &before.airline, "{}", &text);
            prop_assert_eq!(after.cabin, before.cabin, "{}", &text);
            prop_assert_eq!(after.trips().len(), before.trips().len(), "{}", &text);
        }
    }
}

/// What comes after a refusal with a word of its own is wanted.
#[test]
fn a_refusal_ends_where_another_item_begins() {
    use Polarity::{Refused, Wanted};
    let airline = |code: &str| Feature::Airline(Some(code.parse().unwrap()));
    let via = |code: &str| Feature::Via(vec![code.parse().unwrap()]);
    for (locale, text, expected) in [
        (
            Locale::En,
            "no Ryanair, with Wizz Air",
            [(airline("FR"), Refused), (airline("W6"), Wanted)],
        ),
        (
            Locale::En,
            "not with Ryanair, on easyJet",
            [(airline("FR"), Refused), (airline("U2"), Wanted)],
        ),
        (
            Locale::Fr,
            "pas de Ryanair, avec easyJet",
            [(airline("FR"), Refused), (airline("U2"), Wanted)],
        ),
        (
            Locale::Fr,
            "sans Ryanair, sur Volotea",
            [(airline("FR"), Refused), (airline("V7"), Wanted)],
        ),
        (
            Locale::En,
            "not via Dubai, via Doha",
            [(via("DXB"), Refused), (via("DOH"), Wanted)],
        ),
        (
            Locale::Fr,
            "pas via Dubaï, via Doha",
            [(via("DXB"), Refused), (via("DOH"), Wanted)],
        ),
        (
            Locale::Fr,
            "pas d'escale, avec une compagnie low cost",
            [(Feature::Stops(0), Wanted), (Feature::LowCost, Wanted)],
        ),
        (
            Locale::Fr,
            "sans escale, billet remboursable",
            [(Feature::Stops(0), Wanted), (Feature::Refundable, Wanted)],
        ),
        // Joined, or with the comma alone, it goes on.
        (
            Locale::En,
            "not with Ryanair or with Wizz Air",
            [(airline("FR"), Refused), (airline("W6"), Refused)],
        ),
        (
            Locale::En,
            "no Ryanair, Wizz Air",
            [(airline("FR"), Refused), (airline("W6"), Refused)],
        ),
        (
            Locale::Fr,
            "ni avec Ryanair, ni avec easyJet",
            [(airline("FR"), Refused), (airline("U2"), Refused)],
        ),
    ] {
        let reading = read_alone(locale, &format!("Dublin Lisbon 12/04, {text}"));
        assert_eq!(wishes(&reading), expected, "{text}");
    }
}
