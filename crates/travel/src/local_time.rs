//! A moment with the offset that local clocks show, as timetables print it.

use jiff::{Timestamp, Zoned, civil::DateTime, tz::Offset};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment and the UTC offset in force at the place; RFC 3339 on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocalTime {
    /// The absolute moment.
    pub at: Timestamp,
    /// Offset of local clocks from UTC.
    pub offset: Offset,
}

impl LocalTime {
    /// What a clock on the wall shows.
    #[must_use]
    pub fn civil(&self) -> DateTime {
        self.offset.to_datetime(self.at)
    }
}

impl From<&Zoned> for LocalTime {
    fn from(zoned: &Zoned) -> Self {
        Self {
            at: zoned.timestamp(),
            offset: zoned.offset(),
        }
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.at.display_with_offset(self.offset))
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let pieces = jiff::fmt::temporal::Pieces::parse(&text).map_err(serde::de::Error::custom)?;
        let at = text.parse().map_err(serde::de::Error::custom)?;
        let offset = pieces.to_numeric_offset();
        Ok(Self {
            at,
            offset: offset.ok_or_else(|| serde::de::Error::custom("no offset"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_keeps_the_offset() {
        let text = r#""2027-01-12T12:55:00-05:00""#;
        let time: LocalTime = serde_json::from_str(text).unwrap();
        assert_eq!(time.civil().hour(), 12);
        assert_eq!(serde_json::to_string(&time).unwrap(), text);
    }
}
