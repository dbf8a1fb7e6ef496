//! What there is to see.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
};

use super::{Said, talk};

fn names(said: &Said) -> Vec<String> {
    let blocks = said.sheets.iter().flat_map(|sheet| &sheet.blocks);
    let items = blocks.filter_map(|block| match block {
        Block::Items { items, .. } => Some(items),
        _ => None,
    });
    items.flatten().map(|item| item.name.clone()).collect()
}

#[tokio::test]
async fn sights_are_those_of_the_table_in_its_order() {
    for (locale, message, code) in [
        (Fr, "que voir à Rome ?", "ROM"),
        (En, "what is there to see in Vienna?", "VIE"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        assert_eq!(said.only("find_cultural_activities")["city"], code);
        let table = guide::sights::of(code.parse().unwrap()).iter().take(8);
        let table: Vec<_> = table.map(|sight| sight.name(locale)).collect();
        assert_eq!(names(&said), table, "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn tastes_and_refusals_count() {
    let said = talk(Fr, &["quels musées voir à Paris ?"]).await.remove(0);
    let call = said.only("find_cultural_activities");
    assert_eq!(call["interests"][0], "museums", "{said:?}");
    let said = talk(En, &["what can we see in Paris, but no museums?"])
        .await
        .remove(0);
    let call = said.only("find_cultural_activities");
    assert_eq!(call["exclude"][0], "museums", "{said:?}");
    assert!(!names(&said).iter().any(|name| name.contains("Louvre")));
}

#[tokio::test]
async fn what_is_near_a_spot_is_found_by_distance() {
    for (locale, message) in [
        (Fr, "qu’y a-t-il autour du Colisée à Rome ?"),
        (En, "what is there around the Colosseum in Rome?"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("find_nearby_attractions");
        assert_eq!(call["city"], "ROM", "{said:?}");
        let code = "ROM".parse().unwrap();
        let place = guide::nearby::named(code, call["near"].as_str().unwrap()).unwrap();
        let near = guide::nearby::near(code, place, 2.0);
        let near: Vec<_> = near
            .iter()
            .take(8)
            .map(|near| near.sight.name(locale))
            .collect();
        assert_eq!(names(&said), near, "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn an_unknown_spot_is_said_and_known_ones_are_offered() {
    let said = talk(En, &["what is there around Zanzibo Tower in Rome?"])
        .await
        .remove(0);
    said.only("find_nearby_attractions");
    assert!(said.reply.contains("do not know"), "{said:?}");
    assert!(said.reply.contains("Colosseum"), "{said:?}");
}
