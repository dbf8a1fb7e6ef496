//! A neutral application: jobs that make calls and take steps, and its vocabulary.

use std::{future::pending, time::Duration};

use obs::{
    Completion, Config, InFlight, Literal, LogStream, Outcome, Step, Target, Vocabulary,
    rules::{Kind, Label, Rule, Value, When},
    testing::Lines,
};
use tracing::{Instrument, Span, field::Empty, info_span};

pub(crate) const MS: &[f64] = &[1.0, 10.0, 100.0, 1000.0];
pub(crate) const SECONDS: &[f64] = &[0.01, 0.1, 1.0, 10.0];
const ERRORS: &[&str] = &["timeout", "refused", "panic"];
const CALL: &[Label] = &[Label::same("model"), Label::same("provider")];

const COMPLETIONS: &[Completion] = &[
    Completion {
        span: "job",
        outcome: Some("job.outcome"),
        steps: &[
            Step::DurationMs {
                to: "job.latency_ms",
            },
            Step::Constant {
                to: "std.operation",
                value: Literal::Str("job"),
            },
            Step::Outcome {
                to: "job.stopped",
                ok: None,
                error: None,
                stopped: Some(Literal::Bool(true)),
            },
        ],
    },
    Completion {
        span: "call",
        outcome: Some("finish_reason"),
        steps: &[
            Step::DurationMs { to: "latency_ms" },
            Step::Copy {
                from: "model",
                to: "std.model",
            },
            Step::Translate {
                from: "provider",
                to: "std.provider",
                words: &[("local", "acme.local")],
            },
            Step::List {
                from: "finish_reason",
                to: "std.finish_reasons",
                broken: None,
            },
            Step::Seconds {
                from: "first_ms",
                to: "std.first_s",
            },
            Step::Constant {
                to: "std.version",
                value: Literal::Int(2),
            },
        ],
    },
    Completion {
        span: "step",
        outcome: Some("step.success"),
        steps: &[Step::DurationMs {
            to: "step.latency_ms",
        }],
    },
];

const RULES: &[Rule] = &[
    Rule::counter("job", "jobs.total")
        .unit("{job}")
        .describe("Jobs")
        .labels(&[
            Label::from("kind", "job.kind")
                .or("unknown")
                .among(&["fast", "slow"]),
            Label::outcome("status", "ok", "error", "stopped"),
        ]),
    Rule::histogram("job", "job.duration", MS).labels(&[
        Label::from("kind", "job.kind").or("unknown"),
        Label::same("quick"),
    ]),
    Rule::counter("job", "job.rounds").value(Value::Attribute("job.rounds")),
    Rule::counter("call", "calls").labels(&[
        Label::same("model"),
        Label::same("provider"),
        Label::outcome("success", "true", "false", "stopped"),
    ]),
    Rule::histogram("call", "call.latency", MS).labels(CALL),
    Rule::histogram("call", "call.first", MS)
        .value(Value::Attribute("first_ms"))
        .labels(CALL),
    Rule::histogram("call", "std.duration", SECONDS)
        .unit("s")
        .value(Value::DurationS)
        .labels(&[
            Label::same("std.provider"),
            Label::same("error.type"),
            Label::same("port"),
        ]),
    Rule::counter("call", "tokens")
        .value(Value::Difference("tokens.in", "tokens.cached"))
        .labels(&[
            Label::constant("type", Literal::Str("in")),
            Label::constant("cached", Literal::Bool(false)),
        ]),
    Rule::counter("call", "tokens")
        .value(Value::Attribute("tokens.cached"))
        .labels(&[
            Label::constant("type", Literal::Str("in")),
            Label::constant("cached", Literal::Bool(true)),
        ]),
    Rule::counter("call", "tokens")
        .value(Value::Attribute("tokens.out"))
        .labels(&[Label::constant("type", Literal::Str("out"))]),
    Rule::counter("call", "cost.estimated")
        .kind(Kind::CumulativeGauge)
        .unit("USD")
        .value(Value::Attribute("cost"))
        .labels(&[Label::same("model")]),
    Rule::counter("call", "cost")
        .kind(Kind::FloatCounter)
        .unit("USD")
        .value(Value::Attribute("cost")),
    Rule::counter("call", "retries").when(&[When::Present("attempt"), When::Absent("final")]),
    Rule::counter("call", "streamed").when(&[When::Equals("stream", Literal::Bool(true))]),
    Rule::counter("step", "steps").labels(&[
        Label::from("name", "step.name").among(&["a", "b"]),
        Label::outcome("success", "true", "false", "stopped"),
    ]),
    Rule::histogram("step", "step.latency", MS),
    failures(
        "job",
        &[
            Label::same("error.type").or("_OTHER").among(ERRORS),
            Label::constant("operation", Literal::Str("job")),
        ],
    ),
    failures(
        "call",
        &[
            Label::same("error.type").or("_OTHER").among(ERRORS),
            Label::constant("operation", Literal::Str("call")),
        ],
    ),
    failures(
        "step",
        &[
            Label::same("error.type").or("_OTHER").among(ERRORS),
            Label::constant("operation", Literal::Str("step")),
        ],
    ),
];

