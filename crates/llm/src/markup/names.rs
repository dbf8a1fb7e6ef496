//! The words that models use as tags, as their chat templates and the parsers of vLLM, SGLang and
//! llama.cpp know them.

/// What a tag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// A thought.
    Thought,
    /// The answer itself.
    Wrapper,
    /// A tool call, or several.
    Call,
    /// What a tool is said to have answered: a model that writes it has made it up.
    Result,
    /// A token of Harmony, the format of gpt-oss.
    Channel,
    /// A token that names who speaks; the word after it is no text.
    Role,
    /// A token that says nothing to anyone but the server.
    Leaked,
}

/// Which side of a region a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Open,
    Close,
}

use Edge::{Close, Open};
use Topic::{Call, Channel, Leaked, Result, Role, Thought, Wrapper};

/// Names whose closing tag has a slash.
const PAIRED: [(&str, Topic); 50] = [
    ("think", Thought),
    ("thinking", Thought),
    ("thought", Thought),
    ("thoughts", Thought),
    ("reasoning", Thought),
    ("reflection", Thought),
    ("scratchpad", Thought),
    ("analysis", Thought),
    ("inner_monologue", Thought),
    ("internal_monologue", Thought),
    ("chain_of_thought", Thought),
    ("cot", Thought),
    ("cot_budget_reflect", Thought),
    ("thinking_process", Thought),
    ("thought_process", Thought),
    ("think_fast", Thought),
    ("think_faster", Thought),
    ("longcat_think", Thought),
    ("answer", Wrapper),
    ("response", Wrapper),
    ("final", Wrapper),
    ("final_answer", Wrapper),
    ("final_response", Wrapper),
    ("output", Wrapper),
    ("solution", Wrapper),
    ("tool_call", Call),
    ("tool_calls", Call),
    ("toolcall", Call),
    ("toolcalls", Call),
    ("function_call", Call),
    ("function_calls", Call),
    ("functioncall", Call),
    ("function", Call),
    ("invoke", Call),
    ("tool_use", Call),
    ("tool_code", Call),
    ("tool", Call),
    ("tools", Call),
    ("use_tool", Call),
    ("tool_request", Call),
    ("longcat_tool_call", Call),
    ("tool_response", Result),
    ("tool_responses", Result),
    ("tool_result", Result),
    ("tool_results", Result),
    ("tool_output", Result),
    ("function_result", Result),
    ("function_results", Result),
    ("function_response", Result),
    ("observation", Result),
];

/// Names that tell their edge, and the stem that both edges share.
const EDGED: [(&str, Topic, Edge, &str); 50] = [
    ("begin_of_thought", Thought, Open, ""),
    ("end_of_thought", Thought, Close, ""),
    ("begin_of_think", Thought, Open, ""),
    ("end_of_think", Thought, Close, ""),
    ("start_thinking", Thought, Open, ""),
    ("end_thinking", Thought, Close, ""),
    ("start_think", Thought, Open, ""),
    ("end_think", Thought, Close, ""),
    ("thinking_start", Thought, Open, ""),
    ("thinking_end", Thought, Close, ""),
    ("think_start", Thought, Open, ""),
    ("think_end", Thought, Close, ""),
    ("unused94", Thought, Open, ""),
    ("unused95", Thought, Close, ""),
    ("begin_of_solution", Wrapper, Open, ""),
    ("end_of_solution", Wrapper, Close, ""),
    ("begin_of_answer", Wrapper, Open, ""),
    ("end_of_answer", Wrapper, Close, ""),
    ("begin_of_box", Wrapper, Open, ""),
    ("end_of_box", Wrapper, Close, ""),
    ("start_response", Wrapper, Open, ""),
    ("end_response", Wrapper, Close, ""),
    ("start_text", Wrapper, Open, ""),
    ("end_text", Wrapper, Close, ""),
    ("tool_calls_begin", Call, Open, "tool_calls"),
    ("tool_calls_end", Call, Close, "tool_calls"),
    ("tool_call_begin", Call, Open, "tool_call"),
    ("tool_call_end", Call, Close, "tool_call"),
    ("tool_calls_section_begin", Call, Open, "section"),
    ("tool_calls_section_end", Call, Close, "section"),
    ("tool_call_section_begin", Call, Open, "section"),
    ("tool_call_section_end", Call, Close, "section"),
    ("tool_call_start", Call, Open, "tool_call"),
    ("start_action", Call, Open, "action"),
    ("end_action", Call, Close, "action"),
    ("action_start", Call, Open, "action"),
    ("action_end", Call, Close, "action"),
    ("start_function_call", Call, Open, "function_call"),
    ("end_function_call", Call, Close, "function_call"),
    ("tools_prefix", Call, Open, "tools"),
    ("tools_suffix", Call, Close, "tools"),
    ("python_start", Call, Open, "python"),
    ("python_end", Call, Close, "python"),
    // Llama's: the call goes on to the end of the message.
    (PYTHON_TAG, Call, Open, PYTHON_TAG),
    ("tool_outputs_begin", Result, Open, "outputs"),
    ("tool_outputs_end", Result, Close, "outputs"),
    ("tool_output_begin", Result, Open, "output"),
    ("tool_output_end", Result, Close, "output"),
    ("start_tool_result", Result, Open, "result"),
    ("end_tool_result", Result, Close, "result"),
];

