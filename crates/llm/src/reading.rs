//! From the body of a response to the events of an answer, whatever the protocol.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use futures::{FutureExt, Stream, StreamExt, stream};
use serde_json::Value;
use tokio::time::Instant;

use remote::{Bounds, bounded};

use super::{
    ModelError, ModelErrorKind, ModelEvent,
    assemble::too_long,
    events::{Event, Events},
    loose_json::{Data, surrogates::Halves},
};

/// How long more is waited for when an answer has ended by its own word: tokens are often counted
/// after that. What comes meanwhile, heartbeats apart, is waited for anew.
const GRACE: Duration = Duration::from_secs(1);

/// Most pieces of a body that are read before an event is handed out: others want to run, too.
const AT_ONCE: usize = 64;

/// A whole answer of the most text fits into one event, and so into one line; each token comes in an event
/// of some hundred bytes.
const BOUNDS: Bounds = Bounds {
    line: 1_024 * 1_024,
    whole: 16 * 1_024 * 1_024,
};

/// What the objects of a stream mean in a protocol.
pub(super) trait Decode: Send {
    /// Takes the object of an event of this name (mostly empty), and adds what it says to `out`. An event
    /// without an object gives its data: text, or null where it has none.
    fn take(
        &mut self,
        name: &str,
        value: Value,
        out: &mut VecDeque<ModelEvent>,
    ) -> Result<(), ModelError>;

    /// Takes the data of an event where they are as the protocol says, without a value in between;
    /// `None` where [`take`](Self::take) has to.
    fn take_usual(
        &mut self,
        _name: &str,
        _data: &str,
        _out: &mut VecDeque<ModelEvent>,
    ) -> Option<Result<(), ModelError>> {
        None
    }

    /// `[DONE]` has come: adds the end of the answer, where it has one and has not told it.
    fn done(&mut self, out: &mut VecDeque<ModelEvent>);

    /// Whether nothing that matters can follow.
    fn is_over(&self) -> bool {
        false
    }
}

/// The events in the body of a successful response of type `kind`, which may be cut into chunks
/// anywhere. Ends soon after the answer has, whether or not the body does.
///
/// # Errors
/// Those of `bytes` and of the decoder; [`ModelErrorKind::Connection`] where the body ends before the
/// answer does; [`ModelErrorKind::BadResponse`] where it holds no answer, or a broken event.
pub(super) fn read<B: AsRef<[u8]>>(
    bytes: impl Stream<Item = Result<B, ModelError>>,
    decoder: impl Decode,
    kind: String,
) -> impl Stream<Item = Result<ModelEvent, ModelError>> {
    let reader = Reader {
        events: Events::default(),
        decoder,
        kind,
        broken: String::new(),
        text: Halves::default(),
        arguments: BTreeMap::new(),
        ready: VecDeque::new(),
        failed: None,
        finished: None,
        over: false,
    };
    let bytes = Box::pin(bounded(bytes, BOUNDS, too_long));
    stream::try_unfold((bytes, reader), |(mut bytes, mut reader)| async move {
        let mut pieces = 0;
        loop {
            // What is there already is one event: all that follows costs by the event.
            let grows = reader.may_grow() && pieces < AT_ONCE;
            if !grows && let Some(event) = reader.ready.pop_front() {
                return Ok(Some((event, (bytes, reader))));
            }
            if let Some(error) = reader.failed.take() {
                return Err(error);
            }
            if reader.over {
                return Ok(None);
            }
            let mut next = bytes.next();
            let chunk = match (reader.finished, (&mut next).now_or_never()) {
                (_, Some(chunk)) => chunk,
                (_, None) if grows => {
                    pieces = AT_ONCE;
                    continue;
                }
                (None, None) => next.await,
                (Some(at), None) => match tokio::time::timeout_at(at + GRACE, next).await {
                    Ok(chunk) => chunk,
                    Err(_) => return Ok(None),
                },
            };
            pieces += 1;
            match chunk {
                Some(Ok(chunk)) => reader.push(chunk.as_ref()),
                // The answer is whole: a server that hangs up rudely takes nothing from it.
                Some(Err(_)) if reader.finished.is_some() => return Ok(None),
                Some(Err(error)) => reader.fail(error),
                None => reader.end(),
            }
        }
    })
}

struct Reader<D> {
    events: Events,
    decoder: D,
    /// Content type of the body.
    kind: String,
    /// Data of events that hold the beginning of an object.
    broken: String,
    text: Halves,
    /// By index of the call.
    arguments: BTreeMap<u32, Halves>,
    /// Events that have been read and not yet handed out,
    ready: VecDeque<ModelEvent>,
    /// and what comes after them.
    failed: Option<ModelError>,
    /// When something was last said, once the answer had ended.
    finished: Option<Instant>,
    /// Nothing more is read.
    over: bool,
}

