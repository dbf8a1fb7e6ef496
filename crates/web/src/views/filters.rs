//! By what the offers of a card can be filtered: only where they differ.

use agent::{
    locale::Locale,
    travel::{DayPart, Offer},
};

use super::format;
use crate::i18n::offers::OfferTexts;

/// The choices of each filter: the value that is compared, and its words. Empty where all offers are
/// alike.
pub(crate) struct Filters {
    /// At most so many stops.
    pub(super) stops: Vec<(u8, &'static str)>,
    /// Parts of the day.
    pub(super) leaves: Vec<(&'static str, &'static str)>,
    /// Carrier codes and names.
    pub(super) carriers: Vec<(String, String)>,
    /// At most this price, in the smallest unit.
    pub(super) price: Vec<(i64, String)>,
    /// At most so many minutes.
    pub(super) minutes: Vec<(i64, String)>,
    /// At most so many kilograms.
    pub(super) emissions: Vec<(u32, String)>,
    /// Whether some have a hold bag and some have none.
    pub(super) bags: bool,
}

impl Filters {
    pub(super) fn of(offers: &[Offer], locale: Locale) -> Self {
        let o = OfferTexts::of(locale);
        let up_to = |value: String| o.up_to.replace("{value}", &value);
        let with_bag = offers.iter().filter(|offer| offer.baggage.checked > 0);
        let with_bag = with_bag.count();
        Self {
            stops: stops(offers, o),
            leaves: parts(offers, o),
            carriers: carriers(offers),
            price: steps(offers.iter().map(|offer| (offer.total.minor, offer.total)))
                .map(|(minor, total)| (minor, up_to(format::money(total, locale))))
                .collect(),
            minutes: steps(
                offers
                    .iter()
                    .map(|offer| (offer.duration().as_mins(), offer)),
            )
            .map(|(minutes, offer)| (minutes, up_to(format::duration(offer.duration(), locale))))
            .collect(),
            emissions: steps(offers.iter().map(|offer| (offer.emissions_kg, offer)))
                .map(|(kg, offer)| (kg, up_to(super::offer_line::emissions(offer, locale))))
                .collect(),
            bags: with_bag > 0 && with_bag < offers.len(),
        }
    }

    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        self.bags
            || !(self.stops.is_empty()
                && self.leaves.is_empty()
                && self.carriers.is_empty()
                && self.price.is_empty()
                && self.minutes.is_empty()
                && self.emissions.is_empty())
    }
}

/// The different values but the largest, which leaves nothing out, in order.
fn steps<K: Ord + Copy, V>(values: impl Iterator<Item = (K, V)>) -> impl Iterator<Item = (K, V)> {
    let mut values: Vec<_> = values.collect();
    values.sort_by_key(|(key, _)| *key);
    values.dedup_by_key(|(key, _)| *key);
    values.pop();
    values.into_iter()
}

fn stops(offers: &[Offer], o: &'static OfferTexts) -> Vec<(u8, &'static str)> {
    let most = offers.iter().map(Offer::stops).max().unwrap_or_default();
    [(0, o.direct), (1, o.at_most_one)]
        .into_iter()
        .filter(|(stops, _)| *stops < most && offers.iter().any(|offer| offer.stops() <= *stops))
        .collect()
}

fn parts(offers: &[Offer], o: &'static OfferTexts) -> Vec<(&'static str, &'static str)> {
    let parts: Vec<_> = offers
        .iter()
        .filter_map(super::offer_line::leaves_in)
        .collect();
    let named = [
        (DayPart::Morning, "morning", o.morning),
        (DayPart::Afternoon, "afternoon", o.afternoon),
        (DayPart::Evening, "evening", o.evening),
        (DayPart::Night, "night", o.night),
    ];
    let found: Vec<_> = named
        .into_iter()
        .filter(|(part, ..)| parts.contains(part))
        .map(|(_, value, words)| (value, words))
        .collect();
    match found.len() {
        0 | 1 => Vec::new(),
        _ => found,
    }
}

fn carriers(offers: &[Offer]) -> Vec<(String, String)> {
    let segments = offers
        .iter()
        .flat_map(|offer| &offer.slices)
        .flat_map(|slice| &slice.segments);
    let mut found: Vec<_> = segments
        .map(|segment| {
            (
                segment.carrier.iata.to_string(),
                segment.carrier.name.clone(),
            )
        })
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found.dedup();
    match found.len() {
        1 => Vec::new(),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    #[test]
    fn only_what_tells_offers_apart_can_be_chosen() {
        let offers = samples::offers();
        let filters = Filters::of(&offers, Locale::Fr);
        assert_eq!(filters.stops, [(0, "direct"), (1, "1 au plus")]);
        assert_eq!(
            filters.price.len(),
            offers.len() - 1,
            "the dearest leaves nothing out"
        );
        assert!(filters.price.is_sorted());
        assert!(
            filters
                .carriers
                .iter()
                .any(|(_, name)| name == "Air France")
        );
        let alike = Filters::of(&[offers[0].clone(), offers[0].clone()], Locale::En);
        assert!(alike.price.is_empty() && alike.stops.is_empty() && alike.leaves.is_empty());
    }
}
