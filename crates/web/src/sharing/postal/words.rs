//! Words by which an address is known, in lower case.

use agent::{locale::Locale, travel::format::month_of_year};

/// Streets of the French order, which mean nothing else beside a number.
pub(super) const FRENCH: [&str; 19] = [
    "rue",
    "avenue",
    "av",
    "ave",
    "boulevard",
    "bd",
    "bld",
    "blvd",
    "allée",
    "allées",
    "impasse",
    "chemin",
    "quai",
    "ruelle",
    "faubourg",
    "fbg",
    "esplanade",
    "rond-point",
    "lotissement",
];

/// Those that mean something else, too: a name with a capital has to follow.
pub(super) const FRENCH_AMBIGUOUS: [&str; 8] = [
    "place",
    "cours",
    "route",
    "square",
    "passage",
    "promenade",
    "résidence",
    "hameau",
];

/// What may stand before a name, and between its words.
pub(super) const ARTICLES: [&str; 12] = [
    "de", "du", "des", "la", "le", "les", "d'", "l'", "en", "sur", "sous", "aux",
];

/// Streets of the English order.
pub(super) const STREETS: [&str; 10] = [
    "street",
    "st",
    "road",
    "rd",
    "lane",
    "avenue",
    "ave",
    "boulevard",
    "blvd",
    "ln",
];

/// Those that are common words: they and their name have a capital.
pub(super) const STREETS_CAPITAL: [&str; 15] = [
    "drive", "dr", "court", "ct", "place", "square", "terrace", "crescent", "close", "way",
    "gardens", "mews", "grove", "parkway", "quay",
];

/// Abbreviations that may begin a name instead.
pub(super) const SHORT: [&str; 3] = ["st", "dr", "ct"];

/// Flats, floors and buildings.
pub(super) const UNITS: [&str; 14] = [
    "apt",
    "appt",
    "appartement",
    "apartment",
    "flat",
    "unit",
    "suite",
    "bât",
    "bat",
    "bâtiment",
    "escalier",
    "esc",
    "étage",
    "floor",
];

/// Before a number, what makes it no house number.
pub(super) const BEFORE: [&str; 25] = [
    "vol", "vols", "flight", "bus", "tram", "métro", "metro", "ligne", "line", "train", "porte",
    "gate", "terminal", "quai", "platform", "sortie", "exit", "chambre", "room", "siège", "seat",
    "jour", "day", "étape", "option",
];

/// Months of both languages, which follow a day.
pub(super) fn months() -> impl Iterator<Item = String> {
    (1..=12).flat_map(|month| {
        [Locale::Fr, Locale::En].map(|locale| month_of_year(month, locale).to_lowercase())
    })
}

/// Words at which a name without capitals is over, or none begins.
pub(super) const COMMON: [&str; 92] = [
    "à", "a", "au", "aux", "avec", "avant", "après", "car", "ce", "cette", "chez", "dans", "de",
    "depuis", "des", "donc", "du", "elle", "en", "est", "et", "il", "ils", "j'", "je", "jusqu'",
    "la", "le", "les", "l'", "d'", "mais", "merci", "mon", "ma", "mes", "n'", "nous", "on", "ou",
    "où", "par", "pas", "pour", "puis", "près", "que", "qui", "sans", "sont", "svp", "sur", "un",
    "une", "vers", "vous", "s'il", "about", "across", "after", "along", "an", "and", "are", "at",
    "before", "by", "down", "for", "from", "in", "into", "is", "my", "near", "of", "off", "on",
    "or", "our", "per", "please", "than", "that", "the", "then", "this", "to", "up", "via", "with",
    "your",
];
