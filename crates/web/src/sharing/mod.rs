//! Conversations that whoever has a link may read: the token of a link, how long it works, and what of
//! an answer a stranger may see. Pure but for the randomness of a token.

mod masked;
mod postal;
mod token;

use agent::store::MessageRecord;
use jiff::{SignedDuration, Timestamp};

pub use masked::{answer, make_readable, own, readable};
pub use postal::Addresses;
pub use token::Token;

use crate::routes::branches::Shown;

/// What the addresses of shared conversations begin with. The rest of such an address opens it: no
/// cookie goes with its answer, no referrer leaves its page, and no span tells it.
const PREFIX: &str = "/shared/";

/// For how many days a link may work.
pub const DAYS: [u32; 3] = [1, 7, 30];
/// The one that is chosen for whoever does not choose.
pub const DEFAULT_DAYS: u32 = 7;

/// Whether a path is that of a shared conversation.
#[must_use]
pub fn is_shared(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// The path of the page that a token opens.
#[must_use]
pub fn path(token: &Token) -> String {
    format!("{PREFIX}{}", token.as_str())
}

/// When a link ends that works for `days` from now on; `None` unless that is one of [`DAYS`].
#[must_use]
pub fn end(now: Timestamp, days: u32) -> Option<Timestamp> {
    let days = DAYS.contains(&days).then_some(i64::from(days))?;
    now.checked_add(SignedDuration::from_hours(24 * days)).ok()
}

/// The part of a branch that can be shared: an answer that is being written, and its question, are not
/// part of it yet.
#[must_use]
pub fn finished<'a>(branch: &[Shown<'a>]) -> Vec<&'a MessageRecord> {
    let mut messages: Vec<_> = branch.iter().map(|shown| shown.message).collect();
    if messages.last().is_some_and(|last| last.is_running()) {
        messages.pop();
        messages.pop();
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_for_one_of_three_times() {
        let now = Timestamp::UNIX_EPOCH;
        for days in DAYS {
            let seconds = 24 * 3_600 * i64::from(days);
            assert_eq!(end(now, days), Timestamp::from_second(seconds).ok());
        }
        for days in [0, 2, 31, u32::MAX] {
            assert_eq!(end(now, days), None);
        }
        assert_eq!(end(Timestamp::MAX, 1), None);
    }

    #[test]
    fn only_pages_of_links_are_shared() {
        assert!(is_shared("/shared/00") && is_shared("/shared/"));
        assert!(!is_shared("/shared") && !is_shared("/c/shared/00"));
    }
}
