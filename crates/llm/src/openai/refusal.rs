//! Which change of dialect answers a refusal. Pure; from the words of many servers.

use serde_json::Value;

use super::{
    dialect::{Instructions, Limit, NoText, Switch},
    request::LIMITS,
};
use crate::told::{NO_TOOLS, Told};

/// What is never left out of a request.
const NEEDED: [&str; 4] = ["messages", "model", "stream", "tools"];
/// Parameters that are not sent. A gateway may add one of its own, and route another attempt
/// elsewhere.
const UNSENT: [&str; 8] = [
    "parallel_tool_calls",
    "strict",
    "metadata",
    "user",
    "store",
    "service_tier",
    "prompt_cache_key",
    "reasoning",
];
/// The change after which a request may pass that was refused with this status and body; `None`
/// where none is known, or where the request as it was `sent` has nothing to change.
pub(super) fn refused(status: u16, body: &[u8], sent: &Value) -> Option<Switch> {
    let told = Told::read(status, body)?;
    if let Some(switch) = limit(&told, sent) {
        return Some(switch);
    }
    // What depends on the prompt is no matter of dialect.
    if told.says(&[
        "context length",
        "context_length",
        "context window",
        "context size",
    ]) {
        return None;
    }
    thoughts(&told, sent)
        .or_else(|| tools(&told, sent))
        .or_else(|| calls(&told, sent))
        .or_else(|| no_text(&told, sent))
        .or_else(|| instructions(&told, sent))
        .or_else(|| parameter(&told, sent))
}

/// The limit under its other name, a lower one, or none.
fn limit(told: &Told, sent: &Value) -> Option<Switch> {
    let [old, new] = LIMITS;
    let used = LIMITS.into_iter().find(|name| sent.get(name).is_some())?;
    let other = if used == old { new } else { old };
    if !told.names(old) && !told.names(new) {
        return None;
    }
    let large = [
        "too large",
        "too high",
        "at most",
        "less than or equal",
        "valid range",
        "exceed",
        "maximum",
        "greater than",
        "must be <=",
        " > ",
    ];
    if told.says(&large) {
        let most = sent[used].as_u64().unwrap_or(u64::MAX);
        let context = told.says(&["context", "input_tokens", "input tokens", "prompt"]);
        // A limit of the model's own is below what was asked for, and below no context.
        return match told
            .numbers()
            .filter(|number| (16..most).contains(number))
            .max()
        {
            Some(number) if !context => Some(Switch::MostTokens(u32::try_from(number).ok()?)),
            // Without a limit a server takes what the prompt leaves.
            _ if told.says(&["too large"]) => Some(Switch::Omit(used.to_owned())),
            _ => None,
        };
    }
    if !told.refuses() && !told.names(other) {
        return None;
    }
    // A server that knows neither name is told neither; one that names another is told that.
    match told.names(other) || !told.says(&["neither"]) {
        true if used == old => Some(Switch::Limit(Limit::MaxCompletionTokens)),
        true => Some(Switch::Limit(Limit::MaxTokens)),
        false => Some(Switch::Omit(used.to_owned())),
    }
}

/// What the model thought, or its signature, wanted back or refused.
fn thoughts(told: &Told, sent: &Value) -> Option<Switch> {
    let wanted = told.says(&[
        "passed back",
        "pass back",
        "missing",
        "must be",
        "required",
        "must have",
        "must include",
        "must contain",
        "not present",
        "not set",
        "not found",
        "expected",
        "回传",
        "返回",
        "缺少",
        "传回",
    ]);
    if told.names("reasoning_content") {
        let given = answers(sent).any(|message| message.get("reasoning_content").is_some());
        return match given {
            false => (wanted && answers(sent).next().is_some()).then_some(Switch::Thoughts(true)),
            true => told.refuses().then_some(Switch::Thoughts(false)),
        };
    }
    let signed = answers(sent).any(|message| !message["tool_calls"][0]["extra_content"].is_null());
    let called = answers(sent).any(|message| message.get("tool_calls").is_some());
    if told.says(&["thought_signature", "thoughtsignature", "thought signature"]) {
        return (called && !signed && wanted).then_some(Switch::ThoughtSignature(true));
    }
    let refused = signed && told.names("extra_content") && told.refuses();
    refused.then_some(Switch::ThoughtSignature(false))
}

/// No tools, or none with reasoning.
fn tools(told: &Told, sent: &Value) -> Option<Switch> {
    sent.get("tools")?;
    if told.names("reasoning_effort") && told.says(&["tools", "function"]) && told.refuses() {
        return (sent["reasoning_effort"] != "none").then_some(Switch::NoReasoningWithTools);
    }
    let schema = told.says(&["schema", "tools[", "tools.0", "tools.1"]);
    let by_place = told.place == "tools" && told.refuses() && !schema;
    (told.says(&NO_TOOLS) || by_place).then_some(Switch::NoTools)
}

