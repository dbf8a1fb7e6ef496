//! What the panel, the list of trips and the exports show of a trip: what is wished and what is
//! planned, told apart.

use jiff::civil::Date;
use serde::Serialize;

use super::{PlannedDays, PlannedStay, Total, Wished, cities, city_of, span::span};
use crate::{
    booking::{Proposal, ProposalStatus},
    conversation::ConversationState,
    language::{Scope, TripRequest},
    locale::Locale,
    travel::{Money, Offer, Party},
};

/// A trip at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// `Lisbonne · 3–8 mars · 2 voyageurs`.
    pub title: String,
    /// First day, where it is known.
    pub from: Option<Date>,
    /// Last day, where it is known.
    pub to: Option<Date>,
    /// What is wished.
    pub wished: Wished,
    /// What was found and kept.
    pub planned: Planned,
    /// Whether a change can be taken back.
    pub can_undo: bool,
}

/// What was found and kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Planned {
    /// The flight.
    pub flight: Option<ChosenFlight>,
    /// Nights.
    pub stays: Vec<PlannedStay>,
    /// Day plans.
    pub days: Vec<PlannedDays>,
    /// What it costs.
    pub total: Option<Total>,
}

/// The flight of a trip.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChosenFlight {
    /// Where it stands.
    pub standing: Standing,
    /// The offer.
    pub offer: Offer,
}

/// Where a flight stands. Nothing is booked in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Part of the plan.
    Planned,
    /// Waits for a yes.
    Proposed,
    /// The person said yes.
    Selected,
}

impl Summary {
    /// What a conversation's state comes to; `None` where there is no trip yet.
    #[must_use]
    pub fn of(state: &ConversationState, locale: Locale) -> Option<Self> {
        let wished = Wished::of(&state.trip, locale);
        let flight = flight(state);
        let plan = &state.plan;
        let is_wished = wished.party.is_some() || wished.budget.is_some();
        if wished.legs.is_empty()
            && !is_wished
            && flight.is_none()
            && plan.stays.is_empty()
            && plan.days.is_empty()
        {
            return None;
        }
        let planned = Planned {
            total: Total::of(plan, flight.as_ref().map(|flight| &flight.offer)),
            flight,
            stays: plan.stays.clone(),
            days: plan.days.clone(),
        };
        let days = planned.span().or_else(|| wished.days());
        Some(Self {
            title: title(&wished, &planned, days, locale),
            from: days.map(|(from, _)| from),
            to: days.map(|(_, to)| to),
            can_undo: plan.before.is_some(),
            wished,
            planned,
        })
    }

    /// Whether it is known between which cities it goes.
    #[must_use]
    pub fn has_route(&self) -> bool {
        let known = |leg: &super::WishedLeg| leg.from.is_some() && leg.to.is_some();
        self.planned.flight.is_some() || self.wished.legs.iter().any(known)
    }

    /// Whether any of its days has a stop that has a place.
    #[must_use]
    pub fn has_places(&self) -> bool {
        let days = self.planned.days.iter().flat_map(|place| &place.days);
        days.flat_map(|day| &day.stops)
            .any(|stop| stop.at.is_some())
    }

    /// What is left of the budget, below zero where it is not enough; `None` where that is not known.
    #[must_use]
    pub fn left(&self) -> Option<Money> {
        let budget = self.wished.budget?;
        let total = self.planned.total.as_ref()?;
        let spent = match budget.scope {
            Scope::All => total.amount?,
            Scope::Each => total.per_person?,
            Scope::Night => return None,
        };
        let same = spent.currency == budget.amount.currency;
        same.then(|| Money::new(budget.amount.minor - spent.minor, spent.currency))
    }
}

impl Planned {
    /// From the first departure or night to the last arrival or morning.
    fn span(&self) -> Option<(Date, Date)> {
        let flight = self.flight.iter().flat_map(|flight| &flight.offer.slices);
        let flown = flight.flat_map(|slice| &slice.segments);
        let flown = flown.flat_map(|segment| [segment.departing_at, segment.arriving_at]);
        let flown = flown.map(|time| time.civil().date());
        let slept = self
            .stays
            .iter()
            .flat_map(|stay| [stay.check_in, stay.check_out]);
        let spent = self
            .days
            .iter()
            .flat_map(|days| &days.days)
            .map(|day| day.date);
        let all: Vec<_> = flown.chain(slept).chain(spent).collect();
        Some((*all.iter().min()?, *all.iter().max()?))
    }
}

