//! Days relative to today, in the time zone that the servers of these tests assume.

use jiff::{Timestamp, ToSpan, civil::Date};

/// Today in Paris.
pub(super) fn today() -> Date {
    Timestamp::now().in_tz("Europe/Paris").unwrap().date()
}

/// The day so many days from today, as `YYYY-MM-DD`.
pub(super) fn in_days(days: i32) -> String {
    today().checked_add(days.days()).unwrap().to_string()
}
