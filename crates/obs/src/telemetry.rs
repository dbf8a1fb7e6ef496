//! Puts the parts together, and takes them down again.

use std::{sync::Arc, time::Duration};

use opentelemetry::{InstrumentationScope, metrics::MeterProvider};
use opentelemetry_sdk::{
    error::{OTelSdkError, OTelSdkResult},
    logs::SdkLoggerProvider,
    metrics::SdkMeterProvider,
    trace::SdkTracerProvider,
};
use tokio::{runtime::Handle, sync::oneshot};
use tracing::{Dispatch, Metadata, dispatcher};
use tracing_subscriber::{
    Layer, Registry,
    filter::{FilterExt, LevelFilter, Targets, filter_fn},
    layer::SubscriberExt,
};

use crate::{
    config::Config,
    dropped::{Losses, Signal},
    export::{Link, announce},
    filter::is_traced,
    logs::{self, LogLayer},
    metrics::{self, Capture, Meter},
    otlp::Collector,
    plan::Plans,
    recent::Recent,
    resource::resource,
    span_metrics::SpanMetrics,
    traces,
    vocabulary::Vocabulary,
};

/// Telemetry could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The collector's address is not one.
    #[error("the OTLP endpoint `{endpoint}` is not valid: expected host:port or a URI")]
    Endpoint {
        /// The address in question.
        endpoint: String,
        /// What is wrong with it.
        source: tonic::transport::Error,
    },
    /// A header for the collector has a name or value that HTTP does not allow.
    #[error("the OTLP header `{name}` is not valid")]
    Header {
        /// The header's name; its value is a secret.
        name: String,
    },
    /// The log filter is not a list of levels and `target=level` pairs.
    #[error("the log filter is not valid: expected a level, or target=level pairs with commas")]
    LogFilter(#[from] tracing_subscriber::filter::ParseError),
    /// An exporter could not be built.
    #[error("the OTLP exporter could not be built")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    /// Exporting needs a tokio runtime.
    #[error("telemetry must be started inside a tokio runtime")]
    Runtime(#[from] tokio::runtime::TryCurrentError),
    /// Another subscriber is installed already.
    #[error("another tracing subscriber is installed already")]
    Installed(#[from] dispatcher::SetGlobalDefaultError),
}

/// Running telemetry. Keep it until the end and call [`Telemetry::shutdown`] then.
#[derive(Debug)]
pub struct Telemetry {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
    logs: Option<SdkLoggerProvider>,
    scope: InstrumentationScope,
    recent: Recent,
    losses: Arc<Losses>,
    dispatch: Dispatch,
}

/// Starts telemetry for the whole process.
///
/// Call it once, inside a tokio runtime. It does not connect: a collector that is away
/// neither fails nor delays the start.
pub fn init(config: Config, vocabulary: Vocabulary) -> Result<Telemetry, InitError> {
    let telemetry = Telemetry::new(config, vocabulary)?;
    dispatcher::set_global_default(telemetry.dispatch.clone())?;
    Ok(telemetry)
}

impl Telemetry {
    /// Starts telemetry that is not installed: use [`Telemetry::dispatch`] to do so for a
    /// scope. Inside a tokio runtime if there is an endpoint.
    pub fn new(config: Config, vocabulary: Vocabulary) -> Result<Self, InitError> {
        Self::build(config, vocabulary, None)
    }

    pub(crate) fn build(
        config: Config,
        vocabulary: Vocabulary,
        capture: Option<Capture>,
    ) -> Result<Self, InitError> {
        let log_filter: Targets = config.log_filter.parse()?;
        // The log layer needs no spans, so it keeps none alive.
        let log_filter = log_filter.and(filter_fn(|metadata: &Metadata<'_>| metadata.is_event()));
        let runtime = config
            .collector()
            .map(|_| Handle::try_current())
            .transpose()?;
        let collector = Collector::new(&config)?;
        let resource = resource(&config);
        let recent = Recent::new(config.recent_bytes);
        let losses = Arc::new(Losses::default());
        let (link, notices) = Link::new(losses.clone());

        let exported = collector.as_ref().map(|collector| (collector, &link));
        let print = config.console_export && !config.disabled;
        let interval = config.metric_interval;
        let metrics = metrics::provider(resource.clone(), interval, exported, print, capture)?;
        let scope = InstrumentationScope::builder(vocabulary.scope)
            .with_version(config.service_version.clone())
            .build();
        let meter = metrics.meter_with_scope(scope.clone());
        losses.count_with(&meter, vocabulary.dropped);

        let processor = SpanMetrics {
            plans: Plans::new(&vocabulary, &meter),
            recent: recent.clone(),
            console: print,
            discarded: vocabulary.discarded,
            export: exported
                .map(|(collector, link)| traces::batch(collector, link))
                .transpose()?,
        };
        let traces = traces::provider(resource.clone(), config.sampler, processor);
        let logs = exported
            .map(|(collector, link)| logs::provider(resource, collector, link))
            .transpose()?;

        let log_layer = LogLayer {
            stream: config.log_stream.clone(),
            service_name: config.service_name.clone(),
            logger: logs
                .as_ref()
                .map(|logs| LogLayer::logger(logs, vocabulary.scope)),
            recent: recent.clone(),
        };
        let targets = vocabulary.targets;
        let traced = filter_fn(move |metadata| is_traced(metadata, targets))
            .with_max_level_hint(LevelFilter::INFO);
        // Each layer has its own filter, so that the log filter never hides a span.
        let subscriber = Registry::default()
            .with(traces::layer(&traces, scope.clone()).with_filter(traced))
            .with(log_layer.with_filter(log_filter));
        let dispatch = Dispatch::new(subscriber);

        if let (Some(runtime), Some(endpoint)) = (runtime, config.collector()) {
            runtime.spawn(announce(notices, dispatch.downgrade(), endpoint));
        }
        Ok(Self {
            traces,
            metrics,
            logs,
            scope,
            recent,
            losses,
            dispatch,
        })
    }

    /// The recent traces.
    pub fn recent(&self) -> &Recent {
        &self.recent
    }

    /// Makes instruments for what is not span-shaped.
    pub fn meter(&self) -> Meter {
        Meter(self.metrics.meter_with_scope(self.scope.clone()))
    }

    /// Spans, log records and metric points lost since the start.
    pub fn lost(&self) -> u64 {
        self.losses.total()
    }

    /// The subscriber, for a scope or a future (`WithSubscriber`).
    pub fn dispatch(&self) -> &Dispatch {
        &self.dispatch
    }

    /// Hands the current values to the capture of a test.
    #[cfg(feature = "testing")]
    pub(crate) fn collect(&self) -> OTelSdkResult {
        self.metrics.force_flush()
    }

    /// Exports what is finished now; `false` when not all of it arrived within `budget`.
    pub async fn flush(&self, budget: Duration) -> bool {
        let (traces, metrics, logs) =
            (self.traces.clone(), self.metrics.clone(), self.logs.clone());
        self.all(
            budget,
            "flush",
            Jobs {
                traces: Box::new(move || traces.force_flush()),
                metrics: Box::new(move || metrics.force_flush()),
                logs: Box::new(move || logs.map_or(Ok(()), |logs| logs.force_flush())),
            },
        )
        .await
    }

    /// Exports what is left and stops; `false` when not all of it arrived within `budget`.
    ///
    /// Call it when servers and tasks have ended: spans that end later are lost.
    pub async fn shutdown(&self, budget: Duration) -> bool {
        let (traces, metrics, logs) =
            (self.traces.clone(), self.metrics.clone(), self.logs.clone());
        self.all(
            budget,
            "shutdown",
            Jobs {
                traces: Box::new(move || traces.shutdown_with_timeout(budget)),
                metrics: Box::new(move || metrics.shutdown_with_timeout(budget)),
                logs: Box::new(move || {
                    logs.map_or(Ok(()), |logs| logs.shutdown_with_timeout(budget))
                }),
            },
        )
        .await
    }

    /// Runs the jobs side by side: one after the other, three that time out would take
    /// three times as long.
    async fn all(&self, budget: Duration, operation: &str, jobs: Jobs) -> bool {
        let deadline = tokio::time::Instant::now() + budget;
        let jobs = [
            (Signal::Traces, run(jobs.traces)),
            (Signal::Metrics, run(jobs.metrics)),
            (Signal::Logs, run(jobs.logs)),
        ];
        let mut complete = true;
        for (signal, ended) in jobs {
            let result = match tokio::time::timeout_at(deadline, ended).await {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err(OTelSdkError::InternalFailure("its thread ended".into())),
                Err(_) => Err(OTelSdkError::Timeout(budget)),
            };
            if let Err(error) = result
                && !matches!(error, OTelSdkError::AlreadyShutdown)
            {
                complete = false;
                let signal = signal.name();
                dispatcher::with_default(&self.dispatch, || {
                    tracing::debug!(%error, signal, operation, "telemetry was not delivered");
                });
            }
        }
        complete
    }
}

type Job = Box<dyn FnOnce() -> OTelSdkResult + Send>;

struct Jobs {
    traces: Job,
    metrics: Job,
    logs: Job,
}

/// The providers block, so they need a thread. Not one of the runtime's: when the runtime is
/// dropped it would wait for a job that has outlived its budget.
fn run(job: Job) -> oneshot::Receiver<OTelSdkResult> {
    let (sender, ended) = oneshot::channel();
    let work = move || {
        // Past the budget nobody waits for the result.
        let _ = sender.send(job());
    };
    // Without a thread the sender is dropped, and that is reported as a failure.
    let _ = std::thread::Builder::new()
        .name("telemetry-flush".into())
        .spawn(work);
    ended
}
