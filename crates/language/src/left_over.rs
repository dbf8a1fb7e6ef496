//! What nobody has used: told to the visitor rather than passed over.

use std::{ops::Range, sync::LazyLock};

use crate::{
    ledger::Ledger,
    reading::LeftOver,
    text::{
        lexicon::{Meaning, PHRASES},
        tokens::Tokens,
        typos::one_edit_apart,
    },
    wish::Span,
};

/// The words that carry meaning and were used by nothing, neighbours together, as typed.
pub(crate) fn of(tokens: &Tokens<'_>, ledger: &Ledger) -> Vec<LeftOver> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !carries(tokens, ledger, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        // Small words between two that are left belong to what was not understood.
        while let Some(next) = (end..(end + 3).min(tokens.len()))
            .take_while(|at| ledger.is_left(*at) && !tokens.is_symbol(*at))
            .find(|at| carries(tokens, ledger, *at))
        {
            end = next + 1;
        }
        ranges.push(at..end);
        at = end;
    }
    ranges
        .into_iter()
        .map(|range| left_over(tokens, range))
        .collect()
}

/// Most words of a name below a letter.
const LONGEST_SIGNATURE: usize = 3;

/// Marks the name below a letter: "Kind regards, Margaret".
pub(crate) fn mark_signature(tokens: &Tokens<'_>, ledger: &mut Ledger) {
    let Some(end) = tokens
        .all(Meaning::TalkClosing)
        .map(|range| range.end)
        .max()
    else {
        return;
    };
    for closing in tokens.all(Meaning::TalkClosing) {
        ledger.mark(closing);
    }
    let name = end..tokens.len();
    let words = name.clone().filter(|at| !tokens.is_symbol(*at));
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.capital);
    if words.clone().count() <= LONGEST_SIGNATURE && words.into_iter().all(capital) {
        ledger.mark(name);
    }
}

/// Whether a token is left and says something.
fn carries(tokens: &Tokens<'_>, ledger: &Ledger, at: usize) -> bool {
    ledger.is_left(at)
        && !tokens.is_symbol(at)
        && tokens.means(at, Meaning::NeutralWord).is_none()
        && !is_misspelt_filler(tokens.word(at))
        && (tokens.number(at).is_some() || tokens.word(at).chars().nth(1).is_some())
}

/// Letters from which a word with one too few, too many or swapped is known for what it is.
const LONG_ENOUGH: usize = 5;

/// The words that say nothing of their own, long enough to be known with a typing error, by their length.
static FILLERS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    const MEANINGS: [Meaning; 3] = [
        Meaning::NeutralWord,
        Meaning::TalkRequest,
        Meaning::ItineraryGoing,
    ];
    let mut by_length: Vec<Vec<&str>> = Vec::new();
    for (phrase, meaning) in PHRASES {
        if MEANINGS.contains(meaning) && phrase.len() >= LONG_ENOUGH {
            let length = by_length.len().max(phrase.len() + 1);
            by_length.resize_with(length, Vec::new);
            by_length[phrase.len()].push(phrase);
        }
    }
    by_length
});

/// Builds the table now.
pub(crate) fn warm_up() {
    LazyLock::force(&FILLERS);
}

/// "flihgt", "bilet": a word that says nothing of its own, with a typing error.
fn is_misspelt_filler(word: &str) -> bool {
    if word.len() < LONG_ENOUGH {
        return false;
    }
    (word.len() - 1..=word.len() + 1)
        .filter_map(|length| FILLERS.get(length))
        .flatten()
        .any(|phrase| mistyped(phrase, word))
}

/// Whether a letter was left out, doubled or swapped with its neighbour; another letter makes another word.
fn mistyped(phrase: &str, word: &str) -> bool {
    one_edit_apart(phrase, word) && (phrase.len() != word.len() || is_swapped(phrase, word))
}

/// Whether two words of one length have the same letters.
fn is_swapped(phrase: &str, word: &str) -> bool {
    let mut letters = [phrase.as_bytes().to_vec(), word.as_bytes().to_vec()];
    letters
        .iter_mut()
        .for_each(|letters| letters.sort_unstable());
    letters[0] == letters[1]
}

fn left_over(tokens: &Tokens<'_>, range: Range<usize>) -> LeftOver {
    let at = whole_address(tokens.text(), tokens.bytes(range));
    LeftOver {
        text: tokens.text()[at.clone()].to_owned(),
        at: Span {
            start: at.start,
            end: at.end,
        },
    }
}

/// An e-mail address is told whole: half of one would not be known for what it is where addresses are
/// taken out of what is recorded.
fn whole_address(text: &str, at: Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind(char::is_whitespace);
    let start = start.map_or(0, |blank| {
        blank + text[blank..].chars().next().map_or(0, char::len_utf8)
    });
    let end = text[at.end..].find(char::is_whitespace);
    let end = end.map_or(text.len(), |blank| at.end + blank);
    if text[start..end].contains('@') {
        start..end
    } else {
        at
    }
}
