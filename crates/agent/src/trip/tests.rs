//! The projection of a trip that is whole.

use super::*;
use crate::{
    booking::{Proposal, ProposalId, ProposalStatus},
    conversation::ConversationState,
    language::DateSpan,
    locale::Locale,
};

/// Lyon to Tokyo over the night in which Europe changes its clocks.
pub(crate) fn tokyo() -> ConversationState {
    serde_json::from_str(include_str!("samples/tokyo.json")).unwrap()
}

fn summary(state: &ConversationState, locale: Locale) -> Summary {
    Summary::of(state, locale).unwrap()
}

/// The flight of the plan, as something to say yes to.
fn proposal(status: ProposalStatus) -> Proposal {
    let offer = tokyo().plan.flight.unwrap();
    Proposal {
        id: ProposalId(uuid::Uuid::from_u128(7)),
        search: serde_json::from_value(serde_json::json!({
            "departure": "LYS", "arrival": "NRT", "date": "2027-03-25"
        }))
        .unwrap(),
        summary: String::new(),
        expires_at: offer.expires_at,
        offer,
        status,
    }
}

#[test]
fn a_trip_has_a_title_and_says_what_is_planned() {
    let fr = summary(&tokyo(), Locale::Fr);
    assert_eq!(fr.title, "Tokyo · 25 mars – 2 avr. · 2 voyageurs");
    assert_eq!(
        summary(&tokyo(), Locale::En).title,
        "Tokyo · Mar 25 – Apr 2 · 2 travellers"
    );
    assert!(fr.can_undo);
    assert_eq!(
        fr.planned.flight.as_ref().unwrap().standing,
        Standing::Planned
    );
    let total = fr.planned.total.as_ref().unwrap();
    assert!(total.complete);
    let lines: i64 = total.lines.iter().map(|line| line.total.minor).sum();
    assert_eq!(Some(lines), total.amount.map(|amount| amount.minor));
    assert_eq!(fr.left().unwrap().decimal(), "-40.50");
}

#[test]
fn what_is_wished_is_no_plan() {
    let mut state = tokyo();
    state.plan = Trip::default();
    let wished = summary(&state, Locale::Fr);
    assert_eq!(wished.title, "Tokyo · 25 mars – 2 avr. · 2 voyageurs");
    assert_eq!(wished.planned, Planned::default());
    assert_eq!(wished.wished.legs.len(), 2);
    assert!(!wished.can_undo);
    state.trip.return_date = None;
    state.trip.depart_date = Some(DateSpan::new(
        "mars",
        "2027-03-01".parse().unwrap(),
        "2027-03-31".parse().unwrap(),
    ));
    assert_eq!(
        summary(&state, Locale::Fr).title,
        "Tokyo · mars 2027 · 2 voyageurs"
    );
    state.trip.depart_date = Some(DateSpan::new(
        "x",
        "2027-03-03".parse().unwrap(),
        "2027-03-09".parse().unwrap(),
    ));
    assert_eq!(
        summary(&state, Locale::En).title,
        "Tokyo · leaving March 3–9 · 2 travellers"
    );
    state.trip.stay_days = Some(5);
    let back = summary(&state, Locale::En).wished.legs[1].clone();
    assert_eq!(
        (back.first, back.last),
        ("2027-03-08".parse().ok(), "2027-03-14".parse().ok())
    );
    assert_eq!(back.to.unwrap().name, "Lyon");
}

#[test]
fn nothing_said_is_no_trip() {
    assert_eq!(Summary::of(&ConversationState::default(), Locale::Fr), None);
    let mut state = ConversationState::default();
    state.trip.origin = tokyo().trip.origin;
    assert_eq!(Summary::of(&state, Locale::Fr), None);
}

#[test]
fn a_flight_says_how_it_stands() {
    for (status, standing) in [
        (ProposalStatus::Pending, Some(Standing::Proposed)),
        (ProposalStatus::Confirmed, Some(Standing::Selected)),
        (ProposalStatus::Rejected, None),
    ] {
        let mut state = tokyo();
        state.plan = Trip::default();
        state.proposal = Some(proposal(status));
        let flight = summary(&state, Locale::Fr).planned.flight;
        assert_eq!(flight.map(|flight| flight.standing), standing, "{status:?}");
    }
}

#[test]
fn a_flight_of_another_trip_is_not_shown() {
    let mut elsewhere = tokyo();
    elsewhere.plan = Trip::default();
    elsewhere.proposal = Some(proposal(ProposalStatus::Confirmed));
    let mut later = elsewhere.clone();
    let rome = elsewhere.trip.destination.as_mut().unwrap();
    rome.codes = vec!["ROM".parse().unwrap()];
    assert_eq!(summary(&elsewhere, Locale::Fr).planned.flight, None);
    let day = "2027-04-09".parse().unwrap();
    later.trip.depart_date = Some(DateSpan::new("9 avril", day, day));
    assert_eq!(summary(&later, Locale::Fr).planned.flight, None);
}

#[test]
fn a_total_covers_the_flight_that_is_shown() {
    let mut state = tokyo();
    let mut other = proposal(ProposalStatus::Pending);
    other.offer.total.minor += 10_000;
    state.proposal = Some(other);
    let total = summary(&state, Locale::Fr).planned.total.unwrap();
    assert!(!total.complete);
    assert_eq!(total.amount.unwrap().decimal(), "2426.50");
    assert_eq!(total.per_person, None);
}
