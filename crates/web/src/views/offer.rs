//! One flight offer, ready to print.

use agent::{
    locale::Locale,
    travel::{Offer, offer::PassengerKind},
};
use askama::Template;
use jiff::tz::TimeZone;

use super::{format, slice::SliceView};
use crate::i18n::Texts;

/// A flight offer.
#[derive(Template)]
#[template(path = "cards/offer.html")]
pub(crate) struct OfferView {
    t: &'static Texts,
    badges: Vec<Badge>,
    price: String,
    /// `2 adultes × 431,20 €`, by kind of passenger.
    fares: Vec<String>,
    party: String,
    slices: Vec<SliceView>,
    baggage: String,
    conditions: String,
    emissions: String,
    illustrative: bool,
    source: String,
    valid_until: String,
    /// The message that chooses it; `None` past the tenth.
    choose: Option<String>,
}

/// Why an offer stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Badge {
    Best,
    Cheapest,
    Fastest,
}

impl Badge {
    fn text(self, t: &'static Texts) -> &'static str {
        match self {
            Self::Best => t.best,
            Self::Cheapest => t.cheapest,
            Self::Fastest => t.fastest,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Cheapest => "cheapest",
            Self::Fastest => "fastest",
        }
    }
}

impl OfferView {
    pub(crate) fn new(
        offer: &Offer,
        position: usize,
        badges: Vec<Badge>,
        locale: Locale,
        zone: &TimeZone,
    ) -> Self {
        let t = Texts::of(locale);
        let travellers = offer
            .per_passenger
            .iter()
            .map(|fare| u64::from(fare.count))
            .sum();
        let until = format::moment(offer.expires_at, zone, locale);
        Self {
            t,
            badges,
            price: format::money(offer.total, locale),
            fares: fares(offer, locale),
            party: t.total_for.of(travellers),
            slices: offer
                .slices
                .iter()
                .enumerate()
                .map(|(at, slice)| SliceView::new(slice, label(offer, at, t), locale))
                .collect(),
            baggage: baggage(offer, t),
            conditions: conditions(offer, t),
            emissions: format!(
                "{}\u{a0}kg",
                format::integer(offer.emissions_kg.into(), locale)
            ),
            illustrative: offer.illustrative,
            source: match offer.source.as_str() {
                "offline" => t.source_offline.to_owned(),
                other => other.to_owned(),
            },
            valid_until: t.valid_until.replace("{date}", &until),
            choose: t
                .ordinals
                .get(position)
                .map(|ordinal| t.choose_message.replace("{n}", ordinal)),
        }
    }
}

/// Out and back of a return; of a trip with more legs their numbers.
fn label(offer: &Offer, at: usize, t: &Texts) -> String {
    match (offer.slices.len(), at) {
        (1, _) => t.outbound.to_owned(),
        (_, 0) if offer.is_return() => t.outbound.to_owned(),
        _ if offer.is_return() => t.inbound.to_owned(),
        _ => t.leg.replace("{n}", &(at + 1).to_string()),
    }
}

fn fares(offer: &Offer, locale: Locale) -> Vec<String> {
    let t = Texts::of(locale);
    let line = |fare: &agent::travel::offer::PassengerFare| {
        let kind = match fare.kind {
            PassengerKind::Adult => &t.adults,
            PassengerKind::Child => &t.children,
            PassengerKind::InfantWithoutSeat => &t.infants,
        };
        let price = agent::travel::Money::parse(&fare.amount, offer.currency())
            .map_or_else(|| fare.amount.clone(), |each| format::money(each, locale));
        format!("{} × {price}", kind.of(fare.count.into()))
    };
    offer.per_passenger.iter().map(line).collect()
}

fn baggage(offer: &Offer, t: &Texts) -> String {
    let cabin = match offer.baggage.carry_on {
        0 => t.personal_item.to_owned(),
        n => t.cabin_bags.of(n.into()),
    };
    let hold = match offer.baggage.checked {
        0 => t.no_hold_bag.to_owned(),
        n => t.hold_bags.of(n.into()),
    };
    format!("{cabin}, {hold}")
}

fn conditions(offer: &Offer, t: &Texts) -> String {
    let pick = |yes, if_yes, if_no| if yes { if_yes } else { if_no };
    let money = pick(offer.conditions.refundable, t.refundable, t.not_refundable);
    let dates = pick(offer.conditions.changeable, t.changeable, t.not_changeable);
    format!("{money}, {dates}")
}
