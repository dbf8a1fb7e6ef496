//! Streams that break, stall or hold what they should not.

use std::io::ErrorKind;

use serde_json::json;
use testkit::llm::{Answer, Ending, LlmServer, Noise, Outcome, Protocol, Reply};

use super::client::{blocking, body, connect, receive, reply, send};

const BOTH: [Protocol; 2] = [Protocol::OpenAi, Protocol::Anthropic];

fn four() -> Answer {
    Answer::text("one two three four")
}

/// The words that came.
fn words(text: &str) -> Vec<&str> {
    ["one", "two", "three", "four"]
        .into_iter()
        .filter(|word| text.contains(word))
        .collect()
}

fn has_finish(text: &str) -> bool {
    text.contains("\"stop\"") || text.contains("end_turn")
}

#[tokio::test]
async fn a_reset_comes_after_its_pieces() {
    for protocol in BOTH {
        let response = reply(four().ending(Ending::ResetAfter(2)), protocol, true).await;
        assert_eq!(response.error, Some(ErrorKind::ConnectionReset));
        assert_eq!(words(&response.text()), ["one", "two"]);
    }
    let response = reply(Reply::Reset, Protocol::OpenAi, true).await;
    assert_eq!(
        (response.error, response.status),
        (Some(ErrorKind::ConnectionReset), 0)
    );
}

#[tokio::test]
async fn a_closed_and_a_cut_stream_differ_in_their_framing() {
    for protocol in BOTH {
        let closed = reply(four().ending(Ending::CloseAfter(3)), protocol, true).await;
        assert_eq!(closed.error, Some(ErrorKind::UnexpectedEof));
        assert_eq!(words(&closed.text()), ["one", "two", "three"]);
        let cut = reply(four().ending(Ending::CutAfter(3)), protocol, true).await;
        assert!(cut.complete && !has_finish(&cut.text()));
        assert_eq!(words(&cut.text()), ["one", "two", "three"]);
        // More than there are: all of them, and still no finish.
        let cut = reply(four().ending(Ending::CutAfter(9)), protocol, true).await;
        assert_eq!(
            (words(&cut.text()).len(), has_finish(&cut.text())),
            (4, false)
        );
    }
}

#[tokio::test]
async fn a_stalled_stream_waits_until_the_client_hangs_up() {
    for protocol in BOTH {
        for (answer, pieces) in [
            (Reply::Stall, 0),
            (four().ending(Ending::StallAfter(1)).into(), 1),
        ] {
            let server = LlmServer::start(move |_| answer.clone()).await.unwrap();
            let address = server.address();
            let mut stream = blocking(move || {
                let mut stream = connect(address);
                send(&mut stream, protocol, &body(protocol, true));
                stream
            })
            .await;
            let requests = server.wait_for_requests(1).await.unwrap();
            assert_eq!(requests[0].outcome, Outcome::Answering);
            blocking(move || {
                stream
                    .set_read_timeout(Some(std::time::Duration::from_millis(100)))
                    .unwrap();
                let response = receive(&mut stream);
                assert_eq!(response.error, Some(ErrorKind::WouldBlock));
                assert_eq!(words(&response.text()).len(), pieces);
            })
            .await;
            // The client's end of the connection is gone now.
            server.wait_for_hang_up(0).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_error_may_come_inside_the_stream() {
    let openai = reply(
        four().ending(Ending::ErrorEventAfter(1)),
        Protocol::OpenAi,
        true,
    )
    .await;
    let (_, last) = openai.events().pop().unwrap();
    assert_eq!(last["error"]["type"], "server_error");
    assert!(openai.complete && !openai.text().contains("[DONE]"));
    let anthropic = reply(
        four().ending(Ending::ErrorEventAfter(1)),
        Protocol::Anthropic,
        true,
    )
    .await;
    let (name, last) = anthropic.events().pop().unwrap();
    assert_eq!(
        (&*name, &last["error"]["type"]),
        ("error", &json!("overloaded_error"))
    );
    assert_eq!(words(&anthropic.text()), ["one"]);
    let first = reply(
        four().ending(Ending::ErrorEventAfter(0)),
        Protocol::Anthropic,
        true,
    )
    .await;
    assert_eq!(first.events().len(), 1);
}

#[tokio::test]
async fn noise_stands_where_it_was_put_and_changes_nothing_else() {
    for protocol in BOTH {
        let plain = reply(four(), protocol, true).await.text();
        for noise in [
            Noise::Malformed,
            Noise::UnknownEvent,
            Noise::EmptyChoices,
            Noise::Comment,
        ] {
            let noisy = reply(four().noisy(2, noise).noisy(0, noise), protocol, true).await;
            let chunks: Vec<_> = noisy
                .chunks
                .iter()
                .map(|c| String::from_utf8_lossy(c))
                .collect();
            let two = chunks
                .iter()
                .position(|chunk| chunk.contains("two "))
                .unwrap();
            assert_eq!(chunks[0], chunks[two + 1], "{noise:?}");
            let mut rest = chunks.clone();
            rest.remove(two + 1);
            rest.remove(0);
            assert_eq!(rest.concat(), plain);
        }
    }
}

#[tokio::test]
async fn a_whole_answer_breaks_as_well() {
    for protocol in BOTH {
        let closed = reply(four().ending(Ending::CloseAfter(1)), protocol, false).await;
        assert_eq!(
            (closed.error, closed.status),
            (Some(ErrorKind::UnexpectedEof), 200)
        );
        let reset = reply(four().ending(Ending::ResetAfter(1)), protocol, false).await;
        assert_eq!(reset.error, Some(ErrorKind::ConnectionReset));
        let failed = reply(four().ending(Ending::ErrorEventAfter(1)), protocol, false).await;
        assert_eq!(failed.status, 500);
    }
}
