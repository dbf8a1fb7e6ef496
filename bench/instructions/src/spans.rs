//! The spans of a turn with two model calls and a tool, on their way through the application's tables.

use agent::telemetry::spans;
use obs::Telemetry;
use web::{config::GenAiNames, telemetry};

/// Memory for recent traces, in bytes: soon full, so that forgetting is counted too.
const RING: usize = 1 << 20;

pub(crate) fn run(rounds: usize) -> anyhow::Result<()> {
    let config = obs::Config {
        recent_bytes: RING,
        ..obs::Config::default()
    };
    let vocabulary = telemetry::vocabulary(GenAiNames::default(), false);
    let telemetry = Telemetry::new(config, vocabulary)?;
    tracing::dispatcher::with_default(telemetry.dispatch(), || (0..rounds).for_each(|_| turn()));
    Ok(())
}

fn turn() {
    let root = spans::turn("api", 60);
    root.in_scope(|| {
        drop(spans::detect_intent());
        for attempt in 1..=2_i64 {
            let call = spans::llm_call("openai-compatible", "scripted", attempt);
            call.record("llm.tokens.prompt", 1_500_i64);
            call.record("llm.tokens.completion", 60_i64);
            call.record("llm.tokens.total", 1_560_i64);
            call.record("llm.finish_reason", "stop");
            drop(call);
        }
        let tool = spans::tool_call("search_flights", "call_1_0");
        tool.record("tool.success", true);
        tool.record("tool.result_count", 5_i64);
        drop(tool);
        drop(spans::store("sqlite", "begin_turn"));
        drop(spans::store("sqlite", "end_turn"));
    });
}
