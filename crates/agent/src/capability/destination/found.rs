//! What the tool for facts on a destination finds.

use guide::{Destination, context::DestinationContext, season::Season, time::TimeDifference};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::aspect::Aspect;
use crate::{
    grounding::Ground,
    locale::Locale,
    tools::Data,
    travel::{Airport, Country, Currency, Iata, airport, country},
};

/// Which days the facts are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whether nobody said it: the month at hand was taken.
    pub assumed: bool,
}

/// Facts on a destination.
#[derive(Clone, Debug, Serialize)]
pub struct ContextFound {
    /// The destination; `None` = only its country is known.
    #[serde(skip)]
    pub destination: Option<&'static Destination>,
    /// A code whose clocks are those of the place.
    pub at: Iata,
    /// What was asked, in order.
    pub about: Vec<Aspect>,
    /// Which days.
    pub when: When,
    /// The days whose holidays are told: more than those where nobody said when.
    pub calendar: (Date, Date),
    /// The traveller's currency.
    pub own_currency: Currency,
    /// Where the traveller lives; `None` = not said.
    pub home: Option<Iata>,
    /// Difference to the clock of the traveller's device, where home is not known.
    pub device: Option<TimeDifference>,
    /// The best months; `None` = nothing is measured near.
    pub season: Option<Season>,
    /// The facts.
    #[serde(flatten)]
    pub context: DestinationContext,
}

impl ContextFound {
    /// The name of the place.
    pub(super) fn name(&self, locale: Locale) -> &'static str {
        let known = self.destination.map(|place| place.name(locale));
        let by_airport = || airport_of(self.at).map(|airport| airport.city(locale));
        known.or_else(by_airport).unwrap_or_default()
    }

    /// Its country.
    pub(super) fn country(&self) -> Option<&'static Country> {
        country::by_code(self.context.country)
    }

    /// The name of its country.
    pub(super) fn country_name(&self, locale: Locale) -> &'static str {
        let name = self.country().map(|country| country.name(locale));
        name.unwrap_or(self.context.country)
    }

    /// The city of home.
    pub(super) fn home_name(&self, locale: Locale) -> Option<&'static str> {
        Some(airport_of(self.home?)?.city(locale))
    }
}

/// The main airport of a code.
pub(super) fn airport_of(code: Iata) -> Option<&'static Airport> {
    airport::resolve(code).first().copied()
}

impl Data for ContextFound {
    fn ground(&self, ground: &mut Ground) {
        if let Some((own, there)) = super::daily::exchanged(self) {
            ground.add_amount(own);
            ground.add_amount(there);
        }
        let codes = self.context.airports.iter().map(|access| access.airport);
        for airport in codes.filter_map(airport_of) {
            ground.add_airport(airport);
        }
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
