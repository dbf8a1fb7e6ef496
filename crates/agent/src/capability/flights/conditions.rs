//! What flights and fares must have, as the arguments of every tool for flights say it, to a filter.

use super::search_flights::{parse_airlines, parse_stops};
use crate::{
    tools::BadArgument,
    travel::{Alliance, Filter},
};

/// The arguments of a tool that say what flights and fares must have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Conditions<'a> {
    pub(super) max_stops: Option<u8>,
    pub(super) airline: Option<&'a str>,
    pub(super) exclude_airlines: Option<&'a str>,
    pub(super) alliance: Option<Alliance>,
    pub(super) low_cost: Option<bool>,
    pub(super) via: Option<&'a str>,
    pub(super) avoid_via: Option<&'a str>,
    pub(super) overnight: Option<bool>,
    pub(super) checked_bag: Option<bool>,
    pub(super) refundable: Option<bool>,
}

impl Conditions<'_> {
    /// The filter that they mean; prices are none of them.
    pub(super) fn filter(self) -> Result<Filter, BadArgument> {
        let filter = Filter {
            max_stops: self.max_stops,
            airlines: parse_airlines("airline", self.airline)?,
            exclude_airlines: parse_airlines("exclude_airlines", self.exclude_airlines)?,
            alliance: self.alliance,
            low_cost: self.low_cost,
            via: parse_stops("via", self.via)?,
            avoid_via: parse_stops("avoid_via", self.avoid_via)?,
            no_overnight: self.overnight == Some(false),
            checked_bag: self.checked_bag == Some(true),
            refundable: self.refundable == Some(true),
            ..Filter::default()
        };
        check(&filter)?;
        Ok(filter)
    }
}

/// Checks that wishes and refusals do not contradict each other.
fn check(filter: &Filter) -> Result<(), BadArgument> {
    let mut airlines = filter.airlines.iter();
    if let Some(code) = airlines.find(|code| filter.exclude_airlines.contains(code)) {
        let problem = format!("{code} is wanted as airline too");
        return Err(BadArgument::new("exclude_airlines", problem));
    }
    let mut via = filter.via.iter();
    if let Some(code) = via.find(|code| filter.avoid_via.contains(code)) {
        let problem = format!("{code} is wanted as via too");
        return Err(BadArgument::new("avoid_via", problem));
    }
    if !filter.via.is_empty() && filter.max_stops == Some(0) {
        let problem = "is a stop, and max_stops allows none";
        return Err(BadArgument::new("via", problem));
    }
    Ok(())
}
