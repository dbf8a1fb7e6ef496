//! One connection, from its first byte to its end.

use std::{
    future::poll_fn,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, Version};
use hyper::{
    body::Incoming,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::{
    body::{Answering, Timed},
    pace::Due,
    place::Place,
    stream::Watched,
};

/// What all connections share.
pub(super) struct Server {
    pub(super) http: Builder<TokioExecutor>,
    pub(super) app: Router,
    /// Cancelled when connections must end with their requests.
    pub(super) closing: CancellationToken,
}

/// What a connection comes to.
enum Next {
    Ended,
    Due(Due),
}

/// Serves a connection until it ends, is asked to, or its time is up.
pub(super) async fn drive(
    server: Arc<Server>,
    socket: TcpStream,
    peer: SocketAddr,
    place: Arc<Place>,
    timeouts: super::Timeouts,
) {
    let app = TowerToHyperService::new(server.app.clone());
    let requests = Arc::clone(&place);
    let service = service_fn(move |request: Request<Incoming>| {
        let open = requests.begin(request.version() == Version::HTTP_2);
        let mut request = request.map(|body| Body::new(Timed::new(body, timeouts.body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = app.call(request);
        async move {
            let answer = answer.await?;
            Ok::<_, std::convert::Infallible>(answer.map(|body| Answering::new(body, open)))
        }
    });
    let socket = TokioIo::new(Watched::new(socket, Arc::clone(&place)));
    let mut connection = pin!(server.http.serve_connection(socket, service));
    let mut alarm = pin!(sleep_until(Instant::now() + timeouts.first_byte));
    let (mut is_told, mut is_closing) = (false, false);
    loop {
        // What has come is read before the time is looked at: no one is closed under a request.
        let next = poll_fn(|context| {
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(Next::Ended);
            }
            let Some((due, at)) = place.pace().due(&timeouts) else {
                return Poll::Pending;
            };
            rings(alarm.as_mut(), at, context).map(|()| Next::Due(due))
        });
        let until = tokio::select! {
            biased;
            next = next => match next {
                Next::Ended | Next::Due(Due::Close) => return,
                Next::Due(Due::LastCall) => Some(timeouts.head),
            },
            () = place.told_to_go(), if !is_told => {
                is_told = true;
                Some(std::time::Duration::ZERO)
            }
            () = server.closing.cancelled(), if !is_closing => {
                is_closing = true;
                None
            }
        };
        connection.as_mut().graceful_shutdown();
        if let Some(until) = until {
            place.note(|pace| pace.asked_to_go(Instant::now() + until));
        }
    }
}

/// Waits until then. The alarm is only moved where it must be: most requests need none.
fn rings(
    mut alarm: Pin<&mut Sleep>,
    at: Instant,
    context: &mut std::task::Context<'_>,
) -> Poll<()> {
    if at < alarm.deadline() {
        alarm.as_mut().reset(at);
    }
    while alarm.as_mut().poll(context).is_ready() {
        if Instant::now() >= at {
            return Poll::Ready(());
        }
        alarm.as_mut().reset(at);
    }
    Poll::Pending
}
