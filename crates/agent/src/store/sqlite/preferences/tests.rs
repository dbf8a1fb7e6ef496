use std::time::Duration;

use super::*;
use crate::store::{
    SqliteStore, Store,
    sqlite::testing::{Folder, other, url},
};

fn in_currency(code: &str) -> Preferences {
    Preferences {
        currency: Some(code.to_owned()),
        ..Preferences::default()
    }
}

#[tokio::test]
async fn the_database_is_asked_once_and_again_after_a_change() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let anna = Owner("anna".to_owned());
    let nothing = Preferences::default();
    assert_eq!(store.preferences(&anna).await, Ok(nothing.clone()));
    // Behind the store's back, which nobody does: so it is seen that it does not look.
    let behind = |code: &str| {
        other(&folder)
            .execute(
                "INSERT OR REPLACE INTO preference (owner, currency) VALUES ('anna', ?)",
                [code],
            )
            .unwrap();
    };
    behind("USD");
    assert_eq!(store.preferences(&anna).await, Ok(nothing));
    store
        .set_preferences(&anna, &in_currency("CHF"))
        .await
        .unwrap();
    assert_eq!(store.preferences(&anna).await, Ok(in_currency("CHF")));
    behind("USD");
    assert_eq!(store.preferences(&anna).await, Ok(in_currency("CHF")));
}

#[test]
fn what_was_read_before_a_change_is_not_kept() {
    let (known, anna) = (Known::default(), Owner("anna".to_owned()));
    let before = *known.changes();
    known.forget(&anna);
    known.keep(&anna, &in_currency("CHF"), before);
    assert_eq!(known.0.recent.get(anna.clone()), None);
    let after = *known.changes();
    known.keep(&anna, &in_currency("USD"), after);
    assert_eq!(known.0.recent.get(anna), Some(in_currency("USD")));
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_nothing_old_behind() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let anna = Owner("anna".to_owned());
    for code in ["CHF", "USD", "EUR", "JPY"] {
        store.preferences(&anna).await.unwrap();
        let chosen = in_currency(code);
        {
            let mut set = std::pin::pin!(store.set_preferences(&anna, &chosen));
            assert!(futures::poll!(&mut set).is_pending());
        }
        // The one writer makes changes in their order, so that this one comes after it.
        let ben = Owner("ben".to_owned());
        store.set_preferences(&ben, &chosen).await.unwrap();
        let stored: String = other(&folder)
            .query_row(
                "SELECT currency FROM preference WHERE owner = 'anna'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(stored, code);
        // Its task may still have to hear of it.
        let heard = async {
            while store.preferences(&anna).await != Ok(in_currency(code)) {
                tokio::task::yield_now().await;
            }
        };
        let heard = tokio::time::timeout(Duration::from_secs(60), heard).await;
        assert_eq!(heard, Ok(()), "{code}");
    }
}
