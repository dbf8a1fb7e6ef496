//! What a visitor may want, made up, and its words in either language.

use jiff::civil::Date;
use proptest::{collection::vec, prelude::*, sample::select, sample::subsequence};
use travel::Locale;

use super::in_days;

/// A city by its French and its English name, and its code.
type City = (&'static str, &'static str, &'static str);

const CITIES: &[City] = &[
    ("Paris", "Paris", "PAR"),
    ("Londres", "London", "LON"),
    ("Lyon", "Lyon", "LYS"),
    ("Rome", "Rome", "ROM"),
    ("Athènes", "Athens", "ATH"),
    ("Lisbonne", "Lisbon", "LIS"),
    ("Madrid", "Madrid", "MAD"),
    ("Berlin", "Berlin", "BER"),
    ("Vienne", "Vienna", "VIE"),
    ("Oslo", "Oslo", "OSL"),
    ("New York", "New York", "NYC"),
    ("Montréal", "Montreal", "YMQ"),
    ("Tokyo", "Tokyo", "TYO"),
    ("Singapour", "Singapore", "SIN"),
    ("Dublin", "Dublin", "DUB"),
    ("Copenhague", "Copenhagen", "CPH"),
];

const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

/// How a trip ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Single,
    /// Back so many days after the last way out.
    Return(u16),
    /// The stay is said, and not the day.
    Stay(u16),
}

/// A wish by its words in French and in English, and what it is as a line: see `rendering.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    fr: &'static str,
    en: &'static str,
    pub(super) line: &'static str,
}

const fn said(fr: &'static str, en: &'static str, line: &'static str) -> Said {
    Said { fr, en, line }
}

const CABINS: &[Said] = &[
    said("en classe affaires", "in business class", "cabin business"),
    said("en première classe", "in first class", "cabin first"),
    said(
        "pas en classe affaires",
        "not in business class",
        "no cabin business",
    ),
];
const STOPS: &[Said] = &[
    said("sans escale", "nonstop", "stops 0"),
    said("une escale au maximum", "one stop at most", "stops 1"),
    said("deux escales au maximum", "two stops at most", "stops 2"),
];
const AIRLINES: &[Said] = &[
    said("avec Air France", "with Air France", "airline AF"),
    said("avec Lufthansa", "with Lufthansa", "airline LH"),
    said(
        "surtout pas avec Ryanair",
        "definitely not with Ryanair",
        "no airline FR",
    ),
    said("pas avec easyJet", "not with easyJet", "no airline U2"),
    said("pas de low cost", "no low-cost airlines", "no low_cost"),
];
const VIAS: &[Said] = &[
    said("via Francfort", "via Frankfurt", "via FRA"),
    said("pas via Zurich", "not via Zurich", "no via ZRH"),
    said(
        "sans passer par Istanbul",
        "avoiding Istanbul",
        "no via IST",
    ),
];
const FARES: &[Said] = &[
    said("avec un bagage en soute", "with a checked bag", "bag"),
    said("billet remboursable", "refundable ticket", "refundable"),
    said("pas de vol de nuit", "no red-eye", "no red_eye"),
];
const BUDGETS: &[Said] = &[
    said(
        "moins de 900 euros au total",
        "under 900 euros in total",
        "<= 900 EUR all",
    ),
    said(
        "moins de 450 euros par personne",
        "under 450 euros per person",
        "<= 450 EUR each",
    ),
    said(
        "environ 700 euros en tout",
        "about 700 euros in total",
        "~ 700 EUR all",
    ),
];
/// Hours of the way out.
const WINDOWS: &[Said] = &[
    said("départ après 9h", "departing after 9am", "dep >=09:00"),
    said("départ avant 14h", "departing before 2pm", "dep <=14:00"),
    said("arrivée avant 18h", "arriving before 6pm", "arr <=18:00"),
];

/// Who travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) adults: u8,
    pub(super) ages: Vec<u8>,
    pub(super) infants: u8,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The cities, one more than legs.
    pub(super) cities: Vec<City>,
    /// A day for each leg.
    pub(super) days: Vec<Date>,
    pub(super) way: Way,
    pub(super) who: Option<Who>,
    pub(super) wishes: Vec<Said>,
    pub(super) budget: Option<Said>,
    pub(super) window: Option<Said>,
}

impl Wanted {
    /// When back, where the day is said.
    pub(super) fn back(&self) -> Option<Date> {
        let last = self.days.last()?;
        match self.way {
            Way::Return(days) => Some(last.saturating_add(jiff::Span::new().days(i64::from(days)))),
            Way::Single | Way::Stay(_) => None,
        }
    }

    /// Its words, clause by clause.
    pub(super) fn clauses(&self, locale: Locale) -> Vec<String> {
        let french = locale == Locale::Fr;
        let words = |said: Said| if french { said.fr } else { said.en }.to_owned();
        let mut clauses: Vec<String> = (0..self.days.len())
            .map(|nth| self.leg(nth, locale))
            .collect();
        if let Some(window) = self.window {
            clauses.insert(1, words(window));
        }
        clauses.extend(self.way(locale));
        clauses.extend(self.who.as_ref().map(|who| party(who, locale)));
        clauses.extend(self.wishes.iter().copied().map(words));
        clauses.extend(self.budget.map(words));
        clauses
    }

