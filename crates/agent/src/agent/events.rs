//! The events of a running turn.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt, channel::mpsc};

use crate::{event::TurnEvent, telemetry::InSpan};

/// The events of a turn; polling them runs it.
pub struct TurnEvents {
    received: mpsc::UnboundedReceiver<TurnEvent>,
    /// Until it has ended or was stopped.
    run: Option<InSpan<()>>,
}

impl TurnEvents {
    pub(super) const fn new(received: mpsc::UnboundedReceiver<TurnEvent>, run: InSpan<()>) -> Self {
        Self {
            received,
            run: Some(run),
        }
    }

    /// Stops the turn. What it still has to say, such as the tokens of the call that it was waiting
    /// for, are the remaining events.
    pub fn stop(&mut self) {
        self.run.take();
    }
}

impl Stream for TurnEvents {
    type Item = TurnEvent;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<TurnEvent>> {
        loop {
            // The channel ends when the turn has dropped its sender.
            if let Poll::Ready(event) = self.received.poll_next_unpin(cx) {
                return Poll::Ready(event);
            }
            let Some(run) = &mut self.run else {
                return Poll::Pending;
            };
            if std::task::ready!(run.poll_next_unpin(cx)).is_none() {
                self.run = None;
            }
        }
    }
}
