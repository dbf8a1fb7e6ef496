//! What a message wants ([`intent`]) and what it says ([`understanding`]). Pure: no clock, no network,
//! no store.

pub mod intent;
pub mod understanding;
