//! The direct way between two airports, whether anyone flies it or not.

use jiff::SignedDuration;

use crate::{block_time, geometry::Point};
use travel::Airport;

/// Distance and time of a direct flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Direct {
    /// Great-circle distance, in kilometres.
    pub km: u16,
    /// Typical time from gate to gate by jet.
    pub flight_time: SignedDuration,
}

/// The direct way from one airport to another; with the wind or against it, it takes another time.
#[must_use]
pub fn direct(from: &Airport, to: &Airport) -> Direct {
    let (start, end) = (
        Point::new(from.latitude, from.longitude),
        Point::new(to.latitude, to.longitude),
    );
    let km = start.km_to(&end);
    let minutes = block_time::minutes(km, start.course_to(&end), false);
    Direct {
        km,
        flight_time: SignedDuration::from_mins(i64::from(minutes)),
    }
}
