//! Who may hold a connection, and for how long: the part of the server that strangers reach first.
//!
//! `gate` decides who stays when there is no room and `pace` when a connection has been silent for
//! too long, both without I/O; `accept` takes connections in and `drive` serves one of them.

mod accept;
mod body;
pub mod descriptors;
mod drive;
mod gate;
mod listen;
mod pace;
mod place;
mod protocol;
mod seldom;
mod stream;

use std::time::Duration;

pub use accept::serve;
pub use body::is_overdue;
use ipnet::IpNet;
pub use listen::listen;

/// How long a client may take; all of it is about silence, none about how long an answer takes.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// From a connection's start to its first byte.
    pub first_byte: Duration,
    /// From a request's first byte to the end of its head.
    pub head: Duration,
    /// Between two parts of a request's body.
    pub body: Duration,
    /// Between two requests. Longer than the minute for which proxies usually keep a connection:
    /// whoever closes first must be the one that sends requests.
    pub idle: Duration,
    /// Without taking a byte of the answer.
    pub stalled: Duration,
    /// From one HTTP/2 ping to the next.
    pub ping: Duration,
    /// From an HTTP/2 ping to its answer.
    pub pong: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            first_byte: Duration::from_secs(10),
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            stalled: Duration::from_secs(60),
            ping: Duration::from_secs(10),
            pong: Duration::from_secs(10),
        }
    }
}

/// What is asked of connections.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Connections at once.
    pub most: usize,
    /// Connections at once from one address, or from one /64 of IPv6.
    pub most_per_address: usize,
    /// Who stands for many: the limit for an address is not theirs.
    pub exempt: Vec<IpNet>,
    /// How long a client may take.
    pub timeouts: Timeouts,
}

impl Rules {
    /// Rules for `most` connections, with the limit for an address lifted for this machine and for
    /// the proxies in front of it.
    #[must_use]
    pub fn new(most: usize, proxies: &[IpNet]) -> Self {
        let loopback = [
            IpNet::new_assert([127, 0, 0, 0].into(), 8),
            IpNet::new_assert(std::net::Ipv6Addr::LOCALHOST.into(), 128),
        ];
        Self {
            most,
            most_per_address: 256,
            exempt: loopback.iter().chain(proxies).copied().collect(),
            timeouts: Timeouts::default(),
        }
    }
}
