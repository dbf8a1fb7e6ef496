//! What speaks for a destination, and what it misses, with figures.

use serde::Serialize;
use travel::{Locale, Money, format};

use super::Weather;
use crate::kinds::Kind;

/// What speaks for a destination.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Warm days: mean of the highest temperatures, in °C.
    Warm {
        /// 1 = January.
        month: i8,
        /// Degrees.
        max_c: f32,
    },
    /// Sunshine, in hours a day.
    Sunny {
        /// 1 = January.
        month: i8,
        /// Hours a day.
        hours: f32,
    },
    /// Few days of rain in the month.
    FewRainDays {
        /// 1 = January.
        month: i8,
        /// Days.
        days: f32,
    },
    /// Cold days: mean of the highest temperatures, in °C.
    Cold {
        /// 1 = January.
        month: i8,
        /// Degrees.
        max_c: f32,
    },
    /// Cold enough for snow: mean temperature, in °C.
    Snow {
        /// 1 = January.
        month: i8,
        /// Degrees.
        mean_c: f32,
    },
    /// A ski resort in its season.
    SkiSeason {
        /// 1 = January.
        month: i8,
    },
    /// It is what was asked for.
    Kind {
        /// What it is.
        kind: Kind,
    },
    /// How long a nonstop flight would take; whether there is one is not said.
    Flight {
        /// Minutes, derived from the distance.
        minutes: u16,
        /// Kilometres in a straight line.
        km: u32,
    },
    /// The flights that the caller found.
    Price {
        /// What they cost.
        price: Money,
        /// The budget that they keep to, where one was said.
        budget: Option<Money>,
    },
}

/// A wish that a destination misses, or of which nothing is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "miss", rename_all = "snake_case")]
pub enum Miss {
    /// Days are too cool, in °C.
    NotWarm {
        /// 1 = January.
        month: i8,
        /// Mean of the highest temperatures.
        max_c: f32,
    },
    /// Too little sunshine.
    NotSunny {
        /// 1 = January.
        month: i8,
        /// Hours a day.
        hours: f32,
    },
    /// Too many days of rain.
    ManyRainDays {
        /// 1 = January.
        month: i8,
        /// Days in the month.
        days: f32,
    },
    /// Days are too warm, in °C.
    NotCold {
        /// 1 = January.
        month: i8,
        /// Mean of the highest temperatures.
        max_c: f32,
    },
    /// Too warm for snow, in °C.
    NoSnow {
        /// 1 = January.
        month: i8,
        /// Mean temperature.
        mean_c: f32,
    },
    /// No station near, or it did not report that month.
    WeatherUnknown {
        /// What was wished.
        wish: Weather,
        /// 1 = January.
        month: i8,
    },
    /// It is none of these.
    Kind {
        /// What was asked for.
        wanted: Vec<Kind>,
    },
    /// The flight would be too long.
    TooLong {
        /// Minutes, derived from the distance.
        minutes: u16,
        /// Minutes wished at most.
        wanted: u16,
    },
    /// It is too far.
    TooFar {
        /// Kilometres in a straight line.
        km: u32,
        /// Kilometres wished at most.
        wanted: u32,
    },
    /// Without a place to start from the distance is not known.
    DistanceUnknown,
    /// The flights cost more than the budget.
    OverBudget {
        /// What they cost.
        price: Money,
        /// What is too much, in the budget's currency.
        over: Money,
    },
    /// No price was found.
    PriceUnknown,
}

impl Reason {
    /// A short text, such as `24 °C in February`.
    #[must_use]
    pub fn label(&self, locale: Locale) -> String {
        match self {
            Self::Warm { month, max_c } | Self::Cold { month, max_c } => {
                in_month(&degrees(*max_c, locale), *month, locale)
            }
            Self::Sunny { month, hours } => in_month(&sunshine(*hours, locale), *month, locale),
            Self::FewRainDays { month, days } => in_month(&rain(*days, locale), *month, locale),
            Self::Snow { month, mean_c } => {
                let text = locale.pick("neige probable, moyenne", "snow likely, mean");
                in_month(
                    &format!("{text} {}", degrees(*mean_c, locale)),
                    *month,
                    locale,
                )
            }
            Self::SkiSeason { month } => {
                in_month(locale.pick("saison de ski", "ski season"), *month, locale)
            }
            Self::Kind { kind } => kind.label(locale).to_owned(),
            Self::Flight { minutes, km } => {
                let text = locale.pick("vol sans escale d'environ", "nonstop flight of about");
                let km = format::integer(u64::from(*km), locale);
                format!("{text} {} ({km}\u{a0}km)", time(*minutes, locale))
            }
            Self::Price { price, .. } => {
                let text = locale.pick("vols à", "flights at");
                format!("{text} {}", format::money(*price, locale))
            }
        }
    }
}

