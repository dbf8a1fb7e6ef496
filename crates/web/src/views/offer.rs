//! One flight offer, ready to print: its line, and what opens below it.

use agent::{
    locale::Locale,
    travel::{Offer, offer::PassengerKind},
};
use askama::Template;
use jiff::tz::TimeZone;

use super::{
    format,
    offer_line::{self, OfferLine},
    proposal::ProposalBox,
    slice::SliceView,
};
use crate::i18n::{Texts, offers::OfferTexts};

/// A flight offer.
#[derive(Template)]
#[template(path = "cards/offer.html")]
pub(crate) struct OfferView {
    t: &'static Texts,
    o: &'static OfferTexts,
    /// Its number on the card, from 1.
    number: usize,
    /// Whether more than its line is shown at once.
    open: bool,
    badges: Vec<Badge>,
    line: OfferLine,
    /// `2 adultes × 431,20 €`, by kind of passenger.
    fares: Vec<String>,
    party: String,
    slices: Vec<SliceView>,
    baggage: String,
    conditions: String,
    emissions: String,
    /// Marked on the offer where the others of its card are not illustrative.
    illustrative: bool,
    source: String,
    valid_until: String,
    /// What the button that chooses it says and sends; `None` past the tenth.
    choose: Option<Choose>,
    /// What is compared side by side, in the order of [`compared`], as JSON.
    compared: String,
    /// What waits for a yes or a no to it.
    proposal: Option<ProposalBox>,
}

/// The button that chooses an offer.
struct Choose {
    message: String,
    /// Its name, which tells it from those of the other offers.
    name: String,
}

/// How an offer stands on its card.
pub(crate) struct Place {
    /// From 0.
    pub(crate) at: usize,
    /// Whether it is the one that is shown with all that it has.
    pub(crate) open: bool,
    pub(crate) badges: Vec<Badge>,
    /// Whether it says itself that it is illustrative.
    pub(crate) marked: bool,
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
    pub(crate) fn new(offer: &Offer, place: Place, locale: Locale, zone: &TimeZone) -> Self {
        let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
        let until = format::moment(offer.expires_at, zone, locale);
        let price = format::money(offer.total, locale);
        let number = place.at + 1;
        let name = o
            .choose
            .replace("{n}", &number.to_string())
            .replace("{carriers}", &offer_line::carriers(offer))
            .replace("{price}", &price);
        let slices = offer.slices.iter().enumerate();
        let mut view = Self {
            t,
            o,
            number,
            open: place.open,
            badges: place.badges,
            line: OfferLine::new(offer, locale),
            fares: fares(offer, locale),
            party: t.total_for.of(travellers(offer)),
            slices: slices
                .map(|(at, slice)| SliceView::new(slice, label(offer, at, t), locale))
                .collect(),
            baggage: baggage(offer, t),
            conditions: conditions(offer, t),
            emissions: offer_line::emissions(offer, locale),
            illustrative: place.marked,
            source: match offer.source.as_str() {
                "offline" => o.computed.to_owned(),
                other => other.to_owned(),
            },
            valid_until: t.valid_until.replace("{date}", &until),
            choose: t.ordinals.get(place.at).map(|ordinal| Choose {
                message: t.choose_message.replace("{n}", ordinal),
                name,
            }),
            compared: String::new(),
            proposal: None,
        };
        view.compared = serde_json::to_string(&view.cells()).unwrap_or_default();
        view
    }

    /// The same without its button.
    pub(super) fn read_only(self) -> Self {
        Self {
            choose: None,
            ..self
        }
    }

    /// Puts the proposal of this offer below it.
    pub(super) fn propose(&mut self, proposal: Option<ProposalBox>) {
        self.proposal = proposal;
    }

    /// What stands in its column where offers are compared; see [`compared`].
    fn cells(&self) -> [String; 8] {
        let each = |text: &dyn Fn(&SliceView) -> String| {
            let texts: Vec<_> = self.slices.iter().map(text).collect();
            texts.join("\n")
        };
        [
            format!("{}\n{}", self.line.price, self.party),
            self.line.carriers.clone(),
            each(&|slice| slice.in_words()),
            each(&|slice| slice.duration.clone()),
            each(&|slice| match slice.vias.is_empty() {
                true => slice.stops.clone(),
                false => format!("{}\u{a0}: {}", slice.stops, slice.vias.join(", ")),
            }),
            self.baggage.clone(),
            self.conditions.clone(),
            self.emissions.clone(),
        ]
    }
}

/// The names of what is compared, row by row.
pub(crate) fn compared(locale: Locale) -> [&'static str; 8] {
    let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
    [
        o.price,
        o.carrier,
        t.departure,
        o.duration,
        o.stops,
        o.baggage,
        o.terms,
        o.emissions,
    ]
}

fn travellers(offer: &Offer) -> u64 {
    let fares = offer.per_passenger.iter();
    fares.map(|fare| u64::from(fare.count)).sum()
}

/// `2 adultes, 1 enfant`.
pub(crate) fn party(offer: &Offer, locale: Locale) -> String {
    let t = Texts::of(locale);
    let fares = offer.per_passenger.iter();
    let kinds: Vec<_> = fares
        .map(|fare| kind(fare.kind, fare.count.into(), t))
        .collect();
    kinds.join(", ")
}

fn kind(kind: PassengerKind, count: u64, t: &Texts) -> String {
    let plural = match kind {
        PassengerKind::Adult => &t.adults,
        PassengerKind::Child => &t.children,
        PassengerKind::InfantWithoutSeat => &t.infants,
    };
    plural.of(count)
}

/// Out and back of a return; of a trip with more legs their numbers.
pub(crate) fn label(offer: &Offer, at: usize, t: &Texts) -> String {
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
        let price = agent::travel::Money::parse(&fare.amount, offer.currency())
            .map_or_else(|| fare.amount.clone(), |each| format::money(each, locale));
        format!("{} × {price}", kind(fare.kind, fare.count.into(), t))
    };
    offer.per_passenger.iter().map(line).collect()
}

/// `1 bagage cabine, sans bagage en soute`.
pub(crate) fn baggage(offer: &Offer, t: &Texts) -> String {
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

/// `non remboursable, modifiable`.
pub(crate) fn conditions(offer: &Offer, t: &Texts) -> String {
    let pick = |yes, if_yes, if_no| if yes { if_yes } else { if_no };
    let money = pick(offer.conditions.refundable, t.refundable, t.not_refundable);
    let dates = pick(offer.conditions.changeable, t.changeable, t.not_changeable);
    format!("{money}, {dates}")
}
