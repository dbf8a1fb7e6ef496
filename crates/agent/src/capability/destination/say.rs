//! What the built-in model says of a destination.

use guide::{
    emergency::Service,
    entry::{self, Passport},
    school::Zone,
};
use jiff::civil::Date;

use super::{
    aspect::Aspect,
    calendar, climate, daily, entry as rules,
    found::{ContextFound, airport_of},
    get_destination_context::{GetDestinationContext, GetDestinationContextArgs},
    way,
};
use crate::{
    capability::asking,
    language::{self, PlaceKind, Question, Topic},
    locale::Locale,
    planner::{Brief, LookUp, Progress, Reply, View, phrases},
    travel::{Iata, country},
};

/// Whether a question is one for this capability: some of its subjects are told of two places as well.
pub(super) fn is_here(view: &View<'_>, question: &Question) -> bool {
    match question.topic {
        // The way between two places, or from home, is another question.
        Topic::Distance => {
            let two = question.origin.is_some() && question.destination.is_some();
            !two && view.words.any("aeroport|airport")
        }
        // Now it is one of clocks; at a later day, or beside other facts, it is of the stay.
        Topic::TimeDifference => {
            let mut all = view.context.reading.brought_up();
            let beside =
                all.any(|other| other.topic != Topic::TimeDifference && is_asked_here(other.topic));
            question.dates.is_some() || beside
        }
        _ => true,
    }
}

const fn is_asked_here(topic: Topic) -> bool {
    !matches!(topic, Topic::Distance) && Aspect::of(topic).is_some()
}

/// Whose entry rules are asked for.
enum Traveller {
    /// This passport; whether it was only assumed from home.
    Of(Passport, bool),
    /// One that the tables do not have.
    Unknown(String),
    /// Nobody said.
    Unsaid,
}

impl Traveller {
    fn of(brief: &Brief<'_>, locale: Locale) -> Self {
        let said = brief.said.passport.as_ref();
        match said.or(brief.details.passport.as_ref()) {
            Some(language::Passport::Of(code)) => match code.parse() {
                Ok(passport) => Self::Of(passport, false),
                Err(_) => {
                    let known = country::by_code(code).map(|country| country.name(locale));
                    Self::Unknown(known.unwrap_or(code).to_owned())
                }
            },
            Some(language::Passport::Unknown(text)) => Self::Unknown(text.clone()),
            None => {
                let home = brief.home.and_then(airport_of).map(|home| home.country);
                match home.and_then(|code| code.parse().ok()) {
                    Some(passport) => Self::Of(passport, true),
                    None => Self::Unsaid,
                }
            }
        }
    }

    const fn passport(&self) -> Option<Passport> {
        match self {
            Self::Of(passport, _) => Some(*passport),
            Self::Unknown(_) | Self::Unsaid => None,
        }
    }
}

/// The next step for a question about a destination.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let needs_no_place = brief.topic == Topic::SchoolHolidays;
    let (code, other) = match turned(view, brief) {
        Some((there, named)) => (Some(there), Some(named)),
        None => (code_of(brief), None),
    };
    if code.is_none() && !needs_no_place {
        return asking::which_place(view, brief);
    }
    let traveller = Traveller::of(brief, view.locale());
    if brief.topic == Topic::Visa && traveller.passport().is_none() {
        return which_passport(view, brief, &traveller);
    }
    let mut args = arguments(view, brief, code, &traveller);
    if let Some(home) = other {
        args.home = Some(home.to_string());
    }
    match view.look_up::<GetDestinationContext, ContextFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(answer(view, brief, found, &traveller)),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

/// The code that the place is looked up by.
fn code_of(brief: &Brief<'_>) -> Option<Iata> {
    let known = brief.destination.map(|place| place.code);
    known.or_else(|| brief.place?.codes.first().copied())
}

/// "How many hours behind Paris is it?", of Lima: the place that is meant, and the one that is named.
fn turned(view: &View<'_>, brief: &Brief<'_>) -> Option<(Iata, Iata)> {
    let compares = "behind|ahead of|par rapport a|de plus qu|de moins qu";
    if brief.topic != Topic::TimeDifference || !view.words.any(compares) {
        return None;
    }
    let trip = &view.context.trip;
    let named = code_of(brief)?;
    let meant = trip.destination.as_ref()?.codes.first().copied()?;
    let origin = view.context.reading.origin.is_some();
    (meant != named && !origin).then_some((meant, named))
}

