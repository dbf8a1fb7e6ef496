//! A package is an offer until it is taken: the flights of a trip stay what they are.

use agent::locale::Locale::{self, En, Fr};

use super::{Said, talk};

fn fare(said: &Said) -> Option<i64> {
    let flight = said.state.plan.flight.as_ref();
    let proposed = said.state.proposal.as_ref().map(|proposal| &proposal.offer);
    flight.or(proposed).map(|offer| offer.total.minor)
}

fn flight(said: &Said) -> Option<String> {
    said.state
        .plan
        .flight
        .as_ref()
        .map(|offer| offer.id.0.clone())
}

const TRIPS: [(Locale, &str, &str, &str); 2] = [
    (
        Fr,
        "vols de Lyon à Lisbonne du 3 au 8 mars, 2 adultes",
        "et tu aurais une formule vol + hôtel ?",
        "je prends la formule confort",
    ),
    (
        En,
        "flights from London to Rome, 3 to 8 March, for 2 adults",
        "and is there a flight + hotel package?",
        "we'll take the comfort one",
    ),
];

#[tokio::test]
async fn a_package_leaves_the_flights_of_the_trip_until_it_is_taken() {
    for (locale, flights, package, takes) in TRIPS {
        let said = talk(locale, &[flights, package, takes]).await;
        let [found, offered, taken] = said.as_slice() else {
            unreachable!("three messages");
        };
        offered.only("recommend_best_package");
        assert_eq!(flight(offered), flight(found), "{offered:?}");
        assert_eq!(fare(offered), fare(found), "{offered:?}");
        let says = locale.pick("Vos vols restent", "keeps its flights");
        assert!(offered.reply.contains(says), "{}", offered.reply);

        let call = taken.only("recommend_best_package");
        assert_eq!(call["tier"], "comfort", "{taken:?}");
        let cost = taken.state.plan.cost.as_ref().unwrap();
        let chosen = taken.state.plan.flight.as_ref().unwrap();
        assert_eq!(cost.lines[0].total, chosen.total);
        assert_eq!(cost.lines[1].total, taken.state.plan.stays[0].total);
        assert!(taken.ungrounded.is_empty(), "{taken:?}");
    }
}

#[tokio::test]
async fn each_package_can_be_taken_by_its_name() {
    for (locale, asks, takes, tier) in [
        (
            Fr,
            "formules pour Porto du 3 au 8 mars au départ de Lyon à deux",
            "va pour l’équilibrée",
            "balanced",
        ),
        (
            Fr,
            "formules pour Porto du 3 au 8 mars au départ de Lyon à deux",
            "on prend la plus économique",
            "thrifty",
        ),
        (
            En,
            "packages for Porto, 3 to 8 March, from London, 2 adults",
            "the thrifty one please",
            "thrifty",
        ),
        (
            En,
            "packages for Porto, 3 to 8 March, from London, 2 adults",
            "let's go for the balanced package",
            "balanced",
        ),
    ] {
        let said = talk(locale, &[asks, takes]).await;
        let call = said[1].only("recommend_best_package");
        assert_eq!(call["tier"], tier, "{takes}: {:?}", said[1]);
        assert!(said[1].state.plan.cost.is_some(), "{takes}");
    }
}

#[tokio::test]
async fn a_question_about_a_package_takes_none() {
    let asks = "packages for Porto, 3 to 8 March, from London, 2 adults";
    for text in [
        "what is in the comfort one?",
        "show me flights in comfort, I'll take the morning one",
    ] {
        let said = talk(En, &[asks, text]).await;
        let taken = said[1]
            .tools
            .iter()
            .any(|(_, call)| call.get("tier").is_some());
        assert!(!taken, "{text}: {:?}", said[1].tools);
    }
}
