//! Consecutive prompts of a conversation begin alike, through the store and whatever became of the
//! turns between them.

use std::sync::Arc;

use agent::{
    conversation::ConversationState,
    event::TurnEvent,
    llm::{ChatRequest, ModelErrorKind},
    message::Message,
    store::FinishedTurn,
    transcript::TranscriptBuilder,
    turn::TurnRequest,
};
use futures::StreamExt;
use proptest::prelude::*;

use super::{
    store::{finished, first_turn, in_memory, next_turn},
    support::{Step, World, calls, piece, request, says},
};

const STOP: &str = "et puis…";

/// What becomes of a turn.
#[derive(Clone, Copy, Debug)]
enum Course {
    Answered,
    Searched,
    Twice,
    Refused,
    Silent,
    Fails,
    FailsInText,
    FailsAfterTools,
    Fatal,
    StoppedInText,
    StoppedInTools,
    StoppedAfterTools,
    StoppedAtOnce,
}

impl Course {
    const ALL: [Self; 13] = [
        Self::Answered,
        Self::Searched,
        Self::Twice,
        Self::Refused,
        Self::Silent,
        Self::Fails,
        Self::FailsInText,
        Self::FailsAfterTools,
        Self::Fatal,
        Self::StoppedInText,
        Self::StoppedInTools,
        Self::StoppedAfterTools,
        Self::StoppedAtOnce,
    ];

