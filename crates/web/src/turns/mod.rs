//! Running turns: the server owns them, streams subscribe to them.

pub mod abandoned;
mod ends;
mod log;
mod registry;
mod runner;

pub use ends::{Ends, keep_storing, store_last};
pub use log::{EventLog, LoggedEvent};
pub use registry::{Hold, Outcome, Reservation, Resource, RunningTurn, Turns};
pub use runner::{Admitted, start};
