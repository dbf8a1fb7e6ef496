//! From a reply to the exact bytes of the response. Pure: what is planned here is played by
//! [`connection`](super::connection).

use std::time::Duration;

use serde_json::Value;

use super::{Answer, Ending, LlmRequest, Pace, Protocol, Raw, Reply, anthropic, http, openai};

/// What to send, and what to do then.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// In order; each is one write.
    pub(super) parts: Vec<Part>,
    /// What comes after them.
    pub(super) end: End,
}

/// Bytes on the wire, framing included.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Wait before them.
    pub(super) delay: Duration,
    /// The bytes.
    pub(super) bytes: Vec<u8>,
}

/// What happens to the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It takes the next request.
    Next,
    /// It stays silent until the client hangs up.
    Stall,
    /// It is reset.
    Reset,
    /// It is closed.
    Close,
}

/// One event of a stream.
#[derive(Debug)]
pub(super) struct Event {
    /// Its lines and the empty line after them.
    pub(super) bytes: Vec<u8>,
    /// Whether it is a piece: a delta of text or arguments.
    pub(super) is_piece: bool,
}

/// Plans the response to a request.
pub(super) fn plan(reply: Reply, request: &LlmRequest) -> Plan {
    match reply {
        Reply::Stall => Plan {
            parts: Vec::new(),
            end: End::Stall,
        },
        Reply::Reset => Plan {
            parts: Vec::new(),
            end: End::Reset,
        },
        Reply::Fault(fault) => {
            let mut headers = Vec::new();
            headers.extend(
                fault
                    .retry_after
                    .as_deref()
                    .map(|wait| ("retry-after", wait)),
            );
            let body = fault.body(request.protocol);
            whole(fault.status, &headers, Duration::ZERO, &body)
        }
        Reply::Raw(raw) => raw_body(&raw),
        Reply::Answer(answer) if request.is_stream() => stream(&answer, request),
        Reply::Answer(answer) => unstreamed(&answer, request),
    }
}

fn stream(answer: &Answer, request: &LlmRequest) -> Plan {
    let mut events = match request.protocol {
        Protocol::OpenAi => openai::events(answer, request),
        Protocol::Anthropic => anthropic::events(answer, request),
    };
    let end = match answer.ending {
        Ending::Complete | Ending::CutAfter(_) | Ending::ErrorEventAfter(_) => End::Next,
        Ending::StallAfter(_) => End::Stall,
        Ending::ResetAfter(_) => End::Reset,
        Ending::CloseAfter(_) => End::Close,
    };
    match answer.ending {
        Ending::Complete => {}
        Ending::StallAfter(pieces)
        | Ending::ResetAfter(pieces)
        | Ending::CloseAfter(pieces)
        | Ending::CutAfter(pieces)
        | Ending::ErrorEventAfter(pieces) => events.truncate(position_after(&events, pieces)),
    }
    let mut noise = answer.noise.clone();
    // From the end, so that what is put in does not move the places of what follows.
    noise.sort_by_key(|&(after, _)| std::cmp::Reverse(after));
    for (after, noise) in noise {
        let bytes = match request.protocol {
            Protocol::OpenAi => openai::noise(noise, answer, request),
            Protocol::Anthropic => anthropic::noise(noise),
        };
        let at = position_after(&events, after);
        events.insert(
            at,
            Event {
                bytes,
                is_piece: false,
            },
        );
    }
    if let Ending::ErrorEventAfter(_) = answer.ending {
        let bytes = match request.protocol {
            Protocol::OpenAi => openai::error_event(),
            Protocol::Anthropic => anthropic::error_event(),
        };
        events.push(Event {
            bytes,
            is_piece: false,
        });
    }
    let headers = [
        ("content-type", "text/event-stream; charset=utf-8"),
        ("cache-control", "no-cache"),
    ];
    chunked(200, &headers, &events, &answer.pace, end)
}

/// Where the events end that come with the first so many pieces.
fn position_after(events: &[Event], pieces: usize) -> usize {
    if pieces == 0 {
        return 0;
    }
    let mut at = (0..events.len()).filter(|&at| events[at].is_piece);
    match at.nth(pieces - 1) {
        Some(at) => at + 1,
        // Fewer pieces than that: after the last one.
        None => events
            .iter()
            .rposition(|event| event.is_piece)
            .map_or(0, |at| at + 1),
    }
}

fn raw_body(raw: &Raw) -> Plan {
    let mut events = Vec::new();
    let mut rest = &raw.body[..];
    while !rest.is_empty() {
        let (event, after) = rest.split_at(event_length(rest));
        events.push(Event {
            bytes: event.to_vec(),
            is_piece: true,
        });
        rest = after;
    }
    let headers: Vec<_> = raw.headers.iter().map(|(k, v)| (&**k, &**v)).collect();
    let end = if raw.stalls { End::Stall } else { End::Next };
    chunked(raw.status, &headers, &events, &raw.pace, end)
}

/// How long the first event of a stream is, its empty line included; all of what holds none.
fn event_length(stream: &[u8]) -> usize {
    let ends = [&b"\n\n"[..], b"\r\n\r\n"].into_iter();
    ends.filter_map(|end| {
        let at = stream.windows(end.len()).position(|window| window == end);
        at.map(|at| at + end.len())
    })
    .min()
    .unwrap_or(stream.len())
}

