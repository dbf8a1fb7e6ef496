//! A failed call, corrected where the error says how.

use serde_json::Value;

use super::{step::Call, view::Done};
use crate::tools::Tool;

/// The call without the code that the error names, if other codes remain in its place.
pub(super) fn corrected<T: Tool>(done: &Done<'_>) -> Option<Call> {
    let unknown = done.outcome.err()?.unknown_place()?;
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

#[cfg(test)]
mod tests {
    use schedule::QueryError;

    use super::*;
    use crate::capability::flights::search_flights::SearchFlights;
    use crate::tools::ToolError;

    fn corrected_departure(departure: &str, error: &ToolError) -> Option<String> {
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
        let unknown = ToolError::Query(QueryError::UnknownPlace("XXX".parse().unwrap()));
        let departure = corrected_departure("LYS,XXX", &unknown);
        assert_eq!(departure.as_deref(), Some("LYS"));
        assert_eq!(corrected_departure("XXX", &unknown), None);
        assert_eq!(corrected_departure("LYS,GVA", &unknown), None);
        assert_eq!(corrected_departure("LYS,XXX", &ToolError::TimedOut), None);
    }
}
