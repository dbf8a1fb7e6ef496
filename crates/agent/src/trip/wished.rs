//! What is wished of a trip, as far as it was said.

use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use crate::{
    language::{DateSpan, Place, Scope, TripRequest},
    locale::Locale,
    planner::phrases,
    travel::{Iata, Money, Party},
};

/// What is wished of a trip.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Wished {
    /// The ways, in order.
    pub legs: Vec<WishedLeg>,
    /// Who travels, where it was said.
    pub party: Option<Party>,
    /// What it may cost, where it was said.
    pub budget: Option<WishedBudget>,
}

/// A way that is wished.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WishedLeg {
    /// Where from; `None` = not said.
    pub from: Option<NamedPlace>,
    /// Where to.
    pub to: Option<NamedPlace>,
    /// First day on which it may be; `None` = not said.
    pub first: Option<Date>,
    /// Last day on which it may be; that of `first` where the day is exact.
    pub last: Option<Date>,
}

/// A place by its name in the language of the reader.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedPlace {
    /// Name.
    pub name: String,
    /// Airports or metropolitan areas.
    pub codes: Vec<Iata>,
}

/// What a trip may cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WishedBudget {
    /// Amount.
    pub amount: Money,
    /// Whom or what it is for.
    pub scope: Scope,
}

impl Wished {
    /// What a conversation's request says.
    pub(super) fn of(request: &TripRequest, locale: Locale) -> Self {
        let whole = request.budget.map(|amount| WishedBudget {
            amount,
            scope: Scope::All,
        });
        let scoped = request.money.map(|budget| WishedBudget {
            amount: budget.amount,
            scope: budget.scope,
        });
        Self {
            legs: legs(request, locale),
            party: request.party.clone(),
            budget: scoped.or(whole),
        }
    }

    /// First and last day, where both follow exactly.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let exact = |leg: &WishedLeg| leg.first.filter(|first| leg.last == Some(*first));
        let from = exact(self.legs.first()?)?;
        let to = exact(self.legs.last()?)?;
        (from <= to).then_some((from, to))
    }
}

fn legs(request: &TripRequest, locale: Locale) -> Vec<WishedLeg> {
    let named = |place: &Option<Place>| place.as_ref().map(|place| named(place, locale));
    let (origin, destination) = (named(&request.origin), named(&request.destination));
    if destination.is_none() && request.onward.is_empty() {
        return Vec::new();
    }
    let mut legs = vec![leg(
        origin.clone(),
        destination.clone(),
        request.depart_date.as_ref(),
    )];
    for onward in &request.onward {
        let (from, to) = (named(&onward.origin), named(&onward.destination));
        legs.push(leg(
            from.or_else(|| origin.clone()),
            to.or_else(|| origin.clone()),
            onward.date.as_ref(),
        ));
    }
    if request.onward.is_empty() && request.one_way != Some(true) {
        let back = leg(destination, origin, request.return_date.as_ref());
        let first = legs.first().and_then(|leg| leg.first.zip(leg.last));
        match (&request.return_date, request.stay_days, first) {
            (Some(_), ..) => legs.push(back),
            (None, Some(days), Some((first, last))) => {
                let later = |date: Date| date.checked_add(i64::from(days).days()).ok();
                legs.push(WishedLeg {
                    first: later(first),
                    last: later(last),
                    ..back
                });
            }
            (None, ..) => {}
        }
    }
    legs
}

fn leg(from: Option<NamedPlace>, to: Option<NamedPlace>, days: Option<&DateSpan>) -> WishedLeg {
    WishedLeg {
        from,
        to,
        first: days.map(|span| span.from),
        last: days.map(|span| span.to),
    }
}

fn named(place: &Place, locale: Locale) -> NamedPlace {
    NamedPlace {
        name: phrases::place(place, locale),
        codes: place.codes.clone(),
    }
}
