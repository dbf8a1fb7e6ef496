//! What a turn adds to the prompts of its conversation, folded from the turn's events.
//!
//! It is stored with the answer and replayed word for word, so that the next prompt begins with this
//! one. Whatever became of the turn, it is valid for every provider: see [`settle`].

use crate::{
    card_number,
    event::TurnEvent,
    message::{Message, ToolCall},
};

/// Stands for an answer that never came, where a prompt needs one between two messages of the person.
pub const NO_ANSWER: &str = "(no answer)";

/// Folds a turn's events into its transcript.
#[derive(Clone, Debug, Default)]
pub struct TranscriptBuilder {
    messages: Vec<Message>,
    /// Text that the person has seen and that is in no message yet.
    streamed: String,
}

impl TranscriptBuilder {
    /// Takes one event.
    pub fn push(&mut self, event: &TurnEvent) {
        match event {
            TurnEvent::Transcript(message) => {
                if matches!(message, Message::Assistant { .. }) {
                    self.streamed.clear();
                }
                self.messages.push(message.clone());
            }
            TurnEvent::Delta(text) => self.streamed.push_str(text),
            TurnEvent::Intent { .. }
            | TurnEvent::Understood(_)
            | TurnEvent::Round { .. }
            | TurnEvent::ToolStarted { .. }
            | TurnEvent::ToolFinished { .. }
            | TurnEvent::Card(_)
            | TurnEvent::Ungrounded(_)
            | TurnEvent::Proposed(_)
            | TurnEvent::Planned(_)
            | TurnEvent::Usage { .. }
            | TurnEvent::Ended { .. } => {}
        }
    }

    /// The transcript, settled; empty when the turn ended before its prompt was made.
    #[must_use]
    pub fn finish(mut self) -> Vec<Message> {
        let streamed = card_number::without(self.streamed.trim().to_owned());
        self.messages.push(Message::assistant(streamed));
        settle(self.messages)
    }
}

/// Makes a turn's messages valid for every provider, and changes nothing in those that are: they
/// begin with the person, a tool call is followed by its result and a result preceded by its call
/// (calls that were never answered go), no answer is empty, two answers in a row are one, and the
/// last message is an answer.
#[must_use]
pub fn settle(messages: Vec<Message>) -> Vec<Message> {
    let mut settled = Vec::with_capacity(messages.len() + 1);
    let mut messages = messages.into_iter().peekable();
    while let Some(message) = messages.next() {
        match message {
            Message::System { .. } | Message::Tool { .. } => {}
            Message::User { .. } => {
                close(&mut settled);
                settled.push(message);
            }
            Message::Assistant {
                text,
                mut tool_calls,
            } => {
                let mut told = Vec::new();
                while let Some(result) = messages.next_if(is_result) {
                    told.push(result);
                }
                let mut results = Vec::with_capacity(told.len());
                tool_calls.retain(|call| {
                    let at = told.iter().position(|result| answers(result, call));
                    results.extend(at.map(|at| told.remove(at)));
                    at.is_some()
                });
                answer(&mut settled, text, tool_calls, results);
            }
        }
    }
    close(&mut settled);
    settled
}

fn is_result(message: &Message) -> bool {
    matches!(message, Message::Tool { .. })
}

fn answers(result: &Message, call: &ToolCall) -> bool {
    matches!(result, Message::Tool { call_id, .. } if *call_id == call.id)
}

/// Adds an answer that says or calls something.
fn answer(settled: &mut Vec<Message>, said: String, calls: Vec<ToolCall>, results: Vec<Message>) {
    let blank = said.trim().is_empty();
    if settled.is_empty() || (blank && calls.is_empty()) {
        return;
    }
    match settled.last_mut() {
        Some(Message::Assistant { text, tool_calls }) => {
            if !blank {
                text.push_str("\n\n");
                text.push_str(&said);
            }
            *tool_calls = calls;
        }
        _ => settled.push(Message::Assistant {
            text: if blank { String::new() } else { said },
            tool_calls: calls,
        }),
    }
    settled.extend(results);
}

/// Ends what was said before with an answer.
fn close(settled: &mut Vec<Message>) {
    if !matches!(settled.last(), None | Some(Message::Assistant { .. })) {
        settled.push(Message::assistant(NO_ANSWER));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calling(text: &str, ids: &[&str]) -> Message {
        let call = |id: &&str| ToolCall {
            id: (*id).to_owned(),
            name: "search_flights".to_owned(),
            arguments: "{}".to_owned(),
        };
        Message::Assistant {
            text: text.to_owned(),
            tool_calls: ids.iter().map(call).collect(),
        }
    }

    fn result(id: &str) -> Message {
        Message::Tool {
            call_id: id.to_owned(),
            name: "search_flights".to_owned(),
            text: "No flight fits.".to_owned(),
            failed: false,
        }
    }

    /// The transcript of these events; a text stands for a delta.
    fn folded(events: &[Result<Message, &str>]) -> Vec<Message> {
        let mut builder = TranscriptBuilder::default();
        for event in events {
            builder.push(&match event {
                Ok(message) => TurnEvent::Transcript(message.clone()),
                Err(text) => TurnEvent::Delta((*text).to_owned()),
            });
        }
        builder.finish()
    }

    #[test]
    fn a_whole_turn_stays_as_it_is() {
        let (user, end) = (Message::user("Rome ?"), Message::assistant("Rien."));
        let whole = [
            user,
            calling("Voyons.", &["a", "b"]),
            result("a"),
            result("b"),
            end,
        ];
        let [user, called, a, b, end] = whole.clone();
        let events = [
            Ok(user),
            Err("Voyons."),
            Ok(called),
            Ok(a),
            Ok(b),
            Err("\n\nRi"),
            Err("en."),
            Ok(end),
        ];
        assert_eq!(folded(&events), whole);
        assert_eq!(settle(whole.to_vec()), whole);
    }

    #[test]
    fn a_turn_that_was_stopped_keeps_what_was_said_and_answered() {
        let user = || Message::user("Rome ?");
        assert_eq!(folded(&[]), []);
        assert_eq!(
            folded(&[Ok(user())]),
            [user(), Message::assistant(NO_ANSWER)]
        );
        // In the middle of an answer.
        assert_eq!(
            folded(&[Ok(user()), Err("Voy"), Err("ons ")]),
            [user(), Message::assistant("Voyons")]
        );
        // One of two tools had answered, and the next answer had begun.
        let half = [
            Ok(user()),
            Ok(calling("Voyons.", &["a", "b"])),
            Ok(result("b")),
            Err("\n\nVoi"),
        ];
        assert_eq!(
            folded(&half),
            [
                user(),
                calling("Voyons.", &["b"]),
                result("b"),
                Message::assistant("Voi"),
            ]
        );
        // No tool had answered: what was said before and after the calls is one answer.
        let none = [Ok(user()), Ok(calling("Voyons.", &["a"])), Err("\n\nVoi")];
        assert_eq!(
            folded(&none),
            [user(), Message::assistant("Voyons.\n\nVoi")]
        );
        let silent = [Ok(user()), Ok(calling("", &["a"]))];
        assert_eq!(folded(&silent), [user(), Message::assistant(NO_ANSWER)]);
        let answered = [Ok(user()), Ok(calling(" ", &["a"])), Ok(result("a"))];
        assert_eq!(
            folded(&answered),
            [
                user(),
                calling("", &["a"]),
                result("a"),
                Message::assistant(NO_ANSWER),
            ]
        );
    }
}
