//! A question for a capability, with what the conversation knows around it.

use guide::{Destination, destination};
use jiff::{ToSpan, civil::Date};

use super::{about, view::View, ways::Ways};
use crate::{
    language::{Budget, DateSpan, Details, Place, Question, Topic},
    locale::Locale,
    travel::{Iata, Party},
};

/// What a capability is asked.
pub(crate) struct Brief<'a> {
    /// Subject.
    pub(crate) topic: Topic,
    /// The place that it is about: that of its clause, of the message, or of the trip.
    pub(crate) place: Option<&'a Place>,
    /// The same as a destination that the tables know.
    pub(crate) destination: Option<&'static Destination>,
    /// Where the travellers live, as far as they said: where the trip begins.
    pub(crate) home: Option<Iata>,
    /// First and last day there, where both are settled.
    pub(crate) days: Option<(Date, Date)>,
    /// The span within which it is to be, where only that is said: a month, a season.
    pub(crate) within: Option<(Date, Date)>,
    /// Nights, where they are said or follow from the days.
    pub(crate) nights: Option<u16>,
    /// Who.
    pub(crate) party: Party,
    /// Whether that was said; else one adult is assumed, and told.
    pub(crate) party_is_said: bool,
    /// What it may cost.
    pub(crate) budget: Option<Budget>,
    /// The ways of a trip of several cities that is asked about as a whole; `None` = it has one city, a day of
    /// it is open, or one city of it is meant.
    pub(crate) ways: Option<Ways>,
    /// One city of a trip of several is meant.
    pub(crate) is_of_one_stop: bool,
    /// What this message says of the stay: the day, the spot.
    pub(crate) said: &'a Details,
    /// What the conversation says of it: comfort, pace, tastes, passport.
    pub(crate) details: &'a Details,
}

impl<'a> Brief<'a> {
    /// What is known around a question; of the first place that it is about.
    pub(crate) fn of(view: &View<'a>, question: &'a Question) -> Self {
        let place = about::places(view, question).into_iter().next();
        Self::at(view, question, place)
    }

    /// The same for each of the places that it is about; at least one.
    pub(crate) fn all(view: &View<'a>, question: &'a Question) -> Vec<Self> {
        let places = about::places(view, question);
        if places.is_empty() {
            return vec![Self::at(view, question, None)];
        }
        let at = |place| Self::at(view, question, Some(place));
        places.into_iter().map(at).collect()
    }

    fn at(view: &View<'a>, question: &'a Question, place: Option<&'a Place>) -> Self {
        let context = view.context;
        let (trip, reading) = (&context.trip, &context.reading);
        // Days of its own clause are of the question alone.
        let own = question.dates.as_ref();
        let said = own.or(reading.depart_date.as_ref());
        let depart = said.or(trip.depart_date.as_ref());
        let back = match reading.depart_date {
            Some(_) => reading.return_date.as_ref(),
            None => trip.return_date.as_ref(),
        };
        let back = back.filter(|_| own.is_none());
        let length = question
            .stay_days
            .or(trip.stay_days.filter(|_| own.is_none()));
        let mut stay = Stay::of(depart, back, length);
        let unsaid = own.is_none() && question.stay_days.is_none();
        // "The five days in Kyoto" are those of the five nights there.
        let there = place.filter(|_| own.is_none());
        let there = there.and_then(|place| about::days(view, question, place));
        let there = there.map(Stay::between).filter(|there| {
            let length = question.stay_days.zip(there.nights);
            unsaid || length.is_some_and(|(days, nights)| days == nights || days == nights + 1)
        });
        if let Some(there) = there {
            stay = there;
        }
        let ways = Ways::of(view, question);
        if let Some(ways) = &ways {
            stay = Stay::between(ways.days);
        }
        let flown = stay.days.is_none() && unsaid && said.is_none();
        if let Some(days) = flown.then(|| about::flown_days(view)).flatten() {
            stay = Stay::between(days);
        }
        Self {
            topic: question.topic,
            place,
            destination: place.and_then(destination_of),
            // What one of several cities costs is told without the flights that lead to all of them.
            home: trip
                .origin
                .as_ref()
                .filter(|_| question.topic != Topic::Cost || about::stops(trip).len() < 2)
                .and_then(|place| place.codes.first().copied()),
            days: stay.days,
            within: depart.map(|span| (span.from, span.to)),
            nights: stay.nights,
            party: trip.party.clone().unwrap_or_default(),
            party_is_said: trip.party.is_some(),
            budget: reading.money.or(trip.money),
            is_of_one_stop: ways.is_none() && about::stops(trip).len() > 1,
            ways,
            said: &reading.details,
            details: &trip.details,
        }
    }

