//! The card of flight offers, ready to print.

use agent::{answer::Answer, event::Card, travel::Offer};
use askama::Template;
use jiff::tz::TimeZone;

use super::{
    badges::badges,
    filters::Filters,
    format,
    offer::{self, OfferView, Place},
    proposal::ProposalBox,
    usual,
};
use crate::i18n::{Texts, offers::OfferTexts};

/// Flight offers to compare.
#[derive(Template)]
#[template(path = "cards/flight_offers.html")]
pub(crate) struct FlightsView {
    t: &'static Texts,
    o: &'static OfferTexts,
    heading: String,
    /// The cities, where the answer has offers for several trips; of a return those of the way out.
    route: Vec<String>,
    /// All of them are: it is said once.
    illustrative: bool,
    /// The price against those of the month.
    usual: Option<String>,
    /// `None` where there is nothing to choose from.
    filters: Option<Filters>,
    /// Names of what is compared, as JSON.
    compared: String,
    offers: Vec<OfferView>,
    /// Which of them is proposed, from 0.
    proposed: Option<usize>,
    /// Offers that fit and are not here, in words.
    more: Option<String>,
}

impl FlightsView {
    /// `more`: how many further offers fit.
    pub(super) fn new(offers: &[Offer], more: usize, answer: &Answer, zone: &TimeZone) -> Self {
        let locale = answer.locale;
        let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
        let illustrative = offers.iter().all(|offer| offer.illustrative);
        let proposed = answer.proposal.as_ref();
        let proposed = offers
            .iter()
            .position(|offer| proposed.is_some_and(|proposal| proposal.offer_id == offer.id.0));
        let open = proposed.unwrap_or(0);
        let views = offers.iter().zip(badges(offers)).enumerate();
        let is_flights = |card: &&Card| matches!(card, Card::FlightOffers { .. });
        let several = answer.cards.iter().filter(is_flights).count() > 1;
        Self {
            t,
            o,
            heading: t.offers.of(offers.len() as u64),
            route: match offers.first() {
                Some(offer) if several => route(offer),
                _ => Vec::new(),
            },
            illustrative,
            usual: usual::text(offers, answer),
            filters: (offers.len() > 1).then(|| Filters::of(offers, locale)),
            compared: serde_json::to_string(&offer::compared(locale)).unwrap_or_default(),
            offers: views
                .map(|(at, (offer, badges))| {
                    let place = Place {
                        at,
                        open: at == open,
                        badges,
                        marked: offer.illustrative && !illustrative,
                    };
                    OfferView::new(offer, place, locale, zone)
                })
                .collect(),
            proposed,
            more: (more > 0).then(|| {
                let more = u64::try_from(more).unwrap_or(u64::MAX);
                o.more_left.replace("{n}", &format::integer(more, locale))
            }),
        }
    }

    /// The same with nothing to choose.
    pub(super) fn read_only(self) -> Self {
        let offers = self.offers.into_iter().map(OfferView::read_only);
        Self {
            filters: None,
            more: None,
            offers: offers.collect(),
            ..self
        }
    }

    /// Whether the answer's proposal is one of these offers.
    pub(super) const fn has_proposed(&self) -> bool {
        self.proposed.is_some()
    }

    /// Puts the proposal below its offer.
    pub(super) fn propose(&mut self, proposal: Option<ProposalBox>) {
        if let Some(offer) = self.proposed.and_then(|at| self.offers.get_mut(at)) {
            offer.propose(proposal);
        }
    }
}

/// `Paris → Rome → Athènes → Paris`: the cities, in order.
pub(super) fn route(offer: &Offer) -> Vec<String> {
    let legs = match offer.is_return() {
        true => &offer.slices[..1],
        false => &offer.slices,
    };
    let mut cities: Vec<String> = Vec::new();
    for city in legs
        .iter()
        .flat_map(|leg| [&leg.origin.city, &leg.destination.city])
    {
        if cities.last() != Some(city) {
            cities.push(city.clone());
        }
    }
    cities
}
