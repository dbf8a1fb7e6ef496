//! The nights of a trip and what is paid around them.

use guide::{
    Destination,
    costs::{self, Bill, Expense, Line, Meals},
    destination, rates,
    stays::{self, Category, Stay},
};
use jiff::ToSpan;
use serde::Serialize;

use crate::{
    capability::stays::{StayQuery, StaySource},
    sources::{SourceError, asked},
    travel::{Currency, Money, Party},
    trip::{Lodging, Trip},
};

/// Nights in one place.
#[derive(Clone, Debug, Serialize)]
pub struct Nights {
    /// Where.
    #[serde(skip)]
    pub place: &'static Destination,
    /// Which.
    pub stay: Stay,
    /// In what.
    pub lodging: Lodging,
    /// Rooms of a hotel.
    pub rooms: u8,
    /// Whether the trip has them already.
    pub planned: bool,
}

/// What the nights of a trip are priced with.
pub(super) struct Wanted<'a> {
    pub(super) place: &'static Destination,
    pub(super) stay: Stay,
    pub(super) guests: &'a Party,
    pub(super) rooms: Option<u8>,
    pub(super) category: Option<Category>,
}

impl Wanted<'_> {
    /// The nights: those that the trip has planned within these days, and the rest in the place. A
    /// trip to other places is not this one.
    pub(super) fn nights(&self, trip: &Trip) -> Vec<Nights> {
        let needed = stays::rooms(self.guests);
        let here = trip.stays.iter().any(|stay| stay.city == self.place.code);
        let within = trip.stays.iter().filter(|stay| {
            here && self.stay.check_in <= stay.check_in && stay.check_out <= self.stay.check_out
        });
        let planned = within.filter_map(|stay| {
            let asked = self.category.map(Lodging::from);
            Some(Nights {
                place: destination::by_code(stay.city)?,
                stay: Stay {
                    check_in: stay.check_in,
                    check_out: stay.check_out,
                },
                lodging: asked.unwrap_or(stay.lodging),
                rooms: self.rooms.unwrap_or(stay.rooms.max(needed)),
                planned: asked.is_none_or(|asked| asked == stay.lodging),
            })
        });
        let mut nights: Vec<Nights> = planned.collect();
        nights.sort_by_key(|nights| nights.stay.check_in);
        let mut all = Vec::new();
        let mut from = self.stay.check_in;
        let ends = nights.into_iter().map(Some).chain([None]);
        for next in ends {
            let to = next
                .as_ref()
                .map_or(self.stay.check_out, |next| next.stay.check_in);
            if from < to {
                all.push(self.rest(from, to, needed));
            }
            if let Some(next) = next {
                from = next.stay.check_out;
                all.push(next);
            }
        }
        all
    }

    fn rest(
        &self,
        check_in: jiff::civil::Date,
        check_out: jiff::civil::Date,
        needed: u8,
    ) -> Nights {
        Nights {
            place: self.place,
            stay: Stay {
                check_in,
                check_out,
            },
            lodging: self.category.unwrap_or_default().into(),
            rooms: self.rooms.unwrap_or(needed),
            planned: false,
        }
    }
}

/// Who pays, and in what.
pub(super) struct Payers<'a> {
    /// As houses count them.
    pub(super) guests: &'a Party,
    /// As airlines and cooks count them.
    pub(super) flyers: &'a Party,
    pub(super) currency: Currency,
}

impl Payers<'_> {
    /// The bill of the nights and of the flights, where those have a price; `None` = the nights have
    /// none.
    pub(super) async fn bill(
        &self,
        source: &dyn StaySource,
        flights: Option<Money>,
        nights: &[Nights],
    ) -> Result<Option<Bill>, SourceError> {
        let currency = self.currency;
        let (mut stay, mut meals, mut visits) = (0, 0, 0);
        for (nth, part) in nights.iter().enumerate() {
            let Some(total) = self.lodging(source, part).await? else {
                return Ok(None);
            };
            stay += total.minor;
            // The day of the move is eaten once.
            let from = match nth {
                0 => part.stay.check_in,
                _ => part.stay.check_in.saturating_add(1.day()),
            };
            let days = Stay {
                check_in: from,
                check_out: part.stay.check_out,
            };
            let eaten = costs::meals(
                part.place,
                days,
                self.flyers,
                meals_beside(part.lodging),
                currency,
            );
            let visited = costs::visits(
                part.place,
                days.check_in,
                days.check_out,
                self.flyers,
                currency,
            );
            let Some((eaten, visited)) = eaten.zip(visited) else {
                return Ok(None);
            };
            meals += eaten.minor;
            visits += visited.minor;
        }
        let line = |expense, minor| Line {
            expense,
            total: Money::new(minor, currency),
        };
        let flights =
            flights.map(|total| line(Expense::Flights, rates::convert(total, currency).0.minor));
        let spot = [
            line(Expense::Stay, stay),
            line(Expense::Meals, meals),
            line(Expense::Visits, visits),
        ];
        let lines = flights.into_iter().chain(spot).collect();
        let people = u8::try_from(self.flyers.seats()).unwrap_or(u8::MAX);
        Ok(Some(Bill::of(lines, people, currency)))
    }

    async fn lodging(
        &self,
        source: &dyn StaySource,
        nights: &Nights,
    ) -> Result<Option<Money>, SourceError> {
        let query = StayQuery {
            destination: nights.place,
            stay: nights.stay,
            party: self.guests.clone(),
            rooms: nights.rooms,
            currency: self.currency,
        };
        let Some(category) = nights.lodging.category() else {
            let flat = source.rental(&query);
            let flat = asked(source.name(), "rental", |flat| flat.iter().count(), flat).await?;
            return Ok(flat.map(|flat| flat.total));
        };
        let prices = asked(source.name(), "hotels", Vec::len, source.hotels(&query)).await?;
        let price = prices.iter().find(|price| price.category == category);
        Ok(price.map(|price| price.total))
    }
}

/// How one eats beside a night: the simpler the room, the simpler the meals.
const fn meals_beside(lodging: Lodging) -> Meals {
    match lodging {
        Lodging::Budget => Meals::Thrifty,
        Lodging::Mid | Lodging::Rental => Meals::Normal,
        Lodging::Comfort => Meals::Generous,
    }
}
