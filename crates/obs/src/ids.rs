//! Trace and span ids, so that callers need no OpenTelemetry crate to name a trace.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The text is not an id: wrong length, not hexadecimal, or all zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id: {expected} hexadecimal digits, not all zero, are expected")]
pub struct ParseIdError {
    expected: usize,
}

macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $int:ty, $digits:literal, $format:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name($int);

        impl $name {
            /// Its bytes as they go over the wire.
            pub(crate) const fn bytes(self) -> [u8; size_of::<$int>()] {
                self.0.to_be_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $format, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let invalid = ParseIdError { expected: $digits };
                let hex = text.len() == $digits && text.bytes().all(|b| b.is_ascii_hexdigit());
                match <$int>::from_str_radix(text, 16) {
                    Ok(id) if hex && id != 0 => Ok(Self(id)),
                    _ => Err(invalid),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    };
}

hex_id!(
    /// Id of a trace: 128 bits, written as 32 lower-case hexadecimal digits.
    TraceId, u128, 32, "{:032x}"
);
hex_id!(
    /// Id of a span: 64 bits, written as 16 lower-case hexadecimal digits.
    SpanId, u64, 16, "{:016x}"
);

impl From<opentelemetry::TraceId> for TraceId {
    fn from(id: opentelemetry::TraceId) -> Self {
        Self(u128::from_be_bytes(id.to_bytes()))
    }
}

impl SpanId {
    /// `None` for the all-zero id, which means "no span" on the wire.
    pub(crate) fn known(id: opentelemetry::SpanId) -> Option<Self> {
        (id != opentelemetry::SpanId::INVALID).then(|| id.into())
    }
}

impl From<TraceId> for opentelemetry::TraceId {
    fn from(id: TraceId) -> Self {
        Self::from_bytes(id.bytes())
    }
}

impl From<SpanId> for opentelemetry::SpanId {
    fn from(id: SpanId) -> Self {
        Self::from_bytes(id.bytes())
    }
}

impl From<opentelemetry::SpanId> for SpanId {
    fn from(id: opentelemetry::SpanId) -> Self {
        Self(u64::from_be_bytes(id.to_bytes()))
    }
}

/// The address of one span: its trace and its own id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpanRef {
    /// Id of the trace that the span belongs to.
    pub trace_id: TraceId,
    /// Id of the span itself.
    pub span_id: SpanId,
}

impl SpanRef {
    /// The span as a `traceparent` (W3C).
    pub fn traceparent(self, sampled: bool) -> String {
        let flags = u8::from(sampled);
        format!("00-{}-{}-{flags:02x}", self.trace_id, self.span_id)
    }

    /// The span that a `traceparent` names.
    pub fn of_traceparent(text: &str) -> Option<Self> {
        let mut parts = text.split('-').skip(1);
        Some(Self {
            trace_id: parts.next()?.parse().ok()?,
            span_id: parts.next()?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_names_its_span() {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let span = SpanRef::of_traceparent(text).unwrap();
        assert_eq!(span.traceparent(true), text);
        assert!(span.traceparent(false).ends_with("-00"));
        for wrong in [
            "",
            "00",
            "00-x-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736",
        ] {
            assert_eq!(SpanRef::of_traceparent(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ids_round_trip_and_reject_what_is_not_one() {
        let text = "4bf92f3577b34da6a3ce929d0e0e4736";
        let id: TraceId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        assert_eq!(
            serde_json::from_str::<TraceId>(&format!("\"{text}\"")).unwrap(),
            id
        );
        for wrong in [
            "",
            "0",
            "+bf92f3577b34da6a3ce929d0e0e4736",
            &"0".repeat(32),
            &"g".repeat(32),
        ] {
            assert!(wrong.parse::<TraceId>().is_err(), "{wrong}");
        }
        assert_eq!(
            "00f067aa0ba902b7".parse::<SpanId>().unwrap().to_string(),
            "00f067aa0ba902b7"
        );
    }
}