/// The whole answer in one body; where the answer ends badly, so does this.
fn unstreamed(answer: &Answer, request: &LlmRequest) -> Plan {
    let body = match request.protocol {
        Protocol::OpenAi => openai::whole(answer, request),
        Protocol::Anthropic => anthropic::whole(answer, request),
    };
    let mut plan = whole(200, &[], answer.pace.first, &body);
    plan.end = match answer.ending {
        Ending::Complete => return plan,
        Ending::ErrorEventAfter(_) => {
            let fault = super::Fault::status(500).body(request.protocol);
            return whole(500, &[], answer.pace.first, &fault);
        }
        Ending::StallAfter(_) => End::Stall,
        Ending::ResetAfter(_) => End::Reset,
        Ending::CloseAfter(_) | Ending::CutAfter(_) => End::Close,
    };
    // The head promises the whole length; half of it comes.
    if let Some(part) = plan.parts.last_mut() {
        part.bytes.truncate(part.bytes.len() / 2);
    }
    plan
}

fn whole(status: u16, headers: &[(&str, &str)], delay: Duration, body: &Value) -> Plan {
    let bytes = body.to_string().into_bytes();
    let length = bytes.len().to_string();
    let mut all = vec![
        ("content-type", "application/json"),
        ("content-length", &*length),
    ];
    all.extend(headers);
    let head = Part {
        delay,
        bytes: http::head(status, &all),
    };
    let body = Part {
        delay: Duration::ZERO,
        bytes,
    };
    Plan {
        parts: vec![head, body],
        end: End::Next,
    }
}

fn chunked(status: u16, headers: &[(&str, &str)], events: &[Event], pace: &Pace, end: End) -> Plan {
    let mut all = headers.to_vec();
    all.push(("transfer-encoding", "chunked"));
    let head = Part {
        delay: Duration::ZERO,
        bytes: http::head(status, &all),
    };
    let mut parts = vec![head];
    parts.extend(cut(events, pace).into_iter().map(|part| Part {
        delay: part.delay,
        bytes: http::chunk(&part.bytes),
    }));
    if end == End::Next {
        parts.push(Part {
            delay: Duration::ZERO,
            bytes: http::LAST_CHUNK.to_vec(),
        });
    }
    Plan { parts, end }
}

/// Cuts the body of these events: where the pace says, and where it waits.
fn cut(events: &[Event], pace: &Pace) -> Vec<Part> {
    let mut body = Vec::new();
    let mut ends = Vec::with_capacity(events.len());
    let mut waits = Vec::new();
    let mut pieces = 0;
    for event in events {
        if event.is_piece {
            let delay = if pieces == 0 {
                pace.first
            } else {
                pace.between
            };
            if !delay.is_zero() {
                waits.push((body.len(), delay));
            }
            pieces += 1;
        }
        body.extend_from_slice(&event.bytes);
        ends.push(body.len());
    }
    let mut positions = pace.cuts.positions(&ends);
    positions.extend(waits.iter().map(|&(at, _)| at));
    positions.push(body.len());
    positions.sort_unstable();
    positions.dedup();
    let mut parts = Vec::with_capacity(positions.len());
    let mut from = 0;
    for to in positions {
        if to <= from || to > body.len() {
            continue;
        }
        let waits = waits.iter().filter(|&&(at, _)| at == from);
        parts.push(Part {
            delay: waits.map(|&(_, delay)| delay).sum(),
            bytes: body[from..to].to_vec(),
        });
        from = to;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::Cuts;

    fn events(texts: &[(&str, bool)]) -> Vec<Event> {
        let event = |&(text, is_piece): &(&str, bool)| Event {
            bytes: text.into(),
            is_piece,
        };
        texts.iter().map(event).collect()
    }

    #[test]
    fn a_wait_cuts_where_nothing_else_does() {
        let events = events(&[
            ("role ", false),
            ("Bon", true),
            ("jour", true),
            (" done", false),
        ]);
        let mut pace = Pace {
            first: Duration::from_secs(2),
            between: Duration::from_secs(1),
            cuts: Cuts::None,
        };
        let parts = |pace: &Pace| -> Vec<(u64, String)> {
            let text = |part: Part| String::from_utf8(part.bytes).unwrap();
            let parts = cut(&events, pace).into_iter();
            parts
                .map(|part| (part.delay.as_secs(), text(part)))
                .collect()
        };
        let waits = |parts: &[(u64, &str)]| -> Vec<(u64, String)> {
            parts
                .iter()
                .map(|&(delay, text)| (delay, text.into()))
                .collect()
        };
        assert_eq!(
            parts(&pace),
            waits(&[(0, "role "), (2, "Bon"), (1, "jour done")])
        );
        pace.cuts = Cuts::At(vec![6, 99]);
        assert_eq!(
            parts(&pace),
            waits(&[(0, "role "), (2, "B"), (0, "on"), (1, "jour done")])
        );
    }

    #[test]
    fn an_empty_line_ends_an_event() {
        let lengths = ["a\n\nb", "a\r\n\r\nb\n\n", "a\nb", "a\n\nb\r\n\r\n"];
        let lengths = lengths.map(|stream| event_length(stream.as_bytes()));
        assert_eq!(lengths, [3, 5, 3, 3]);
    }

    #[test]
    fn positions_count_pieces() {
        let events = events(&[
            ("a", false),
            ("b", true),
            ("c", false),
            ("d", true),
            ("e", false),
        ]);
        let positions: Vec<_> = (0..4).map(|n| position_after(&events, n)).collect();
        assert_eq!(positions, [0, 2, 4, 4]);
    }
}
