//! The way through a message, from place to place and day to day.

use super::{
    alternatives::End,
    draft::{Drafts, LegDraft, Point},
    items::{Item, corrects, items},
    legs::Named,
};
use crate::text::words;
use crate::{
    mention::place::{cues::Cue, mentions::joined},
    trip::MOST_LEGS,
};

/// Most tokens between home and where one comes back from: "to Paris from Athens".
const BESIDE: usize = 2;

/// The trips as drafts; `None` where the message is a simple one, or not clear enough.
pub(super) fn drafts(named: &Named<'_>) -> Option<Drafts> {
    let tokens = named.tokens;
    if (0..tokens.len()).any(|at| corrects(tokens, at)) {
        return None;
    }
    let items = items(named);
    let first = |wanted: fn(&Item) -> bool| items.iter().position(|(_, item)| wanted(item));
    let days_first = first(|item| matches!(item, Item::Day(_)))
        < first(|item| matches!(item, Item::End(_)))
        && first(|item| matches!(item, Item::Day(_))).is_some();
    let mut walk = Walk {
        named,
        drafts: Drafts::default(),
        from: None,
        days_first,
        then: false,
        also: false,
        back: false,
        linked: false,
        stayed: false,
    };
    for (n, (_, item)) in items.iter().enumerate() {
        let next = items.get(n + 1).map(|(_, item)| *item);
        if let Item::End(end) = item
            && walk.sets_out_for_a_stay(*end, &items[n + 1..])
        {
            walk.drafts.stay_on_its_days();
            walk.drafts.begin_at(*end);
            walk.stayed = true;
            // "The Christmas markets in Vienna, leaving on 5 December": what follows is of the flights.
            walk.days_first = false;
            continue;
        }
        walk.step(*item, next)?;
    }
    walk.finish()
}

/// The way through the message.
struct Walk<'a> {
    named: &'a Named<'a>,
    drafts: Drafts,
    /// Where the next leg begins, said already.
    from: Option<usize>,
    /// Days are said before the legs that they belong to.
    days_first: bool,
    then: bool,
    also: bool,
    back: bool,
    /// Something has said that there is more than one leg.
    linked: bool,
    /// The days of a stay were said before those of its flights.
    stayed: bool,
}

