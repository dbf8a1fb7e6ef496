//! What one connection is doing, since when, and until when it may. Pure: the time is handed in.

use tokio::time::Instant;

use super::{Timeouts, gate::Standing};

/// What has to be done with a connection whose time is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Ask it to go, as HTTP does.
    LastCall,
    /// Close it.
    Close,
}

/// One connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    phase: Phase,
    since: Instant,
    /// Requests whose answers have not ended.
    open: usize,
    /// HTTP/2 has frames that are no request.
    is_http2: bool,
    /// When the client stopped taking what is sent.
    blocked: Option<Instant>,
    /// Asked to go: until then.
    last_call: Option<Instant>,
}

/// Where a connection is while no request is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No byte has come.
    Silent,
    /// A head has begun.
    Heading,
    /// The last request has ended.
    Idle,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            phase: Phase::Silent,
            since: now,
            open: 0,
            is_http2: false,
            blocked: None,
            last_call: None,
        }
    }

    /// Bytes came.
    pub(super) fn received(&mut self, now: Instant) {
        let begins = match self.phase {
            Phase::Silent => true,
            Phase::Heading => false,
            Phase::Idle => self.open == 0 && !self.is_http2,
        };
        if begins {
            self.phase = Phase::Heading;
            self.since = now;
        }
    }

    /// The head of a request is complete.
    pub(super) fn began(&mut self, is_http2: bool) {
        self.open += 1;
        self.is_http2 = is_http2;
    }

    /// An answer has ended, or its client has gone.
    pub(super) fn ended(&mut self, now: Instant) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.phase = Phase::Idle;
            self.since = now;
        }
    }

    /// The client takes no more for now.
    pub(super) fn blocked(&mut self, now: Instant) {
        self.blocked.get_or_insert(now);
    }

    /// The client took something.
    pub(super) fn wrote(&mut self, now: Instant) {
        // What is left of an answer may be sent after its end.
        if self.blocked.take().is_some() && self.phase == Phase::Idle {
            self.since = now;
        }
    }

    /// The connection is asked to go, and closed when it has no request at that time.
    pub(super) fn asked_to_go(&mut self, until: Instant) {
        self.last_call = Some(self.last_call.map_or(until, |earlier| earlier.min(until)));
    }

    /// What is lost when it goes now.
    pub(super) fn standing(&self) -> Standing {
        match self.phase {
            _ if self.open > 0 || self.blocked.is_some() => Standing::Busy,
            Phase::Silent | Phase::Heading => Standing::Heading,
            Phase::Idle => Standing::Idle,
        }
    }

    /// What has to be done next if nothing happens, and when.
    pub(super) fn due(&self, timeouts: &Timeouts) -> Option<(Due, Instant)> {
        if let Some(since) = self.blocked {
            return Some((Due::Close, since + timeouts.stalled));
        }
        if self.open > 0 {
            return None;
        }
        let (due, at) = match self.phase {
            Phase::Silent => (Due::Close, self.since + timeouts.first_byte),
            Phase::Heading => (Due::Close, self.since + timeouts.head),
            Phase::Idle => (Due::LastCall, self.since + timeouts.idle),
        };
        match self.last_call {
            Some(until) if due == Due::LastCall || until < at => Some((Due::Close, until)),
            _ => Some((due, at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const TIMEOUTS: Timeouts = Timeouts {
        first_byte: Duration::from_secs(1),
        head: Duration::from_secs(2),
        body: Duration::from_secs(4),
        idle: Duration::from_secs(8),
        stalled: Duration::from_secs(16),
        ping: Duration::from_secs(32),
        pong: Duration::from_secs(64),
    };

    /// A pace, and the moment that many seconds after its start.
    fn pace() -> (Pace, impl Fn(u64) -> Instant) {
        let start = Instant::now();
        (Pace::new(start), move |seconds| {
            start + Duration::from_secs(seconds)
        })
    }

    #[test]
    fn a_head_has_its_time_from_its_first_byte_however_it_trickles() {
        let (mut pace, at) = pace();
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(1))));
        for now in [100, 101] {
            pace.received(at(now));
            assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(102))));
            assert_eq!(pace.standing(), Standing::Heading);
        }
        pace.began(false);
        assert_eq!(pace.due(&TIMEOUTS), None, "a request may take its time");
        pace.received(at(103));
        assert_eq!(pace.standing(), Standing::Busy);
        pace.ended(at(200));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::LastCall, at(208))));
        assert_eq!(pace.standing(), Standing::Idle);
        pace.received(at(207));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(209))));
        assert_eq!(pace.standing(), Standing::Heading);
    }

    #[test]
    fn frames_that_are_no_request_prolong_nothing() {
        let (mut pace, at) = pace();
        pace.received(at(0));
        pace.received(at(1));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(2))), "a preface");
        pace.began(true);
        pace.began(true);
        pace.ended(at(3));
        assert_eq!(pace.due(&TIMEOUTS), None, "one of two");
        pace.ended(at(4));
        pace.received(at(9));
        pace.wrote(at(9));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::LastCall, at(12))));
    }

    #[test]
    fn who_takes_nothing_is_closed_and_who_takes_a_little_is_not() {
        let (mut pace, at) = pace();
        pace.received(at(0));
        pace.began(false);
        pace.blocked(at(1));
        pace.blocked(at(9));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(17))));
        pace.wrote(at(10));
        assert_eq!(pace.due(&TIMEOUTS), None);
        pace.blocked(at(10));
        pace.ended(at(11));
        assert_eq!(pace.standing(), Standing::Busy, "it is still sent");
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(26))));
        pace.wrote(at(20));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::LastCall, at(28))));
    }

    #[test]
    fn a_request_that_came_at_the_last_call_is_answered() {
        let (mut pace, at) = pace();
        pace.received(at(0));
        pace.began(false);
        pace.ended(at(0));
        pace.asked_to_go(at(10));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(10))));
        pace.received(at(9));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(10))));
        pace.began(false);
        assert_eq!(pace.due(&TIMEOUTS), None);
        pace.ended(at(20));
        assert_eq!(pace.due(&TIMEOUTS), Some((Due::Close, at(10))));
    }
}
