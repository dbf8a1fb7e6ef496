//! A sheet: the card of a planning tool. Its words are in the language of the answer and its figures
//! are written out, so that one page template shows every sheet, and a new capability brings none.
//!
//! Programs that want the values and not the words ask the endpoint of the tool (docs/api.md).

use serde::{Deserialize, Serialize};

/// A card of titled blocks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Name of the tool that made it.
    pub tool: String,
    /// What it is about.
    pub title: String,
    /// A line under the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What to know of the figures: that they are indicative, what is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where the figures come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Origin>,
}

/// Where figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The source's name.
    pub name: String,
    /// Its day, month or year.
    pub as_of: String,
    /// Whether the figures were worked out from it and are not its own.
    #[serde(default)]
    pub derived: bool,
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Labels and values.
    Facts {
        /// What they are of; `None` = of the sheet's subject.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heading: Option<String>,
        /// In order.
        facts: Vec<Fact>,
    },
    /// Things with a word on each.
    Items {
        /// What they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heading: Option<String>,
        /// Best first.
        items: Vec<Item>,
    },
    /// Rows under a head; every row has as many cells as the head.
    Table {
        /// What it shows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heading: Option<String>,
        /// Names of the columns.
        head: Vec<String>,
        /// Rows; the first cell names the row.
        rows: Vec<Vec<String>>,
        /// The row that stands out, counted from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        best: Option<usize>,
    },
    /// The climate of a year, month by month.
    Climate(Climate),
    /// The course of a day.
    Day {
        /// Which day.
        heading: String,
        /// Its stops, in order.
        stops: Vec<DayStop>,
        /// What to know of it: where to go when it rains.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Pages and files of this application.
    Links {
        /// In order.
        links: Vec<Link>,
    },
    /// A map.
    Map(Map),
    /// What can be said next, as buttons.
    Next {
        /// Messages.
        say: Vec<Say>,
    },
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Written out.
    pub value: String,
    /// What to know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Address of the one official page on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A thing with a word on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it is: kind, usual time, distance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why it stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// A message that goes on from it, as a button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<Say>,
}

/// A page or file of this application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is.
    pub label: String,
    /// Its path, such as `/trips/….ics`.
    pub path: String,
}

/// A message on a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Say {
    /// What stands on the button.
    pub label: String,
    /// What is sent.
    pub message: String,
}

/// A stop of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayStop {
    /// When: `09:30–11:00`.
    pub time: String,
    /// What.
    pub name: String,
    /// What to know of it: the way there, closing days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The climate of a year: means, no forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Climate {
    /// What it is of.
    pub heading: String,
    /// January to December.
    pub months: Vec<ClimateMonth>,
}

/// A month of it; what the station did not report is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClimateMonth {
    /// Its name.
    pub name: String,
    /// Mean of the coldest temperature of each day, in whole °C.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<i32>,
    /// Mean of the warmest temperature of each day, in whole °C.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<i32>,
    /// Days with 1 mm of rain or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rain_days: Option<u8>,
    /// Whether the journey is in it.
    #[serde(default)]
    pub own: bool,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// How.
    pub kind: MapKind,
    /// What it shows.
    #[serde(default)]
    pub title: String,
    /// The places, in the order in which they are visited.
    pub pins: Vec<Pin>,
    /// Names that only give orientation, such as quarters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Pin>,
    /// The same in a sentence, for who does not see it.
    pub text: String,
}

/// Kinds of maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapKind {
    /// Flights between cities, on the outlines of the land.
    Route,
    /// A day in a city, as a scheme with a scale: there is no street data.
    Day,
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// Its name.
    pub name: String,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
}

impl Sheet {
    /// An empty sheet of a tool.
    #[must_use]
    pub fn new(tool: &str, title: impl Into<String>) -> Self {
        Self {
            tool: tool.to_owned(),
            title: title.into(),
            ..Self::default()
        }
    }

    /// The same with a block more, if there is one.
    #[must_use]
    pub fn with(mut self, block: impl Into<Option<Block>>) -> Self {
        self.blocks.extend(block.into());
        self
    }
}

impl Fact {
    /// A fact of which there is nothing more to know.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            note: None,
            link: None,
        }
    }
}

impl Item {
    /// A name with a word on it.
    #[must_use]
    pub fn new(name: impl Into<String>, detail: impl Into<Option<String>>) -> Self {
        Self {
            name: name.into(),
            detail: detail.into(),
            note: None,
            say: None,
        }
    }
}
