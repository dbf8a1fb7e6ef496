//! Handlers, one file per resource.

pub mod admin;
pub mod airports;
pub mod branches;
pub mod chat;
pub mod conversations;
pub mod exchange;
pub mod feedback;
pub mod flights;
pub mod forms;
pub mod health;
mod home_airport;
pub mod lengths;
pub mod locale_field;
pub mod offline;
pub mod pages;
pub mod preferences;
pub mod proposals;
pub mod regenerate;
pub mod share_pages;
pub mod shares;
pub mod tools;
pub mod transfers;
pub mod trip_pages;
pub mod trips;
pub mod turns;
pub mod viewer;
