//! The log layer: one JSON line per event, on the stream, over OTLP and with its trace.
//!
//! The ready-made appender sends plain text; queries that read JSON fields need the line
//! itself as the record's body.

use std::{
    io::Write,
    sync::Arc,
    time::{Duration, SystemTime},
};

use opentelemetry::{
    Context, InstrumentationScope,
    logs::{AnyValue, LogRecord, Logger, LoggerProvider, Severity},
    trace::TraceContextExt,
};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    logs::{
        BatchConfigBuilder, BatchLogProcessor, LogProcessor, SdkLogRecord, SdkLogger,
        SdkLoggerProvider,
    },
};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{Layer, layer};

use crate::{
    config::LogStream,
    dropped::Signal,
    export::{Link, Watched},
    filter::{is_export_path, is_sdk},
    line, named_event,
    otlp::Collector,
    queue::{BATCH, CAPACITY, Queued, Waiting},
    recent::Recent,
    telemetry::InitError,
    trace::{Line, unix_ns},
    vocabulary::Content,
};

/// How long a record waits for others at most.
const DELAY: Duration = Duration::from_secs(1);

pub(crate) fn provider(
    resource: Resource,
    collector: &Collector,
    link: &Arc<Link>,
) -> Result<SdkLoggerProvider, InitError> {
    let waiting = Waiting::new(Signal::Logs, link.losses.clone());
    let exporter = Watched {
        inner: collector.log_exporter()?,
        link: link.clone(),
        waiting: waiting.clone(),
    };
    let config = BatchConfigBuilder::default()
        .with_max_queue_size(CAPACITY)
        .with_max_export_batch_size(BATCH)
        .with_scheduled_delay(DELAY)
        .build();
    let batch = BatchLogProcessor::builder(exporter)
        .with_batch_config(config)
        .build();
    let processor = Queued {
        inner: batch,
        waiting,
    };
    Ok(SdkLoggerProvider::builder()
        .with_resource(resource)
        .with_log_processor(processor)
        .build())
}

impl LogProcessor for Queued<BatchLogProcessor> {
    fn emit(&self, record: &mut SdkLogRecord, scope: &InstrumentationScope) {
        self.offer(|batch| batch.emit(record, scope));
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}

/// Writes the lines.
pub(crate) struct LogLayer {
    pub(crate) stream: LogStream,
    pub(crate) service_name: String,
    pub(crate) logger: Option<SdkLogger>,
    pub(crate) recent: Recent,
    pub(crate) content: Option<Content>,
}

impl LogLayer {
    pub(crate) fn logger(provider: &SdkLoggerProvider, scope: &'static str) -> SdkLogger {
        provider.logger(scope)
    }

    fn write(&self, mut line: String) -> String {
        line.push('\n');
        // One write under the stream's lock: lines are never torn. A closed stream is no
        // reason to disturb the application.
        let _ = match &self.stream {
            LogStream::Stdout => std::io::stdout().lock().write_all(line.as_bytes()),
            LogStream::Stderr => std::io::stderr().lock().write_all(line.as_bytes()),
            #[cfg(feature = "testing")]
            LogStream::Memory(lines) => {
                lines.push(&line);
                Ok(())
            }
        };
        line.pop();
        line
    }
}

impl<S: Subscriber> Layer<S> for LogLayer {
    fn on_event(&self, event: &Event<'_>, _: layer::Context<'_, S>) {
        let target = event.metadata().target();
        if is_sdk(target) {
            return;
        }
        let at = SystemTime::now();
        let current = Context::current();
        let span = current.span();
        let context = Some(span.span_context()).filter(|context| context.is_valid());
        let json = self.write(line::json(
            event,
            at,
            &self.service_name,
            context,
            self.content,
        ));
        if let Some(context) = context {
            let line = Line {
                span_id: context.span_id().into(),
                at_ns: unix_ns(at),
                json: json.as_str().into(),
            };
            self.recent.push_line(context.trace_id().into(), line);
        }
        if let Some(logger) = &self.logger
            && !is_export_path(target)
        {
            let (severity, text) = severity(*event.metadata().level());
            let mut record = logger.create_log_record();
            record.set_timestamp(at);
            record.set_observed_timestamp(at);
            record.set_target(target);
            record.set_severity_number(severity);
            record.set_severity_text(text);
            record.set_body(AnyValue::from(json));
            named_event::complete(&mut record, event);
            if let Some(context) = context {
                let flags = Some(context.trace_flags());
                record.set_trace_context(context.trace_id(), context.span_id(), flags);
            }
            logger.emit(record);
        }
    }
}

const fn severity(level: Level) -> (Severity, &'static str) {
    match level {
        Level::ERROR => (Severity::Error, "ERROR"),
        Level::WARN => (Severity::Warn, "WARN"),
        Level::INFO => (Severity::Info, "INFO"),
        Level::DEBUG => (Severity::Debug, "DEBUG"),
        Level::TRACE => (Severity::Trace, "TRACE"),
    }
}
