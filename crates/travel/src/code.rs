//! IATA codes as small copyable values.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not a code of the wanted shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a valid code")]
pub struct InvalidCode(pub String);

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $len:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $len]);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                // Only ASCII gets in, so this never falls back.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = InvalidCode;

            fn from_str(text: &str) -> Result<Self, InvalidCode> {
                let allowed: fn(u8) -> bool = $allowed;
                match <[u8; $len]>::try_from(text.as_bytes()) {
                    Ok(bytes) if bytes.iter().all(|b| allowed(b.to_ascii_uppercase())) => {
                        Ok(Self(bytes.map(|b| b.to_ascii_uppercase())))
                    }
                    _ => Err(InvalidCode(text.to_owned())),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

code!(
    /// An airport's or a metropolitan area's code: three letters, such as `CDG` or `PAR`.
    Iata, 3, |b| b.is_ascii_uppercase()
);
code!(
    /// An airline designator: two letters or digits, such as `AF` or `U2`.
    CarrierCode, 2, |b| b.is_ascii_uppercase() || b.is_ascii_digit()
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_folded_to_upper_case_and_checked() {
        assert_eq!("cdg".parse::<Iata>().unwrap().as_str(), "CDG");
        assert!("CD".parse::<Iata>().is_err());
        assert!("C1G".parse::<Iata>().is_err());
        assert!("é1".parse::<CarrierCode>().is_err());
        assert_eq!("u2".parse::<CarrierCode>().unwrap().to_string(), "U2");
    }
}
