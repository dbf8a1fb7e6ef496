//! A queue from many tasks to a few threads.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Items wait until a thread takes them.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    ready: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

/// What a thread found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken<T> {
    /// Everything that waited, at least one item, in its order.
    Items(VecDeque<T>),
    /// Nothing came in time.
    Nothing,
    /// Nothing will come any more.
    Closed,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        Self {
            state: Mutex::new(State {
                items: VecDeque::new(),
                closed: false,
            }),
            ready: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, item: T) {
        self.lock().items.push_back(item);
        self.ready.notify_one();
    }

    /// The oldest item; waits for it. `None` when the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.items.pop_front() {
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state = self
                .ready
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Everything that is there, without waiting.
    pub(super) fn take(&self) -> VecDeque<T> {
        std::mem::take(&mut self.lock().items)
    }

    /// Everything that is there once something is, until `longest` has passed.
    pub(super) fn wait(&self, longest: Option<Duration>) -> Taken<T> {
        let until = longest.map(|longest| Instant::now() + longest);
        let mut state = self.lock();
        loop {
            if !state.items.is_empty() {
                return Taken::Items(std::mem::take(&mut state.items));
            }
            if state.closed {
                return Taken::Closed;
            }
            state = match until {
                None => self
                    .ready
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(until) => {
                    let left = until.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Taken::Nothing;
                    }
                    let waited = self.ready.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Nothing comes any more: threads end when they have taken what is there.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.ready.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_taken_in_its_order_and_then_the_end_is_told() {
        let queue = Queue::new();
        assert_eq!(queue.wait(Some(Duration::ZERO)), Taken::Nothing);
        for item in 1..=3 {
            queue.push(item);
        }
        assert_eq!(queue.pop(), Some(1));
        queue.close();
        assert_eq!(queue.wait(None), Taken::Items(VecDeque::from([2, 3])));
        assert_eq!(queue.wait(None), Taken::Closed);
        assert_eq!((queue.pop(), queue.take()), (None, VecDeque::new()));
    }

    #[test]
    fn whoever_waits_is_woken() {
        let queue = Queue::new();
        std::thread::scope(|threads| {
            let waits = threads.spawn(|| queue.pop());
            queue.push(7);
            assert_eq!(waits.join().unwrap(), Some(7));
            let waits = threads.spawn(|| queue.wait(None));
            queue.close();
            assert_eq!(waits.join().unwrap(), Taken::Closed);
        });
    }
}
