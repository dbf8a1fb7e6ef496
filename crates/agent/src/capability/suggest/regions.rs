//! Parts of the world in a message: where it is to be, or is not to be.

use guide::region::Region;

use crate::planner::{View, Words};

/// How people name them, folded; what lies within another comes first. A name ends with its word where
/// it would begin another.
const NAMES: [(Region, &str); 17] = [
    (
        Region::NorthAfrica,
        "afrique du nord|maghreb|north africa|northern africa",
    ),
    (Region::Africa, "afrique |africa "),
    (
        Region::MiddleEast,
        "moyen orient|proche orient|middle east|near east",
    ),
    (
        Region::SoutheastAsia,
        "asie du sud est|southeast asia|south east asia|southeastern asia",
    ),
    (Region::SouthAsia, "asie du sud |south asia|southern asia"),
    (
        Region::EastAsia,
        "asie de l est|extreme orient|east asia|eastern asia|far east",
    ),
    (Region::Asia, "asie |asia "),
    (
        Region::Caribbean,
        "caraibes|caraibe |antilles|caribbean|west indies",
    ),
    (Region::CentralAmerica, "amerique centrale|central america"),
    (
        Region::SouthAmerica,
        "amerique du sud|amerique latine|south america|latin america",
    ),
    (Region::NorthAmerica, "amerique du nord|north america"),
    (
        Region::Oceania,
        "oceanie |oceania |pacifique sud|south pacific|iles du pacifique|pacific islands",
    ),
    (
        Region::Nordics,
        "scandinavie |scandinavia |pays nordiques|nordic countries|nordics",
    ),
    (
        Region::Mediterranean,
        "mediterranee |mediterranean|bassin mediterraneen",
    ),
    (Region::Balkans, "balkans"),
    (
        Region::Baltics,
        "pays baltes|baltics|baltic states|baltic countries",
    ),
    (Region::Europe, "europe "),
];

/// What stands before one that is not wanted.
const REFUSED: [&str; 13] = [
    "hors",
    "hors de",
    "hors d",
    "en dehors de",
    "en dehors d",
    "pas en",
    "pas dans",
    "sauf",
    "sauf en",
    "outside",
    "outside of",
    "not in",
    "except",
];

/// The part of the world within which it is to be, and the one in which it is not to be.
pub(super) fn of(view: &View<'_>) -> (Option<Region>, Option<Region>) {
    (named(&view.words), refused(&view.words))
}

fn named(words: &Words) -> Option<Region> {
    let out = refused(words);
    let mut regions = NAMES.iter().filter(|(region, _)| Some(*region) != out);
    let (region, _) = regions.find(|(_, names)| words.any(names))?;
    // "Not in South Asia" names no Asia to go to.
    (out.is_none()).then_some(*region)
}

fn refused(words: &Words) -> Option<Region> {
    let is_refused = |names: &str| {
        names.split('|').any(|name| {
            let mut before = REFUSED.iter();
            before.any(|before| words.any(&format!("{before} {name}")))
                || words.any(&format!("hors de l {name}|en dehors de l {name}"))
        })
    };
    let mut regions = NAMES.iter();
    let (region, _) = regions.find(|(_, names)| is_refused(names))?;
    Some(*region)
}

/// Whether words name a part of the world.
pub(super) fn is_one(text: &str) -> bool {
    let words = Words::new(text);
    NAMES.iter().any(|(_, names)| words.any(names))
}
