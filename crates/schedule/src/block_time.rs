//! Block time: gate to gate, from distance, aircraft and the prevailing westerlies.

use crate::geometry::Course;

/// Taxiing, climb and approach, in minutes.
const GROUND_MINUTES: f64 = 30.0;
/// Mean speed between them on short routes, in km/h.
const SPEED_KMH: f64 = 800.0;
/// What cruise adds to the mean speed on routes of 9,000 km and more.
const LONG_HAUL_GAIN_KMH: f64 = 50.0;
/// Mean speed of propeller aircraft.
const PROPELLER_KMH: f64 = 470.0;
/// Mean head or tail wind of the jet streams on routes due west or east in middle latitudes.
const WESTERLIES_KMH: f64 = 60.0;

/// Minutes from gate to gate, in steps of five.
pub(super) fn minutes(km: u16, course: Course, propeller: bool) -> u16 {
    let km = f64::from(km);
    let still = if propeller {
        PROPELLER_KMH
    } else {
        SPEED_KMH + LONG_HAUL_GAIN_KMH * ((km - 3_000.0) / 6_000.0).clamp(0.0, 1.0)
    };
    // None at the equator, full from about 35 degrees on; short flights stay below the jet.
    let latitude = (course.latitude_sine.abs() / 0.57).min(1.0);
    let altitude = (km / 2_500.0).min(1.0);
    let wind = WESTERLIES_KMH * course.east * latitude * altitude;
    let exact = GROUND_MINUTES + 60.0 * km / (still + wind);
    ((exact / 5.0).round() * 5.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn course(east: f64) -> Course {
        Course {
            east,
            latitude_sine: 0.75,
        }
    }

    #[test]
    fn westbound_is_slower() {
        // Paris to New York takes about 8 h 20, and 7 h 20 back.
        assert!((480..=515).contains(&minutes(5_837, course(-0.95), false)));
        assert!((425..=455).contains(&minutes(5_837, course(0.95), false)));
    }

    #[test]
    fn short_routes_take_half_an_hour_more_than_cruise() {
        assert_eq!(minutes(400, course(0.0), false), 60);
        assert_eq!(minutes(400, course(0.0), true), 80);
    }
}
