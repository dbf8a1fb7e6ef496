//! Whether a reply says only what is known: prices, flight numbers, times and airport codes that no
//! tool returned and no one wrote are a model's inventions. And the gate that holds a stream back
//! where a word is incomplete or looks like a booking reference that does not exist.
//!
//! The checker reads free text in French or English and is lenient where a text may be read in two
//! ways: a flag on a true answer costs trust, too.

mod aircraft;
mod airport_code;
mod amounts;
mod clock;
mod facts;
mod flight_number;
mod ground;
mod house;
mod memo;
mod number;
mod price;
pub mod reference;
mod tokens;
mod unit;
pub mod word_gate;

pub use ground::Ground;
pub(crate) use memo::Memo;
pub use word_gate::WordGate;

use amounts::Amounts;
use facts::{Fact, Value};
use serde::{Deserialize, Serialize};

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An amount of money.
    Price,
    /// An airline's designator and a number.
    FlightNumber,
    /// A time of day.
    Time,
    /// A code of an airport or metropolitan area.
    AirportCode,
    /// The name of a hotel or another house to sleep in.
    House,
}

impl Kind {
    /// Its name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::FlightNumber => "flight_number",
            Self::Time => "time",
            Self::AirportCode => "airport_code",
            Self::House => "house",
        }
    }
}

/// A fact of a reply that nothing explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ungrounded {
    /// Kind.
    pub kind: Kind,
    /// As written.
    pub text: String,
}

/// The facts of a reply that nothing explains, each once, in order of appearance.
#[must_use]
pub fn ungrounded(reply: &str, ground: &Ground) -> Vec<Ungrounded> {
    let facts = facts::collect(reply);
    let (known, unknown): (Vec<_>, Vec<_>) = facts.iter().partition(|fact| ground.explains(fact));
    let said = amounts(&known);
    let mut found: Vec<Ungrounded> = Vec::new();
    for fact in unknown {
        // "5000 ¥ are about 27 €": the person wrote the number of the first, the second is its
        // exchange.
        let exchanged = matches!(fact.value, Value::Price(price) if said.exchange(&price));
        let Some(kind) = kind(fact.value).filter(|_| !exchanged) else {
            continue;
        };
        let text = fact.text.to_owned();
        let fact = Ungrounded { kind, text };
        if !found.contains(&fact) {
            found.push(fact);
        }
    }
    found
}

fn amounts(facts: &[&Fact<'_>]) -> Amounts {
    let mut amounts = Amounts::default();
    for fact in facts {
        if let Value::Price(price) = fact.value {
            amounts.add(price.unit, price.milli);
        }
    }
    amounts
}

const fn kind(value: Value) -> Option<Kind> {
    match value {
        Value::Price(_) => Some(Kind::Price),
        Value::Flight(_) => Some(Kind::FlightNumber),
        Value::Time(_) => Some(Kind::Time),
        Value::Code(_) => Some(Kind::AirportCode),
        Value::House { .. } => Some(Kind::House),
        Value::Duration(_) => None,
    }
}
