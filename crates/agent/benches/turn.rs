//! How long a whole turn takes: the built-in model, the offline source, no store, no exporter.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start must stop")]

use std::{sync::Arc, time::Duration};

use agent::{
    Agent,
    capability::{self, Sources},
    conversation::ConversationState,
    event::{Door, TurnEnd, TurnEvent},
    faults::Faults,
    locale::Locale,
    prompt::tier::Mode,
    travel::Currency,
    turn::TurnRequest,
};
use criterion::{Criterion, criterion_group, criterion_main};
use futures::StreamExt;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

fn agent() -> Arc<Agent> {
    let tools = capability::registry(
        Duration::from_secs(15),
        Faults::default(),
        &Sources::offline(),
    );
    Arc::new(Agent::new(tools, Faults::default()))
}

fn request(message: &str) -> TurnRequest {
    TurnRequest {
        conversation_id: Uuid::from_u128(1),
        message: message.to_owned(),
        decision: None,
        history: Vec::new(),
        state: ConversationState::default(),
        mode: Mode::Full,
        locale: None,
        fallback_locale: Locale::Fr,
        month_first: false,
        now: "2026-11-22T10:00:00+01:00[Europe/Paris]".parse().unwrap(),
        currency: Currency::eur(),
        door: Door::Page,
        admitted_at: std::time::Instant::now(),
        deadline: Duration::from_secs(60),
        draining: CancellationToken::new(),
        use_builtin: false,
        capture_content: false,
        root: tracing::Span::none(),
    }
}

fn run(runtime: &Runtime, agent: &Arc<Agent>, request: TurnRequest) -> Vec<TurnEvent> {
    runtime.block_on(agent.run_turn(request).collect())
}

fn turn(c: &mut Criterion) {
    agent::warm_up();
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let agent = agent();
    let mut group = c.benchmark_group("turn");
    for (name, message, proposes) in [
        ("small talk", "Bonjour, comment ça va ?", false),
        (
            "search and propose",
            "Je cherche un vol Lyon New York du 12 au 20 janvier pour 2 adultes",
            true,
        ),
    ] {
        let request = request(message);
        // What is measured is the turn that the name says.
        let events = run(&runtime, &agent, request.clone());
        let proposed = |event: &TurnEvent| matches!(event, TurnEvent::Proposed(_));
        assert_eq!(events.iter().any(proposed), proposes, "{events:#?}");
        let end = events.last();
        assert!(
            matches!(
                end,
                Some(TurnEvent::Ended {
                    end: TurnEnd::Ok,
                    ..
                })
            ),
            "{end:?}"
        );
        group.bench_function(name, |b| {
            b.iter(|| run(&runtime, &agent, request.clone()));
        });
    }
    group.finish();
}

criterion_group!(benches, turn);
criterion_main!(benches);
