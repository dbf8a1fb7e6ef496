//! Metrics of the GenAI conventions, made from the same spans.

use obs::{
    Literal,
    rules::{Label, Rule, Value},
};

use super::{LLM, TOOL, TURN};
use crate::config::GenAiNames;

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

const GEN_AI: [Label; 7] = [
    Label::same("gen_ai.operation.name"),
    Label::same("gen_ai.provider.name"),
    Label::same("gen_ai.request.model"),
    // The model as it is configured: what a provider calls itself is free text, and no label.
    Label::from("gen_ai.response.model", "llm.model"),
    Label::same("server.address"),
    Label::same("server.port"),
    Label::same("error.type"),
];

/// Labels of `gen_ai.client.token.usage` for tokens of one type.
const fn usage_labels(kind: &'static str) -> [Label; 7] {
    let [operation, provider, request, response, address, port, _] = GEN_AI;
    let kind = Label::constant("gen_ai.token.type", Literal::Str(kind));
    [operation, provider, request, response, address, port, kind]
}

/// Metrics of the versions in use.
pub(super) fn rules(names: GenAiNames) -> Vec<Rule> {
    let mut rules = Vec::new();
    if names.has_v1_41() {
        rules.extend(v1_41());
    }
    if names.has_latest() {
        rules.extend(latest());
    }
    rules
}

fn seconds(span: &'static str, instrument: &'static str, labels: &'static [Label]) -> Rule {
    Rule::histogram(span, instrument, GEN_AI_SECONDS)
        .unit("s")
        .value(Value::DurationS)
        .labels(labels)
}

fn v1_41() -> Vec<Rule> {
    let usage = |from, labels| {
        Rule::histogram(LLM, "gen_ai.client.token.usage", TOKENS)
            .unit("{token}")
            .describe("Tokens of requests to models, by type")
            .value(Value::Attribute(from))
            .labels(labels)
    };
    vec![
        usage(
            "gen_ai.usage.input_tokens",
            const { &usage_labels("input") },
        ),
        usage(
            "gen_ai.usage.output_tokens",
            const { &usage_labels("output") },
        ),
        seconds(LLM, "gen_ai.client.operation.duration", &GEN_AI)
            .describe("Time of requests to models"),
    ]
}

fn latest() -> Vec<Rule> {
    let tokens = |instrument, from| {
        Rule::counter(LLM, instrument)
            .unit("{token}")
            .describe("Tokens of requests to models")
            .value(Value::Attribute(from))
            .labels(&GEN_AI)
    };
    vec![
        seconds(LLM, "gen_ai.client.inference.duration", &GEN_AI)
            .describe("Time of requests to models"),
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
        tokens(
            "gen_ai.client.inference.usage.cache_write.input_tokens",
            "gen_ai.usage.cache_write.input_tokens",
        ),
        tokens(
            "gen_ai.client.inference.usage.reasoning.output_tokens",
            "gen_ai.usage.reasoning.output_tokens",
        ),
        seconds(LLM, "gen_ai.client.inference.time_to_first_chunk", &GEN_AI)
            .describe("Time to the first token")
            .value(Value::Attribute("gen_ai.response.time_to_first_chunk")),
        seconds(
            TURN,
            "gen_ai.invoke_agent.duration",
            const { &[Label::same("gen_ai.agent.name"), Label::same("error.type")] },
        )
        .describe("Time of turns"),
        seconds(
            TOOL,
            "gen_ai.execute_tool.duration",
            const { &[Label::same("gen_ai.tool.name"), Label::same("error.type")] },
        )
        .describe("Time of tool calls"),
    ]
}
