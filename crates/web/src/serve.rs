//! `travel-agent serve`: builds everything, serves, and ends in good order.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use agent::{
    Agent,
    faults::Faults,
    sources::{FlightSource, offline::OfflineFlights},
    store::{SqliteStore, Store},
    tools,
};
use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    budgets::Budgets,
    config::{Config, Sampler},
    followers::Followers,
    limits::Limits,
    models, panics,
    router::router,
    shutdown,
    state::{AppState, Clock, Shared},
    telemetry,
    turns::Turns,
};

/// Longest that one tool call may take.
const TOOL_TIMEOUT: Duration = Duration::from_secs(20);
/// How often ended turns and idle rate limits are forgotten.
const SWEEP: Duration = Duration::from_secs(30);

/// Serves until SIGTERM or ctrl-c.
pub fn run(config: Config) -> anyhow::Result<()> {
    panics::tell_where(config.capture_content);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let telemetry = obs::init(
            telemetry_config(&config)?,
            telemetry::vocabulary(
                config.telemetry.otel_semconv_stability_opt_in,
                config.capture_content,
            ),
        )?;
        let state = build(config, telemetry).await?;
        let result = serve(&state).await;
        state.telemetry.shutdown(shutdown::FLUSH).await;
        result
    })
}

async fn build(config: Config, telemetry: obs::Telemetry) -> anyhow::Result<AppState> {
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
    let flights: Arc<dyn FlightSource> = Arc::new(OfflineFlights);
    let tools = tools::all(TOOL_TIMEOUT, faults.clone(), &flights);
    let clock = Clock::system();
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
        turns: Arc::new(Turns::default()),
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
    let listener = TcpListener::bind(state.config.bind_addr)
        .await
        .with_context(|| format!("cannot listen on BIND_ADDR {}", state.config.bind_addr))?;
    let address = listener.local_addr()?;
    announce(address)?;
    // Tables and network are built while the first visitor is still reading.
    let warm_up = tokio::task::spawn_blocking(agent::warm_up);
    let sweeper = tokio::spawn(sweep(state.clone()));
    let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let (closing, drained) = (state.clone(), CancellationToken::new());
    let lingering = drained.clone();
    let served = axum::serve(listener, app).with_graceful_shutdown(async move {
        shutdown::requested(&closing).await;
        drained.cancel();
    });
    let served = tokio::select! {
        served = served.into_future() => served,
        () = linger(&lingering) => Ok(()),
    };
    sweeper.abort();
    warm_up.abort();
    served.context("the server failed")
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
    }
}

fn telemetry_config(whole: &Config) -> anyhow::Result<obs::Config> {
    let config = &whole.telemetry;
    let endpoint = config
        .otel_exporter_otlp_endpoint
        .as_ref()
        .unwrap_or(&config.otlp_endpoint);
    let service_name = config
        .otel_service_name
        .as_ref()
        .unwrap_or(&config.service_name);
    let ratio = config.otel_traces_sampler_arg;
    Ok(obs::Config {
        endpoint: Some(endpoint.clone()),
        headers: headers(config.otel_exporter_otlp_headers.as_ref())?,
        service_name: service_name.clone(),
        service_version: config.service_version.clone(),
        service_instance_id: uuid::Uuid::now_v7().to_string(),
        environment: config.environment.clone(),
        resource_attributes: config.otel_resource_attributes.0.clone(),
        sampler: match config.otel_traces_sampler {
            Sampler::AlwaysOn => obs::SamplerConfig::AlwaysOn,
            Sampler::AlwaysOff => obs::SamplerConfig::AlwaysOff,
            Sampler::TraceIdRatio => obs::SamplerConfig::TraceIdRatio(ratio),
            Sampler::ParentBasedAlwaysOn => obs::SamplerConfig::ParentBasedAlwaysOn,
            Sampler::ParentBasedAlwaysOff => obs::SamplerConfig::ParentBasedAlwaysOff,
            Sampler::ParentBasedTraceIdRatio => obs::SamplerConfig::ParentBasedTraceIdRatio(ratio),
        },
        metric_interval: config.otel_metric_export_interval,
        disabled: config.otel_sdk_disabled,
        console_export: config.otel_console_export,
        log_filter: whole.rust_log.clone(),
        log_stream: obs::LogStream::Stdout,
        recent_bytes: whole.viewer.bytes(),
        ..obs::Config::default()
    })
}

fn headers(text: Option<&SecretString>) -> anyhow::Result<Vec<(String, SecretString)>> {
    let text = text.map(|text| text.expose_secret()).unwrap_or_default();
    let pairs = text
        .split(',')
        .filter(|pair| !pair.trim().is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').context(
                "OTEL_EXPORTER_OTLP_HEADERS: allowed is name=value, separated by commas",
            )?;
            Ok((name.trim().to_owned(), SecretString::from(value.trim())))
        });
    pairs.collect()
}
