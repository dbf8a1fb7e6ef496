//! Which names the metrics of the GenAI conventions have.

use std::{fmt, str::FromStr};

const VARIABLE: &str = "OTEL_SEMCONV_STABILITY_OPT_IN";
/// Values of other conventions (`http/dup`, `database`) are for other instrumentations.
const OURS: &str = "gen_ai";

/// Versions of the GenAI conventions whose metric names are in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GenAiNames {
    /// Those of v1.41, which dashboards read today.
    V141,
    /// The latest, experimental ones.
    Latest,
    /// Both side by side: no name of one has another meaning in the other.
    #[default]
    Both,
}

impl GenAiNames {
    const ALL: [Self; 3] = [Self::V141, Self::Latest, Self::Both];

    /// The value of the variable that means it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V141 => "gen_ai_v1_41",
            Self::Latest => "gen_ai_latest_experimental",
            Self::Both => "gen_ai_dup",
        }
    }

    /// Whether the names of v1.41 are in use.
    #[must_use]
    pub const fn has_v1_41(self) -> bool {
        matches!(self, Self::V141 | Self::Both)
    }

    /// Whether the latest names are in use.
    #[must_use]
    pub const fn has_latest(self) -> bool {
        matches!(self, Self::Latest | Self::Both)
    }
}

impl fmt::Display for GenAiNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for GenAiNames {
    type Err = String;

    /// Reads the standard's list, separated by commas. Without a value of ours it says nothing of
    /// GenAI; several of ours add up.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut chosen: Option<Self> = None;
        for value in text.split(',').map(str::trim) {
            if value.split('/').next() != Some(OURS) && !value.starts_with("gen_ai_") {
                continue;
            }
            let known = Self::ALL.into_iter().find(|names| names.as_str() == value);
            let names = known.ok_or_else(|| {
                let allowed = Self::ALL.map(Self::as_str).join(", ");
                format!("{VARIABLE} has no value `{value}`: allowed are {allowed}, and values of other conventions beside them")
            })?;
            chosen = match chosen {
                Some(before) if before != names => Some(Self::Both),
                _ => Some(names),
            };
        }
        Ok(chosen.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_one_version_or_both() {
        for (text, names) in [
            ("gen_ai_v1_41", GenAiNames::V141),
            ("gen_ai_latest_experimental", GenAiNames::Latest),
            ("gen_ai_dup", GenAiNames::Both),
            ("http/dup, gen_ai_v1_41 ,database", GenAiNames::V141),
            ("gen_ai_v1_41,gen_ai_latest_experimental", GenAiNames::Both),
            ("gen_ai_v1_41,gen_ai_v1_41", GenAiNames::V141),
            ("http/dup,database", GenAiNames::Both),
            ("", GenAiNames::Both),
        ] {
            assert_eq!(text.parse(), Ok(names), "{text}");
        }
    }

    #[test]
    fn an_unknown_value_of_ours_is_refused_by_name() {
        for value in ["gen_ai_v2", "gen_ai", "gen_ai/dup", "gen_ai_DUP"] {
            let error = format!("http,{value}").parse::<GenAiNames>().unwrap_err();
            for told in [
                VARIABLE,
                value,
                "gen_ai_v1_41",
                "gen_ai_latest_experimental",
                "gen_ai_dup",
            ] {
                assert!(error.contains(told), "{error}");
            }
        }
    }
}
