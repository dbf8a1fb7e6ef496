//! Domain types of travel: places, parties, money, offers. Data only, no I/O.

pub mod airport;
pub mod cabin;
pub mod carrier;
pub mod code;
pub mod country;
pub mod currency;
pub mod flight;
pub mod format;
pub mod local_time;
pub mod money;
pub mod offer;
pub mod party;

pub use airport::Airport;
pub use cabin::Cabin;
pub use carrier::Carrier;
pub use code::{CarrierCode, Iata};
pub use country::Country;
pub use currency::Currency;
pub use flight::{
    CalendarQuery, DayPart, FareCalendar, FareDay, FlightQuery, HORIZON_DAYS, Sort, horizon,
};
pub use local_time::LocalTime;
pub use money::Money;
pub use offer::{Offer, OfferId, Segment, Slice};
pub use party::Party;
