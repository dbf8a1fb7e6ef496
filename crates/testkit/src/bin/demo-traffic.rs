//! Holds conversations with the application, in both languages, for ever or a number of times.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use testkit::traffic::{Person, dialogues};
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinSet,
    time::MissedTickBehavior,
};

/// Generated traffic, for demonstrations.
#[derive(Parser)]
struct Args {
    /// Where the application listens; several, separated by commas, are visited in turn.
    #[arg(
        long,
        env = "APP_URL",
        value_delimiter = ',',
        default_value = "http://127.0.0.1:8080"
    )]
    app_url: Vec<String>,
    /// Conversations begun per minute.
    #[arg(long, env = "RATE", default_value_t = 12)]
    rate: u32,
    /// Conversations in all; 0 = for ever.
    #[arg(long, env = "COUNT", default_value_t = 0)]
    count: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let args = Args::parse();
    let dialogues = dialogues()?;
    let mut beat = tokio::time::interval(Duration::from_secs(60) / args.rate.max(1));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut visits = JoinSet::new();
    let (mut begun, mut problems) = (0, 0);
    let limit = if args.count == 0 {
        usize::MAX
    } else {
        args.count
    };
    while begun < limit || !visits.is_empty() {
        tokio::select! {
            _ = terminated.recv() => break,
            _ = interrupted.recv() => break,
            Some(ended) = visits.join_next() => {
                if let Ok(Err(problem)) = ended {
                    problems += 1;
                    writeln!(io::stderr(), "demo-traffic: {problem}")?;
                }
            }
            _ = beat.tick(), if begun < limit => {
                let dialogue = dialogues[begun % dialogues.len()].clone();
                let url = args.app_url[begun % args.app_url.len()].clone();
                begun += 1;
                visits.spawn(async move { Person::new(&url)?.visit(&dialogue).await });
            }
        }
    }
    writeln!(
        io::stdout(),
        "demo-traffic: {begun} conversations, {problems} problems"
    )?;
    Ok(if problems == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
