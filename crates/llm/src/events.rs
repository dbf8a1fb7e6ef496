//! From the bytes of a response to its events, as the format says
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>), and where servers do not keep to
//! it, as they mean it. Pure, and it cannot fail: the same bytes, cut anywhere, give the same events.

use std::borrow::Cow;

use memchr::memchr2;

/// The mark that may open a stream; some servers open each event with it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// What `event:` says; mostly nothing.
    pub(super) name: String,
    /// Its data, the lines of which are joined by line feeds.
    pub(super) data: String,
}

/// Reads events from the pieces of a body.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// What has come of a line that has not ended.
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed after it ends no further line.
    after_return: bool,
    name: String,
    data: Option<String>,
    /// How deep within JSON the data ends, as far as that was asked for: an empty line ends most events.
    in_data: Nesting,
    /// How much of the data that counts, in bytes.
    counted: usize,
    /// JSON that stands in no field: a whole answer, or events without `data:`.
    bare: String,
    in_bare: Nesting,
    /// A field or a comment has come.
    is_stream: bool,
    /// Anything has come but line breaks.
    has_begun: bool,
}

impl Events {
    /// Takes the next bytes; the events that they complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (text, end);
            (text, end, rest) = match memchr2(b'\n', b'\r', rest) {
                Some(at) => (&rest[..at], Some(rest[at]), &rest[at + 1..]),
                None => (rest, None, &[][..]),
            };
            let is_rest_of_break =
                text.is_empty() && end == Some(b'\n') && std::mem::take(&mut self.after_return);
            if is_rest_of_break {
                continue;
            }
            self.line.extend_from_slice(text);
            self.after_return = end == Some(b'\r');
            if end.is_some() {
                self.end_line(&mut events);
            }
        }
        events
    }

    /// The body has ended: what its last lines hold is an event, whether or not an empty line followed.
    pub(super) fn end(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.end_line(&mut events);
        self.dispatch(&mut events);
        events
    }

    /// Whether the body is an event stream so far; one that has not begun may become one.
    pub(super) const fn may_be_stream(&self) -> bool {
        self.is_stream || !self.has_begun
    }

    fn end_line(&mut self, events: &mut Vec<Event>) {
        let mut bytes = std::mem::take(&mut self.line);
        self.read_line(&bytes, events);
        // Its room serves the next line.
        bytes.clear();
        self.line = bytes;
    }

    fn read_line(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        // Looking for bytes that are no text costs several times as much as finding none.
        let line = match str::from_utf8(bytes) {
            Ok(line) => Cow::Borrowed(line),
            Err(_) => String::from_utf8_lossy(bytes),
        };
        let line = line.trim_start_matches(BYTE_ORDER_MARK);
        if line.trim().is_empty() {
            return self.dispatch(events);
        }
        self.has_begun = true;
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        let name = name.trim();
        let is = |field: &str| name.eq_ignore_ascii_case(field);
        if is("data") {
            self.add_data(value, events);
        } else if is("event") {
            self.dispatch_whole(events);
            value.trim().clone_into(&mut self.name);
        } else if !(name.is_empty() || is("id") || is("retry")) {
            // Neither a comment nor what the format has beside.
            return self.add_bare(line, events);
        }
        self.is_stream = true;
        self.bare.clear();
        self.in_bare = Nesting::default();
    }

    fn add_data(&mut self, value: &str, events: &mut Vec<Event>) {
        self.dispatch_whole(events);
        match &mut self.data {
            Some(data) => {
                data.push('\n');
                data.push_str(value);
            }
            None => self.data = Some(value.to_owned()),
        }
    }

    /// How deep within JSON the data ends.
    fn nesting(&mut self) -> &Nesting {
        let uncounted = self
            .data
            .as_deref()
            .and_then(|data| data.get(self.counted..));
        if let Some(uncounted) = uncounted {
            self.counted += uncounted.len();
            self.in_data.add(uncounted);
        }
        &self.in_data
    }

    /// A line that is no field: of JSON that is printed over several, or nothing.
    fn add_bare(&mut self, line: &str, events: &mut Vec<Event>) {
        let goes_on = self.nesting().is_open();
        if let Some(data) = self.data.as_mut().filter(|_| goes_on) {
            data.push('\n');
            return data.push_str(line);
        }
        let begins = line.trim_start().starts_with(['{', '[']);
        if !begins && !self.in_bare.is_open() {
            return;
        }
        self.bare.push_str(line);
        self.bare.push('\n');
        self.in_bare.add(line);
        if self.in_bare.is_closed() {
            self.in_bare = Nesting::default();
            events.push(Event {
                name: std::mem::take(&mut self.name),
                data: std::mem::take(&mut self.bare),
            });
        }
    }

    /// Ends an event that no empty line has ended, once its data are whole.
    fn dispatch_whole(&mut self, events: &mut Vec<Event>) {
        if self.nesting().is_closed() {
            self.dispatch(events);
        }
    }

    fn dispatch(&mut self, events: &mut Vec<Event>) {
        let name = std::mem::take(&mut self.name);
        (self.in_data, self.counted) = (Nesting::default(), 0);
        match self.data.take() {
            Some(data) => events.push(Event { name, data }),
            // The format knows no event without data; servers do, and its name says what it is.
            None if !name.is_empty() => events.push(Event {
                name,
                data: String::new(),
            }),
            None => {}
        }
    }
}

