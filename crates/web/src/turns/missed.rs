//! What a reader missed of a turn whose events are no longer kept, made of its stored answer.

use agent::answer::{Answer, TurnIds};
use serde_json::json;

use super::{EndedTurn, LoggedEvent};
use crate::sse;

/// The events for a reader that has seen those up to `after`: the rest of the text in one `delta`, and
/// the end, which holds whatever else it missed. Their ids are those of the last events of the turn,
/// so that the reader can come back once more.
#[must_use]
pub fn missed(turn: &EndedTurn, after: u64, answer: &Answer) -> Vec<LoggedEvent> {
    let last = turn.last_event;
    let mut events = Vec::new();
    let mut push = |id, name, data| events.push(LoggedEvent::new(id, name, || data));
    if after >= last {
        return events;
    }
    if after == 0 {
        let ids = TurnIds {
            conversation: answer.conversation_id,
            user_message: answer.user_message_id,
            message: answer.message_id,
            trace: answer.trace_id.clone(),
        };
        push(1, "started", sse::started(&ids));
    }
    if let Some(problem) = &turn.failure {
        push(last, "failed", sse::failed(problem));
        return events;
    }
    let seen = turn.offsets.at(after);
    if let Some(rest) = answer.reply.get(seen..).filter(|rest| !rest.is_empty()) {
        push(last - 1, "delta", json!({"text": rest}).to_string());
    }
    push(last, "completed", sse::completed(answer));
    events
}

#[cfg(test)]
mod tests {
    use agent::{answer::AnswerBuilder, event::TurnEvent, locale::Locale};
    use proptest::prelude::*;
    use serde_json::Value;
    use uuid::Uuid;

    use super::*;
    use crate::{
        problem::Problem,
        turns::{EventLog, EventSize},
    };

    /// The log of a turn with these events (text, or something else), and its stored answer.
    fn turn(events: &[Option<String>]) -> (EventLog, Answer) {
        let ids = TurnIds {
            conversation: Uuid::nil(),
            user_message: Uuid::nil(),
            message: Uuid::nil(),
            trace: String::new(),
        };
        let mut builder = AnswerBuilder::new(ids.clone(), Locale::Fr);
        let log = EventLog::default();
        let told = ids.clone();
        log.push("started", EventSize::default(), move || sse::started(&told));
        for event in events {
            match event {
                None => log.push("card", EventSize::default(), || "{}".into()),
                Some(text) => {
                    let event = TurnEvent::Delta(text.clone());
                    builder.push(&event, 0.0);
                    let name = sse::name(&event).unwrap();
                    log.push(name, sse::size(&event), move || sse::data(&event));
                }
            }
        }
        let answer = builder.finish(0.0);
        let whole = sse::completed(&answer);
        log.close("completed", whole.len(), || whole);
        (log, answer)
    }

    fn text(data: &str) -> String {
        let data: Value = serde_json::from_str(data).unwrap();
        data["text"].as_str().unwrap().to_owned()
    }

    fn deltas<'a>(events: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
        let deltas = events.into_iter().filter(|(name, _)| *name == "delta");
        deltas.map(|(_, data)| text(data)).collect()
    }

    proptest! {
        #[test]
        fn whoever_comes_back_has_the_whole_text(
            events in prop::collection::vec(prop::option::of("[aé€𝄞 ]{0,9}"), 0..60),
            at in any::<prop::sample::Index>(),
            again in any::<prop::sample::Index>(),
        ) {
            let (log, answer) = turn(&events);
            let logged = log.snapshot();
            let brief = log.brief();
            let after = at.index(logged.len() + 1);
            let seen = logged[..after].iter().map(|event| (event.name, event.data()));
            let rest = missed(&brief, after as u64, &answer);
            let ids: Vec<_> = rest.iter().map(|event| event.id).collect();
            prop_assert!(ids.is_sorted_by(|a, b| a < b), "{:?}", ids);
            prop_assert!(ids.first().is_none_or(|first| *first > after as u64));
            // The reader leaves once more, and comes back for what it still misses.
            let cut = again.index(rest.len() + 1);
            let last_seen = rest[..cut].last().map_or(after as u64, |event| event.id);
            let end = missed(&brief, last_seen, &answer);
            let rest = rest[..cut].iter().chain(&end);
            let all: Vec<_> = seen
                .chain(rest.map(|event| (event.name, event.data())))
                .collect();
            prop_assert_eq!(deltas(all.iter().copied()), answer.reply.clone());
            prop_assert_eq!(all[0].0, "started");
            let (name, data) = all.last().unwrap();
            prop_assert_eq!((*name, *data), ("completed", &*sse::completed(&answer)));
            prop_assert_eq!(all.iter().filter(|(name, _)| *name == "completed").count(), 1);
        }
    }

    #[test]
    fn a_failure_is_told_again_without_text() {
        let (log, answer) = turn(&[Some("a".into())]);
        let turn = EndedTurn {
            failure: Some(Box::new(Problem::not_found())),
            ..log.brief()
        };
        let events = missed(&turn, 1, &answer);
        let names: Vec<_> = events.iter().map(|event| (event.id, event.name)).collect();
        assert_eq!(names, [(3, "failed")]);
    }
}
