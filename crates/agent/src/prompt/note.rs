//! The note on a person's message: what the agent knows at that moment, for models that read text.
//!
//! Rendered once a turn and kept with the message: the next prompt begins with the very same text.

use std::fmt::Write;

use jiff::Zoned;

use crate::{
    booking::{Proposal, ProposalStatus},
    context::TurnContext,
    language::{DateSpan, Place, Problem, SlotName, TripRequest},
    locale::Locale,
    travel::{Offer, Party, Sort},
};

/// Most characters of a person's own words in a note.
const QUOTED_CHARS: usize = 60;
/// Most codes of a place that stands for many airports.
const CODES: usize = 6;

/// The note. `proposal` is the conversation's proposal after this message has been understood: the
/// message may have declined it or withdrawn it, which the context's own does not show.
#[must_use]
pub fn render(context: &TurnContext, proposal: Option<&Proposal>) -> String {
    let mut lines = vec![
        format!("now: {}", moment(&context.now)),
        format!("answer in: {}", language(context.locale)),
        format!("currency: {}", context.currency),
    ];
    let trip = trip(&context.trip);
    if !trip.is_empty() {
        lines.push(format!("trip so far: {}", trip.join("; ")));
        if let Some(slot) = context.trip.missing() {
            lines.push(format!("a search still needs: {}", slot_name(slot)));
        }
    }
    lines.extend(context.problems.iter().map(problem));
    lines.extend(offers(&context.offers));
    lines.extend(proposal_line(context, proposal));
    format!("<context>\n{}\n</context>", lines.join("\n"))
}

/// Text of a person or a source on one line of at most `chars` characters. Without `<` it
/// cannot open or close a tag: what a note says is the agent's own.
pub(super) fn quoted(text: &str, chars: usize) -> String {
    let plain = text.chars().map(|c| match c {
        '<' => ' ',
        '"' => '\'',
        c if c.is_control() => ' ',
        c => c,
    });
    let plain: String = plain.collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

fn moment(now: &Zoned) -> String {
    let zone = now.time_zone().iana_name().unwrap_or("local time");
    format!("{} {zone}", now.strftime("%A %Y-%m-%d %H:%M UTC%:z"))
}

fn language(locale: Locale) -> &'static str {
    match locale {
        Locale::Fr => "French",
        Locale::En => "English",
    }
}

fn slot_name(slot: SlotName) -> &'static str {
    match slot {
        SlotName::Origin => "origin",
        SlotName::Destination => "destination",
        SlotName::DepartDate => "departure date",
        SlotName::ReturnDate => "return date",
        SlotName::Passengers => "passengers",
    }
}

