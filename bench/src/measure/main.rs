//! What a turn costs: servers under load in interleaved rounds, as ratios to the bare server.
//!
//! Model, sink and load are in this process, which is not measured. `bench/run`, `bench/soak`,
//! `bench/peers/run` and `deploy/build` build and start it.

mod case;
mod client;
mod compare;
mod conversation;
mod events;
mod load;
mod memory;
mod process;
mod report;
mod round;
mod search;
mod setting;
mod soak;
mod starts;
mod stored;
mod times;
mod train;
mod variant;
mod visitor;

use std::{io::Write, path::PathBuf};

use clap::{Parser, Subcommand};

use crate::setting::{Binaries, Setting};

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
    Compare(compare::Args),
    /// Loads the application in all the ways that it is built to be fast in, and lets it end by itself.
    Train {
        /// How long each load lasts.
        #[arg(long, default_value_t = 5.0)]
        seconds: f64,
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
    let binaries = Binaries {
        travel_agent: args.travel_agent,
        floor: args.floor,
    };
    let mut setting = Setting::new(binaries, args.disk).await?;
    match args.what {
        What::Compare(how) => compare::run(&mut setting, how).await,
        What::Train { seconds } => train::run(&setting, seconds).await,
        What::Soak { minutes, rate, out } => {
            std::fs::create_dir_all(&out)?;
            soak::run(&setting, minutes, rate, &out.join("soak.json")).await
        }
    }
}

/// One line of how it goes.
fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stderr(), "{line}")
}
