//! The climate of a stay and the best months, in words.

use guide::{
    climate::{self, Month},
    season,
};

use super::{
    card::Part,
    found::{ContextFound, When},
};
use crate::{
    capability::wording::{self, counted},
    locale::Locale,
    planner::phrases,
    sheet::{self, Block, Fact},
    travel::format::{self, NBSP},
};

/// Months that a sentence tells one by one.
const MOST_MONTHS: usize = 3;

/// The sentence on the weather.
pub(super) fn weather(found: &ContextFound, locale: Locale) -> String {
    let at = wording::capitalised(&wording::at(found.name(locale), locale));
    let Some(climate) = &found.context.climate else {
        return no_station(found, locale);
    };
    let told: Vec<_> = climate.months.iter().filter(|m| is_known(m)).collect();
    let month = |month: &Month| in_month(month.month, locale);
    let text = match told.as_slice() {
        [] => return beside(found, &at, locale),
        [one] => format!(
            "{at} {}{} {}",
            month(one),
            locale.pick("\u{a0}:", ":"),
            figures(one, true, locale)
        ),
        several if several.len() <= MOST_MONTHS => {
            let each = several.iter().map(|one| {
                let name = format::month_of_year(one.month, locale);
                format!("{name} {}", figures(one, false, locale))
            });
            let each: Vec<_> = each.collect();
            let (colon, between) = (locale.pick("\u{a0}:", ":"), locale.pick(" ; ", "; "));
            format!("{at}{colon} {}", each.join(between))
        }
        several => {
            let low = several.iter().filter_map(|m| m.min_c).reduce(f32::min);
            let high = several.iter().filter_map(|m| m.max_c).reduce(f32::max);
            let range = low.zip(high).map(|(low, high)| range(low, high, locale));
            let range = range.unwrap_or_default();
            match locale {
                Locale::Fr => {
                    format!("{at}\u{a0}: **{range}** selon le mois, le détail est dans la fiche")
                }
                Locale::En => {
                    format!("{at}: **{range}** depending on the month, see the card for each")
                }
            }
        }
    };
    let basis = match locale {
        Locale::Fr => format!("Moyennes {}, pas une prévision.", climate::SOURCE.as_of),
        Locale::En => format!("Means of {}, not a forecast.", climate::SOURCE.as_of),
    };
    format!("{text}. {basis}{}", assumed(found.when, locale))
}

/// The sentence on the best months.
pub(super) fn best(found: &ContextFound, locale: Locale) -> String {
    let at = wording::at(found.name(locale), locale);
    let season = found.season.as_ref().filter(|s| !s.months.is_empty());
    let Some(season) = season else {
        return no_station(found, locale);
    };
    let months = format!("**{}**", spans(&season.months, locale));
    match (season.agreeable, locale) {
        (true, Locale::Fr) => format!(
            "Pour le climat {at}, préférez {months}\u{a0}: journées de 18 à 30{NBSP}°C et dix jours \
             de pluie au plus (une règle à nous sur des moyennes)."
        ),
        (true, Locale::En) => format!(
            "For the climate {at}, go in {months}: days of 18 to 30{NBSP}°C and ten days of rain at \
             most (a rule of ours on means)."
        ),
        (false, Locale::Fr) => format!(
            "Aucun mois {at} n’a à la fois des journées de 18 à 30{NBSP}°C et dix jours de pluie au \
             plus (notre règle)\u{a0}; {months} s’en approche le plus."
        ),
        (false, Locale::En) => format!(
            "No month {at} has both days of 18 to 30{NBSP}°C and ten days of rain at most (our \
             rule); {months} comes nearest."
        ),
    }
}

