//! The only table that names both the agent's spans and the instruments made from them.
//!
//! Names are those of docs/observability.md. What is not span-shaped is
//! listed apart.

mod bounded;
mod completions;
mod content;
mod gen_ai;
pub mod redaction;
pub mod secrets;

use obs::{
    InFlight, Literal, Outcome, Vocabulary,
    rules::{Kind, Label, Rule, Value, When},
};

use crate::config::GenAiNames;

const TURN: &str = agent::telemetry::names::TURN;
const DETECT: &str = agent::telemetry::names::DETECT_INTENT;
const LLM: &str = agent::telemetry::names::LLM_CALL;
const TOOL: &str = agent::telemetry::names::TOOL_CALL;
const HTTP: &str = "http.server";

/// Bounds of latency histograms, in milliseconds: from the built-in model to a turn's deadline.
const MS: &[f64] = &[
    1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 10_000.0,
    30_000.0, 60_000.0, 120_000.0,
];
/// The same in seconds; those of the HTTP conventions, extended downwards and upwards.
const SECONDS: &[f64] = &[
    0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0,
    120.0,
];

/// Bounds of counts of words: from a message that was wholly read to one that hardly was.
const LEFT_OVER: &[f64] = &[0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0];

const MODEL: [Label; 2] = [Label::same("llm.model"), Label::same("llm.provider")];
const RECOVERED: [Label; 2] = [Label::same("llm.provider"), Label::same("error.type")];
const INTENT: Label =
    Label::from("intent", "agent.intent").or(crate::traces::query::UNKNOWN_INTENT);

/// The vocabulary of this application, with the GenAI metrics of `names`; `capture_content`: spans and
/// log lines hold what people, models and tools say.
#[must_use]
pub fn vocabulary(names: GenAiNames, capture_content: bool) -> Vocabulary {
    Vocabulary {
        scope: "travel-agent",
        targets: &["agent", "web"],
        roots: &[TURN],
        completions: completions::completions(),
        rules: rules(names),
        in_flight: vec![InFlight {
            span: TURN,
            instrument: "agent.requests.active",
            unit: "{request}",
            description: "Turns that run now",
        }],
        dropped: "agent.telemetry.dropped",
        discarded: Some(crate::http_span::DISCARDED),
        content: capture_content.then_some(content::CONTENT),
    }
}

/// Not span-shaped: streams that clients read. (`agent.telemetry.dropped`, which is not either, is
/// counted where telemetry is lost, by `obs`.)
#[must_use]
pub fn open_streams(meter: &obs::Meter) -> obs::OpenCount {
    meter.open_count(
        "agent.streams.open",
        "{stream}",
        "Streams that clients read now",
    )
}

/// The event that tells of a rating (GenAI conventions).
pub const EVALUATION: &str = "gen_ai.evaluation.result";

/// Neither are ratings: they come when the turn is long over.
#[must_use]
pub fn feedback(meter: &obs::Meter) -> obs::Counter {
    meter.counter(
        "agent.feedback",
        "",
        "Ratings of answers; a changed one counts again",
    )
}

/// Neither is what is left of the day's budget. No visitor's budget is ever a metric.
pub fn budget_remaining(meter: &obs::Meter, read: impl Fn() -> f64 + Send + Sync + 'static) {
    meter.observe(
        "agent.budget.remaining",
        "USD",
        "What is left of the budget of this UTC day",
        move |seen| seen(read(), &[]),
    );
}

/// Neither is the state of the providers' circuits: 0 closed, 1 half-open, 2 open.
pub fn circuits(meter: &obs::Meter, agent: std::sync::Arc<agent::Agent>) {
    meter.observe(
        "agent.llm.circuit",
        "",
        "Circuit of a provider: 0 closed, 1 half-open, 2 open",
        move |seen| {
            // Of several servers of a provider, the one that is worst off.
            let mut worst = std::collections::BTreeMap::<_, u64>::new();
            for model in agent.models().states() {
                let shown = worst.entry(model.provider).or_default();
                *shown = model.circuit.as_number().max(*shown);
            }
            for (provider, circuit) in worst {
                seen(circuit as f64, &[("llm.provider", provider.as_str())]);
            }
        },
    );
}

fn rules(names: GenAiNames) -> Vec<Rule> {
    let mut rules = turn_rules();
    rules.extend(llm_rules());
    rules.extend(tool_rules());
    rules.extend([TURN, DETECT, LLM, TOOL].map(error_rule));
    rules.extend(gen_ai::rules(names));
    rules.push(
        Rule::histogram(HTTP, "http.server.request.duration", SECONDS)
            .unit("s")
            .describe("Requests that are no turn")
            .value(Value::DurationS)
            .labels(
                const {
                    &[
                        Label::same("http.route"),
                        Label::same("http.request.method"),
                        Label::same("http.response.status_code"),
                    ]
                },
            ),
    );
    rules
}

