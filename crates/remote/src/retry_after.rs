//! How long a response asks to wait.

use std::time::Duration;

use http::HeaderMap;
use jiff::{Timestamp, fmt::rfc2822};

/// Longest `Retry-After` that is believed.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(3_600);

/// `Retry-After`, in seconds or as the date of an HTTP message (RFC 9110, 10.2.3; its two obsolete
/// formats are not read), or `retry-after-ms`. A date that is over asks for no wait.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: &str| -> Option<&str> { Some(headers.get(name)?.to_str().ok()?.trim()) };
    let number = |name: &str| -> Option<Duration> {
        let number: f64 = text(name)?.parse().ok()?;
        let unit = if name == "retry-after-ms" { 1e3 } else { 1.0 };
        let most = MAX_RETRY_AFTER.as_secs_f64();
        (number >= 0.0).then(|| Duration::from_secs_f64((number / unit).min(most)))
    };
    let date = || {
        let date = rfc2822::DateTimeParser::new().parse_timestamp(text("retry-after")?);
        let wait = date.ok()?.duration_since(now);
        // Only what is negative does not fit.
        Some(Duration::try_from(wait).map_or(Duration::ZERO, |wait| wait.min(MAX_RETRY_AFTER)))
    };
    number("retry-after-ms")
        .or_else(|| number("retry-after"))
        .or_else(date)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_wait_is_a_number_or_a_date() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let wait = |name: &'static str, value: &'static str| {
            let headers = HeaderMap::from_iter([(
                http::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )]);
            retry_after(&headers, now).map(|wait| wait.as_millis())
        };
        for (value, millis) in [
            ("2", Some(2_000)),
            (" 0.5 ", Some(500)),
            ("1e300", Some(3_600_000)),
            ("inf", Some(3_600_000)),
            ("-1", None),
            ("NaN", None),
            ("soon", None),
            ("", None),
            ("Sun, 22 Nov 2026 10:00:09 GMT", Some(9_000)),
            ("Sun, 22 Nov 2026 09:59:59 GMT", Some(0)),
            ("Mon, 22 Nov 2027 10:00:00 GMT", Some(3_600_000)),
        ] {
            assert_eq!(wait("retry-after", value), millis, "{value}");
        }
        assert_eq!(wait("retry-after-ms", "80"), Some(80));
    }
}
