//! Spans, metrics, logs and answers agree when providers fail, stall and recover: two scripted
//! providers, the built-in model behind them, and a real OTLP receiver.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};
use testkit::{Received, ReceivedSpan, Receiver, Series, llm::LlmServer};

use super::{
    equalities::{
        PATIENCE, Run, counts_agree, durations_agree, logs_are_inside, statuses_agree,
        tree_is_whole,
    },
    folder::Folder,
    llm_scenarios::{KEYS, Scenario, bumpy, in_order, plain, refused, silent},
    llm_sums::{close, has, labels, number, outcome, sums, text, told, total, written},
    llm_turns::provider,
    server::Server,
};

/// The first provider has no price of its own; the other's is in the built-in table.
const PRICES: &str = r#"
[[price]]
provider = "openai-compatible"
model = "scripted-1"
input = 2.0
cached_input = 0.5
output = 8.0
"#;

/// Visitors at once. Each begins with a success, and has at most one failure behind it that no success
/// has followed: fewer than open a circuit.
const CROWD: usize = 4;
/// Failures in a row that open a circuit.
const OPENS: usize = 5;

/// What became of a turn.
struct Had {
    answer: Value,
    /// The calls that it had to make; `None` where chance decides.
    calls: Option<&'static [&'static str]>,
}

/// Everything that one run left behind.
struct Evidence {
    received: Received,
    turns: Vec<Had>,
    providers: [LlmServer; 2],
    /// `/readyz` at the end.
    readiness: Value,
}

/// Has some sixty turns.
async fn have(server: &Server, providers: &[LlmServer; 2]) -> Vec<Had> {
    let mut numbers = 0..;
    let mut next = |scenario: &Scenario| (scenario.clone(), numbers.next().unwrap());
    let of_order: Vec<_> = in_order().iter().map(&mut next).collect();
    let of_silence = next(&silent());
    let of_crowd: Vec<Vec<_>> = (0..CROWD)
        .map(|_| {
            [vec![plain()], bumpy(), bumpy()]
                .concat()
                .iter()
                .map(&mut next)
                .collect()
        })
        .collect();
    let refusals = std::iter::repeat_n(refused(), OPENS);
    let of_end: Vec<_> = std::iter::once(plain())
        .chain(refusals)
        .map(|scenario| next(&scenario))
        .collect();
    let (passed_over, number) = next(&plain());

    let play = async |turns: &[(Scenario, usize)]| {
        let mut had = Vec::new();
        for (scenario, number) in turns {
            let answer = scenario.play(server, providers, *number).await;
            let calls = Some(scenario.calls);
            had.push(Had { answer, calls });
        }
        had
    };
    // The silence lasts as long as its deadline; the others need not wait for it.
    let silence = [of_silence];
    let (mut turns, silence) = tokio::join!(play(&of_order), play(&silence));
    turns.extend(silence);
    let crowd = of_crowd.iter().map(|turns| play(turns));
    let crowd = futures::future::join_all(crowd).await.into_iter().flatten();
    // With many at once, the credit for retries may be used up.
    turns.extend(crowd.map(|had| Had { calls: None, ..had }));
    turns.extend(play(&of_end).await);
    let readiness = server.visitor().get_json("/readyz").await;
    assert_eq!(circuits(&readiness), ["open", "closed", "closed"]);
    let answer = passed_over.play(server, providers, number).await;
    let calls: Option<&[_]> = Some(&["anthropic ok"]);
    turns.push(Had { answer, calls });
    turns
}

