//! Deadlines of a model call: to its first token, between tokens, to its end. (The one of the
//! connection is the HTTP client's.)

use std::time::Duration;

use remote::{Limits, Passed, Timed, Waited};

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

/// A model's stream that ends with [`ModelErrorKind::Timeout`] when a deadline passes. Starts the clock.
#[must_use]
pub fn timed(stream: ModelStream, deadlines: Deadlines) -> Timed<ModelStream> {
    let limits = Limits {
        first: deadlines.first_token,
        between: deadlines.between_tokens,
        whole: deadlines.call,
    };
    let is_token = |event: &Result<_, _>| event.as_ref().is_ok_and(ModelEvent::is_token);
    Timed::new(stream, limits, is_token, |passed| Err(timed_out(passed)))
}

fn timed_out(Passed { waited, limit }: Passed) -> ModelError {
    let what = match waited {
        Waited::First => "the first token",
        Waited::Next => "the next token",
        Waited::Whole => "the whole answer",
    };
    let detail = format!("{what} took longer than {} s", limit.as_secs_f64());
    ModelError::new(ModelErrorKind::Timeout, detail)
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt, stream};
    use tokio::time::Instant;

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
        let items: Vec<_> = timed(inner.boxed(), LIMITS).collect().await;
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
