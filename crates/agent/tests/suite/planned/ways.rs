//! What a trip of several cities costs: with the flights of all of its ways, or it says which are missing.

use agent::locale::Locale::{En, Fr};

use super::{Said, talk};

fn line(said: &Said, expense: &str) -> Option<i64> {
    let cost = said.state.plan.cost.as_ref()?;
    let line = cost.lines.iter().find(|line| line.expense == expense)?;
    Some(line.total.minor)
}

fn check(said: &Said, ways: usize, cities: &[&str]) {
    let call = said.only("calculate_total_cost");
    let legs = call["legs"].as_array().unwrap();
    assert_eq!(legs.len() + 1, ways, "{said:?}");
    let cost = said.state.plan.cost.as_ref().unwrap();
    let sum: i64 = cost.lines.iter().map(|line| line.total.minor).sum();
    assert_eq!(sum, cost.total.minor);
    for city in cities {
        assert!(said.reply.contains(city), "{}", said.reply);
    }
    assert!(said.ungrounded.is_empty(), "{said:?}");
}

#[tokio::test]
async fn the_total_counts_the_flights_of_every_way() {
    for (locale, trip, total, cities) in [
        (
            En,
            "Sydney to Hong Kong on 9 April, then Hong Kong to Seoul on 14 April, and Seoul to Sydney on 22 April, 2 adults",
            "so what is the grand total?",
            ["Hong Kong", "Seoul"],
        ),
        (
            Fr,
            "Paris Rome le 3 mai, puis Rome Athènes le 8 mai, et Athènes Paris le 14 mai, pour 2 adultes",
            "ça fait combien au total ?",
            ["Rome", "Athènes"],
        ),
    ] {
        let said = talk(locale, &[trip, total]).await;
        let [found, cost] = said.as_slice() else {
            unreachable!("two messages");
        };
        check(cost, 3, &cities);
        let offer = &found.state.proposal.as_ref().unwrap().offer;
        assert_eq!(offer.slices.len(), 3);
        assert_eq!(line(cost, "flights"), Some(offer.total.minor), "{cost:?}");
        let says = locale.pick("tous trajets compris", "of all the ways");
        assert!(cost.reply.contains(says), "{}", cost.reply);
    }
}

#[tokio::test]
async fn a_way_back_from_another_city_is_counted_with_the_nights_of_both() {
    let said = talk(
        Fr,
        &[
            "Paris Los Angeles le 3 août, retour San Francisco Paris le 17 août, 2 adultes",
            "hôtels : Los Angeles du 3 au 9 août, San Francisco du 9 au 17 août",
            "et à San Francisco, on y mange quoi ?",
            "budget total pour nous deux ?",
        ],
    )
    .await;
    let offer = said[0].state.proposal.as_ref().unwrap().offer.clone();
    check(&said[3], 2, &["Los Angeles", "San Francisco"]);
    assert_eq!(line(&said[3], "flights"), Some(offer.total.minor));
    let stays: i64 = said[3]
        .state
        .plan
        .stays
        .iter()
        .map(|stay| stay.total.minor)
        .sum();
    assert_eq!(line(&said[3], "stay"), Some(stays));
}

#[tokio::test]
async fn one_city_of_several_is_told_without_flights_and_says_so() {
    let trip =
        "Paris to Rome on 3 May, then Rome to Athens on 8 May, Athens to Paris on 14 May, 2 adults";
    let said = talk(En, &[trip, "what budget do we need for Athens?"]).await;
    let call = said[1].only("calculate_total_cost");
    assert_eq!(call["city"], "ATH", "{call}");
    assert!(
        said[1].reply.contains("without flights"),
        "{}",
        said[1].reply
    );
    assert!(
        !said[1].reply.contains("Where would you leave from"),
        "{}",
        said[1].reply
    );
}
