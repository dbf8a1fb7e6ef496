//! From the bytes of a response to the agent's events.

use futures::Stream;
use remote::Redactor;
use secrecy::SecretString;

use super::decode::Decoder;
use crate::{ModelError, ModelEvent, reading};

/// The events in a response's body, which may be cut into chunks anywhere. Ends with `message_stop`, or
/// soon after a stop reason, whether or not the body does. Errors that the provider sends are told without
/// `key`; `kind` is the body's content type.
///
/// # Errors
/// Those of `bytes`; one that the provider sends; [`ModelErrorKind::BadResponse`] for what is no answer;
/// [`ModelErrorKind::Connection`] where it ends before the answer does.
///
/// [`ModelErrorKind::BadResponse`]: crate::ModelErrorKind::BadResponse
/// [`ModelErrorKind::Connection`]: crate::ModelErrorKind::Connection
pub fn model_events<B: AsRef<[u8]>>(
    bytes: impl Stream<Item = Result<B, ModelError>>,
    key: Option<SecretString>,
    kind: String,
) -> impl Stream<Item = Result<ModelEvent, ModelError>> {
    let decoder = Decoder::new(Redactor::new(key, []));
    reading::read(bytes, decoder, kind)
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, StreamExt, TryStreamExt, stream};

    use super::*;
    use crate::{FinishReason, ModelErrorKind};

    const KIND: &str = "text/event-stream";

    const DELTA: &str = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\
        \"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Oui\"}}\n\n";
    const STOP: &str = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    /// All events of these chunks, without ever waiting.
    fn read(
        chunks: Vec<Result<&str, ModelError>>,
    ) -> (Vec<ModelEvent>, Option<Result<(), ModelError>>) {
        let mut events = Vec::new();
        let end = model_events(
            stream::iter(chunks).chain(stream::pending()),
            None,
            KIND.into(),
        )
        .try_for_each(|event| {
            events.push(event);
            std::future::ready(Ok(()))
        })
        .now_or_never();
        (events, end)
    }

    #[test]
    fn the_stream_ends_with_message_stop_though_the_connection_stays_open() {
        let (events, end) = read(vec![Ok(DELTA), Ok(STOP)]);
        let finish = ModelEvent::Finish(FinishReason::Stop);
        assert_eq!(events, [ModelEvent::Text("Oui".to_owned()), finish]);
        assert_eq!(end, Some(Ok(())));
    }

    #[test]
    fn a_body_that_ends_early_or_breaks_is_a_broken_connection_after_what_it_gave() {
        let cut = "the stream ended without a finish reason";
        let cut = ModelError::new(ModelErrorKind::Connection, cut);
        let whole = stream::iter([Ok(DELTA)]);
        let events: Vec<_> = model_events(whole, None, KIND.into())
            .collect()
            .now_or_never()
            .unwrap();
        assert_eq!(events, [Ok(ModelEvent::Text("Oui".to_owned())), Err(cut)]);

        let reset = ModelError::new(ModelErrorKind::Connection, "reset");
        let (events, end) = read(vec![Ok(DELTA), Err(reset.clone())]);
        assert_eq!(events, [ModelEvent::Text("Oui".to_owned())]);
        assert_eq!(end, Some(Err(reset)));
    }

    #[test]
    fn a_line_without_end_is_cut_off() {
        let part = "a".repeat(700_000);
        let (_, end) = read(vec![Ok("data: "), Ok(&part), Ok(&part), Ok(STOP)]);
        let kind = end.map(|end| end.unwrap_err().kind);
        assert_eq!(kind, Some(ModelErrorKind::AnswerTooLong));
    }

    #[test]
    fn a_response_without_end_is_cut_off_whatever_its_lines() {
        let line = [":", &"a".repeat(1_024 * 1_024 - 2), "\n"].concat();
        let lines = |count| {
            let lines = std::iter::repeat_n(Ok(line.as_str()), count);
            read(lines.chain([Ok(DELTA), Ok(STOP)]).collect())
        };
        let (events, end) = lines(15);
        assert_eq!(events.first(), Some(&ModelEvent::Text("Oui".to_owned())));
        assert_eq!(end, Some(Ok(())));
        let kind = lines(17).1.map(|end| end.unwrap_err().kind);
        assert_eq!(kind, Some(ModelErrorKind::AnswerTooLong));
    }

    #[test]
    fn an_error_event_ends_the_stream() {
        let error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\
            \"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        let (_, end) = read(vec![Ok(DELTA), Ok(error), Ok(STOP)]);
        let kind = end.map(|end| end.unwrap_err().kind);
        assert_eq!(kind, Some(ModelErrorKind::Overloaded));
    }
}
