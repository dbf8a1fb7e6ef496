//! Refusals of messages: texts, roles, ids and names.

use super::*;

#[test]
fn calls_without_a_text_get_one() {
    let empty = Some(Switch::NoText(NoText::Empty));
    for message in [
        "Invalid value for 'content': expected a string, got null.",
        "Invalid 'content': 'content' field must be a string or an array of objects.",
        "invalid message content type: <nil>",
        "messages[2].content must be a string or an object (was null)",
        "Failed to deserialize the JSON body: messages[2].content: invalid type: null, expected a string",
    ] {
        check(400, &error(message, None), empty.clone());
    }
    check(
        400,
        &json!({"error": {"code": "400", "message": "Param Incorrect", "param": "`text` is not present"}}),
        empty.clone(),
    );
    check(
        422,
        &json!({"detail": [{"loc": ["body", "messages", 2, "content"],
            "msg": "none is not an allowed value", "type": "type_error.none.not_allowed"}]}),
        empty,
    );
    let mut blank = sent();
    blank["messages"][2]["content"] = json!("");
    let body = error(
        "The content field in the Message object at messages.2 is empty.",
        None,
    );
    assert_eq!(
        refused(400, body.to_string().as_bytes(), &blank),
        Some(Switch::NoText(NoText::Words))
    );
}

#[test]
fn instructions_move_where_they_are_taken() {
    let mut first = sent();
    first["messages"].as_array_mut().unwrap().truncate(2);
    for (status, body) in [
        (
            400,
            error(
                "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
                Some("messages[0].role"),
            ),
        ),
        (
            400,
            json!({"object": "error", "message": "System role not supported", "code": 400}),
        ),
        (
            500,
            error("Jinja Exception: System role not supported", None),
        ),
        (
            400,
            error(
                "Conversation roles must alternate user/assistant/user/assistant/...",
                None,
            ),
        ),
        (
            400,
            error("Only user and assistant roles are supported!", None),
        ),
        (
            400,
            error("Developer instruction is not enabled for this model", None),
        ),
        (400, error("Invalid role: system", None)),
    ] {
        let switch = refused(status, body.to_string().as_bytes(), &first);
        assert_eq!(
            switch,
            Some(Switch::Instructions(Instructions::User)),
            "{body}"
        );
    }
    let body = error(
        "role 'system' is not supported for this model, use 'developer'",
        None,
    );
    assert_eq!(
        refused(400, body.to_string().as_bytes(), &first),
        Some(Switch::Instructions(Instructions::Developer))
    );
}

#[test]
fn ids_and_names_of_calls_fit() {
    check(
        400,
        &error(
            "Tool call id was a but must be a-z, A-Z, 0-9, with a length of 9.",
            None,
        ),
        Some(Switch::ShortCallIds),
    );
    check(
        400,
        &error(
            "* GenerateContentRequest.contents[2].parts[0].function_response.name: Name cannot be \
            empty.",
            None,
        ),
        Some(Switch::NamedResults(true)),
    );
    let mut named = sent();
    named["messages"][3]["name"] = json!("search_flights");
    let body = error(
        "'messages.3' : for 'role:tool' property 'name' is unsupported",
        None,
    );
    assert_eq!(
        refused(400, body.to_string().as_bytes(), &named),
        Some(Switch::NamedResults(false))
    );
}