/// Llama's token before a call, which nothing closes.
pub(super) const PYTHON_TAG: &str = "python_tag";

/// Names that mean something between `<|` and `|>` only.
const TOKENS: [(&str, Topic); 32] = [
    ("start", Channel),
    ("channel", Channel),
    ("message", Channel),
    ("constrain", Channel),
    ("end", Channel),
    ("return", Channel),
    ("call", Channel),
    ("im_start", Role),
    ("start_header_id", Role),
    ("header_start", Role),
    ("im_end", Leaked),
    ("im_sep", Leaked),
    ("end_header_id", Leaked),
    ("header_end", Leaked),
    ("endoftext", Leaked),
    ("end_of_text", Leaked),
    ("begin_of_text", Leaked),
    ("eot_id", Leaked),
    ("eom_id", Leaked),
    ("eot", Leaked),
    ("eom", Leaked),
    ("eos", Leaked),
    ("assistant", Leaked),
    ("user", Leaked),
    ("system", Leaked),
    ("end_of_turn_token", Leaked),
    ("start_of_turn_token", Leaked),
    ("chatbot_token", Leaked),
    ("end_of_sentence", Leaked),
    ("begin_of_sentence", Leaked),
    ("plugin", Leaked),
    ("interpreter", Leaked),
];

/// Tokens that lead a double life as bare tags, and inner ones of calls.
const BARE: [(&str, Topic); 5] = [
    ("start_of_turn", Role),
    ("end_of_turn", Leaked),
    ("tool_sep", Leaked),
    ("tool_call_argument_begin", Leaked),
    ("tool_call_argument_end", Leaked),
];

/// What stands before a name: `<minimax:tool_call>`.
const SPACES: [&str; 8] = [
    "minimax:", "seed:", "antml:", "mm:", "steptml:", "step:", "qwen:", "glm:",
];

/// How a name was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// `</name>`.
    pub(super) slash: bool,
    /// `<|name`.
    pub(super) lead: bool,
    /// `name|>`.
    pub(super) trail: bool,
}

/// What a name is, written so: its topic, its edge, and the stem that both edges share.
pub(super) fn lookup(name: &str, form: Form) -> Option<(Topic, Edge, &str)> {
    let name = local(name);
    let slash = if form.slash { Close } else { Open };
    let is_token = form.lead && form.trail;
    // Gemma's pairs: `<|tool_call>` and `<tool_call|>`.
    let edge = match (form.lead, form.trail) {
        (true, false) => slash,
        (false, true) => Close,
        _ => slash,
    };
    if name == "channel" && form.lead != form.trail {
        return Some((Thought, edge, "channel"));
    }
    if let Some((_, topic)) = PAIRED.iter().find(|(known, _)| *known == name) {
        return Some((*topic, edge, name));
    }
    if let Some((_, topic, edge, stem)) = EDGED.iter().find(|(known, ..)| *known == name) {
        return Some((*topic, *edge, stem));
    }
    let bare = BARE.iter().find(|(known, _)| *known == name);
    let token = TOKENS.iter().find(|(known, _)| is_token && *known == name);
    bare.or(token).map(|(_, topic)| (*topic, edge, name))
}

/// Whether more letters can make a known name of it.
pub(super) fn begins(name: &str) -> bool {
    let short = local(name);
    let mut names = PAIRED
        .iter()
        .map(|(known, _)| *known)
        .chain(EDGED.iter().map(|(known, ..)| *known))
        .chain(TOKENS.iter().chain(&BARE).map(|(known, _)| *known));
    names.any(|known| known.starts_with(short)) || SPACES.iter().any(|s| s.starts_with(name))
}

/// The name without the space that it is in.
fn local(name: &str) -> &str {
    let known = |space: &&str| name.starts_with(*space);
    let space = SPACES.iter().find(|space| known(space));
    space.map_or(name, |space| name.get(space.len()..).unwrap_or_default())
}
