//! What turns cost, in the store: summed once, by owner and day, and kept.

use std::sync::Arc;

use agent::store::{FinishedTurn, NewTurn, Owner, Spent};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use super::store::{
    AnyStore, TempFile, at, finished, first_turn, next_turn, on_every_store, owner,
};

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The end of a turn that cost this much.
fn paid(turn: &NewTurn, usd: Option<f64>) -> FinishedTurn {
    let mut finished = finished(turn, "Rome ?", None);
    finished.answer.usage.prompt_tokens = 100;
    finished.answer.usage.total_tokens = 100;
    finished.answer.usage.estimated_cost_usd = usd;
    finished
}

async fn pay(store: &AnyStore, turn: &NewTurn, usd: Option<f64>) -> FinishedTurn {
    store.begin_turn(turn).await.unwrap();
    let finished = paid(turn, usd);
    store.finish_turn(&finished).await.unwrap();
    finished
}

async fn spent(store: &AnyStore, owner: &Owner, day: Date) -> (f64, f64) {
    let Spent {
        by_owner_usd,
        total_usd,
    } = store.spent(owner, day).await.unwrap();
    assert_eq!(store.spent_in_total(day).await.unwrap(), total_usd);
    (by_owner_usd, total_usd)
}

async fn each_owner_has_a_sum_and_so_has_the_day(store: AnyStore) {
    let today = day(at(0));
    assert_eq!(spent(&store, &owner("anna"), today).await, (0.0, 0.0));
    let first = first_turn("Rome");
    pay(&store, &first, Some(0.1)).await;
    pay(&store, &next_turn(&first, "en mai"), Some(0.2)).await;
    let mut other = first_turn("Oslo");
    other.owner = owner("bert");
    pay(&store, &other, Some(0.000_000_001)).await;
    // Integers: a sum of floats would be 0.30000000000000004.
    assert_eq!(
        spent(&store, &owner("anna"), today).await,
        (0.3, 0.300_000_001)
    );
    assert_eq!(
        spent(&store, &owner("bert"), today).await,
        (0.000_000_001, 0.300_000_001)
    );
    let tomorrow = today.tomorrow().unwrap();
    assert_eq!(spent(&store, &owner("anna"), tomorrow).await, (0.0, 0.0));
}

async fn an_unknown_cost_adds_nothing(store: AnyStore) {
    // Nor does what no price table can give.
    for usd in [None, Some(0.0), Some(-1.0), Some(f64::INFINITY)] {
        pay(&store, &first_turn("Rome"), usd).await;
    }
    assert_eq!(spent(&store, &owner("anna"), day(at(0))).await, (0.0, 0.0));
}

async fn a_repeated_end_counts_once(store: AnyStore) {
    let turn = first_turn("Rome");
    let finished = pay(&store, &turn, Some(0.25)).await;
    store.finish_turn(&finished).await.unwrap();
    let again = FinishedTurn {
        at: at(2 * 86_400),
        ..finished
    };
    store.finish_turn(&again).await.unwrap();
    let anna = owner("anna");
    assert_eq!(spent(&store, &anna, day(at(0))).await, (0.25, 0.25));
    assert_eq!(spent(&store, &anna, day(again.at)).await, (0.0, 0.0));
}

async fn a_deleted_conversation_gives_no_money_back(store: AnyStore) {
    let anna = owner("anna");
    let before = first_turn("Rome");
    pay(&store, &before, Some(0.5)).await;
    store
        .delete_conversation(&anna, before.ids.conversation)
        .await
        .unwrap();
    // Nor does one that is deleted while its turn still runs.
    let during = first_turn("Oslo");
    store.begin_turn(&during).await.unwrap();
    store
        .delete_conversation(&anna, during.ids.conversation)
        .await
        .unwrap();
    let late = paid(&during, Some(0.25));
    store.finish_turn(&late).await.unwrap();
    store.finish_turn(&late).await.unwrap();
    assert_eq!(spent(&store, &anna, day(at(0))).await, (0.75, 0.75));
}

