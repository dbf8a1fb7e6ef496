//! Values of travel: places, parties, money, queries, offers, stays and tastes, and the two languages that they are told
//! in. Data only, no I/O; it knows nothing of the other crates.

pub mod airport;
pub mod cabin;
pub mod carrier;
pub mod category;
pub mod code;
pub mod country;
pub mod currency;
pub mod filter;
pub mod flight;
pub mod fold;
pub mod format;
pub mod interest;
pub mod leg;
pub mod local_time;
pub mod locale;
pub mod money;
pub mod offer;
pub mod pace;
pub mod party;
pub mod search;

pub use airport::Airport;
pub use cabin::Cabin;
pub use carrier::{Alliance, Carrier};
pub use category::Category;
pub use code::{CarrierCode, Iata};
pub use country::Country;
pub use currency::Currency;
pub use filter::Filter;
pub use flight::{
    CalendarQuery, DayPart, FareCalendar, FareDay, FlightQuery, Found, HORIZON_DAYS, Sort, horizon,
};
pub use interest::Interest;
pub use leg::{Leg, MAX_LEGS, Window};
pub use local_time::LocalTime;
pub use locale::Locale;
pub use money::Money;
pub use offer::{Offer, OfferId, Segment, Slice};
pub use pace::Pace;
pub use party::Party;
pub use search::FlightSearch;
