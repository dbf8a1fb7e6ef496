//! Sights that may go into an itinerary, and what each is worth.

use travel::Iata;

use super::{Limits, OUTING_WAY, Request, Visit};
use crate::{
    Point,
    sights::{self, Kind, Sight},
    way::between,
};

/// What a wish is worth: more than any fame.
const WANTED: i32 = 10_000;

/// A sight that may go in.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) visit: Visit,
    /// How much it is worth: rules of ours.
    pub(super) value: i32,
    /// Minutes from the stay.
    pub(super) way: u16,
}

impl Candidate {
    /// Whether it takes an outing.
    pub(super) const fn is_far(&self) -> bool {
        self.way > OUTING_WAY
    }

    /// Whether the visitor asked for it.
    pub(super) const fn is_wanted(&self) -> bool {
        self.value >= WANTED
    }
}

/// The sights that may go in, most valuable first.
pub(super) fn candidates(request: &Request, code: Iata, base: Point) -> Vec<Candidate> {
    let allowed = sights::of(code).iter();
    let allowed = allowed.filter(|sight| !request.unwanted.contains(sight));
    let mut all: Vec<Candidate> = allowed
        .map(|sight| {
            let way = between(base, sight.at).minutes;
            Candidate {
                visit: Visit {
                    sight,
                    minutes: minutes(sight, way, request),
                },
                value: value(sight, request),
                way,
            }
        })
        .collect();
    all.sort_by_key(|candidate| (-candidate.value, candidate.visit.sight.rank));
    all
}

fn value(sight: &'static Sight, request: &Request) -> i32 {
    let fame = (1_000 - 35 * i32::from(sight.rank)).max(100);
    let liked = if request.liked.contains(&sight.kind) {
        250
    } else {
        0
    };
    let wanted = if request.wanted.contains(&sight) {
        WANTED
    } else {
        0
    };
    let children = match sight.kind {
        _ if !request.children => 0,
        kind if kind.is_for_children() => 400,
        Kind::Cemetery | Kind::Memorial => -300,
        Kind::Museum | Kind::Gallery => -100,
        _ => 0,
    };
    fame + liked + wanted + children
}

/// Minutes of a visit: the usual ones; with children at most 75 where one looks at things; less when
/// it would not leave time for the way there and back.
fn minutes(sight: &Sight, way: u16, request: &Request) -> u16 {
    const WITH_CHILDREN: u16 = 75;
    let limits = Limits::of(request.pace, request.children);
    let usual = if request.children && sight.kind.is_cultural() {
        sight.minutes.min(WITH_CHILDREN)
    } else {
        sight.minutes
    };
    let extra = if way > OUTING_WAY { limits.outing } else { 0 };
    // Lunch may be eaten off the direct way.
    let spare = (limits.minutes + extra).saturating_sub(2 * way + 30);
    if spare * 10 >= usual * 6 {
        usual.min(spare)
    } else {
        usual
    }
}
