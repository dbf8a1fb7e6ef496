//! Deadlines of a streamed answer: to its beginning, between its parts, to its end. (The one of the
//! connection is the HTTP client's.)

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep};

/// How long an answer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the request to the first part.
    pub first: Duration,
    /// From one part to the next.
    pub between: Duration,
    /// From the request to the end.
    pub whole: Duration,
}

/// A deadline that passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// What was waited for.
    pub waited: Waited,
    /// Its limit.
    pub limit: Duration,
}

/// What an answer is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// Its first part.
    First,
    /// Its next part.
    Next,
    /// All of it.
    Whole,
}

/// A stream that ends with an item of the caller's when a deadline passes.
pub struct Timed<S: Stream> {
    inner: S,
    limits: Limits,
    /// Whether an item is a part of the answer, rather than a sign of life.
    is_part: fn(&S::Item) -> bool,
    late: fn(Passed) -> S::Item,
    /// Of the whole answer.
    end: Instant,
    /// The nearest deadline.
    due: Instant,
    /// Fires at `due` or before: a part moves the deadline, and the timer follows when it has fired.
    timer: Pin<Box<Sleep>>,
    begun: bool,
    over: bool,
}

impl<S: Stream> Timed<S> {
    /// Starts the clock. Items that are no parts of the answer, such as heartbeats, are passed on and
    /// move no deadline; `late` makes the last item out of a deadline that passed.
    #[must_use]
    pub fn new(
        inner: S,
        limits: Limits,
        is_part: fn(&S::Item) -> bool,
        late: fn(Passed) -> S::Item,
    ) -> Self {
        let now = Instant::now();
        let end = now + limits.whole;
        let due = end.min(now + limits.first);
        Self {
            inner,
            limits,
            is_part,
            late,
            end,
            due,
            timer: Box::pin(tokio::time::sleep_until(due)),
            begun: false,
            over: false,
        }
    }

    fn passed(&self) -> Passed {
        let (waited, limit) = if Instant::now() >= self.end {
            (Waited::Whole, self.limits.whole)
        } else if self.begun {
            (Waited::Next, self.limits.between)
        } else {
            (Waited::First, self.limits.first)
        };
        Passed { waited, limit }
    }
}

impl<S: Stream> fmt::Debug for Timed<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timed")
            .field("limits", &self.limits)
            .field("begun", &self.begun)
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}

impl<S: Stream + Unpin> Stream for Timed<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.over {
            return Poll::Ready(None);
        }
        // The timer is only looked at when there is nothing to pass on.
        if let Poll::Ready(item) = this.inner.poll_next_unpin(cx) {
            if item.as_ref().is_some_and(this.is_part) {
                this.begun = true;
                this.due = this.end.min(Instant::now() + this.limits.between);
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
        Poll::Ready(Some((this.late)(this.passed())))
    }
}

#[cfg(test)]
mod tests {
    use futures::stream;

    use super::*;

    const LIMITS: Limits = Limits {
        first: Duration::from_secs(10),
        between: Duration::from_secs(5),
        whole: Duration::from_secs(20),
    };

    /// Plays parts after pauses of these seconds, and a sign of life where they are negative; how long it
    /// lasted, how many came, and the deadline that passed.
    async fn play(pauses: &'static [i64]) -> (u64, usize, Option<Waited>) {
        let start = Instant::now();
        let inner = stream::iter(pauses).then(|pause| async move {
            tokio::time::sleep(Duration::from_secs(pause.unsigned_abs())).await;
            Ok(*pause)
        });
        let is_part = |item: &Result<i64, Passed>| item.is_ok_and(|pause| pause >= 0);
        let timed = Timed::new(inner.boxed(), LIMITS, is_part, Err);
        let items: Vec<_> = timed.collect().await;
        let passed = items.iter().find_map(|item| item.err());
        let came = items.iter().filter(|item| item.is_ok()).count();
        let waited = passed.map(|passed| passed.waited);
        (start.elapsed().as_secs(), came, waited)
    }

    #[tokio::test(start_paused = true)]
    async fn each_deadline_ends_the_answer() {
        assert_eq!(play(&[9, 4, 4]).await, (17, 3, None));
        assert_eq!(play(&[60]).await, (10, 0, Some(Waited::First)));
        assert_eq!(play(&[3, 60]).await, (8, 1, Some(Waited::Next)));
        assert_eq!(play(&[4, 4, 4, 4, 60]).await, (20, 4, Some(Waited::Whole)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sign_of_life_moves_no_deadline() {
        assert_eq!(play(&[-4, -4, -4]).await, (10, 2, Some(Waited::First)));
        assert_eq!(play(&[1, -3, -3]).await, (6, 2, Some(Waited::Next)));
    }
}
