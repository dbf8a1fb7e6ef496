//! Metrics of the GenAI conventions, made from the same spans.

use obs::{
    Literal,
    rules::{Label, Rule, Value},
};

use super::{LLM, TOOL, TURN};

/// Bounds of GenAI durations, in seconds (GenAI conventions, `gen_ai.client.operation.duration`).
const GEN_AI_SECONDS: &[f64] = &[
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];
/// Bounds of token counts (GenAI conventions, `gen_ai.client.token.usage`).
const TOKENS: &[f64] = &[
    1.0,
    4.0,
    16.0,
    64.0,
    256.0,
    1_024.0,
    4_096.0,
    16_384.0,
    65_536.0,
    262_144.0,
    1_048_576.0,
];

const GEN_AI: [Label; 6] = [
    Label::same("gen_ai.operation.name"),
    Label::same("gen_ai.provider.name"),
    Label::same("gen_ai.request.model"),
    // The model as it is configured: what a provider calls itself is free text, and no label.
    Label::from("gen_ai.response.model", "llm.model"),
    Label::same("server.address"),
    Label::same("error.type"),
];

/// GenAI conventions: those of v1.41 and the latest side by side.
pub(super) fn rules() -> Vec<Rule> {
    let seconds = |span, instrument, labels| {
        Rule::histogram(span, instrument, GEN_AI_SECONDS)
            .unit("s")
            .value(Value::DurationS)
            .labels(labels)
    };
    let usage = |from, labels| {
        Rule::histogram(LLM, "gen_ai.client.token.usage", TOKENS)
            .unit("{token}")
            .value(Value::Attribute(from))
            .labels(labels)
    };
    let tokens = |instrument, from| {
        Rule::counter(LLM, instrument)
            .unit("{token}")
            .value(Value::Attribute(from))
            .labels(&GEN_AI)
    };
    vec![
        usage(
            "gen_ai.usage.input_tokens",
            const {
                &[
                    Label::same("gen_ai.operation.name"),
                    Label::same("gen_ai.provider.name"),
                    Label::same("gen_ai.request.model"),
                    Label::constant("gen_ai.token.type", Literal::Str("input")),
                ]
            },
        ),
        usage(
            "gen_ai.usage.output_tokens",
            const {
                &[
                    Label::same("gen_ai.operation.name"),
                    Label::same("gen_ai.provider.name"),
                    Label::same("gen_ai.request.model"),
                    Label::constant("gen_ai.token.type", Literal::Str("output")),
                ]
            },
        ),
        seconds(LLM, "gen_ai.client.operation.duration", &GEN_AI),
        seconds(LLM, "gen_ai.client.inference.duration", &GEN_AI),
        tokens(
            "gen_ai.client.inference.usage.input_tokens",
            "gen_ai.usage.input_tokens",
        ),
        tokens(
            "gen_ai.client.inference.usage.output_tokens",
            "gen_ai.usage.output_tokens",
        ),
        tokens(
            "gen_ai.client.inference.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read.input_tokens",
        ),
        Rule::histogram(
            LLM,
            "gen_ai.client.inference.time_to_first_chunk",
            GEN_AI_SECONDS,
        )
        .unit("s")
        .value(Value::Attribute("gen_ai.response.time_to_first_chunk"))
        .labels(&GEN_AI),
        seconds(
            TURN,
            "gen_ai.invoke_agent.duration",
            const { &[Label::same("gen_ai.agent.name"), Label::same("error.type")] },
        ),
        seconds(
            TOOL,
            "gen_ai.execute_tool.duration",
            const { &[Label::same("gen_ai.tool.name"), Label::same("error.type")] },
        ),
    ]
}