const fn failures(span: &'static str, labels: &'static [Label]) -> Rule {
    Rule::counter(span, "errors.total")
        .when(&[When::Ended(Outcome::Error)])
        .labels(labels)
}

pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary {
        scope: "words",
        targets: &["all", "process"],
        roots: &["job"],
        completions: COMPLETIONS.to_vec(),
        rules: RULES.to_vec(),
        in_flight: vec![InFlight {
            span: "job",
            instrument: "jobs.active",
            unit: "{job}",
            description: "Jobs that run now",
        }],
        dropped: "telemetry.dropped",
        discarded: None,
        content: None,
    }
}

/// A configuration that exports to `endpoint` and writes log lines to memory.
pub(crate) fn exporting(endpoint: String) -> (Config, Lines) {
    let lines = Lines::default();
    let config = Config {
        service_name: "words".into(),
        service_version: "1.2.3".into(),
        service_instance_id: "one".into(),
        environment: "test".into(),
        metric_interval: Duration::from_secs(3600),
        log_stream: LogStream::Memory(lines.clone()),
        ..Config::default()
    };
    let target = Target {
        timeout: Duration::from_secs(3),
        ..Target::new(endpoint)
    };
    (config.exporting_to(target), lines)
}

pub(crate) fn job(kind: &str) -> Span {
    info_span!(
        "job",
        otel.kind = "server",
        job.kind = kind,
        job.outcome = Empty,
        job.rounds = Empty,
        quick = true,
        error.type = Empty,
        otel.status_code = Empty,
        otel.status_description = Empty,
    )
}

pub(crate) fn call() -> Span {
    info_span!(
        "call",
        otel.kind = "client",
        model = "m-1",
        provider = "local",
        port = 443_i64,
        stream = true,
        finish_reason = Empty,
        first_ms = Empty,
        tokens.in = Empty,
        tokens.out = Empty,
        tokens.cached = Empty,
        cost = Empty,
        attempt = Empty,
        error.type = Empty,
    )
}

pub(crate) fn step(name: &str) -> Span {
    info_span!("step", step.name = name, step.success = Empty, error.type = Empty)
}

/// How a scripted job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Ok,
    Error,
    /// Its future is dropped while a call is open.
    Dropped,
    Panic,
}

/// A job with one successful call, one step (successful or not) and, to the end that was asked
/// for, one more call.
///
/// `hanging` is called inside the call that never ends.
pub(crate) async fn run_job(end: End, hanging: impl FnOnce()) {
    let span = job("fast");
    let work = async {
        async {
            let call = Span::current();
            call.record("tokens.in", 10_i64);
            call.record("tokens.out", 5_i64);
            call.record("tokens.cached", 4_i64);
            call.record("cost", 0.25);
            call.record("first_ms", 2.5);
            call.record("finish_reason", "stop");
            tokio::task::yield_now().await;
        }
        .instrument(call())
        .await;
        async {
            if end == End::Error {
                Span::current().record("error.type", "refused");
                tracing::error!("the step failed");
            } else {
                Span::current().record("step.success", true);
            }
            tokio::task::yield_now().await;
        }
        .instrument(step("a"))
        .await;
        tracing::info!(rounds = 2, "half way");
        match end {
            End::Ok => {}
            End::Error => {
                Span::current().record("error.type", "refused");
                tracing::error!(reason = "step", "the job failed");
            }
            End::Dropped => {
                async {
                    hanging();
                    pending().await
                }
                .instrument(call())
                .await
            }
            End::Panic => {
                let _told = TellPanic(Span::current());
                panic!("as asked");
            }
        }
        Span::current().record("job.rounds", 2_i64);
        Span::current().record("job.outcome", "ok");
    };
    work.instrument(span).await;
}

/// Marks the span when it is dropped by a panic, as an application does.
struct TellPanic(Span);

impl Drop for TellPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.record("error.type", "panic");
            self.0.record("otel.status_code", "ERROR");
            self.0.record("otel.status_description", "panicked");
        }
    }
}

/// Runs a job to its end, whatever that is.
pub(crate) async fn run_to_end(end: End, tasks: &obs::Tasks) {
    let (hanging, hangs) = tokio::sync::oneshot::channel();
    let running = tasks.spawn(run_job(end, || hanging.send(()).unwrap()));
    match end {
        End::Ok | End::Error => running.await.unwrap(),
        End::Panic => assert!(running.await.unwrap_err().is_panic()),
        End::Dropped => {
            hangs.await.unwrap();
            running.abort();
            assert!(running.await.unwrap_err().is_cancelled());
        }
    }
}
