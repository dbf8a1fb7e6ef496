//! Wishes of a message against those of the trip: the newer one of a kind counts.

use std::mem::discriminant;

use travel::{Iata, Sort};

use crate::{
    reading::Reading,
    trip::TripRequest,
    wish::{Feature, Polarity, Wish},
};

impl TripRequest {
    pub(super) fn take_wishes(&mut self, reading: &Reading) {
        for wish in &reading.wishes {
            self.unsay(wish);
            if wish.polarity != Polarity::Indifferent && !has_field(wish) {
                self.wishes.push(wish.clone());
            }
        }
        self.cabin = reading.cabin.or(self.cabin);
        self.max_stops = reading.max_stops.or(self.max_stops);
        self.departure = reading.departure.or(self.departure);
        self.airline = reading.airline.clone().or_else(|| self.airline.take());
        self.sort = reading.sort.or(self.sort);
        self.budget = match reading.money {
            Some(_) => reading.budget,
            None => reading.budget.or(self.budget),
        };
        self.money = reading.money.or(self.money);
        self.window = reading.window.over(self.window);
        self.return_window = reading.return_window.over(self.return_window);
    }

    /// Forgets what a new wish replaces.
    fn unsay(&mut self, wish: &Wish) {
        let whatever = wish.polarity == Polarity::Indifferent;
        let refused = wish.polarity == Polarity::Refused;
        if whatever && let Feature::Via(codes) = &wish.feature {
            self.pass_anyhow(codes);
        }
        self.wishes.retain(|known| !replaces(wish, known));
        match &wish.feature {
            Feature::Cabin(cabin) if whatever || (refused && self.cabin == Some(*cabin)) => {
                self.cabin = None;
            }
            Feature::Stops(_) if whatever => self.max_stops = None,
            Feature::Airline(None) if whatever => self.airline = None,
            Feature::Airline(Some(code))
                if (whatever || refused)
                    && self
                        .airline
                        .as_ref()
                        .is_some_and(|known| known.code == *code) =>
            {
                self.airline = None;
            }
            Feature::Departure(_) if whatever => {
                self.departure = None;
                (self.window.departure_after, self.window.departure_before) = (None, None);
                // "a red-eye" is such a departure.
                self.wishes.retain(|known| {
                    known.feature != Feature::Overnight || known.polarity == Polarity::Refused
                });
            }
            Feature::Arrival(_) if whatever => {
                (self.window.arrival_after, self.window.arrival_before) = (None, None);
            }
            Feature::ReturnDeparture(_) if whatever => {
                let window = &mut self.return_window;
                (window.departure_after, window.departure_before) = (None, None);
            }
            Feature::ReturnArrival(_) if whatever => {
                let window = &mut self.return_window;
                (window.arrival_after, window.arrival_before) = (None, None);
            }
            Feature::LowEmissions if whatever && self.sort == Some(Sort::Emissions) => {
                self.sort = None;
            }
            Feature::Departure(part) if refused && self.departure == Some(*part) => {
                self.departure = None;
            }
            Feature::Budget if whatever => (self.budget, self.money) = (None, None),
            _ => {}
        }
    }

    /// Forgets at which hours the way back was to be: there is none.
    pub(super) fn forget_way_back(&mut self) {
        self.return_window = <_>::default();
        self.wishes.retain(|wish| {
            !matches!(
                wish.feature,
                Feature::ReturnDeparture(_) | Feature::ReturnArrival(_)
            )
        });
    }

    /// Forgets these places where some are to be gone through, or around.
    fn pass_anyhow(&mut self, codes: &[Iata]) {
        self.wishes.retain_mut(|known| match &mut known.feature {
            Feature::Via(known) => {
                known.retain(|code| !codes.contains(code));
                !known.is_empty()
            }
            _ => true,
        });
    }

    /// Forgets what was asked of a route that is left for another; what is refused of airlines is
    /// refused of every route.
    pub(super) fn leave(&mut self) {
        (self.max_stops, self.departure, self.airline) = (None, None, None);
        (self.budget, self.money, self.sort) = (None, None, None);
        (self.window, self.return_window) = <_>::default();
        self.wishes.retain(|wish| {
            wish.polarity == Polarity::Refused
                && matches!(
                    wish.feature,
                    Feature::Airline(_) | Feature::LowCost | Feature::Alliance(_)
                )
        });
    }
}

/// Whether a new wish takes the place of a known one.
fn replaces(new: &Wish, known: &Wish) -> bool {
    if discriminant(&new.feature) != discriminant(&known.feature) {
        return false;
    }
    match (&new.feature, &known.feature) {
        (Feature::Airline(None), Feature::Airline(_)) => true,
        // Several airlines may be refused, and several places avoided.
        (Feature::Airline(new_code), Feature::Airline(code)) => {
            new_code == code
                || new.polarity != Polarity::Refused && known.polarity != Polarity::Refused
        }
        (Feature::Via(new_codes), Feature::Via(codes)) => new_codes == codes,
        (Feature::Alliance(new_one), Feature::Alliance(one)) => {
            new_one == one || new.polarity != Polarity::Refused
        }
        _ => true,
    }
}

/// Whether a field of the trip's own says it.
const fn has_field(wish: &Wish) -> bool {
    let wanted = matches!(wish.polarity, Polarity::Wanted | Polarity::Preferred);
    wanted
        && matches!(
            wish.feature,
            Feature::Cabin(_)
                | Feature::Stops(_)
                | Feature::Airline(Some(_))
                | Feature::Departure(_)
        )
}
