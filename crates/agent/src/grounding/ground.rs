//! What is known in a conversation: from tools, from the person, from the agent's own understanding.

use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, LazyLock},
};

use super::{
    airport_code,
    amounts::Amounts,
    clock::Clock,
    facts::{Fact, Value, collect_line},
    flight_number::Flight,
    number,
    tokens::Line,
};
use crate::{
    capability::place::get_place_facts::PlaceFacts,
    context::TurnContext,
    language::{Place, fold},
    locale::Locale,
    message::Message,
    tools::{ToolOutput, ToolResults},
    travel::{Airport, FareCalendar, Iata, Money, Offer},
};
use jiff::Zoned;

/// Facts that a reply may state.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    amounts: Amounts,
    /// Numbers without a currency, in thousandths: "less than 900".
    bare: HashSet<i64>,
    flights: HashSet<Flight>,
    /// Minutes after midnight.
    times: HashSet<u32>,
    /// Minutes.
    durations: HashSet<u32>,
    codes: HashSet<Iata>,
    /// Words that the person or a tool wrote, folded, as hashes: some hundred for each message.
    words: HashSet<u64>,
    /// What single messages make known beside this, by their key.
    shared: BTreeMap<u64, Arc<Ground>>,
}

impl Ground {
    /// What a turn knows: the messages of its prompt, earlier turns included, and what the agent
    /// understood. What a model said before is no ground.
    #[must_use]
    pub fn of(messages: &[Message], context: &TurnContext, results: &ToolResults) -> Self {
        let mut ground = Self::default();
        ground.add_context(context);
        for message in messages {
            ground.add_message(message);
        }
        for output in results.outputs() {
            ground.add_output(output);
        }
        ground
    }

    /// Adds what a message makes known.
    pub fn add_message(&mut self, message: &Message) {
        match message {
            Message::System { .. } => {}
            Message::User { text, note } => {
                self.add_said(text);
                self.add_text(note);
            }
            // What a model writes, into an argument too, grounds nothing; nor does the text of a call
            // that failed, which repeats its arguments.
            Message::Assistant { .. } | Message::Tool { failed: true, .. } => {}
            Message::Tool { text, .. } => self.add_text(text),
        }
    }

    /// Adds what a message makes known, which was read before.
    pub(super) fn share(&mut self, key: u64, known: Arc<Self>) {
        // Amounts explain others together: those are put in one place.
        self.amounts.add_all(&known.amounts);
        self.shared.insert(key, known);
    }

    /// Whether this is so of what is known, wherever that stands.
    fn any(&self, is: impl Fn(&Self) -> bool) -> bool {
        is(self) || self.shared.values().any(|known| is(known))
    }

    /// Adds the facts of a tool's text or of a note.
    pub fn add_text(&mut self, text: &str) {
        self.words.extend(words(text).map(hash));
        for line in text.lines() {
            self.add_line(&Line::new(line));
        }
    }

    fn add_line(&mut self, line: &Line<'_>) {
        let mut facts = Vec::new();
        collect_line(line, &mut facts);
        for fact in facts {
            self.add_fact(&fact);
        }
        let codes = (0..line.len()).filter_map(|at| airport_code::candidate(line, at));
        self.codes.extend(codes);
    }

    /// Adds what the person wrote: numbers may be budgets, and codes are typed in any case.
    pub fn add_said(&mut self, text: &str) {
        self.words.extend(words(text).map(hash));
        for line in text.lines() {
            let line = Line::new(line);
            self.add_line(&line);
            for at in 0..line.len() {
                if let Some(number) = number::read(&line, at) {
                    let thousand = line.is_glued(number.end) && line.is_any(number.end, "k");
                    let factor = if thousand { 1_000 } else { 1 };
                    if number.milli % 1_000 == 0 {
                        self.amounts.add_shares(number.milli / 1_000);
                    }
                    self.bare.insert(number.milli.saturating_mul(factor));
                }
                let code = line.word(at).filter(|word| word.len() == 3);
                self.codes
                    .extend(code.and_then(|word| word.parse::<Iata>().ok()));
            }
        }
    }

    /// Adds what the agent understood and remembers.
    fn add_context(&mut self, context: &TurnContext) {
        let (trip, reading) = (&context.trip, &context.reading);
        let ends = [
            &trip.origin,
            &trip.destination,
            &reading.origin,
            &reading.destination,
        ];
        ends.into_iter()
            .flatten()
            .for_each(|place| self.add_place(place));
        for open in reading.ambiguities.iter().chain(&trip.open_ambiguity) {
            open.options.iter().for_each(|place| self.add_place(place));
        }
        for budget in [trip.budget, reading.budget].into_iter().flatten() {
            self.amounts.add_money(budget);
        }
        context
            .offers
            .iter()
            .for_each(|offer| self.add_offer(offer));
        if let Some(proposal) = &context.proposal {
            self.add_offer(&proposal.offer);
        }
        if let Some(party) = &trip.party {
            self.add_people([party.adults.into(), party.seats(), party.size()]);
        }
        self.add_clock(&context.now);
    }

    /// Adds a price that a tool gave.
    pub(crate) fn add_amount(&mut self, amount: Money) {
        self.amounts.add_money(amount);
    }

    /// Adds numbers of people who share a price.
    fn add_people(&mut self, counts: impl IntoIterator<Item = usize>) {
        for count in counts
            .into_iter()
            .filter_map(|count| i64::try_from(count).ok())
        {
            self.amounts.add_shares(count);
        }
    }

    fn add_place(&mut self, place: &Place) {
        self.codes.extend(&place.codes);
    }

