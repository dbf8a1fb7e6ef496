//! One connection: reads requests, asks the script, plays its replies.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde_json::Value;
use tokio::net::TcpStream;

use super::{
    Fault, LlmRequest, Outcome, Protocol, Reply,
    http::{self, RawRequest},
    plan::{End, Part, Plan, plan},
    server::Shared,
};

/// How much is read at once, in bytes.
const READ: usize = 16 << 10;

/// What playing a plan came to.
enum Played {
    ToItsEnd,
    HungUp,
}

/// Serves a connection until either side ends it.
pub(super) async fn serve(stream: TcpStream, connection: usize, shared: &Shared) {
    // Each part is to leave at once. Where this fails the connection is gone already.
    let _ = stream.set_nodelay(true);
    let mut received = Vec::new();
    loop {
        let request = match next_request(&stream, &mut received).await {
            Ok(Some(request)) => request,
            Ok(None) => return,
            Err(what) => return shared.violation(format!("connection {connection}: {what}")),
        };
        let (number, plan, closes) = match admit(request, connection, shared) {
            Ok((request, reply)) => {
                let closes = http::closes(&request);
                (Some(request.number), plan(reply, &request), closes)
            }
            Err(what) => {
                shared.violation(format!("connection {connection}: {what}"));
                let bytes = http::head(404, &[("content-length", "0")]);
                let part = Part {
                    delay: std::time::Duration::ZERO,
                    bytes,
                };
                let plan = Plan {
                    parts: vec![part],
                    end: End::Close,
                };
                (None, plan, true)
            }
        };
        let played = play(&stream, &plan, &mut received).await;
        if plan.end == End::Reset {
            // Nothing else makes the kernel send RST. Where it fails the client sees FIN, and its
            // test fails.
            let _ = stream.set_zero_linger();
        }
        let over = closes || plan.end != End::Next || matches!(played, Played::HungUp);
        if over {
            drop(stream);
            shared.played(number, outcome(&played));
            return;
        }
        shared.played(number, outcome(&played));
    }
}

fn outcome(played: &Played) -> Outcome {
    match played {
        Played::ToItsEnd => Outcome::Done,
        Played::HungUp => Outcome::HungUp,
    }
}

/// Keeps a request and asks the script; the error says why it is none of a known protocol.
fn admit(
    raw: RawRequest,
    connection: usize,
    shared: &Shared,
) -> Result<(LlmRequest, Reply), String> {
    let RawRequest {
        method,
        path,
        headers,
        body,
    } = raw;
    let protocol = Protocol::of_path(&path).filter(|_| method == "POST");
    let protocol = protocol.ok_or_else(|| format!("{method} {path} is of no protocol"))?;
    let body: Value =
        serde_json::from_slice(&body).map_err(|error| format!("the body is not JSON: {error}"))?;
    let request = shared.keep(|number| LlmRequest {
        number,
        connection,
        protocol,
        path,
        headers,
        body,
        outcome: Outcome::Answering,
    });
    // A panic in the script would else look like a broken connection.
    let reply = catch_unwind(AssertUnwindSafe(|| (shared.script)(&request)));
    let reply = reply.unwrap_or_else(|_| {
        shared.violation(format!("request {}: the script panicked", request.number));
        Fault::status(500).into()
    });
    Ok((request, reply))
}

/// The next request; `None` when the client is done.
async fn next_request(
    stream: &TcpStream,
    received: &mut Vec<u8>,
) -> Result<Option<RawRequest>, String> {
    loop {
        if let Some(request) = http::take_request(received)? {
            return Ok(Some(request));
        }
        match read(stream, received).await {
            Ok(0) | Err(_) if received.is_empty() => return Ok(None),
            Ok(0) | Err(_) => return Err("the client hung up inside a request".into()),
            Ok(_) => {}
        }
    }
}

/// Sends the parts in their time. Reads meanwhile: only so can it know that the client hung up.
async fn play(stream: &TcpStream, plan: &Plan, received: &mut Vec<u8>) -> Played {
    let send = async {
        for part in &plan.parts {
            if !part.delay.is_zero() {
                tokio::time::sleep(part.delay).await;
            }
            write(stream, &part.bytes).await?;
        }
        if plan.end == End::Stall {
            std::future::pending::<()>().await;
        }
        Ok::<_, io::Error>(())
    };
    let hung_up = async {
        // Further requests may come early; they wait in `received`.
        while let Ok(1..) = read(stream, received).await {}
    };
    tokio::select! {
        // In this order: a client that has everything may close before we look.
        biased;
        sent = send => if sent.is_ok() { Played::ToItsEnd } else { Played::HungUp },
        () = hung_up => Played::HungUp,
    }
}

async fn read(stream: &TcpStream, received: &mut Vec<u8>) -> io::Result<usize> {
    loop {
        stream.readable().await?;
        let mut buffer = [0; READ];
        match stream.try_read(&mut buffer) {
            Ok(count) => {
                received.extend_from_slice(&buffer[..count]);
                return Ok(count);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
