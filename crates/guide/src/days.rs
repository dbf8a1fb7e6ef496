//! The itinerary of a stay: days of real sights, grouped by neighbourhood, with walking times. Every
//! time in it is derived by rules of ours ([`way::SOURCE`](crate::way::SOURCE),
//! [`opening::SOURCE`](crate::opening::SOURCE)); the same request gives the same days everywhere.

mod candidate;
mod choose;
mod fill;
mod layout;
mod limits;
mod meals;
mod rain;
mod window;

use jiff::civil::{Date, Time};
use serde::Serialize;
use travel::{Iata, Locale};

pub use limits::{Limits, OUTING_WAY};
pub use meals::Table;
pub use rain::{RAINY, Shelter};
pub use travel::Pace;
pub use window::{AFTER_LANDING, BEFORE_TAKE_OFF, Flight, MAX_DAYS, TRANSFER};

use crate::{
    Point, destination, dishes,
    dishes::Dish,
    opening::Shut,
    quarters::Quarter,
    sights::{Kind, Sight},
    way::Way,
};

/// What an itinerary is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where.
    pub destination: Iata,
    /// The first day there.
    pub first: Date,
    /// The last day there.
    pub last: Date,
    /// The flight that brings the visitor, where it is known.
    pub arrival: Option<Flight>,
    /// The flight home, where it is known.
    pub departure: Option<Flight>,
    /// Where days start and end: the stay or the middle of its quarter; the centre when it is not
    /// known.
    pub base: Option<Point>,
    /// How fast.
    pub pace: Pace,
    /// Whether children come along.
    pub children: bool,
    /// Public holidays there.
    pub holidays: Vec<Date>,
    /// Share of days with rain in that month, from 0 to 1, where it is known.
    pub rain: Option<f32>,
    /// Kinds of sights that are liked.
    pub liked: Vec<Kind>,
    /// Sights that must be in it if at all possible.
    pub wanted: Vec<&'static Sight>,
    /// Sights that must not be in it.
    pub unwanted: Vec<&'static Sight>,
}

impl Request {
    /// A request for these days at the usual pace, with nothing else known.
    #[must_use]
    pub const fn new(destination: Iata, first: Date, last: Date) -> Self {
        Self {
            destination,
            first,
            last,
            arrival: None,
            departure: None,
            base: None,
            pace: Pace::Normal,
            children: false,
            holidays: Vec::new(),
            rain: None,
            liked: Vec::new(),
            wanted: Vec::new(),
            unwanted: Vec::new(),
        }
    }

    /// Where days start and end; `None` for a destination that we do not know.
    #[must_use]
    pub fn base(&self) -> Option<Point> {
        self.base
            .or_else(|| Some(destination::by_code(self.destination)?.at()))
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Before noon.
    Morning,
    /// From noon to half past two, while lunch may begin.
    Midday,
    /// From then to six.
    Afternoon,
    /// From six on.
    Evening,
}

impl Part {
    /// The part in which a time lies.
    #[must_use]
    pub fn of(time: Time) -> Self {
        match (time.hour(), time.minute()) {
            (..12, _) => Self::Morning,
            (12..14, _) | (14, ..=30) => Self::Midday,
            (14..18, _) => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Morning => locale.pick("matin", "morning"),
            Self::Midday => locale.pick("midi", "midday"),
            Self::Afternoon => locale.pick("après-midi", "afternoon"),
            Self::Evening => locale.pick("soir", "evening"),
        }
    }
}

/// A seen sight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Visit {
    /// The sight.
    pub sight: &'static Sight,
    /// Minutes planned for it: the usual ones, fewer with children or when it would fill the day.
    pub minutes: u16,
}

/// What one does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Sees a sight.
    Visit {
        /// The sight.
        visit: Visit,
        /// Whether it is so long that one eats there at noon.
        with_lunch: bool,
    },
    /// Eats.
    Meal {
        /// Where.
        table: Table,
        /// Whether it is dinner; else it is lunch.
        dinner: bool,
        /// Dishes of the country to try.
        dishes: Vec<&'static Dish>,
    },
}

