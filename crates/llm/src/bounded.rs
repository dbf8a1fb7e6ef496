//! Bounds on the bytes of an event stream, before a parser sees them: it would keep a line without end,
//! and look through all of it again with each piece.

use futures::{Stream, StreamExt};

use super::{ModelError, assemble::too_long};

/// Most bytes from one line break to the next: a whole answer of the most text fits into one event.
const MAX_LINE: usize = 1_024 * 1_024;
/// Most bytes of one response: each token comes in an event of some hundred bytes.
const MAX_RESPONSE: usize = 16 * 1_024 * 1_024;

/// The same bytes, up to the chunk that passes a bound.
///
/// # Errors
/// Those of `bytes`; `AnswerTooLong` in place of the chunk that passes a bound, after which nothing comes.
pub(super) fn bounded<B: AsRef<[u8]>>(
    bytes: impl Stream<Item = Result<B, ModelError>>,
) -> impl Stream<Item = Result<B, ModelError>> {
    let chunks = bytes.scan(Some(Seen::default()), |seen, chunk| {
        let next = seen.take().map(|mut so_far| {
            let chunk = chunk?;
            so_far.add(chunk.as_ref())?;
            *seen = Some(so_far);
            Ok(chunk)
        });
        std::future::ready(next)
    });
    chunks.fuse()
}

/// What has come so far, in bytes.
#[derive(Default)]
struct Seen {
    total: usize,
    /// Since the last line break.
    line: usize,
}

impl Seen {
    fn add(&mut self, chunk: &[u8]) -> Result<(), ModelError> {
        self.total += chunk.len();
        let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let mut longest = self.line + chunk.len();
        if longest <= MAX_LINE {
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
        if longest > MAX_LINE || self.total > MAX_RESPONSE {
            return Err(too_long());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, stream};

    use super::*;

    /// How many chunks come through, and whether an error ends them.
    fn pass(chunks: Vec<Vec<u8>>) -> (usize, bool) {
        let given = stream::iter(chunks.into_iter().map(Ok));
        let came: Vec<_> = bounded(given).collect().now_or_never().unwrap();
        let whole = came.iter().filter(|chunk| chunk.is_ok()).count();
        let failed = came.last().is_some_and(|chunk| *chunk == Err(too_long()));
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
}
