//! Weather that travellers wish for, and whether a month has it.

use serde::Serialize;
use travel::Locale;

use super::{Miss, Reason};
use crate::{
    climate::{Climate, Month},
    kinds::Kind,
};

/// Highest temperature of a warm day, in °C: from so much on, up to so much.
const WARM_C: f32 = 20.0;
/// From here on it is as warm as one may wish.
const BEST_C: f32 = 23.0;
/// Above this a warm day is a hot one, which counts less and less.
const HOT_C: f32 = 29.0;
/// Hours of sunshine a day, from which on a month is sunny.
const SUNNY_HOURS: f32 = 6.0;
/// Days of rain in a month, up to which it is dry.
const DRY_DAYS: f32 = 5.0;
/// Highest temperature of a cold day, in °C.
const COLD_C: f32 = 10.0;
/// Mean temperature at which what falls is mostly snow, in °C.
const SNOW_C: f32 = 0.0;

/// Weather that one wishes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weather {
    /// Days of 20 °C and more.
    Warm,
    /// Six hours of sunshine a day; where that is not measured, at most five days of rain.
    Sunny,
    /// At most five days of rain in the month.
    Dry,
    /// Days of at most 10 °C.
    Cold,
    /// Snow: a mean of at most 0 °C, or a ski resort in its season.
    Snow,
}

impl Weather {
    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Warm => locale.pick("chaud", "warm"),
            Self::Sunny => locale.pick("ensoleillé", "sunny"),
            Self::Dry => locale.pick("sec", "dry"),
            Self::Cold => locale.pick("froid", "cold"),
            Self::Snow => locale.pick("neige", "snow"),
        }
    }
}

/// How a month meets a wish: how well, from 0 to 1, and why; or what it misses, and by how much.
pub(super) type Verdict = Result<(Reason, f32), (Miss, f32)>;

/// A place as far as weather goes.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) climate: Option<&'a Climate>,
    pub(super) kinds: &'a [Kind],
    pub(super) southern: bool,
}

impl Place<'_> {
    /// Holds a month against a wish.
    pub(super) fn judge(&self, wish: Weather, month: i8) -> Verdict {
        let means = self.climate.and_then(|climate| climate.month(month));
        let known = match wish {
            Weather::Snow => self.snow(means, month),
            _ => means.and_then(|means| measured(wish, means)),
        };
        known.unwrap_or(Err((Miss::WeatherUnknown { wish, month }, 1.0)))
    }

    fn snow(&self, means: Option<&Month>, month: i8) -> Option<Verdict> {
        let winter = match month {
            12 | 1..=3 => !self.southern,
            6..=9 => self.southern,
            _ => false,
        };
        if winter && self.kinds.contains(&Kind::Ski) {
            return Some(Ok((Reason::SkiSeason { month }, 1.0)));
        }
        let mean_c = means?.mean_c?;
        Some(if mean_c <= SNOW_C {
            Ok((Reason::Snow { month, mean_c }, share(-mean_c, 0.0, 10.0)))
        } else {
            Err((Miss::NoSnow { month, mean_c }, share(mean_c, 0.0, 20.0)))
        })
    }

    /// The month that meets most of the wishes, and best; the earliest of equals.
    pub(super) fn best_month(&self, wishes: &[Weather]) -> i8 {
        let worth = |month: i8| -> f32 {
            let verdicts = wishes.iter().map(|wish| self.judge(*wish, month));
            verdicts.map(|found| worth(&found)).sum()
        };
        (1..=12_i8)
            .fold((1, f32::MIN), |best, month| {
                let value = worth(month);
                if value > best.1 { (month, value) } else { best }
            })
            .0
    }
}

/// A met wish counts more than how well another is met.
pub(super) fn worth(verdict: &Verdict) -> f32 {
    match verdict {
        Ok((_, quality)) => 2.0 + quality,
        Err((_, distance)) => -distance,
    }
}

