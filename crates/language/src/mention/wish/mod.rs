//! How to travel: one-way or return, cabin, stops, part of the day, what matters most.

mod words;

use self::words::{CABINS, CHEAPEST, DAY_PARTS, DIRECT, FASTEST, ONE_WAY, RETURN, STOPS};
use crate::{slots::Slots, text::numbers::cardinal, text::tokens::Tokens};
use travel::{Cabin, DayPart, Sort};

/// Reads the preferences.
pub(crate) fn read(tokens: &Tokens<'_>, slots: &mut Slots) {
    slots.one_way = one_way(tokens);
    slots.cabin = cabin(tokens);
    slots.max_stops = max_stops(tokens);
    slots.departure = departure(tokens);
    slots.sort = sort(tokens);
}

fn one_way(tokens: &Tokens<'_>) -> Option<bool> {
    let negated =
        |at: usize| tokens.preceded(at, &["pas un", "pas d", "not a", "not", "pas", "plus un"]);
    match (tokens.find(ONE_WAY), tokens.find(RETURN)) {
        // "a round trip or one way?" says neither, unless one of them is denied.
        (Some(one), Some(both)) if negated(one.start) == negated(both.start) => None,
        (Some(one), _) => Some(!negated(one.start)),
        (None, Some(both)) => Some(negated(both.start)),
        (None, None) => None,
    }
}

fn cabin(tokens: &Tokens<'_>) -> Option<Cabin> {
    let found = CABINS.iter().filter_map(|(cabin, phrases)| {
        let range = tokens.find(phrases)?;
        // "business trip", "la première semaine", "the first one", "in business with".
        let other = tokens.longest(
            range.end,
            &[
                "trip",
                "trips",
                "meeting",
                "semaine",
                "quinzaine",
                "week",
                "one",
                "option",
                "offre",
                "half",
                "moitie",
                "fois",
                "flight of the day",
                "travel",
                "plan",
                "reasons",
                "partner",
                "proposition",
                "time",
            ],
        );
        let other = other.is_some()
            || tokens.preceded(range.start, &["on", "for my", "plus", "le plus"])
            || *cabin == Cabin::First
                && tokens.is(range.start, &["la"])
                && !tokens.preceded(range.start, &["en", "dans", "voyager en"])
                && range.end < tokens.len();
        (!other).then_some((*cabin, range))
    });
    // The longest phrase: "premium economy" is no economy.
    found
        .max_by_key(|(_, range)| (range.end - range.start, std::cmp::Reverse(range.start)))
        .map(|(cabin, _)| cabin)
}

fn max_stops(tokens: &Tokens<'_>) -> Option<u8> {
    if let Some(range) = tokens.find(DIRECT) {
        let denied = tokens.preceded(
            range.start,
            &[
                "pas forcement",
                "pas",
                "not",
                "not necessarily",
                "pas besoin de",
                "pas necessairement",
            ],
        );
        if !denied || tokens.is(range.start, &["pas", "aucune"]) {
            return Some(0);
        }
    }
    (0..tokens.len()).find_map(|at| {
        let (count, length) = match cardinal(tokens, at) {
            Some(found) => found,
            None if tokens.is(at, &["a"]) => (1, 1),
            None => return None,
        };
        let mut noun = at + length;
        noun += usize::from(tokens.is(noun, &["seule", "single", "petite", "or", "ou"]));
        let stops = tokens.longest(noun, STOPS)?;
        // "a stop in Doha" is a wish for Doha; "one stop" is a limit.
        let place = tokens.longest(noun + stops, &["in", "at", "a"]).is_some()
            && !tokens.is(noun + stops + 1, &["most", "max", "maximum", "the"]);
        let count = u8::try_from(count).ok().filter(|count| *count <= 2)?;
        let vague =
            tokens.is(at, &["a"]) && !tokens.preceded(at, &["with", "than", "only", "just"]);
        (!place && !vague).then_some(count)
    })
}

fn departure(tokens: &Tokens<'_>) -> Option<DayPart> {
    let first = DAY_PARTS.iter().filter_map(|(part, phrases)| {
        let range = (0..tokens.len()).find_map(|at| {
            let end = at + tokens.longest(at, phrases)?;
            let greeting = tokens.preceded(
                at,
                &[
                    "good",
                    "bon",
                    "bonne",
                    "hier",
                    "yesterday",
                    "trop",
                    "plus",
                    "ce plus",
                    "le plus",
                ],
            );
            let other =
                tokens.is(at, &["tot", "soir"]) && tokens.preceded(at, &["pas trop", "au plus"]);
            (!greeting && !other).then_some(at..end)
        })?;
        Some((*part, range.start))
    });
    first.min_by_key(|(_, at)| *at).map(|(part, _)| part)
}

fn sort(tokens: &Tokens<'_>) -> Option<Sort> {
    if tokens.find(CHEAPEST).is_some() {
        return Some(Sort::Price);
    }
    tokens.find(FASTEST).map(|_| Sort::Duration)
}
