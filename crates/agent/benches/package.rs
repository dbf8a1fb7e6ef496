//! How long a package takes, with what would fit a budget that none fits: 50 ms at most.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start must stop")]

mod context;

use std::{sync::Arc, time::Duration};

use agent::{
    capability::package::recommend_best_package::{RecommendBestPackage, RecommendBestPackageArgs},
    sources::offline::OfflineFlights,
    tools::Tool,
};
use criterion::{Criterion, criterion_group, criterion_main};
use tokio::runtime::Builder;

fn package(c: &mut Criterion) {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let tool = RecommendBestPackage::new(Arc::new(OfflineFlights));
    let context = context::of_a_call();
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
