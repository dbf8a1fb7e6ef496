//! What flights to candidates cost.

use std::sync::Arc;

use guide::{kinds, suggest};
use jiff::{Timestamp, civil::Date};

use super::arguments::Asked;
use crate::{
    sources::{FlightSource, SourceError, asked},
    travel::{Cabin, CalendarQuery, Currency, Filter, Iata, Money, Party},
};

/// Candidates whose flights are priced: the best by all other wishes.
const MOST_PRICED: usize = 24;

/// A candidate with its cheapest flight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priced {
    pub(super) destination: Iata,
    /// The day of departure and what the party pays there and back; `None` = no flight is known.
    pub(super) cheapest: Option<(Date, Money)>,
}

/// The candidates that are worth a look at their flights.
pub(super) fn worth_a_look(asked: &Asked) -> Vec<Iata> {
    let mut wishes = asked.wishes.clone();
    // Nothing is priced yet: who has no price misses no budget.
    wishes.budget = None;
    let candidates = suggest::candidates().into_iter().filter(|candidate| {
        let character = kinds::of(candidate.destination);
        let main = character.and_then(|character| character.kinds.first());
        main.is_none_or(|main| !asked.refused.contains(main))
    });
    let candidates: Vec<_> = candidates.collect();
    let best = suggest::suggest(&wishes, &candidates, MOST_PRICED);
    best.into_iter().map(|found| found.destination).collect()
}

/// The cheapest flights to each of them.
pub(super) async fn cheapest(
    source: &Arc<dyn FlightSource>,
    wished: &Asked,
    home: Iata,
    places: &[Iata],
    currency: Currency,
    now: Timestamp,
) -> Result<Vec<Priced>, SourceError> {
    let of_each = places.iter().map(|place| async {
        let query = CalendarQuery {
            origins: vec![home],
            destinations: vec![*place],
            month: wished.from,
            stay_days: Some(wished.nights),
            party: passengers(&wished.party),
            cabin: Cabin::default(),
            filter: Filter::default(),
            currency,
            now,
        };
        let calendar = match source.calendar(&query).await {
            Ok(calendar) => calendar,
            // A town without an airport of its own is in no calendar, nor is a party too large for one.
            Err(SourceError::Unsupported(_) | SourceError::Query(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let days = calendar.days.into_iter();
        let met = days.filter(|day| !wished.exact || day.date == wished.from);
        let best = met.min_by_key(|day| (day.price.minor, day.date));
        Ok(best.map(|day| (day.date, day.price)))
    });
    // One question to the source, of which each place is a part.
    let of_all = futures::future::try_join_all(of_each);
    let known = |found: &Vec<Option<_>>| found.iter().flatten().count();
    let found = asked(source.name(), "calendar", known, of_all).await?;
    let pairs = places.iter().zip(found);
    let priced = pairs.map(|(destination, cheapest)| Priced {
        destination: *destination,
        cheapest,
    });
    Ok(priced.collect())
}

/// The party as airlines count it: who is twelve pays as an adult, who is under two sits on a lap.
fn passengers(party: &Party) -> Party {
    let ages = party.children.iter().map(|age| age.unwrap_or_default());
    let (mut adults, mut children, mut infants) = (party.adults, Vec::new(), party.infants);
    for age in ages {
        match age {
            0..=1 => infants = infants.saturating_add(1),
            2..=11 => children.push(Some(age)),
            _ => adults = adults.saturating_add(1),
        }
    }
    Party {
        adults,
        children,
        infants,
    }
}
