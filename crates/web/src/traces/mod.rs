//! What is read out of the kept traces: which ones, what they sum up to, where their time went. Data in,
//! data out, but for [`lookup`] and [`table`].

pub mod alignment;
pub mod critical_path;
pub mod curl;
pub mod lookup;
pub mod order;
pub mod query;
pub mod range;
#[cfg(test)]
pub(crate) mod samples;
pub mod search;
pub mod series;
pub mod stats;
pub mod summary;
pub mod table;
