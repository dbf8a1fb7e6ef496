//! Takes connections in.

use std::{io, sync::Arc, time::Duration};

use axum::Router;
use tokio::{net::TcpListener, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Rules,
    drive::{Server, drive},
    place::Places,
    protocol,
    seldom::Seldom,
};

/// How long to wait when no connection can be taken in, most likely for want of descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves the application until `closing` has come and the connections have ended.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    rules: Rules,
    closing: impl Future<Output = ()>,
) {
    let timeouts = rules.timeouts;
    let places = Places::new(rules);
    let server = Arc::new(Server {
        http: protocol::http(&timeouts),
        app,
        closing: CancellationToken::new(),
    });
    let connections = TaskTracker::new();
    let taking_in = async {
        let failures = Seldom::default();
        loop {
            places.settled().await;
            match listener.accept().await {
                Ok((socket, peer)) => {
                    if let Some(place) = places.take(peer.ip()) {
                        // Each event leaves when it is written; what fails here fails at the first read.
                        let _ = socket.set_nodelay(true);
                        let server = Arc::clone(&server);
                        connections.spawn(drive(server, socket, peer, place, timeouts));
                    }
                }
                Err(error) if is_of_one_client(&error) => {}
                Err(error) => {
                    if failures.is_time(Instant::now()) {
                        tracing::warn!(%error, "no connection can be taken in for now");
                    }
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = taking_in => {}
        () = closing => {}
    }
    drop(listener);
    server.closing.cancel();
    connections.close();
    connections.wait().await;
}

/// A client that went before it was taken in.
fn is_of_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
