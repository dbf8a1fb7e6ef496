//! What the tool for suggestions finds.

use guide::{
    region::Region,
    suggest::{Miss, Suggestion},
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::{
    grounding::Ground,
    locale::Locale,
    tools::Data,
    travel::{Iata, Money, Party},
};

/// A suggested destination.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggested {
    /// Where, why, and what it misses.
    #[serde(flatten)]
    pub suggestion: Suggestion,
    /// What the flights cost the party there and back; `None` = not known.
    pub price: Option<Money>,
    /// The day of departure at that price.
    pub departs: Option<Date>,
}

impl Suggested {
    /// Its name.
    pub(super) fn name(&self, locale: Locale) -> &'static str {
        let place = guide::destination::by_code(self.suggestion.destination);
        place.map_or_else(Default::default, |place| place.name(locale))
    }
}

/// Destinations for wishes.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestionsFound {
    /// Where from; `None` = not said, and nothing is priced.
    pub departure: Option<Iata>,
    /// The first day there, or the first of the month.
    pub from: Date,
    /// Whether that is the very day.
    pub exact: bool,
    /// Whether nobody said when.
    pub month_assumed: bool,
    /// Nights that the flights are for.
    pub nights: u16,
    /// Whether nobody said how many.
    pub nights_assumed: bool,
    /// Who.
    pub party: Party,
    /// What the flights of all may cost.
    pub budget: Option<Money>,
    /// The part of the world within which they are, where one was asked for.
    pub region: Option<Region>,
    /// The one in which they are not.
    pub exclude_region: Option<Region>,
    /// Best first; empty = nothing is left of what was excluded.
    pub suggestions: Vec<Suggested>,
}

impl Data for SuggestionsFound {
    fn ground(&self, ground: &mut Ground) {
        let mut add = |amount| ground.add_amount(amount);
        self.budget.into_iter().for_each(&mut add);
        for suggested in &self.suggestions {
            suggested.price.into_iter().for_each(&mut add);
            for miss in &suggested.suggestion.misses {
                if let Miss::OverBudget { price, over } = miss {
                    add(*price);
                    add(*over);
                }
            }
        }
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
