//! The trip's files, and taking its last change back.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
};

use super::talk;

#[tokio::test]
async fn the_files_of_a_trip_are_linked_and_named() {
    for (locale, stay, wish, words) in [
        (
            Fr,
            "un hôtel à Lisbonne du 3 au 6 mars pour 2 personnes",
            "tu peux me mettre ça dans mon agenda ?",
            "calendrier",
        ),
        (
            En,
            "a hotel in Lisbon from 3 to 6 March for 2 people",
            "can you stick it in my calendar",
            "calendar",
        ),
    ] {
        let turns = talk(locale, &[stay, wish]).await;
        turns[1].only("export_trip");
        assert!(turns[1].reply.contains(words), "{}", turns[1].reply);
        let Block::Links { links } = &turns[1].sheets[0].blocks[0] else {
            panic!("{:?}", turns[1])
        };
        assert!(links.iter().all(|link| link.path.starts_with("/trips/")));
        // No day is planned: there is no way to follow.
        assert_eq!(links.len(), 4);
    }
}

#[tokio::test]
async fn without_a_trip_there_is_nothing_to_export() {
    let said = talk(Fr, &["exporte le voyage en markdown"]).await.remove(0);
    assert!(said.sheets.is_empty(), "{said:?}");
    assert!(
        said.reply.contains("pas encore de voyage"),
        "{}",
        said.reply
    );
}

#[tokio::test]
async fn the_last_change_is_taken_back_once() {
    let turns = talk(
        En,
        &[
            "a hotel in Lisbon from 3 to 6 March for 2 people",
            "undo the last change of the trip",
            "undo the last change of the trip",
        ],
    )
    .await;
    turns[1].only("undo_trip_change");
    assert!(
        turns[1].state.plan.stays.is_empty(),
        "{:?}",
        turns[1].state.plan
    );
    assert!(turns[1].reply.contains("taken back"), "{}", turns[1].reply);
    assert!(turns[2].reply.contains("no change"), "{}", turns[2].reply);
}
