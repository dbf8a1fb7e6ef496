//! Between which hours, out and back apart.

use jiff::civil::Time;

use super::chip_of;
use crate::{
    language::TripRequest,
    locale::Locale,
    understood::{Chip, ChipKind},
};

/// Which hours a chip is about, and the messages that drop and change them.
struct Kind {
    name: [&'static str; 2],
    drop: [&'static str; 2],
    change: [&'static str; 2],
}

const DEPARTURE: Kind = Kind {
    name: ["départ", "departure"],
    drop: ["Peu importe l’heure de départ", "Any departure time"],
    change: ["Départ après ", "Leaving after "],
};
const ARRIVAL: Kind = Kind {
    name: ["arrivée", "arrival"],
    drop: ["Peu importe l’heure d’arrivée", "Any arrival time"],
    change: ["Arrivée avant ", "Arriving before "],
};
const RETURN_DEPARTURE: Kind = Kind {
    name: ["retour : départ", "way back: departure"],
    drop: ["Peu importe l’heure du retour", "Any return time"],
    change: ["Retour après ", "Returning after "],
};
const RETURN_ARRIVAL: Kind = Kind {
    name: ["retour : arrivée", "way back: arrival"],
    drop: [
        "Peu importe l’heure d’arrivée au retour",
        "Any arrival time on the way back",
    ],
    change: ["Arrivée au retour avant ", "Arriving back before "],
};

/// One chip for each end of each way whose hours are bounded.
pub(super) fn of(trip: &TripRequest, locale: Locale) -> impl Iterator<Item = Chip> {
    let (out, back) = (trip.window, trip.return_window);
    [
        (DEPARTURE, out.departure_after, out.departure_before),
        (ARRIVAL, out.arrival_after, out.arrival_before),
        (
            RETURN_DEPARTURE,
            back.departure_after,
            back.departure_before,
        ),
        (RETURN_ARRIVAL, back.arrival_after, back.arrival_before),
    ]
    .into_iter()
    .filter_map(move |(kind, after, before)| {
        let pick = |texts: [&'static str; 2]| locale.pick(texts[0], texts[1]);
        let hours = between(after, before, locale)?;
        let label = format!("{} {hours}", pick(kind.name));
        let chip = chip_of(ChipKind::Wish, label).removed_by(pick(kind.drop));
        Some(chip.changed_by(pick(kind.change)))
    })
}

/// `entre 8 h et 11 h 30`, `avant 10 h`.
fn between(after: Option<Time>, before: Option<Time>, locale: Locale) -> Option<String> {
    Some(match (after, before, locale) {
        (None, None, _) => return None,
        (Some(after), None, Locale::Fr) => format!("après {}", hour(after, locale)),
        (Some(after), None, Locale::En) => format!("after {}", hour(after, locale)),
        (None, Some(before), Locale::Fr) => format!("avant {}", hour(before, locale)),
        (None, Some(before), Locale::En) => format!("before {}", hour(before, locale)),
        (Some(after), Some(before), Locale::Fr) => {
            format!("entre {} et {}", hour(after, locale), hour(before, locale))
        }
        (Some(after), Some(before), Locale::En) => {
            format!(
                "between {} and {}",
                hour(after, locale),
                hour(before, locale)
            )
        }
    })
}

fn hour(time: Time, locale: Locale) -> String {
    match (locale, time.minute()) {
        (Locale::Fr, 0) => format!("{} h", time.hour()),
        (Locale::Fr, minute) => format!("{} h {minute:02}", time.hour()),
        (Locale::En, minute) => format!("{:02}:{minute:02}", time.hour()),
    }
}
