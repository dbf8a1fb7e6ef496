//! What the whole trip costs.

use agent::{
    locale::Locale::{self, En, Fr},
    sheet::Block,
    travel::{Money, format},
};
use guide::{
    costs::{Meals, meals, visits},
    destination,
    stays::{Category, Stay, hotel},
};

use super::{Said, talk};

/// The parts of the cost in the trip, checked: the sum is the total, and each is rounded up.
fn parts(said: &Said, people: i64) -> Vec<(String, i64)> {
    let cost = said.state.plan.cost.as_ref().unwrap();
    let lines = cost
        .lines
        .iter()
        .map(|line| (line.expense.clone(), line.total.minor));
    let lines: Vec<_> = lines.collect();
    assert_eq!(
        lines.iter().map(|(_, minor)| minor).sum::<i64>(),
        cost.total.minor
    );
    assert_eq!(
        (cost.total.minor + people - 1) / people,
        cost.per_person.minor
    );
    lines
}

fn shown(said: &Said, minor: i64, locale: Locale) -> bool {
    let currency = said.state.plan.cost.as_ref().unwrap().total.currency;
    said.reply
        .contains(&format::whole_money(Money::new(minor, currency), locale))
}

#[tokio::test]
async fn the_cost_is_that_of_the_tables_and_says_what_is_not_counted() {
    for (locale, message) in [
        (Fr, "quel budget pour Lisbonne du 3 au 8 mars à deux ?"),
        (
            En,
            "what budget do we need for Lisbon from 3 to 8 March, 2 people?",
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("calculate_total_cost");
        assert_eq!(
            (&call["city"], &call["adults"]),
            (&"LIS".into(), &2.into()),
            "{said:?}"
        );
        let place = destination::by_code("LIS".parse().unwrap()).unwrap();
        let stay = Stay::of("2027-03-03".parse().unwrap(), 5).unwrap();
        let party = agent::travel::Party {
            adults: 2,
            children: Vec::new(),
            infants: 0,
        };
        let eur = agent::travel::Currency::eur();
        let expected = [
            (
                "stay",
                hotel(place, stay, 1, Category::Mid, eur).unwrap().total,
            ),
            (
                "meals",
                meals(place, stay, &party, Meals::Normal, eur).unwrap(),
            ),
            (
                "visits",
                visits(place, stay.check_in, stay.check_out, &party, eur).unwrap(),
            ),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, total)| ((*name).to_owned(), total.minor))
            .collect();
        assert_eq!(parts(&said, 2), expected);
        let total = expected.iter().map(|(_, minor)| minor).sum();
        assert!(shown(&said, total, locale), "{said:?}");
        let asks = locale.pick("D’où partiriez-vous", "Where would you leave from");
        assert!(said.reply.contains(asks), "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn the_total_is_that_of_the_trip_which_the_conversation_built() {
    for (locale, messages) in [
        (
            Fr,
            [
                "vols de Lyon à Lisbonne le 3 mars, retour le 8 mars, pour 2 adultes",
                "un hôtel pas cher pour ces nuits",
                "et au total, ça nous revient à combien ?",
                "On a mis 6000 £ de côté : le total en livres ?",
            ],
        ),
        (
            En,
            [
                "flights from Lyon to Lisbon on 3 March, back on 8 March, for 2 adults",
                "a cheap hotel for those nights",
                "so what's the damage in total",
                "The total in pounds? We've put £6,000 aside",
            ],
        ),
    ] {
        let turns = talk(locale, &messages).await;
        let offer = &turns[0].state.proposal.as_ref().unwrap().offer;
        let stay = &turns[1].state.plan.stays[0];
        let lines = parts(&turns[2], 2);
        assert_eq!(
            lines[0],
            ("flights".to_owned(), offer.total.minor),
            "{turns:?}"
        );
        assert_eq!(lines[1], ("stay".to_owned(), stay.total.minor), "{turns:?}");
        let call = turns[3].only("calculate_total_cost");
        assert_eq!(call["currency"], "GBP", "{:?}", turns[3]);
        assert_eq!(call["budget"], 6000, "{:?}", turns[3]);
        let cost = turns[3].state.plan.cost.as_ref().unwrap();
        let left = 600_000 - cost.total.minor;
        assert!(
            shown(&turns[3], left, locale) && turns[3].ungrounded.is_empty(),
            "{:?}",
            turns[3]
        );
    }
}

#[tokio::test]
async fn what_is_too_dear_gets_cheaper_by_named_steps_and_nothing_is_dropped() {
    for (locale, messages) in [
        (
            Fr,
            [
                "quel budget total pour Lisbonne du 3 au 8 mars à deux depuis Lyon ? On a 600 €",
                "c'est trop cher, que peux-tu enlever ?",
            ],
        ),
        (
            En,
            [
                "what budget do we need for Lisbon from 3 to 8 March, 2 people, from Lyon? We have 600 euros",
                "too expensive, what can go?",
            ],
        ),
    ] {
        let turns = talk(locale, &messages).await;
        assert_eq!(
            turns[0].only("calculate_total_cost")["budget"],
            600,
            "{turns:?}"
        );
        let cost = turns[0].state.plan.cost.clone().unwrap();
        assert!(
            shown(&turns[0], cost.total.minor - 60_000, locale),
            "{:?}",
            turns[0]
        );
        let call = turns[1].only("calculate_total_cost");
        assert_eq!(call["savings"], true);
        let items = turns[1].sheets[0]
            .blocks
            .iter()
            .find_map(|block| match block {
                Block::Items { items, .. } => Some(items.len()),
                _ => None,
            });
        assert!(items.is_some_and(|count| count >= 3), "{:?}", turns[1]);
        assert_eq!(turns[1].state.plan.cost.as_ref(), Some(&cost));
        assert!(
            turns.iter().all(|turn| turn.ungrounded.is_empty()),
            "{turns:?}"
        );
    }
}

#[tokio::test]
async fn a_country_takes_its_main_destination_and_a_length_some_days_and_both_are_said() {
    for (locale, message, city) in [
        (Fr, "quel budget pour 10 jours au Japon à deux ?", "Tokyo"),
        (
            En,
            "what budget do we need for 10 days in Japan for two?",
            "Tokyo",
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("calculate_total_cost");
        assert_eq!(
            (&call["city"], &call["adults"]),
            (&"TYO".into(), &2.into()),
            "{said:?}"
        );
        assert!(said.reply.contains(city), "{said:?}");
        assert!(
            said.reply
                .contains(locale.pick("Faute de dates", "As no dates")),
            "{said:?}"
        );
    }
}

#[tokio::test]
async fn the_children_join_with_their_ages() {
    let turns = talk(
        En,
        &[
            "what would a trip to Lisbon cost from 3 to 8 March for two adults?",
            "and with the kids, 6 and 9?",
        ],
    )
    .await;
    let call = turns[1].only("calculate_total_cost");
    assert_eq!(
        call["children_ages"],
        serde_json::json!([6, 9]),
        "{turns:?}"
    );
    let total = |said: &Said| said.state.plan.cost.as_ref().unwrap().total.minor;
    assert!(total(&turns[1]) > total(&turns[0]));
}
