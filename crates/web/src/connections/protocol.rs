//! What is taken from a client of HTTP/1.1 and HTTP/2, in bytes and streams.

use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto::Builder,
};

use super::Timeouts;

/// The head of a request. Of HTTP/1.1 it is also what is read of a body, or kept of an answer that
/// the client does not take, at a time.
const HEAD_BYTES: u32 = 32 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 100;
/// Streams that a client opened and reset before they were looked at, and those that it broke, until
/// the connection ends: opening and resetting costs it nothing.
const RESET_STREAMS: usize = 20;
const BROKEN_STREAMS: usize = 100;
/// What is taken of bodies that nobody has read yet: of one request, of one connection.
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 256 * 1024;
/// What is kept of an answer that the client does not take.
const SEND_BYTES: usize = 64 * 1024;

/// How connections are served.
pub(super) fn http(timeouts: &Timeouts) -> Builder<TokioExecutor> {
    let mut http = Builder::new(TokioExecutor::new());
    http.http1()
        // Its time would also run between two requests: `pace` tells them apart.
        .header_read_timeout(None)
        .max_buf_size(HEAD_BYTES as usize);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(timeouts.ping)
        .keep_alive_timeout(timeouts.pong)
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD_BYTES)
        .max_pending_accept_reset_streams(RESET_STREAMS)
        .max_local_error_reset_streams(BROKEN_STREAMS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_send_buf_size(SEND_BYTES);
    http
}
