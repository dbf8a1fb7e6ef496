//! A trip as people look at it: in the panel beside the conversation, and on paper.

use agent::{
    locale::Locale,
    travel::{
        Slice,
        format::{clock, short_date},
    },
    trip::{
        ChosenFlight, PlannedDay, PlannedDays, PlannedStay, Summary, Total, WishedLeg, span, words,
    },
};
use askama::Template;
use jiff::civil::Date;
use uuid::Uuid;

use super::budget_bar::{self, BudgetBar};
use crate::i18n::{Texts, trip::TripTexts};

/// The panel: a column beside the conversation, on narrow screens a drawer that opens by its address
/// (#trip). Where there is no trip it is there, hidden, for the script to fill.
#[derive(Template)]
#[template(path = "partials/trip_panel.html")]
pub struct TripPanel {
    p: &'static TripTexts,
    trip: Option<TripView>,
}

/// What a trip shows.
#[derive(Template)]
#[template(path = "partials/trip.html")]
pub struct TripView {
    p: &'static TripTexts,
    pub(crate) conversation: Uuid,
    pub(crate) title: String,
    /// Whether it is on paper: everything is open, and nothing can be pressed.
    on_paper: bool,
    /// Whether it is that of an older branch, which is looked at and not changed.
    older: bool,
    /// How the flight stands.
    standing: Option<&'static str>,
    legs: Vec<LegLine>,
    stays: Vec<StayLine>,
    days: Vec<DayLine>,
    party: Option<String>,
    budget: Option<Amount>,
    /// What is planned against it, where both are known.
    bar: Option<BudgetBar>,
    lines: Vec<Amount>,
    total: Option<Amount>,
    each: Option<String>,
    /// That nothing of it is an offer.
    indicative: &'static str,
    can_undo: bool,
    has_route: bool,
    has_places: bool,
}

/// A way, flown or wished.
struct LegLine {
    /// `jeu. 25 mars`.
    day: String,
    /// `Lyon → Tokyo`.
    route: (String, String),
    /// Times and carrier; `None` where it is only wished.
    facts: Option<String>,
}

/// Nights in a place.
struct StayLine {
    place: String,
    when: String,
    lodging: &'static str,
    price: String,
}

/// A day with its stops.
struct DayLine {
    date: Date,
    heading: String,
    /// Whether its programme can be moved, and the days before and after it to which it can.
    can_move: bool,
    earlier: Option<Date>,
    later: Option<Date>,
    /// Which place of the trip it is in: programmes stay in theirs.
    place: usize,
    /// Sights that are usually shut on this day.
    shut: Option<String>,
    stops: Vec<(String, String, Option<String>)>,
    rain: Option<String>,
}

/// An amount and what it is.
struct Amount {
    label: String,
    /// The class of its part of the bar.
    class: &'static str,
    amount: String,
    /// What follows from it: how much of the budget is left.
    note: Option<String>,
    /// It is more than was wished.
    over: bool,
}

impl TripPanel {
    /// The panel of a conversation.
    #[must_use]
    pub fn new(conversation: Option<Uuid>, trip: Option<&Summary>, locale: Locale) -> Self {
        let view = |(id, trip)| TripView::new(id, trip, locale);
        Self {
            p: TripTexts::of(locale),
            trip: conversation.zip(trip).map(view),
        }
    }

    /// The same as that of an older branch: it is looked at, and its files are not taken along.
    #[must_use]
    pub fn of_older_branch(self) -> Self {
        Self {
            trip: self.trip.map(|trip| TripView {
                older: true,
                ..trip
            }),
            ..self
        }
    }

    /// What is planned so far, where there is a trip.
    pub(crate) fn count(&self) -> Option<usize> {
        let trip = self.trip.as_ref()?;
        let flown = usize::from(trip.standing.is_some());
        Some(flown + trip.stays.len() + trip.days.len())
    }
}

