//! How long suggestions of destinations take: with the fares of a month to all that are worth a look,
//! and without any.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start must stop")]

mod context;

use std::{sync::Arc, time::Duration};

use agent::{
    capability::suggest::{SuggestDestinationsArgs, suggest_destinations::SuggestDestinations},
    sources::offline::OfflineFlights,
    tools::Tool,
};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use tokio::runtime::Builder;

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
    let context = context::of_a_call();
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
