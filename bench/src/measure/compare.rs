//! Every server under every load, and what only the application is asked.

use std::{io::Write, path::PathBuf, time::Duration};

use crate::{
    case::Case,
    conversation,
    report::Report,
    round, say, search,
    setting::Setting,
    starts,
    stored::Stored,
    variant::{Peer, Variant},
};

/// What is compared, and for how long.
#[derive(clap::Args)]
pub(crate) struct Args {
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
    /// How many conversations are stored where many are; 0 leaves this and the searches out.
    #[arg(long, default_value_t = 10_000)]
    stored: usize,
    /// How many starts on each kind of database; 0 leaves them out.
    #[arg(long, default_value_t = 10)]
    starts: usize,
    /// Only this load, as tables name it (`SSE, 16`); several can be given.
    #[arg(long)]
    only: Vec<String>,
    /// Only this server, as tables name it (`ours`); several can be given.
    #[arg(long = "server")]
    servers: Vec<String>,
    /// A further server as `name=command`, which reads the same environment as the floor.
    #[arg(long = "peer")]
    peers: Vec<Peer>,
    /// Where `results.json` and `results.md` go.
    #[arg(long)]
    out: PathBuf,
}

/// Measures, and writes down and tells what came of it; fails when an answer was wrong.
pub(crate) async fn run(setting: &mut Setting, args: Args) -> anyhow::Result<()> {
    std::fs::create_dir_all(&args.out)?;
    let out = args.out.clone();
    let report = compare(setting, args).await?;
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

/// In interleaved rounds, so that what the machine does meanwhile meets all servers.
async fn compare(setting: &mut Setting, args: Args) -> anyhow::Result<Report> {
    let known: Vec<_> = Case::all(args.streams)
        .iter()
        .map(|case| case.name())
        .collect();
    if let Some(unknown) = args.only.iter().find(|&wanted| !known.contains(wanted)) {
        anyhow::bail!("no load is called {unknown:?}; there are {known:?}");
    }
    // They are named in tables until the process ends.
    let peers: &'static [Peer] = Vec::leak(args.peers);
    let measured: Vec<_> = Case::all(args.streams)
        .iter()
        .flat_map(|case| case.variants(args.streams, args.stored > 0))
        .chain(peers.iter().map(Variant::Peer))
        .map(Variant::name)
        .collect();
    if let Some(unknown) = args
        .servers
        .iter()
        .find(|name| !measured.contains(&name.as_str()))
    {
        anyhow::bail!("no server is called {unknown:?}; there are {measured:?}");
    }
    let asked = |variant: &Variant| {
        args.servers.is_empty() || args.servers.iter().any(|name| name == variant.name())
    };
    // Searches, one conversation and starts are measured of it alone.
    let ours = asked(&Variant::Ours);
    if args.stored > 0 {
        say(&format!(
            "filling a database with {} conversations",
            args.stored
        ))?;
        setting.stored = Some(Stored::fill(setting, args.stored).await?);
    }
    let setting = &*setting;
    let counted = Duration::from_secs_f64(args.seconds);
    let mut report = Report::default();
    for round in 1..=args.rounds {
        let cases = Case::all(args.streams).into_iter();
        let wanted = |case: &Case| args.only.is_empty() || args.only.contains(&case.name());
        for case in cases.filter(wanted) {
            let mut variants = case.variants(args.streams, setting.stored.is_some());
            if !matches!(case, Case::Streams(_)) {
                variants.extend(peers.iter().map(Variant::Peer));
            }
            for variant in variants.into_iter().filter(&asked) {
                let measured = round::measure(setting, case, variant, counted).await?;
                say(&format!(
                    "round {round}: {}: {}: {measured}",
                    case.name(),
                    variant.name()
                ))?;
                report.add(round, case, variant, measured);
            }
        }
        if let Some(stored) = setting.stored.as_ref().filter(|_| ours) {
            let searches = search::measure(setting, stored, counted / 4).await?;
            say(&format!("round {round}: {searches:?}"))?;
            report.stored = stored.conversations;
            report.searches.push(searches);
        }
    }
    if args.turns > 0 && ours {
        let grown = conversation::measure(setting, Variant::Ours, args.turns).await?;
        say(&format!("one conversation: {grown:?}"))?;
        report.conversation = Some(grown);
    }
    if args.starts > 0 && ours {
        report.starts = starts::measure(setting, args.starts).await?;
        say(&format!("{:?}", report.starts))?;
    }
    Ok(report)
}
