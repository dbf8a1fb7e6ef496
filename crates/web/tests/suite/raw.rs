//! A client that says what it likes, byte by byte.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longest that an answer or an end may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection.
pub(super) struct Raw(TcpStream);

impl Raw {
    pub(super) async fn to(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// A connection on which this was said.
    pub(super) async fn saying(address: SocketAddr, text: &str) -> Self {
        let mut raw = Self::to(address).await;
        raw.say(text).await;
        raw
    }

    pub(super) async fn say(&mut self, text: &str) {
        self.send(text.as_bytes()).await;
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// Sends one byte more, unless the server has closed the connection.
    pub(super) async fn trickles(&mut self) -> bool {
        self.sends(b"a").await
    }

    /// Sends these bytes, unless the server has closed the connection.
    pub(super) async fn sends(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// All that comes until the server closes the connection.
    pub(super) async fn until_closed(&mut self) -> Vec<u8> {
        let mut got = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut got)).await;
        // A reset is an end, too: what was sent had not been read.
        let _ = read.expect("the connection is closed");
        got
    }

    /// What comes until it ends with this.
    pub(super) async fn until(&mut self, end: &str) -> String {
        let mut got = Vec::new();
        let reading = async {
            while !got.ends_with(end.as_bytes()) {
                let byte = self.0.read_u8().await;
                let so_far = || String::from_utf8_lossy(&got).into_owned();
                got.push(byte.unwrap_or_else(|error| panic!("{error} after {}", so_far())));
            }
        };
        timeout(PATIENCE, reading).await.expect(end);
        String::from_utf8(got).unwrap()
    }

    /// A whole answer with a body of a told length.
    pub(super) async fn answer(&mut self) -> String {
        let head = self.until("\r\n\r\n").await;
        let mut lines = head.lines();
        let length = lines.find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        let reading = timeout(PATIENCE, self.0.read_exact(&mut body)).await;
        reading.expect("a body").unwrap();
        head
    }

    /// Whether nothing more can come.
    pub(super) fn is_closed(&self) -> bool {
        let mut byte = [0];
        match self.0.try_read(&mut byte) {
            Ok(read) => read == 0,
            Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }
}

/// The head of a request for this host.
pub(super) fn head(line: &str, headers: &[&str]) -> String {
    let headers = headers.iter().map(|header| format!("{header}\r\n"));
    format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\n{}\r\n",
        headers.collect::<String>()
    )
}
