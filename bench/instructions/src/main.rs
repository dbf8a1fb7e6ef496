//! Does a piece of the application's work so many times. `.ci/instructions` counts the instructions of two
//! runs that differ in nothing but that: what the start takes is in both.

mod page;
mod reading;
mod search;
mod spans;
mod turn;

use clap::{Parser, ValueEnum};

/// What is to be done, and how often.
#[derive(Parser)]
struct Args {
    /// The work.
    work: Work,
    /// How often.
    rounds: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Work {
    /// Intent and reading of ten messages.
    Reading,
    /// A return search with one stop.
    Search,
    /// A whole turn of the built-in model that searches and proposes, without store and export.
    Turn,
    /// The spans of a turn through completion, metrics and ring.
    Spans,
    /// The page of a conversation with offers and a proposal.
    Page,
}

fn main() -> anyhow::Result<()> {
    let Args { work, rounds } = Args::parse();
    match work {
        Work::Reading => reading::run(rounds),
        Work::Search => search::run(rounds),
        Work::Turn => turn::run(rounds),
        Work::Spans => spans::run(rounds),
        Work::Page => page::run(rounds),
    }
}
