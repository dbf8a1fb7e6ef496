//! What is known of destinations without any network: tables with source, date and licence
//! (docs/data.md), and what follows from them. Pure: it knows `travel` alone, and the clock is handed
//! in. Everything that is told from here names its [`Source`].

pub mod adapter;
pub mod check;
pub mod climate;
pub mod context;
pub mod costs;
pub mod country_facts;
pub mod days;
pub mod destination;
pub mod dishes;
pub mod distance;
pub mod emergency;
pub mod entry;
pub mod holidays;
pub mod kinds;
pub mod map;
mod names;
pub mod nearby;
pub mod opening;
pub mod package;
pub mod point;
pub mod quarters;
pub mod rates;
pub mod region;
pub mod school;
pub mod season;
pub mod sights;
pub mod source;
pub mod spoken;
pub mod stays;
pub mod suggest;
mod table;
pub mod time;
pub mod way;
pub mod window;

pub use destination::Destination;
pub use point::Point;
pub use source::Source;
