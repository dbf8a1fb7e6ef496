//! Airlines: "avec Air France", "on Delta", "sur easyJet", "BA".

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use crate::{
    ledger::Ledger,
    slots::{AirlineMention, Slots},
    text::fold::key,
    text::tokens::{Gap, Tokens},
};
use travel::{CarrierCode, carrier};

struct Name {
    code: CarrierCode,
    /// Says "airline" itself, or nothing else is called so.
    plain: bool,
}

/// Words at the end of a name that people leave out or exchange.
const GENERIC: &[&str] = &["airlines", "airways", "air lines", "airline", "air"];

/// Names in use that the table's do not yield.
const FURTHER: &[(&str, &str)] = &[
    ("ba", "BA"),
    ("british", "BA"),
    ("aa", "AA"),
    ("klm", "KL"),
    ("sas", "SK"),
    ("tap", "TP"),
    ("lot", "LO"),
    ("ana", "NH"),
    ("jal", "JL"),
    ("ita", "AZ"),
    ("brussels", "SN"),
    ("ram", "AT"),
    ("easy jet", "U2"),
    ("ryan air", "FR"),
    ("air algerie", "AH"),
    ("jet blue", "B6"),
    ("wizz", "W6"),
    ("wizzair", "W6"),
    ("transavia france", "TO"),
    ("tap portugal", "TP"),
    ("el al", "LY"),
    ("airfrance", "AF"),
    ("delta airline", "DL"),
    ("luftansa", "LH"),
    ("ethiopian", "ET"),
    ("cathay", "CX"),
    ("virgin", "VS"),
    ("emirate", "EK"),
    ("swiss air", "LX"),
    ("air caraibe", "TX"),
    ("frenchbee", "BF"),
    ("tunis air", "TU"),
    ("china southern", "CZ"),
    ("china eastern", "MU"),
    ("latam", "LA"),
    ("turkish", "TK"),
    ("austrian", "OS"),
];

/// Names that are also ordinary words or places: they need a preposition or a capital.
const ORDINARY: &[&str] = &[
    "delta",
    "united",
    "american",
    "southwest",
    "alaska",
    "spirit",
    "frontier",
    "level",
    "play",
    "swiss",
    "norwegian",
    "condor",
    "discover",
    "peach",
    "scoot",
    "breeze",
    "lot",
    "tap",
    "ana",
    "ita",
    "ram",
    "ba",
    "aa",
    "sas",
    "british",
    "brussels",
    "virgin",
    "wizz",
    "gol",
    "azul",
    "sky",
    "volaris",
    "wingo",
    "arajet",
    "corsair",
    "turkish",
    "austrian",
    "ethiopian",
    "egypt",
    "kenya",
    "air",
    "sun",
    "avelo",
    "flair",
    "porter",
    "arkia",
    "star",
    "sun country",
    "hawaiian",
    "iberia",
    "royal",
    "eagle",
    "silver",
    "blue",
    "solar",
    "cape",
    "contour",
    "boutique",
    "binter",
    "pal",
    "emirates",
    "oman",
    "singapore",
    "qatar",
    "etihad",
    "cathay",
    "latam",
    "avianca",
    "bees",
    "flyone",
    "hop",
    "jin",
    "tigerair",
    "mango",
    "safair",
    "lift",
    "star peru",
    "link",
    "eva",
];

const CONTEXT: &[&str] = &[
    "avec",
    "with",
    "on",
    "sur",
    "by",
    "chez",
    "par",
    "via",
    "fly",
    "flying",
    "compagnie",
    "airline",
    "airlines",
    "prefer",
    "prefere",
    "take",
    "prends",
    "using",
    "use",
    "only",
    "uniquement",
    "que",
    "celui d",
    "celui de",
    "d",
    "la",
    "be",
    "is",
    "vol",
    "operated by",
    "or",
    "compagnie :",
    "on a",
    "an",
    "a",
    "choose",
    "want",
];

/// What may follow an airline at the beginning of a message.
const AFTER: &[&str] = &[
    "from",
    "to",
    "de",
    "depuis",
    "flight",
    "flights",
    "in",
    "first",
    "business",
    "economy",
    "en",
    "vers",
    "please",
    "svp",
    "stp",
    "only",
    "uniquement",
];

