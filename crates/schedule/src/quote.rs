//! The price of a journey for a party, in its currency.

use crate::{connections::Bond, itineraries::Itinerary, terms::Extras};
use travel::{
    Currency, Money, Party,
    offer::{PassengerFare, PassengerKind},
};

/// What children and infants on a lap pay with network carriers, in thousandths of an adult.
const CHILD: u64 = 750;
const INFANT: u64 = 100;
/// What low-cost carriers charge for an infant and flight, in euro cents.
const LOW_COST_INFANT: u64 = 2_500;
/// What each passenger after the first adds to everyone's fare, in thousandths: the cheapest
/// seats run out.
const CROWD: u64 = 12;

/// Prices journeys for one party.
pub(super) struct Pricer<'a> {
    party: &'a Party,
    currency: Currency,
    /// Minor units that prices are rounded to.
    step: i64,
    /// What is wished for beyond the basic fare.
    extras: Option<Extras<'a>>,
}

/// One price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// Minor units for an adult, a child and an infant.
    each: [i64; 3],
    /// Minor units for everyone.
    pub(super) total: i64,
    /// The same before conversion and rounding, in euro cents.
    pub(super) euro_cents: u64,
}

impl<'a> Pricer<'a> {
    pub(super) fn new(party: &'a Party, currency: Currency) -> Self {
        Self {
            party,
            currency,
            step: step(currency),
            extras: None,
        }
    }

    /// The same with wishes beyond the basic fare.
    pub(super) fn with_extras(mut self, extras: Extras<'a>) -> Self {
        self.extras = (extras.checked_bag || extras.refundable).then_some(extras);
        self
    }

    /// The price of the itineraries of a journey.
    pub(super) fn quote(&self, legs: &[&Itinerary]) -> Quote {
        let as_return = one_ticket(legs);
        let mut cents = [0_u64; 3];
        for itinerary in legs {
            let fare = itinerary.fare;
            let adult = u64::from(if as_return { fare.half } else { fare.single });
            let adult = match &self.extras {
                Some(extras) => extras.fare(itinerary, adult),
                None => adult,
            };
            let adult =
                adult * (1_000 + CROWD * (self.party.seats() as u64).saturating_sub(1)) / 1_000;
            let flights = itinerary.flights().len() as u64;
            let (child, infant) = if itinerary.tariff.low_cost {
                (adult, LOW_COST_INFANT * flights)
            } else {
                (adult * CHILD / 1_000, adult * INFANT / 1_000)
            };
            for (sum, amount) in cents.iter_mut().zip([adult, child, infant]) {
                *sum += amount;
            }
        }
        let each = cents.map(|cents| self.convert(cents));
        let counts = self.counts().map(i64::from);
        let total = each
            .iter()
            .zip(counts)
            .map(|(amount, count)| amount * count)
            .sum();
        let euro_cents = cents
            .iter()
            .zip(counts)
            .map(|(cents, count)| cents * count as u64)
            .sum();
        Quote {
            each,
            total,
            euro_cents,
        }
    }

    /// The quote's total.
    pub(super) fn total(&self, quote: &Quote) -> Money {
        Money::new(quote.total, self.currency)
    }

    /// The most that any passenger pays.
    pub(super) fn highest(&self, quote: &Quote) -> Money {
        let travelling = quote.each.iter().zip(self.counts());
        let each = travelling.filter(|(_, count)| *count > 0);
        let most = each.map(|(minor, _)| *minor).max();
        Money::new(most.unwrap_or_default(), self.currency)
    }

    /// The quote by kind of passenger; kinds that do not travel are left out.
    pub(super) fn per_passenger(&self, quote: &Quote) -> Vec<PassengerFare> {
        let kinds = [
            PassengerKind::Adult,
            PassengerKind::Child,
            PassengerKind::InfantWithoutSeat,
        ];
        let all = kinds.into_iter().zip(self.counts()).zip(quote.each);
        all.filter(|((_, count), _)| *count > 0)
            .map(|((kind, count), minor)| PassengerFare {
                kind,
                count,
                amount: Money::new(minor, self.currency).decimal(),
            })
            .collect()
    }

    fn counts(&self) -> [u8; 3] {
        [
            self.party.adults,
            self.party.children.len() as u8,
            self.party.infants,
        ]
    }

    /// Euro cents in the currency, rounded to a price that people print; never nothing.
    fn convert(&self, cents: u64) -> i64 {
        let money = Money::new(cents as i64, Currency::eur());
        let minor = Currency::convert(money, self.currency).minor;
        ((minor + self.step / 2) / self.step).max(1) * self.step
    }
}

/// Whether the legs are one ticket of a carrier: halves of a return, an open jaw or a round trip.
fn one_ticket(legs: &[&Itinerary]) -> bool {
    let through = |i: &Itinerary| i.bond <= Bond::Partners && !i.tariff.low_cost;
    let same = |pair: &[&Itinerary]| pair[0].tariff.owner == pair[1].tariff.owner;
    legs.len() > 1 && legs.windows(2).all(same) && legs.iter().all(|leg| through(leg))
}

/// The power of ten of the currency that is worth about a euro, in minor units: prices are whole
/// euros, dollars or pounds, and whole hundreds of yen.
fn step(currency: Currency) -> i64 {
    let mut step = 10_i64.pow(currency.exponent());
    let mut worth = currency.per_euro() * 2.0;
    while worth >= 10.0 {
        worth /= 10.0;
        step *= 10;
    }
    while worth < 1.0 && step > 1 {
        worth *= 10.0;
        step /= 10;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_round_in_every_currency() {
        let step_of = |code: &str| step(code.parse().unwrap());
        assert_eq!(step_of("EUR"), 100);
        assert_eq!(step_of("USD"), 100);
        assert_eq!(step_of("GBP"), 100);
        assert_eq!(step_of("JPY"), 100);
        assert_eq!(step_of("KWD"), 100, "a tenth of a dinar, in fils");
    }
}
