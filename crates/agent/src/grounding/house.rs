//! Names of hotels, flats and the like in a line: "Hotel Rambla Nova", "the Golden Lantern Hostel",
//! "l'hôtel « Les Lys »". No source of ours knows a house by name.

use std::ops::Range;

use super::{
    facts::{Fact, Value},
    tokens::{Line, Shape, Words, words},
};

/// Words that say that somebody sleeps there.
const HOUSES: Words = words(
    "hotel|hôtel|hotels|hôtels|hostel|hostels|riad|riads|ryokan|auberge|auberges|\
    guesthouse|guesthouses|inn|pension|pensione|motel|lodge|resort|albergo|posada|parador|pousada|\
    gîte|gîtes|residence|résidence|aparthotel|aparthôtel|apart|palace|b",
);
/// Those that make a house only beside another of the words above, or with a capital.
const ONLY_CAPITAL: Words =
    words("inn|pension|pensione|lodge|resort|palace|residence|résidence|riad|riads");
/// Words inside names.
const LINKS: Words = words(
    "de|du|des|d|la|le|les|l|del|della|dei|di|da|do|dos|das|of|the|and|et|al|el|au|\
    aux|en|sur|by|in|on|von|van|der|den|ten|zur|zum|am|s",
);
/// Words before a name that are none of it.
const LEADS: Words = words(
    "de|du|des|d|la|le|les|l|the|a|an|un|une|at|called|named|nommé|nommée|appelé|\
    appelée|like|comme|either",
);
/// Words that say what comes next is a name.
const CALLS: Words = words("appelle|appelait|called|named|nommé|appelé|is|est|was|serait|be");
/// Capitalised words that are no names of houses.
const PLAIN: Words = words(
    "ville|particulier|particuliers|street|road|dieu|invalides|january|february|\
    march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|\
    thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sep|oct|\
    nov|dec|budget|mid|comfort|category|catégorie|économique|intermédiaire|confort|moyen|standard|family|beach|\
    boutique|luxury|luxe|airport|city|design|business|rates|prices|xvie|xviie|xviiie|xixe|xxe|total|price|prix|airbnb|booking|eur|usd|gbp|euro|euros|i|it|we|you|they|this|that|\
    these|those|if|for|from|in|on|or|and|but|with|no|not|yes|il|elle|je|nous|vous|ils|si|pour|par|\
    dans|avec|sans|non|oui|et|ou|mais|quel|quelle|which|what|where|when|how|hotel|hôtel|hotels|\
    hôtels|there|here|our|my|your|their|his|her|all|some|any|most|many|several|other",
);
/// Streets and stations that are named after a house.
const WAYS: Words = words(
    "rue|place|avenue|boulevard|quai|station|street|square|gare|metro|métro|arrêt|stop|\
    derb|quartier|ancien|ancienne|former",
);
/// How far the name after a colon or "is called" may stand.
const REACH: usize = 8;

/// Reads the names around the word at a token.
pub(super) fn find<'a>(line: &Line<'a>, at: usize, out: &mut Vec<Fact<'a>>) -> Option<usize> {
    if !is_house(line, at) || is_way(line, at) {
        return None;
    }
    let found = [
        after(line, at).map(|range| {
            // "Les hôtels de Sultanahmet" are those of a quarter.
            let beside = range.start == at + 1;
            (range, beside)
        }),
        before(line, at)
            .or_else(|| told_of(line, at))
            .map(|range| (range, false)),
        announced(line, at).map(|range| (range, false)),
    ];
    let mut end = None;
    for (range, beside) in found.into_iter().flatten() {
        let text = line.slice(range.start, range.end);
        out.push(Fact {
            text,
            value: Value::House { beside },
        });
        end = end.max(Some(range.end));
    }
    end.map(|end| end.max(at + 1))
}