/// One look-up for all questions of the message about the place.
fn arguments(
    view: &View<'_>,
    brief: &Brief<'_>,
    code: Option<Iata>,
    traveller: &Traveller,
) -> GetDestinationContextArgs {
    let about = aspects(view, brief, traveller);
    let asks = |aspect| about.is_empty() || about.contains(&aspect);
    let span = said_days(view, brief).or(brief.days).or(brief.within);
    let month =
        span.filter(|(from, to)| *from == from.first_of_month() && *to == from.last_of_month());
    let days = span.filter(|_| month.is_none());
    let home = home(view, brief).filter(|home| Some(*home) != code);
    let for_home = [Aspect::Time, Aspect::Plugs].into_iter().any(asks);
    GetDestinationContextArgs {
        city: code.map(|code| code.to_string()),
        check_in: days.map(|(from, _)| from),
        check_out: days.map(|(_, to)| to),
        month: month.map(|(from, _)| from.strftime("%Y-%m").to_string()),
        passport: traveller
            .passport()
            .filter(|_| asks(Aspect::Entry))
            .map(|passport| passport.code().to_owned()),
        home: home.filter(|_| for_home).map(|home| home.to_string()),
        currency: asks(Aspect::Currency).then(|| view.currency().to_string()),
        about,
    }
}

/// The days of the message where the words of the question would name others, or their last one alone:
/// "du 12 au 19 avril, est-ce pendant les vacances ?".
fn said_days(view: &View<'_>, brief: &Brief<'_>) -> Option<(Date, Date)> {
    let reading = &view.context.reading;
    let from = reading.depart_date.as_ref()?;
    let own = brief.days.or(brief.within).map(|(_, last)| last);
    let last = match brief.topic {
        Topic::SchoolHolidays => from.to,
        Topic::Holidays => own?.max(from.to),
        _ => return None,
    };
    let to = reading.return_date.as_ref().map_or(last, |back| back.to);
    (from.from <= to).then_some((from.from, to))
}

/// What the message asks of this place; empty = all of it.
fn aspects(view: &View<'_>, brief: &Brief<'_>, traveller: &Traveller) -> Vec<Aspect> {
    let questions = view.context.reading.brought_up();
    let same = questions.filter(|question| {
        let other = Brief::of(view, question);
        is_here(view, question)
            && code_of(&other) == code_of(brief)
            && other.days == brief.days
            && other.within == brief.within
    });
    let mut topics: Vec<Topic> = same.map(|question| question.topic).collect();
    if !topics.contains(&brief.topic) {
        topics.push(brief.topic);
    }
    if topics.contains(&Topic::Overview) {
        return Vec::new();
    }
    let known = topics.into_iter().filter_map(Aspect::of);
    let mut about: Vec<Aspect> = Vec::new();
    for aspect in known {
        let told = aspect != Aspect::Entry || traveller.passport().is_some();
        if told && !about.contains(&aspect) {
            about.push(aspect);
        }
    }
    about
}

/// Where the travellers come from: as the question says, or where the trip begins.
fn home(view: &View<'_>, brief: &Brief<'_>) -> Option<Iata> {
    let questions = view.context.reading.brought_up();
    let own = questions
        .filter(|question| question.topic == brief.topic && question.destination.is_some())
        .find_map(|question| question.origin.as_ref());
    let said = own.or(view.context.reading.origin.as_ref());
    let said = said.filter(|place| brief.place.is_none_or(|other| other.codes != place.codes));
    let said = said.and_then(|place| place.codes.first().copied());
    said.or_else(|| named_home(view, brief)).or(brief.home)
}

/// Whose plugs are compared, where no place but a country or its people are named: "my UK plugs".
fn named_home(view: &View<'_>, brief: &Brief<'_>) -> Option<Iata> {
    const HOMES: [(&str, &str); 6] = [
        ("france |francais|french", "PAR"),
        ("uk |british|royaume uni|anglais|england", "LON"),
        ("us |usa |american|americain", "NYC"),
        ("suisse|swiss", "GVA"),
        ("belgique|belge|belgian|belgium", "BRU"),
        ("canad", "YUL"),
    ];
    if brief.topic != Topic::Plugs {
        return None;
    }
    let named = HOMES.iter().filter(|(stems, _)| view.words.any(stems));
    let codes = named.filter_map(|(_, code)| code.parse().ok());
    let country = |code: Iata| airport_of(code).map(|airport| airport.country);
    let here = code_of(brief).and_then(country);
    codes.into_iter().find(|code| country(*code) != here)
}

fn answer(
    view: &View<'_>,
    brief: &Brief<'_>,
    found: &ContextFound,
    traveller: &Traveller,
) -> Reply {
    let locale = view.locale();
    let text = match Aspect::of(brief.topic) {
        Some(aspect) => sentence(aspect, view, found),
        None => overview(found, locale),
    };
    let text = match taken(brief, found, locale) {
        Some(note) => format!("{text} {note}"),
        None => text,
    };
    match traveller {
        Traveller::Of(passport, true) if brief.topic == Topic::Visa => {
            let name = rules::adjective(*passport, locale);
            let note = match locale {
                Locale::Fr => format!(
                    "J’ai supposé un passeport {name}, d’après votre départ\u{a0}: dites-moi si \
                     c’en est un autre."
                ),
                Locale::En => format!(
                    "I assumed a {name} passport from where you leave: tell me if it is another."
                ),
            };
            Reply::asking(format!("{text} {note}"), asking::again(view, brief))
        }
        _ => text.into(),
    }
}

