//! How long a package takes, with what would fit a budget that none fits: 50 ms at most.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start must stop")]

use std::{sync::Arc, time::Duration};

use agent::{
    capability::package::recommend_best_package::{RecommendBestPackage, RecommendBestPackageArgs},
    conversation::ConversationState,
    locale::Locale,
    prompt::tier::Tier,
    sources::offline::OfflineFlights,
    tools::{Tool, ToolContext},
    travel::Currency,
};
use criterion::{Criterion, criterion_group, criterion_main};
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

fn package(c: &mut Criterion) {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let tool = RecommendBestPackage::new(Arc::new(OfflineFlights));
    let context = context();
    let mut group = c.benchmark_group("package");
    group.measurement_time(Duration::from_secs(3));
    for (name, budget) in [("within the budget", 5_000), ("over the budget", 900)] {
        let args: RecommendBestPackageArgs = serde_json::from_value(serde_json::json!({
            "departure": "LYS",
            "arrival": "LIS",
            "date": "2027-03-03",
            "return_date": "2027-03-10",
            "adults": 2,
            "budget": budget,
        }))
        .unwrap();
        group.bench_function(name, |bencher| {
            bencher.iter(|| runtime.block_on(tool.call(&context, args.clone())).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, package);
criterion_main!(benches);
