//! `travel-agent healthcheck`: what an image without a shell asks itself whether it is alive.

use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, bail, ensure};

/// Longest that connecting, asking and answering may each take.
const PATIENCE: Duration = Duration::from_secs(3);
/// What a status line needs, and no more.
const STATUS_LINE: &str = "HTTP/1.1 200";

/// Asks the server that listens at `bind_addr` on this machine for `/healthz`.
///
/// # Errors
///
/// It has no fixed port, cannot be reached, or does not answer 200 in time.
pub fn run(bind_addr: SocketAddr) -> anyhow::Result<()> {
    ensure!(
        bind_addr.port() != 0,
        "BIND_ADDR {bind_addr} has no fixed port"
    );
    let address = reachable(bind_addr);
    let status = ask(address).with_context(|| format!("http://{address}/healthz"))?;
    if status != STATUS_LINE {
        bail!("http://{address}/healthz answered {status:?}");
    }
    Ok(())
}

/// The address at which a server bound to `bind_addr` can be asked: an unspecified one is no peer.
fn reachable(bind_addr: SocketAddr) -> SocketAddr {
    let ip = match bind_addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bind_addr.port())
}

/// The beginning of the answer's status line.
fn ask(address: SocketAddr) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // `Host` is checked, and loopback always passes.
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut status = [0; STATUS_LINE.len()];
    stream.read_exact(&mut status)?;
    Ok(String::from_utf8_lossy(&status).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unspecified_address_is_asked_on_loopback() {
        for (bound, asked) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("10.0.0.7:80", "10.0.0.7:80"),
        ] {
            assert_eq!(
                reachable(bound.parse().unwrap()).to_string(),
                asked,
                "{bound}"
            );
        }
    }
}
