//! All that is known of one offer.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
    travel::format,
};

use super::talk;

#[tokio::test]
async fn the_named_offer_is_told_flight_by_flight_with_the_price_of_now() {
    for (locale, messages) in [
        (
            Fr,
            [
                "vols de Lyon à New York le 3 mars, retour le 10 mars, pour 2 adultes",
                "détaille moi la deuxième offre",
                "donne-moi les détails du n° 3",
            ],
        ),
        (
            En,
            [
                "flights from Lyon to New York on 3 March, back on 10 March, for 2 adults",
                "details of the second one? stops, waiting etc",
                "more about number 3",
            ],
        ),
    ] {
        let turns = talk(locale, &messages).await;
        for (turn, number) in turns[1..].iter().zip([2, 3]) {
            let call = turn.only("get_flight_details");
            assert_eq!(call["offer"], format!("#{number}"), "{turn:?}");
            let offer = &turn.state.offers[number - 1];
            let sheet = &turn.sheets[0];
            let segments: usize = offer.slices.iter().map(|slice| slice.segments.len()).sum();
            let waits: usize = offer
                .slices
                .iter()
                .map(|slice| slice.layovers().count())
                .sum();
            let days = sheet.blocks.iter().filter_map(|block| match block {
                Block::Day { stops, .. } => Some(stops.len()),
                _ => None,
            });
            assert_eq!(days.sum::<usize>(), segments + waits);
            let facts = sheet.blocks.iter().find_map(|block| match block {
                Block::Facts { facts, .. } => Some(facts),
                _ => None,
            });
            let each = &offer.per_passenger[0].amount;
            let each = agent::travel::Money::parse(each, offer.currency()).unwrap();
            assert_eq!(facts.unwrap()[0].value, format::money(each, locale));
            let stands = locale.pick("vérifié à l’instant", "just checked");
            assert!(turn.reply.contains(stands), "{turn:?}");
            assert!(
                turn.reply.contains(&format::money(offer.total, locale)),
                "{turn:?}"
            );
            assert!(turn.ungrounded.is_empty(), "{turn:?}");
        }
    }
}

#[tokio::test]
async fn without_an_offer_there_is_nothing_to_detail() {
    for (locale, message) in [
        (Fr, "les détails de la première offre ?"),
        (En, "full details of the first offer?"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        assert!(said.tools.is_empty() && !said.reply.is_empty(), "{said:?}");
    }
}
