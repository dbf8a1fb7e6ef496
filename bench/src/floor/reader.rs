//! Whoever reads the events of a turn.

use std::convert::Infallible;

use axum::response::sse::Event;
use futures::{SinkExt, channel::mpsc};
use serde::Serialize;
use serde_json::json;

/// How many events may wait for a slow reader.
const EVENTS: usize = 64;

/// The way to a reader of events. One that is gone wants nothing more, and nothing fails for it.
pub(crate) struct Reader(mpsc::Sender<Result<Event, Infallible>>);

impl Reader {
    /// Both ends.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Result<Event, Infallible>>) {
        let (sender, receiver) = mpsc::channel(EVENTS);
        (Self(sender), receiver)
    }

    /// Tells a piece of the text.
    pub(crate) async fn text(&mut self, text: &str) {
        self.tell("delta", &json!({"text": text})).await;
    }

    /// Tells an event.
    pub(crate) async fn tell(&mut self, name: &str, data: &impl Serialize) {
        if let Ok(event) = Event::default().event(name).json_data(data) {
            let _ = self.0.send(Ok(event)).await;
        }
    }
}
