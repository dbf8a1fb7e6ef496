//! The one span processor: completes a finished span, derives the metrics from it, keeps it
//! in the ring and hands the very same record to the exporter if it is sampled.
//!
//! Nothing here may call `tracing`: it runs while the tracing registry closes a span.

use std::time::Duration;

use opentelemetry::Context;
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    trace::{BatchSpanProcessor, Span, SpanData, SpanProcessor},
};

use crate::{
    complete::{complete, complete_error, find, outcome},
    console,
    plan::Plans,
    queue::Queued,
    recent::Recent,
    vocabulary::{Content, Outcome},
};

/// Wraps the batch processor, so that no span is cloned for a second processor.
#[derive(Debug)]
pub(crate) struct SpanMetrics {
    pub(crate) plans: Plans,
    pub(crate) recent: Recent,
    pub(crate) console: bool,
    pub(crate) discarded: Option<&'static str>,
    pub(crate) content: Option<Content>,
    pub(crate) export: Option<Queued<BatchSpanProcessor>>,
}

impl SpanProcessor for SpanMetrics {
    fn on_start(&self, span: &mut Span, _: &Context) {
        // The SDK gives no access to the name short of a copy of the whole span.
        if self.plans.has_in_flight
            && let Some(data) = span.exported_data()
            && let Some(plan) = self.plans.get(&data.name)
        {
            plan.in_flight.iter().for_each(|gauge| gauge.add(1, &[]));
        }
    }

    fn on_end(&self, mut span: SpanData) {
        let plan = self.plans.get(&span.name);
        let mut root = false;
        if self
            .discarded
            .is_some_and(|mark| find(&span.attributes, mark).is_some())
        {
            plan.into_iter()
                .flat_map(|plan| &plan.in_flight)
                .for_each(|gauge| gauge.add(-1, &[]));
            return;
        }
        if let Some(content) = &self.content {
            content.filter(&mut span.attributes);
            for event in &mut span.events.events {
                content.filter(&mut event.attributes);
            }
        }
        complete_error(&mut span);
        if let Some(plan) = plan {
            let outcome: Outcome = outcome(&span, plan.outcome);
            complete(&mut span, outcome, &plan.steps);
            plan.in_flight.iter().for_each(|gauge| gauge.add(-1, &[]));
            plan.record(&span, outcome);
            root = plan.root;
        }
        self.recent.push(&span, root);
        if self.console {
            console::print_span(&span);
        }
        if let Some(export) = &self.export
            && span.span_context.is_sampled()
        {
            // The batch processor would export spans that are not sampled as well.
            export.offer(|batch| batch.on_end(span));
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.export
            .as_ref()
            .map_or(Ok(()), |export| export.inner.force_flush())
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        let Some(export) = &self.export else {
            return Ok(());
        };
        export.inner.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        if let Some(export) = &mut self.export {
            export.inner.set_resource(resource);
        }
    }
}