fn circuits(readiness: &Value) -> Vec<&str> {
    let models = readiness["models"].as_array().unwrap().iter();
    models
        .map(|model| model["circuit"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_metrics_logs_and_answers_agree_while_models_fail() {
    let (receiver, folder) = (Receiver::start().await.unwrap(), Folder::new());
    let all = [in_order(), vec![silent()]].concat();
    let providers = [provider(0, &all).await, provider(1, &all).await];
    let mut server = Server::start(&[
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &receiver.endpoint()),
        ("OTEL_METRIC_EXPORT_INTERVAL", "60000"),
        ("CAPTURE_CONTENT", "true"),
        ("RUST_LOG", "debug"),
        ("LLM_PROVIDER", "openai-compatible"),
        ("LLM_MODEL", "scripted-1"),
        ("LLM_BASE_URL", &providers[0].base_url_openai()),
        ("LLM_API_KEY", KEYS[0]),
        ("LLM_FALLBACK", "anthropic:claude-sonnet-4-5,builtin"),
        ("ANTHROPIC_BASE_URL", &providers[1].base_url_anthropic()),
        ("ANTHROPIC_API_KEY", KEYS[1]),
        ("LLM_PRICES", &folder.write("prices.toml", PRICES)),
        ("LLM_FIRST_TOKEN_TIMEOUT_SECONDS", "5"),
    ])
    .await;
    let turns = have(&server, &providers).await;
    let readiness = server.visitor().get_json("/readyz").await;
    server.terminate().await;
    let complete = |received: &Received| {
        received.named("agent.iteration").len() >= turns.len()
            && received.metrics.sum("agent.requests.total", &[]) as usize >= turns.len()
    };
    let received = receiver.wait_until(PATIENCE, complete).await.unwrap();
    let of_status = |status: &str| {
        turns
            .iter()
            .filter(|had| had.answer["status"] == status)
            .count()
    };
    let run = Run {
        started: turns.len(),
        failed: of_status("error"),
        stopped: of_status("stopped"),
    };
    assert_eq!((run.failed, run.stopped), (3, 4));
    tree_is_whole(&received, run.started);
    counts_agree(&received);
    durations_agree(&received);
    statuses_agree(&received, &run);
    logs_are_inside(&server, &received, &run);
    let evidence = Evidence {
        received,
        turns,
        providers,
        readiness,
    };
    evidence.each_turn_made_the_calls_it_had_to();
    evidence.answers_tell_what_their_calls_cost();
    evidence.each_call_is_a_request_that_a_provider_got();
    evidence.counters_are_sums_over_calls();
    evidence.circuits_are_told_in_metrics_and_readiness();
    evidence.failed_calls_are_warnings(&server.log());
    evidence.no_key_is_told(&server.log());
}

impl Evidence {
    fn calls(&self) -> Vec<&ReceivedSpan> {
        self.received.named("llm.call")
    }

    /// The calls of a turn, in the order in which they began.
    fn calls_of(&self, answer: &Value) -> Vec<&ReceivedSpan> {
        let mut calls = self.calls();
        calls.retain(|call| answer["trace_id"] == *call.trace_id);
        calls.sort_by_key(|call| call.start_ns);
        calls
    }

    fn each_turn_made_the_calls_it_had_to(&self) {
        for Had { answer, calls } in &self.turns {
            let made: Vec<_> = self.calls_of(answer).into_iter().map(told).collect();
            if let Some(calls) = calls {
                assert_eq!(made, *calls, "{answer}");
            }
        }
    }

    fn answers_tell_what_their_calls_cost(&self) {
        for Had { answer, .. } in &self.turns {
            let calls = self.calls_of(answer);
            let root = self.received.named("agent.iteration");
            let root = root
                .iter()
                .find(|root| answer["trace_id"] == *root.trace_id);
            let root = &root.unwrap().attributes;
            // What corrects an answer did not give it.
            let mut giving = calls.iter().rev();
            let last = giving.find(|call| text(call, "llm.purpose") != "correction");
            let last = last.unwrap();
            let name =
                json!({"provider": text(last, "llm.provider"), "name": text(last, "llm.model")});
            assert_eq!(answer["model"], name, "{answer}");
            assert_eq!(
                root.get("agent.model_provider"),
                last.attributes.get("llm.provider")
            );
            assert_eq!(root.get("agent.iterations"), answer.get("iterations"));
            let usage = &answer["usage"];
            for (field, attribute) in [
                ("prompt_tokens", "llm.tokens.prompt"),
                ("completion_tokens", "llm.tokens.completion"),
                ("cached_tokens", "llm.tokens.cached"),
                ("total_tokens", "llm.tokens.total"),
                ("estimated_cost_usd", "llm.estimated_cost_usd"),
            ] {
                let sum = total(&calls, attribute);
                close(usage[field].as_f64().unwrap(), sum, field);
            }
            for (own, attribute) in [
                ("gen_ai.usage.input_tokens", "llm.tokens.prompt"),
                ("gen_ai.usage.output_tokens", "llm.tokens.completion"),
            ] {
                let recorded = root.get(own).and_then(Value::as_f64);
                close(recorded.unwrap(), total(&calls, attribute), own);
            }
            // Even what was stopped or torn is paid, but for what the built-in model says.
            let free = text(last, "llm.provider") == "builtin";
            assert_eq!(usage["total_tokens"] == 0, free, "{answer}");
            assert_eq!(usage["estimated_cost_usd"] == 0.0, free, "{answer}");
        }
    }

    /// The span of a call is the parent that its request names.
    fn each_call_is_a_request_that_a_provider_got(&self) {
        let ways = ["openai-compatible", "anthropic"].iter().zip(KEYS);
        for ((name, key), provider) in ways.zip(&self.providers) {
            let calls = self.calls().into_iter();
            let calls = calls.filter(|call| text(call, "llm.provider") == *name);
            let ids: BTreeSet<_> = calls
                .map(|call| format!("00-{}-{}-01", call.trace_id, call.span_id))
                .collect();
            let requests = provider.requests();
            let parents: BTreeSet<_> = requests
                .iter()
                .map(|request| request.header("traceparent").unwrap().to_owned())
                .collect();
            assert_eq!(parents.len(), requests.len(), "{name}");
            assert_eq!(parents, ids, "{name}");
            for request in &requests {
                let bearer = format!("Bearer {key}");
                let sent = request.header("authorization") == Some(&bearer)
                    || request.header("x-api-key") == Some(key);
                assert!(sent, "{name} got its key");
            }
            assert_eq!(provider.violations(), [""; 0]);
        }
    }

    fn counters_are_sums_over_calls(&self) {
        let calls = self.calls();
        let (model, who) = (("llm.model", "llm.model"), ("llm.provider", "llm.provider"));
        let one = |_: &ReceivedSpan| Some(1.0);
        let success = |call: &ReceivedSpan| outcome(call).0;
        self.agrees("agent.llm.calls", &calls, one, |call| {
            let success = success(call).to_owned();
            labels(call, &[model, who], &[("llm.success", success)])
        });
        for (instrument, recovery) in [
            ("agent.llm.retries", "retry"),
            ("agent.llm.fallbacks", "fallback"),
        ] {
            let mut recovered = calls.clone();
            recovered.retain(|call| has(call, "llm.recovery"));
            recovered.retain(|call| text(call, "llm.recovery") == recovery);
            self.agrees(instrument, &recovered, one, |call| {
                labels(call, &[who, ("error.type", "error.type")], &[])
            });
        }
        let tokens = |kind: &str, attribute: &'static str, cached: Option<bool>| {
            let said = move |call: &ReceivedSpan| match cached {
                Some(false) => Some(number(call, attribute)? - number(call, "llm.tokens.cached")?),
                _ => number(call, attribute),
            };
            let kind = ("token.type", kind.to_owned());
            let cached = cached.map(|cached| ("llm.cached", cached.to_string()));
            let fixed: Vec<_> = std::iter::once(kind).chain(cached).collect();
            (said, fixed)
        };
        let kinds = [
            tokens("prompt", "llm.tokens.prompt", Some(false)),
            tokens("prompt", "llm.tokens.cached", Some(true)),
            tokens("completion", "llm.tokens.completion", None),
            tokens("total", "llm.tokens.total", None),
        ];
        let mut expected = BTreeMap::new();
        for (said, fixed) in kinds {
            expected.extend(sums(&calls, said, |call| labels(call, &[model], &fixed)));
        }
        self.compare("agent.llm.tokens", expected, Series::total);
        let cost = |call: &ReceivedSpan| number(call, "llm.estimated_cost_usd");
        self.agrees("agent.llm.cost", &calls, cost, |call| {
            labels(call, &[model, who], &[])
        });
        self.agrees("agent.llm.estimated_cost", &calls, cost, |call| {
            labels(call, &[model], &[])
        });
        assert!(total(&calls, "llm.estimated_cost_usd") > 0.01);
        type Said = fn(&ReceivedSpan) -> Option<f64>;
        let first: Said = |call| number(call, "llm.time_to_first_token_ms");
        let whole: Said = |call| Some(call.duration_ms());
        for (instrument, said) in [
            ("agent.llm.time_to_first_token", first),
            ("agent.llm.latency", whole),
        ] {
            self.agrees(instrument, &calls, said, |call| {
                labels(call, &[model, who], &[])
            });
            let counted = |call: &ReceivedSpan| said(call).map(|_| 1.0);
            let counts = sums(&calls, counted, |call| labels(call, &[model, who], &[]));
            self.compare(instrument, counts, |series| series.count() as f64);
        }
        let operations = [
            "agent.iteration",
            "agent.detect_intent",
            "llm.call",
            "tool.call",
        ];
        let failed = operations.map(|name| self.received.named(name)).concat();
        let failed: Vec<_> = failed.into_iter().filter(|s| s.error.is_some()).collect();
        self.agrees("agent.errors.total", &failed, one, |span| {
            let operation = ("error.operation", span.name.clone());
            labels(span, &[("error.type", "error.type")], &[operation])
        });
        let kinds: BTreeSet<_> = failed.iter().map(|span| text(span, "error.type")).collect();
        for kind in [
            "authentication",
            "bad_arguments",
            "connection",
            "overloaded",
            "rate_limited",
            "server_error",
            "timeout",
            "unknown_model",
            "unknown_tool",
        ] {
            assert!(kinds.contains(kind), "{kind} in {kinds:?}");
        }
    }

    /// Each series of an instrument is the sum over the spans with its labels, and there is no other.
    fn agrees(
        &self,
        instrument: &str,
        spans: &[&ReceivedSpan],
        value: impl Fn(&ReceivedSpan) -> Option<f64>,
        labels: impl Fn(&ReceivedSpan) -> String,
    ) {
        self.compare(instrument, sums(spans, value, labels), Series::total);
    }

    fn compare(
        &self,
        instrument: &str,
        expected: BTreeMap<String, f64>,
        value: impl Fn(&Series) -> f64,
    ) {
        let series = self.received.metrics.series(instrument);
        let found: BTreeMap<_, _> = series
            .map(|series| (written(&series.labels), value(series)))
            .collect();
        let keys = |sums: &BTreeMap<String, f64>| sums.keys().cloned().collect::<Vec<_>>();
        assert!(!expected.is_empty());
        assert_eq!(keys(&found), keys(&expected), "{instrument}");
        for (labels, expected) in expected {
            close(found[&labels], expected, &format!("{instrument} {labels}"));
        }
    }

    fn circuits_are_told_in_metrics_and_readiness(&self) {
        let models = self.readiness["models"].as_array().unwrap().iter();
        let names: Vec<_> = models
            .map(|model| (model["provider"].clone(), model["name"].clone()))
            .collect();
        let named = |provider: &str, name: &str| (json!(provider), json!(name));
        assert_eq!(
            names,
            [
                named("openai-compatible", "scripted-1"),
                named("anthropic", "claude-sonnet-4-5"),
                named("builtin", "planner-1"),
            ]
        );
        let series = self.received.metrics.series("agent.llm.circuit");
        let circuits: HashMap<_, _> = series
            .map(|series| (written(&series.labels), series.total()))
            .collect();
        assert_eq!(circuits.len(), 3, "{circuits:?}");
        assert_eq!(circuits["llm.provider=anthropic"], 0.0);
        assert_eq!(circuits["llm.provider=builtin"], 0.0);
        // Open; half-open where the end took its time.
        assert!(circuits["llm.provider=openai-compatible"] >= 1.0);
    }

    /// Each failed call has its line, and what recovers is no error.
    fn failed_calls_are_warnings(&self, log: &[Value]) {
        let mut failed = self.calls();
        failed.retain(|call| call.error.is_some());
        let failed: BTreeMap<_, _> = failed
            .iter()
            .map(|call| (call.span_id.as_str(), text(call, "error.type")))
            .collect();
        let lines = log
            .iter()
            .filter(|line| line["message"] == "model call failed");
        let lines: Vec<_> = lines.collect();
        assert_eq!(lines.len(), failed.len());
        for line in lines {
            assert_eq!(line["level"], "WARN", "{line}");
            let kind = failed[line["span_id"].as_str().unwrap()];
            assert_eq!(line["error.type"], kind, "{line}");
        }
        for line in log.iter().filter(|line| line["level"] == "ERROR") {
            let mut turns = self.turns.iter().map(|had| &had.answer);
            let turn = turns.find(|answer| answer["trace_id"] == line["trace_id"]);
            assert_eq!(turn.unwrap()["status"], "error", "{line}");
        }
    }

    fn no_key_is_told(&self, log: &[Value]) {
        let answers = self.turns.iter().map(|had| had.answer.to_string());
        let told = answers.chain(log.iter().map(Value::to_string)).chain([
            format!("{:?}", self.received.spans),
            format!("{:?}", self.received.logs),
            format!("{:?}", self.received.metrics),
            self.readiness.to_string(),
        ]);
        for text in told {
            for key in KEYS {
                assert!(!text.contains(key), "{text}");
            }
        }
    }
}