/// What is known of the trip, in the order in which it is said.
fn trip(trip: &TripRequest) -> Vec<String> {
    let place =
        |end: &str, place: &Option<Place>| Some(format!("{end} {}", named(place.as_ref()?)));
    let day = |way: &str, span: &Option<DateSpan>| Some(format!("{way} {}", days(span.as_ref()?)));
    let one_way = |one_way| if one_way { "one-way" } else { "return" }.to_owned();
    let ambiguity = trip.open_ambiguity.as_ref().map(|open| {
        let options: Vec<_> = open.options.iter().map(named).collect();
        let (slot, surface) = (slot_name(open.slot), quoted(&open.surface, QUOTED_CHARS));
        format!("{slot} \"{surface}\" is one of {}", options.join(", "))
    });
    [
        place("from", &trip.origin),
        place("to", &trip.destination),
        day("out", &trip.depart_date),
        day("back", &trip.return_date),
        trip.stay_days.map(|days| format!("stay of {days} days")),
        trip.one_way.map(one_way),
        trip.party.as_ref().map(party),
        trip.cabin.map(|cabin| cabin.as_str().to_owned()),
        trip.max_stops.map(|stops| format!("at most {stops} stops")),
        trip.departure
            .map(|part| format!("departure in the {}", format!("{part:?}").to_lowercase())),
        trip.airline
            .as_ref()
            .map(|airline| format!("airline {}", airline.code)),
        trip.budget.map(|budget| format!("budget {budget}")),
        trip.sort.map(|sort| wish(sort).to_owned()),
        ambiguity,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn wish(sort: Sort) -> &'static str {
    match sort {
        Sort::Best => "best first",
        Sort::Price => "cheapest first",
        Sort::Duration => "fastest first",
        Sort::Emissions => "least CO2 first",
        Sort::Departure => "earliest departure first",
    }
}

fn named(place: &Place) -> String {
    let codes = place.codes.iter().take(CODES).map(ToString::to_string);
    let codes = codes.collect::<Vec<_>>().join(",");
    let more = if place.codes.len() > CODES {
        ",…"
    } else {
        ""
    };
    let surface = quoted(&place.surface, QUOTED_CHARS);
    format!("\"{surface}\" ({codes}{more})")
}

fn days(span: &DateSpan) -> String {
    if span.from == span.to {
        span.from.to_string()
    } else {
        format!("{} to {}", span.from, span.to)
    }
}

fn party(party: &Party) -> String {
    let mut text = format!("{} adults", party.adults);
    if !party.children.is_empty() {
        let age = |age: &Option<u8>| age.map_or_else(|| "?".to_owned(), |age| age.to_string());
        let ages: Vec<_> = party.children.iter().map(age).collect();
        let _ = write!(text, ", children of {}", ages.join(", "));
    }
    if party.infants > 0 {
        let _ = write!(text, ", {} infants", party.infants);
    }
    text
}

fn problem(problem: &Problem) -> String {
    let quote = |surface: &str| quoted(surface, QUOTED_CHARS);
    let what = match problem {
        Problem::PastDate { surface } => format!("\"{}\" is in the past", quote(surface)),
        Problem::ImpossibleDate { surface } => format!("\"{}\" is no day", quote(surface)),
        Problem::WeekdayMismatch { surface, date } => format!(
            "\"{}\" has the wrong weekday: {date} is a {}",
            quote(surface),
            date.strftime("%A")
        ),
        Problem::ReturnBeforeDeparture => "the return is before the departure".to_owned(),
        Problem::TooFar { surface } => {
            format!("\"{}\" is later than flights are sold", quote(surface))
        }
        Problem::UnknownPlace { slot, surface } => {
            format!("{} \"{}\" is unknown", slot_name(*slot), quote(surface))
        }
        Problem::SamePlace => "origin and destination are the same".to_owned(),
        Problem::LegsOutOfOrder => "a leg is before the one that it follows".to_owned(),
        Problem::OneWayWithReturn => "a way back and one way were said together".to_owned(),
        Problem::PartyMismatch { total, named } => {
            format!("{total} travellers in all were said, but {named} were named")
        }
        Problem::BadParty => {
            "1 to 9 seats can be searched, and an infant needs an adult".to_owned()
        }
    };
    format!("problem: {what}")
}

fn offers(offers: &[Offer]) -> Option<String> {
    let first = offers.first()?;
    let kind = if first.illustrative {
        ", illustrative"
    } else {
        ""
    };
    let mut text = format!(
        "offers shown last (source {}{kind}):",
        quoted(&first.source, QUOTED_CHARS)
    );
    for (nth, offer) in (1..).zip(offers) {
        let slices: Vec<_> = offer.slices.iter().filter_map(route).collect();
        let _ = write!(
            text,
            "\n{nth}. {} {} {}",
            quoted(&offer.id.0, QUOTED_CHARS),
            offer.total,
            slices.join(" / ")
        );
    }
    Some(text)
}

/// `LYS-CDG-JFK 2027-01-12 07:05`.
fn route(slice: &crate::travel::Slice) -> Option<String> {
    let departure = slice.segments.first()?.departing_at.civil();
    let mut airports = slice.origin.iata.to_string();
    for segment in &slice.segments {
        let _ = write!(airports, "-{}", segment.destination.iata);
    }
    Some(format!(
        "{airports} {}",
        departure.strftime("%Y-%m-%d %H:%M")
    ))
}

fn proposal_line(context: &TurnContext, after: Option<&Proposal>) -> Option<String> {
    let Some(proposal) = after else {
        let withdrawn = context.live_proposal()?;
        return Some(format!(
            "proposal: {}: withdrawn, the trip has changed",
            offered(withdrawn)
        ));
    };
    let state = match proposal.status {
        ProposalStatus::Confirmed if context.confirmed => {
            "the person has just confirmed it; check its price now".to_owned()
        }
        ProposalStatus::Confirmed => {
            "the person confirmed it earlier; nothing is booked".to_owned()
        }
        ProposalStatus::Rejected => "the person declined it".to_owned(),
        ProposalStatus::Pending if proposal.is_live(context.now.timestamp()) => {
            let until = proposal
                .expires_at
                .to_zoned(context.now.time_zone().clone());
            format!(
                "waits for the person's yes or no until {}",
                until.strftime("%Y-%m-%d %H:%M")
            )
        }
        ProposalStatus::Pending => "expired; its price no longer stands".to_owned(),
    };
    Some(format!("proposal: {}: {state}", offered(proposal)))
}

fn offered(proposal: &Proposal) -> String {
    let id = quoted(&proposal.offer.id.0, QUOTED_CHARS);
    format!("{id} {}", proposal.offer.total)
}
