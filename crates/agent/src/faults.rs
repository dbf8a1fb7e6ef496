//! Faults for tests: `TEST_FAULTS=tool_error:3,panic:7,model_delay:5=2000` makes the third tool call
//! fail, the seventh panic, and delays the fifth model call by two seconds.
//!
//! Release builds compile none of it: there [`Faults::parse`] ignores its input.

use std::{sync::Arc, time::Duration};

use crate::tools::ToolError;

/// Faults still to come. Clones share their counters.
#[derive(Clone, Debug, Default)]
pub struct Faults(
    #[cfg_attr(not(debug_assertions), expect(dead_code, reason = "debug only"))] Option<Arc<Plan>>,
);

#[derive(Debug, Default)]
#[cfg_attr(not(debug_assertions), expect(dead_code, reason = "debug only"))]
struct Plan {
    faults: Vec<(Kind, u64, Duration)>,
    tool_calls: std::sync::atomic::AtomicU64,
    model_calls: std::sync::atomic::AtomicU64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(debug_assertions), expect(dead_code, reason = "debug only"))]
enum Kind {
    ToolError,
    Panic,
    ModelDelay,
}

#[cfg(not(debug_assertions))]
impl Faults {
    /// Ignores its input.
    #[must_use]
    pub fn parse(_spec: &str) -> Self {
        Self::default()
    }

    pub(crate) fn before_tool(&self) -> Result<(), ToolError> {
        Ok(())
    }

    pub(crate) async fn before_model(&self) {}
}

#[cfg(debug_assertions)]
impl Faults {
    /// Reads a plan; entries that it does not understand are ignored.
    #[must_use]
    pub fn parse(spec: &str) -> Self {
        let faults: Vec<_> = spec.split(',').filter_map(parse_fault).collect();
        Self((!faults.is_empty()).then(|| {
            Arc::new(Plan {
                faults,
                ..Plan::default()
            })
        }))
    }

    pub(crate) fn before_tool(&self) -> Result<(), ToolError> {
        let Some(plan) = &self.0 else { return Ok(()) };
        let nth = 1 + plan
            .tool_calls
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        match plan.due(nth, &[Kind::ToolError, Kind::Panic]) {
            Some((Kind::ToolError, _)) => Err(ToolError::respond("injected tool error")),
            Some((Kind::Panic, _)) => injected_panic(),
            _ => Ok(()),
        }
    }

    pub(crate) async fn before_model(&self) {
        let Some(plan) = &self.0 else { return };
        let nth = 1 + plan
            .model_calls
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if let Some((_, delay)) = plan.due(nth, &[Kind::ModelDelay]) {
            tokio::time::sleep(delay).await;
        }
    }
}

#[cfg(debug_assertions)]
impl Plan {
    fn due(&self, nth: u64, kinds: &[Kind]) -> Option<(Kind, Duration)> {
        let fault = self
            .faults
            .iter()
            .find(|(kind, at, _)| *at == nth && kinds.contains(kind));
        fault.map(|(kind, _, delay)| (*kind, *delay))
    }
}

#[cfg(debug_assertions)]
fn parse_fault(entry: &str) -> Option<(Kind, u64, Duration)> {
    let (name, rest) = entry.trim().split_once(':')?;
    let (nth, millis) = rest.split_once('=').unwrap_or((rest, "0"));
    let kind = match name {
        "tool_error" => Kind::ToolError,
        "panic" => Kind::Panic,
        "model_delay" => Kind::ModelDelay,
        _ => return None,
    };
    Some((
        kind,
        nth.parse().ok()?,
        Duration::from_millis(millis.parse().ok()?),
    ))
}

#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "the fault that a test asked for")]
fn injected_panic() -> ! {
    panic!("injected panic")
}
