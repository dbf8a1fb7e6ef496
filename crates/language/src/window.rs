//! A window on the understanding: one line in, one JSON object out (`travel-agent understand`).

use jiff::{
    Zoned,
    civil::{Date, time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::read::{Input, understand};
use crate::{
    asked::asked_slot,
    intent::{Detection, Evidence, language::detect_language, settle},
    pending::Pending,
    question::{Question, Said},
};
use crate::{
    reading::{
        AirlineMention, DateSpan, Details, LeftOver, PartyMention, Place, PlaceKind, Reading,
        SlotName,
    },
    trip::{Route, TripRequest},
    wish::{Budget, Change, Wish},
};
use travel::locale::Locale;
use travel::{Cabin, Iata, Money};

/// A line of input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The message.
    pub text: String,
    /// The agent's message before it.
    #[serde(default)]
    pub previous: Option<String>,
    /// The visitor's language; `None` = that of the message.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// Whether "03/04" is the 4th of March.
    #[serde(default)]
    pub month_first: bool,
    /// The visitor's day; `None` = the clock's.
    #[serde(default)]
    pub today: Option<Date>,
    /// Whether an offer has been proposed and not yet answered.
    #[serde(default)]
    pub pending_proposal: bool,
}

impl Line {
    /// The language that the line is answered in: the given one, else the message's, else that of
    /// the message before it, else French.
    #[must_use]
    pub fn locale(&self) -> Locale {
        let before = || detect_language(self.previous.as_deref()?);
        self.locale
            .or_else(|| detect_language(&self.text))
            .or_else(before)
            .unwrap_or_default()
    }

    /// What the message says. `now`: the clock, in the visitor's zone.
    #[must_use]
    pub fn reading(&self, now: &Zoned) -> Reading {
        let noon = |day: Date| {
            day.to_datetime(time(12, 0, 0, 0))
                .to_zoned(TimeZone::UTC)
                .ok()
        };
        let pinned = self.today.and_then(noon);
        understand(&Input {
            text: &self.text,
            previous: self.previous.as_deref(),
            locale: self.locale(),
            month_first: self.month_first,
            now: pinned.as_ref().unwrap_or(now),
            trip: &TripRequest::default(),
            asked: None,
        })
    }
}

/// A line of output.
#[derive(Clone, Debug, Serialize)]
pub struct Answer<'a> {
    /// The message.
    pub text: &'a str,
    /// Its language.
    pub locale: Locale,
    /// The intent's name.
    pub intent: &'static str,
    /// Its probability.
    pub confidence: f64,
    /// The first trip, flat.
    pub slots: SlotsView,
    /// Every trip, with all of its legs.
    pub trips: Vec<Route>,
    /// What is wanted, preferred or refused.
    pub wishes: Vec<Wish>,
    /// What it may cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<Budget>,
    /// Changes to the trip that is there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What is asked besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Said<Question>>,
    /// What is said beyond the flights.
    #[serde(skip_serializing_if = "Details::is_empty")]
    pub details: Details,
    /// Words that were used by nothing.
    pub left_over: Vec<LeftOver>,
}

impl<'a> Answer<'a> {
    /// The answer to a line, with the intent that the classifier gave.
    #[must_use]
    pub fn new(line: &'a Line, detection: &Detection, now: &Zoned) -> Self {
        let reading = line.reading(now);
        let asked = line.previous.as_deref().and_then(asked_slot);
        let asked = asked.map(Pending::slot);
        let evidence = Evidence {
            text: &line.text,
            reading: &reading,
            asked: asked.as_ref(),
            planned: false,
            about_offers: false,
        };
        let intent = settle(detection.intent, detection.confidence, &evidence);
        Self {
            text: &line.text,
            locale: line.locale(),
            intent: intent.as_str(),
            confidence: f64::from(detection.confidence),
            slots: SlotsView::from(&reading),
            trips: reading.trips(),
            wishes: reading.wishes,
            money: reading.money,
            changes: reading.changes,
            questions: reading.questions,
            details: reading.details,
            left_over: reading.left_over,
        }
    }
}

/// The slots as people measure them; absent when not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SlotsView {
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<PlaceView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<PlaceView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depart_date: Option<DateSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_date: Option<DateSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passengers: Option<PartyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cabin: Option<Cabin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_stops: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    airline: Option<AirlineMention>,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<Money>,
}

/// A place; for a name that stands for several, the codes of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct PlaceView {
    surface: String,
    kind: PlaceKind,
    codes: Vec<Iata>,
}

/// Counts of passengers; children without their ages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct PartyView {
    #[serde(skip_serializing_if = "Option::is_none")]
    adults: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    children: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    infants: Option<u8>,
}

impl From<&Reading> for SlotsView {
    fn from(reading: &Reading) -> Self {
        Self {
            origin: place(reading, SlotName::Origin, reading.origin.as_ref()),
            destination: place(reading, SlotName::Destination, reading.destination.as_ref()),
            depart_date: reading.depart_date.clone(),
            return_date: reading.return_date.clone(),
            passengers: reading.passengers.as_ref().map(party),
            cabin: reading.cabin,
            max_stops: reading.max_stops,
            airline: reading.airline.clone(),
            budget: reading.budget,
        }
    }
}

fn place(reading: &Reading, slot: SlotName, known: Option<&Place>) -> Option<PlaceView> {
    if let Some(place) = known {
        return Some(PlaceView {
            surface: place.surface.clone(),
            kind: place.kind,
            codes: place.codes.clone(),
        });
    }
    let open = reading.ambiguities.iter().find(|open| open.slot == slot)?;
    Some(PlaceView {
        surface: open.surface.clone(),
        kind: open.options.first()?.kind,
        codes: open
            .options
            .iter()
            .flat_map(|option| option.codes.clone())
            .collect(),
    })
}

fn party(mention: &PartyMention) -> PartyView {
    PartyView {
        adults: mention.adults,
        children: mention.children.as_ref().map(Vec::len),
        infants: mention.infants,
    }
}
