//! Rows that were written before searches were kept as values: until 29 November 2026 conversations
//! and proposals kept the arguments of `search_flights`.
//!
//! Conversations have no end of their own, so these rows have none either: this file may go with the
//! first version that no longer opens databases of 2026.

use serde::{Deserialize, Deserializer, de::Error};

use super::search_flights::SearchFlightsArgs;
use crate::{
    conversation::Searched,
    tools::BadArgument,
    travel::{Currency, FlightSearch},
};

/// Either shape of a row. A search of today has legs with origins, which arguments have not.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept<T> {
    Now(T),
    Before(Box<SearchFlightsArgs>),
}

/// Reads the search of a proposal.
pub(crate) fn search<'de, D: Deserializer<'de>>(from: D) -> Result<FlightSearch, D::Error> {
    match Kept::deserialize(from)? {
        Kept::Now(search) => Ok(search),
        Kept::Before(args) => value(&args).map_err(D::Error::custom),
    }
}

/// Reads the search of a conversation.
pub(crate) fn searched<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Searched>, D::Error> {
    let kept = match Option::deserialize(from)? {
        Some(Kept::Now(searched)) => searched,
        Some(Kept::Before(args)) => Searched {
            search: value(&args).map_err(D::Error::custom)?,
            skip: usize::from(args.skip.unwrap_or_default()),
        },
        None => return Ok(None),
    };
    Ok(Some(kept))
}

/// What arguments meant. Those without a currency meant the visitor's, which no row says; it only
/// counts for a budget, as prices are asked again in the currency of their offer, and the agent
/// itself never wrote a budget without one.
fn value(args: &SearchFlightsArgs) -> Result<FlightSearch, BadArgument> {
    args.search(Currency::eur())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        conversation::ConversationState,
        travel::{Cabin, DayPart, Money},
    };

    fn state(search: &Value) -> ConversationState {
        serde_json::from_value(json!({ "search": search })).unwrap()
    }

    #[test]
    fn arguments_mean_what_they_meant() {
        let before = json!({
            "departure": "LYS,GVA", "arrival": "NYC", "date": "2027-01-12",
            "return_date": "2027-01-20", "adults": 2, "children_ages": [7], "cabin": "business",
            "max_stops": 1, "airline": "AF", "departure_time": "morning", "max_price": "900",
            "currency": "USD", "return_window": {"arrival_before": "20:00"}, "limit": 7, "skip": 5,
        });
        let Searched { search, skip } = state(&before).search.unwrap();
        assert_eq!(skip, 5);
        assert_eq!(search.depart(), Some(date(2027, 1, 12)));
        assert_eq!(search.legs[0].origins.len(), 2);
        assert_eq!(search.legs[0].window.part, Some(DayPart::Morning));
        let back = search.way_back().unwrap();
        assert_eq!(back.depart, date(2027, 1, 20));
        assert!(back.window.has_bounds());
        assert_eq!((search.party.seats(), search.cabin), (3, Cabin::Business));
        let budget = Money::new(90_000, "USD".parse().unwrap());
        assert_eq!(search.filter.max_price, Some(budget));
    }

    #[test]
    fn days_that_have_passed_are_no_obstacle() {
        let before = json!({
            "departure": "LYS", "arrival": "ROM", "date": "2020-03-03",
            "legs": [{"departure": "ATH", "arrival": "LYS", "date": "2020-03-14"}],
        });
        let searched = state(&before).search.unwrap();
        assert_eq!((searched.search.onward().len(), searched.skip), (1, 0));
    }

    #[test]
    fn what_is_written_now_reads_back() {
        assert_eq!(state(&Value::Null).search, None);
        let before = json!({"departure": "LYS", "arrival": "ROM", "date": "2027-03-03", "skip": 5});
        let state = state(&before);
        let kept = serde_json::to_value(&state).unwrap();
        assert!(kept["search"]["search"]["legs"].is_array(), "{kept}");
        let again: ConversationState = serde_json::from_value(kept).unwrap();
        assert_eq!(again, state);
    }
}
