//! How long a client may take and how many there may be, with limits that a test can wait for.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::StatusCode,
    routing::{get, post},
};
use futures::{FutureExt, StreamExt, stream};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use web::connections::{self, Rules, Timeouts};

use super::raw::{Raw, head};

/// Never, as far as a test is concerned.
const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(300);

const PATIENT: Timeouts = Timeouts {
    first_byte: LONG,
    head: LONG,
    body: LONG,
    idle: LONG,
    stalled: LONG,
    ping: LONG,
    pong: LONG,
};

/// A server of one test.
struct Open {
    address: SocketAddr,
    /// Lets so many of the requests that wait end.
    release: Arc<Semaphore>,
    closing: CancellationToken,
    served: JoinHandle<()>,
}

async fn open(rules: Rules) -> Open {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (release, closing) = (Arc::new(Semaphore::new(0)), CancellationToken::new());
    let waits = Arc::clone(&release);
    // Begins to answer, and goes on when it may.
    let follow = move || {
        let waits = Arc::clone(&waits);
        let rest = async move {
            waits.acquire().await.unwrap().forget();
            "end"
        };
        let parts = stream::once(async { "begin " }).chain(rest.into_stream());
        async { Body::from_stream(parts.map(Ok::<_, std::io::Error>)) }
    };
    let app = Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/echo", post(echo))
        .route("/follow", get(follow))
        .route("/big", get(|| async { vec![b'x'; 64 << 20] }));
    let until = closing.clone().cancelled_owned();
    let served = tokio::spawn(connections::serve(listener, app, rules, until));
    Open {
        address,
        release,
        closing,
        served,
    }
}

