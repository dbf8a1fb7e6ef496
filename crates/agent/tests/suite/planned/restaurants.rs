//! What to eat, and where.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
};

use super::talk;

#[tokio::test]
async fn dishes_and_quarters_are_those_of_the_tables() {
    for (locale, message) in [
        (Fr, "où manger à Lisbonne ?"),
        (En, "where should we eat in Lisbon?"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        assert_eq!(said.only("recommend_restaurants")["city"], "LIS");
        let Block::Items { items, .. } = &said.sheets[0].blocks[1] else {
            panic!("{said:?}")
        };
        let dishes = guide::dishes::to_try("PT", 8);
        assert_eq!(items.len(), dishes.len());
        for (item, dish) in items.iter().zip(dishes) {
            assert_eq!(item.name.to_lowercase(), dish.name(locale).to_lowercase());
        }
        let Block::Items { items, .. } = &said.sheets[0].blocks[0] else {
            panic!("{said:?}")
        };
        let quarters = guide::quarters::of("LIS".parse().unwrap());
        for item in items {
            let quarter = quarters
                .iter()
                .find(|quarter| quarter.name(locale) == item.name);
            assert!(quarter.unwrap().is(guide::quarters::Tag::Food));
        }
        let owned = locale.pick("aucun restaurant", "no restaurant");
        assert!(said.reply.contains(owned), "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}
