//! What a destination is to be like, and what people like to see there.

use std::ops::Range;

use travel::Interest;

use super::Setting;
use crate::{
    Details, Kind, Polarity, Taste, Topic, Warmth,
    ledger::Ledger,
    mention::wish::polarity,
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens},
};

/// What the words mean of a destination, and of sights.
const TASTES: &[(Meaning, Option<Kind>, Option<Interest>)] = &[
    (
        Meaning::DetailBeach,
        Some(Kind::Beach),
        Some(Interest::Beaches),
    ),
    (Meaning::DetailCity, Some(Kind::City), None),
    (Meaning::DetailMountain, Some(Kind::Mountain), None),
    (Meaning::DetailCulture, Some(Kind::Culture), None),
    (
        Meaning::DetailMuseum,
        Some(Kind::Culture),
        Some(Interest::Museums),
    ),
    (
        Meaning::DetailMonument,
        Some(Kind::Culture),
        Some(Interest::Monuments),
    ),
    (
        Meaning::DetailPark,
        Some(Kind::Nature),
        Some(Interest::Parks),
    ),
    (Meaning::DetailNature, Some(Kind::Nature), None),
    (
        Meaning::DetailReligious,
        Some(Kind::Culture),
        Some(Interest::Religious),
    ),
    (Meaning::DetailView, None, Some(Interest::Views)),
    (Meaning::DetailMarket, None, Some(Interest::Markets)),
    (Meaning::DetailNightlife, Some(Kind::Nightlife), None),
    (
        Meaning::DetailFamily,
        Some(Kind::Family),
        Some(Interest::Family),
    ),
    (Meaning::DetailFood, Some(Kind::Food), None),
];

const WARMTHS: &[(Meaning, Warmth)] = &[
    (Meaning::DetailHot, Warmth::Hot),
    (Meaning::DetailWarm, Warmth::Warm),
    (Meaning::DetailMild, Warmth::Mild),
    (Meaning::DetailSnow, Warmth::Snow),
    (Meaning::DetailDry, Warmth::Dry),
];

/// Subjects about what there is to see.
const OF_SIGHTS: &[Topic] = &[
    Topic::Sights,
    Topic::Nearby,
    Topic::Itinerary,
    Topic::Check,
    Topic::Map,
];

/// How near to its children a party tells their ages.
const AGES_WITHIN: usize = 3;

pub(super) fn read(setting: &Setting<'_>, claims: &mut Ledger, details: &mut Details) {
    let of_sights = setting.about(OF_SIGHTS);
    let of_a_destination = setting.about(&[Topic::Suggest]);
    let tokens = setting.tokens;
    if of_a_destination && let Some((warmth, words)) = warmth(tokens) {
        claims.take(words);
        details.warmth = Some(warmth);
    }
    if !of_sights && !of_a_destination {
        return;
    }
    let mut earlier = None;
    let mut at = 0;
    while at < tokens.len() {
        let Some((length, kind, interest)) = taste(tokens, at) else {
            at += 1;
            continue;
        };
        let words = at..at + length;
        at = words.end;
        // "The kids, 6 and 9" are of the party.
        let counted = (words.end..words.end + AGES_WITHIN).any(|at| cardinal(tokens, at).is_some());
        let of_party = kind == Some(Kind::Family) && counted;
        if of_party || claims.any(words.clone()) || is_in_a_name(tokens, words.start) {
            continue;
        }
        let of_place = kind.filter(|_| of_a_destination).map(Taste::Kind);
        let of_sight = interest.filter(|_| of_sights).map(Taste::Interest);
        let Some(taste) = of_place.or(of_sight) else {
            continue;
        };
        // "No museums or churches" refuses both, "no museums, parks" the first.
        let joined = |(end, _): &(usize, Polarity)| {
            let joining = tokens.means(*end, Meaning::PolarityJoining);
            joining.is_some_and(|length| end + length == words.start)
        };
        let meant = polarity::of(tokens, &words, earlier.filter(joined));
        earlier = Some((words.end, meant.polarity));
        match (meant.polarity, taste) {
            (Polarity::Refused, _) => push(&mut details.refused, taste),
            (Polarity::Indifferent, _) => continue,
            (_, Taste::Kind(kind)) => push(&mut details.kinds, kind),
            (_, Taste::Interest(interest)) => push(&mut details.interests, interest),
        }
        if meant.polarity == Polarity::Refused {
            claims.take(meant.words(&words));
        }
        claims.take(words);
    }
}

/// The longest phrase at `at`, and what it means.
fn taste(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Option<Kind>, Option<Interest>)> {
    let standing = TASTES.iter().filter_map(|(meaning, kind, interest)| {
        Some((tokens.means(at, *meaning)?, *kind, *interest))
    });
    standing.max_by_key(|(length, ..)| *length)
}

/// "Palm Beach", "Hyde Park": a word of a name is no wish.
fn is_in_a_name(tokens: &Tokens<'_>, at: usize) -> bool {
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.capital);
    capital(at) && at > 0 && (capital(at - 1) || capital(at + 1))
}

fn push<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// The weather that is wanted: the longest phrase, and the first of those.
fn warmth(tokens: &Tokens<'_>) -> Option<(Warmth, Range<usize>)> {
    let standing = WARMTHS
        .iter()
        .flat_map(|(meaning, warmth)| tokens.all(*meaning).map(|words| (*warmth, words)));
    standing.min_by_key(|(_, words)| (usize::MAX - words.len(), words.start))
}