/// The months on both sides of those that the station did not report.
fn beside(found: &ContextFound, at: &str, locale: Locale) -> String {
    let all = found.destination.and_then(|place| climate::of(place.code));
    let asked = found.context.climate.as_ref().map(|own| &own.months);
    let known = |month: i8| {
        let month = (month - 1).rem_euclid(12) + 1;
        let means = all.and_then(|climate| climate.month(month));
        means.filter(|month| is_known(month))
    };
    let first = asked
        .and_then(|months| months.first())
        .map(|month| month.month);
    let last = asked
        .and_then(|months| months.last())
        .map(|month| month.month);
    let before = first.and_then(|first| (1..12).find_map(|by| known(first - by)));
    let after = last.and_then(|last| (1..12).find_map(|by| known(last + by)));
    let told = [before, after].into_iter().flatten().map(|month| {
        let name = format::month_of_year(month.month, locale);
        format!("{name} {}", figures(month, false, locale))
    });
    let told: Vec<_> = told.collect();
    let told = told.join(locale.pick(" ; ", "; "));
    match locale {
        Locale::Fr => format!(
            "{at}, la station météo n’a pas de relevé pour ce mois-là\u{a0}; les mois voisins\u{a0}: \
             {told}. Moyennes {}.",
            climate::SOURCE.as_of
        ),
        Locale::En => format!(
            "{at}, the weather station has no record of that month; the months beside it: {told}. \
             Means of {}.",
            climate::SOURCE.as_of
        ),
    }
}

fn no_station(found: &ContextFound, locale: Locale) -> String {
    let name = found.name(locale);
    match locale {
        Locale::Fr => format!(
            "Je n’ai pas de station météo proche de {name}\u{a0}: aucune moyenne de climat à donner."
        ),
        Locale::En => {
            format!("I have no weather station near {name}: there are no climate means to tell.")
        }
    }
}

/// That nobody said when, and what was taken.
pub(super) fn assumed(when: When, locale: Locale) -> String {
    if !when.assumed {
        return String::new();
    }
    let month = format::month_of_year(when.from.month(), locale);
    match locale {
        Locale::Fr => format!(" Sans date de votre part, j’ai pris {month}."),
        Locale::En => format!(" You gave no date, so I took {month}."),
    }
}

const fn is_known(month: &Month) -> bool {
    month.max_c.is_some() || month.mean_c.is_some() || month.rain_days.is_some()
}

/// "26–33 °C, 17 jours de pluie": what was measured; `all` with sunshine.
fn figures(month: &Month, all: bool, locale: Locale) -> String {
    let warmth = match (month.min_c, month.max_c, month.mean_c) {
        (Some(min), Some(max), _) => Some(range(min, max, locale)),
        (None, Some(max), _) => Some(match locale {
            Locale::Fr => format!("{} en journée", degrees(max)),
            Locale::En => format!("{} by day", degrees(max)),
        }),
        (_, None, Some(mean)) => Some(match locale {
            Locale::Fr => format!("{} en moyenne", degrees(mean)),
            Locale::En => format!("{} on average", degrees(mean)),
        }),
        _ => None,
    };
    let warmth = warmth.map(|text| if all { format!("**{text}**") } else { text });
    let rain = month.rain_days.map(|days| {
        let days = days.round() as usize;
        counted(
            days,
            ["jour de pluie", "jours de pluie"],
            ["day of rain", "days of rain"],
            locale,
        )
    });
    let sun = month.sun_hours_a_day().filter(|_| all).map(|hours| {
        let hours = hours.round() as i32;
        match locale {
            Locale::Fr => format!("{hours}{NBSP}h de soleil par jour"),
            Locale::En => format!("{hours}{NBSP}h of sun a day"),
        }
    });
    let known: Vec<_> = [warmth, rain, sun].into_iter().flatten().collect();
    known.join(", ")
}

fn range(min: f32, max: f32, locale: Locale) -> String {
    let (low, high) = (min.round() as i32, max.round() as i32);
    let between = match (low < 0, locale) {
        (false, _) => "–",
        (true, Locale::Fr) => " à ",
        (true, Locale::En) => " to ",
    };
    format!("{low}{between}{high}{NBSP}°C")
}

fn degrees(celsius: f32) -> String {
    format!("{}{NBSP}°C", celsius.round() as i32)
}

/// "en août", "in August".
fn in_month(month: i8, locale: Locale) -> String {
    let name = format::month_of_year(month, locale);
    format!("{} {name}", locale.pick("en", "in"))
}

