//! Whether a flight is in the air over the night.

use crate::{
    clock::{Clock, DAY, Minute},
    network::Route,
};

/// Before this minute of the local day it is still night: five in the morning.
const NIGHT_ENDS: u16 = 300;

/// Whether a flight of a route leaves in the night, or is in the air at midnight: by the clock where
/// it leaves, or by the one where it lands on a later day. As [`travel::Segment::is_overnight`].
pub(super) fn is_overnight(
    clock: &mut Clock<'_>,
    route: &Route,
    leaves: Minute,
    lands: Minute,
) -> bool {
    let (day, minute) = clock.local(route.from, leaves);
    let flown = lands - leaves;
    if minute < NIGHT_ENDS || Minute::from(minute) + flown >= DAY {
        return true;
    }
    let (arrival_day, arrival) = clock.local(route.to, lands);
    arrival_day > day && Minute::from(arrival) < flown
}
