//! When a sight is usually open: rules of ours by kind, for no table of hours is known, and the closing
//! days of some famous sights. Everything told from here says "often", never "is".

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::{Date, Time, Weekday, time};
use serde::Serialize;
use travel::Iata;

use crate::{
    Source, destination,
    sights::{Kind, Sight},
    table::rows,
};

const TABLE: &str = include_str!("../data/closing_days.tsv");

/// Where the rules come from.
pub const SOURCE: Source = Source {
    id: "opening",
    name: (
        "règle du projet : heures et jours de fermeture habituels par type de lieu",
        "rule of the project: usual hours and closing days by kind of place",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// Countries where shops of a market rest on Sundays.
const SUNDAY_MARKETS: &[&str] = &[
    "AD", "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB",
    "GP", "GR", "HR", "HU", "IE", "IT", "LI", "LT", "LU", "LV", "MC", "ME", "MK", "MQ", "MT", "NL",
    "NO", "PF", "PL", "PT", "RE", "RO", "RS", "SE", "SI", "SK", "TR",
];
/// Countries where they rest on Fridays, at least until the prayer is over.
const FRIDAY_MARKETS: &[&str] = &[
    "AE", "BH", "DZ", "EG", "IR", "JO", "KW", "MA", "OM", "QA", "SA",
];

/// Why a sight may be shut on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shut {
    /// It closes on this day of the week, as far as we know.
    OwnDay,
    /// Places of its kind often close on this day of the week.
    Weekday,
    /// Places of its kind often close on public holidays.
    Holiday,
}

/// Usual hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hours {
    /// When it opens.
    pub from: Time,
    /// When it closes.
    pub to: Time,
}

impl Hours {
    /// Whether a visit lies within them.
    #[must_use]
    pub fn hold(&self, from: Time, to: Time) -> bool {
        self.from <= from && to <= self.to
    }
}

/// Days of the week that famous sights close on, where the rule by kind is wrong for them.
static KNOWN: LazyLock<HashMap<(Iata, &'static str), Vec<Weekday>>> = LazyLock::new(|| {
    let parsed = rows::<3>(TABLE).filter_map(|[code, name, days]| {
        let days = days.split(',').filter_map(weekday).collect();
        Some(((code.parse().ok()?, name), days))
    });
    parsed.collect()
});

fn weekday(short: &str) -> Option<Weekday> {
    Some(match short {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// The days of the week on which a sight closes, as far as we know them.
fn own_days(sight: &Sight) -> Option<&'static [Weekday]> {
    let [name, _] = sight.names();
    KNOWN.get(&(sight.destination, name)).map(Vec::as_slice)
}

/// The day of the week on which places of its kind often close.
#[must_use]
pub fn usual_day(sight: &Sight) -> Option<Weekday> {
    let country = || destination::by_code(sight.destination).map(|place| place.country);
    match sight.kind {
        Kind::Museum | Kind::Gallery | Kind::Palace => {
            (country() != Some("GB")).then_some(Weekday::Monday)
        }
        Kind::Library => Some(Weekday::Sunday),
        Kind::Synagogue => Some(Weekday::Saturday),
        Kind::Mosque => Some(Weekday::Friday),
        Kind::Market => match country()? {
            country if FRIDAY_MARKETS.contains(&country) => Some(Weekday::Friday),
            country if SUNDAY_MARKETS.contains(&country) => Some(Weekday::Sunday),
            _ => None,
        },
        _ => None,
    }
}

/// The days of the week on which a sight often closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Empty = none that we know of.
    pub days: Vec<Weekday>,
    /// Whether they are known of this very sight; else they are usual for its kind.
    pub is_own: bool,
}

/// When a sight often closes.
#[must_use]
pub fn closing(sight: &Sight) -> Closing {
    match own_days(sight) {
        Some(days) => Closing {
            days: days.to_vec(),
            is_own: true,
        },
        None => Closing {
            days: usual_day(sight).into_iter().collect(),
            is_own: false,
        },
    }
}

/// Whether places of its kind often close on public holidays.
#[must_use]
pub const fn closes_on_holidays(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Museum | Kind::Gallery | Kind::Palace | Kind::Library | Kind::Market
    )
}