impl<D: Decode> Reader<D> {
    /// Whether what comes next may go on with the last event that waits to be handed out.
    fn may_grow(&self) -> bool {
        let open = !self.over && self.failed.is_none() && self.finished.is_none();
        let last = self.ready.back();
        let grows = |last| matches!(last, &(ModelEvent::Text(_) | ModelEvent::ToolCall { .. }));
        open && last.is_some_and(grows)
    }

    /// Nothing comes any more: this is told after what is there.
    fn fail(&mut self, error: ModelError) {
        self.failed = Some(error);
        self.over = true;
    }

    fn push(&mut self, bytes: &[u8]) {
        let events = self.events.push(bytes);
        self.take_all(events);
    }

    /// The body has ended.
    fn end(&mut self) {
        let events = self.events.end();
        self.take_all(events);
        self.over = true;
        self.ready.extend(self.text.end().map(ModelEvent::Text));
        if self.finished.is_some() || self.failed.is_some() {
            return;
        }
        self.failed = Some(if self.events.may_be_stream() {
            let detail = "the stream ended without a finish reason";
            ModelError::new(ModelErrorKind::Connection, detail)
        } else {
            let detail = format!("HTTP 200: a body of {}", self.kind);
            ModelError::quoting(ModelErrorKind::BadResponse, detail)
        });
    }

    fn take_all(&mut self, events: Vec<Event>) {
        for event in events {
            if self.over {
                return;
            }
            let mut out = VecDeque::new();
            let taken = self.take(event, &mut out);
            for event in out {
                self.hand_out(event);
            }
            if let Err(error) = taken {
                self.fail(error);
            }
        }
    }

    fn take(&mut self, event: Event, out: &mut VecDeque<ModelEvent>) -> Result<(), ModelError> {
        let Event { name, data } = event;
        if self.broken.is_empty()
            && let Some(taken) = self.decoder.take_usual(&name, &data, out)
        {
            self.over = self.decoder.is_over();
            return taken;
        }
        let read = if self.broken.is_empty() {
            Data::read(&data)
        } else {
            self.join(&data)?
        };
        match read {
            Data::Objects(objects) => {
                for object in objects {
                    self.decoder.take(&name, object, out)?;
                }
                self.over = self.decoder.is_over();
            }
            Data::Done => {
                self.decoder.done(out);
                self.over = true;
                if self.finished.is_none() && !out.iter().any(is_finish) {
                    let detail = "the stream ended without a finish reason";
                    return Err(ModelError::new(ModelErrorKind::Connection, detail));
                }
            }
            Data::Nothing if name.is_empty() => {}
            Data::Nothing => {
                let value = if data.is_empty() {
                    Value::Null
                } else {
                    Value::from(data)
                };
                self.decoder.take(&name, value, out)?;
                self.over = self.decoder.is_over();
            }
            Data::Broken => self.broken.push_str(&data),
        }
        Ok(())
    }

    /// Data after the beginning of an object: its rest, a heartbeat, or an event of its own.
    fn join(&mut self, data: &str) -> Result<Data, ModelError> {
        let joined = format!("{}{data}", self.broken);
        let read = Data::read(&joined);
        if let Data::Objects(_) = read {
            self.broken.clear();
            return Ok(read);
        }
        match Data::read(data) {
            Data::Nothing => Ok(Data::Nothing),
            Data::Objects(_) | Data::Done | Data::Broken => {
                let detail = "an event cannot be read: it breaks off";
                Err(ModelError::new(ModelErrorKind::BadResponse, detail))
            }
        }
    }

    /// Hands an event out, with halves of characters joined; what goes on with the last one that waits
    /// is a part of it.
    fn hand_out(&mut self, event: ModelEvent) {
        let event = match event {
            ModelEvent::Text(text) => match self.text.join(text) {
                text if text.is_empty() => return,
                text => ModelEvent::Text(text),
            },
            ModelEvent::ToolCall {
                index,
                id,
                name,
                arguments,
            } => ModelEvent::ToolCall {
                index,
                id,
                name,
                arguments: self.arguments.entry(index).or_default().join(arguments),
            },
            other => other,
        };
        if is_finish(&event) {
            self.ready.extend(self.text.end().map(ModelEvent::Text));
        }
        if is_finish(&event) || self.finished.is_some() {
            self.finished = Some(Instant::now());
        }
        let rest = match self.ready.back_mut() {
            Some(last) => grow(last, event),
            None => Some(event),
        };
        self.ready.extend(rest);
    }
}

/// Adds to the last event what goes on with it; what does not is given back.
fn grow(last: &mut ModelEvent, event: ModelEvent) -> Option<ModelEvent> {
    match (last, event) {
        (ModelEvent::Text(text), ModelEvent::Text(more)) => text.push_str(&more),
        (
            ModelEvent::ToolCall {
                index, arguments, ..
            },
            ModelEvent::ToolCall {
                index: same,
                id: None,
                name: None,
                arguments: more,
            },
        ) if *index == same => arguments.push_str(&more),
        (_, event) => return Some(event),
    }
    None
}

const fn is_finish(event: &ModelEvent) -> bool {
    matches!(event, ModelEvent::Finish(_))
}

#[cfg(test)]
mod tests;
