//! Calls, whatever their pieces look like.

use super::*;

#[test]
fn calls_are_told_apart_whatever_their_numbers_are() {
    let f = |arguments: &str| call("", "f", arguments);
    let g = |arguments: &str| call("", "g", arguments);
    for (pieces, expected) in [
        // The index comes late,
        (
            &[
                r#"[{"id":"a","function":{"name":"f","arguments":""}}]"#,
                r#"[{"index":0,"function":{"arguments":"{\"x\":"}}]"#,
                r#"[{"index":0,"function":{"arguments":"1}"}}]"#,
            ][..],
            vec![call("a", "f", r#"{"x":1}"#)],
        ),
        // counts from 1,
        (
            &[
                r#"[{"function":{"name":"f","arguments":""}}]"#,
                r#"[{"index":1,"function":{"arguments":"{}"}}]"#,
            ],
            vec![f("{}")],
        ),
        // is the same for all, without ids,
        (
            &[
                r#"[{"index":0,"function":{"name":"f","arguments":"{}"}}]"#,
                r#"[{"index":0,"function":{"name":"g","arguments":"{}"}}]"#,
                r#"[{"index":0,"function":{"name":"g","arguments":"{\"x\":1}"}}]"#,
            ],
            vec![f("{}"), g("{}"), g(r#"{"x":1}"#)],
        ),
        // is a text or negative.
        (
            &[
                r#"[{"index":"0","function":{"name":"f","arguments":"{"}},{"index":"1","function":{"name":"g","arguments":"{"}}]"#,
                r#"[{"index":"0","function":{"arguments":"}"}},{"index":"1","function":{"arguments":"}"}}]"#,
            ],
            vec![f("{}"), g("{}")],
        ),
        (
            &[
                r#"[{"index":-1,"function":{"name":"f","arguments":"{"}}]"#,
                r#"[{"index":-1,"function":{"arguments":"}"}}]"#,
                r#"[{"index":-1,"function":{"name":"g","arguments":"{}"}}]"#,
            ],
            vec![f("{}"), g("{}")],
        ),
        // Ids tell pieces apart that come mixed.
        (
            &[
                r#"[{"id":"a","function":{"name":"f","arguments":"{"}},{"id":"b","function":{"name":"f","arguments":"{"}}]"#,
                r#"[{"id":"a","function":{"arguments":"}"}},{"id":"b","function":{"arguments":"\"x\":1}"}}]"#,
            ],
            vec![call("a", "f", "{}"), call("b", "f", r#"{"x":1}"#)],
        ),
        // One call in place of a list; no `function`; an object as arguments; a number as id.
        (
            &[r#"{"id":7,"name":"f","arguments":{"x":1}}"#],
            vec![call("7", "f", r#"{"x":1}"#)],
        ),
        (
            &[
                r#"{"0":{"function":{"name":"f","arguments":{}}},"1":{"function":{"name":"g","arguments":null}}}"#,
            ],
            vec![f("{}"), g("")],
        ),
        // A name in pieces, and arguments that are repeated as they grow.
        (
            &[
                r#"[{"index":0,"id":"a","function":{"name":"search_"}}]"#,
                r#"[{"index":0,"function":{"name":"flights","arguments":"{\"x"}}]"#,
                r#"[{"index":0,"function":{"arguments":"{\"x\":1}"}}]"#,
                r#"[{"index":0,"id":"a","function":{"name":"search_flights","arguments":"{\"x\":1}"}}]"#,
            ],
            vec![call("a", "search_flights", r#"{"x":1}"#)],
        ),
    ] {
        let chunks: Vec<_> = pieces.iter().map(|calls| calling(calls)).collect();
        let chunks: Vec<_> = chunks.iter().map(String::as_str).collect();
        let expected: Vec<_> = expected
            .into_iter()
            .enumerate()
            .map(|(at, (id, name, arguments))| {
                let id = if id.is_empty() {
                    format!("call_{at}")
                } else {
                    id
                };
                (id, name, arguments)
            })
            .collect();
        assert_eq!(calls(&chunks), expected, "{pieces:?}");
    }
}

#[test]
fn a_function_call_of_old_is_a_call() {
    let chunks = [
        r#"{"choices":[{"delta":{"function_call":{"name":"f","arguments":""}}}]}"#,
        r#"{"choices":[{"delta":{"function_call":{"arguments":"{\"x\":"}}}]}"#,
        r#"{"choices":[{"delta":{"function_call":{"arguments":"1}"}},"finish_reason":"function_call"}]}"#,
    ];
    assert_eq!(calls(&chunks), [call("call_0", "f", r#"{"x":1}"#)]);
}
