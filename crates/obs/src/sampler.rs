//! Sampling that concerns export alone: every span is recorded, some are exported.

use opentelemetry::{
    Context, KeyValue,
    trace::{Link, SpanKind, TraceId},
};
use opentelemetry_sdk::trace::{Sampler, SamplingDecision, SamplingResult, ShouldSample};

use crate::config::SamplerConfig;

/// Turns "drop" into "record only", so that processors see every span and metrics stay
/// complete, while the sampled flag still carries the decision.
#[derive(Clone, Debug)]
pub(crate) struct RecordAll(Sampler);

impl RecordAll {
    pub(crate) fn new(config: SamplerConfig) -> Self {
        let parent_based = |root| Sampler::ParentBased(Box::new(root));
        Self(match config {
            SamplerConfig::AlwaysOn => Sampler::AlwaysOn,
            SamplerConfig::AlwaysOff => Sampler::AlwaysOff,
            SamplerConfig::TraceIdRatio(ratio) => Sampler::TraceIdRatioBased(ratio),
            SamplerConfig::ParentBasedAlwaysOn => parent_based(Sampler::AlwaysOn),
            SamplerConfig::ParentBasedAlwaysOff => parent_based(Sampler::AlwaysOff),
            SamplerConfig::ParentBasedTraceIdRatio(ratio) => {
                parent_based(Sampler::TraceIdRatioBased(ratio))
            }
        })
    }
}

impl ShouldSample for RecordAll {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace_id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let mut result = self
            .0
            .should_sample(parent, trace_id, name, kind, attributes, links);
        if result.decision == SamplingDecision::Drop {
            result.decision = SamplingDecision::RecordOnly;
        }
        result
    }
}
