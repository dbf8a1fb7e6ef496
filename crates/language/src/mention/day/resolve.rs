//! From a partial day to a calendar day.

use jiff::{ToSpan, civil::Date};

use super::{Context, Point, absolute::PartialDay, relative::on_or_after};

impl Context<'_> {
    /// Days, or why there are none. `after`: the day that it must not precede, if there is one.
    pub(crate) fn resolve(&self, point: Point, after: Option<Date>) -> Point {
        match point {
            Point::Day(partial) => match self.day(partial, after) {
                Some(day) if partial.weekday.is_some_and(|said| day.weekday() != said) => {
                    Point::Mismatch(day)
                }
                Some(day) if day < self.today => Point::Past,
                Some(day) => Point::Span(day, day),
                None => Point::Impossible,
            },
            Point::Weekday(weekday) => {
                let day = match after {
                    Some(day) if day >= self.today => on_or_after(day, weekday),
                    _ => self.today.nth_weekday(1, weekday).unwrap_or(self.today),
                };
                Point::Span(day, day)
            }
            Point::Until(last) => {
                let from = after.unwrap_or(self.today).max(self.today);
                Point::Span(from.min(last), last)
            }
            Point::Anchored(anchor) => {
                anchor.counted_from(after.or(self.depart).unwrap_or(self.today))
            }
            known => known,
        }
    }

    fn day(&self, partial: PartialDay, after: Option<Date>) -> Option<Date> {
        match (partial.month, partial.year) {
            (Some(month), Some(year)) => Date::new(year, month, partial.day).ok(),
            (Some(month), None) => self.next_of_year(month, partial.day),
            (None, _) => self.next_of_month(partial, after),
        }
    }

    /// The next such day of the year. 29 February exists where the next one is near.
    fn next_of_year(&self, month: i8, day: i8) -> Option<Date> {
        let year = self.today.year();
        let this = Date::new(year, month, day).ok();
        this.filter(|day| *day >= self.today)
            .or_else(|| Date::new(year + 1, month, day).ok())
    }

    /// "le 12": in the month that is spoken of, else the next 12th.
    fn next_of_month(&self, partial: PartialDay, after: Option<Date>) -> Option<Date> {
        let day = partial.day;
        let start = after.or(self.month).unwrap_or(self.today);
        let first = start.first_of_month();
        let floor = after.unwrap_or(self.today);
        let fits = |date: &Date| {
            *date >= floor
                && partial
                    .weekday
                    .is_none_or(|weekday| date.weekday() == weekday)
        };
        let months = (0..12).filter_map(|months| {
            let first = first.saturating_add(months.months());
            Date::new(first.year(), first.month(), day).ok()
        });
        let spoken = self.month.is_some() && after.is_none();
        if spoken && Date::new(first.year(), first.month(), day).is_err() {
            return None;
        }
        months
            .clone()
            .find(fits)
            .or_else(|| months.clone().find(|date| *date >= floor))
    }
}
