//! One day: sights in a given order get their times, meals come in between.

use jiff::civil::{Date, Time};
use travel::Iata;

use super::{
    Limits, OUTING_WAY, Visit,
    meals::{self, Plate},
    window::Window,
};
use crate::{
    Point, opening,
    quarters::Quarter,
    sights::Sight,
    way::{Way, between},
};

/// A visit of so many minutes takes most of a day.
const WHOLE_DAY: u16 = 210;
/// Further from the stay, in a straight line, a sight is a day trip.
pub(super) const OUT_OF_TOWN_KM: f64 = 25.0;
/// What is nearer to each other is seen on one day trip.
const TOGETHER_KM: f64 = 12.0;
/// Nobody plans to the minute: steps begin at a multiple of so many.
const ROUND: u16 = 5;

/// What is fixed of a day before its sights are chosen.
pub(super) struct Frame<'a> {
    pub(super) code: Iata,
    pub(super) base: Point,
    pub(super) window: Window,
    pub(super) limits: Limits,
    pub(super) holidays: &'a [Date],
    pub(super) children: bool,
    /// Quarters where dinner was eaten on other days.
    pub(super) eaten: &'a [&'static Quarter],
}

/// A step of a day, in minutes after midnight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) from: u16,
    pub(super) to: u16,
    /// From the place before.
    pub(super) way: Way,
    pub(super) what: Doing,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Doing {
    Visit { visit: Visit, with_lunch: bool },
    Eat(Plate),
}

/// A day with its times.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    pub(super) steps: Vec<Step>,
    /// Back to the stay.
    pub(super) back: Option<Way>,
    /// Minutes of visits and ways.
    pub(super) busy: u16,
    /// Minutes of ways alone.
    pub(super) ways: u16,
    /// Minutes before a door opens or the table is laid; the rest before dinner does not count.
    pub(super) waits: u16,
}

/// Gives the sights their times in this order; `None` when they do not all fit.
pub(super) fn lay_out(frame: &Frame<'_>, order: &[Visit]) -> Option<Laid> {
    if order.len() > frame.limits.sights || !is_one_place(frame.base, order) {
        return None;
    }
    let mut walk = Walk::new(frame);
    for visit in order {
        walk.visit(*visit)?;
    }
    walk.finish(order)
}

/// Whether a day that leads out of town sees nothing but what is there: a trip of its own, and no sight of the
/// town squeezed in before or after it.
fn is_one_place(base: Point, order: &[Visit]) -> bool {
    let away = |visit: &&Visit| base.km_to(visit.sight.at) > OUT_OF_TOWN_KM;
    let Some(first) = order.iter().find(away) else {
        return true;
    };
    let there = |visit: &Visit| first.sight.at.km_to(visit.sight.at) <= TOGETHER_KM;
    order.iter().all(there)
}

/// The state of the day while it is laid out.
struct Walk<'a> {
    frame: &'a Frame<'a>,
    laid: Laid,
    now: u16,
    here: Point,
    last: Option<&'static Sight>,
    lunch: bool,
    dinner: bool,
}

impl<'a> Walk<'a> {
    fn new(frame: &'a Frame<'a>) -> Self {
        let Window { from, to, .. } = frame.window;
        Self {
            frame,
            laid: Laid::default(),
            now: from,
            here: frame.base,
            last: None,
            lunch: from <= meals::LUNCH.latest_arrival && to >= meals::LUNCH.earliest_leave,
            dinner: {
                let dinner = meals::dinner(frame.children);
                from <= dinner.latest_arrival && to >= dinner.earliest_leave
            },
        }
    }

    /// Start and end of a visit that begins as soon as one is there.
    fn times(&self, visit: Visit) -> (Way, u16, u16) {
        let way = between(self.here, visit.sight.at);
        let hours = opening::hours(visit.sight.kind, self.frame.window.date.weekday());
        let start = (self.now + way.minutes).max(of_time(hours.from));
        let start = start.next_multiple_of(ROUND);
        (way, start, start + visit.minutes)
    }

    fn visit(&mut self, visit: Visit) -> Option<()> {
        let lunch = meals::LUNCH;
        let (mut way, mut start, mut end) = self.times(visit);
        // A visit of the whole day holds its lunch.
        let with_lunch =
            self.lunch && visit.minutes >= WHOLE_DAY && start < lunch.from && end > lunch.to;
        if with_lunch {
            self.lunch = false;
        } else if self.lunch && (start > lunch.from || end > lunch.to - 30) && self.now < lunch.to {
            self.eat_lunch(visit.sight.at)?;
            (way, start, end) = self.times(visit);
        }
        let dinner = meals::dinner(self.frame.children);
        if self.dinner && (start >= dinner.from || end > dinner.to - 60) {
            self.eat_dinner()?;
            (way, start, end) = self.times(visit);
        }
        let after_dinner = start >= dinner.from;
        let hours = opening::hours(visit.sight.kind, self.frame.window.date.weekday());
        let fits = end <= of_time(hours.to)
            && end <= self.frame.window.to
            && (!after_dinner || visit.sight.kind.is_for_evening());
        if !fits {
            return None;
        }
        self.laid.waits += start - self.now - way.minutes;
        self.laid.busy += visit.minutes;
        self.last = Some(visit.sight);
        let what = Doing::Visit { visit, with_lunch };
        self.step(way, (start, end), visit.sight.at, what);
        Some(())
    }

    fn eat_lunch(&mut self, next: Point) -> Option<()> {
        self.lunch = false;
        let plate = meals::lunch_place(self.frame, self.here, self.last, next);
        self.eat(plate, meals::LUNCH)
    }

    fn eat_dinner(&mut self) -> Option<()> {
        self.dinner = false;
        let plate = meals::dinner_place(self.frame, self.here);
        self.eat(plate, meals::dinner(self.frame.children))
    }

    fn eat(&mut self, plate: Plate, meal: meals::Hours) -> Option<()> {
        let way = between(self.here, plate.at);
        let start = (self.now + way.minutes).max(meal.from);
        let start = start.next_multiple_of(ROUND);
        if start > meal.to {
            return None;
        }
        if !plate.dinner {
            self.laid.waits += start - self.now - way.minutes;
        }
        let times = (start, start + meal.minutes);
        self.step(way, times, plate.at, Doing::Eat(plate));
        Some(())
    }

    fn step(&mut self, way: Way, (from, to): (u16, u16), at: Point, what: Doing) {
        self.laid.busy += way.minutes;
        self.laid.ways += way.minutes;
        let step = Step {
            from,
            to,
            way,
            what,
        };
        self.laid.steps.push(step);
        (self.now, self.here) = (to, at);
    }

    fn finish(mut self, order: &[Visit]) -> Option<Laid> {
        if self.lunch {
            self.eat_lunch(self.frame.base)?;
        }
        if self.dinner {
            self.eat_dinner()?;
        }
        let back = between(self.here, self.frame.base);
        self.laid.busy += back.minutes;
        self.laid.ways += back.minutes;
        self.laid.back = Some(back);
        let far = |visit: &Visit| between(self.frame.base, visit.sight.at).minutes > OUTING_WAY;
        let extra = if order.iter().any(far) {
            self.frame.limits.outing
        } else {
            0
        };
        let fits = self.now + back.minutes <= self.frame.window.to
            && self.laid.busy <= self.frame.limits.minutes + extra;
        fits.then_some(self.laid)
    }
}

pub(super) fn of_time(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}
