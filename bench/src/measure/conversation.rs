//! What a turn costs as its conversation grows.

use serde::Serialize;

use crate::{case::Case, client::Client, setting::Setting, variant::Variant};

/// How many turns are measured together: `/proc` counts in hundredths of a second.
const TOGETHER: usize = 20;

/// Processor time of a turn, in milliseconds, and in which turns.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stretch {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) cpu_ms: f64,
}

/// So many turns in one conversation, one after the other.
pub(crate) async fn measure(
    setting: &Setting,
    variant: Variant,
    turns: usize,
) -> anyhow::Result<Vec<Stretch>> {
    let question = setting.question(Case::Json(1));
    let server = setting.start(variant).await?;
    // Others first, so that no table is derived meanwhile.
    for _ in 0..TOGETHER {
        Client::new(&server.address).ask(&question).await?;
    }
    let mut client = Client::new(&server.address);
    let (mut stretches, mut cpu) = (Vec::new(), server.cpu_ms()?);
    for turn in 1..=turns {
        client.ask(&question).await?;
        client.conversation = client.last_conversation();
        if turn % TOGETHER == 0 {
            let now = server.cpu_ms()?;
            stretches.push(Stretch {
                from: turn + 1 - TOGETHER,
                to: turn,
                cpu_ms: (now - cpu) / TOGETHER as f64,
            });
            cpu = now;
        }
    }
    server.stop().await?;
    Ok(stretches)
}
