//! A whole turn of the built-in model: it reads, searches, answers and proposes.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use agent::{
    Agent,
    capability::{self, Sources},
    conversation::ConversationState,
    event::{Door, TurnEnd, TurnEvent},
    faults::Faults,
    locale::Locale,
    prompt::tier::Mode,
    travel::Currency,
    turn::TurnRequest,
};
use futures::StreamExt;
use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const MESSAGE: &str = "Je cherche un vol Lyon New York du 12 au 20 janvier pour 2 adultes";
const TOOL_TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) fn run(rounds: usize) -> anyhow::Result<()> {
    agent::warm_up();
    // One thread: what others do meanwhile would be counted as well.
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let tools = capability::registry(TOOL_TIMEOUT, Faults::default(), &Sources::offline());
    let agent = Arc::new(Agent::new(tools, Faults::default()));
    for _ in 0..rounds {
        let events: Vec<TurnEvent> = runtime.block_on(agent.run_turn(request()?).collect());
        let proposed = events
            .iter()
            .any(|event| matches!(event, TurnEvent::Proposed(_)));
        let ended = matches!(
            events.last(),
            Some(TurnEvent::Ended {
                end: TurnEnd::Ok,
                ..
            })
        );
        anyhow::ensure!(proposed && ended, "not the turn that is to be counted");
    }
    Ok(())
}

fn request() -> anyhow::Result<TurnRequest> {
    Ok(TurnRequest {
        conversation_id: Uuid::from_u128(1),
        message: MESSAGE.to_owned(),
        decision: None,
        history: Vec::new(),
        state: ConversationState::default(),
        mode: Mode::Full,
        locale: None,
        fallback_locale: Locale::Fr,
        month_first: false,
        now: "2026-11-22T10:00:00+01:00[Europe/Paris]".parse()?,
        currency: Currency::eur(),
        door: Door::Page,
        admitted_at: Instant::now(),
        deadline: TOOL_TIMEOUT,
        draining: CancellationToken::new(),
        use_builtin: false,
        capture_content: false,
        root: tracing::Span::none(),
    })
}
