//! What the flight tools find.

use crate::{
    booking::Proposal,
    conversation::Searched,
    grounding::Ground,
    tools::Data,
    travel::{Airport, FareCalendar, Offer},
};

/// Flight offers, in the order asked for, and the search that found them.
#[derive(Clone, Debug)]
pub struct FlightsFound {
    /// Offers.
    pub offers: Vec<Offer>,
    /// The search, and where in it they stand.
    pub searched: Searched,
    /// Offers that fit in all, shown or not.
    pub found: usize,
}

/// Airports, best match first.
#[derive(Clone, Debug)]
pub struct AirportsFound(pub Vec<&'static Airport>);

/// A price that was asked again.
#[derive(Clone, Debug)]
pub struct PriceChecked {
    /// As proposed.
    pub before: Offer,
    /// As of now; `None` = no longer sold.
    pub now: Option<Offer>,
}

impl Data for FlightsFound {
    fn ground(&self, ground: &mut Ground) {
        self.offers.iter().for_each(|offer| ground.add_offer(offer));
    }
}

impl Data for AirportsFound {
    fn ground(&self, ground: &mut Ground) {
        self.0
            .iter()
            .for_each(|airport| ground.add_airport(airport));
    }
}

impl Data for PriceChecked {
    fn ground(&self, ground: &mut Ground) {
        ground.add_offer(&self.before);
        self.now.iter().for_each(|offer| ground.add_offer(offer));
    }
}

impl Data for Proposal {
    fn ground(&self, ground: &mut Ground) {
        ground.add_offer(&self.offer);
    }
}

impl Data for FareCalendar {
    fn ground(&self, ground: &mut Ground) {
        ground.add_calendar(self);
    }
}