    /// The model's answers, one a request.
    fn script(self) -> Vec<Vec<Step>> {
        let show = |city: &str| calls(&[("a", "show", &format!(r#"{{"city": "{city}"}}"#))]);
        let mut both = calls(&[
            ("a", "show", r#"{"city": "Rome"}"#),
            ("b", "act", r#"{"deed": "refuse"}"#),
        ]);
        both.insert(0, piece("Je regarde."));
        // Not tried again.
        let fail = || Step::Fail(ModelErrorKind::Authentication);
        match self {
            Self::Answered => vec![says("Bien sûr.")],
            Self::Searched => vec![both, says("Voici.")],
            Self::Twice => vec![both, show("Oslo"), says("Voilà.")],
            Self::Refused => vec![calls(&[("a", "fly", "{")]), says("Tant pis.")],
            Self::Silent => vec![show("Rome"), says(" ")],
            Self::Fails => vec![vec![fail()]],
            Self::FailsInText => vec![vec![piece("Voy"), fail()]],
            Self::FailsAfterTools => vec![show("Rome"), vec![fail()]],
            Self::Fatal => vec![
                show("Rome"),
                calls(&[
                    ("b", "act", r#"{"deed": "fatal"}"#),
                    ("c", "show", r#"{"city": "Oslo"}"#),
                ]),
            ],
            Self::StoppedInText => vec![vec![piece("Voyons "), piece(STOP), Step::Hang]],
            Self::StoppedInTools => vec![calls(&[
                ("a", "show", r#"{"city": "Rome"}"#),
                ("b", "act", r#"{"deed": "hang"}"#),
            ])],
            Self::StoppedAfterTools => vec![both, vec![piece(STOP), Step::Hang]],
            Self::StoppedAtOnce => vec![],
        }
    }

    fn stops_at(self, event: &TurnEvent) -> bool {
        match self {
            Self::StoppedInText | Self::StoppedAfterTools => {
                matches!(event, TurnEvent::Delta(text) if text == STOP)
            }
            Self::StoppedInTools => {
                matches!(event, TurnEvent::ToolStarted { name, .. } if name == "act")
            }
            _ => false,
        }
    }
}

/// What the model was asked in each turn of a conversation that is stored after every turn.
async fn talk(turns: &[(&str, Course)]) -> Vec<Vec<Arc<ChatRequest>>> {
    let store = in_memory().await;
    let mut asked = Vec::new();
    let (opening, _) = turns[0];
    let first = first_turn(opening);
    for (nth, (message, course)) in turns.iter().enumerate() {
        let turn = if nth == 0 {
            first.clone()
        } else {
            next_turn(&first, message)
        };
        let begun = store.begin_turn(&turn).await.unwrap();
        let mut transcript = TranscriptBuilder::default();
        let mut after: Option<ConversationState> = None;
        let mut reply = String::new();
        let script = course.script();
        // In small talk no tool runs: then there is one round more.
        let answer = move |nth: usize| script.get(nth).cloned().unwrap_or_else(|| says("Enfin."));
        let world = World::scripted(answer);
        let mut events = world.agent.run_turn(TurnRequest {
            history: begun.history,
            state: begun.state,
            ..request(message)
        });
        while !matches!(course, Course::StoppedAtOnce)
            && let Some(event) = events.next().await
        {
            transcript.push(&event);
            if course.stops_at(&event) {
                break;
            }
            match event {
                TurnEvent::Delta(text) => reply.push_str(&text),
                TurnEvent::Ended { state, .. } => after = Some(*state),
                _ => {}
            }
        }
        drop(events);
        let done = FinishedTurn {
            transcript: transcript.finish(),
            ..finished(&turn, &reply, after)
        };
        store.finish_turn(&done).await.unwrap();
        asked.push(world.requests());
    }
    asked
}

/// The messages as a provider's adapter reads them: the typed results are not told.
fn rendered(messages: &[Message]) -> Vec<String> {
    let json = |message: &Message| serde_json::to_string(message).unwrap();
    messages.iter().map(json).collect()
}

/// Every prompt begins with the last one of its tier: with tools, with all that its last round was
/// told; without, with what its first was.
fn assert_prefixes(turns: &[Vec<Arc<ChatRequest>>]) {
    let mut last: Vec<(String, Vec<String>)> = Vec::new();
    for requests in turns {
        let Some(first) = requests.first() else {
            continue;
        };
        let prompt = rendered(&first.messages);
        let known = last.iter().position(|(system, _)| *system == prompt[0]);
        let kept = match requests.last() {
            Some(end) if !first.tools.is_empty() => rendered(&end.messages),
            _ => prompt.clone(),
        };
        match known {
            Some(at) => {
                let before = std::mem::replace(&mut last[at].1, kept);
                assert!(
                    prompt.starts_with(&before),
                    "{prompt:#?}\ndoes not begin with\n{before:#?}"
                );
            }
            None => last.push((prompt[0].clone(), kept)),
        }
    }
}

/// Roles alternate as every provider wants them, and calls and results belong together.
pub(super) fn assert_valid(messages: &[Message]) {
    let [Message::System { .. }, rest @ ..] = messages else {
        panic!("no instructions: {messages:#?}");
    };
    let mut ids = std::collections::HashSet::new();
    let mut open: Vec<String> = Vec::new();
    let mut answered = true;
    for message in rest {
        match message {
            Message::System { .. } => panic!("instructions in the middle: {messages:#?}"),
            Message::User { .. } => {
                assert!(answered && open.is_empty(), "{messages:#?}");
                answered = false;
            }
            Message::Assistant { text, tool_calls } => {
                assert!(open.is_empty(), "{messages:#?}");
                assert!(!answered, "two answers in a row: {messages:#?}");
                assert!(!text.trim().is_empty() || !tool_calls.is_empty());
                open.extend(tool_calls.iter().map(|call| call.id.clone()));
                assert!(
                    open.iter().all(|id| ids.insert(id.clone())),
                    "{messages:#?}"
                );
                answered = tool_calls.is_empty();
            }
            Message::Tool { call_id, .. } => {
                let at = open.iter().position(|id| id == call_id);
                open.remove(at.expect("a result of no call"));
            }
        }
    }
    assert!(open.is_empty(), "{messages:#?}");
}

const SAID: [&str; 4] = [
    "Un vol pour Rome",
    "Je veux aller à New York le 12 janvier",
    "Plutôt depuis Lyon",
    "Bonjour",
];

fn run(turns: &[(&str, Course)]) -> Vec<Vec<Arc<ChatRequest>>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(talk(turns))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_prompt_begins_with_the_one_before_it(
        turns in prop::collection::vec(
            (prop::sample::select(&SAID), prop::sample::select(&Course::ALL)),
            2..8,
        )
    ) {
        let asked = run(&turns);
        assert_prefixes(&asked);
        asked.iter().flatten().for_each(|request| assert_valid(&request.messages));
    }
}

#[test]
fn every_course_of_a_turn_leaves_a_prefix() {
    for course in Course::ALL {
        let searched = (SAID[0], Course::Searched);
        let asked = run(&[searched, (SAID[1], course), searched]);
        assert_prefixes(&asked);
        assert_eq!(asked[2].len(), 2);
        assert_valid(&asked[2][1].messages);
    }
}

#[test]
fn a_turn_is_told_as_it_was() {
    let turns = [
        (SAID[0], Course::StoppedAfterTools),
        (SAID[1], Course::Answered),
    ];
    let asked = run(&turns);
    let prompt = &asked[1][0].messages;
    let [_, user, called, _, _, said, Message::User { text, note }] = &prompt[..] else {
        panic!("{prompt:#?}");
    };
    assert_eq!(user, &asked[0][0].messages[1]);
    assert!(
        matches!(called, Message::Assistant { text, tool_calls } if text == "Je regarde." && tool_calls.len() == 2)
    );
    assert_eq!(said, &Message::assistant(STOP));
    assert_eq!(text, SAID[1]);
    // The offer of the stopped turn was shown, but its state was not kept.
    assert!(!note.contains("offers shown last"), "{note}");
}

#[test]
fn small_talk_is_told_what_was_said_without_tools() {
    let turns = [
        (SAID[0], Course::Twice),
        (SAID[0], Course::StoppedInTools),
        (SAID[3], Course::Refused),
        (SAID[3], Course::Answered),
    ];
    let asked = run(&turns);
    let prompt = &asked[3][0];
    assert!(prompt.tools.is_empty());
    let said: Vec<_> = prompt.messages[1..]
        .iter()
        .map(|message| match message {
            Message::User { text, .. } => &**text,
            Message::Assistant { text, tool_calls } if tool_calls.is_empty() => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        said,
        [
            SAID[0],
            "Je regarde.\n\nVoilà.",
            SAID[0],
            "(no answer)",
            SAID[3],
            "Tant pis.",
            SAID[3]
        ]
    );
}
