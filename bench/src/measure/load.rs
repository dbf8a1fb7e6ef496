//! Load in a closed loop: each client asks again when it has its answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    client::{Answered, Client, Question},
    process::Server,
};

const WARMING: u8 = 0;
const COUNTING: u8 = 1;
const OVER: u8 = 2;

/// What came of a load.
pub(crate) struct Load {
    /// Those that ended while it was counted.
    pub(crate) answered: Vec<Answered>,
    pub(crate) errors: Vec<String>,
    pub(crate) seconds: f64,
    /// Of the server meanwhile, in milliseconds.
    pub(crate) cpu_ms: f64,
}

/// Loads a server with these clients: warms up, then counts.
pub(crate) async fn run(
    server: &Server,
    question: &Arc<Question>,
    clients: Vec<Client>,
    warm: Duration,
    counted: Duration,
) -> anyhow::Result<Load> {
    let phase = Arc::new(AtomicU8::new(WARMING));
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|client| {
            tokio::spawn(ask_until_over(
                client,
                Arc::clone(question),
                Arc::clone(&phase),
            ))
        })
        .collect();
    tokio::time::sleep(warm).await;
    let (cpu, begun) = (server.cpu_ms()?, Instant::now());
    phase.store(COUNTING, Ordering::Relaxed);
    tokio::time::sleep(counted).await;
    phase.store(OVER, Ordering::Relaxed);
    let (cpu_ms, seconds) = (server.cpu_ms()? - cpu, begun.elapsed().as_secs_f64());
    let mut load = Load {
        answered: Vec::new(),
        errors: Vec::new(),
        seconds,
        cpu_ms,
    };
    for task in tasks {
        let (answered, errors) = task.await?;
        load.answered.extend(answered);
        load.errors.extend(errors);
    }
    Ok(load)
}

async fn ask_until_over(
    mut client: Client,
    question: Arc<Question>,
    phase: Arc<AtomicU8>,
) -> (Vec<Answered>, Vec<String>) {
    let (mut answered, mut errors) = (Vec::new(), Vec::new());
    while phase.load(Ordering::Relaxed) != OVER {
        match client.ask(&question).await {
            Ok(one) if phase.load(Ordering::Relaxed) == COUNTING => answered.push(one),
            Ok(_) => {}
            Err(error) => {
                errors.push(format!("{error:#}"));
                // A server that refuses at once is not to be asked a million times.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    (answered, errors)
}