/// Why a sight may be shut on a day; `None` when nothing speaks against it.
#[must_use]
pub fn shut(sight: &Sight, date: Date, holidays: &[Date]) -> Option<Shut> {
    let weekday = date.weekday();
    let shut = match own_days(sight) {
        Some(days) => days.contains(&weekday).then_some(Shut::OwnDay),
        None => (usual_day(sight) == Some(weekday)).then_some(Shut::Weekday),
    };
    if shut.is_some() {
        return shut;
    }
    (closes_on_holidays(sight.kind) && holidays.contains(&date)).then_some(Shut::Holiday)
}

/// The usual hours of a kind of place on a day.
#[must_use]
pub fn hours(kind: Kind, weekday: Weekday) -> Hours {
    let (from, to) = match kind {
        Kind::Museum | Kind::Gallery | Kind::Palace | Kind::Library => (10, 18),
        // Services on Sunday mornings.
        Kind::Church if weekday == Weekday::Sunday => (13, 18),
        Kind::Church | Kind::Mosque | Kind::Synagogue | Kind::Cave => (9, 18),
        Kind::Temple | Kind::Castle | Kind::Ruins | Kind::Cemetery => (9, 18),
        Kind::Zoo | Kind::Aquarium | Kind::Market => (9, 18),
        Kind::Theatre | Kind::ThemePark => (10, 18),
        Kind::Tower | Kind::Spa => (10, 20),
        Kind::Park | Kind::Garden | Kind::Nature | Kind::Beach => (8, 19),
        Kind::Island | Kind::Lake | Kind::Waterfall | Kind::Mountain => (8, 19),
        Kind::Monument | Kind::Building | Kind::Memorial => (8, 20),
        Kind::Square | Kind::Street | Kind::Quarter => (8, 23),
        Kind::Viewpoint | Kind::Bridge | Kind::Harbour => (8, 23),
    };
    Hours {
        from: time(from, 0, 0, 0),
        to: time(to, 0, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sights, table::is_complete};

    fn sight(code: &str, slug: &str) -> &'static Sight {
        sights::by_slug(code.parse().unwrap(), slug).unwrap()
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    const MONDAY: &str = "2027-03-01";
    const TUESDAY: &str = "2027-03-02";

    #[test]
    fn museums_rest_on_mondays_and_holidays() {
        let azulejo = sight("LIS", "national-azulejo-museum");
        assert_eq!(shut(azulejo, date(MONDAY), &[]), Some(Shut::Weekday));
        assert_eq!(shut(azulejo, date(TUESDAY), &[]), None);
        let holidays = [date(TUESDAY)];
        assert_eq!(shut(azulejo, date(TUESDAY), &holidays), Some(Shut::Holiday));
        let tower = sight("PAR", "eiffel-tower");
        assert_eq!(shut(tower, date(MONDAY), &[date(MONDAY)]), None);
    }

    #[test]
    fn famous_sights_rest_on_their_own_days() {
        let louvre = sight("PAR", "louvre-museum");
        assert_eq!(shut(louvre, date(MONDAY), &[]), None);
        assert_eq!(shut(louvre, date(TUESDAY), &[]), Some(Shut::OwnDay));
        assert_eq!(shut(sight("BKK", "grand-palace"), date(MONDAY), &[]), None);
        assert_eq!(
            shut(sight("LON", "british-museum"), date(MONDAY), &[]),
            None
        );
        assert!(is_complete::<3>(TABLE));
        for (code, name) in KNOWN.keys() {
            let known = |sight: &Sight| sight.names()[0] == *name;
            assert!(sights::of(*code).iter().any(known), "{name}");
        }
        let days = rows::<3>(TABLE).flat_map(|row| row[2].split(','));
        assert!(
            days.into_iter()
                .all(|day| day == "-" || weekday(day).is_some())
        );
    }

    #[test]
    fn markets_rest_by_country() {
        assert_eq!(usual_day(sight("DXB", "gold-souk")), Some(Weekday::Friday));
        assert_eq!(usual_day(sight("UKY", "nishiki-market")), None);
        assert_eq!(
            usual_day(sight("IST", "grand-bazaar")),
            Some(Weekday::Sunday)
        );
    }

    #[test]
    fn every_kind_has_hours_that_hold_a_visit() {
        for sight in sights::all() {
            let hours = hours(sight.kind, Weekday::Sunday);
            let open = (hours.to.hour() - hours.from.hour()) as u16 * 60;
            assert!(open >= sight.minutes.min(300), "{sight:?}");
        }
    }
}