fn measured(wish: Weather, means: &Month) -> Option<Verdict> {
    let month = means.month;
    match wish {
        Weather::Warm => means.max_c.map(|max_c| {
            if max_c >= WARM_C {
                let too_hot = share(max_c, HOT_C, HOT_C + 8.0);
                let quality = share(max_c, WARM_C, BEST_C) - too_hot;
                Ok((Reason::Warm { month, max_c }, quality.max(0.0)))
            } else {
                Err((
                    Miss::NotWarm { month, max_c },
                    share(WARM_C - max_c, 0.0, 20.0),
                ))
            }
        }),
        Weather::Cold => means.max_c.map(|max_c| {
            if max_c <= COLD_C {
                Ok((
                    Reason::Cold { month, max_c },
                    share(COLD_C - max_c, 0.0, 15.0),
                ))
            } else {
                Err((
                    Miss::NotCold { month, max_c },
                    share(max_c - COLD_C, 0.0, 20.0),
                ))
            }
        }),
        Weather::Dry => means.rain_days.map(|days| dry(month, days)),
        Weather::Sunny => match means.sun_hours_a_day() {
            Some(hours) if hours >= SUNNY_HOURS => {
                let quality = share(hours, SUNNY_HOURS, 11.0);
                Some(Ok((Reason::Sunny { month, hours }, quality)))
            }
            Some(hours) => {
                let lacking = share(SUNNY_HOURS - hours, 0.0, SUNNY_HOURS);
                Some(Err((Miss::NotSunny { month, hours }, lacking)))
            }
            None => means.rain_days.map(|days| dry(month, days)),
        },
        Weather::Snow => None,
    }
}

fn dry(month: i8, days: f32) -> Verdict {
    if days <= DRY_DAYS {
        let quality = share(DRY_DAYS - days, 0.0, DRY_DAYS);
        Ok((Reason::FewRainDays { month, days }, quality))
    } else {
        let lacking = share(days - DRY_DAYS, 0.0, 20.0);
        Err((Miss::ManyRainDays { month, days }, lacking))
    }
}

/// Where a value lies between two others: 0 at or below the first, 1 at or above the second.
fn share(value: f32, from: f32, to: f32) -> f32 {
    ((value - from) / (to - from)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{climate, destination, kinds};

    fn place(code: &str) -> Place<'static> {
        let place = destination::by_code(code.parse().unwrap()).unwrap();
        Place {
            climate: climate::of(place.code),
            kinds: &kinds::of(place.code).unwrap().kinds,
            southern: place.lat < 0.0,
        }
    }

    #[test]
    fn months_are_what_travellers_know() {
        let is = |code: &str, wish, month| place(code).judge(wish, month).is_ok();
        assert!(is("ACE", Weather::Warm, 2));
        assert!(!is("PAR", Weather::Warm, 2));
        assert!(is("SVQ", Weather::Sunny, 5));
        assert!(is("RAK", Weather::Dry, 7));
        assert!(is("RVN", Weather::Cold, 1) || is("TOS", Weather::Cold, 1));
        assert!(!is("BKK", Weather::Snow, 1));
        assert!(is("INN", Weather::Snow, 1));
        assert!(!is("INN", Weather::Snow, 7));
    }

    #[test]
    fn an_unknown_climate_meets_nothing() {
        let unknown = destination::all()
            .iter()
            .find(|place| climate::of(place.code).is_none())
            .unwrap();
        for wish in [Weather::Warm, Weather::Sunny, Weather::Dry, Weather::Cold] {
            let verdict = place(unknown.code.as_str()).judge(wish, 5);
            assert!(matches!(verdict, Err((Miss::WeatherUnknown { .. }, _))));
        }
    }

    #[test]
    fn the_best_month_is_the_one_that_meets_most() {
        assert!((5..=9).contains(&place("LIS").best_month(&[Weather::Warm, Weather::Sunny])));
        assert!(matches!(
            place("INN").best_month(&[Weather::Snow]),
            12 | 1..=3
        ));
    }
}
