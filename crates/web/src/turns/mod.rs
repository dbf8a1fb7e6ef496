//! Running turns: the server owns them, streams subscribe to them.

pub mod abandoned;
mod ended;
mod ends;
mod log;
mod missed;
mod offsets;
mod registry;
mod runner;

pub use ended::{EndedTurn, Recalled};
pub use ends::{Ends, keep_storing, store_last};
pub use log::{EventLog, EventSize, LoggedEvent};
pub use missed::missed;
pub use offsets::TextOffsets;
pub use registry::{Hold, Outcome, Reservation, Resource, RunningTurn, Turns};
pub use runner::{Admitted, start};
