//! Thoughts that only a closing tag tells of, and what is remembered of an endpoint.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::tools;
use crate::markup::{End, Habit, Habits, Markup, Piece, Unmarked};

const WHOLE: End = End {
    cut: false,
    calls: false,
    teaches: true,
};

fn shown(pieces: Vec<Piece>) -> String {
    let texts = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Thought(_) => None,
    });
    texts.collect()
}

/// One answer: what is shown piece by piece, and at its end.
fn answer(habits: &Arc<Habits>, pieces: &[&str], end: End) -> (Vec<String>, Markup) {
    let mut unmarked = Unmarked::new(tools(), Arc::clone(habits));
    let now = Instant::now();
    let mut said: Vec<_> = pieces
        .iter()
        .map(|text| shown(unmarked.push(text, now)))
        .collect();
    said.push(shown(unmarked.finish(end)));
    (said, unmarked.into_markup())
}

#[test]
fn a_first_answer_is_held_back_and_the_habit_remembered() {
    let habits = Arc::default();
    let (said, markup) = answer(
        &habits,
        &["I should", " look.\n</th", "ink>\n\nThree", " flights."],
        WHOLE,
    );
    assert_eq!(said, ["", "", "Three", " flights.", ""]);
    assert!(markup.thought && !markup.late);
    assert_eq!(habits.get(), Habit::ClosesAlone);
    // However long the next thought is.
    let long = "hm ".repeat(5_000);
    let (said, _) = answer(&habits, &[&long, "</think>", "Two."], WHOLE);
    assert_eq!(said.concat(), "Two.");
    // Where its end is missing, it is none to show; an answer without one is shown at its end.
    let (said, markup) = answer(&habits, &["hm"], End { cut: true, ..WHOLE });
    assert_eq!((said.concat(), markup.thought), (String::new(), true));
    let (said, _) = answer(
        &habits,
        &["hm"],
        End {
            calls: true,
            ..WHOLE
        },
    );
    assert_eq!(said.concat(), "");
    let (said, _) = answer(&habits, &["One."], WHOLE);
    assert_eq!(said, ["", "One."]);
    assert_eq!(habits.get(), Habit::Unknown);
}

#[test]
fn an_endpoint_without_thoughts_is_held_back_once() {
    let habits = Arc::default();
    let (said, _) = answer(&habits, &["Three", " flights."], WHOLE);
    assert_eq!(said, ["", "", "Three flights."]);
    let (said, _) = answer(&habits, &["Two", "."], WHOLE);
    assert_eq!(said, ["Two", ".", ""]);
    // A tag after that is cut, and what follows is held back from then on.
    let (said, markup) = answer(&habits, &["hm", "</think>", "One."], WHOLE);
    assert_eq!(said.concat(), "hm\n\nOne.");
    assert!(markup.late);
    assert_eq!(habits.get(), Habit::ClosesAlone);
}

#[test]
fn what_opens_or_tells_apart_its_thoughts_is_not_held_back() {
    let habits = Arc::default();
    let (said, _) = answer(&habits, &["<think>hm</think>", "Three", "."], WHOLE);
    assert_eq!(said, ["", "Three", ".", ""]);
    assert_eq!(habits.get(), Habit::Opens);
    let mut unmarked = Unmarked::new(tools(), Arc::default());
    assert!(unmarked.is_told_apart().is_empty());
    assert_eq!(shown(unmarked.push("Three", Instant::now())), "Three");
}

#[test]
fn patience_and_room_are_bounded() {
    let mut unmarked = Unmarked::new(tools(), Arc::default());
    assert_eq!(unmarked.due(), None);
    let now = Instant::now();
    assert!(unmarked.push("hm", now).is_empty());
    assert_eq!(unmarked.due(), Some(now + Duration::from_secs(2)));
    assert_eq!(shown(unmarked.release()), "hm");
    assert_eq!(unmarked.due(), None);
    let mut unmarked = Unmarked::new(tools(), Arc::default());
    let text = "a".repeat(4_096);
    assert!(unmarked.push(&text, now).is_empty());
    assert_eq!(shown(unmarked.push("a", now)).len(), 4_097);
}

#[test]
fn what_teaches_nothing_leaves_the_habit_open() {
    let habits = Arc::default();
    for end in [
        End { cut: true, ..WHOLE },
        End {
            teaches: false,
            ..WHOLE
        },
    ] {
        let (said, _) = answer(&habits, &["Three."], end);
        assert_eq!(
            (said.concat().as_str(), habits.get()),
            ("Three.", Habit::Unknown)
        );
    }
    let (_, _) = answer(&habits, &[], WHOLE);
    assert_eq!(habits.get(), Habit::Unknown);
    // A call that a thought holds does not run.
    let call =
        "<tool_call>{\"name\": \"search_flights\", \"arguments\": {}}</tool_call></think>Three.";
    let (said, markup) = answer(&habits, &[call], WHOLE);
    assert_eq!(
        (said.concat().as_str(), markup.written.len()),
        ("Three.", 0)
    );
}

#[test]
fn the_operator_is_told_once() {
    let habits = Habits::default();
    assert!(habits.is_news("a") && !habits.is_news("a") && habits.is_news("b"));
}
