//! Puts the parts together.

use std::sync::Arc;

use opentelemetry::{InstrumentationScope, metrics::MeterProvider};
use opentelemetry_sdk::{
    Resource, logs::SdkLoggerProvider, metrics::SdkMeterProvider, trace::SdkTracerProvider,
};
use tokio::runtime::Handle;
use tracing::{Dispatch, dispatcher};
use tracing_subscriber::{
    Layer, Registry,
    filter::{LevelFilter, Targets, filter_fn},
    layer::SubscriberExt,
};

use crate::{
    config::Config,
    dropped::Losses,
    export::{Link, announce},
    filter::{is_logged, is_traced},
    logs::{self, LogLayer},
    metrics::{self, Capture, Meter},
    otlp::Collector,
    otlp_json,
    plan::Plans,
    recent::Recent,
    reports::{self, Reports},
    resource::resource,
    span_metrics::SpanMetrics,
    target::Target,
    trace::Trace,
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
    pub(crate) traces: SdkTracerProvider,
    pub(crate) metrics: SdkMeterProvider,
    pub(crate) logs: Option<SdkLoggerProvider>,
    resource: Resource,
    scope: InstrumentationScope,
    recent: Recent,
    pub(crate) link: Arc<Link>,
    pub(crate) dispatch: Dispatch,
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
    /// scope. Inside a tokio runtime if there is a target.
    pub fn new(config: Config, vocabulary: Vocabulary) -> Result<Self, InitError> {
        Self::build(config, vocabulary, None)
    }

    pub(crate) fn build(
        config: Config,
        vocabulary: Vocabulary,
        capture: Option<Capture>,
    ) -> Result<Self, InitError> {
        let log_filter: Targets = config.log_filter.parse()?;
        let targets = config.targets();
        let is_exported = targets.iter().any(Option::is_some);
        let runtime = is_exported.then(Handle::try_current).transpose()?;
        let collector = |target: Option<&Target>| target.map(Collector::new).transpose();
        let [to_traces, to_metrics, to_logs] = targets;
        let to_traces = collector(to_traces)?;
        let (to_metrics, to_logs) = (collector(to_metrics)?, collector(to_logs)?);
        let resource = resource(&config);
        let recent = Recent::new(config.recent_bytes);
        let (link, notices) = Link::new(Arc::new(Losses::default()));

        let exported = to_metrics.as_ref().map(|collector| (collector, &link));
        let print = config.console_export && !config.disabled;
        let interval = config.metric_interval;
        let metrics = metrics::provider(resource.clone(), interval, exported, print, capture)?;
        let scope = InstrumentationScope::builder(vocabulary.scope)
            .with_version(config.service_version.clone())
            .build();
        let meter = metrics.meter_with_scope(scope.clone());
        link.losses.count_with(&meter, vocabulary.dropped);

        let processor = SpanMetrics {
            plans: Plans::new(&vocabulary, &meter),
            recent: recent.clone(),
            console: print,
            discarded: vocabulary.discarded,
            content: vocabulary.content,
            export: to_traces
                .as_ref()
                .map(|collector| traces::batch(collector, &link))
                .transpose()?,
        };
        let traces = traces::provider(resource.clone(), config.sampler, processor);
        let logs = to_logs
            .as_ref()
            .map(|collector| logs::provider(resource.clone(), collector, &link))
            .transpose()?;

        let log_layer = LogLayer {
            stream: config.log_stream.clone(),
            service_name: config.service_name.clone(),
            logger: logs
                .as_ref()
                .map(|logs| LogLayer::logger(logs, vocabulary.scope)),
            recent: recent.clone(),
            content: vocabulary.content,
        };
        let targets = vocabulary.targets;
        let traced = filter_fn(move |metadata| is_traced(metadata, targets))
            .with_max_level_hint(LevelFilter::INFO);
        let most = most_verbose(&log_filter);
        // The log layer needs no spans, so it keeps none alive.
        let logged =
            filter_fn(move |metadata| is_logged(metadata, &log_filter)).with_max_level_hint(most);
        // Each layer has its own filter, so that the log filter never hides a span.
        let subscriber = Registry::default()
            .with(traces::layer(&traces, scope.clone()).with_filter(traced))
            .with(log_layer.with_filter(logged))
            .with(Reports(Arc::clone(&link)).with_filter(reports::wanted(is_exported)));
        let dispatch = Dispatch::new(subscriber);

        if let Some(runtime) = runtime {
            let uri = |collector: Option<Collector>| collector.map(|it| it.uri).unwrap_or_default();
            let endpoints = [to_traces, to_metrics, to_logs].map(uri);
            runtime.spawn(announce(notices, dispatch.downgrade(), endpoints));
        }
        Ok(Self {
            traces,
            metrics,
            logs,
            resource,
            scope,
            recent,
            link,
            dispatch,
        })
    }

    /// The recent traces.
    pub fn recent(&self) -> &Recent {
        &self.recent
    }

    /// A kept trace as OTLP/JSON, under this service's resource without the instance: what ran may
    /// have been an earlier one.
    pub fn otlp_json(&self, trace: &Trace) -> serde_json::Result<String> {
        otlp_json::write(trace, &self.resource, &self.scope)
    }

    /// Makes instruments for what is not span-shaped.
    pub fn meter(&self) -> Meter {
        Meter(self.metrics.meter_with_scope(self.scope.clone()))
    }

    /// Spans, log records and metric points lost since the start.
    pub fn lost(&self) -> u64 {
        self.link.losses.total()
    }

    /// The subscriber, for a scope or a future (`WithSubscriber`).
    pub fn dispatch(&self) -> &Dispatch {
        &self.dispatch
    }

    /// Hands the current values to the capture of a test.
    #[cfg(feature = "testing")]
    pub(crate) fn collect(&self) -> opentelemetry_sdk::error::OTelSdkResult {
        self.metrics.force_flush()
    }
}

/// The level below which no line is written at all: `tracing` skips those at no cost.
fn most_verbose(filter: &Targets) -> LevelFilter {
    let named = filter.iter().map(|(_, level)| level);
    named
        .chain(filter.default_level())
        .max()
        .unwrap_or(LevelFilter::OFF)
}
