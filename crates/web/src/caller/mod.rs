//! Who is calling: from where, as which visitor, and whether as the admin.

pub mod accept_language;
pub mod access;
pub mod address;
pub mod admin_key;
pub mod client;
mod forwarding;
pub mod guesses;
pub mod locale_cookie;
mod proxy_marks;
pub mod theme_cookie;
pub mod visitor;
