//! A judged plan as a sheet, and as a text for models.

use guide::{
    check::{Advice, Finding, Meaning, Problem},
    opening, sights, way,
};
use jiff::civil::Time;

use super::{found::CheckFound, say::quoted};
use crate::{
    capability::wording,
    event::Card,
    locale::Locale,
    sheet::{Block, DayStop, Item, Sheet},
    travel::format,
};

/// The plan as it was understood, and what is wrong with it.
pub(super) fn card(found: &CheckFound, locale: Locale) -> Option<Card> {
    let report = found.report.as_ref()?;
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("Votre programme vérifié : {city}"),
        Locale::En => format!("Your plan, checked: {city}"),
    };
    let mut sheet = Sheet::new("check_itinerary", title).with(problems(found, locale));
    for (at, day) in report.days.iter().enumerate() {
        let listed = found.listed.get(at);
        let stops = day.entries.iter().enumerate().map(|(entry, read)| {
            let text = listed.and_then(|day| Some(day.entries.get(entry)?.text.clone()));
            let time = read.from.map(|from| match read.to {
                Some(to) => format!("{}–{}", clock(from), clock(to)),
                None => clock(from),
            });
            let way = read.way.filter(|way| way.minutes > 0);
            DayStop {
                time: time.unwrap_or_else(|| "·".to_owned()),
                name: match read.meaning {
                    Meaning::Place(place) => place.name(locale).to_owned(),
                    Meaning::NoVisit | Meaning::Unknown => text.unwrap_or_default(),
                },
                note: match read.meaning {
                    Meaning::Unknown => Some(
                        locale
                            .pick(
                                "lieu que je ne connais pas : non vérifié",
                                "a place I do not know: not checked",
                            )
                            .to_owned(),
                    ),
                    _ => way.map(|way| wording::way(way, locale)),
                },
            }
        });
        let busy = wording::minutes(day.busy, locale);
        sheet.blocks.push(Block::Day {
            heading: day_name(found, at, locale),
            stops: stops.collect(),
            note: Some(match locale {
                Locale::Fr => format!("Visites et trajets : environ {busy}."),
                Locale::En => format!("Visits and ways: about {busy}."),
            }),
        });
    }
    sheet.notes.push(
        locale
            .pick(
                "Durées, trajets et fermetures sont des règles habituelles : « souvent », pas « sûrement ».",
                "Times, ways and closing days are usual rules: “often”, not “surely”.",
            )
            .to_owned(),
    );
    if !found.is_dated {
        let note = locale.pick(
            "Sans les dates je ne peux pas vérifier les jours de fermeture ni les fériés.",
            "Without the dates I cannot check closing days or public holidays.",
        );
        sheet.notes.push(note.to_owned());
    }
    sheet.sources = [&sights::SOURCE, &way::SOURCE, &opening::SOURCE]
        .map(|source| wording::origin(source, locale))
        .into();
    Some(Card::Sheet(Box::new(sheet)))
}

