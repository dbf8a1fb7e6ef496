//! Why a question has no answer.

use travel::Iata;

/// A query that the schedule cannot answer, whatever it holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No airport or metropolitan area has this code.
    #[error("no airport or metropolitan area has the code {0}")]
    UnknownPlace(Iata),
    /// Both codes stand for airports of one city: no flight goes there.
    #[error("{0} and {1} are the same city: no flight goes from one to the other")]
    SameCity(Iata, Iata),
    /// The query contradicts itself; the text says how.
    #[error("{0}")]
    Contradiction(String),
}
