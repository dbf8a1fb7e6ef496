//! What is known of destinations without any network: tables with source, date and licence
//! (docs/data.md), and what follows from them. Pure: it knows `travel` alone, and the clock is handed
//! in. Everything that is told from here names its [`Source`].

pub mod costs;
pub mod destination;
pub mod package;
pub mod source;
pub mod stays;
mod table;
pub mod window;

pub use destination::Destination;
pub use source::Source;
