//! The command line.

use std::process::ExitCode;

use clap::{
    CommandFactory, FromArgMatches, Parser, Subcommand,
    builder::Resettable,
    error::{ContextKind, ContextValue},
};

use crate::{check_config, config::Config, healthcheck, panics, serve, understand};

/// A travel agent to chat with, in French or English.
#[derive(Debug, Parser)]
#[command(name = "travel-agent", version)]
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
    /// Ask the server at BIND_ADDR whether it is alive (for containers); fails if it is not
    Healthcheck,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    panics::hide_texts();
    // Before any thread runs: what is in the environment wins over `.env`.
    let _ = dotenvy::dotenv();
    let cli = parse();
    if cli.check_config {
        return exit(check_config::run(&cli.config));
    }
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => exit(serve::run(cli.config)),
        Command::Understand => exit(understand::run(&cli.config)),
        Command::Healthcheck => exit(healthcheck::run(cli.config.bind_addr)),
    }
}

/// Reads the command line and the environment; an empty variable is one that is not set.
fn parse() -> Cli {
    let command = Cli::command().mut_args(|arg| {
        let is_empty = arg
            .get_env()
            .is_some_and(|name| std::env::var_os(name).is_some_and(|value| value.is_empty()));
        if is_empty {
            arg.env(Resettable::Reset)
        } else {
            arg
        }
    });
    let cli = command.try_get_matches();
    let cli = cli.and_then(|matches| Cli::from_arg_matches(&matches));
    cli.unwrap_or_else(|error| without_password(error).exit())
}

/// The same error: of an address with a password, it would quote the password.
fn without_password(mut error: clap::Error) -> clap::Error {
    let value = error.get(ContextKind::InvalidValue);
    if matches!(value, Some(ContextValue::String(value)) if value.contains('@')) {
        let masked = ContextValue::String("********".to_owned());
        error.insert(ContextKind::InvalidValue, masked);
    }
    error
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
