//! `travel-agent`: the server and its commands.

mod access;
mod admit;
mod check_config;
mod client;
mod config;
mod extract;
mod http_span;
mod limits;
mod problem;
mod router;
mod routes;
mod serve;
mod shutdown;
mod sse;
mod state;
mod telemetry;
mod turns;
mod understand;
mod visitor;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// A travel agent to chat with, in French or English.
#[derive(Debug, Parser)]
#[command(name = "travel-agent", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Print the effective configuration, secrets masked, and exit
    #[arg(long)]
    check_config: bool,

    #[command(flatten)]
    config: Config,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Command {
    /// Serve pages and API (the default)
    Serve,
    /// Read sentences (or JSONL) from standard input and print what is understood
    Understand,
}

fn main() -> ExitCode {
    // Before any thread runs: what is in the environment wins over `.env`.
    let _ = dotenvy::dotenv();
    let cli = Cli::parse();
    if cli.check_config {
        return exit(check_config::print(&cli.config));
    }
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => exit(serve::run(cli.config)),
        Command::Understand => exit(understand::run(&cli.config)),
    }
}

/// The one place that tells the operator of a failed command.
#[expect(
    clippy::print_stderr,
    reason = "there is no telemetry before the start and after the end"
)]
fn exit(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("travel-agent: {error:#}");
            ExitCode::FAILURE
        }
    }
}