    pub(super) fn text(&self, locale: Locale) -> String {
        self.clauses(locale).join(", ")
    }

    fn leg(&self, nth: usize, locale: Locale) -> String {
        let (from, to) = (self.cities[nth], self.cities[nth + 1]);
        let day = day(self.days[nth], locale);
        match (locale, nth) {
            (Locale::Fr, 0) => format!("un vol de {} à {} le {day}", from.0, to.0),
            (Locale::Fr, _) => format!("puis de {} à {} le {day}", from.0, to.0),
            (Locale::En, 0) => format!("a flight from {} to {} on {day}", from.1, to.1),
            (Locale::En, _) => format!("then from {} to {} on {day}", from.1, to.1),
        }
    }

    fn way(&self, locale: Locale) -> Option<String> {
        let back = self.back().map(|back| day(back, locale));
        Some(match (self.way, locale) {
            (Way::Single, _) if self.days.len() > 1 => return None,
            (Way::Single, Locale::Fr) => "aller simple".to_owned(),
            (Way::Single, Locale::En) => "one way".to_owned(),
            (Way::Return(_), Locale::Fr) => format!("retour le {}", back?),
            (Way::Return(_), Locale::En) => format!("returning on {}", back?),
            (Way::Stay(days), Locale::Fr) => format!("pour {days} jours"),
            (Way::Stay(days), Locale::En) => format!("for {days} days"),
        })
    }
}

fn day(date: Date, locale: Locale) -> String {
    let month = MONTHS[usize::try_from(date.month() - 1).unwrap()];
    match locale {
        Locale::Fr => format!("{} {} {}", date.day(), month.0, date.year()),
        Locale::En => format!("{} {} {}", date.day(), month.1, date.year()),
    }
}

fn party(who: &Who, locale: Locale) -> String {
    let french = locale == Locale::Fr;
    let count =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let (adult, adults) = if french {
        ("adulte", "adultes")
    } else {
        ("adult", "adults")
    };
    let mut parts = vec![count(usize::from(who.adults), adult, adults)];
    if !who.ages.is_empty() {
        let ages: Vec<_> = who.ages.iter().map(ToString::to_string).collect();
        let ages = ages.join(if french { " et " } else { " and " });
        parts.push(match french {
            true => format!(
                "{} de {ages} ans",
                count(who.ages.len(), "enfant", "enfants")
            ),
            false => format!("{} aged {ages}", count(who.ages.len(), "child", "children")),
        });
    }
    if who.infants > 0 {
        let (one, many) = if french {
            ("bébé", "bébés")
        } else {
            ("infant", "infants")
        };
        parts.push(count(usize::from(who.infants), one, many));
    }
    parts.join(if french { " et " } else { " and " })
}

fn who() -> impl Strategy<Value = Who> {
    (1_u8..=4, vec(2_u8..=11, 0..=2), 0_u8..=1).prop_map(|(adults, ages, infants)| Who {
        adults,
        ages,
        infants,
    })
}

fn one_of(all: &'static [Said]) -> impl Strategy<Value = Option<Said>> {
    proptest::option::of(select(all))
}

/// Trips of one to four legs, with who travels and what is wished.
pub(super) fn wanted() -> impl Strategy<Value = Wanted> {
    let way = prop_oneof![
        Just(Way::Single),
        (1_u16..=20).prop_map(Way::Return),
        (2_u16..=20).prop_map(Way::Stay),
    ];
    let legs = prop_oneof![3 => Just(1_usize), 2 => 2_usize..=4];
    let route = legs.prop_flat_map(|legs| {
        let cities = subsequence(CITIES, legs + 1).prop_shuffle();
        (cities, vec(1_u16..=60, legs))
    });
    let wishes = (
        one_of(CABINS),
        one_of(STOPS),
        one_of(AIRLINES),
        one_of(VIAS),
        one_of(FARES),
    );
    let rest = (
        proptest::option::of(who()),
        wishes,
        one_of(BUDGETS),
        one_of(WINDOWS),
    );
    (route, way, rest).prop_map(|((cities, gaps), way, (who, wishes, budget, window))| {
        let mut after = 0;
        let days: Vec<Date> = gaps
            .into_iter()
            .map(|gap| {
                after += gap;
                in_days(after)
            })
            .collect();
        let (cabin, stops, airline, via, fare) = wishes;
        // Through a place there is a stop.
        let via = via.filter(|_| stops.is_none_or(|stops| stops.line != "stops 0"));
        Wanted {
            way: if days.len() > 1 { Way::Single } else { way },
            cities,
            days,
            who,
            wishes: [cabin, stops, airline, via, fare]
                .into_iter()
                .flatten()
                .collect(),
            budget,
            window,
        }
    })
}