impl TripView {
    /// A trip, ready to print.
    #[must_use]
    pub fn new(conversation: Uuid, trip: &Summary, locale: Locale) -> Self {
        let p = TripTexts::of(locale);
        let planned = &trip.planned;
        let total = planned.total.as_ref();
        Self {
            p,
            conversation,
            title: trip.title.clone(),
            on_paper: false,
            older: false,
            standing: planned
                .flight
                .as_ref()
                .map(|flight| words::standing(flight.standing, locale)),
            legs: match &planned.flight {
                Some(flight) => flown(flight, locale),
                None => trip
                    .wished
                    .legs
                    .iter()
                    .map(|leg| wished(leg, locale))
                    .collect(),
            },
            stays: planned
                .stays
                .iter()
                .map(|stay| nights(stay, locale))
                .collect(),
            days: planned
                .days
                .iter()
                .enumerate()
                .flat_map(|(at, place)| place.days.iter().map(move |day| (at, place, day)))
                .enumerate()
                .map(|(at, (place, days, day))| self::day(at, (place, days), day, locale))
                .collect(),
            party: trip
                .wished
                .party
                .as_ref()
                .map(|party| words::party(party, locale)),
            budget: budget(trip, locale),
            bar: BudgetBar::of(trip, locale),
            lines: total.map(|total| lines(total, locale)).unwrap_or_default(),
            total: total.and_then(|total| sum(total, locale)),
            each: total.and_then(|total| Some(words::cost(total, total.per_person?, locale))),
            indicative: words::indicative(locale),
            can_undo: trip.can_undo,
            has_route: trip.has_route(),
            has_places: trip.has_places(),
        }
    }

    /// Whether programmes of its days can be moved here.
    fn can_reorder(&self) -> bool {
        !self.on_paper && !self.older && self.days.iter().any(|day| day.can_move)
    }

    /// The same on paper.
    #[must_use]
    pub fn on_paper(self) -> Self {
        Self {
            on_paper: true,
            ..self
        }
    }
}

fn flown(flight: &ChosenFlight, locale: Locale) -> Vec<LegLine> {
    let slices = flight.offer.slices.iter();
    slices.filter_map(|slice| leg(slice, locale)).collect()
}

fn leg(slice: &Slice, locale: Locale) -> Option<LegLine> {
    let t = Texts::of(locale);
    let departs = slice.segments.first()?.departing_at.civil();
    let arrives = slice.segments.last()?.arriving_at.civil();
    let later = departs
        .date()
        .until(arrives.date())
        .map_or(0, |span| span.get_days());
    let shift = match later {
        0 => String::new(),
        days => format!(" ({days:+})"),
    };
    let stops = match slice.stops {
        0 => t.direct.to_owned(),
        stops => t.stops.of(stops.into()),
    };
    let mut carriers: Vec<&str> = Vec::new();
    for segment in &slice.segments {
        if !carriers.contains(&&*segment.carrier.name) {
            carriers.push(&segment.carrier.name);
        }
    }
    Some(LegLine {
        day: short_date(departs.date(), locale),
        route: (slice.origin.city.clone(), slice.destination.city.clone()),
        facts: Some(format!(
            "{} {} – {} {}{shift} · {stops} · {}",
            clock(departs),
            slice.origin.iata,
            clock(arrives),
            slice.destination.iata,
            carriers.join(", "),
        )),
    })
}

fn wished(leg: &WishedLeg, locale: Locale) -> LegLine {
    let p = TripTexts::of(locale);
    let name = |place: &Option<agent::trip::NamedPlace>| {
        let name = place.as_ref().map(|place| place.name.clone());
        name.unwrap_or_else(|| p.anywhere.to_owned())
    };
    let days = leg.first.zip(leg.last);
    LegLine {
        day: match days {
            Some((first, last)) if first == last => short_date(first, locale),
            Some((first, last)) => span(first, last, locale),
            None => p.any_day.to_owned(),
        },
        route: (name(&leg.from), name(&leg.to)),
        facts: None,
    }
}

fn nights(stay: &PlannedStay, locale: Locale) -> StayLine {
    let when = span(stay.check_in, stay.check_out, locale);
    StayLine {
        place: match &stay.quarter {
            Some(quarter) => format!("{} · {quarter}", stay.name),
            None => stay.name.clone(),
        },
        when: format!("{when} · {}", words::nights(stay.nights(), locale)),
        lodging: words::lodging(stay.lodging, locale),
        price: words::about(stay.total, locale),
    }
}