    /// The place by its table's name, or as people named it.
    pub(crate) fn place_name(&self, view: &View<'_>) -> Option<String> {
        let locale = view.locale();
        let known = self.destination.map(|place| place.name(locale).to_owned());
        known.or_else(|| Some(self.place?.surface.clone()))
    }
}

/// When a stay is, as far as it is settled.
struct Stay {
    days: Option<(Date, Date)>,
    nights: Option<u16>,
}

impl Stay {
    /// `length` counts days where people count them: three days are two nights and a plan of three.
    fn of(depart: Option<&DateSpan>, back: Option<&DateSpan>, length: Option<u16>) -> Self {
        let exact = |span: &&DateSpan| span.from == span.to && span.or.is_empty();
        let first = depart.filter(exact).map(|span| span.from);
        let last = back.filter(exact).map(|span| span.from);
        let by_length = || first?.checked_add(i64::from(length?).days()).ok();
        // "From 3 to 8 March" of a question is a span that is the stay.
        let spanned = depart
            .filter(|span| span.from < span.to && span.or.is_empty() && back.is_none())
            .filter(|span| length.is_none() && is_stay(span))
            .map(|span| (span.from, span.to));
        let days = first.zip(last.or_else(by_length)).or(spanned);
        let days = days.filter(|(first, last)| first <= last);
        match days {
            Some(days) => Self::between(days),
            None => Self {
                days,
                nights: length,
            },
        }
    }

    fn between((first, last): (Date, Date)) -> Self {
        let days = first.until(last).map_or(0, |span| span.get_days());
        Self {
            days: Some((first, last)),
            nights: u16::try_from(days).ok(),
        }
    }
}

/// Whether a span is a stay and not the month or season in which one is to be: it is shorter than those, or
/// its days are named, as in "from 3 May to 20 June".
fn is_stay(span: &DateSpan) -> bool {
    let days = span.from.until(span.to).map_or(0, |days| days.get_days());
    let numbers = span.surface.split(|c: char| !c.is_ascii_digit());
    let named = numbers
        .filter_map(|number| number.parse::<u8>().ok())
        .any(|number| (1..=31).contains(&number));
    days <= SHORTER_THAN_A_MONTH || named
}

/// Days of a span that is no month.
const SHORTER_THAN_A_MONTH: i32 = 24;

/// The destination of a place: the town of that name, whose airports are those of another, or else the first
/// of its codes that the tables know.
pub(super) fn destination_of(place: &Place) -> Option<&'static Destination> {
    let town = place.town.as_ref().and_then(|town| {
        let named = |known: &&Destination| known.name(Locale::En).eq_ignore_ascii_case(&town.name);
        destination::all().iter().find(named)
    });
    let named = || {
        let served = place
            .codes
            .iter()
            .find_map(|code| destination::by_code(*code))?;
        let said = language::fold(&place.surface);
        let is = |known: &&Destination| {
            let names = [Locale::Fr, Locale::En].map(|locale| language::fold(known.name(locale)));
            known.country().map(|country| country.code)
                == served.country().map(|country| country.code)
                && names.contains(&said)
        };
        destination::all().iter().find(is)
    };
    let mut codes = place.codes.iter();
    town.or_else(named)
        .or_else(|| codes.find_map(|code| destination::by_code(*code)))
}
