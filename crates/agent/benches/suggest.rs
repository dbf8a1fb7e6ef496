//! How long suggestions of destinations take: with the fares of a month to all that are worth a look,
//! and without any.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start must stop")]

use std::{sync::Arc, time::Duration};

use agent::{
    capability::suggest::{SuggestDestinationsArgs, suggest_destinations::SuggestDestinations},
    conversation::ConversationState,
    locale::Locale,
    prompt::tier::Tier,
    sources::offline::OfflineFlights,
    tools::{Tool, ToolContext},
    travel::Currency,
};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use tokio::runtime::Builder;

fn context() -> ToolContext {
    ToolContext {
        now: "2026-11-29T10:00:00+01:00[Europe/Paris]".parse().unwrap(),
        locale: Locale::En,
        currency: Currency::eur(),
        state: Arc::new(ConversationState::default()),
        confirmed: None,
        tier: Tier::Full,
        direct: None,
        conversation: None,
        capture_content: false,
    }
}

/// What is wished, from the widest question to the narrowest.
fn wishes() -> [(&'static str, Value); 4] {
    [
        (
            "a budget alone",
            json!({"departure": "LYS", "month": "2027-02", "max_price": "500"}),
        ),
        (
            "warm and within a budget",
            json!({"departure": "LYS", "month": "2027-02", "warmth": "warm", "max_price": "500"}),
        ),
        (
            "a beach on fixed days, not too far",
            json!({"departure": "LYS", "check_in": "2027-05-14", "check_out": "2027-05-17",
                "kinds": ["beach"], "warmth": "sunny", "near": true}),
        ),
        (
            "without a departure",
            json!({"month": "2027-02", "warmth": "warm"}),
        ),
    ]
}

fn suggest(c: &mut Criterion) {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let tool = SuggestDestinations::new(Arc::new(OfflineFlights));
    let context = context();
    let mut group = c.benchmark_group("suggest");
    group.measurement_time(Duration::from_secs(3));
    for (name, wishes) in wishes() {
        let args: SuggestDestinationsArgs = serde_json::from_value(wishes).unwrap();
        let found = runtime.block_on(tool.call(&context, args.clone())).unwrap();
        assert!(found.result_count > 0, "{name}: nothing is measured");
        group.bench_function(name, |bencher| {
            bencher.iter(|| runtime.block_on(tool.call(&context, args.clone())).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, suggest);
criterion_main!(benches);
