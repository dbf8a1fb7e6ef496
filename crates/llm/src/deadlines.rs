//! Deadlines of a model call: to its first token, between tokens, to its end. (The one of the
//! connection is the HTTP client's.)

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep};

use super::{ModelError, ModelErrorKind, ModelEvent, ModelStream};

/// How long a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// To connect.
    pub connect: Duration,
    /// From the request to the first token.
    pub first_token: Duration,
    /// From one token to the next.
    pub between_tokens: Duration,
    /// From the request to the end.
    pub call: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_token: Duration::from_secs(30),
            between_tokens: Duration::from_secs(20),
            call: Duration::from_secs(90),
        }
    }
}

/// A model's stream that ends with [`ModelErrorKind::Timeout`] when a deadline passes.
pub struct Timed {
    inner: ModelStream,
    deadlines: Deadlines,
    /// Of the whole call.
    end: Instant,
    /// The nearest deadline.
    due: Instant,
    /// Fires at `due` or before: a token moves the deadline, and the timer follows when it has fired.
    timer: Pin<Box<Sleep>>,
    begun: bool,
    over: bool,
}

impl Timed {
    /// Starts the clock.
    #[must_use]
    pub fn new(inner: ModelStream, deadlines: Deadlines) -> Self {
        let now = Instant::now();
        let end = now + deadlines.call;
        let due = end.min(now + deadlines.first_token);
        Self {
            inner,
            deadlines,
            end,
            due,
            timer: Box::pin(tokio::time::sleep_until(due)),
            begun: false,
            over: false,
        }
    }

    fn timed_out(&self) -> ModelError {
        let (what, limit) = if Instant::now() >= self.end {
            ("the whole answer", self.deadlines.call)
        } else if self.begun {
            ("the next token", self.deadlines.between_tokens)
        } else {
            ("the first token", self.deadlines.first_token)
        };
        let detail = format!("{what} took longer than {} s", limit.as_secs_f64());
        ModelError::new(ModelErrorKind::Timeout, detail)
    }
}

impl Stream for Timed {
    type Item = Result<ModelEvent, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.over {
            return Poll::Ready(None);
        }
        // The timer is only looked at when there is nothing to pass on.
        if let Poll::Ready(item) = this.inner.poll_next_unpin(cx) {
            if let Some(Ok(event)) = &item
                && event.is_token()
            {
                this.begun = true;
                this.due = this.end.min(Instant::now() + this.deadlines.between_tokens);
                if this.due < this.timer.deadline() {
                    this.timer.as_mut().reset(this.due);
                }
            }
            // A stream that never pauses does not escape the last deadline.
            if !this.begun || Instant::now() < this.end {
                return Poll::Ready(item);
            }
        } else {
            loop {
                std::task::ready!(this.timer.as_mut().poll(cx));
                if Instant::now() >= this.due {
                    break;
                }
                this.timer.as_mut().reset(this.due);
            }
        }
        this.over = true;
        Poll::Ready(Some(Err(this.timed_out())))
    }
}

#[cfg(test)]
mod tests {
    use futures::stream;

    use super::*;

    const LIMITS: Deadlines = Deadlines {
        connect: Duration::from_secs(1),
        first_token: Duration::from_secs(10),
        between_tokens: Duration::from_secs(5),
        call: Duration::from_secs(20),
    };

    /// Plays texts after pauses of these seconds; how long it lasted, what came, and the error.
    async fn play(pauses: &'static [u64]) -> (u64, usize, Option<String>) {
        let start = Instant::now();
        let inner = stream::iter(pauses).then(|pause| async move {
            tokio::time::sleep(Duration::from_secs(*pause)).await;
            Ok(ModelEvent::Text("a".to_owned()))
        });
        let items: Vec<_> = Timed::new(inner.boxed(), LIMITS).collect().await;
        let error = items.iter().find_map(|item| item.as_ref().err());
        let error = error.map(|error| error.detail.clone());
        let came = items.iter().filter(|item| item.is_ok()).count();
        (start.elapsed().as_secs(), came, error)
    }

    #[tokio::test(start_paused = true)]
    async fn each_deadline_ends_the_call() {
        assert_eq!(play(&[9, 4, 4]).await, (17, 3, None));
        let first = "the first token took longer than 10 s".to_owned();
        assert_eq!(play(&[60]).await, (10, 0, Some(first)));
        let next = "the next token took longer than 5 s".to_owned();
        assert_eq!(play(&[3, 60]).await, (8, 1, Some(next)));
        let whole = "the whole answer took longer than 20 s".to_owned();
        assert_eq!(play(&[4, 4, 4, 4, 60]).await, (20, 4, Some(whole)));
    }
}