async fn a_day_ends_at_midnight_utc(store: AnyStore) {
    let midnight: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
    let anna = owner("anna");
    for (at, usd) in [
        (midnight - Span::new().milliseconds(1), 0.5),
        (midnight, 0.25),
    ] {
        let turn = first_turn("Rome");
        store.begin_turn(&turn).await.unwrap();
        let finished = FinishedTurn {
            at,
            ..paid(&turn, Some(usd))
        };
        store.finish_turn(&finished).await.unwrap();
    }
    let day = |text: &str| text.parse::<Date>().unwrap();
    assert_eq!(spent(&store, &anna, day("2026-11-22")).await, (0.5, 0.5));
    assert_eq!(spent(&store, &anna, day("2026-11-23")).await, (0.25, 0.25));
}

async fn old_days_are_forgotten(store: AnyStore) {
    let anna = owner("anna");
    let pay_on = async |days: i64| {
        let turn = first_turn("Rome");
        store.begin_turn(&turn).await.unwrap();
        let finished = FinishedTurn {
            at: at(days * 86_400),
            ..paid(&turn, Some(0.5))
        };
        store.finish_turn(&finished).await.unwrap();
        day(finished.at)
    };
    let (first, second) = (pay_on(0).await, pay_on(1).await);
    pay_on(400).await;
    assert_eq!(spent(&store, &anna, first).await, (0.5, 0.5));
    pay_on(401).await;
    assert_eq!(spent(&store, &anna, first).await, (0.0, 0.0));
    assert_eq!(spent(&store, &anna, second).await, (0.5, 0.5));
}

async fn turns_that_end_together_all_count(store: AnyStore) {
    let turns: Vec<_> = (0..24).map(|_| first_turn("Rome")).collect();
    for turn in &turns {
        store.begin_turn(turn).await.unwrap();
    }
    let ends = turns.iter().flat_map(|turn| {
        // Each twice, as after an end that was written but not acknowledged.
        [paid(turn, Some(0.1)), paid(turn, Some(0.1))]
    });
    let tasks: Vec<_> = ends
        .map(|end| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.finish_turn(&end).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(spent(&store, &owner("anna"), day(at(0))).await, (2.4, 2.4));
}

async fn a_conversation_sums_its_usage(store: AnyStore) {
    let first = first_turn("Rome");
    pay(&store, &first, Some(0.125)).await;
    pay(&store, &next_turn(&first, "en mai"), Some(0.25)).await;
    let anna = owner("anna");
    let read = async || store.conversation(&anna, first.ids.conversation).await;
    let whole = read().await.unwrap();
    assert_eq!(whole.usage.estimated_cost_usd, Some(0.375));
    assert_eq!(whole.usage.prompt_tokens, 200);
    assert_eq!(whole.usage.total_tokens, 200);
    pay(&store, &next_turn(&first, "le 3"), None).await;
    let whole = read().await.unwrap();
    assert_eq!(whole.usage.estimated_cost_usd, None, "one price is unknown");
    assert_eq!(whole.usage.total_tokens, 300);
}

on_every_store!(
    each_owner_has_a_sum_and_so_has_the_day,
    an_unknown_cost_adds_nothing,
    a_repeated_end_counts_once,
    a_deleted_conversation_gives_no_money_back,
    a_day_ends_at_midnight_utc,
    old_days_are_forgotten,
    turns_that_end_together_all_count,
    a_conversation_sums_its_usage,
);

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_survives_a_restart() {
    let file = TempFile::new();
    let turn = first_turn("Rome");
    let finished = pay(&file.open().await, &turn, Some(0.25)).await;
    let store = file.open().await;
    store.finish_turn(&finished).await.unwrap();
    pay(&store, &next_turn(&turn, "en mai"), Some(0.5)).await;
    drop(store);
    let store = file.open().await;
    assert_eq!(
        spent(&store, &owner("anna"), day(at(0))).await,
        (0.75, 0.75)
    );
}
