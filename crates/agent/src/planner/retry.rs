//! A failed call, corrected where the error says how.

use serde_json::Value;

use super::{step::Call, view::Done};
use crate::{tools::Tool, travel::Iata};

/// The call without the code that the error names, if other codes remain in its place.
pub(super) fn corrected<T: Tool>(done: &Done<'_>) -> Option<Call> {
    let unknown = unknown_code(done.outcome.err()?)?;
    let mut arguments: Value = serde_json::from_str(done.arguments).ok()?;
    let mut changed = false;
    for end in ["departure", "arrival"] {
        let Some(Value::String(codes)) = arguments.get_mut(end) else {
            continue;
        };
        let known = codes.split(',').filter(|code| *code != unknown.as_str());
        let known = known.collect::<Vec<_>>().join(",");
        if known.is_empty() {
            return None;
        }
        changed |= known != *codes;
        *codes = known;
    }
    changed.then(|| Call::of::<T>(arguments))
}

/// The code that an error calls unknown.
fn unknown_code(error: &str) -> Option<Iata> {
    let (_, rest) = error.rsplit_once("code ")?;
    rest.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::search_flights::SearchFlights;

    fn corrected_departure(departure: &str, error: &str) -> Option<String> {
        let arguments = format!(r#"{{"departure":"{departure}","arrival":"NYC"}}"#);
        let done = Done {
            name: SearchFlights::NAME,
            arguments: &arguments,
            outcome: Err(error),
        };
        let call = corrected::<SearchFlights>(&done)?;
        call.arguments["departure"].as_str().map(str::to_owned)
    }

    #[test]
    fn an_unknown_code_is_dropped_where_others_remain() {
        let error = "bad arguments: departure: no airport or city has code XXX";
        assert_eq!(
            corrected_departure("LYS,XXX", error).as_deref(),
            Some("LYS")
        );
        assert_eq!(corrected_departure("XXX", error), None);
        assert_eq!(corrected_departure("LYS,GVA", error), None);
        assert_eq!(
            corrected_departure("LYS,XXX", "the tool took too long"),
            None
        );
    }
}