fn sentence(aspect: Aspect, view: &View<'_>, found: &ContextFound) -> String {
    let (locale, words) = (view.locale(), &view.words);
    match aspect {
        Aspect::Climate => climate::weather(found, locale),
        Aspect::Season => climate::best(found, locale),
        Aspect::Entry => rules::sentence(found, locale),
        Aspect::Currency => daily::currency(found, locale),
        Aspect::Languages => daily::language(found, locale),
        Aspect::Plugs => daily::plugs(found, locale),
        Aspect::Driving => {
            let rules = words.any("peage|limit|vitesse|permis|speed|toll|licen");
            daily::driving(found, rules, locale)
        }
        Aspect::Emergency => {
            let service = [
                (Service::Police, "police|cop"),
                (
                    Service::Ambulance,
                    "ambulance|samu|medecin|doctor|blesse|hurt|injur",
                ),
                (Service::Fire, "pompier|fire|incendie"),
            ];
            let asked: Vec<_> = service
                .iter()
                .filter(|(_, stems)| words.any(stems))
                .collect();
            let one = match asked.as_slice() {
                [(service, _)] => Some(*service),
                _ => None,
            };
            daily::emergency(found, one, locale)
        }
        Aspect::Time => way::time(found, locale),
        Aspect::Holidays => calendar::holidays(found, locale),
        Aspect::SchoolHolidays => {
            let zones = [
                (Zone::A, "zone a "),
                (Zone::B, "zone b "),
                (Zone::C, "zone c "),
            ];
            let zone = zones.into_iter().find(|(_, stem)| words.any(stem));
            calendar::school(found, zone.map(|(zone, _)| zone), locale)
        }
        Aspect::Airports => way::airports(found, locale),
    }
}

/// The little of everything; the rest is on the card.
fn overview(found: &ContextFound, locale: Locale) -> String {
    let mut text = match found.context.climate {
        Some(_) => climate::weather(found, locale),
        None => String::new(),
    };
    if found.context.currency.is_some() {
        text = format!("{text} {}", daily::currency(found, locale));
    }
    let more = locale.pick(
        "La fiche donne le reste\u{a0}: langues, prises, urgences, jours fériés, aéroports.",
        "The card has the rest: languages, plugs, emergency numbers, holidays, airports.",
    );
    format!("{} {more}", text.trim())
}

/// Which town was taken for a country or a region.
fn taken(brief: &Brief<'_>, found: &ContextFound, locale: Locale) -> Option<String> {
    let local = matches!(
        brief.topic,
        Topic::Weather
            | Topic::WhenToGo
            | Topic::Overview
            | Topic::Distance
            | Topic::TimeDifference
    );
    let wide = brief
        .place
        .is_some_and(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region));
    if !local || !wide {
        return None;
    }
    let (name, country) = (found.name(locale), found.country_name(locale));
    (name != country).then(|| match locale {
        Locale::Fr => format!("J’ai pris {name}\u{a0}: nommez une autre ville si vous préférez."),
        Locale::En => format!("I took {name}: name another city if you prefer."),
    })
}

/// Asks whose passport it is, or says which ones are known.
fn which_passport(view: &View<'_>, brief: &Brief<'_>, traveller: &Traveller) -> Progress {
    let (locale, known) = (view.locale(), rules::known(view.locale()));
    let country = brief.place.map(|place| place.country.as_str());
    let link = country.and_then(entry::link);
    let text = match (traveller, locale) {
        (Traveller::Unknown(said), Locale::Fr) => {
            let said = phrases::quoted(said, locale);
            let site = link.map(|link| format!(" Le site officiel\u{a0}: {link}"));
            format!(
                "Je n’ai pas les règles d’entrée pour ce passeport ({said})\u{a0}: je connais les passeports \
                 {known}.{}",
                site.unwrap_or_default()
            )
        }
        (Traveller::Unknown(said), Locale::En) => {
            let said = phrases::quoted(said, locale);
            let site = link.map(|link| format!(" The official site: {link}"));
            format!(
                "I do not have the entry rules for that passport ({said}): I know {known} passports.{}",
                site.unwrap_or_default()
            )
        }
        (_, Locale::Fr) => format!(
            "Avec quel passeport\u{a0}? Je connais les règles d’entrée pour les passeports {known}."
        ),
        (_, Locale::En) => {
            format!("With which passport? I know the entry rules for {known} passports.")
        }
    };
    Progress::Say(Reply::asking(text, asking::again(view, brief)))
}