/// "avril à juin et septembre": months in the order of the year, those that follow each other as one.
fn spans(months: &[i8], locale: Locale) -> String {
    let mut spans: Vec<(i8, i8)> = Vec::new();
    for month in months {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *month => *last = *month,
            _ => spans.push((*month, *month)),
        }
    }
    // December and January follow each other as well.
    if spans.len() > 1
        && spans.first().is_some_and(|(first, _)| *first == 1)
        && spans.last().is_some_and(|(_, last)| *last == 12)
    {
        let (_, end) = spans.remove(0);
        if let Some(last) = spans.last_mut() {
            last.1 = end;
        }
    }
    let name = |month| format::month_of_year(month, locale);
    let written = spans.iter().map(|(first, last)| match first == last {
        true => name(*first).to_owned(),
        false if first % 12 + 1 == *last => {
            format!(
                "{} {} {}",
                name(*first),
                locale.pick("et", "and"),
                name(*last)
            )
        }
        false => format!(
            "{} {} {}",
            name(*first),
            locale.pick("à", "to"),
            name(*last)
        ),
    });
    let written: Vec<_> = written.collect();
    phrases::list(&written, locale.pick("et", "and"))
}

/// The table of the months of the stay.
pub(super) fn table(found: &ContextFound, locale: Locale) -> Part {
    let Some(climate) = &found.context.climate else {
        return Part::note(no_station(found, locale));
    };
    let unknown = || "–".to_owned();
    let rows = climate.months.iter().map(|month| {
        vec![
            wording::capitalised(format::month_of_year(month.month, locale)),
            month.min_c.map_or_else(unknown, degrees),
            month.max_c.map_or_else(unknown, degrees),
            month
                .rain_days
                .map_or_else(unknown, |days| format!("{}", days.round() as i32)),
            month
                .sun_hours_a_day()
                .map_or_else(unknown, |hours| format!("{}{NBSP}h", hours.round() as i32)),
        ]
    });
    let block = Block::Table {
        heading: Some(locale.pick("Climat", "Climate").to_owned()),
        head: vec![
            locale.pick("Mois", "Month").to_owned(),
            locale.pick("Minimum", "Low").to_owned(),
            locale.pick("Maximum", "High").to_owned(),
            locale.pick("Jours de pluie", "Days of rain").to_owned(),
            locale.pick("Soleil par jour", "Sun a day").to_owned(),
        ],
        rows: rows.collect(),
        best: None,
    };
    let km = climate.km;
    let note = match locale {
        Locale::Fr => format!(
            "Moyennes de la station {} à {km}{NBSP}km : ce n’est pas une prévision.",
            climate.station
        ),
        Locale::En => format!(
            "Means of the station {} {km}{NBSP}km away: this is no forecast.",
            climate.station
        ),
    };
    let mut part = Part::block(block, climate::SOURCE);
    part.blocks.extend(year(found, locale).map(Block::Climate));
    part.notes.push(note);
    if found.when.assumed {
        part.notes
            .push(assumed(found.when, locale).trim().to_owned());
    }
    part
}

/// The twelve months, those of the journey marked, unless nobody said when it is.
fn year(found: &ContextFound, locale: Locale) -> Option<sheet::Climate> {
    let all = climate::of(found.destination?.code)?;
    let own = found.context.climate.as_ref()?;
    let is_own = |month: i8| own.months.iter().any(|own| own.month == month);
    let whole = |celsius: f32| celsius.round() as i32;
    let month = |month: &Month| sheet::ClimateMonth {
        name: wording::capitalised(format::month_of_year(month.month, locale)),
        low: month.min_c.map(whole),
        high: month.max_c.map(whole),
        rain_days: month.rain_days.map(|days| days.round() as u8),
        own: !found.when.assumed && is_own(month.month),
    };
    all.months.iter().any(is_known).then(|| sheet::Climate {
        heading: locale
            .pick("Climat sur l’année", "Climate over the year")
            .to_owned(),
        months: all.months.iter().map(month).collect(),
    })
}

/// The best months as a fact.
pub(super) fn season_fact(found: &ContextFound, locale: Locale) -> Part {
    let season = found.season.as_ref().filter(|s| !s.months.is_empty());
    let Some(season) = season else {
        return Part::default();
    };
    let label = match season.agreeable {
        true => locale.pick("Mois les plus agréables", "Most agreeable months"),
        false => locale.pick("Mois les moins rudes", "Least harsh months"),
    };
    let mut fact = Fact::new(label, spans(&season.months, locale));
    fact.note = Some(season::SOURCE.name(locale).to_owned());
    Part::fact(fact, season::SOURCE)
}
