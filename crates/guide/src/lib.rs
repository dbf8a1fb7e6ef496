//! What is known of destinations without any network: tables with source, date and licence
//! (docs/data.md), and what follows from them. Pure: it knows `travel` alone, and the clock is handed
//! in. Everything that is told from here names its [`Source`].

pub mod check;
pub mod days;
pub mod destination;
pub mod dishes;
mod names;
pub mod nearby;
pub mod opening;
pub mod point;
pub mod quarters;
pub mod sights;
pub mod source;
mod table;
pub mod way;

pub use destination::Destination;
pub use point::Point;
pub use source::Source;
