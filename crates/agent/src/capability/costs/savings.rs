//! What would make a trip cheaper: one change at a time, each with its whole bill.

use guide::{
    costs::{Bill, Expense},
    stays::{Category, Stay},
    window,
};
use jiff::ToSpan;

use super::{
    bill::{Nights, Payers},
    found::{Saving, SavingKind},
};
use crate::{
    capability::{fares::Journey, stays::StaySource},
    sources::{FlightSource, SourceError},
    tools::ToolContext,
    travel::Money,
    trip::Lodging,
};

/// A trip with its bill.
pub(super) struct Priced<'a> {
    pub(super) payers: &'a Payers<'a>,
    pub(super) nights: &'a [Nights],
    pub(super) bill: &'a Bill,
    /// The way there; `None` = where it begins is not known.
    pub(super) journey: Option<&'a Journey>,
}

impl Priced<'_> {
    /// The changes that save something, most first.
    pub(super) async fn savings(
        &self,
        flights: &dyn FlightSource,
        stays: &dyn StaySource,
        context: &ToolContext,
    ) -> Result<Vec<Saving>, SourceError> {
        let mut found = Vec::new();
        let fare = self.bill.line(Expense::Flights);
        if let Some((journey, fare)) = self.journey.zip(fare) {
            let cheapest = journey.cheapest(flights, context).await?;
            if let Some(offer) = cheapest.filter(|offer| offer.total.minor < fare.minor) {
                let bill = self.with(stays, Some(offer.total), self.nights).await?;
                found.extend(self.saving(SavingKind::Flight, bill));
            }
        }
        for simpler in [Category::Mid, Category::Budget] {
            let nights: Vec<_> = self
                .nights
                .iter()
                .cloned()
                .map(|n| simplified(n, simpler))
                .collect();
            let bill = self.with(stays, fare, &nights).await?;
            found.extend(self.saving(SavingKind::Category { category: simpler }, bill));
        }
        let flats = self.nights.iter().cloned();
        let flats = flats.map(|nights| Nights {
            lodging: Lodging::Rental,
            ..nights
        });
        let bill = self.with(stays, fare, &flats.collect::<Vec<_>>()).await?;
        found.extend(self.saving(SavingKind::Flat, bill));
        found.extend(self.shorter(flights, stays, context).await?);
        found.extend(self.other_days(flights, stays, context).await?);
        found.sort_by_key(|saving| -saving.saves.minor);
        Ok(found)
    }

    /// A night less.
    async fn shorter(
        &self,
        flights: &dyn FlightSource,
        stays: &dyn StaySource,
        context: &ToolContext,
    ) -> Result<Option<Saving>, SourceError> {
        let mut nights = self.nights.to_vec();
        let Some(last) = nights
            .last_mut()
            .filter(|last| last.stay.nights().count() > 1)
        else {
            return Ok(None);
        };
        last.stay.check_out = last.stay.check_out.saturating_sub(1.day());
        let (Some(first), Some(check_out)) = (
            self.nights.first().map(|nights| nights.stay.check_in),
            nights.last().map(|nights| nights.stay.check_out),
        ) else {
            return Ok(None);
        };
        let whole = Stay {
            check_in: first,
            check_out,
        };
        let fare = match self
            .journey
            .filter(|_| self.bill.line(Expense::Flights).is_some())
        {
            Some(journey) => {
                let offer = journey.on(whole).cheapest(flights, context).await?;
                // Without a flight of that day the change cannot be made.
                let Some(offer) = offer else { return Ok(None) };
                Some(offer.total)
            }
            None => self.bill.line(Expense::Flights),
        };
        let left = u16::try_from(whole.nights().count()).unwrap_or_default();
        let bill = self.with(stays, fare, &nights).await?;
        Ok(self.saving(
            SavingKind::Nights {
                nights: left,
                check_out,
            },
            bill,
        ))
    }

    /// The cheapest days of the same month, for a trip to one place.
    async fn other_days(
        &self,
        flights: &dyn FlightSource,
        stays: &dyn StaySource,
        context: &ToolContext,
    ) -> Result<Option<Saving>, SourceError> {
        let ([only], Some(journey)) = (self.nights, self.journey) else {
            return Ok(None);
        };
        let count = u16::try_from(only.stay.nights().count()).unwrap_or_default();
        let month = only.stay.check_in;
        let fares = journey.fares(flights, context, month, count).await?;
        let rooms = only.lodging.category().unwrap_or_default();
        let currency = self.payers.currency;
        let windows = window::cheapest(only.place, &fares, count, only.rooms, rooms, currency);
        let Some(best) = windows.first().filter(|best| best.depart != month) else {
            return Ok(None);
        };
        let stay = Stay {
            check_in: best.depart,
            check_out: best.return_date,
        };
        let moved = Nights {
            stay,
            ..only.clone()
        };
        let bill = self.with(stays, Some(best.flights), &[moved]).await?;
        let kind = SavingKind::Dates {
            check_in: stay.check_in,
            check_out: stay.check_out,
        };
        Ok(self.saving(kind, bill))
    }

    async fn with(
        &self,
        stays: &dyn StaySource,
        fare: Option<Money>,
        nights: &[Nights],
    ) -> Result<Option<Bill>, SourceError> {
        self.payers.bill(stays, fare, nights).await
    }

    fn saving(&self, kind: SavingKind, bill: Option<Bill>) -> Option<Saving> {
        let total = bill?.total;
        let saves = Money::new(self.bill.total.minor - total.minor, total.currency);
        (saves.minor > 0).then_some(Saving { kind, total, saves })
    }
}

/// The nights in a category, where that is simpler than theirs.
fn simplified(nights: Nights, simpler: Category) -> Nights {
    let lodging = match nights.lodging.category() {
        Some(now) if simpler < now => simpler.into(),
        _ => nights.lodging,
    };
    Nights { lodging, ..nights }
}