fn is_house(line: &Line<'_>, at: usize) -> bool {
    if !line.is_any(at, HOUSES) || (line.is_any(at, "b|apart") && line.mark(at + 1) != Some('&')) {
        return false;
    }
    let is_sure = !line.is_any(at, ONLY_CAPITAL) || is_capital(line, at);
    // "logez au riad El Fenn", "Dar Ambre, riad avec piscine"
    let riad = || {
        let after_comma = at
            .checked_sub(1)
            .is_some_and(|at| line.mark(at) == Some(','));
        line.is_any(at, "riad|riads") && (is_name_word(line, at + 1) || after_comma)
    };
    is_sure || riad() || told_of(line, at).is_some()
}

/// "Rue Riad Zitoun", "place de l'Hôtel-de-Ville", "Hotel Street".
fn is_way(line: &Line<'_>, at: usize) -> bool {
    let named_after = line.has_any(at.saturating_sub(4)..at, WAYS);
    named_after
        || (at + 1..at + 4).any(|at| line.is_any(at, "ville|street|particulier|particuliers|dieu"))
}

/// "Hotel Rambla Nova", "hôtel : « Les Lys »".
fn after(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let mut from = at + 1;
    while matches!(
        line.mark(from),
        Some(':' | '–' | '—' | '-' | '(' | ',' | '&' | '[')
    ) {
        // "Your hostel, The Fat Puffin, is"
        let article = is_capital(line, from + 1) && line.is_any(from + 1, "the|le|la|les");
        if matches!(line.mark(from), Some(',' | '(')) && !opens(line, from + 1) && !article {
            return None;
        }
        from += 1;
    }
    quoted(line, from).or_else(|| {
        let from = past_leads(line, from);
        quoted(line, from).or_else(|| name(line, from))
    })
}

/// "the Golden Lantern Hostel", "« Goya » hotel", "Casa Jacaranda (hôtel)".
fn before(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let mut to = at;
    let apart = matches!(line.mark(to.checked_sub(1)?), Some('(' | ','))
        || line.is_any(
            to - 1,
            "un|une|a|an|the|le|l|petit|petite|small|bel|belle|vrai",
        );
    while to > 0
        && (matches!(line.mark(to - 1), Some('(' | ',' | '\'' | '’'))
            || (apart && line.is_any(to - 1, "un|une|a|an|the|le|l|petit|petite|small")))
    {
        to -= 1;
    }
    if to == 0 {
        return None;
    }
    if closes(line, to - 1) {
        let start = (0..to - 1).rev().take(12).find(|at| opens(line, *at))?;
        return (start + 1 < to - 1).then_some(start + 1..to - 1);
    }
    let mut start = to;
    while start > 0 && (is_name_word(line, start - 1) || is_joint(line, start - 1)) {
        start -= 1;
    }
    // A joint opens no name.
    while start < to && !is_name_word(line, start) {
        start += 1;
    }
    let words = (start..to).filter(|at| is_name_word(line, *at)).count();
    // The first word of a sentence is capital whatever it is.
    let opens_sentence = is_start(line, start);
    let sure = is_capital(line, at) && !apart;
    let enough = match (sure, opens_sentence) {
        (true, false) => words >= 1,
        (true, true) => words >= 1,
        (false, false) => words >= if apart { 2 } else { 1 },
        (false, true) => words >= 2,
    };
    (enough && start < to).then_some(start..to)
}

/// "The hotel is called Le Phare Blanc", "Petit hôtel de charme à Séville : La Casa del Naranjo".
fn announced(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let reach = at + 1..(at + 1 + REACH).min(line.len());
    for here in reach {
        match line.shape(here)? {
            Shape::Mark('.' | '!' | '?' | ';' | '|' | '\n') => return None,
            Shape::Mark(':') if here > at + 1 => {
                return quoted(line, here + 1).or_else(|| several(line, here + 1));
            }
            Shape::Word if line.is_any(here, CALLS) => {
                let named =
                    !line.is_any(here, "is|est|was|serait|be") || line.is_any(here - 1, "name|nom");
                let from = past_leads(line, here + 1);
                let article = from > here + 1;
                let found =
                    quoted(line, from).or_else(|| name(line, if named { here + 1 } else { from }));
                if (named || article) && found.is_some() {
                    return found.or_else(|| name(line, from));
                }
                if named {
                    return name(line, from);
                }
            }
            _ => {}
        }
    }
    None
}

