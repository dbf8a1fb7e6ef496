//! One direction of an offer, ready to print.

use agent::{
    locale::Locale,
    travel::{LocalTime, Segment, Slice, offer::OfferPlace},
};

use super::{format, offer_line::distinct};
use crate::i18n::Texts;

pub(super) struct SliceView {
    pub(super) label: String,
    pub(super) day: String,
    pub(super) origin: PlaceView,
    pub(super) destination: PlaceView,
    pub(super) departure: TimeView,
    pub(super) arrival: TimeView,
    pub(super) duration: String,
    /// `Direct`, or `1 escale`.
    pub(super) stops: String,
    /// Connections: airport code and time there, as in `KEF 1 h 10`.
    pub(super) vias: Vec<String>,
    pub(super) carriers: String,
    pub(super) cabins: String,
    pub(super) segments: Vec<SegmentView>,
}

pub(super) struct SegmentView {
    pub(super) origin: PlaceView,
    pub(super) destination: PlaceView,
    pub(super) departure: TimeView,
    pub(super) arrival: TimeView,
    pub(super) duration: String,
    /// Carrier, flight number, aircraft, cabin.
    pub(super) facts: String,
    /// The connection after it.
    pub(super) layover: Option<String>,
}

pub(super) struct PlaceView {
    pub(super) iata: String,
    pub(super) city: String,
}

pub(super) struct TimeView {
    pub(super) machine: String,
    pub(super) clock: String,
    /// `+1` and what it means.
    pub(super) shift: Option<(String, String)>,
}

impl SliceView {
    pub(super) fn new(slice: &Slice, label: String, locale: Locale) -> Self {
        let t = Texts::of(locale);
        let (first, last) = (slice.segments.first(), slice.segments.last());
        let start = first.map(|segment| segment.departing_at);
        let pairs = slice.segments.windows(2);
        Self {
            label,
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
            carriers: distinct(slice.segments.iter().map(|s| s.carrier.name.clone()), " + "),
            cabins: distinct(
                slice.segments.iter().map(|s| t.cabin(s.cabin).to_owned()),
                " + ",
            ),
            segments: (0..slice.segments.len())
                .map(|at| SegmentView::new(&slice.segments, at, start, locale))
                .collect(),
        }
    }
}

impl SliceView {
    /// `mar. 12 janv., LYS 11:25 → JFK 16:20 +1`.
    pub(super) fn in_words(&self) -> String {
        let shift = self.arrival.shift.as_ref();
        let shift = shift.map_or_else(String::new, |(mark, _)| format!("\u{a0}{mark}"));
        format!(
            "{}, {}\u{a0}{} → {}\u{a0}{}{shift}",
            self.day,
            self.origin.iata,
            self.departure.clock,
            self.destination.iata,
            self.arrival.clock
        )
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
    pub(super) fn new(at: Option<LocalTime>, start: Option<LocalTime>, t: &Texts) -> Self {
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
