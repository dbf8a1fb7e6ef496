//! Whole trips in three tiers.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
    travel::{Money, format},
};

use super::{Said, talk};

fn total(said: &Said) -> i64 {
    let cost = said.state.plan.cost.as_ref().unwrap();
    let lines: i64 = cost.lines.iter().map(|line| line.total.minor).sum();
    assert_eq!(lines, cost.total.minor);
    let flight = said.state.plan.flight.as_ref().unwrap();
    assert_eq!(cost.lines[0].total, flight.total);
    assert_eq!(cost.lines[1].total, said.state.plan.stays[0].total);
    cost.total.minor
}

#[tokio::test]
async fn the_best_within_the_budget_is_advised_and_becomes_the_trip() {
    for (locale, message) in [
        (
            Fr,
            "Quelle est la meilleure formule vol + hôtel pour Lisbonne du 3 au 8 mars, 2 adultes de Lyon ? On a 2500 € tout compris.",
        ),
        (
            En,
            "What's the best package for Lisbon, 3 to 8 March 2027, two adults from Lyon? We have 2,500 euros all in.",
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("recommend_best_package");
        assert_eq!(
            (
                &call["departure"],
                &call["arrival"],
                &call["date"],
                &call["return_date"]
            ),
            (
                &"LYS".into(),
                &"LIS".into(),
                &"2027-03-03".into(),
                &"2027-03-08".into()
            ),
            "{said:?}"
        );
        assert_eq!(
            (&call["budget"], &call["adults"]),
            (&2500.into(), &2.into()),
            "{said:?}"
        );
        let total = total(&said);
        assert!(total <= 250_000);
        let eur = |minor| Money::new(minor, agent::travel::Currency::eur());
        let told = format::whole_money(eur(total), locale);
        let left = format::whole_money(eur(250_000 - total), locale);
        assert!(
            said.reply.contains(&told) && said.reply.contains(&left),
            "{said:?}"
        );
        let Block::Table { head, rows, .. } = &said.sheets[0].blocks[0] else {
            panic!("{said:?}")
        };
        assert_eq!((head.len(), rows.len()), (4, 6));
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn a_budget_that_none_fits_is_said_with_what_would() {
    for (locale, message) in [
        (
            Fr,
            "Quelle est la meilleure formule vol + hôtel pour Lisbonne du 3 au 10 mars, 2 adultes de Lyon ? On a 900 € tout compris.",
        ),
        (
            En,
            "What's the best package for Lisbon, 3 to 10 March 2027, two adults from Lyon? We have 900 euros all in.",
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        said.only("recommend_best_package");
        assert!(said.state.plan.flight.is_none(), "{said:?}");
        let word = locale.pick("dépasse de", "over");
        assert!(said.reply.contains(word), "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn the_children_join_a_package_and_the_cost_goes_on_with_it() {
    let turns = talk(
        En,
        &[
            "what's the best package for Lisbon, 3 to 8 March 2027, two adults from Lyon?",
            "and with the kids, 6 and 9?",
            "so what's the damage in total",
        ],
    )
    .await;
    let call = turns[1].only("recommend_best_package");
    assert_eq!(
        call["children_ages"],
        serde_json::json!([6, 9]),
        "{turns:?}"
    );
    assert!(total(&turns[1]) > total(&turns[0]));
    turns[2].only("calculate_total_cost");
    assert_eq!(total(&turns[2]), total(&turns[1]), "{:?}", turns[2]);
}
