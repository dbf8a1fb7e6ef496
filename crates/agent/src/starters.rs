//! What to ask on an empty page: messages that fit the season, the language and where the visitor is
//! at home. Pure: the day is handed in.

use jiff::{ToSpan, civil::Date};

use crate::{
    locale::Locale,
    travel::{Airport, Iata, airport, format},
};

/// A message to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    /// What it is about.
    pub title: &'static str,
    /// The message that it sends.
    pub message: String,
}

/// What a season is good for: codes of cities, the second where one is at home in the first. Their
/// French names stand after "à".
struct Season {
    /// Far away.
    far: [&'static str; 2],
    /// With children.
    family: [&'static str; 2],
    /// Where the weather is asked.
    weather: [&'static str; 2],
    /// Where fares are compared.
    compared: [&'static str; 2],
    /// A wish without a place, in French and in English.
    wish: (&'static str, &'static str),
}

/// Of the month of travel: winter, spring, summer, autumn of the north.
const SEASONS: [Season; 4] = [
    Season {
        far: ["BKK", "NYC"],
        family: ["LIS", "ROM"],
        weather: ["RAK", "LIS"],
        compared: ["NYC", "LON"],
        wish: ("Où partir au soleil", "Somewhere sunny"),
    },
    Season {
        far: ["TYO", "NYC"],
        family: ["BCN", "LIS"],
        weather: ["ROM", "ATH"],
        compared: ["TYO", "SEL"],
        wish: (
            "Où partir pour un week-end de culture",
            "Where could I go for a weekend of culture",
        ),
    },
    Season {
        far: ["YMQ", "NYC"],
        family: ["ATH", "BCN"],
        weather: ["LIS", "ROM"],
        compared: ["YMQ", "LON"],
        wish: ("Où partir à la plage", "Where could I go for the beach"),
    },
    Season {
        far: ["NYC", "TYO"],
        family: ["ROM", "LIS"],
        weather: ["IST", "ROM"],
        compared: ["BKK", "NYC"],
        wish: (
            "Où partir pas trop loin",
            "Where could I go that is not far",
        ),
    },
];

/// Cities of a weekend, of which one that is near is taken.
const WEEKENDS: [&str; 20] = [
    "ROM", "LIS", "BCN", "VIE", "ATH", "IST", "LON", "PAR", "NYC", "CHI", "MIA", "RAK", "DXB",
    "SEL", "TYO", "SIN", "BKK", "MEL", "SAO", "JNB",
];
/// Nobody flies less far for a weekend, in kilometres.
const LEAST_KM: f64 = 400.0;
/// Months from now to a journey that is far away, and to one that is planned in good time.
const SOON: i32 = 2;
const LATER: i32 = 3;

/// Where a visitor is at home when nothing better is known: the city of which the time zone of the
/// clocks has its name, else the most prominent one in it, else that of the language.
#[must_use]
pub fn home_of(zone: Option<&str>, locale: Locale) -> Option<Iata> {
    let in_zone = |zone: &str| {
        let airports = airport::all()
            .iter()
            .filter(|airport| airport.time_zone == zone);
        let named = |airport: &&Airport| {
            let city = airport.city(Locale::En).replace(' ', "_");
            zone.rsplit('/').next() == Some(city.as_str())
        };
        airports.max_by_key(|airport| (named(airport), airport.rank))
    };
    let spoken = || {
        let code = locale.pick("CDG", "LHR").parse().ok();
        code.and_then(airport::by_code)
    };
    let found = zone.and_then(in_zone).or_else(spoken);
    found.map(|airport| airport.metro.unwrap_or(airport.iata))
}

/// The messages, for a visitor whose journeys begin at `home`.
#[must_use]
pub fn starters(today: Date, locale: Locale, home: Option<Iata>) -> Vec<Starter> {
    let home = home.and_then(|home| airport::resolve(home).first().copied());
    let month = |after: i32| today.first_of_month().saturating_add(after.months());
    let (soon, later) = (month(SOON), month(LATER));
    let name_of = |month: Date| format::month_of_year(month.month(), locale);
    let place = |codes: [&str; 2]| {
        let cities = codes.into_iter().filter_map(city);
        let mut away = cities.filter(|city| home.is_none_or(|home| home.area != city.area));
        away.next().map(|city| city.city(locale))
    };
    let from = home.map(|home| home.city(locale));
    let weekend = home
        .and_then(|home| weekend(home, today))
        .map(|city| city.city(locale));
    let (first, then) = (season(soon), season(later));
    let (soon, later) = (name_of(soon), name_of(later));
    let far = place(first.far).map(|far| match locale {
        Locale::Fr => (
            "Un long-courrier",
            format!("Je veux aller à {far} en {soon}"),
        ),
        Locale::En => (
            "Across an ocean",
            format!("I would like to fly to {far} in {soon}"),
        ),
    });
    let family = place(then.family).zip(from).map(|(to, from)| match locale {
        Locale::Fr => (
            "En famille",
            format!(
                "Un vol {from} – {to} du 12 au 20 {later}, 2 adultes et 2 enfants de 4 et 7 ans"
            ),
        ),
        Locale::En => (
            "With the family",
            format!("{from} to {to}, 12 to 20 {later}, 2 adults and 2 children aged 4 and 7"),
        ),
    });
    let compared = place(then.compared)
        .zip(from)
        .map(|(to, from)| match locale {
            Locale::Fr => (
                "Le jour le moins cher",
                format!(
                    "Quel est le jour le moins cher pour aller à {to} en {later} depuis {from} ?"
                ),
            ),
            Locale::En => (
                "The cheapest day",
                format!("What is the cheapest day to fly from {from} to {to} in {later}?"),
            ),
        });
    let weekend = weekend.zip(from).map(|(to, from)| match locale {
        Locale::Fr => (
            "Un week-end",
            format!("Un vol {from} – {to} le week-end prochain"),
        ),
        Locale::En => (
            "A weekend away",
            format!("A flight from {from} to {to} next weekend"),
        ),
    });
    let wish = from.map(|from| match locale {
        Locale::Fr => (
            "Une idée",
            format!("{} en {soon} depuis {from} ?", first.wish.0),
        ),
        Locale::En => (
            "An idea",
            format!("{} in {soon} from {from}?", first.wish.1),
        ),
    });
    let weather = place(first.weather).map(|to| match locale {
        Locale::Fr => (
            "Se renseigner",
            format!("Quel temps fait-il à {to} en {soon} ?"),
        ),
        Locale::En => (
            "Good to know",
            format!("What is the weather like in {to} in {soon}?"),
        ),
    });
    [far, family, compared, weekend, wish, weather]
        .into_iter()
        .flatten()
        .map(|(title, message)| Starter { title, message })
        .collect()
}

fn city(code: &str) -> Option<&'static Airport> {
    airport::resolve(code.parse().ok()?).first().copied()
}

fn season(month: Date) -> &'static Season {
    match month.month() {
        12 | 1 | 2 => &SEASONS[0],
        3..=5 => &SEASONS[1],
        6..=8 => &SEASONS[2],
        _ => &SEASONS[3],
    }
}

/// One of the two nearest cities that are worth a flight, in turn by month.
fn weekend(home: &Airport, today: Date) -> Option<&'static Airport> {
    let km = |city: &Airport| {
        let at = |airport: &Airport| guide::Point {
            lat: airport.latitude,
            lon: airport.longitude,
        };
        at(home).km_to(at(city))
    };
    let mut cities: Vec<_> = WEEKENDS
        .into_iter()
        .filter_map(city)
        .filter(|city| city.area != home.area && km(city) >= LEAST_KM)
        .collect();
    cities.sort_by(|a, b| km(a).total_cmp(&km(b)));
    let turn = usize::from(today.month().unsigned_abs() % 2);
    cities.get(turn).or(cities.first()).copied()
}
