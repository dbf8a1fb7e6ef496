//! Where servers that speak Anthropic's protocol differ in what they accept. Pure.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    learn::{self, Speech},
    told::{NO_TOOLS, Told},
};

/// What is never left out of a request.
const NEEDED: [&str; 6] = [
    "max_tokens",
    "messages",
    "model",
    "stream",
    "system",
    "tools",
];

/// What one model of one server accepts, as far as its refusals have told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Most tokens that the server lets a model write.
    pub(super) most_tokens: Option<u32>,
    /// It knows the marks of what is to be cached.
    pub(super) marks: bool,
    /// It is told not to think: servers that think unasked want their thoughts back.
    pub(super) no_thinking: bool,
    /// It takes tools.
    pub(super) tools: bool,
    /// Parameters that are left out.
    pub(super) omitted: BTreeSet<String>,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            most_tokens: None,
            marks: true,
            no_thinking: false,
            tools: true,
            omitted: BTreeSet::new(),
        }
    }
}

/// A change of dialect that answers a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    /// A lower limit.
    MostTokens(u32),
    /// No marks of what is to be cached.
    NoMarks,
    /// No thoughts.
    NoThinking,
    /// No tools.
    NoTools,
    /// A parameter left out.
    Omit(String),
}

impl learn::Switch for Switch {
    fn name(&self) -> &str {
        match self {
            Self::MostTokens(_) => "fewer tokens",
            Self::NoMarks => "cache_control",
            Self::NoThinking => "no thinking",
            Self::NoTools => "no tools",
            Self::Omit(name) => name,
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NoTools => learn::NO_TOOLS,
            Self::MostTokens(_) => "lower LLM_MAX_TOKENS",
            Self::Omit(_) => learn::WISHED,
            Self::NoMarks | Self::NoThinking => "nothing has to be done",
        }
    }
}

impl Speech for Dialect {
    type Switch = Switch;

    fn refused(status: u16, body: &[u8], sent: &Value) -> Option<Switch> {
        let told = Told::read(status, body)?;
        if told.names("max_tokens") {
            let most = sent["max_tokens"].as_u64().unwrap_or_default();
            let lower = told
                .numbers()
                .filter(|number| (16..most).contains(number))
                .max();
            let lower = lower.filter(|_| !told.says(&["context", "prompt", "input"]));
            return Some(Switch::MostTokens(u32::try_from(lower?).ok()?));
        }
        let thought = told.names("thinking") || told.names("reasoning_content");
        if thought && told.says(&["passed back", "missing", "expected", "must", "required"]) {
            let answered = |message: &Value| message["role"] == "assistant";
            let answers = sent["messages"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|m| answered(m));
            return answers.count().gt(&0).then_some(Switch::NoThinking);
        }
        if told.names("cache_control") && told.refuses() {
            return Some(Switch::NoMarks);
        }
        if sent.get("tools").is_some() && told.says(&NO_TOOLS) {
            return Some(Switch::NoTools);
        }
        let mut optional = sent
            .as_object()?
            .keys()
            .filter(|name| !NEEDED.contains(&name.as_str()));
        let found = optional.find(|name| told.refuses() && told.names(name))?;
        Some(Switch::Omit(found.clone()))
    }

    fn apply(&mut self, switch: &Switch) -> bool {
        let before = self.clone();
        match switch {
            Switch::MostTokens(most) => {
                self.most_tokens = Some(self.most_tokens.map_or(*most, |known| known.min(*most)));
            }
            Switch::NoMarks => self.marks = false,
            Switch::NoThinking => self.no_thinking = true,
            Switch::NoTools => self.tools = false,
            Switch::Omit(name) => {
                self.omitted.insert(name.clone());
            }
        }
        *self != before
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent() -> Value {
        json!({"model": "m", "max_tokens": 8192, "temperature": 0.2, "stream": true,
            "tool_choice": {"type": "none"}, "tools": [{}], "output_config": {"effort": "low"},
            "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})
    }

    #[test]
    fn each_refusal_has_its_answer() {
        let error = |message: &str| json!({"type": "error", "error": {"type": "invalid_request_error", "message": message}});
        let omit = |name: &str| Some(Switch::Omit(name.to_owned()));
        for (message, switch) in [
            (
                "`temperature` is no longer supported by this model.",
                omit("temperature"),
            ),
            (
                "tool_choice.type: unsupported value none",
                omit("tool_choice"),
            ),
            (
                "output_config: Extra inputs are not permitted",
                omit("output_config"),
            ),
            (
                "tools.5.cache_control: Extra inputs are not permitted",
                Some(Switch::NoMarks),
            ),
            (
                "max_tokens: 8192 > 4096, which is the most that this model may write",
                Some(Switch::MostTokens(4_096)),
            ),
            (
                "The content[].thinking of the thinking mode must be passed back to the API.",
                Some(Switch::NoThinking),
            ),
            ("this model does not support tools", Some(Switch::NoTools)),
            ("messages: roles must alternate", None),
            ("prompt is too long: 250000 tokens > 200000 maximum", None),
        ] {
            let body = error(message).to_string();
            assert_eq!(
                Dialect::refused(400, body.as_bytes(), &sent()),
                switch,
                "{message}"
            );
        }
    }

    #[test]
    fn a_change_is_made_once() {
        let mut dialect = Dialect::default();
        for switch in [
            Switch::MostTokens(4_096),
            Switch::NoMarks,
            Switch::NoThinking,
            Switch::NoTools,
            Switch::Omit("temperature".to_owned()),
        ] {
            assert!(dialect.apply(&switch), "{switch:?}");
            assert!(!dialect.apply(&switch), "{switch:?} twice");
        }
    }
}
