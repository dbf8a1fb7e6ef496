//! From what is named to trips: alternatives, legs, trips of their own.

pub(crate) mod alternatives;
pub(crate) mod draft;
pub(crate) mod items;
pub(crate) mod legs;
pub(crate) mod onward;
mod walk;
