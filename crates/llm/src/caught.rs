//! A panic in a model's adapter is a failure of that model, and of nothing else.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use futures::{StreamExt, stream};

use super::{ChatModel, ChatRequest, ModelError, ModelErrorKind, ModelStream};

/// Starts a request whose stream ends with [`ModelErrorKind::BadResponse`] where it would panic.
pub fn stream(model: &dyn ChatModel, request: Arc<ChatRequest>) -> ModelStream {
    // Nothing of what panicked is looked at again: the stream ends there.
    match catch_unwind(AssertUnwindSafe(|| model.stream(request))) {
        Ok(events) => AssertUnwindSafe(events)
            .catch_unwind()
            .map(|event| event.unwrap_or_else(|_| Err(panicked())))
            .boxed(),
        Err(_) => stream::iter([Err(panicked())]).boxed(),
    }
}

/// Not the panic's text: it may quote the answer.
fn panicked() -> ModelError {
    let detail = "the adapter panicked";
    ModelError::new(ModelErrorKind::BadResponse, detail)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::{ModelEvent, Settings, ToolChoice, message::Message};

    /// Panics when it is asked, or after its first text.
    struct Panics {
        at_once: bool,
    }

    impl ChatModel for Panics {
        fn provider(&self) -> &str {
            "test"
        }

        fn name(&self) -> &str {
            "panics"
        }

        fn stream(&self, _: Arc<ChatRequest>) -> ModelStream {
            assert!(!self.at_once, "asked");
            let events = stream::iter([0, 1]).map(|at| {
                assert!(at == 0, "polled");
                Ok(ModelEvent::Text("Oui".to_owned()))
            });
            events.boxed()
        }
    }

    #[test]
    fn a_panic_is_the_last_event_and_a_failure() {
        let request = Arc::new(ChatRequest {
            messages: vec![Message::user("Bonjour")],
            tools: Arc::new([]),
            tool_choice: ToolChoice::Auto,
            settings: Settings::default(),
            extensions: http::Extensions::new(),
            thoughts: Arc::default(),
        });
        for (at_once, texts) in [(true, 0), (false, 1)] {
            let events = stream(&Panics { at_once }, Arc::clone(&request));
            let events: Vec<_> = events.collect().now_or_never().unwrap();
            assert_eq!(events.len(), texts + 1);
            assert_eq!(events.last(), Some(&Err(panicked())));
        }
    }
}