/// A step of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Local time at which it begins.
    pub from: Time,
    /// Local time at which it ends.
    pub to: Time,
    /// Where it is.
    pub at: Point,
    /// The way from the step before, or from the stay.
    pub way: Way,
    /// What one does.
    pub what: What,
}

impl Step {
    /// The part of the day in which it begins.
    #[must_use]
    pub fn part(&self) -> Part {
        Part::of(self.from)
    }

    /// The sight that is seen.
    #[must_use]
    pub const fn sight(&self) -> Option<&'static Sight> {
        match &self.what {
            What::Visit { visit, .. } => Some(visit.sight),
            What::Meal { .. } => None,
        }
    }
}

/// A day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// Its date.
    pub date: Date,
    /// Whether it is a public holiday.
    pub holiday: bool,
    /// From when to when it can be planned, local time; `None` when flights leave nothing of it.
    pub hours: Option<(Time, Time)>,
    /// The quarter that most of it is near to, where we know one.
    pub quarter: Option<&'static Quarter>,
    /// Its steps in order; the first starts at the stay.
    pub steps: Vec<Step>,
    /// The way back to the stay; none on a day without steps.
    pub back: Option<Way>,
    /// Minutes of visits and ways.
    pub busy: u16,
    /// Minutes on the way, and of them on foot.
    pub ways: (u16, u16),
    /// Where to go instead when it rains.
    pub shelters: Vec<Shelter>,
}

impl Day {
    /// The sights that are seen, in order.
    pub fn sights(&self) -> impl Iterator<Item = &'static Sight> {
        self.steps.iter().filter_map(Step::sight)
    }

    /// The steps of a part of the day.
    pub fn part(&self, part: Part) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.part() == part)
    }
}

/// Why a well-known sight is not in the itinerary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Often closed on every day of the stay.
    Shut(Shut),
    /// A long way from the stay.
    Far,
    /// No room for it.
    Time,
}

/// A well-known sight that is not in the itinerary.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The sight.
    pub sight: &'static Sight,
    /// Why.
    pub reason: Reason,
}

/// Days of a stay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Itinerary {
    /// Where.
    pub destination: Iata,
    /// Where days start and end.
    pub base: Point,
    /// How fast.
    pub pace: Pace,
    /// Whether children come along.
    pub children: bool,
    /// The days in order.
    pub days: Vec<Day>,
    /// Those of the ten best known sights, and of the wanted ones, that are not in it.
    pub left_out: Vec<LeftOut>,
}

/// Plans the days of a stay; `None` for a destination that we do not know, or that has no sights.
#[must_use]
pub fn plan(request: &Request) -> Option<Itinerary> {
    let code = destination::by_code(request.destination)?.code;
    let base = request.base()?;
    let mut itinerary = choose::itinerary(request, code, base)?;
    serve(&mut itinerary, code);
    if request.rain.is_some_and(|share| share >= RAINY) {
        rain::shelter(&mut itinerary, request, code);
    }
    Some(itinerary)
}

/// Spreads the dishes of the country over the meals: two at noon, three in the evening, none twice
/// before all were served.
fn serve(itinerary: &mut Itinerary, code: Iata) {
    const KNOWN: usize = 16;
    const VARIED: usize = 3;
    let country = destination::by_code(code).map_or("", |place| place.country);
    let (mut mains, mut others): (Vec<_>, Vec<_>) = dishes::to_try(country, KNOWN)
        .into_iter()
        .partition(|dish| dish.is_main());
    // The same sweet at every meal is worse than none.
    if others.len() < VARIED {
        mains.append(&mut others);
    }
    let mut mains = mains.into_iter().cycle();
    let mut others = others.into_iter().cycle();
    for day in &mut itinerary.days {
        for step in &mut day.steps {
            if let What::Meal { dinner, dishes, .. } = &mut step.what {
                let many = if *dinner { 2 } else { 1 };
                dishes.extend(mains.by_ref().take(many).chain(others.by_ref().take(1)));
                // A country with few dishes must not serve one twice at a meal.
                let mut seen = Vec::new();
                dishes.retain(|dish| {
                    let new = !seen.contains(&dish.name);
                    seen.push(dish.name);
                    new
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
