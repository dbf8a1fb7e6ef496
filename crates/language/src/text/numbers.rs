//! Numbers in words, in both languages.

use crate::text::words;
use std::sync::LazyLock;

use crate::text::{
    initials::ByInitial,
    tokens::{Gap, Tokens},
};

/// Words by what they count.
type Table = LazyLock<ByInitial<u32>>;

static UNITS: Table = LazyLock::new(|| ByInitial::new(words::NUMBER_UNIT.iter().copied()));
static TENS: Table = LazyLock::new(|| ByInitial::new(words::NUMBER_TEN.iter().copied()));
static ORDINALS: Table = LazyLock::new(|| ByInitial::new(words::NUMBER_ORDINAL.iter().copied()));

fn lookup(table: &Table, word: &str) -> Option<u32> {
    table.get(word).copied()
}

/// A number below 100 in words.
fn small(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let word = tokens.word(at);
    if words::NUMBER_FOUR_FR.contains(&word) && tokens.is(at + 1, words::NUMBER_SCORE) {
        let unit =
            lookup(&UNITS, tokens.word(at + 2)).filter(|_| tokens.gap(at + 2) == Gap::Hyphen);
        return Some((80 + unit.unwrap_or(0), if unit.is_some() { 3 } else { 2 }));
    }
    if let Some(ten) = lookup(&TENS, word) {
        let mut next = at + 1;
        if tokens.is(next, words::NUMBER_ET) && tokens.is(next + 1, words::NUMBER_ONE_OR_ELEVEN) {
            next += 1;
        }
        let limit = if words::NUMBER_SIXTY_FR.contains(&word) {
            19
        } else {
            9
        };
        return Some(match lookup(&UNITS, tokens.word(next)) {
            Some(unit) if (1..=limit).contains(&unit) => (ten + unit, next + 1 - at),
            _ => (ten, 1),
        });
    }
    let unit = lookup(&UNITS, word)?;
    match lookup(&UNITS, tokens.word(at + 1)) {
        Some(more @ 7..=9) if words::NUMBER_TEN_FR.contains(&word) => Some((10 + more, 2)),
        _ => Some((unit, 1)),
    }
}

/// The cardinal number at `at`, in digits or words, and how many tokens it spans.
pub(crate) fn cardinal(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(value) = tokens.number(at) {
        return Some((value, 1));
    }
    let (mut value, mut end) = match small(tokens, at) {
        Some((value, length)) => (value, at + length),
        None if tokens.is(at, words::NUMBER_CENT_OR_MILLE) => (1, at),
        // "a hundred pounds"
        None if tokens.is(at, words::PARTICLE_A_ALONE)
            && tokens.is(at + 1, words::NUMBER_HUNDRED_OR_THOUSAND) =>
        {
            (1, at + 1)
        }
        None => return None,
    };
    if tokens.is(end, words::NUMBER_HUNDRED) {
        value *= 100;
        end += 1;
        if tokens.is(end, words::NUMBER_AND) && small(tokens, end + 1).is_some() {
            end += 1;
        }
        if let Some((more, length)) = small(tokens, end) {
            value += more;
            end += length;
        }
    }
    if tokens.is(end, words::NUMBER_THOUSAND) {
        value *= 1000;
        end += 1;
        let and = usize::from(tokens.is(end, words::NUMBER_AND));
        // "deux mille vingt-sept", "two thousand five hundred"; "two thousand 5 March" is two numbers.
        if tokens.number(end + and).is_none()
            && let Some((more, length)) = small(tokens, end + and)
        {
            let hundreds = tokens.is(end + and + length, words::NUMBER_HUNDRED);
            value += if hundreds { more * 100 } else { more };
            end += and + length + usize::from(hundreds);
        }
    }
    Some((value, end - at))
}

/// The ordinal at `at` ("second", "2nd", "twenty-first"), and how many tokens it spans.
pub(crate) fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(value) = tokens.number(at) {
        let suffixed =
            tokens.gap(at + 1) == Gap::None && tokens.is(at + 1, words::NUMBER_ORDINAL_SUFFIX);
        return suffixed.then_some((value, 2));
    }
    if let (Some(ten @ 20..=30), Some(unit @ 1..=9)) = (
        lookup(&TENS, tokens.word(at)),
        lookup(&ORDINALS, tokens.word(at + 1)),
    ) {
        return Some((ten + unit, 2));
    }
    lookup(&ORDINALS, tokens.word(at)).map(|value| (value, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals_in_both_languages() {
        for (text, value) in [
            ("trente et un", 31),
            ("vingt-deux", 22),
            ("dix-sept", 17),
            ("twenty-one", 21),
            ("quatre-vingt-dix", 90),
            ("soixante-quinze", 75),
            ("cinq cents", 500),
            ("two hundred and fifty", 250),
            ("mille", 1000),
            ("deux mille", 2000),
            ("deux mille vingt-sept", 2027),
            ("two thousand five hundred", 2500),
            ("a hundred", 100),
            ("42", 42),
        ] {
            let tokens = Tokens::new(text);
            assert_eq!(cardinal(&tokens, 0), Some((value, tokens.len())), "{text}");
        }
        assert_eq!(cardinal(&Tokens::new("cher"), 0), None);
    }

    #[test]
    fn ordinals_in_both_languages() {
        for (text, value) in [
            ("1er", 1),
            ("2nd", 2),
            ("twenty-third", 23),
            ("deuxième", 2),
            ("21st", 21),
        ] {
            let tokens = Tokens::new(text);
            assert_eq!(ordinal(&tokens, 0), Some((value, tokens.len())), "{text}");
        }
        assert_eq!(ordinal(&Tokens::new("12 e"), 0), None);
    }
}
