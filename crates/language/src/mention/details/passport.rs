//! Whose entry is asked about: "as a French citizen", "passeport ivoirien", "she's Algerian".

use std::ops::Range;

use super::Setting;
use crate::{
    Details, Passport, Topic,
    ledger::Ledger,
    text::{lexicon::Meaning, tokens::Tokens},
};

/// Nationalities and the countries whose passports they mean.
const NATIONALITIES: &[(Meaning, &str)] = &[
    (Meaning::PassportFr, "FR"),
    (Meaning::PassportBe, "BE"),
    (Meaning::PassportCh, "CH"),
    (Meaning::PassportLu, "LU"),
    (Meaning::PassportCa, "CA"),
    (Meaning::PassportGb, "GB"),
    (Meaning::PassportUs, "US"),
    (Meaning::PassportMa, "MA"),
    (Meaning::PassportTn, "TN"),
    (Meaning::PassportDz, "DZ"),
    (Meaning::PassportSn, "SN"),
    (Meaning::PassportCi, "CI"),
    (Meaning::PassportAt, "AT"),
    (Meaning::PassportBg, "BG"),
    (Meaning::PassportHr, "HR"),
    (Meaning::PassportCy, "CY"),
    (Meaning::PassportCz, "CZ"),
    (Meaning::PassportDk, "DK"),
    (Meaning::PassportEe, "EE"),
    (Meaning::PassportFi, "FI"),
    (Meaning::PassportDe, "DE"),
    (Meaning::PassportGr, "GR"),
    (Meaning::PassportHu, "HU"),
    (Meaning::PassportIe, "IE"),
    (Meaning::PassportIt, "IT"),
    (Meaning::PassportLv, "LV"),
    (Meaning::PassportLt, "LT"),
    (Meaning::PassportMt, "MT"),
    (Meaning::PassportNl, "NL"),
    (Meaning::PassportPl, "PL"),
    (Meaning::PassportPt, "PT"),
    (Meaning::PassportRo, "RO"),
    (Meaning::PassportSk, "SK"),
    (Meaning::PassportSi, "SI"),
    (Meaning::PassportEs, "ES"),
    (Meaning::PassportSe, "SE"),
];

/// Reads the first passport that is named; a second one stays left over.
pub(super) fn read(setting: &Setting<'_>, claims: &mut Ledger, details: &mut Details) {
    // Only of entry one asks "do Brits need".
    let found = first(setting.tokens, setting.about(&[Topic::Visa]));
    if let Some((passport, words)) = found {
        claims.take(words);
        details.passport = Some(passport);
    }
}

/// The words that say whose passport it is; they name no place: "both UK passports".
pub(crate) fn passport_words(tokens: &Tokens<'_>) -> Option<Range<usize>> {
    first(tokens, false).map(|(_, words)| words)
}

/// The first passport; "in a French restaurant" names none.
fn first(tokens: &Tokens<'_>, of_entry: bool) -> Option<(Passport, Range<usize>)> {
    (0..tokens.len()).find_map(|at| {
        let (passport, words) = nationality(tokens, at)?;
        let around = around(tokens, &words, of_entry)?;
        Some((passport, around))
    })
}

/// A nationality at `at`.
fn nationality(tokens: &Tokens<'_>, at: usize) -> Option<(Passport, Range<usize>)> {
    let known = NATIONALITIES.iter().find_map(|(meaning, country)| {
        let length = tokens.means(at, *meaning)?;
        Some((Passport::Of((*country).to_owned()), at..at + length))
    });
    known.or_else(|| {
        let words = at..at + tokens.means(at, Meaning::PassportOther)?;
        let surface = tokens.surface(words.clone()).to_owned();
        Some((Passport::Unknown(surface), words))
    })
}

/// The words that make a nationality that of a traveller, with it; `None` where none do.
fn around(tokens: &Tokens<'_>, words: &Range<usize>, of_entry: bool) -> Option<Range<usize>> {
    let lead = tokens.means_before(words.start, Meaning::PassportLead);
    let weak = tokens.means_before(words.start, Meaning::PassportWeakLead);
    let after = tokens.means(words.end, Meaning::PassportAfter);
    let ends = words.end >= tokens.len()
        || tokens.is_symbol(words.end)
        || tokens
            .means(words.end, Meaning::QuestionConjunction)
            .is_some();
    // "I am French", and not "I am French speaking"; "she is Italian", and not "it is Italian food".
    let is_said = lead.is_some() && (ends || of_entry);
    let asked = of_entry && weak.is_some();
    // "Belgian", to the question whose passport it is.
    let alone = of_entry && words.start == 0 && ends;
    let start = lead.or(weak).map_or(words.start, |lead| lead.start);
    (after.is_some() || is_said || asked || alone).then(|| start..words.end + after.unwrap_or(0))
}
