//! Prints confusions, macro-F1 and calibration error of the intent classifier on JSONL files of
//! `{"text", "previous"?, "pending_proposal"?, "intent"}`, whose paths are the arguments.

use std::{env, error::Error, io::Write, path::Path};

#[path = "../tests/measure/mod.rs"]
mod measure;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for path in env::args().skip(1) {
        writeln!(
            out,
            "{path}: {}",
            measure::Measure::of_file(Path::new(&path))?
        )?;
    }
    Ok(())
}
