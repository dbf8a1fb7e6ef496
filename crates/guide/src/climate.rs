//! Climate of the destinations by month, measured at the nearest usable weather station.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;
use serde::Serialize;
use travel::Iata;

use crate::{
    Source, destination,
    table::{months, rows},
};

const TABLE: &str = include_str!("../data/climate.tsv");

/// Where the figures come from.
pub const SOURCE: Source = Source {
    id: "climate",
    name: (
        "Deutscher Wetterdienst, moyennes 2003-2021 des relevés mensuels CLIMAT (traitement propre)",
        "Deutscher Wetterdienst, means 2003-2021 of the monthly CLIMAT reports (own processing)",
    ),
    as_of: "2003-2021",
    licence: "CC BY 4.0 (GeoNutzV), Datenbasis: Deutscher Wetterdienst, eigene Bearbeitung",
    derived: false,
};

/// The means of one month of the year; `None` = the station did not report it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Month {
    /// 1 = January.
    pub month: i8,
    /// Mean temperature, in °C.
    pub mean_c: Option<f32>,
    /// Mean of the warmest temperature of each day, in °C.
    pub max_c: Option<f32>,
    /// Mean of the coldest temperature of each day, in °C.
    pub min_c: Option<f32>,
    /// Rain and melted snow of the month, in mm.
    pub rain_mm: Option<f32>,
    /// Days of the month with 1 mm or more.
    pub rain_days: Option<f32>,
    /// Hours of sunshine in the month.
    pub sun_hours: Option<f32>,
}

impl Month {
    /// Hours of sunshine a day, in a year without a leap day.
    #[must_use]
    pub fn sun_hours_a_day(&self) -> Option<f32> {
        const DAYS: [f32; 12] = [
            31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0,
        ];
        let days = DAYS.get(usize::from(self.month.unsigned_abs()).checked_sub(1)?)?;
        Some(self.sun_hours? / days)
    }
}

/// The climate of a destination.
#[derive(Debug, PartialEq, Serialize)]
pub struct Climate {
    /// The destination.
    pub code: Iata,
    /// The station, as the source spells it.
    pub station: &'static str,
    /// Kilometres from the destination's centre to the station.
    pub km: u16,
    /// Height of the station above the sea, in metres.
    pub elevation_m: i16,
    /// Years that the thinnest mean rests on.
    pub years: u8,
    /// January to December.
    pub months: [Month; 12],
}

impl Climate {
    /// The means of a month, 1 = January.
    #[must_use]
    pub fn month(&self, month: i8) -> Option<&Month> {
        self.months.iter().find(|means| means.month == month)
    }

    /// The months that a stay touches, in its order, each once.
    #[must_use]
    pub fn during(&self, from: Date, to: Date) -> Vec<Month> {
        let count = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        let spanned = (count(from)..=count(to)).take(12);
        let means = spanned.filter_map(|at| usize::try_from(at.rem_euclid(12)).ok());
        means
            .filter_map(|at| self.months.get(at).copied())
            .collect()
    }
}

static ALL: LazyLock<HashMap<Iata, Climate>> = LazyLock::new(|| {
    rows::<11>(TABLE)
        .filter_map(parse)
        .map(|row| (row.code, row))
        .collect()
});

fn parse(row: [&'static str; 11]) -> Option<Climate> {
    let [
        code,
        station,
        km,
        elevation,
        years,
        mean,
        max,
        min,
        rain,
        rain_days,
        sun,
    ] = row;
    let (mean, max, min) = (months(mean), months(max), months(min));
    let (rain, rain_days, sun) = (months(rain), months(rain_days), months(sun));
    let mut number = 0;
    let year = [(); 12].map(|()| {
        let at = usize::from(i8::unsigned_abs(number));
        number += 1;
        Month {
            month: number,
            mean_c: mean[at],
            max_c: max[at],
            min_c: min[at],
            rain_mm: rain[at],
            rain_days: rain_days[at],
            sun_hours: sun[at],
        }
    });
    Some(Climate {
        code: code.parse().ok()?,
        station,
        km: km.parse().ok()?,
        elevation_m: elevation.parse().ok()?,
        years: years.parse().ok()?,
        months: year,
    })
}

/// The climate of a destination, also by the code of one of its airports; `None` = there is no
/// station near.
#[must_use]
pub fn of(code: Iata) -> Option<&'static Climate> {
    ALL.get(&destination::by_code(code)?.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;

    fn at(code: &str) -> Option<&'static Climate> {
        of(code.parse().unwrap())
    }

    #[test]
    fn every_row_is_read_and_belongs_to_a_destination() {
        assert!(is_complete::<11>(TABLE));
        assert_eq!(ALL.len(), 295);
        assert!(ALL.keys().all(|code| of(*code).is_some()));
        let without = destination::all().iter().filter(|d| of(d.code).is_none());
        assert_eq!(without.count(), 55);
    }

    #[test]
    fn figures_are_in_their_ranges() {
        for climate in ALL.values() {
            assert!(
                climate.km <= 75 && (3..=18).contains(&climate.years),
                "{climate:?}"
            );
            for month in &climate.months {
                let warmth = [month.min_c, month.mean_c, month.max_c];
                let known: Vec<f32> = warmth.into_iter().flatten().collect();
                assert!(known.is_sorted(), "{} {known:?}", climate.station);
                assert!(known.iter().all(|c| (-40.0..50.0).contains(c)));
                assert!(month.rain_days.is_none_or(|d| (0.0..=31.0).contains(&d)));
                assert!(
                    month
                        .sun_hours_a_day()
                        .is_none_or(|h| (0.0..=16.0).contains(&h))
                );
            }
        }
    }

    #[test]
    fn gaps_of_the_source_stay_gaps() {
        let whole = |climate: &&Climate| climate.months.iter().all(|m| m.max_c.is_some());
        assert_eq!(ALL.values().filter(whole).count(), 281);
        assert_eq!(at("FAO").unwrap().month(1).unwrap().max_c, None);
    }

    #[test]
    fn an_airport_has_the_climate_of_its_city_and_a_stay_its_months() {
        assert_eq!(at("CDG"), at("PAR"));
        let lisbon = at("LIS").unwrap();
        let stay = lisbon.during("2027-12-28".parse().unwrap(), "2028-01-03".parse().unwrap());
        assert_eq!(stay.iter().map(|m| m.month).collect::<Vec<_>>(), [12, 1]);
        assert!(lisbon.month(8).unwrap().max_c > lisbon.month(1).unwrap().max_c);
        assert!(lisbon.month(13).is_none());
    }
}
