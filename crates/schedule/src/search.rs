//! The search itself: from a query to journeys, cheapest or best first.

use crate::{
    clock::{self, Clock, Day},
    combine::{self, Joints},
    direction::{Direction, When},
    itineraries::{self, Itinerary},
    network::Network,
    offers::Assembly,
    places::Node,
    quote::Pricer,
    rank::{self, Choice, Journey},
    rules::Rules,
    terms::Extras,
};
use travel::{Currency, FlightQuery, Found, Iata, Leg, MAX_LEGS, Money, Party, airport, horizon};

use crate::QueryError;

/// Where days may shift but are not to meet, the least stay between two legs, in minutes.
const SHIFTED_STAY: i32 = 8 * 60;

/// Pairs of airports whose connections a quick search looks through.
const QUICK_PAIRS: usize = 8;
/// Offers that a quick search chooses, those skipped included.
const QUICK_OFFERS: usize = 50;

/// Answers a query with offers.
pub(super) fn search(network: &Network, query: &FlightQuery) -> Result<Found, QueryError> {
    let asked = Asked::new(network, query)?;
    let mut clock = Clock::new(&network.places);
    let found = asked.legs(&mut clock);
    Ok(asked.answer(&mut clock, &found))
}

/// The same answer, where it takes but a moment; `None` where it may take longer.
pub(super) fn quick(network: &Network, query: &FlightQuery) -> Result<Option<Found>, QueryError> {
    let offers = query.skip.saturating_add(query.limit);
    let [leg] = &*query.search.legs else {
        return Ok(None);
    };
    if query.search.flexible_days > 0 || offers > QUICK_OFFERS {
        return Ok(None);
    }
    let asked = Asked::new(network, query)?;
    let ends = &asked.ends[0];
    if ends.pairs().count() > QUICK_PAIRS {
        return Ok(None);
    }
    let mut clock = Clock::new(&network.places);
    let when = asked.when(leg, clock::day_of(leg.depart), &mut clock);
    let direction = Direction::new(network, ends, &asked.rules);
    let found = direction.usual_itineraries(&mut clock, when);
    Ok(found.map(|found| asked.answer(&mut clock, &[found])))
}

/// A query that can be answered: what its legs connect, and by which rules.
struct Asked<'a> {
    network: &'a Network,
    query: &'a FlightQuery,
    rules: Rules,
    ends: Vec<Ends>,
}

impl<'a> Asked<'a> {
    fn new(network: &'a Network, query: &'a FlightQuery) -> Result<Self, QueryError> {
        check_party(&query.search.party)?;
        check_legs(&query.search.legs)?;
        let rules = Rules::new(network, &query.search.filter, query.search.cabin)?;
        let ends: Result<Vec<Ends>, _> = query
            .search
            .legs
            .iter()
            .map(|leg| Ends::resolve(network, &leg.origins, &leg.destinations))
            .collect();
        Ok(Self {
            network,
            query,
            rules,
            ends: ends?,
        })
    }

    /// A departure of this leg on this day, asked now.
    fn when<'w>(&self, leg: &'w Leg, day: Day, clock: &mut Clock<'_>) -> When<'w> {
        When {
            day,
            window: &leg.window,
            earliest: itineraries::earliest_departure(self.query.now),
            today: today(clock, &self.ends[0], self.query.now),
        }
    }

    /// The itineraries of each leg, up to the first leg that has none.
    fn legs(&self, clock: &mut Clock<'_>) -> Vec<Vec<Itinerary>> {
        let flexible = self.query.search.flexible_days;
        let mut found = Vec::with_capacity(self.ends.len());
        for (leg, ends) in self.query.search.legs.iter().zip(&self.ends) {
            let direction = Direction::new(self.network, ends, &self.rules);
            let asked = self.when(leg, clock::day_of(leg.depart), clock);
            let mut of_leg = Vec::new();
            for day in days(leg, flexible, asked.today) {
                of_leg.append(&mut direction.itineraries(clock, When { day, ..asked }));
            }
            let none = of_leg.is_empty();
            found.push(of_leg);
            if none {
                break;
            }
        }
        found
    }

    /// The journeys of these legs: priced, chosen, assembled.
    fn answer(&self, clock: &mut Clock<'_>, found: &[Vec<Itinerary>]) -> Found {
        if found.iter().any(Vec::is_empty) {
            return Found::default();
        }
        let (network, query) = (self.network, self.query);
        let pricer = pricer(network, query);
        let joints = Joints::new(network, &self.ends, stay(query));
        let found: Vec<&[Itinerary]> = found.iter().map(Vec::as_slice).collect();
        let mut journeys = combine::combine(&joints, &found, &pricer);
        if query.search.filter.max_price.is_some() || query.search.filter.max_price_each.is_some() {
            journeys.retain(|journey| is_within(&pricer, journey, query));
        }
        let in_all = journeys.len();
        let choice = Choice {
            sort: query.search.sort,
            seats: query.search.party.seats(),
            skip: query.skip,
            limit: query.limit,
        };
        let chosen = rank::choose(network, journeys, choice);
        let mut assembly = Assembly::new(network, query, &pricer, clock);
        Found {
            offers: chosen
                .iter()
                .map(|journey| assembly.offer(journey))
                .collect(),
            in_all,
        }
    }
}

/// The prices of a query: for its party, with its wishes.
pub(super) fn pricer<'a>(network: &'a Network, query: &'a FlightQuery) -> Pricer<'a> {
    Pricer::new(&query.search.party, query.search.currency).with_extras(Extras {
        network,
        cabin: query.search.cabin,
        checked_bag: query.search.filter.checked_bag,
        refundable: query.search.filter.refundable,
    })
}

