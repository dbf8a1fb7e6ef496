//! Offers in the field's terms: an offer has slices, a slice has segments.
//!
//! The JSON form is the one of the HTTP contract.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Cabin, CarrierCode, Currency, Iata, LocalTime, Money, airport};

/// Identifies an offer; `off_` and a digest of what it offers, so equal offers have equal ids.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfferId(pub String);

/// A price for a complete journey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Identity.
    pub id: OfferId,
    /// The source that made it, such as `offline`.
    pub source: String,
    /// Times and fares are computed, not quoted by anyone who would sell them.
    pub illustrative: bool,
    /// When it was made.
    pub fetched_at: Timestamp,
    /// Until when its price stands.
    pub expires_at: Timestamp,
    /// Price for the whole party.
    pub total: Money,
    /// The total, by kind of passenger.
    pub per_passenger: Vec<PassengerFare>,
    /// Outbound, and inbound for a return.
    pub slices: Vec<Slice>,
    /// Pieces included for each seated passenger.
    pub baggage: Baggage,
    /// CO2 of the whole party, in kilograms.
    pub emissions_kg: u32,
    /// What the fare allows.
    pub conditions: Conditions,
}

/// The fare of one kind of passenger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassengerFare {
    /// Kind.
    #[serde(rename = "type")]
    pub kind: PassengerKind,
    /// How many.
    pub count: u8,
    /// Price of each, in the offer's currency, as a decimal string.
    pub amount: String,
}

/// Kinds of passengers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassengerKind {
    /// 12 and more.
    Adult,
    /// 2 to 11.
    Child,
    /// Under 2, on a lap.
    InfantWithoutSeat,
}

/// One direction of a journey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    /// First airport.
    pub origin: OfferPlace,
    /// Last airport.
    pub destination: OfferPlace,
    /// From first departure to last arrival.
    pub duration: SignedDuration,
    /// Number of connections.
    pub stops: u8,
    /// Flights, in order; at least one.
    pub segments: Vec<Segment>,
}

/// One flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Departure airport.
    pub origin: OfferPlace,
    /// Arrival airport.
    pub destination: OfferPlace,
    /// Departure, local.
    pub departing_at: LocalTime,
    /// Arrival, local.
    pub arriving_at: LocalTime,
    /// Gate to gate.
    pub duration: SignedDuration,
    /// Who flies it.
    pub carrier: OfferCarrier,
    /// Real designator; `None` for computed flights, which must not carry one.
    pub flight_number: Option<String>,
    /// Aircraft type.
    pub aircraft: Option<String>,
    /// Cabin.
    pub cabin: Cabin,
}

/// An airport in an offer, its city named in the language of the search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferPlace {
    /// Airport code.
    pub iata: Iata,
    /// City.
    pub city: String,
}

/// A carrier in an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferCarrier {
    /// Designator.
    pub iata: CarrierCode,
    /// Name.
    pub name: String,
}

/// Pieces of baggage included for each seated passenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baggage {
    /// Cabin bags besides a personal item.
    pub carry_on: u8,
    /// Hold bags.
    pub checked: u8,
}

/// What the fare allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// Money back on cancellation.
    pub refundable: bool,
    /// Dates may be changed (for a fee).
    pub changeable: bool,
}

impl Slice {
    /// The cities where it stops, and how long one waits there.
    pub fn layovers(&self) -> impl Iterator<Item = (&str, SignedDuration)> {
        self.segments.windows(2).filter_map(|pair| match pair {
            [before, after] => {
                let wait = after.departing_at.at.duration_since(before.arriving_at.at);
                Some((&*before.destination.city, wait))
            }
            _ => None,
        })
    }
}

impl Offer {
    /// Whether it goes out and comes back the same way, and is no trip of several legs. Airports of
    /// one city are one place: out to JFK and back from Newark is a return.
    #[must_use]
    pub fn is_return(&self) -> bool {
        match &*self.slices {
            [out, back] => {
                airport::same_city(out.origin.iata, back.destination.iata)
                    && airport::same_city(out.destination.iata, back.origin.iata)
            }
            _ => false,
        }
    }

    /// Travel time of all slices together.
    #[must_use]
    pub fn duration(&self) -> SignedDuration {
        self.slices.iter().map(|slice| slice.duration).sum()
    }

    /// Most stops of any slice.
    #[must_use]
    pub fn stops(&self) -> u8 {
        self.slices
            .iter()
            .map(|slice| slice.stops)
            .max()
            .unwrap_or_default()
    }

    /// Currency of the prices.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.total.currency
    }
}

impl Segment {
    /// Whether it is in the air over the night: it leaves before five in the morning or is in the
    /// air at midnight, by the clock where it leaves, or by the one where it lands on a later day.
    #[must_use]
    pub fn is_overnight(&self) -> bool {
        let (leaves, lands) = (self.departing_at, self.arriving_at);
        let days = |offset: jiff::tz::Offset| {
            let day = |at| offset.to_datetime(at).date();
            (day(leaves.at), day(lands.at))
        };
        let (left, landed_there) = days(leaves.offset);
        let (left_here, landed) = days(lands.offset);
        leaves.civil().hour() < 5 || landed_there > left || (landed > left && landed > left_here)
    }
}
