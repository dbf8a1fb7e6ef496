//! What a finished span gains: durations, GenAI names, the mark of a stopped turn.

use obs::{Completion, Literal, Step};

use super::{DETECT, LLM, TOOL, TURN};

/// Words of `gen_ai.provider.name` that differ from ours.
const PROVIDERS: &[(&str, &str)] = &[("gemini", "gcp.gemini"), ("mistral", "mistral_ai")];

pub(super) fn completions() -> Vec<Completion> {
    vec![
        Completion {
            span: TURN,
            outcome: Some("agent.response_length"),
            steps: &[
                Step::DurationMs {
                    to: "agent.latency_ms",
                },
                Step::Constant {
                    to: "gen_ai.operation.name",
                    value: Literal::Str("invoke_agent"),
                },
                Step::Constant {
                    to: "gen_ai.agent.name",
                    value: Literal::Str("travel-agent"),
                },
                Step::Copy {
                    from: "session.id",
                    to: "gen_ai.conversation.id",
                },
                Step::Outcome {
                    to: "agent.stopped",
                    ok: None,
                    error: None,
                    stopped: Some(Literal::Bool(true)),
                },
            ],
        },
        Completion {
            span: DETECT,
            outcome: None,
            steps: &[],
        },
        Completion {
            span: LLM,
            outcome: Some("llm.finish_reason"),
            steps: &[
                Step::DurationMs {
                    to: "llm.latency_ms",
                },
                Step::Constant {
                    to: "gen_ai.operation.name",
                    value: Literal::Str("chat"),
                },
                Step::Translate {
                    from: "llm.provider",
                    to: "gen_ai.provider.name",
                    words: PROVIDERS,
                },
                Step::Copy {
                    from: "llm.model",
                    to: "gen_ai.request.model",
                },
                Step::List {
                    from: "llm.finish_reason",
                    to: "gen_ai.response.finish_reasons",
                    // An answer that broke off or was stopped, by the convention.
                    broken: Some(("llm.time_to_first_token_ms", "error")),
                },
                Step::Seconds {
                    from: "llm.time_to_first_token_ms",
                    to: "gen_ai.response.time_to_first_chunk",
                },
                Step::Copy {
                    from: "llm.tokens.prompt",
                    to: "gen_ai.usage.input_tokens",
                },
                Step::Copy {
                    from: "llm.tokens.completion",
                    to: "gen_ai.usage.output_tokens",
                },
                Step::Copy {
                    from: "llm.tokens.cached",
                    to: "gen_ai.usage.cache_read.input_tokens",
                },
                Step::Copy {
                    from: "llm.tokens.cache_written",
                    to: "gen_ai.usage.cache_write.input_tokens",
                },
                Step::Copy {
                    from: "llm.tokens.reasoning",
                    to: "gen_ai.usage.reasoning.output_tokens",
                },
                Step::Copy {
                    from: "llm.temperature",
                    to: "gen_ai.request.temperature",
                },
            ],
        },
        Completion {
            span: TOOL,
            outcome: Some("tool.success"),
            steps: &[
                Step::DurationMs {
                    to: "tool.latency_ms",
                },
                Step::Constant {
                    to: "gen_ai.operation.name",
                    value: Literal::Str("execute_tool"),
                },
                Step::Copy {
                    from: "tool.name",
                    to: "gen_ai.tool.name",
                },
                Step::Constant {
                    to: "gen_ai.tool.type",
                    value: Literal::Str("function"),
                },
            ],
        },
    ]
}
