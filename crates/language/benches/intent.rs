//! How long one message takes: below 50 microseconds.

use language::intent::{Context, detect, language::detect_language};
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};

fn intent(criterion: &mut Criterion) {
    let plain = Context::default();
    let asked = Context {
        previous: Some("Quelle est votre ville de départ ?"),
        pending_proposal: false,
    };
    let long =
        "Bonjour, ma femme et moi voudrions partir une semaine au soleil en janvier. ".repeat(52);
    let mut group = criterion.benchmark_group("intent");
    for (name, text, context) in [
        ("short", "oui", plain),
        ("answer", "depuis Lyon, du 12 au 20, 2 adultes", asked),
        (
            "sentence",
            "I would like to fly from Paris to New York on January 12th with two children",
            plain,
        ),
        ("4000 characters", &long, plain),
    ] {
        group.bench_function(name, |b| b.iter(|| detect(black_box(text), context)));
    }
    group.bench_function("language", |b| {
        b.iter(|| detect_language(black_box("depuis Lyon, du 12 au 20, 2 adultes")));
    });
    group.finish();
}

criterion_group!(benches, intent);
criterion_main!(benches);