fn day(
    at: usize,
    (place, days): (usize, &PlannedDays),
    day: &PlannedDay,
    locale: Locale,
) -> DayLine {
    let p = TripTexts::of(locale);
    let number = p.day_of.replace("{n}", &(at + 1).to_string());
    let hours = |stop: &agent::trip::Stop| {
        let hours = format!(
            "{}–{}",
            stop.from.strftime("%H:%M"),
            stop.to.strftime("%H:%M")
        );
        (hours, stop.name.clone(), stop.note.clone())
    };
    let (earlier, later) = days.beside(day.date);
    let shut = days.usually_shut(day);
    DayLine {
        date: day.date,
        heading: format!(
            "{number} · {} · {}",
            short_date(day.date, locale),
            days.name
        ),
        can_move: earlier.is_some() || later.is_some(),
        earlier,
        later,
        place,
        shut: (!shut.is_empty()).then(|| p.shut.replace("{places}", &shut.join(", "))),
        stops: day.stops.iter().map(hours).collect(),
        rain: day
            .rain
            .as_ref()
            .map(|rain| p.rain.replace("{place}", rain)),
    }
}

fn budget(trip: &Summary, locale: Locale) -> Option<Amount> {
    let p = TripTexts::of(locale);
    let budget = trip.wished.budget?;
    let left = trip.left();
    let over = left.is_some_and(|left| left.minor < 0);
    let note = left.map(|mut left| {
        left.minor = left.minor.abs();
        let text = if over { p.over } else { p.left };
        text.replace("{price}", &words::about(left, locale))
    });
    Some(Amount {
        label: format!("{}{}", p.budget, words::scope(budget.scope, locale)),
        class: "",
        amount: words::said(budget.amount, locale),
        note,
        over,
    })
}

fn lines(total: &Total, locale: Locale) -> Vec<Amount> {
    let lines = total.lines.iter().map(|line| Amount {
        label: words::expense(&line.expense, locale).to_owned(),
        class: budget_bar::class(&line.expense),
        amount: words::cost(total, line.total, locale),
        note: None,
        over: false,
    });
    lines.collect()
}

fn sum(total: &Total, locale: Locale) -> Option<Amount> {
    let p = TripTexts::of(locale);
    let amount = total.amount?;
    Some(Amount {
        label: if total.complete { p.total } else { p.so_far }.to_owned(),
        class: "",
        amount: words::cost(total, amount, locale),
        note: None,
        over: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    fn panel(locale: Locale) -> String {
        let trip = Summary::of(&samples::trip(), locale);
        let panel = TripPanel::new(Some(Uuid::from_u128(1)), trip.as_ref(), locale);
        panel.render().unwrap()
    }

    #[test]
    fn a_trip_tells_what_is_planned_and_what_it_costs() {
        let fr = panel(Locale::Fr);
        for part in [
            "Tokyo · 25 mars – 2 avr. · 2 voyageurs",
            "au programme, non réservé",
            "<bdi>Lyon</bdi> → <bdi>Tokyo</bdi>",
            "14:45 LYS – 12:05 NRT (+1) · 1 escale · Lufthansa",
            "Tokyo · Asakusa",
            "hôtel de gamme moyenne",
            "Jour 1 · sam. 27 mars · Tokyo",
            "souvent fermé le lundi",
            "dépassé de 41\u{a0}€",
            "2 adultes",
            "/undo\" data-undo",
            ".ics",
            ".gpx",
        ] {
            assert!(fr.contains(part), "{part} is not in {fr}");
        }
        assert!(
            fr.contains(r#"data-count="4""#),
            "a flight, a stay and two days"
        );
        let en = panel(Locale::En);
        for part in [
            "planned, not booked",
            "€41 over",
            "mid-range hotel",
            "Undo the last change",
        ] {
            assert!(en.contains(part), "{part} is not in {en}");
        }
    }

    #[test]
    fn a_trip_that_is_only_wished_says_so_and_without_one_nothing_is_shown() {
        let mut state = samples::trip();
        state.plan = agent::trip::Trip::default();
        let trip = Summary::of(&state, Locale::En);
        let html = TripPanel::new(Some(Uuid::from_u128(1)), trip.as_ref(), Locale::En)
            .render()
            .unwrap();
        assert!(
            html.contains("wished") && html.contains("Thu, Mar 25"),
            "{html}"
        );
        assert!(
            !html.contains("data-undo") && !html.contains(".gpx"),
            "{html}"
        );
        let none = TripPanel::new(Some(Uuid::from_u128(1)), None, Locale::En)
            .render()
            .unwrap();
        assert!(
            none.contains(r#"id="trip" aria-label="Your trip" hidden"#),
            "{none}"
        );
    }
}
