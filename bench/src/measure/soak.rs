//! A constant rate for long, with streams that break off: memory and descriptors must not grow.

use std::{path::Path, sync::Arc, time::Duration};

use serde::Serialize;
use testkit::llm::Delivery;
use tokio::{
    task::JoinSet,
    time::{Instant, MissedTickBehavior, interval},
};

use crate::{
    say,
    setting::Setting,
    variant::Variant,
    visitor::{Questions, Visitor},
};

/// How many connections the chats come over, in turn.
const CLIENTS: usize = 16;
/// How many looks there are in the whole time.
const LOOKS: u32 = 60;
/// Most that memory may be above that of the second fifth of the looks at the end: a tenth, or so many MiB.
const MEMORY: (f64, f64) = (1.1, 6.0);
/// Most that descriptors may be above it: those of connections that come and go.
const DESCRIPTORS: f64 = 4.0;
/// How the model answers: so that a stream is in its middle when its reader hangs up.
const DELIVERY: Delivery = Delivery::Paced {
    first: Duration::from_millis(10),
    between: Duration::from_millis(1),
};

/// One look at the server.
#[derive(Clone, Copy, Debug, Serialize)]
struct Look {
    seconds: f64,
    chats: u64,
    resident_mib: f64,
    descriptors: usize,
}

/// Loads the application so long at such a rate; fails when an answer is wrong or something grows.
pub(crate) async fn run(
    setting: &Setting,
    minutes: f64,
    rate: f64,
    out: &Path,
) -> anyhow::Result<()> {
    let questions = Arc::new(Questions {
        whole: setting.ask(false),
        streamed: setting.ask(true),
    });
    setting.model.deliver(DELIVERY);
    let server = setting.start(Variant::OursSmall).await?;
    let length = Duration::from_secs_f64(minutes * 60.0);
    let begun = Instant::now();
    let mut ticks = interval(Duration::from_secs_f64(1.0 / rate));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut looking = interval(length / LOOKS);
    let (mut asking, mut looks) = (JoinSet::new(), Vec::new());
    let (mut asked, mut chats) = (0_u64, 0_u64);
    let visitors = (0..CLIENTS).map(|_| Visitor::new(&server.address));
    let mut idle: Vec<Visitor> = visitors.collect();
    while begun.elapsed() < length {
        tokio::select! {
            _ = ticks.tick(), if !idle.is_empty() => {
                let Some(mut visitor) = idle.pop() else { continue };
                let (questions, number) = (Arc::clone(&questions), asked);
                asked += 1;
                asking.spawn(async move {
                    visitor.ask(&questions, number).await.map(|()| visitor)
                });
            }
            Some(ended) = asking.join_next() => {
                // The one that waited longest is asked next, so that all connections are used.
                idle.insert(0, ended??);
                chats += 1;
            }
            _ = looking.tick() => {
                let look = Look {
                    seconds: begun.elapsed().as_secs_f64(),
                    chats,
                    resident_mib: server.resident_mib()?,
                    descriptors: server.descriptors()?,
                };
                say(&format!("{look:?}"))?;
                looks.push(look);
            }
        }
    }
    server.stop().await?;
    std::fs::write(out, serde_json::to_string_pretty(&looks)?)?;
    let filled = looks.len() * 4 / 10;
    let early = &looks[looks.len() / 5..filled.max(looks.len() / 5 + 1).min(looks.len())];
    let late = &looks[looks.len() * 4 / 5..];
    judge(early, late, chats, length, rate)
}

fn judge(
    early: &[Look],
    late: &[Look],
    chats: u64,
    length: Duration,
    rate: f64,
) -> anyhow::Result<()> {
    let mean = |looks: &[Look], value: &dyn Fn(&Look) -> f64| {
        looks.iter().map(value).sum::<f64>() / looks.len().max(1) as f64
    };
    let memory = [early, late].map(|looks| mean(looks, &|look| look.resident_mib));
    let open = [early, late].map(|looks| mean(looks, &|look| look.descriptors as f64));
    say(&format!(
        "{chats} chats; memory {:.1} MiB, at the end {:.1}; descriptors {:.1}, at the end {:.1}",
        memory[0], memory[1], open[0], open[1]
    ))?;
    let wanted = length.as_secs_f64() * rate;
    anyhow::ensure!(
        chats as f64 > wanted * 0.9,
        "only {chats} of {wanted:.0} chats: the rate is too high"
    );
    anyhow::ensure!(
        memory[1] <= (memory[0] * MEMORY.0).max(memory[0] + MEMORY.1),
        "memory grows"
    );
    anyhow::ensure!(open[1] <= open[0] + DESCRIPTORS, "descriptors grow");
    Ok(())
}
