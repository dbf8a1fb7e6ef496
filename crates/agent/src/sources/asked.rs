//! One span for each question to a source, whichever capability asks.

use std::future::Future;

use tracing::Instrument;

use super::SourceError;
use crate::telemetry::spans;

/// Asks a source in a span of its own; `results` counts what it found.
pub(crate) async fn asked<T>(
    source: &'static str,
    operation: &'static str,
    results: impl FnOnce(&T) -> usize,
    answer: impl Future<Output = Result<T, SourceError>>,
) -> Result<T, SourceError> {
    let guard = spans::source(source, operation);
    let answer = answer.instrument(guard.span().clone()).await;
    match &answer {
        Ok(found) => {
            let count = i64::try_from(results(found)).unwrap_or(i64::MAX);
            guard.record("tool.result_count", count);
            guard.succeed();
        }
        Err(error) => guard.fail(error.error_type(), described(error)),
    }
    answer
}

/// What telemetry says of a failure. Never the error's own text: it may quote what was asked.
const fn described(error: &SourceError) -> &'static str {
    match error {
        SourceError::Query(_) => "the source cannot answer this query",
        SourceError::Unavailable => "the source is not available",
        SourceError::Timeout => "the source took too long",
        SourceError::RateLimited => "the source takes no more queries for now",
        SourceError::Unsupported(_) => "the source does not support this",
    }
}