/// Ids and names of calls and results.
fn calls(told: &Told, sent: &Value) -> Option<Switch> {
    let results = || messages(sent).filter(|message| message["role"] == "tool");
    results().next()?;
    if told.says(&["length of 9", "a-z, a-z, 0-9"]) {
        return Some(Switch::ShortCallIds);
    }
    let (named, of_result) = (
        results().any(|result| result.get("name").is_some()),
        |words: &[&str]| {
            told.says(words)
                && told.names("name")
                && told.says(&["tool", "function_response", "message"])
        },
    );
    if named
        && of_result(&[
            "unsupported",
            "not permitted",
            "not allowed",
            "unexpected",
            "unknown",
        ])
    {
        return Some(Switch::NamedResults(false));
    }
    let wanted = [
        "function_response.name",
        "name cannot be empty",
        "name: field required",
        "name field required",
        "must have a name",
        "tool name is required",
        "name is required",
    ];
    (!named && told.says(&wanted)).then_some(Switch::NamedResults(true))
}

/// Something else where an answer has no text.
fn no_text(told: &Told, sent: &Value) -> Option<Switch> {
    let texts = || {
        let called = answers(sent).filter(|message| message.get("tool_calls").is_some());
        called.map(|message| &message["content"])
    };
    let of_content =
        told.names("content") || told.says(&["`text` is not", "text content", "nil", "null"]);
    if !of_content || told.names("reasoning_content") {
        return None;
    }
    if texts().any(Value::is_null) {
        return Some(Switch::NoText(NoText::Empty));
    }
    let empty = [
        "empty",
        "blank",
        "at least 1",
        "must not be",
        "required",
        "is not present",
        "not set",
    ];
    (texts().any(|text| text == "") && told.says(&empty)).then_some(Switch::NoText(NoText::Words))
}

/// The instructions elsewhere.
fn instructions(told: &Told, sent: &Value) -> Option<Switch> {
    let role = |role: &str| messages(sent).any(|message| message["role"] == role);
    let (system, developer) = (role("system"), role("developer"));
    if !system && !developer {
        return None;
    }
    let turns = told.says(&[
        "roles must alternate",
        "must alternate between",
        "alternate user/assistant",
    ]);
    let only = told.says(&["only user and assistant", "only user, assistant"]);
    let refused = told.refuses()
        && (told.names("role") || told.says(&["roles", "instruction", "message"]))
        && (told.names("system") || told.names("developer"));
    if !turns && !only && !refused {
        return None;
    }
    // Who names `developer` as what it takes gets that; all others take a user's message.
    let offered = [
        "use 'developer'",
        "use `developer`",
        "use developer",
        "developer' instead",
        "'developer', 'user'",
        "[developer",
        "expected 'developer'",
        "use the developer",
        "developer role instead",
        "developer messages instead",
        "are: developer",
        "are 'developer'",
    ];
    Some(Switch::Instructions(match system && told.says(&offered) {
        true => Instructions::Developer,
        false => Instructions::User,
    }))
}

/// A parameter left out: the one that is named.
fn parameter(told: &Told, sent: &Value) -> Option<Switch> {
    let sent = sent.as_object()?;
    let optional = || {
        let sent = sent.keys().map(String::as_str);
        sent.filter(|name| !NEEDED.contains(name))
    };
    let head = told.place.split(['.', '[']).next().unwrap_or_default();
    let inner = told.names("include_usage").then_some("stream_options");
    let found = optional()
        .find(|name| *name == head)
        .or_else(|| optional().find(|name| told.refuses() && told.names(name)))
        .or_else(|| optional().find(|name| told.refuses() && Some(*name) == inner))
        .or_else(|| {
            let precise = [
                "parameter",
                "param",
                "argument",
                "field",
                "property",
                "extra",
                "not support",
            ];
            let mut unsent = UNSENT.into_iter();
            unsent.find(|name| {
                told.refuses() && (*name == head || told.says(&precise) && quoted(told, name))
            })
        })?;
    Some(Switch::Omit(found.to_owned()))
}

/// Whether a name that is also a word of the language stands there as a name.
fn quoted(told: &Told, name: &str) -> bool {
    let marks = [
        "'",
        "`",
        "\"",
        ".",
        "supplied: ",
        "parameter: ",
        "argument ",
        "body.",
    ];
    name.contains('_') && told.names(name)
        || marks
            .iter()
            .any(|mark| told.says(&[&*format!("{mark}{name}")]) && told.names(name))
}

fn messages(sent: &Value) -> impl Iterator<Item = &Value> {
    sent["messages"].as_array().into_iter().flatten()
}

fn answers(sent: &Value) -> impl Iterator<Item = &Value> {
    messages(sent).filter(|message| message["role"] == "assistant")
}

#[cfg(test)]
mod tests;