static NAMES: LazyLock<HashMap<String, Name>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for carrier in carrier::all() {
        let full = key(carrier.name);
        let mut add = |name: String, plain: bool| {
            let plain = plain && !ORDINARY.contains(&name.as_str());
            names.entry(name).or_insert(Name {
                code: carrier.code,
                plain,
            });
        };
        let base = GENERIC
            .iter()
            .find_map(|word| full.strip_suffix(word)?.strip_suffix(' '));
        let base = base.unwrap_or(&full).to_owned();
        add(full.clone(), true);
        for word in ["airlines", "airways", "air lines", "airline"] {
            add(format!("{base} {word}"), true);
        }
        // "air" is left out of no name: "Korean Air" is not "Korean".
        if !full.ends_with(" air") {
            add(base.clone(), base.contains(' '));
        }
    }
    for (name, code) in FURTHER {
        if let Ok(code) = code.parse() {
            let plain = !ORDINARY.contains(name);
            names.insert((*name).to_owned(), Name { code, plain });
        }
    }
    names
});

/// Reads the airline; the tokens are claimed, so that "Air France" names no country.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger, slots: &mut Slots) {
    let mut at = 0;
    while at < tokens.len() {
        match named(tokens, at).or_else(|| designator(tokens, at)) {
            Some((code, range)) if !claims.any(range.clone()) => {
                let denied = tokens.preceded(
                    at,
                    &[
                        "pas",
                        "sauf",
                        "not",
                        "except",
                        "but not",
                        "pas avec",
                        "not with",
                        "sans",
                        "anything but",
                        "pas de",
                        "no",
                        "not on",
                        "pas sur",
                        "eviter",
                        "avoid",
                    ],
                );
                claims.take(range.clone());
                if !denied && slots.airline.is_none() {
                    let surface = tokens.surface(range.clone()).to_owned();
                    slots.airline = Some(AirlineMention { surface, code });
                }
                at = range.end;
            }
            _ => at += 1,
        }
    }
}

fn named(tokens: &Tokens<'_>, at: usize) -> Option<(CarrierCode, Range<usize>)> {
    let longest = 5.min(tokens.len() - at);
    (1..=longest).rev().find_map(|length| {
        let range = at..at + length;
        let name = NAMES.get(tokens.slice(range.clone()))?;
        let context = tokens.preceded(at, CONTEXT);
        let airline = tokens.is(
            range.end,
            &["airlines", "airline", "airways", "flight", "flights"],
        );
        let capital = tokens.get(at).is_some_and(|token| token.capital);
        // A place of that name is meant unless the words say otherwise.
        let place = super::place::names_place(tokens.slice(range.clone()));
        let meant = if name.plain && !place {
            true
        } else if place {
            capital && tokens.preceded(at, &["avec", "with", "by", "chez", "compagnie"])
        } else {
            let opens = (at == 0 || tokens.is_symbol(at - 1))
                && (range.end >= tokens.len()
                    || tokens.is_symbol(range.end)
                    || tokens.is(range.end, AFTER));
            let cued = tokens.preceded(at, &["avec", "with", "sur", "on", "chez"]);
            (context && (capital || cued)) || (capital && airline) || (opens && tokens.len() > 1)
        };
        meant.then_some((name.code, range))
    })
}

/// A designator in capitals after a preposition: "avec AF", "on U2".
fn designator(tokens: &Tokens<'_>, at: usize) -> Option<(CarrierCode, Range<usize>)> {
    if !tokens.preceded(
        at,
        &[
            "avec",
            "with",
            "on",
            "sur",
            "by",
            "chez",
            "par",
            "compagnie",
            "airline",
        ],
    ) {
        return None;
    }
    let token = tokens.get(at)?;
    let glued = tokens.gap(at + 1) == Gap::None && at + 1 < tokens.len();
    let end = if glued { at + 2 } else { at + 1 };
    let typed = tokens.surface(at..end);
    let shouted = token.upper
        || (glued
            && typed
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
    let code: CarrierCode = typed.parse().ok().filter(|_| shouted)?;
    carrier::by_code(code).map(|carrier| (carrier.code, at..end))
}
