//! From when until when the traces of a list began.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

use super::query::{RawQuery, error, said};
use crate::problem::FieldError;

/// The reader's clock: what "the last hour" and a time without a zone are read by.
#[derive(Clone, Debug)]
pub struct Here {
    /// Now.
    pub now: Timestamp,
    /// The zone of times that say none.
    pub zone: TimeZone,
}

/// Names in queries of the spans of time that end now, with their length in hours.
pub const SPANS: [(&str, i64); 3] = [("hour", 1), ("day", 24), ("week", 24 * 7)];

/// A stretch of time, both ends included; absent means open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Range {
    /// Reads `since`, `from` and `to`; where both `since` and `from` are said, the later start counts.
    pub fn parse(raw: &RawQuery, here: &Here) -> Result<Self, FieldError> {
        let since = said(&raw.since)
            .map(|name| since(name, here.now))
            .transpose()?;
        let moment = |field: &str, text: &str| {
            said(text)
                .map(|text| moment(text, &here.zone).ok_or_else(|| error(field, MOMENT)))
                .transpose()
        };
        let (from, to) = (moment("from", &raw.from)?, moment("to", &raw.to)?);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            return Err(error("to", "must not be before from"));
        }
        Ok(Self {
            from: since.max(from),
            to,
        })
    }

    /// Whether it holds a moment in nanoseconds since 1970.
    #[must_use]
    pub fn holds(&self, unix_ns: u64) -> bool {
        let at = i128::from(unix_ns);
        self.from.is_none_or(|from| at >= from.as_nanosecond())
            && self.to.is_none_or(|to| at <= to.as_nanosecond())
    }
}

const MOMENT: &str = "must be a time such as 2026-11-22T10:00 or 2026-11-22T10:00:00Z";

fn since(name: &str, now: Timestamp) -> Result<Timestamp, FieldError> {
    let known = SPANS.into_iter().find(|(known, _)| *known == name);
    known
        .and_then(|(_, hours)| now.checked_sub(SignedDuration::from_hours(hours)).ok())
        .ok_or_else(|| error("since", "must be hour, day or week"))
}

/// With an offset, or on the clocks of the zone.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let civil: DateTime = text.parse().ok()?;
    Some(civil.to_zoned(zone.clone()).ok()?.timestamp())
}

/// A time as a field of a form has it, on the clocks of the zone; what is none stays as it was typed.
#[must_use]
pub fn typed(text: &str, zone: &TimeZone) -> String {
    moment(text.trim(), zone).map_or_else(
        || text.to_owned(),
        |at| {
            let civil = zone.to_datetime(at);
            let form = match civil.second() {
                0 => "%Y-%m-%dT%H:%M",
                _ => "%Y-%m-%dT%H:%M:%S",
            };
            civil.strftime(form).to_string()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> Here {
        Here {
            now: "2026-11-22T10:00:00Z".parse().unwrap(),
            zone: TimeZone::get("Europe/Paris").unwrap(),
        }
    }

    fn range(query: &str) -> Result<Range, FieldError> {
        Range::parse(&serde_urlencoded::from_str(query).unwrap(), &here())
    }

    fn holds(query: &str, at: &str) -> bool {
        let at: Timestamp = at.parse().unwrap();
        let ns = u64::try_from(at.as_nanosecond()).unwrap();
        range(query).unwrap().holds(ns)
    }

    #[test]
    fn spans_of_time_end_now_and_both_ends_count() {
        assert!(holds("", "1970-01-02T00:00:00Z"));
        assert!(holds("since=hour", "2026-11-22T09:00:00Z"));
        assert!(!holds("since=hour", "2026-11-22T08:59:59Z"));
        assert!(holds("since=week", "2026-11-15T10:00:00Z"));
        assert!(!holds("since=day", "2026-11-21T09:59:00Z"));
        assert!(holds("to=2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z"));
        assert!(!holds("to=2026-11-22T09:00:00Z", "2026-11-22T09:00:01Z"));
    }

    #[test]
    fn a_time_without_a_zone_is_the_reader_s_and_the_later_start_counts() {
        assert!(holds("from=2026-11-22T10:00", "2026-11-22T09:00:00Z"));
        assert!(!holds("from=2026-11-22T10:00", "2026-11-22T08:59:00Z"));
        let both = "since=hour&from=2026-11-20T10:00";
        assert!(!holds(both, "2026-11-21T10:00:00Z"));
    }

    #[test]
    fn what_is_no_time_is_named() {
        for (query, field) in [
            ("since=year", "since"),
            ("from=yesterday", "from"),
            ("to=2026-13-01T00:00", "to"),
            ("from=2026-11-22T10:00&to=2026-11-22T09:00", "to"),
        ] {
            assert_eq!(range(query).unwrap_err().field, field, "{query}");
        }
    }

    #[test]
    fn a_field_shows_the_reader_s_clock() {
        let zone = here().zone;
        assert_eq!(typed("2026-11-22T09:00:00Z", &zone), "2026-11-22T10:00");
        assert_eq!(typed("2026-11-22T10:00:05", &zone), "2026-11-22T10:00:05");
        assert_eq!(typed("noon", &zone), "noon");
    }
}
