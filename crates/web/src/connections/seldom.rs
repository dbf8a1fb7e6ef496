//! A line of the log for something that strangers can cause as often as they like.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// How often the line is worth writing.
const PAUSE: Duration = Duration::from_secs(600);

/// Whether it was said lately.
#[derive(Debug, Default)]
pub(super) struct Seldom(Mutex<Option<Instant>>);

impl Seldom {
    /// Whether to say it now.
    pub(super) fn is_time(&self, now: Instant) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = last.is_none_or(|last| now.duration_since(last) >= PAUSE);
        if is_time {
            *last = Some(now);
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_once_and_again_much_later() {
        let (seldom, start) = (Seldom::default(), Instant::now());
        let said = [0, 1, 599, 600, 601, 1_300]
            .map(|seconds| seldom.is_time(start + Duration::from_secs(seconds)));
        assert_eq!(said, [true, false, false, true, false, true]);
    }
}
