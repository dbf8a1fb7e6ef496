//! Opens the port.

use std::{io, net::SocketAddr};

use tokio::net::{TcpListener, TcpSocket};

/// Connections that may wait to be taken in. With the 128 of the standard library a burst of a
/// thousand loses most of its first packets, and each waits a second for its retransmission. The
/// system takes the lesser of this and `net.core.somaxconn` (4096 since Linux 5.4).
const BACKLOG: u32 = 4096;

/// A port that is listened to, with room for a burst.
///
/// # Errors
/// What the system says: the address is in use, is not ours, or needs more rights.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // After a restart the port is ours at once, although connections of before are still closing.
    // Elsewhere the same option would let two servers have one port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody takes them in: all of them wait, and none is refused or dropped.
    #[tokio::test]
    async fn a_burst_waits_in_the_backlog() {
        let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let burst = (0..400).map(|_| tokio::net::TcpStream::connect(address));
        let opened = futures::future::try_join_all(burst);
        // With a shorter queue the rest is not connected at all: nobody makes place.
        let opened = tokio::time::timeout(std::time::Duration::from_secs(30), opened).await;
        assert_eq!(opened.expect("all of them wait").unwrap().len(), 400);
    }

    #[tokio::test]
    async fn a_port_in_use_is_an_error() {
        let first = listen(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let second = listen(first.local_addr().unwrap());
        assert_eq!(second.unwrap_err().kind(), io::ErrorKind::AddrInUse);
    }
}