    /// Adds a tool's typed result.
    fn add_output(&mut self, output: &ToolOutput) {
        output.data.ground(self);
    }

    /// Adds everything that an offer says.
    pub(crate) fn add_offer(&mut self, offer: &Offer) {
        self.amounts.add_money(offer.total);
        let people = offer
            .per_passenger
            .iter()
            .map(|fare| usize::from(fare.count));
        self.add_people([people.sum()]);
        for fare in &offer.per_passenger {
            if let Some(each) = Money::parse(&fare.amount, offer.total.currency) {
                let all = each.minor.saturating_mul(fare.count.into());
                self.amounts.add_money(each);
                self.amounts.add_money(Money::new(all, each.currency));
            }
        }
        self.add_length(offer.duration());
        for slice in &offer.slices {
            self.add_length(slice.duration);
            self.codes
                .extend([slice.origin.iata, slice.destination.iata]);
            for (at, segment) in slice.segments.iter().enumerate() {
                self.codes
                    .extend([segment.origin.iata, segment.destination.iata]);
                self.add_length(segment.duration);
                for time in [segment.departing_at, segment.arriving_at] {
                    self.add_time(time.civil().time());
                }
                if let Some(next) = slice.segments.get(at + 1) {
                    self.add_length(next.departing_at.at.duration_since(segment.arriving_at.at));
                }
                if let Some(number) = &segment.flight_number {
                    self.add_text(number);
                    self.add_text(&format!("{} {number}", segment.carrier.iata));
                }
            }
        }
    }

    /// Adds the fares of a calendar.
    pub(crate) fn add_calendar(&mut self, calendar: &FareCalendar) {
        self.codes.extend([calendar.origin, calendar.destination]);
        for day in &calendar.days {
            self.amounts.add_money(day.price);
        }
    }

    /// Adds an airport's codes.
    pub(crate) fn add_airport(&mut self, airport: &Airport) {
        self.codes.insert(airport.iata);
        self.codes.extend(airport.metro);
    }

    /// Adds facts about a place.
    pub(crate) fn add_facts(&mut self, facts: &PlaceFacts) {
        self.add_airport(facts.airport);
        self.add_clock(&facts.local_time);
        if let Some(leg) = &facts.from {
            self.add_airport(leg.airport);
            self.add_clock(&leg.local_time);
            self.add_length(leg.flight_time);
        }
    }

    fn add_clock(&mut self, moment: &Zoned) {
        self.add_time(moment.time());
    }

    /// Adds a time of the day.
    pub(crate) fn add_time(&mut self, time: jiff::civil::Time) {
        let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
        self.times.insert(minutes.unsigned_abs());
    }

    fn add_length(&mut self, length: jiff::SignedDuration) {
        let minutes = length.as_mins().unsigned_abs();
        self.durations.extend(u32::try_from(minutes));
    }

    fn add_fact(&mut self, fact: &Fact<'_>) {
        match fact.value {
            Value::Price(price) => self.amounts.add(price.unit, price.milli),
            Value::Flight(flight) => {
                self.flights.insert(flight);
            }
            Value::Time(Clock { minutes, .. }) => {
                self.times.insert(minutes);
            }
            Value::Duration(minutes) => {
                self.durations.insert(minutes);
            }
            Value::Code(code) => {
                self.codes.insert(code);
            }
            // Its words are.
            Value::House { .. } => {}
        }
    }

    /// Whether what is known explains a fact.
    pub(super) fn explains(&self, fact: &Fact<'_>) -> bool {
        match fact.value {
            Value::Price(price) => {
                // One unit is what a rate is told for.
                let unit = price.milli == 1_000;
                let bare = || self.any(|known| known.bare.contains(&price.milli));
                unit || bare() || self.amounts.explain(&price)
            }
            Value::Flight(flight) => self.any(|known| known.flights.contains(&flight)),
            Value::Time(Clock { minutes, late }) => {
                let known = |minutes| {
                    self.any(|it| it.times.contains(&minutes) || it.durations.contains(&minutes))
                };
                known(minutes) || (late && known(minutes + 12 * 60))
            }
            Value::Duration(_) => true,
            Value::Code(code) => self.any(|known| known.codes.contains(&code)),
            Value::House { beside } => {
                let known = |word: String| {
                    let word = hash(word);
                    self.any(|known| known.words.contains(&word))
                };
                words(fact.text).all(known) || is_a_place(fact.text, !beside)
            }
        }
    }
}

/// The words of a text that say something, folded.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.map(fold).filter(|word| word.chars().count() > 2)
}

fn hash(word: String) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Whether a text is the name of a place: "Hotel Lisbon, 4 nights"; with `quarters`, of one of those too.
fn is_a_place(text: &str, quarters: bool) -> bool {
    static PLACES: LazyLock<[Vec<Vec<String>>; 2]> = LazyLock::new(|| {
        let both = |name: &dyn Fn(Locale) -> &'static str| {
            [Locale::Fr, Locale::En].map(|locale| words(name(locale)).collect::<Vec<_>>())
        };
        let places = guide::destination::all().iter().flat_map(|place| {
            let country = place.country().map(|country| both(&|l| country.name(l)));
            both(&|l| place.name(l))
                .into_iter()
                .chain(country.into_iter().flatten())
        });
        let quarters = guide::quarters::all().iter();
        let quarters = quarters.flat_map(|quarter| both(&|l| quarter.name(l)));
        [places.collect(), quarters.collect()]
    });
    let said: Vec<_> = words(text).collect();
    let [places, areas] = &*PLACES;
    let areas = areas.iter().filter(|_| quarters);
    let mut known = places.iter().chain(areas);
    known.any(|name| said.iter().all(|word| name.contains(word)))
}
