//! A message in clauses, so that each of its questions is read by itself.

use std::ops::Range;

use crate::text::{lexicon::Meaning, tokens::Tokens};

/// What stands between two marks of punctuation or conjunctions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its tokens; never empty.
    pub(super) tokens: Range<usize>,
    /// The first token of the conjunction before it, if one stands there.
    pub(super) lead: usize,
    /// Nothing but a conjunction parts it from the clause before.
    pub(super) joined: bool,
    /// A question mark follows.
    pub(super) ends_in_question: bool,
}

/// Marks that end a clause.
const MARKS: &[&str] = &["?", "!", ";", ".", ",", ":", "+", "(", ")"];

/// The clauses of a message, in order.
pub(super) fn of(tokens: &Tokens<'_>) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let (mut at, mut marked) = (0, true);
    while at < tokens.len() {
        let lead = at;
        while at < tokens.len() && parts(tokens, at) {
            marked |= tokens.is_symbol(at);
            at += 1;
        }
        let start = at;
        let mut open = false;
        while at < tokens.len() && (at == start || !breaks(tokens, at)) {
            open |= tokens.means(at, Meaning::QuestionRange).is_some();
            if parts(tokens, at) {
                // "Between Paris and Sydney" is one.
                if !open || tokens.is_symbol(at) {
                    break;
                }
                open = false;
            }
            at += 1;
        }
        if start == at {
            break;
        }
        // What stood before the last mark belongs to the clause before it.
        let after_mark = (lead..start).rev().find(|at| tokens.is_symbol(*at));
        clauses.push(Clause {
            tokens: start..at,
            lead: after_mark.map_or(lead, |mark| mark + 1),
            joined: !marked && lead < start,
            ends_in_question: tokens.is(at, &["?"]),
        });
        marked = breaks(tokens, at);
    }
    clauses
}

/// Whether a token parts clauses.
fn parts(tokens: &Tokens<'_>, at: usize) -> bool {
    // "Flights + hotel" is one thing, and "plus" is no conjunction in "en savoir plus".
    let whole = [
        Meaning::TopicAllIn,
        Meaning::TopicOfferDetail,
        Meaning::TopicCheapest,
        Meaning::DetailFull,
        Meaning::TopicDays,
    ];
    let inside = |range: Range<usize>| range.len() > 1 && range.contains(&at);
    if whole.iter().any(|meaning| tokens.all(*meaning).any(inside)) {
        return false;
    }
    tokens.is(at, MARKS) || tokens.means(at, Meaning::QuestionConjunction).is_some()
}

/// Whether a line ends before a token.
fn breaks(tokens: &Tokens<'_>, at: usize) -> bool {
    let (before, here) = (
        tokens.bytes(at.saturating_sub(1)..at),
        tokens.bytes(at..at + 1),
    );
    let between = tokens.text().get(before.end..here.start);
    at > 0 && between.is_some_and(|between| between.contains('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_conjunctions_part_clauses_and_amounts_stay_whole() {
        let parts = |text| {
            let tokens = Tokens::new(text);
            let clauses = of(&tokens).into_iter();
            let parts = clauses.map(|clause| tokens.surface(clause.tokens).to_owned());
            parts.collect::<Vec<_>>()
        };
        assert_eq!(
            parts("What time is it in Tokyo, and what is the currency?"),
            ["What time is it in Tokyo", "what is the currency"]
        );
        assert_eq!(
            parts("Quelle heure est-il ? Et 1,000 yens ou 12.50 €"),
            ["Quelle heure est-il", "1,000 yens ou 12.50 €"]
        );
        assert_eq!(
            parts("Lyon Rome\nquelle monnaie"),
            ["Lyon Rome", "quelle monnaie"]
        );
        assert!(parts(" ?! ").is_empty());
    }
}
