//! What days are planned around: the flights of the trip, the stay, public holidays, rain.

use guide::{
    Destination, Point, climate,
    days::Flight,
    holidays::{self, Holiday},
};
use jiff::civil::Date;

use crate::{
    capability::sights::Spot,
    tools::ToolContext,
    travel::{Iata, Offer},
    trip::city_of,
};

/// The flights of the trip to and from a city.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flights {
    pub(super) arrival: Option<Flight>,
    pub(super) departure: Option<Flight>,
    /// There are some, but on other days: they were not counted.
    pub(super) are_elsewhen: bool,
}

impl Flights {
    /// The flights of the trip in the making, or of the proposal where it has none.
    pub(super) fn of(context: &ToolContext, city: Iata, first: Date, last: Date) -> Self {
        let state = &context.state;
        let proposed = state.proposal.as_ref().map(|proposal| &proposal.offer);
        let Some(offer) = state.plan.flight.as_ref().or(proposed) else {
            return Self::default();
        };
        let (arrival, departure) = ends(offer, city);
        // A flight of other days is of another stay.
        let lands = arrival.filter(|flight| {
            let day = flight.at.date();
            day.tomorrow().is_ok_and(|next| next >= first) && day <= last
        });
        let leaves = departure.filter(|flight| {
            let day = flight.at.date();
            day >= first && day.yesterday().is_ok_and(|before| before <= last)
        });
        Self {
            arrival: lands,
            departure: leaves,
            are_elsewhen: (arrival.is_some() && lands.is_none())
                || (departure.is_some() && leaves.is_none()),
        }
    }
}

/// The landing in a city and the take-off from there.
fn ends(offer: &Offer, city: Iata) -> (Option<Flight>, Option<Flight>) {
    let mut slices = offer.slices.iter();
    let is_there = |code: Iata| city_of(code) == city_of(city);
    let arrival = slices.clone().find_map(|slice| {
        let last = slice.segments.last()?;
        is_there(slice.destination.iata).then(|| Flight {
            at: last.arriving_at.civil(),
            airport: Some(last.destination.iata),
        })
    });
    let departure = slices.find_map(|slice| {
        let first = slice.segments.first()?;
        is_there(slice.origin.iata).then(|| Flight {
            at: first.departing_at.civil(),
            airport: Some(first.origin.iata),
        })
    });
    (arrival, departure)
}

/// The spot where days start and end: the one that was named, or the quarter of the stay.
pub(super) fn base(
    context: &ToolContext,
    destination: &Destination,
    near: Option<&str>,
) -> Option<Spot> {
    let stays = context.state.plan.stays.iter();
    let stay = stays.filter(|stay| city_of(stay.city) == destination.code);
    let quarter = stay.filter_map(|stay| stay.quarter.as_deref()).next();
    Spot::named(destination, near.or(quarter)?)
}

/// Where a spot is.
pub(super) fn point(spot: Option<Spot>, destination: &Destination) -> Option<Point> {
    spot.map(|spot| spot.at(destination))
}

/// The public holidays of these days; `None` = not known.
pub(super) fn holidays(destination: &Destination, first: Date, last: Date) -> Option<Vec<Holiday>> {
    holidays::during(destination.country, first, last)
}

/// The share of days with rain in these months, where it is known.
pub(super) fn rain(destination: &Destination, first: Date, last: Date) -> Option<f32> {
    let months = climate::of(destination.code)?.during(first, last);
    let shares = months.iter().filter_map(|month| {
        let day = Date::new(first.year(), month.month, 1).ok()?;
        Some(month.rain_days? / f32::from(day.days_in_month()))
    });
    shares.reduce(f32::max)
}