/// How deep within brackets a text ends, with no regard to what else it holds.
#[derive(Debug, Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    has_begun: bool,
}

impl Nesting {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                _ if std::mem::take(&mut self.is_escaped) => {}
                b'\\' if self.in_string => self.is_escaped = true,
                b'"' if self.depth > 0 => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => {
                    self.depth += 1;
                    self.has_begun = true;
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    const fn is_open(&self) -> bool {
        self.depth > 0
    }

    const fn is_closed(&self) -> bool {
        self.has_begun && self.depth == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::Index};

    use super::*;

    /// The data of all events; a name stands before its data.
    fn read(bytes: &[u8]) -> Vec<String> {
        let mut events = Events::default();
        let mut all = events.push(bytes);
        all.extend(events.end());
        let told = |event: Event| match event.name.as_str() {
            "" => event.data,
            name => format!("{name}={}", event.data),
        };
        all.into_iter().map(told).collect()
    }

    #[test]
    fn events_of_the_format() {
        for (stream, expected) in [
            (
                "data: a\n\ndata:b\r\n\r\ndata:  c\r\r",
                &["a", "b", " c"][..],
            ),
            ("data: a\ndata: b\ndata\n\n", &["a\nb\n"]),
            ("data\n\n", &[""]),
            (": hello\n\nid: 1\nretry: 2\n\n", &[]),
            ("event: x\nid: 1\ndata: a\n\ndata: b\n\n", &["x=a", "b"]),
            ("\u{feff}data: a\n\n", &["a"]),
            ("data: a:b\n\n", &["a:b"]),
        ] {
            assert_eq!(read(stream.as_bytes()), expected, "{stream:?}");
        }
    }

    #[test]
    fn events_as_servers_mean_them() {
        for (stream, expected) in [
            // No empty line at the end, none between, no line break at all.
            ("data: a", &["a"][..]),
            (
                "data: {\"a\":\"}\"}\ndata: [1]\ndata: [DONE]\n",
                &["{\"a\":\"}\"}", "[1]", "[DONE]"],
            ),
            ("event: x\ndata: {}\nevent: y\ndata: {}", &["x={}", "y={}"]),
            // Without `data:`, in one line and in several.
            (
                "{\"a\":1}\n{\"b\":[2]}\n[DONE]",
                &["{\"a\":1}\n", "{\"b\":[2]}\n", "[DONE]\n"],
            ),
            ("\n{\n \"a\": 1\n\n}\n", &["{\n \"a\": 1\n}\n"]),
            ("data: {\n \"a\": 1\n}\n\n", &["{\n \"a\": 1\n}"]),
            ("Data: a\n\n data: b\n\n", &["a", "b"]),
            ("event: message_stop\n\n", &["message_stop="]),
            // Not JSON, and in no field.
            ("<html>\nping\n", &[]),
            // Broken off: the next event is not swallowed.
            ("{\"a\":\ndata: b\n\n", &["b"]),
        ] {
            assert_eq!(read(stream.as_bytes()), expected, "{stream:?}");
        }
        assert_eq!(read(b"data: \xff\n\n"), ["\u{fffd}"]);
    }

    #[test]
    fn a_page_is_no_stream_and_nothing_may_become_one() {
        let of = |text: &str| {
            let mut events = Events::default();
            events.push(text.as_bytes());
            events.end();
            events.may_be_stream()
        };
        assert!(of("") && of("\n\n") && of(": a\n") && of("data: a"));
        assert!(!of("<html>") && !of("{}") && !of("no: field"));
    }

    proptest! {
        #[test]
        fn any_cut_of_any_bytes_gives_the_same_events(
            parts in prop::collection::vec(
                prop_oneof![
                    any::<Vec<u8>>(),
                    prop::sample::select(vec![
                        "\u{feff}", "data:", "event: x", "\r", "\n", "\r\n", "{", "}", "\"", "\\", ":", "[DONE]", "é",
                    ]).prop_map(|part| part.as_bytes().to_vec()),
                ],
                0..40,
            ),
            cuts in prop::collection::vec(any::<Index>(), 0..20),
        ) {
            let bytes = parts.concat();
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let (mut whole, mut cut) = (Events::default(), Events::default());
            let mut expected = whole.push(&bytes);
            expected.extend(whole.end());
            let mut got = Vec::new();
            for pair in cuts.windows(2) {
                got.extend(cut.push(&bytes[pair[0]..pair[1]]));
            }
            got.extend(cut.end());
            prop_assert_eq!(got, expected);
        }
    }
}