/// The days on which a leg may depart: its own, and those around it that can be searched.
fn days(leg: &Leg, flexible: u8, today: Day) -> impl Iterator<Item = Day> {
    let (asked, around) = (clock::day_of(leg.depart), i32::from(flexible));
    let last = clock::day_of(horizon(clock::date_of(today)));
    (asked - around..=asked + around)
        .filter(move |&day| day == asked || (today..=last).contains(&day))
}

/// The least stay between two legs, in minutes.
fn stay(query: &FlightQuery) -> i32 {
    let apart = |pair: &[Leg]| pair[0].depart < pair[1].depart;
    let shifted = query.search.flexible_days > 0 && query.search.legs.windows(2).all(apart);
    if shifted { SHIFTED_STAY } else { 0 }
}

/// Checks that there are legs, and that each departs after the one before.
fn check_legs(legs: &[Leg]) -> Result<(), QueryError> {
    let problem = match () {
        () if legs.is_empty() => "an origin and a destination are needed",
        () if legs.len() > MAX_LEGS => "at most six legs can be searched together",
        () if !legs.is_sorted_by_key(|leg| leg.depart) => {
            "a leg departs before the one that it follows: the return is before the departure"
        }
        () => return Ok(()),
    };
    Err(QueryError::Contradiction(problem.to_owned()))
}

fn is_within(pricer: &Pricer<'_>, journey: &Journey<'_>, query: &FlightQuery) -> bool {
    let within = |price: Money, limit: Option<Money>| {
        limit.is_none_or(|limit| {
            price.minor <= Currency::convert(limit, query.search.currency).minor
        })
    };
    within(pricer.total(&journey.quote), query.search.filter.max_price)
        && within(
            pricer.highest(&journey.quote),
            query.search.filter.max_price_each,
        )
}

/// The airports at both ends.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    pub(super) origins: Vec<Node>,
    pub(super) destinations: Vec<Node>,
    /// Cities of the origins, in order; never one of the destinations'.
    pub(super) from_areas: Vec<u16>,
    /// Cities of the destinations.
    pub(super) to_areas: Vec<u16>,
}

impl Ends {
    /// Resolves airports and metropolitan areas, and checks that they are two places.
    pub(super) fn resolve(
        network: &Network,
        origins: &[Iata],
        destinations: &[Iata],
    ) -> Result<Self, QueryError> {
        let bad = |text: &str| Err(QueryError::Contradiction(text.to_owned()));
        if origins.is_empty() || destinations.is_empty() {
            return bad("an origin and a destination are needed");
        }
        let (from, mut to) = (nodes(network, origins)?, nodes(network, destinations)?);
        let from_areas = areas(network, &from);
        // "From Paris to France" means the rest of France.
        to.retain(|&node| !from_areas.contains(&network.places[node].airport.area));
        if to.is_empty() {
            return Err(QueryError::SameCity(origins[0], destinations[0]));
        }
        Ok(Self {
            to_areas: areas(network, &to),
            origins: from,
            destinations: to,
            from_areas,
        })
    }

    /// The same ends the other way.
    pub(super) fn reversed(&self) -> Self {
        Self {
            origins: self.destinations.clone(),
            destinations: self.origins.clone(),
            from_areas: self.to_areas.clone(),
            to_areas: self.from_areas.clone(),
        }
    }

    /// Whether an airport is in a city of either end.
    pub(super) fn holds(&self, network: &Network, node: Node) -> bool {
        let area = network.places[node].airport.area;
        self.from_areas.contains(&area) || self.to_areas.contains(&area)
    }

    /// Every origin with every destination.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Node, Node)> {
        let to = |from| self.destinations.iter().map(move |&to| (from, to));
        self.origins.iter().flat_map(move |&from| to(from))
    }
}

fn areas(network: &Network, nodes: &[Node]) -> Vec<u16> {
    let area = |&node: &Node| network.places[node].airport.area;
    let mut areas: Vec<u16> = nodes.iter().map(area).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// The airports of codes, each once.
pub(super) fn nodes(network: &Network, codes: &[Iata]) -> Result<Vec<Node>, QueryError> {
    let mut nodes = Vec::new();
    for &code in codes {
        let airports = airport::resolve(code);
        if airports.is_empty() {
            return Err(QueryError::UnknownPlace(code));
        }
        for airport in airports {
            let node = network.places.node(airport.iata);
            nodes.extend(node.filter(|node| !nodes.contains(node)));
        }
    }
    Ok(nodes)
}

/// Checks that a party can be booked together.
pub(super) fn check_party(party: &Party) -> Result<(), QueryError> {
    let problem = match () {
        () if party.adults == 0 => "an adult has to travel along",
        () if party.infants > party.adults => "each infant on a lap needs an adult",
        () if party.seats() > Party::MAX_SEATS => "at most nine seats can be booked together",
        () => return Ok(()),
    };
    Err(QueryError::Contradiction(problem.to_owned()))
}

/// The day of asking at the first origin: advance purchase counts from it.
pub(super) fn today(clock: &mut Clock<'_>, ends: &Ends, now: jiff::Timestamp) -> Day {
    let minute = now
        .as_second()
        .div_euclid(60)
        .clamp(0, i64::from(i32::MAX) / 2) as i32;
    clock.local(ends.origins[0], minute).0
}
