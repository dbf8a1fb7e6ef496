//! The answer to "what would you rather relax?": a bare "the budget" drops that wish.

use travel::{Alliance, Cabin, DayPart};

use crate::{
    ledger::Ledger,
    reading::Reading,
    text::{lexicon::Meaning, tokens::Tokens},
    wish::{Feature, Polarity, Span, Wish},
};

/// Most words of such an answer.
const MOST_WORDS: usize = 6;

/// Reads what is dropped, where the message is nothing but names of wishes.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger, reading: &mut Reading) {
    if tokens.len() > MOST_WORDS || reading.change_trip() {
        return;
    }
    for (noun, feature) in [
        (Meaning::WishAirlineNoun, Feature::Airline(None)),
        (Meaning::WishCabinNoun, Feature::Cabin(Cabin::Economy)),
        (Meaning::WishStopsNoun, Feature::Stops(2)),
        (Meaning::WishBudgetNoun, Feature::Budget),
        (Meaning::WishHourNoun, Feature::Departure(DayPart::Morning)),
        (
            Meaning::WishAllianceNoun,
            Feature::Alliance(Alliance::StarAlliance),
        ),
        (Meaning::WishBag, Feature::CheckedBag),
        (Meaning::WishCheckedBag, Feature::CheckedBag),
        (Meaning::WishRefundable, Feature::Refundable),
        (Meaning::WishLowCost, Feature::LowCost),
        (Meaning::WishOvernight, Feature::Overnight),
    ] {
        if let Some(range) = tokens.all(noun).next() {
            claims.take(range.clone());
            reading.wishes.push(Wish {
                feature,
                polarity: Polarity::Indifferent,
                at: Span::of(tokens, range),
            });
        }
    }
}
