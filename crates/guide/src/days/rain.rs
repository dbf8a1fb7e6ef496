//! Where to go when it rains.

use serde::Serialize;
use travel::Iata;

use super::{Itinerary, Request, Step, layout::of_time};
use crate::{
    opening,
    sights::{self, Sight},
    way::{Way, between},
};

/// From this share of rainy days of a month on, days have a rain plan: a rule of ours.
pub const RAINY: f32 = 0.35;
/// The other sight is no further from the one that it stands for, in minutes.
const NEAR: u16 = 30;

/// A sight under a roof that can stand for one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shelter {
    /// The sight in the open.
    pub instead_of: &'static Sight,
    /// The sight under a roof; it is not in the itinerary otherwise.
    pub sight: &'static Sight,
    /// The way between the two.
    pub way: Way,
}

/// Gives each sight in the open one under a roof that is near, often open then, and nowhere else in
/// the itinerary; where there is none, nothing.
pub(super) fn shelter(itinerary: &mut Itinerary, request: &Request, code: Iata) {
    let days = itinerary.days.iter();
    let mut taken: Vec<&Sight> = days.flat_map(super::Day::sights).collect();
    for day in &mut itinerary.days {
        for step in &day.steps {
            let Some(open) = step.sight().filter(|sight| !sight.kind.is_indoor()) else {
                continue;
            };
            let roofs = sights::of(code).iter().filter(|sight| {
                sight.kind.is_indoor()
                    && !taken.contains(sight)
                    && !request.unwanted.contains(sight)
                    && opening::shut(sight, day.date, &request.holidays).is_none()
                    && holds(sight, step, day.date.weekday())
            });
            let near = roofs.map(|sight| (between(open.at, sight.at), sight));
            let near = near.filter(|(way, _)| way.minutes <= NEAR);
            if let Some((way, sight)) = near.min_by_key(|(way, sight)| (way.minutes, sight.rank)) {
                taken.push(sight);
                day.shelters.push(Shelter {
                    instead_of: open,
                    sight,
                    way,
                });
            }
        }
    }
}

/// Whether the sight is usually open during the step, and a visit is not much longer.
fn holds(sight: &Sight, step: &Step, weekday: jiff::civil::Weekday) -> bool {
    const LONGER: u16 = 30;
    let minutes = of_time(step.to) - of_time(step.from);
    opening::hours(sight.kind, weekday).hold(step.from, step.to)
        && sight.minutes <= minutes + LONGER
}
