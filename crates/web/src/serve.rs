//! `travel-agent serve`: builds everything, serves, and ends in good order.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use agent::{
    Agent,
    capability::{self, Sources},
    faults::Faults,
    store::{SqliteStore, Store},
};
use anyhow::Context;
use tokio_util::sync::CancellationToken;

use crate::{
    budgets::Budgets,
    caller::access,
    config::Config,
    connections::{self, Rules, descriptors},
    followers::Followers,
    limits::Limits,
    models,
    router::router,
    shutdown::{self, Signals},
    state::{AppState, Clock, Shared},
    telemetry, telemetry_config,
    turns::{self, Ends, Turns},
};

/// Longest that one tool call may take.
const TOOL_TIMEOUT: Duration = Duration::from_secs(20);
/// How often ended turns and idle rate limits are forgotten.
const SWEEP: Duration = Duration::from_secs(30);

/// Serves until SIGTERM or ctrl-c.
pub fn run(config: Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    telemetry::secrets::keep(config.secrets());
    runtime.block_on(async {
        let telemetry = obs::init(
            telemetry_config::read(&config)?,
            telemetry::vocabulary(
                config.telemetry.otel_semconv_stability_opt_in,
                config.capture_content,
            ),
        )?;
        telemetry_config::warn(&config);
        let state = build(config, telemetry, Clock::system()).await?;
        let result = serve(&state).await;
        state.telemetry.shutdown(shutdown::FLUSH).await;
        result
    })
}

async fn build(
    config: Config,
    telemetry: obs::Telemetry,
    clock: Clock,
) -> anyhow::Result<AppState> {
    let store = SqliteStore::open(&config.database_url)
        .await
        .with_context(|| format!("cannot open DATABASE_URL {}", config.database_url))?;
    let store: Arc<dyn Store> = Arc::new(store);
    let recovered = store.recover().await.context("cannot read the database")?;
    if recovered > 0 {
        tracing::warn!(
            turns = recovered,
            "turns that were running at the last stop are marked stopped"
        );
    }
    let faults = faults(&config);
    let sources = Sources::offline();
    let tools = capability::registry(TOOL_TIMEOUT, faults.clone(), &sources);
    let chain = models::chain(&config.llm)?;
    models::check_prices(&chain, &config.budget)?;
    let agent = Agent::new(tools, faults)
        .on(chain)
        .with(models::options(&config.llm));
    let agent = Arc::new(agent);
    crate::telemetry::circuits(&telemetry.meter(), Arc::clone(&agent));
    let budgets = budgets(&config, clock, &*store, &telemetry).await?;
    Ok(AppState::new(Shared {
        limits: Limits::new(&config.limits),
        budgets,
        agent,
        store,
        turns: Arc::new(Turns::new(config.limits.ended_turns_bytes())),
        ends: Ends::default(),
        streams: crate::telemetry::open_streams(&telemetry.meter()),
        followers: Followers::default(),
        feedback: crate::telemetry::feedback(&telemetry.meter()),
        telemetry,
        tasks: obs::Tasks::default(),
        started_at: clock.now(),
        clock,
        closing: CancellationToken::new(),
        draining: CancellationToken::new(),
        config,
    }))
}

/// The budgets, and the gauge of what is left of the day's.
async fn budgets(
    config: &Config,
    clock: Clock,
    store: &dyn Store,
    telemetry: &obs::Telemetry,
) -> anyhow::Result<Arc<Budgets>> {
    let budgets = Arc::new(Budgets::new(&config.budget, clock));
    let read = budgets.refresh(store).await;
    read.context("cannot read the database")?;
    if budgets.remaining().is_some() {
        let budgets = Arc::clone(&budgets);
        let read = move || budgets.remaining().unwrap_or_default();
        crate::telemetry::budget_remaining(&telemetry.meter(), read);
    }
    Ok(budgets)
}

#[cfg(debug_assertions)]
fn faults(config: &Config) -> Faults {
    Faults::parse(&config.test_faults)
}

#[cfg(not(debug_assertions))]
fn faults(_: &Config) -> Faults {
    Faults::default()
}

async fn serve(state: &AppState) -> anyhow::Result<()> {
    let listener = connections::listen(state.config.bind_addr)
        .with_context(|| format!("cannot listen on BIND_ADDR {}", state.config.bind_addr))?;
    let (address, signals) = (listener.local_addr()?, Signals::listen());
    announce(address)?;
    access::announce(&state.config);
    // Tables and network are built while the first visitor is still reading.
    let warm_up = tokio::task::spawn_blocking(agent::warm_up);
    let sweeper = tokio::spawn(sweep(state.clone()));
    let storing = tokio::spawn(turns::keep_storing(state.clone()));
    let most = descriptors::connections(state.config.limits.max_connections, descriptors::raise());
    let rules = Rules::new(most, &state.config.trusted_proxies);
    let (closing, drained) = (state.clone(), CancellationToken::new());
    let lingering = drained.clone();
    let served = connections::serve(listener, router(state.clone()), rules, async move {
        shutdown::requested(signals, &closing).await;
        drained.cancel();
    });
    tokio::select! {
        () = served => {}
        () = linger(&lingering) => {}
    }
    sweeper.abort();
    storing.abort();
    warm_up.abort();
    Ok(())
}

/// Waits for the end of the turns, and a moment longer for the connections.
async fn linger(drained: &CancellationToken) {
    drained.cancelled().await;
    tokio::time::sleep(shutdown::LINGER).await;
}

/// Prints the one line that people and scripts wait for.
fn announce(address: SocketAddr) -> std::io::Result<()> {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "listening on http://{address}")?;
    stdout.flush()
}

async fn sweep(state: AppState) {
    let mut interval = tokio::time::interval(SWEEP);
    loop {
        interval.tick().await;
        state.turns.forget_ended();
        state.limits.forget_idle();
        if let Err(error) = state.store.forget_expired_shares(state.clock.now()).await {
            tracing::debug!(%error, "links that are over stay until the next look");
        }
    }
}

#[cfg(test)]
mod old_file;
#[cfg(test)]
mod whole_trips;
