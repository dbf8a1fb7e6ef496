//! Trains the intent classifier from `corpus/`, and writes its int8 weights and the phrases of
//! `lexicon/` and the tables of `data/` to `OUT_DIR`.

use std::{env, error::Error, fs, path::Path};

#[path = "build/augment.rs"]
mod augment;
#[path = "build/calibrate.rs"]
mod calibrate;
#[path = "build/corpus.rs"]
mod corpus;
#[path = "src/intent/features.rs"]
mod features;
#[path = "../travel/src/fold.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the program folds whole texts as well"
)]
mod fold;
#[path = "src/mention/place/towns/layout.rs"]
#[expect(dead_code, reason = "the program reads what is written here")]
mod layout;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "src/intent/logits.rs"]
mod logits;
#[path = "src/intent/normalize.rs"]
mod normalize;
#[path = "build/places.rs"]
mod places;
#[path = "build/quantize.rs"]
mod quantize;
#[path = "build/random.rs"]
mod random;
#[path = "build/towns.rs"]
mod towns;
#[path = "build/train.rs"]
mod train;
#[path = "build/words.rs"]
mod words;

fn main() -> Result<(), Box<dyn Error>> {
    for watched in [
        "build.rs",
        "build",
        "corpus",
        "data",
        "../travel/data/airports.tsv",
        "lexicon",
        "src/intent",
        "src/mention/place/towns/layout.rs",
        "../travel/src/fold.rs",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let corpus = Path::new("corpus");
    let places = places::Places::read(Path::new("../travel/data/airports.tsv"))?;
    let variants = augment::augment(&corpus::read(corpus)?, &places);
    let examples = train::examples(&variants, &places);
    let weights = train::train(&examples.iter().collect::<Vec<_>>());
    let calibration = calibrate::calibrate(&examples);

    let (table, mut steps) = quantize::quantize(&weights);
    for step in &mut steps[..logits::INTENTS] {
        *step *= calibration.sharpness;
    }
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(
        out.join("lexicon.rs"),
        lexicon::generate(Path::new("lexicon"))?,
    )?;
    fs::write(out.join("words.rs"), words::generate(Path::new("lexicon"))?)?;
    towns::generate(
        Path::new("data"),
        Path::new("../travel/data/airports.tsv"),
        out,
    )?;
    fs::write(out.join("intent.weights"), table)?;
    fs::write(
        out.join("intent_model.rs"),
        format!(
            "Model {{ table: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/intent.weights\")), \
             steps: {steps:?}, offsets: {:?} }}",
            calibration.offsets
        ),
    )?;
    Ok(())
}