/// The flight that was selected, is proposed or belongs to the plan, and still is one of this trip: of
/// several the one that was found last.
fn flight(state: &ConversationState) -> Option<ChosenFlight> {
    let of_proposal = state.proposal.as_ref().and_then(proposed);
    let of_plan = state.plan.flight.as_ref().map(|offer| ChosenFlight {
        standing: Standing::Planned,
        offer: offer.clone(),
    });
    let chosen = match (of_proposal, of_plan) {
        (Some(proposed), Some(planned)) if planned.offer.fetched_at > proposed.offer.fetched_at => {
            planned
        }
        (Some(proposed), _) => proposed,
        (None, planned) => planned?,
    };
    suits(&chosen.offer, &state.trip).then_some(chosen)
}

fn proposed(proposal: &Proposal) -> Option<ChosenFlight> {
    let standing = match proposal.status {
        ProposalStatus::Pending => Standing::Proposed,
        ProposalStatus::Confirmed => Standing::Selected,
        ProposalStatus::Rejected => return None,
    };
    Some(ChosenFlight {
        standing,
        offer: proposal.offer.clone(),
    })
}

/// Whether an offer goes where the trip now goes, and leaves when it now leaves.
fn suits(offer: &Offer, request: &TripRequest) -> bool {
    let cities = cities(request);
    let mut ends = offer
        .slices
        .iter()
        .map(|slice| city_of(slice.destination.iata));
    let there = cities.is_empty() || ends.any(|city| cities.contains(&city));
    let leaves = offer
        .slices
        .first()
        .and_then(|slice| slice.segments.first());
    let leaves = leaves.map(|segment| segment.departing_at.civil().date());
    let then = request
        .depart_date
        .as_ref()
        .zip(leaves)
        .is_none_or(|(span, day)| {
            let around = i64::from(span.flexible_days);
            let within = |from: Date, to: Date| {
                let early = from.until(day).map_or(0, |span| span.get_days());
                let late = day.until(to).map_or(0, |span| span.get_days());
                i64::from(early) >= -around && i64::from(late) >= -around
            };
            within(span.from, span.to) || span.or.iter().any(|(from, to)| within(*from, *to))
        });
    there && then
}

fn title(wished: &Wished, planned: &Planned, days: Option<(Date, Date)>, locale: Locale) -> String {
    let mut parts = vec![places(wished, planned).join(", ")];
    let asked = || {
        let first = wished.legs.first()?;
        Some((first.first?, first.last?))
    };
    match (days, asked()) {
        (Some((from, to)), _) => parts.push(span(from, to, locale)),
        (None, Some((from, to))) if from == to => parts.push(span(from, to, locale)),
        (None, Some((from, to))) if from == from.first_of_month() && to == from.last_of_month() => {
            parts.push(span(from, to, locale));
        }
        (None, Some((from, to))) => {
            parts.push(format!(
                "{} {}",
                locale.pick("départ", "leaving"),
                span(from, to, locale)
            ));
        }
        (None, None) => {}
    }
    parts.extend(wished.party.as_ref().map(|party| travellers(party, locale)));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// `2 voyageurs`.
#[must_use]
pub fn travellers(party: &Party, locale: Locale) -> String {
    match (party.size(), locale) {
        (1, Locale::Fr) => "1 voyageur".to_owned(),
        (1, Locale::En) => "1 traveller".to_owned(),
        (count, Locale::Fr) => format!("{count} voyageurs"),
        (count, Locale::En) => format!("{count} travellers"),
    }
}

/// Where the trip goes, each place once; where it begins is none.
fn places(wished: &Wished, planned: &Planned) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let home = wished.legs.first().and_then(|leg| leg.from.as_ref());
    let legs = wished.legs.iter().filter_map(|leg| leg.to.as_ref());
    for place in legs.filter(|place| Some(*place) != home) {
        names.push(place.name.clone());
    }
    if names.is_empty() {
        names.extend(planned.stays.iter().map(|stay| stay.name.clone()));
        names.extend(planned.days.iter().map(|days| days.name.clone()));
    }
    if names.is_empty() {
        let slices = planned
            .flight
            .iter()
            .flat_map(|flight| &flight.offer.slices);
        names.extend(slices.take(1).map(|slice| slice.destination.city.clone()));
    }
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}
