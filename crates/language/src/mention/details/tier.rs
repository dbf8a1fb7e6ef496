//! Which of the packages that were shown is taken: "the comfort one, please", "je prends l'équilibrée".

use super::Setting;
use crate::{
    Details,
    ledger::Ledger,
    reading::Tier,
    text::{lexicon::Meaning, tokens::Tokens},
};

/// Most tokens of a message that takes a package by its name alone.
const BARE: usize = 6;

const TIERS: [(Meaning, Tier); 3] = [
    (Meaning::DetailTierThrifty, Tier::Thrifty),
    (Meaning::DetailTierBalanced, Tier::Balanced),
    (Meaning::DetailTierComfort, Tier::Comfort),
];

/// Reads it; a message that asks, or speaks of flights, takes none.
pub(super) fn read(setting: &Setting<'_>, claims: &mut Ledger, details: &mut Details) {
    let tokens = setting.tokens;
    let says = |meaning| tokens.all(meaning).next().is_some();
    let asks = (0..tokens.len()).any(|at| tokens.is(at, &["?"]));
    if asks || says(Meaning::QuestionSpeaksOfFlights) {
        return;
    }
    let taken = tokens.all(Meaning::DetailTierTaken).next();
    let named = TIERS.into_iter().filter_map(|(meaning, tier)| {
        let words = tokens.all(meaning).next()?;
        (!is_refused(tokens, words.start)).then_some((words, tier))
    });
    let named: Vec<_> = named.collect();
    let [(words, tier)] = named.as_slice() else {
        return;
    };
    if taken.is_none() && tokens.len() > BARE {
        return;
    }
    details.tier = Some(*tier);
    claims.take(words.clone());
    if let Some(taken) = taken {
        claims.take(taken);
    }
}

/// "Not the comfort one".
fn is_refused(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = at.saturating_sub(2)..=at;
    before
        .into_iter()
        .any(|at| tokens.means_before(at, Meaning::PolarityNegation).is_some())
}
