//! What a trip costs as far as that is known.

use serde::Serialize;

use super::{Cost, CostLine, Trip};
use crate::travel::{Money, Offer};

/// The name of what flights cost.
const FLIGHTS: &str = "flights";

/// What a trip costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Total {
    /// By expense.
    pub lines: Vec<CostLine>,
    /// Their sum for the whole party; `None` where they are in several currencies.
    pub amount: Option<Money>,
    /// For each person, where it was worked out.
    pub per_person: Option<Money>,
    /// Whether everything was worked out together, or this is what flight and nights come to so far.
    pub complete: bool,
}

impl Total {
    /// The cost that was worked out, if it is that of this flight; else what there is to pay so far.
    pub(super) fn of(plan: &Trip, flight: Option<&Offer>) -> Option<Self> {
        let counted = |cost: &Cost| {
            let fare = cost.lines.iter().find(|line| line.expense == FLIGHTS);
            fare.map(|line| line.total) == flight.map(|offer| offer.total)
        };
        // The flight that was counted may be one that waits for a yes.
        let same = flight == plan.flight.as_ref() || plan.cost.as_ref().is_some_and(counted);
        if let Some(cost) = plan.cost.as_ref().filter(|_| same) {
            return Some(Self {
                lines: cost.lines.clone(),
                amount: Some(cost.total),
                per_person: Some(cost.per_person),
                complete: true,
            });
        }
        let line = |expense: &str, total| CostLine {
            expense: expense.to_owned(),
            total,
        };
        let flights = flight.map(|offer| line(FLIGHTS, offer.total));
        let stays = plan.stays.iter().map(|stay| line("stay", stay.total));
        let lines: Vec<_> = flights.into_iter().chain(stays).collect();
        let amount = sum(&lines);
        (!lines.is_empty()).then_some(Self {
            lines,
            amount,
            per_person: None,
            complete: false,
        })
    }
}

impl Total {
    /// Whether there is nothing in it but the fare of an offer, which is known to the cent.
    #[must_use]
    pub fn is_fare(&self) -> bool {
        self.lines.iter().all(|line| line.expense == FLIGHTS)
    }
}

/// The sum of lines of one currency.
fn sum(lines: &[CostLine]) -> Option<Money> {
    let currency = lines.first()?.total.currency;
    let one = lines.iter().all(|line| line.total.currency == currency);
    let minor = lines.iter().map(|line| line.total.minor).sum();
    one.then(|| Money::new(minor, currency))
}