/// "The Ritz is a legendary hotel", "Rosengarten, a family-run guesthouse": the name before what says
/// that it is a house.
fn told_of(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let first = at.saturating_sub(6);
    let mut here = at;
    while here > first {
        here -= 1;
        let verb = line.is_any(here, "is|est|was|était|reste|remains");
        if verb || line.mark(here) == Some(',') {
            let mut start = here;
            while start > 0 && (is_name_word(line, start - 1) || is_joint(line, start - 1)) {
                start -= 1;
            }
            while start < here && !is_name_word(line, start) {
                start += 1;
            }
            return (start < here).then_some(start..here);
        }
        // Only what belongs to "a small charming hotel" may stand between.
        let article = line.is_any(here, "a|an|the|un|une|le|la|l|d|des|les|in|of|de|du");
        let between = line.word(here).is_some_and(|_| !is_capital(line, here)) || article;
        let joint =
            matches!(line.mark(here), Some('-' | '\'' | '’' | '★')) || line.number(here).is_some();
        if !between && !joint {
            return None;
        }
    }
    None
}

/// A name of two words or more, or with an article: one capital word after a colon may be anything.
fn several(line: &Line<'_>, from: usize) -> Option<Range<usize>> {
    let lead = past_leads(line, from);
    let house = is_capital(line, lead) && line.is_any(lead, HOUSES);
    let found = match house {
        true => lead..name(line, past_leads(line, lead + 1))?.end,
        false => name(line, lead)?,
    };
    let words = found.clone().filter(|at| is_name_word(line, *at)).count();
    (house || words >= 2).then_some(found)
}

/// What stands in quotation marks, if it begins like a name.
fn quoted(line: &Line<'_>, from: usize) -> Option<Range<usize>> {
    if !opens(line, from) {
        return None;
    }
    let to = (from + 1..(from + 12).min(line.len())).find(|at| closes(line, *at))?;
    let has_capital = (from + 1..to).any(|at| is_capital(line, at));
    (has_capital && from + 1 < to).then_some(from + 1..to)
}

/// Capital words and what joins them.
fn name(line: &Line<'_>, from: usize) -> Option<Range<usize>> {
    if !is_name_word(line, from) {
        return None;
    }
    let mut to = from + 1;
    loop {
        let house = is_capital(line, to) && line.is_any(to, HOUSES);
        if is_name_word(line, to)
            || house
            || line.number(to).is_some_and(|_| line.follows_one_blank(to))
        {
            to += 1;
            continue;
        }
        // One or two joints, with a capital word after them.
        let joints = (to..to + 3).take_while(|at| is_joint(line, *at)).count();
        let next = to + joints;
        if joints > 0 && joints < 4 && is_name_word(line, next) {
            to = next + 1;
            continue;
        }
        return Some(from..to);
    }
}

fn past_leads(line: &Line<'_>, mut from: usize) -> usize {
    while line.is_any(from, LEADS) || matches!(line.mark(from), Some('\'' | '’')) {
        from += 1;
    }
    from
}

fn is_joint(line: &Line<'_>, at: usize) -> bool {
    line.is_any(at, LINKS) || matches!(line.mark(at), Some('\'' | '’' | '-' | '&'))
}

/// A capital word that may be part of a name of a house.
fn is_name_word(line: &Line<'_>, at: usize) -> bool {
    is_capital(line, at) && !line.is_any(at, PLAIN) && !line.is_any(at, HOUSES)
}

fn is_capital(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// Whether a sentence, an item or a cell begins here.
fn is_start(line: &Line<'_>, at: usize) -> bool {
    match at.checked_sub(1) {
        None => true,
        Some(before) => matches!(
            line.mark(before),
            Some('.' | '!' | '?' | ':' | '|' | '#' | '>' | '•' | '-' | '–' | '—' | ')')
        ),
    }
}

fn opens(line: &Line<'_>, at: usize) -> bool {
    matches!(line.mark(at), Some('«' | '“' | '"' | '‹' | '‘'))
}

fn closes(line: &Line<'_>, at: usize) -> bool {
    matches!(line.mark(at), Some('»' | '”' | '"' | '›'))
}
