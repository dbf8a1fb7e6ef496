//! What a message names: days, places, travellers, money, carriers, wishes, shown offers. Each finder
//! sees all words and says which it has used.

pub(crate) mod carrier;
pub(crate) mod choice;
pub(crate) mod correction;
pub(crate) mod day;
pub(crate) mod details;
pub(crate) mod leg;
pub(crate) mod money;
pub(crate) mod party;
pub mod place;
pub(crate) mod relaxed;
pub(crate) mod wish;
