//! One flight offer, ready to print.

use agent::{
    locale::Locale,
    travel::{
        LocalTime, Offer, Segment, Slice,
        offer::{OfferPlace, PassengerKind},
    },
};
use askama::Template;
use jiff::tz::TimeZone;

use super::format;
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

struct SliceView {
    label: &'static str,
    day: String,
    origin: PlaceView,
    destination: PlaceView,
    departure: TimeView,
    arrival: TimeView,
    duration: String,
    /// `Direct`, or `1 escale`.
    stops: String,
    /// Connections: airport code and time there, as in `KEF 1 h 10`.
    vias: Vec<String>,
    carriers: String,
    cabins: String,
    segments: Vec<SegmentView>,
}

struct SegmentView {
    origin: PlaceView,
    destination: PlaceView,
    departure: TimeView,
    arrival: TimeView,
    duration: String,
    /// Carrier, flight number, aircraft, cabin.
    facts: String,
    /// The connection after it.
    layover: Option<String>,
}

struct PlaceView {
    iata: String,
    city: String,
}

struct TimeView {
    machine: String,
    clock: String,
    /// `+1` and what it means.
    shift: Option<(String, String)>,
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
                .map(|(at, slice)| SliceView::new(slice, at > 0, locale))
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

impl SliceView {
    fn new(slice: &Slice, inbound: bool, locale: Locale) -> Self {
        let t = Texts::of(locale);
        let (first, last) = (slice.segments.first(), slice.segments.last());
        let start = first.map(|segment| segment.departing_at);
        let pairs = slice.segments.windows(2);
        Self {
            label: if inbound { t.inbound } else { t.outbound },
            day: start.map_or_else(String::new, |at| {
                format::day_short(at.civil().date(), locale)
            }),
            origin: PlaceView::new(&slice.origin),
            destination: PlaceView::new(&slice.destination),
            departure: TimeView::new(start, start, t),
            arrival: TimeView::new(last.map(|segment| segment.arriving_at), start, t),
            duration: format::duration(slice.duration, locale),
            stops: match slice.stops {
                0 => t.direct.to_owned(),
                n => t.stops.of(n.into()),
            },
            vias: pairs
                .map(|pair| {
                    let wait = format::duration(wait(&pair[0], &pair[1]), locale);
                    format!("{} {wait}", via(&pair[0], &pair[1]))
                })
                .collect(),
            carriers: distinct(slice.segments.iter().map(|s| s.carrier.name.clone())),
            cabins: distinct(slice.segments.iter().map(|s| t.cabin(s.cabin).to_owned())),
            segments: (0..slice.segments.len())
                .map(|at| SegmentView::new(&slice.segments, at, start, locale))
                .collect(),
        }
    }
}

impl SegmentView {
    fn new(segments: &[Segment], at: usize, start: Option<LocalTime>, locale: Locale) -> Self {
        let t = Texts::of(locale);
        let segment = &segments[at];
        let facts = [
            Some(segment.carrier.name.clone()),
            segment.flight_number.clone(),
            segment.aircraft.clone(),
            Some(t.cabin(segment.cabin).to_owned()),
        ];
        Self {
            origin: PlaceView::new(&segment.origin),
            destination: PlaceView::new(&segment.destination),
            departure: TimeView::new(Some(segment.departing_at), start, t),
            arrival: TimeView::new(Some(segment.arriving_at), start, t),
            duration: format::duration(segment.duration, locale),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            layover: segments
                .get(at + 1)
                .map(|next| layover(segment, next, locale)),
        }
    }
}

impl PlaceView {
    fn new(place: &OfferPlace) -> Self {
        Self {
            iata: place.iata.to_string(),
            city: place.city.clone(),
        }
    }
}

impl TimeView {
    /// A local time; `start` is the local day that shifts are counted from.
    fn new(at: Option<LocalTime>, start: Option<LocalTime>, t: &Texts) -> Self {
        let Some(at) = at else {
            return Self {
                machine: String::new(),
                clock: String::new(),
                shift: None,
            };
        };
        let day = at.civil().date();
        let days = start.map_or(0, |start| (day - start.civil().date()).get_days());
        let count = u64::from(days.unsigned_abs());
        let shift = match days {
            0 => None,
            1.. => Some((format!("+{days}"), t.day_later.of(count))),
            _ => Some((format!("−{count}"), t.day_earlier.of(count))),
        };
        Self {
            machine: at.at.display_with_offset(at.offset).to_string(),
            clock: at.civil().strftime("%H:%M").to_string(),
            shift,
        }
    }
}

fn wait(before: &Segment, after: &Segment) -> jiff::SignedDuration {
    after.departing_at.at.duration_since(before.arriving_at.at)
}

/// The connection airport, or both when they differ.
fn via(before: &Segment, after: &Segment) -> String {
    if before.destination.iata == after.origin.iata {
        before.destination.iata.to_string()
    } else {
        format!("{}–{}", before.destination.iata, after.origin.iata)
    }
}

fn layover(before: &Segment, after: &Segment, locale: Locale) -> String {
    let t = Texts::of(locale);
    let place = format!("{} ({})", before.destination.city, via(before, after));
    let mut text = t
        .layover
        .replace("{duration}", &format::duration(wait(before, after), locale))
        .replace("{place}", &place);
    if before.destination.iata != after.origin.iata {
        text.push_str(" · ");
        text.push_str(t.airport_change);
    }
    text
}

/// The different texts, in order.
fn distinct(texts: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.join(" + ")
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
