//! What nobody has used: told to the visitor rather than passed over.

use std::ops::Range;

use crate::{
    ledger::Ledger,
    slots::LeftOver,
    text::{lexicon::Meaning, tokens::Tokens},
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

/// Whether a token is left and says something.
fn carries(tokens: &Tokens<'_>, ledger: &Ledger, at: usize) -> bool {
    ledger.is_left(at)
        && !tokens.is_symbol(at)
        && tokens.means(at, Meaning::NeutralWord).is_none()
        && (tokens.number(at).is_some() || tokens.word(at).chars().nth(1).is_some())
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
