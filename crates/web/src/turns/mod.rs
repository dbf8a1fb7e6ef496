//! Running turns: the server owns them, streams subscribe to them.

mod log;
mod registry;
mod runner;

pub use log::{EventLog, LoggedEvent};
pub use registry::{Hold, Outcome, Reservation, Resource, RunningTurn, Turns};
pub use runner::{Admitted, start};