impl Miss {
    /// A short text, such as `only 14 °C in February`.
    #[must_use]
    pub fn label(&self, locale: Locale) -> String {
        let only = locale.pick("seulement", "only");
        match self {
            Self::NotWarm { month, max_c } => in_month(
                &format!("{only} {}", degrees(*max_c, locale)),
                *month,
                locale,
            ),
            Self::NotSunny { month, hours } => in_month(
                &format!("{only} {}", sunshine(*hours, locale)),
                *month,
                locale,
            ),
            Self::ManyRainDays { month, days } => in_month(&rain(*days, locale), *month, locale),
            Self::NotCold { month, max_c } => in_month(&degrees(*max_c, locale), *month, locale),
            Self::NoSnow { month, mean_c } => {
                let text = locale.pick("pas de neige, moyenne", "no snow, mean");
                in_month(
                    &format!("{text} {}", degrees(*mean_c, locale)),
                    *month,
                    locale,
                )
            }
            Self::WeatherUnknown { wish, month } => {
                let text = locale.pick("climat inconnu", "climate not known");
                in_month(&format!("{text} ({})", wish.label(locale)), *month, locale)
            }
            Self::Kind { wanted } => {
                let or = locale.pick(" ou ", " or ");
                let names: Vec<_> = wanted.iter().map(|kind| kind.label(locale)).collect();
                format!("{} {}", locale.pick("sans", "no"), names.join(or))
            }
            Self::TooLong { minutes, .. } => {
                let text = locale.pick("vol d'environ", "flight of about");
                format!("{text} {}", time(*minutes, locale))
            }
            Self::TooFar { km, .. } => {
                let km = format::integer(u64::from(*km), locale);
                locale
                    .pick("à KM km", "KM km away")
                    .replace("KM ", &format!("{km}\u{a0}"))
            }
            Self::DistanceUnknown => locale
                .pick("distance inconnue", "distance not known")
                .to_owned(),
            Self::OverBudget { over, .. } => {
                let text = locale.pick("au-dessus du budget de", "over budget by");
                format!("{text} {}", format::money(*over, locale))
            }
            Self::PriceUnknown => locale.pick("prix inconnu", "price not known").to_owned(),
        }
    }
}

/// Whole degrees, as forecasts tell them.
fn degrees(celsius: f32, locale: Locale) -> String {
    let whole = celsius.round() as i32;
    match locale {
        Locale::Fr => format!("{whole}\u{a0}°C"),
        Locale::En => format!("{whole}°C"),
    }
}

fn sunshine(hours: f32, locale: Locale) -> String {
    let whole = hours.round() as i32;
    match locale {
        Locale::Fr => format!("{whole}\u{a0}h de soleil par jour"),
        Locale::En => format!("{whole}\u{a0}h of sun a day"),
    }
}

fn rain(days: f32, locale: Locale) -> String {
    let whole = days.round() as i32;
    match (locale, whole) {
        (Locale::Fr, 0 | 1) => format!("{whole}\u{a0}jour de pluie"),
        (Locale::Fr, _) => format!("{whole}\u{a0}jours de pluie"),
        (Locale::En, 1) => format!("{whole}\u{a0}day of rain"),
        (Locale::En, _) => format!("{whole}\u{a0}days of rain"),
    }
}

fn time(minutes: u16, locale: Locale) -> String {
    format::duration(jiff::SignedDuration::from_mins(i64::from(minutes)), locale)
}

fn in_month(text: &str, month: i8, locale: Locale) -> String {
    let month = format::month_of_year(month, locale);
    match locale {
        Locale::Fr => format!("{text} en {month}"),
        Locale::En => format!("{text} in {month}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_there_in_both_languages() {
        let warm = Reason::Warm {
            month: 2,
            max_c: 21.6,
        };
        assert_eq!(warm.label(Locale::Fr), "22\u{a0}°C en février");
        assert_eq!(warm.label(Locale::En), "22°C in February");
        let miss = Miss::TooFar {
            km: 5_200,
            wanted: 2_000,
        };
        assert_eq!(miss.label(Locale::Fr), "à 5\u{a0}200\u{a0}km");
        assert_eq!(miss.label(Locale::En), "5,200\u{a0}km away");
        let kinds = Miss::Kind {
            wanted: vec![Kind::Beach, Kind::Mountain],
        };
        assert_eq!(kinds.label(Locale::Fr), "sans plage ou montagne");
    }

    #[test]
    fn the_wire_form_names_reason_and_figures() {
        let warm = Reason::Warm {
            month: 2,
            max_c: 21.5,
        };
        assert_eq!(
            serde_json::to_string(&warm).unwrap(),
            r#"{"reason":"warm","month":2,"max_c":21.5}"#
        );
    }
}
