//! A conversation for servers that know less: without tools, or without a role for instructions. Pure.

use std::borrow::Cow;

use crate::message::Message;

/// What a model without tools is told: it would invent what they would have found.
const WITHOUT_TOOLS: &str = "No tool can be called in this conversation: say that you cannot look up \
    flights or prices here, and name none that no message holds.";

/// The messages as they are, or, without `calls`, with results of tools as texts of the user's side,
/// or, where they are `folded`, with the instructions at the head of the first user message. Where
/// something is changed, user and assistant take turns, as the templates of such models demand.
pub(super) fn messages(messages: &[Message], calls: bool, folded: bool) -> Cow<'_, [Message]> {
    if calls && !folded {
        return Cow::Borrowed(messages);
    }
    let mut instructions = Vec::new();
    let mut plain: Vec<Message> = Vec::with_capacity(messages.len());
    for message in messages {
        match message {
            Message::System { text } => instructions.push(text.clone()),
            Message::User { text, note } if note.is_empty() => add(&mut plain, Message::user(text)),
            Message::User { text, note } => {
                add(&mut plain, Message::user(format!("{text}\n\n{note}")));
            }
            Message::Assistant { text, tool_calls } if !calls => {
                if tool_calls.is_empty() || !text.is_empty() {
                    add(&mut plain, Message::assistant(text));
                }
            }
            Message::Tool { name, text, .. } if !calls => {
                let result = format!("<tool_result name=\"{name}\">\n{text}\n</tool_result>");
                add(&mut plain, Message::user(result));
            }
            other => plain.push(other.clone()),
        }
    }
    if !calls {
        instructions.push(WITHOUT_TOOLS.to_owned());
    }
    let instructions = instructions.join("\n\n");
    if !folded {
        plain.insert(0, Message::system(instructions));
        return Cow::Owned(plain);
    }
    match plain.first_mut() {
        Some(Message::User { text, .. }) => *text = format!("{instructions}\n\n{text}"),
        _ => plain.insert(0, Message::user(instructions)),
    }
    Cow::Owned(plain)
}

/// Adds a message, to the one before where both are of the same side.
fn add(plain: &mut Vec<Message>, message: Message) {
    match (plain.last_mut(), message) {
        (Some(Message::User { text, .. }), Message::User { text: more, .. }) => {
            text.push_str("\n\n");
            text.push_str(&more);
        }
        (Some(Message::Assistant { text, tool_calls }), Message::Assistant { text: more, .. })
            if tool_calls.is_empty() =>
        {
            text.push_str("\n\n");
            text.push_str(&more);
        }
        (_, message) => plain.push(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::ToolCall;

    fn told() -> Vec<Message> {
        vec![
            Message::system("Be brief."),
            Message::User {
                text: "Rome?".to_owned(),
                note: "Sunday.".to_owned(),
            },
            Message::Assistant {
                text: String::new(),
                tool_calls: vec![ToolCall::default()],
            },
            Message::Tool {
                call_id: "a".to_owned(),
                name: "find".to_owned(),
                text: "2 offers".to_owned(),
                failed: false,
            },
        ]
    }

    fn one(message: &Message) -> (&'static str, &str) {
        match message {
            Message::System { text } => ("system", text),
            Message::User { text, .. } => ("user", text),
            Message::Assistant { text, .. } => ("assistant", text),
            Message::Tool { text, .. } => ("tool", text),
        }
    }

    fn shown(messages: &[Message]) -> Vec<(&'static str, &str)> {
        messages.iter().map(one).collect()
    }

    #[test]
    fn a_server_without_tools_reads_their_results_as_texts() {
        let told = told();
        let plain = messages(&told, false, false);
        let shown = shown(&plain);
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(shown[0].1.starts_with("Be brief.\n\nNo tool can be called"));
        let result = "<tool_result name=\"find\">\n2 offers\n</tool_result>";
        assert_eq!(
            shown[1],
            ("user", &*format!("Rome?\n\nSunday.\n\n{result}"))
        );
    }

    #[test]
    fn instructions_go_to_the_head_of_the_first_user_message() {
        let told = told();
        let plain = messages(&told, true, true);
        let shown = shown(&plain);
        assert_eq!(shown[0], ("user", "Be brief.\n\nRome?\n\nSunday."));
        assert_eq!(shown[1].0, "assistant");
        assert_eq!(shown[2].0, "tool");
        let answer = [Message::system("Be brief."), Message::assistant("Hello.")];
        let plain = messages(&answer, true, true);
        assert!(matches!(plain.first(), Some(Message::User { .. })));
    }

    #[test]
    fn nothing_is_changed_for_a_server_that_knows_both() {
        let told = told();
        assert!(matches!(messages(&told, true, false), Cow::Borrowed(_)));
    }
}
