//! Which days a trip may take place on.

use jiff::{ToSpan, civil::Date};

use crate::{
    language::{DateSpan, TripRequest},
    travel::horizon,
};

/// Most months that are compared at once.
const MAX_MONTHS: usize = 4;

/// Days from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: Date,
    pub(super) to: Date,
}

/// How the way back is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// One-way.
    Never,
    /// This many days after the departure.
    After(u16),
    /// Within a window.
    Within(Window),
}

/// The days of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) out: Window,
    pub(super) back: Back,
}

impl Window {
    fn of(span: &DateSpan, earliest: Date, latest: Date) -> Self {
        let from = span.from.max(earliest);
        let last = span.or.iter().map(|(_, to)| *to).max();
        let to = last.map_or(span.to, |last| last.max(span.to));
        Self {
            from,
            to: to.min(latest).max(from),
        }
    }

    pub(super) fn is_exact(self) -> bool {
        self.from == self.to
    }

    pub(super) fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// First days of the months that the window touches, at most four.
    pub(super) fn months(self) -> impl Iterator<Item = Date> {
        let months = std::iter::successors(Some(self.from.first_of_month()), |month| {
            month.checked_add(1.month()).ok()
        });
        months
            .take_while(move |month| *month <= self.to)
            .take(MAX_MONTHS)
    }
}

impl Days {
    /// The days of a trip that has a departure date; nothing before `today`, nor later than can be
    /// searched where the trip leaves a choice.
    pub(super) fn of(trip: &TripRequest, today: Date) -> Option<Self> {
        let latest = horizon(today);
        let mut out = Window::of(trip.depart_date.as_ref()?, today, latest);
        let back = match (&trip.return_date, trip.stay_days) {
            _ if trip.one_way == Some(true) => Back::Never,
            (Some(span), _) => {
                let back = Window::of(span, out.from, latest);
                // Leaving after the last day to return would serve nobody.
                out.to = out.to.min(back.to);
                Back::Within(back)
            }
            (None, Some(days)) => Back::After(days),
            (None, None) => Back::Never,
        };
        Some(Self { out, back })
    }

    /// Whether there is a choice of days.
    pub(super) fn flexible(&self) -> bool {
        !self.out.is_exact() || self.open_return().is_some()
    }

    /// The window of the return, when it has several days.
    pub(super) fn open_return(&self) -> Option<Window> {
        match self.back {
            Back::Within(window) if !window.is_exact() => Some(window),
            _ => None,
        }
    }
}

/// The day `days` later.
pub(super) fn later(date: Date, days: u16) -> Date {
    date.saturating_add(i64::from(days).days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_day_is_compared_that_a_search_refuses() {
        let today: Date = "2026-11-29".parse().unwrap();
        let last = horizon(today);
        let span = |from, to| DateSpan::new(String::new(), later(today, from), later(today, to));
        let trip = TripRequest {
            depart_date: Some(span(300, 400)),
            return_date: Some(span(310, 420)),
            ..TripRequest::default()
        };
        let days = Days::of(&trip, today).unwrap();
        let (from, to) = (later(today, 300), last);
        assert_eq!(days.out, Window { from, to });
        let from = later(today, 310);
        assert_eq!(days.back, Back::Within(Window { from, to }));
        assert!(days.out.months().all(|month| month <= last));
    }
}
