use futures::{channel::mpsc, future::join};

use super::*;

/// An object says a text, `end` ends the answer, `call` goes on with a call.
struct Plain;

impl Decode for Plain {
    fn take(
        &mut self,
        _: &str,
        value: Value,
        out: &mut VecDeque<ModelEvent>,
    ) -> Result<(), ModelError> {
        let said = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        out.extend(said("text").map(ModelEvent::Text));
        out.extend(said("call").map(|arguments| ModelEvent::ToolCall {
            index: 0,
            id: None,
            name: None,
            arguments,
        }));
        out.extend(said("end").map(|_| ModelEvent::Finish(crate::FinishReason::Stop)));
        Ok(())
    }

    fn done(&mut self, _: &mut VecDeque<ModelEvent>) {}
}

fn piece(name: &str, text: &str) -> Result<String, ModelError> {
    Ok(format!("data: {{\"{name}\":\"{text}\"}}\n\n"))
}

/// Texts and arguments as they were handed out.
fn told(event: Result<ModelEvent, ModelError>) -> String {
    match event {
        Ok(ModelEvent::Text(text)) => text,
        Ok(ModelEvent::ToolCall { arguments, .. }) => format!("call {arguments}"),
        Ok(other) => format!("{other:?}"),
        Err(error) => error.detail,
    }
}

#[tokio::test]
async fn what_is_there_is_one_event_and_an_error_comes_after_it() {
    let gone = || Err(ModelError::new(ModelErrorKind::Connection, "gone"));
    for (body, expected) in [
        (
            vec![piece("text", "Oui"), piece("text", ", "), piece("end", "")],
            &["Oui, ", "Finish(Stop)"][..],
        ),
        (
            vec![piece("call", "{"), piece("call", "}"), piece("text", "a")],
            &["call {}", "a", "the stream ended without a finish reason"],
        ),
        (vec![piece("text", "Oui"), gone()], &["Oui", "gone"]),
    ] {
        let events = read(stream::iter(body), Plain, String::new());
        assert_eq!(events.map(told).collect::<Vec<_>>().await, expected);
    }
}

#[tokio::test]
async fn a_text_does_not_wait_for_what_is_not_there() {
    let (mut body, bytes) = mpsc::channel(0);
    let mut events = Box::pin(read(bytes, Plain, String::new()).map(told));
    for text in ["Oui", "non"] {
        let said = body.try_send(piece("text", text)).map_err(drop);
        assert_eq!((said, events.next().await.as_deref()), (Ok(()), Some(text)));
    }
    let rest = async move { drop(body) };
    let (last, ()) = join(events.next(), rest).await;
    assert!(last.is_some_and(|last| last.contains("without a finish")));
}