fn problems(found: &CheckFound, locale: Locale) -> Option<Block> {
    let report = found.report.as_ref()?;
    let items = report.findings.iter().map(|finding| {
        let mut item = Item::new(
            about(found, finding, locale),
            problem(found, finding, locale),
        );
        item.note = finding
            .advice
            .and_then(|what| advice(found, finding, what, locale));
        item
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| Block::Items {
        heading: Some(locale.pick("Ce qui coince", "What clashes").to_owned()),
        items,
    })
}

/// "Jour 2 · lundi 3 mai 2027".
fn day_name(found: &CheckFound, at: usize, locale: Locale) -> String {
    let nth = at + 1;
    let date = found.listed.get(at).and_then(|day| day.date);
    let name = match locale {
        Locale::Fr => format!("Jour {nth}"),
        Locale::En => format!("Day {nth}"),
    };
    match date {
        Some(date) => format!("{name} · {}", format::date(date, locale)),
        None => name,
    }
}

/// An entry by its name, or as it was written.
pub(super) fn entry_name(found: &CheckFound, day: usize, entry: usize, locale: Locale) -> String {
    let read = found
        .report
        .as_ref()
        .and_then(|report| report.days.get(day)?.entries.get(entry));
    let place = read.and_then(|read| read.meaning.place());
    let text = || Some(found.listed.get(day)?.entries.get(entry)?.text.clone());
    let name = place.map(|place| place.name(locale).to_owned());
    name.or_else(text).unwrap_or_default()
}

fn about(found: &CheckFound, finding: &Finding, locale: Locale) -> String {
    let day = match locale {
        Locale::Fr => format!("Jour {}", finding.day + 1),
        Locale::En => format!("Day {}", finding.day + 1),
    };
    match finding.entry {
        Some(entry) => format!("{day} · {}", entry_name(found, finding.day, entry, locale)),
        None => day,
    }
}

/// What is wrong, in a few words.
pub(super) fn problem(found: &CheckFound, finding: &Finding, locale: Locale) -> String {
    match finding.problem {
        Problem::Unknown => locale
            .pick(
                "je ne connais pas ce lieu : il existe peut-être, je ne l’ai pas vérifié",
                "I do not know this place: it may well exist, I did not check it",
            )
            .to_owned(),
        Problem::Apart { from, way, spare } => {
            let from = entry_name(found, finding.day, from, locale);
            let way = wording::way(way, locale);
            match (spare, locale) {
                (Some(spare), Locale::Fr) => {
                    let spare = wording::minutes(spare, locale);
                    format!("{way} depuis {from}, et il n’y a que {spare}")
                }
                (Some(spare), Locale::En) => {
                    let spare = wording::minutes(spare, locale);
                    format!("{way} from {from}, and there is only {spare}")
                }
                (None, Locale::Fr) => format!("loin de {from} : {way}"),
                (None, Locale::En) => format!("far from {from}: {way}"),
            }
        }
        Problem::TooLong { minutes, limit } => {
            let (minutes, limit) = (
                wording::minutes(minutes, locale),
                wording::minutes(limit, locale),
            );
            match locale {
                Locale::Fr => {
                    format!("trop chargé : {minutes} de visites et trajets, {limit} raisonnables")
                }
                Locale::En => {
                    format!("too full: {minutes} of visits and ways, {limit} are reasonable")
                }
            }
        }
        Problem::Shut(shut) => match (shut, locale) {
            (opening::Shut::Holiday, Locale::Fr) => "jour férié : souvent fermé".to_owned(),
            (opening::Shut::Holiday, Locale::En) => "public holiday: often closed".to_owned(),
            (_, Locale::Fr) => "souvent fermé ce jour-là".to_owned(),
            (_, Locale::En) => "often closed on that day".to_owned(),
        },
        Problem::Hours { from, to } => {
            let (from, to) = (clock(from), clock(to));
            match locale {
                Locale::Fr => format!("ouvre d’ordinaire de {from} à {to}"),
                Locale::En => format!("usually open from {from} to {to}"),
            }
        }
        Problem::BeforeArrival { ready } => {
            let ready = clock(ready.time());
            match locale {
                Locale::Fr => format!("avant votre arrivée : prêt vers {ready}"),
                Locale::En => format!("before you arrive: ready at about {ready}"),
            }
        }
        Problem::AfterDeparture { leave } => {
            let leave = clock(leave.time());
            match locale {
                Locale::Fr => format!("après le départ pour l’aéroport, vers {leave}"),
                Locale::En => format!("after you leave for the airport, at about {leave}"),
            }
        }
        Problem::Twice { day, .. } => match locale {
            Locale::Fr => format!("déjà au jour {}", day + 1),
            Locale::En => format!("already on day {}", day + 1),
        },
    }
}

/// What to do about it.
pub(super) fn advice(
    found: &CheckFound,
    finding: &Finding,
    advice: Advice,
    locale: Locale,
) -> Option<String> {
    let name = |entry| entry_name(found, finding.day, entry, locale);
    Some(match (advice, locale) {
        (Advice::Move { entry, day }, Locale::Fr) => {
            format!("déplacez {} au jour {}", name(entry), day + 1)
        }
        (Advice::Move { entry, day }, Locale::En) => {
            format!("move {} to day {}", name(entry), day + 1)
        }
        (Advice::Begin { entry, at }, Locale::Fr) => {
            format!("commencez {} à {}", name(entry), clock(rounded(at)))
        }
        (Advice::Begin { entry, at }, Locale::En) => {
            format!("begin {} at {}", name(entry), clock(rounded(at)))
        }
        (Advice::Drop { entry }, Locale::Fr) => format!("renoncez à {}", name(entry)),
        (Advice::Drop { entry }, Locale::En) => format!("leave out {}", name(entry)),
    })
}

/// The next five minutes: nobody plans to the minute.
fn rounded(time: Time) -> Time {
    let late = (5 - time.minute() % 5) % 5;
    let step = jiff::SignedDuration::from_mins(late.into());
    time.checked_add(step).unwrap_or(time)
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The same for models that read text.
pub(super) fn text(found: &CheckFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    let Some(report) = &found.report else {
        return format!("{city} is not known: the plan was not checked.");
    };
    let mut text = match report.findings.is_empty() {
        true => format!("Nothing speaks against this plan for {city}, by usual rules."),
        false => format!("What clashes in this plan for {city}, by usual rules:"),
    };
    for finding in &report.findings {
        let (about, problem) = (
            about(found, finding, locale),
            problem(found, finding, Locale::En),
        );
        let advice = finding
            .advice
            .and_then(|what| advice(found, finding, what, Locale::En));
        let advice = advice
            .map(|advice| format!("; {advice}"))
            .unwrap_or_default();
        text.push_str(&format!("\n- {about}: {problem}{advice}"));
    }
    if !found.is_dated {
        text.push_str("\nNo dates: closing days and holidays were not checked.");
    }
    text
}

/// The names that are not known, as they were written.
pub(super) fn unknown(found: &CheckFound, locale: Locale) -> Vec<String> {
    let findings = found.report.iter().flat_map(|report| &report.findings);
    let unknown = findings.filter(|finding| finding.problem == Problem::Unknown);
    let names = unknown.filter_map(|finding| {
        let name = entry_name(found, finding.day, finding.entry?, locale);
        Some(quoted(&name, locale))
    });
    names.collect()
}
