//! What the tools for the trip answer.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{grounding::Ground, locale::Locale, tools::Data, trip::Trip};

/// Forms that a trip is handed out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// iCalendar (RFC 5545).
    Calendar,
    /// GPX 1.1, for maps and watches; where there is a plan of days.
    Gpx,
    /// Markdown.
    Markdown,
    /// JSON.
    Json,
    /// A page to print.
    Print,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Calendar,
        Self::Gpx,
        Self::Markdown,
        Self::Json,
        Self::Print,
    ];

    /// What people call it.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Calendar => locale.pick("Calendrier (.ics)", "Calendar (.ics)"),
            Self::Gpx => locale.pick("Parcours GPX (.gpx)", "GPX track (.gpx)"),
            Self::Markdown => "Markdown (.md)",
            Self::Json => "JSON",
            Self::Print => locale.pick("Version à imprimer", "Version to print"),
        }
    }

    /// Where this application has it.
    #[must_use]
    pub fn path(self, conversation: Uuid) -> String {
        match self {
            Self::Calendar => format!("/trips/{conversation}.ics"),
            Self::Gpx => format!("/trips/{conversation}.gpx"),
            Self::Markdown => format!("/trips/{conversation}.md"),
            Self::Json => format!("/trips/{conversation}.json"),
            Self::Print => format!("/trips/{conversation}/print"),
        }
    }
}

/// The files of a trip.
#[derive(Clone, Debug)]
pub struct TripFiles {
    /// The trip's title; `None` = there is no trip yet.
    pub title: Option<String>,
    /// The forms that there are.
    pub forms: Vec<Form>,
}

/// A change that was taken back.
#[derive(Clone, Debug)]
pub struct TripUndone {
    /// The trip as it is again; `None` = there was nothing to take back.
    pub now: Option<Trip>,
}

impl Data for TripFiles {
    fn ground(&self, _ground: &mut Ground) {}
}

impl Data for TripUndone {
    fn ground(&self, ground: &mut Ground) {
        let Some(trip) = &self.now else {
            return;
        };
        for stay in &trip.stays {
            ground.add_amount(stay.total);
        }
        if let Some(flight) = &trip.flight {
            ground.add_offer(flight);
        }
    }
}
