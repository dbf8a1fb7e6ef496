//! Where and when to eat: quarters, never a restaurant.

use serde::Serialize;

use super::layout::Frame;
use crate::{
    Point,
    quarters::{self, Quarter, Tag},
    sights::Sight,
    way::between,
};

/// When a meal is eaten, in minutes after midnight: rules of ours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hours {
    /// It begins no earlier.
    pub(super) from: u16,
    /// It begins no later.
    pub(super) to: u16,
    /// How long it takes.
    pub(super) minutes: u16,
    /// Who is ready later eats elsewhere.
    pub(super) latest_arrival: u16,
    /// Who leaves earlier eats elsewhere.
    pub(super) earliest_leave: u16,
}

/// Lunch.
pub(super) const LUNCH: Hours = Hours {
    from: 12 * 60,
    to: 14 * 60 + 30,
    minutes: 60,
    latest_arrival: 13 * 60 + 15,
    earliest_leave: 14 * 60 + 30,
};

/// Dinner, earlier and shorter with children.
pub(super) const fn dinner(children: bool) -> Hours {
    let (from, minutes) = if children {
        (18 * 60, 60)
    } else {
        (19 * 60, 90)
    };
    Hours {
        from,
        to: from + 90,
        minutes,
        latest_arrival: from + 30,
        earliest_leave: from + minutes + 60,
    }
}

/// Nobody walks further for lunch, in minutes.
const LUNCH_WALK: u16 = 12;
/// Nor so far from the way to what comes next.
const LUNCH_DETOUR: u16 = 10;
/// Nobody goes further for dinner, nor from there to the stay.
const DINNER_WAY: u16 = 30;
/// Minutes that a new quarter may lie further away than one where dinner was eaten before.
const NOVELTY: u16 = 15;

/// Where one eats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// In a quarter that is known for its tables, or the nearest.
    Quarter(&'static Quarter),
    /// Around the sight that was seen last.
    Near(&'static Sight),
    /// Around the stay.
    Stay,
}

/// Where one eats, and where that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plate {
    pub(super) table: Table,
    pub(super) at: Point,
    pub(super) dinner: bool,
}

/// The quarter to eat in that is a short walk away and least out of the way to what comes next, else
/// the place itself.
pub(super) fn lunch_place(
    frame: &Frame<'_>,
    here: Point,
    last: Option<&'static Sight>,
    next: Point,
) -> Plate {
    let direct = between(here, next).minutes;
    let near = quarters::of(frame.code).iter();
    let near = near.filter_map(|quarter| {
        let there = between(here, quarter.at).minutes;
        let detour = (there + between(quarter.at, next).minutes).saturating_sub(direct);
        (there <= LUNCH_WALK && detour <= LUNCH_DETOUR).then_some((detour, quarter))
    });
    let best = near.min_by_key(|(detour, quarter)| (!quarter.is(Tag::Food), *detour));
    let (table, at) = match (best, last) {
        (Some((_, quarter)), _) => (Table::Quarter(quarter), quarter.at),
        (None, Some(sight)) => (Table::Near(sight), here),
        (None, None) => (Table::Stay, here),
    };
    Plate {
        table,
        at,
        dinner: false,
    }
}

/// The quarter to eat in that is least out of the way to the stay, rather a new one each evening;
/// else the stay.
pub(super) fn dinner_place(frame: &Frame<'_>, here: Point) -> Plate {
    let quarters = quarters::of(frame.code).iter();
    let reached = quarters
        .filter(|quarter| quarter.is(Tag::Food))
        .filter_map(|quarter| {
            let there = between(here, quarter.at).minutes;
            let back = between(quarter.at, frame.base).minutes;
            let known = frame
                .eaten
                .iter()
                .filter(|eaten| **eaten == quarter)
                .count();
            let cost = there + back + NOVELTY * (known.min(100) as u16);
            (there.max(back) <= DINNER_WAY).then_some((cost, quarter))
        });
    let (table, at) = match reached.min_by_key(|(cost, _)| *cost) {
        Some((_, quarter)) => (Table::Quarter(quarter), quarter.at),
        None => (Table::Stay, frame.base),
    };
    Plate {
        table,
        at,
        dinner: true,
    }
}