fn turn_rules() -> Vec<Rule> {
    vec![
        Rule::counter(TURN, "agent.requests.total")
            .describe("Turns")
            .labels(
                const {
                    &[
                        INTENT,
                        Label::outcome("status", "ok", "error", "stopped"),
                        Label::same("agent.door"),
                    ]
                },
            ),
        Rule::histogram(TURN, "agent.request.duration", MS)
            .describe("Time from admission to the end of a turn")
            .labels(
                const {
                    &[
                        INTENT,
                        Label::from("fast_mode", "agent.fast_mode").or("false"),
                    ]
                },
            ),
        Rule::counter(TURN, "agent.iterations")
            .describe("Rounds of model and tools")
            .value(Value::Attribute("agent.iterations"))
            .labels(const { &[INTENT] }),
        Rule::histogram(TURN, "agent.reading.left_over", LEFT_OVER)
            .describe("Parts of a message that nothing was made of")
            .value(Value::Attribute("agent.reading.left_over"))
            .labels(const { &[INTENT] }),
    ]
}

fn error_rule(span: &'static str) -> Rule {
    let operation: &'static [Label] = match span {
        TURN => {
            const {
                &[
                    Label::same("error.type"),
                    Label::constant("error.operation", Literal::Str(TURN)),
                ]
            }
        }
        DETECT => {
            const {
                &[
                    Label::same("error.type"),
                    Label::constant("error.operation", Literal::Str(DETECT)),
                ]
            }
        }
        LLM => {
            const {
                &[
                    Label::same("error.type"),
                    Label::constant("error.operation", Literal::Str(LLM)),
                ]
            }
        }
        _ => {
            const {
                &[
                    Label::same("error.type"),
                    Label::constant("error.operation", Literal::Str(TOOL)),
                ]
            }
        }
    };
    Rule::counter(span, "agent.errors.total")
        .describe("Failed turns, model calls and tool calls")
        .when(&[When::Ended(Outcome::Error)])
        .labels(operation)
}

fn llm_rules() -> Vec<Rule> {
    let tokens = |value, labels| {
        Rule::counter(LLM, "agent.llm.tokens")
            .unit("{token}")
            .describe("Tokens by type; `total` is the sum of the others: filter on one type")
            .value(value)
            .labels(labels)
    };
    vec![
        Rule::counter(LLM, "agent.llm.calls")
            .describe("Requests to models")
            .labels(
                const {
                    &[
                        Label::same("llm.model"),
                        Label::same("llm.provider"),
                        Label::outcome("llm.success", "true", "false", "stopped"),
                    ]
                },
            ),
        Rule::histogram(LLM, "agent.llm.latency", MS)
            .describe("Time of requests to models")
            .labels(&MODEL),
        Rule::histogram(LLM, "agent.llm.time_to_first_token", MS)
            .describe("Time to the first token")
            .value(Value::Attribute("llm.time_to_first_token_ms"))
            .labels(&MODEL),
        tokens(
            Value::Difference("llm.tokens.prompt", "llm.tokens.cached"),
            const {
                &[
                    Label::same("llm.model"),
                    Label::constant("token.type", Literal::Str("prompt")),
                    Label::constant("llm.cached", Literal::Bool(false)),
                ]
            },
        ),
        tokens(
            Value::Attribute("llm.tokens.cached"),
            const {
                &[
                    Label::same("llm.model"),
                    Label::constant("token.type", Literal::Str("prompt")),
                    Label::constant("llm.cached", Literal::Bool(true)),
                ]
            },
        ),
        tokens(
            Value::Attribute("llm.tokens.completion"),
            const {
                &[
                    Label::same("llm.model"),
                    Label::constant("token.type", Literal::Str("completion")),
                ]
            },
        ),
        tokens(
            Value::Attribute("llm.tokens.total"),
            const {
                &[
                    Label::same("llm.model"),
                    Label::constant("token.type", Literal::Str("total")),
                ]
            },
        ),
        Rule::counter(LLM, "agent.llm.retries")
            .describe("Failed calls that were made again")
            .when(const { &[When::Equals("llm.recovery", Literal::Str("retry"))] })
            .labels(&RECOVERED),
        Rule::counter(LLM, "agent.llm.fallbacks")
            .describe("Failed calls after which the next model was asked")
            .when(const { &[When::Equals("llm.recovery", Literal::Str("fallback"))] })
            .labels(&RECOVERED),
        Rule::counter(LLM, "agent.llm.estimated_cost")
            .kind(Kind::CumulativeGauge)
            .unit("USD")
            .describe("Estimated cost since the start of the process")
            .value(Value::Attribute("llm.estimated_cost_usd"))
            .labels(const { &[Label::same("llm.model")] }),
        Rule::counter(LLM, "agent.llm.cost")
            .kind(Kind::FloatCounter)
            .unit("USD")
            .describe("Estimated cost")
            .value(Value::Attribute("llm.estimated_cost_usd"))
            .labels(&MODEL),
    ]
}

fn tool_rules() -> Vec<Rule> {
    const SUCCESS: Label = Label::outcome("tool.success", "true", "false", "stopped");
    vec![
        Rule::counter(TOOL, "agent.tool.calls")
            .describe("Tool calls")
            .labels(
                const {
                    &[
                        Label::same("tool.name"),
                        SUCCESS,
                        Label::same("tool.source"),
                    ]
                },
            ),
        Rule::histogram(TOOL, "agent.tool.latency", MS)
            .describe("Time of tool calls")
            .labels(const { &[Label::same("tool.name"), SUCCESS] }),
    ]
}