impl Walk<'_> {
    fn step(&mut self, item: Item, next: Option<Item>) -> Option<()> {
        match item {
            Item::Then => self.then = self.drafts.legs() > 0,
            Item::Also => self.also = true,
            Item::Back => self.back = self.drafts.legs() > 0 || self.from.is_some(),
            Item::Day(day) => self.day(day, next),
            Item::End(end) => self.end(end, next)?,
        }
        Some(())
    }

    /// Whether where one sets out follows, with its own day and that of the way back, on days in a place:
    /// "in Singapore 10-14 May, out of Zurich on the 9th, home on the 15th".
    fn sets_out_for_a_stay(&self, end: usize, rest: &[(usize, Item)]) -> bool {
        let open = self.drafts.legs() == 1 && self.drafts.home() == Some(Point::Unknown);
        let here = self.drafts.is_dated() && !self.back && self.from.is_none();
        let days = rest.iter().filter(|(_, item)| matches!(item, Item::Day(_)));
        let dated = matches!(rest.first(), Some((_, Item::Day(_)))) && days.count() == 2;
        let back = rest.iter().any(|(_, item)| matches!(item, Item::Back));
        self.named.cues[end] == Cue::Origin && open && here && dated && back
    }

    fn day(&mut self, day: usize, next: Option<Item>) {
        // "retour le 27 de Fès vers Bordeaux": the leg is still to come.
        let to_come = match next {
            Some(Item::End(end)) => {
                let begins = self.named.cues[end] == Cue::Origin || self.leads_on(end);
                self.after_from(end) || begins && !self.sets_out_anew(day, end)
            }
            _ => false,
        };
        if self.back && to_come {
            self.drafts.day(day, true);
            return;
        }
        if std::mem::take(&mut self.back) && self.from.is_none() {
            self.go(None, Point::Home);
        }
        let next = self.days_first || self.from.is_some();
        self.drafts.day(day, next);
    }

    /// Whether another trip begins at an end that leads on, after the day of the way back: "retour le 9,
    /// et Lyon-Berlin le 4 avril"; not where it is the way back itself, "retour le 9, Rome-Paris".
    fn sets_out_anew(&self, day: usize, end: usize) -> bool {
        let (tokens, ends) = (self.named.tokens, self.named.ends);
        let mut between = self.named.days.found[day].end..ends[end].mention.start;
        let apart = between.any(|at| tokens.is(at, words::TRIP_APART));
        let home = self.drafts.home();
        let returns = self.same(Some(Point::End(end)), self.drafts.here())
            || ends.get(end + 1).is_some() && self.same(Some(Point::End(end + 1)), home);
        apart && home.is_some() && !returns
    }

    /// Whether the end is where one leaves again.
    fn leaves(&self, end: usize) -> bool {
        let start = self.named.ends[end].mention.start;
        self.named.tokens.preceded(start, words::TRIP_OUT_OF)
    }

    /// Whether "from" stands before the end.
    fn after_from(&self, end: usize) -> bool {
        let start = self.named.ends[end].mention.start;
        self.named.tokens.preceded(start, words::PARTICLE_FROM)
    }

    /// Whether the message lists where one goes and comes back to where it begins: "Paris, Tokyo, Seoul
    /// and back to Paris".
    fn lists_a_circle(&self) -> bool {
        let [first, second, .., last] = self.named.ends else {
            return false;
        };
        let tokens = self.named.tokens;
        let comma = |left: &End, right: &End| {
            tokens.is(left.mention.until, &[","]) && left.mention.until + 1 == right.mention.start
        };
        let options = |end: &End| end.mention.options.clone();
        self.named.cues[0] == Cue::None && comma(first, second) && options(first) == options(last)
    }

    /// Whether the end stands in such a list, after a comma or "and".
    fn is_listed(&self, end: usize) -> bool {
        let Some(before) = end.checked_sub(1).map(|before| &self.named.ends[before]) else {
            return false;
        };
        let start = self.named.ends[end].mention.start;
        (before.mention.until..start).all(|at| self.named.tokens.is(at, words::TRIP_LINK))
    }

    fn end(&mut self, end: usize, next: Option<Item>) -> Option<()> {
        let cue = match self.named.cues[end] {
            // "return from Sofia"
            Cue::None if self.back && self.after_from(end) => Cue::Origin,
            cue => cue,
        };
        match cue {
            Cue::Via | Cue::Dropped => {}
            Cue::Origin if self.back && !self.leads_on(end) => {
                // "retour depuis Sofia"; "from Sofia back to Paris" begins a leg.
                self.go(Some(end), Point::Home);
            }
            // "back to Paris from Athens"
            Cue::Origin if self.comes_home_from(end) => {}
            // "à Séville depuis Nantes"
            Cue::Origin
                if !self.back
                    && !self.leads_on(end)
                    && !self.leaves(end)
                    && self.drafts.begin_at(end) => {}
            Cue::Origin => {
                if self.from.is_some() {
                    return None;
                }
                self.from = Some(end);
            }
            Cue::Destination | Cue::Towards | Cue::None => self.towards(end, next)?,
        }
        Some(())
    }

    /// Whether the end is where the leg home begins that was said before it: where one is, or, directly behind
    /// home, another place.
    fn comes_home_from(&mut self, end: usize) -> bool {
        let Some(from) = self.drafts.home_from().map(|from| *from) else {
            return false;
        };
        let ends = self.named.ends;
        let before = end.checked_sub(1).map(|before| ends[before].mention.until);
        let start = ends[end].mention.start;
        let beside = before.is_some_and(|until| start.saturating_sub(until) <= BESIDE);
        let here = self.same(Some(from), Some(Point::End(end)));
        if self.back || self.leads_on(end) || !(here || beside) {
            return false;
        }
        if !here && let Some(from) = self.drafts.home_from() {
            *from = Point::End(end);
        }
        true
    }

    fn towards(&mut self, end: usize, next: Option<Item>) -> Option<()> {
        let to = Point::End(end);
        if let Some(from) = self.from.take() {
            self.go(Some(from), to);
            return Some(());
        }
        let bare = self.named.cues[end] == Cue::None;
        let started = self.drafts.legs() > 0;
        // "le 14 mai Barcelone, le 18 on file à Séville": a second day begins a leg.
        // "to Dublin on June 14, to Edinburgh on June 18": each has its own.
        let dated = matches!(next, Some(Item::Day(_))) && !self.days_first;
        let circle = self.lists_a_circle();
        let chained = started
            && (self.follows(end)
                || circle && self.is_listed(end)
                || !bare && (self.drafts.take_second_day() || dated && self.drafts.is_dated()));
        self.linked |= chained;
        let on = self.then || self.back || chained;
        // "then Hyderabad back to Delhi" says again where one is.
        let again = self.same(Some(to), self.drafts.here());
        // "retour Palerme Lyon"
        let leg_back = bare && self.back && !self.then && self.leads_on(end);
        let opens = circle && end == 0;
        if opens || (bare && !on && self.leads_on(end)) || again || leg_back {
            self.from = Some(end);
        } else if !started || on {
            self.go(None, to);
        } else {
            return None;
        }
        Some(())
    }

    /// A leg to `to`; from where the trip has got to, unless `from` is said.
    fn go(&mut self, from: Option<usize>, to: Point) {
        let here = self.drafts.here();
        let started = here.is_some();
        let start = from.map(Point::End).or(here).unwrap_or(Point::Unknown);
        // "Santiago" alone is the Santiago where one is.
        let start = here
            .filter(|here| self.same(Some(start), Some(*here)))
            .unwrap_or(start);
        let home = self.drafts.home();
        let jump = started && !self.same(Some(start), here);
        let returns = to == Point::Home || self.same(Some(to), home);
        let apart = jump && !returns && !self.back && (self.also || !self.then);
        let to = if started && !apart && self.same(Some(to), home) && home != Some(Point::Unknown) {
            Point::Home
        } else {
            to
        };
        self.linked |= started && (self.then || self.also || self.back || jump || from.is_some());
        self.drafts.push(start, to, apart);
        (self.then, self.also, self.back) = (false, false, false);
    }

    fn same(&self, left: Option<Point>, right: Option<Point>) -> bool {
        let codes = |point: Point| match point {
            Point::End(end) => Some(&self.named.ends[end].mention.options),
            Point::Home | Point::Unknown => None,
        };
        match (left, right) {
            (Some(left), Some(right)) => {
                left == right
                    || matches!(
                        (codes(left), codes(right)),
                        (Some(left), Some(right)) if left.iter().any(|id| right.contains(id))
                    )
            }
            _ => false,
        }
    }

    /// Whether the next end follows directly, as in "Lyon-Rome".
    fn leads_on(&self, end: usize) -> bool {
        let Some(next) = self.named.ends.get(end + 1) else {
            return false;
        };
        let (until, start) = (self.named.ends[end].mention.until, next.mention.start);
        let tokens = self.named.tokens;
        let back = (until..start).all(|at| tokens.is(at, words::TRIP_BACK_TO));
        !tokens.is(until, &[","]) && (joined(tokens, until, start) || back)
    }

    /// Whether the end follows the one before directly, as the third of "Paris - Rome - Athens".
    fn follows(&self, end: usize) -> bool {
        let Some(before) = end.checked_sub(1).map(|before| &self.named.ends[before]) else {
            return false;
        };
        let (tokens, start) = (self.named.tokens, self.named.ends[end].mention.start);
        before.mention.until < start
            && (before.mention.until..start).all(|at| tokens.is(at, words::TRIP_ARROW))
    }

    /// The trips, if they are more than one way out and one back.
    fn finish(mut self) -> Option<Drafts> {
        if let Some(end) = self.from.take() {
            // "into Milan on 3 March and out of Venice on 10 March"
            let (tokens, start) = (self.named.tokens, self.named.ends[end].mention.start);
            let leaves = tokens.preceded(start, words::TRIP_OUT_OF);
            if self.drafts.legs() != 1 || !leaves || self.named.days.found.len() < 2 {
                return None;
            }
            self.go(Some(end), Point::Home);
        }
        if self.back && self.drafts.here() != Some(Point::Home) {
            self.go(None, Point::Home);
        }
        self.drafts.share_days();
        let days = self.named.days.found.len();
        let plain = |trip: &Vec<LegDraft>| match trip.as_slice() {
            [_] => true,
            [out, back] => back.to == Point::Home && self.same(Some(back.from), Some(out.to)),
            _ => false,
        };
        let simple = self.drafts.trips.len() <= 1 && self.drafts.trips.iter().all(plain);
        let drafts = self.drafts;
        let legs = drafts.legs();
        let clear = self.linked || days + 1 >= legs;
        // "What plugs do they use in Japan, and find me Lyon to Tokyo": a place is no trip.
        let place = drafts.trips.len() > 1
            && drafts.trips.iter().any(|trip| {
                matches!(trip.as_slice(), [leg] if leg.from == Point::Unknown && leg.days.is_empty())
            });
        let long = drafts.trips.iter().any(|trip| trip.len() > MOST_LEGS);
        ((!simple || self.stayed) && clear && !long && !place).then_some(drafts)
    }
}
