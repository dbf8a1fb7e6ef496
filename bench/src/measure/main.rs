//! What a turn costs: servers under load in interleaved rounds, as ratios to the bare server.
//!
//! Model, sink and load are in this process, which is not measured. `bench/run` and `bench/soak` build
//! and start it.

mod client;
mod conversation;
mod load;
mod process;
mod report;
mod round;
mod setting;
mod soak;

use std::{io::Write, path::PathBuf, time::Duration};

use clap::{Parser, Subcommand};

use crate::{
    report::Report,
    setting::{Case, Setting, Variant},
};

/// Measures servers side by side.
#[derive(Parser)]
struct Args {
    /// The application, built as it is released.
    #[arg(long)]
    travel_agent: PathBuf,
    /// The bare server.
    #[arg(long)]
    floor: PathBuf,
    /// A folder of its own on a real disk, for the database.
    #[arg(long)]
    disk: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Compares the servers under each load.
    Compare {
        /// How often each is measured; the medians are told.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// How long each is counted, in seconds.
        #[arg(long, default_value_t = 4.0)]
        seconds: f64,
        /// How many realistic streams; 0 leaves them out.
        #[arg(long, default_value_t = 1000)]
        streams: usize,
        /// How many turns of one conversation; 0 leaves them out.
        #[arg(long, default_value_t = 200)]
        turns: usize,
        /// Where `results.json` and `results.md` go.
        #[arg(long)]
        out: PathBuf,
    },
    /// Loads the application at a constant rate: memory and descriptors must stay flat.
    Soak {
        /// How long.
        #[arg(long, default_value_t = 15.0)]
        minutes: f64,
        /// Chats a second.
        #[arg(long, default_value_t = 20.0)]
        rate: f64,
        /// Where `soak.json` goes.
        #[arg(long)]
        out: PathBuf,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    // Both ends of a thousand streams; the servers inherit it.
    rlimit::increase_nofile_limit(u64::MAX)?;
    let setting = Setting::new(args.travel_agent, args.floor, args.disk).await?;
    match args.what {
        What::Compare {
            rounds,
            seconds,
            streams,
            turns,
            out,
        } => {
            std::fs::create_dir_all(&out)?;
            let counted = Duration::from_secs_f64(seconds);
            let report = compare(&setting, rounds, counted, streams, turns).await?;
            std::fs::write(out.join("results.json"), report.json()?)?;
            let table = report.markdown();
            std::fs::write(out.join("results.md"), &table)?;
            std::io::stdout().write_all(table.as_bytes())?;
            let errors = report.errors();
            anyhow::ensure!(
                errors == 0,
                "{errors} answers were wrong: these figures compare nothing"
            );
            Ok(())
        }
        What::Soak { minutes, rate, out } => {
            std::fs::create_dir_all(&out)?;
            soak::run(&setting, minutes, rate, &out.join("soak.json")).await
        }
    }
}

/// Every server under every load, in turn, so that what the machine does meanwhile meets them all.
async fn compare(
    setting: &Setting,
    rounds: usize,
    counted: Duration,
    streams: usize,
    turns: usize,
) -> anyhow::Result<Report> {
    let mut cases = vec![Case::Json(1), Case::Json(16), Case::Json(64), Case::Sse(16)];
    cases.extend((streams > 0).then_some(Case::Streams(streams)));
    let mut report = Report::default();
    for round in 1..=rounds {
        for &case in &cases {
            for variant in case.variants() {
                let measured = round::measure(setting, case, variant, counted).await?;
                say(&format!(
                    "round {round}: {}: {}: {measured}",
                    case.name(),
                    variant.name()
                ))?;
                report.add(round, case, variant, measured);
            }
        }
    }
    if turns > 0 {
        let grown = conversation::measure(setting, Variant::Ours, turns).await?;
        say(&format!("one conversation: {grown:?}"))?;
        report.conversation = Some(grown);
    }
    Ok(report)
}

/// One line of how it goes.
fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stderr(), "{line}")
}
