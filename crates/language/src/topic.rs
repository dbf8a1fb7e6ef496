//! What travellers ask about besides flights.

use serde::{Deserialize, Serialize};

/// Subjects of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What time it is.
    Time,
    /// How far the clocks of two places are apart.
    TimeDifference,
    /// What one pays with.
    Currency,
    /// What an amount is worth in another currency.
    Exchange,
    /// How far two places are apart.
    Distance,
    /// How long one flies.
    FlightTime,
    /// Sockets and voltage.
    Plugs,
    /// The country's telephone code.
    Dialling,
    /// Airports and codes of a place.
    AirportCode,
    /// Visas, passports and customs.
    Visa,
    /// Vaccines, medicines, water.
    Health,
    /// What may be carried.
    Baggage,
    /// A bag that is lost or damaged.
    LostBaggage,
    /// The weather.
    Weather,
    /// The best season.
    WhenToGo,
    /// A flight as it goes: delay, gate, terminal.
    FlightStatus,
    /// What one is owed by an airline.
    Rights,
    /// Dangers and warnings.
    Safety,
    /// Numbers to call in an emergency.
    Emergency,
    /// How one says something in another language.
    Phrases,
    /// Tips, cards and fees.
    Money,
    /// Help for a passenger: wheelchair, child alone, pregnancy.
    Assistance,
    /// Animals on board.
    Pets,
    /// Ways between an airport and its city.
    Transfer,
    /// What to see and do.
    Sights,
    /// What to eat, and where.
    Food,
    /// Seats, meals, wifi.
    OnBoard,
    /// Check-in and lounges.
    CheckIn,
    /// Miles and programmes.
    Loyalty,
    /// Insurance of a trip.
    Insurance,
    /// Telephone and internet.
    Phone,
    /// Which language is spoken.
    Language,
    /// The side of the road, licences.
    Driving,
    /// Places to stay.
    Hotel,
    /// Flats and houses to rent for a stay.
    Rental,
    /// In which part of a town to stay.
    Quarters,
    /// What there is around a spot.
    Nearby,
    /// Public holidays.
    Holidays,
    /// School holidays.
    SchoolHolidays,
    /// What a whole trip costs.
    Cost,
    /// When flight and nights are cheapest.
    Window,
    /// Where to go.
    Suggest,
    /// Whether a plan of the visitor's own works.
    Check,
    /// A map.
    Map,
    /// All that is known of one offer.
    OfferDetails,
    /// The trip as a file or on paper.
    Export,
    /// The last change of the trip taken back.
    Undo,
    /// What of a trip that is too dear can go.
    Relax,
    /// Cars to hire.
    Car,
    /// Trains, buses, boats.
    Ground,
    /// A route with stays, day by day.
    Itinerary,
    /// Flight and stay in one.
    Package,
    /// All that is known of a place.
    Overview,
    /// None of these.
    Other,
}

impl Topic {
    /// Whether the answer is a fact about a place, or about two.
    #[must_use]
    pub const fn is_of_a_place(self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::TimeDifference
                | Self::Currency
                | Self::Exchange
                | Self::Distance
                | Self::FlightTime
                | Self::Plugs
                | Self::Dialling
                | Self::AirportCode
                | Self::Overview
        )
    }

    /// Whether it is said beside a wish for a trip, in a clause that asks. What is left out here has
    /// words that a wish has as well: "with a bag", "in the low season", "on time".
    #[must_use]
    pub const fn stands_beside_a_trip(self) -> bool {
        !matches!(
            self,
            Self::Baggage
                | Self::WhenToGo
                | Self::FlightStatus
                | Self::Exchange
                | Self::FlightTime
                | Self::OnBoard
                | Self::Hotel
                | Self::Car
                | Self::Ground
                | Self::Sights
                | Self::Itinerary
                | Self::Package
                | Self::Overview
                | Self::Other
        ) && !self.takes_trip_facts()
    }

    /// Whether what is said beside it, places, days, travellers, money, is of the trip as well: "three
    /// days in Lisbon" plans one. Beside the others it belongs to the question.
    #[must_use]
    pub const fn takes_trip_facts(self) -> bool {
        matches!(
            self,
            Self::Hotel
                | Self::Rental
                | Self::Itinerary
                | Self::Cost
                | Self::Window
                | Self::Package
                | Self::Suggest
                | Self::Check
                | Self::Relax
                | Self::OfferDetails
        )
    }

    /// Whether a negation before it refuses it: "no hotel".
    #[must_use]
    pub const fn may_be_refused(self) -> bool {
        matches!(
            self,
            Self::Hotel | Self::Rental | Self::Itinerary | Self::Package
        )
    }

    /// Whether a tool of its own answers it.
    #[must_use]
    pub const fn is_planned(self) -> bool {
        self.takes_trip_facts()
            || self.is_said_by_its_words()
            || matches!(
                self,
                Self::Sights
                    | Self::Food
                    | Self::Weather
                    | Self::Visa
                    | Self::Language
                    | Self::Driving
                    | Self::Emergency
                    | Self::WhenToGo
                    | Self::Holidays
                    | Self::SchoolHolidays
            )
    }

    /// Whether its words are a question or an order wherever they stand: "where to stay", "undo that".
    #[must_use]
    pub const fn is_said_by_its_words(self) -> bool {
        matches!(
            self,
            Self::Quarters | Self::Nearby | Self::Map | Self::Export | Self::Undo
        )
    }

    /// Whether naming it in a clause of its own asks for it: "Lyon to Rome, and the weather in Rome".
    #[must_use]
    pub const fn is_asked_by_name(self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::TimeDifference
                | Self::Currency
                | Self::Plugs
                | Self::Dialling
                | Self::AirportCode
                | Self::Visa
                | Self::Health
                | Self::Weather
                | Self::Emergency
                | Self::Holidays
                | Self::Language
                | Self::Driving
        )
    }

    /// Whether it is a service that a trip needs besides flights, wanted where it is named.
    #[must_use]
    pub const fn is_a_service(self) -> bool {
        self.takes_trip_facts()
    }

    /// Whether naming it is enough: nobody says it of a flight to look for.
    #[must_use]
    pub const fn is_a_need(self) -> bool {
        matches!(self, Self::Assistance | Self::Pets)
    }

    /// Whether it may be about two places.
    #[must_use]
    pub const fn spans_two_places(self) -> bool {
        matches!(
            self,
            Self::Time | Self::TimeDifference | Self::Distance | Self::FlightTime | Self::Overview
        )
    }
}
