//! The ways of a trip of several cities, and the nights that lie between them.

use guide::{Destination, stays::Stay};

use super::calculate_total_cost::CostLeg;
use crate::{
    capability::{arguments::city, flights::search_flights::parse_codes},
    tools::BadArgument,
    travel::{Leg, Window},
};

/// Where one sleeps, and how one gets on.
#[derive(Debug)]
pub(super) struct Route {
    /// The cities with their nights, in order; one at least.
    pub(super) stays: Vec<(&'static Destination, Stay)>,
    /// The ways after the first.
    pub(super) onward: Vec<Leg>,
}

impl Route {
    /// A stay in a city, and what follows it. The last leg leads home, on the last day of the stay.
    pub(super) fn of(
        first: &'static Destination,
        stay: Stay,
        legs: &[CostLeg],
    ) -> Result<Self, BadArgument> {
        let (mut here, mut from) = (first, stay.check_in);
        let (mut stays, mut onward) = (Vec::new(), Vec::new());
        for (nth, leg) in (1..).zip(legs) {
            if leg.date < from || leg.date > stay.check_out {
                let problem = "must be in order, from check_in to check_out";
                return Err(BadArgument::new("legs", problem));
            }
            if from < leg.date {
                let nights = Stay {
                    check_in: from,
                    check_out: leg.date,
                };
                stays.push((here, nights));
            }
            if nth < legs.len() {
                let to = leg.arrival.split(',').next().unwrap_or_default();
                here = city("legs", to.trim())?;
            }
            from = leg.date;
            onward.push(Leg {
                origins: parse_codes("legs", &leg.departure)?,
                destinations: parse_codes("legs", &leg.arrival)?,
                depart: leg.date,
                window: Window::default(),
            });
        }
        // Nights behind the last way are none of a trip that it ends.
        if from < stay.check_out && (onward.is_empty() || stays.is_empty()) {
            let nights = Stay {
                check_in: from,
                check_out: stay.check_out,
            };
            stays.push((here, nights));
        }
        Ok(Self { stays, onward })
    }
}
