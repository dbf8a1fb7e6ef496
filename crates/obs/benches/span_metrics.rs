//! What one span costs on its way through the processor: completion, metrics and ring.
//!
//! `cargo bench -p obs`; `cargo bench -p obs -- --test` runs each once.

use criterion::{Criterion, criterion_group, criterion_main};
use obs::{
    Completion, InFlight, Literal, Step, Vocabulary,
    rules::{Label, Rule, Value},
    testing::TestTelemetry,
};
use tracing::{Span, field::Empty, info_span};

const BUCKETS: &[f64] = &[1.0, 10.0, 100.0, 1000.0];
const LABELS: &[Label] = &[Label::same("model"), Label::same("provider")];
const IN: &[Label] = &[Label::constant("type", Literal::Str("in"))];
const OUT: &[Label] = &[Label::constant("type", Literal::Str("out"))];

fn vocabulary(tables: bool, in_flight: bool) -> Vocabulary {
    let mut vocabulary = Vocabulary {
        scope: "bench",
        targets: &["span_metrics"],
        roots: &[],
        completions: Vec::new(),
        rules: Vec::new(),
        in_flight: Vec::new(),
        dropped: "telemetry.dropped",
        discarded: None,
        content: None,
    };
    if tables {
        vocabulary.completions.push(Completion {
            span: "call",
            outcome: Some("finish_reason"),
            steps: &[
                Step::DurationMs { to: "latency_ms" },
                Step::Copy {
                    from: "model",
                    to: "std.model",
                },
                Step::Copy {
                    from: "tokens.in",
                    to: "std.tokens.in",
                },
                Step::List {
                    from: "finish_reason",
                    to: "std.finish_reasons",
                    broken: None,
                },
                Step::Constant {
                    to: "std.operation",
                    value: Literal::Str("call"),
                },
            ],
        });
        vocabulary.rules.extend([
            Rule::counter("call", "calls").labels(LABELS),
            Rule::histogram("call", "latency", BUCKETS).labels(LABELS),
            Rule::histogram("call", "seconds", BUCKETS)
                .value(Value::DurationS)
                .labels(LABELS),
            Rule::counter("call", "tokens")
                .value(Value::Attribute("tokens.in"))
                .labels(IN),
            Rule::counter("call", "tokens")
                .value(Value::Attribute("tokens.out"))
                .labels(OUT),
        ]);
    }
    if in_flight {
        let (unit, description) = ("{call}", "Calls that run now");
        let gauge = InFlight {
            span: "call",
            instrument: "active",
            unit,
            description,
        };
        vocabulary.in_flight.push(gauge);
    }
    vocabulary
}

fn span() -> Span {
    let span = info_span!(
        "call",
        model = "m-1",
        provider = "local",
        port = 443_i64,
        finish_reason = Empty,
        tokens.in = Empty,
        tokens.out = Empty,
    );
    span.in_scope(|| {
        span.record("tokens.in", 100_i64);
        span.record("tokens.out", 20_i64);
        span.record("finish_reason", "stop");
    });
    span
}

fn spans(criterion: &mut Criterion) {
    let mut bench = |name: &str, vocabulary: Vocabulary| {
        let telemetry = TestTelemetry::install(vocabulary);
        criterion.bench_function(name, |bencher| bencher.iter(span));
        drop(telemetry);
    };
    bench("span, ring only", vocabulary(false, false));
    bench("span, 5 steps and 5 rules", vocabulary(true, false));
    bench(
        "span, 5 steps, 5 rules, in-flight gauge",
        vocabulary(true, true),
    );
    criterion.bench_function("span, no subscriber", |bencher| bencher.iter(span));
}

criterion_group!(benches, spans);
criterion_main!(benches);
