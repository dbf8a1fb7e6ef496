//! Flights of a whole trip, as far as its costs need them: the cheapest one there and back, several to
//! choose from, the fares of other days.

use guide::{Destination, stays::Stay};
use jiff::civil::Date;

use crate::{
    sources::{FlightSource, SourceError, asked},
    tools::ToolContext,
    travel::{
        Cabin, CalendarQuery, Currency, FareDay, Filter, FlightQuery, FlightSearch, Iata, Leg,
        Offer, Party, Slice, Sort, Window, airport, horizon,
    },
    trip::city_of,
};

/// A way there and back.
#[derive(Clone, Debug)]
pub(crate) struct Journey {
    /// Where from.
    pub(crate) departure: Vec<Iata>,
    /// Where to.
    pub(crate) destination: &'static Destination,
    /// From which day to which.
    pub(crate) stay: Stay,
    /// The ways after the first, the last one home; empty = straight there and back.
    pub(crate) onward: Vec<Leg>,
    /// Who flies.
    pub(crate) party: Party,
    /// Currency of the prices.
    pub(crate) currency: Currency,
}

impl Journey {
    /// The same for other days.
    pub(crate) fn on(&self, stay: Stay) -> Self {
        Self {
            stay,
            ..self.clone()
        }
    }

    /// Offers there and back, at most `limit`; none where nobody flies there.
    pub(crate) async fn offers(
        &self,
        source: &dyn FlightSource,
        context: &ToolContext,
        sort: Sort,
        limit: usize,
    ) -> Result<Vec<Offer>, SourceError> {
        let out = Leg {
            origins: self.departure.clone(),
            destinations: vec![self.destination.code],
            depart: self.stay.check_in,
            window: Window::default(),
        };
        let onward = match self.onward.is_empty() {
            true => vec![out.back(self.stay.check_out)],
            false => self.onward.clone(),
        };
        let legs = std::iter::once(out).chain(onward).collect();
        let search = FlightSearch {
            party: self.party.clone(),
            sort,
            ..FlightSearch::new(legs, self.currency)
        };
        let query = FlightQuery {
            search,
            limit,
            skip: 0,
            locale: context.locale,
            now: context.now.timestamp(),
        };
        let offers = async {
            match source.search(&query).await {
                Ok(found) => Ok(found.offers),
                // A place without an airport, or the town itself: the rest has a price all the same.
                Err(SourceError::Query(_)) => Ok(Vec::new()),
                Err(error) => Err(error),
            }
        };
        asked(source.name(), "search", Vec::len, offers).await
    }

    /// The cheapest one.
    pub(crate) async fn cheapest(
        &self,
        source: &dyn FlightSource,
        context: &ToolContext,
    ) -> Result<Option<Offer>, SourceError> {
        let offers = self.offers(source, context, Sort::Price, 1).await?;
        Ok(offers.into_iter().next())
    }

    /// The cheapest fares of the days of a month, for a return after `nights` nights; none on days
    /// that cannot be searched.
    pub(crate) async fn fares(
        &self,
        source: &dyn FlightSource,
        context: &ToolContext,
        month: Date,
        nights: u16,
    ) -> Result<Vec<FareDay>, SourceError> {
        let query = CalendarQuery {
            origins: self.departure.clone(),
            destinations: vec![self.destination.code],
            month,
            stay_days: Some(nights),
            party: self.party.clone(),
            cabin: Cabin::default(),
            filter: Filter::default(),
            currency: self.currency,
            now: context.now.timestamp(),
        };
        let today = context.now.date();
        let ends = |day: &FareDay| Stay::of(day.date, nights).map(|stay| stay.check_out);
        let is_open =
            |day: &FareDay| day.date >= today && ends(day).is_some_and(|end| end <= horizon(today));
        let fares = async {
            match source.calendar(&query).await {
                Ok(calendar) => Ok(calendar.days.into_iter().filter(is_open).collect()),
                Err(SourceError::Query(_)) => Ok(Vec::new()),
                Err(error) => Err(error),
            }
        };
        asked(source.name(), "calendar", Vec::len, fares).await
    }
}

/// The flight that the conversation has shown or chosen for these days, this place and these travellers.
/// `further`: the days of the ways after the first, the last one home; empty = straight there and back.
pub(crate) fn chosen(
    context: &ToolContext,
    destination: &Destination,
    stay: Stay,
    further: &[Date],
    flyers: &Party,
) -> Option<Offer> {
    let state = &context.state;
    let proposed = state.proposal.as_ref().map(|proposal| &proposal.offer);
    let known = [state.plan.flight.as_ref(), proposed];
    let leaves = |slice: &Slice| Some(slice.segments.first()?.departing_at.civil().date());
    let fits = |offer: &&Offer| {
        let [first, rest @ .., last] = offer.slices.as_slice() else {
            return false;
        };
        let lands = |slice: &Slice| city_of(slice.destination.iata) == destination.code;
        let people: usize = offer
            .per_passenger
            .iter()
            .map(|fare| usize::from(fare.count))
            .sum();
        let days = rest.iter().chain([last]).map(leaves);
        let as_wished = further.is_empty() || days.eq(further.iter().copied().map(Some));
        offer.slices.iter().any(lands)
            && airport::same_city(first.origin.iata, last.destination.iata)
            && people == flyers.size()
            && as_wished
            && leaves(first) == Some(stay.check_in)
            && leaves(last) == Some(stay.check_out)
    };
    known.into_iter().flatten().find(fits).cloned()
}

/// Those who sleep somewhere as airlines and cooks count them: from 12 years on an adult, below 2 an
/// infant as long as there is a lap.
pub(crate) fn flyers(guests: &Party) -> Party {
    let ages = guests.children.iter().flatten().copied();
    let (young, old): (Vec<u8>, Vec<u8>) = ages.partition(|age| *age < 12);
    let grown = u8::try_from(old.len()).unwrap_or(u8::MAX);
    let adults = guests.adults.saturating_add(grown);
    let (mut small, mut children): (Vec<u8>, Vec<u8>) = young.iter().partition(|age| **age < 2);
    let without_lap = small.split_off(small.len().min(usize::from(adults)));
    // Who has no lap has a seat, at the youngest age that has one.
    children.extend(without_lap.iter().map(|_| 2));
    Party {
        adults,
        children: children.into_iter().map(Some).collect(),
        infants: u8::try_from(small.len()).unwrap_or(u8::MAX),
    }
}
