//! Bounds on the bytes of a response, before a parser sees them: it would keep a line without end, and
//! look through all of it again with each piece.

use futures::{Stream, StreamExt};

/// Most bytes of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// From one line break to the next.
    pub line: usize,
    /// Of all of it.
    pub whole: usize,
}

/// The same bytes, up to the chunk that passes a bound.
///
/// # Errors
/// Those of `bytes`; `too_long` in place of the chunk that passes a bound, after which nothing comes.
pub fn bounded<B: AsRef<[u8]>, E>(
    bytes: impl Stream<Item = Result<B, E>>,
    bounds: Bounds,
    too_long: fn() -> E,
) -> impl Stream<Item = Result<B, E>> {
    let chunks = bytes.scan(Some(Seen::default()), move |seen, chunk| {
        let next = seen.take().map(|mut so_far| {
            let chunk = chunk?;
            if !so_far.add(chunk.as_ref(), bounds) {
                return Err(too_long());
            }
            *seen = Some(so_far);
            Ok(chunk)
        });
        std::future::ready(next)
    });
    chunks.fuse()
}

/// The body of a response, up to `most` bytes, for one whose status says what matters: what cannot be
/// read is not missed.
pub async fn beginning(mut response: reqwest::Response, most: usize) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < most
        && let Ok(Some(part)) = response.chunk().await
    {
        body.extend_from_slice(&part[..part.len().min(most - body.len())]);
    }
    body
}

/// What has come so far, in bytes.
#[derive(Default)]
struct Seen {
    total: usize,
    /// Since the last line break.
    line: usize,
}

impl Seen {
    /// Whether it is still within its bounds.
    fn add(&mut self, chunk: &[u8], bounds: Bounds) -> bool {
        self.total += chunk.len();
        let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let mut longest = self.line + chunk.len();
        if longest <= bounds.line {
            // None of its lines can be too long: only where the last one begins matters.
            let rest = chunk.iter().rposition(is_break);
            self.line = rest.map_or(longest, |at| chunk.len() - at - 1);
        } else {
            let mut lines = chunk.split(is_break);
            self.line += lines.next().map_or(0, <[u8]>::len);
            longest = self.line;
            for line in lines {
                self.line = line.len();
                longest = longest.max(self.line);
            }
        }
        longest <= bounds.line && self.total <= bounds.whole
    }
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, stream};

    use super::*;

    const MAX_LINE: usize = 1_024 * 1_024;
    const BOUNDS: Bounds = Bounds {
        line: MAX_LINE,
        whole: 16 * MAX_LINE,
    };

    #[derive(Debug, PartialEq, Eq)]
    struct TooLong;

    /// How many chunks come through, and whether an error ends them.
    fn pass(chunks: Vec<Vec<u8>>) -> (usize, bool) {
        let given = stream::iter(chunks.into_iter().map(Ok));
        let bounded = bounded(given, BOUNDS, || TooLong);
        let came: Vec<_> = bounded.collect().now_or_never().unwrap();
        let whole = came.iter().filter(|chunk| chunk.is_ok()).count();
        let failed = came.last().is_some_and(|chunk| *chunk == Err(TooLong));
        assert_eq!(came.len(), whole + usize::from(failed));
        (whole, failed)
    }

    #[test]
    fn a_line_is_bounded_however_it_is_cut() {
        let half = || vec![b'a'; MAX_LINE / 2];
        assert_eq!(
            pass(vec![half(), half(), b"\n".to_vec(), half()]),
            (4, false)
        );
        assert_eq!(
            pass(vec![half(), half(), b"a\n".to_vec(), half()]),
            (2, true)
        );
        // In the midst of a chunk, too.
        let whole = [b"a\r", &vec![b'a'; MAX_LINE + 1][..], b"\nb"].concat();
        assert_eq!(pass(vec![whole]), (0, true));
    }

    #[test]
    fn a_response_is_bounded_whatever_its_lines() {
        let line = || [vec![b'a'; MAX_LINE - 1], b"\n".to_vec()].concat();
        let lines = |count| (0..count).map(|_| line()).collect::<Vec<_>>();
        assert_eq!(pass(lines(16)), (16, false));
        assert_eq!(pass(lines(18)), (16, true));
    }

    #[tokio::test]
    async fn the_beginning_of_a_body_ends_where_it_is_told_to() {
        for (length, read) in [(0, 0), (99, 99), (100, 100), (101, 100), (5_000, 100)] {
            let response = http::Response::new(vec![b'a'; length]);
            assert_eq!(beginning(response.into(), 100).await.len(), read);
        }
    }
}