async fn echo(
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> (StatusCode, Bytes) {
    match body {
        Ok(body) => (StatusCode::OK, body),
        Err(error) if connections::is_overdue(&error) => {
            (StatusCode::REQUEST_TIMEOUT, Bytes::new())
        }
        Err(_) => (StatusCode::BAD_REQUEST, Bytes::new()),
    }
}

fn rules(timeouts: Timeouts) -> Rules {
    Rules {
        most: 1_000,
        most_per_address: 1_000,
        exempt: Vec::new(),
        timeouts,
    }
}

fn post_of(length: usize) -> String {
    head("POST /echo", &[&format!("content-length: {length}")])
}

async fn follower(address: SocketAddr) -> Raw {
    let mut raw = Raw::saying(address, &head("GET /follow", &[])).await;
    raw.until("begin \r\n").await;
    raw
}

async fn is_served(address: SocketAddr) {
    let mut raw = Raw::saying(address, &head("GET /", &[])).await;
    raw.until("hello").await;
}

#[tokio::test]
async fn who_says_nothing_is_closed() {
    let timeouts = Timeouts {
        first_byte: SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    let begun = Instant::now();
    let mut silent = Raw::to(server.address).await;
    assert_eq!(silent.until_closed().await, b"");
    assert!(begun.elapsed() >= SHORT);
}

#[tokio::test]
async fn a_head_is_cut_however_it_trickles() {
    let timeouts = Timeouts {
        head: SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    // The first request of a connection, and the second one.
    let first = Raw::saying(server.address, "G").await;
    let mut second = Raw::saying(server.address, &head("GET /", &[])).await;
    second.until("hello").await;
    second.say("G").await;
    for mut slow in [first, second] {
        while slow.trickles().await {
            tokio::time::sleep(SHORT / 10).await;
        }
        is_served(server.address).await;
    }
}

#[tokio::test]
async fn a_body_must_keep_coming_and_may_take_its_time() {
    let timeouts = Timeouts {
        head: SHORT,
        body: 5 * SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    let mut stuck = Raw::saying(server.address, &post_of(9)).await;
    stuck.say("so ").await;
    let mut slow = Raw::saying(server.address, &post_of(9)).await;
    for part in ["sl", "ow", "ly", "but"] {
        slow.say(part).await;
        tokio::time::sleep(2 * SHORT).await;
    }
    slow.until("slowlybut").await;
    let answer = String::from_utf8(stuck.until_closed().await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn a_kept_connection_waits_longer_than_a_head_may_take() {
    let timeouts = Timeouts {
        first_byte: SHORT,
        head: SHORT,
        idle: 4 * SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    let mut kept = Raw::saying(server.address, &head("GET /", &[])).await;
    kept.until("hello").await;
    let begun = Instant::now();
    assert_eq!(kept.until_closed().await, b"");
    assert!(begun.elapsed() >= 3 * SHORT, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn no_connection_is_closed_under_a_request_that_has_begun() {
    let idle = Duration::from_secs(2);
    let server = open(rules(Timeouts { idle, ..PATIENT })).await;
    let mut kept = Raw::saying(server.address, &head("GET /", &[])).await;
    kept.until("hello").await;
    // The head begins while the connection waits, and the body ends long after it would have gone.
    let post = post_of(4);
    let (begin, end) = post.split_at(9);
    kept.say(begin).await;
    tokio::time::sleep(idle + idle / 4).await;
    kept.say(end).await;
    kept.say("la").await;
    tokio::time::sleep(idle + idle / 4).await;
    kept.say("st").await;
    kept.until("last").await;
    // Two that came at once are both answered.
    kept.say(&format!("{0}ping{0}pong", post_of(4))).await;
    kept.until("ping").await;
    kept.until("pong").await;
}

#[tokio::test]
async fn an_answer_that_no_one_takes_is_not_kept_for_ever() {
    let timeouts = Timeouts {
        stalled: SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    let begun = Instant::now();
    let mut deaf = Raw::saying(server.address, &head("GET /big", &[])).await;
    deaf.until("\r\n\r\n").await;
    server.closing.cancel();
    server.served.await.unwrap();
    assert!(begun.elapsed() >= SHORT);
    assert!(deaf.until_closed().await.len() < 64 << 20);
}

#[tokio::test]
async fn who_has_said_nothing_yet_makes_room() {
    let mut rules = rules(PATIENT);
    rules.most = 4;
    let server = open(rules).await;
    let mut served = follower(server.address).await;
    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(Raw::to(server.address).await);
        is_served(server.address).await;
    }
    for silent in &mut silent[..36] {
        assert_eq!(silent.until_closed().await, b"");
    }
    server.release.add_permits(1);
    served.until("end\r\n0\r\n\r\n").await;
}

#[tokio::test]
async fn no_one_makes_room_who_is_being_served() {
    let mut rules = rules(PATIENT);
    rules.most = 2;
    let server = open(rules).await;
    let mut served = [
        follower(server.address).await,
        follower(server.address).await,
    ];
    let mut late = Raw::saying(server.address, &head("GET /", &[])).await;
    assert_eq!(late.until_closed().await, b"");
    server.release.add_permits(2);
    for served in &mut served {
        served.until("end\r\n0\r\n\r\n").await;
    }
    // They wait for another request now, and one of them makes room.
    is_served(server.address).await;
}

#[tokio::test]
async fn an_address_has_so_many_connections() {
    let mut rules = rules(PATIENT);
    rules.most_per_address = 2;
    let server = open(rules.clone()).await;
    let _served = [
        follower(server.address).await,
        follower(server.address).await,
    ];
    let mut late = Raw::saying(server.address, &head("GET /", &[])).await;
    assert_eq!(late.until_closed().await, b"");

    // Whoever stands for many has as many as they need.
    let exempt = Rules::new(1_000, &[]).exempt;
    let server = open(Rules { exempt, ..rules }).await;
    let _served = [
        follower(server.address).await,
        follower(server.address).await,
    ];
    is_served(server.address).await;
}

#[tokio::test]
async fn a_head_has_32_kib() {
    let server = open(rules(PATIENT)).await;
    let fits = format!("x-long: {}", "a".repeat(31 * 1024));
    let mut raw = Raw::saying(server.address, &head("GET /", &[&fits])).await;
    raw.until("hello").await;
    // Never finished: the answer does not wait for its end.
    let begun = format!(
        "GET / HTTP/1.1\r\nhost: localhost\r\nx-long: {}",
        "a".repeat(32 * 1024)
    );
    let mut raw = Raw::saying(server.address, &begun[..32 * 1024]).await;
    let answer = raw.until_closed().await;
    assert!(answer.starts_with(b"HTTP/1.1 431 "));
}

#[tokio::test]
async fn the_end_waits_for_requests_and_for_no_one_else() {
    let timeouts = Timeouts {
        head: SHORT,
        body: SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    let mut silent = Raw::to(server.address).await;
    let mut idle = Raw::saying(server.address, &head("GET /", &[])).await;
    idle.until("hello").await;
    let mut followed = follower(server.address).await;
    let mut half_head = Raw::saying(server.address, "POST /echo HT").await;
    let expects = ["content-length: 9", "expect: 100-continue"];
    let mut half_body = Raw::saying(server.address, &head("POST /echo", &expects)).await;
    half_body.until("100 Continue\r\n\r\n").await;
    half_body.say("so ").await;
    server.closing.cancel();
    for gone in [&mut silent, &mut idle, &mut half_head] {
        assert_eq!(gone.until_closed().await, b"");
    }
    assert!(half_body.until_closed().await.starts_with(b"HTTP/1.1 408 "));
    assert!(!server.served.is_finished());
    server.release.add_permits(1);
    followed.until("end\r\n0\r\n\r\n").await;
    server.served.await.unwrap();
    let refused = tokio::net::TcpStream::connect(server.address).await;
    assert!(refused.is_err(), "no one is taken in any more");
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const GO_AWAY: u8 = 7;

/// Kind and payload of the HTTP/2 frames in these bytes.
fn frames(mut bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut frames = Vec::new();
    while bytes.len() >= 9 {
        let length = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]) as usize;
        let end = (9 + length).min(bytes.len());
        frames.push((bytes[3], bytes[9..end].to_vec()));
        bytes = &bytes[end..];
    }
    frames
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = vec![length[1], length[2], length[3], kind, flags];
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

#[tokio::test]
async fn http_2_says_its_limits_and_ends_when_no_ping_comes_back() {
    let timeouts = Timeouts {
        ping: SHORT,
        pong: SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    let mut mute = Raw::to(server.address).await;
    mute.send(PREFACE).await;
    let frames = frames(&mute.until_closed().await);
    let (_, settings) = frames.iter().find(|(kind, _)| *kind == SETTINGS).unwrap();
    let settings: Vec<_> = settings
        .chunks_exact(6)
        .map(|pair| {
            let value = u32::from_be_bytes([pair[2], pair[3], pair[4], pair[5]]);
            (u16::from_be_bytes([pair[0], pair[1]]), value)
        })
        .collect();
    assert!(settings.contains(&(3, 100)), "streams: {settings:?}");
    assert!(settings.contains(&(6, 32 * 1024)), "headers: {settings:?}");
}

#[tokio::test]
async fn an_http_2_connection_needs_a_request_in_time() {
    let timeouts = Timeouts {
        head: SHORT,
        ..PATIENT
    };
    let server = open(rules(timeouts)).await;
    // A head that does not end, and none at all.
    for begun in [frame(HEADERS, 0, 1, b"\x82\x86\x84"), Vec::new()] {
        let mut slow = Raw::to(server.address).await;
        slow.send(PREFACE).await;
        slow.send(&begun).await;
        slow.until_closed().await;
    }
}

#[tokio::test]
async fn who_opens_and_resets_streams_is_sent_away() {
    let server = open(rules(PATIENT)).await;
    let mut flood = PREFACE.to_vec();
    for stream in (1..).step_by(2).take(500) {
        // GET http://localhost/, by HPACK's table but for the name.
        let request = b"\x82\x86\x84\x41\x09localhost";
        flood.extend(frame(HEADERS, 0x5, stream, request));
        flood.extend(frame(RESET, 0, stream, &8_u32.to_be_bytes()));
    }
    let mut hasty = Raw::to(server.address).await;
    hasty.send(&flood).await;
    let frames = frames(&hasty.until_closed().await);
    let (_, farewell) = frames.iter().find(|(kind, _)| *kind == GO_AWAY).unwrap();
    assert_eq!(farewell[4..8], 11_u32.to_be_bytes(), "enhance your calm");
    is_served(server.address).await;
}
