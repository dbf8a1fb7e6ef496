use http::HeaderValue;

use super::*;

fn refused(status: u16, body: &str) -> ModelError {
    let mut headers = HeaderMap::new();
    let kind = if body.starts_with('<') {
        "text/html"
    } else {
        "application/json"
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let status = StatusCode::from_u16(status).unwrap();
    of_response(status, &headers, body.as_bytes(), &Redactor::default())
}

#[test]
fn kinds_of_refusals() {
    use ModelErrorKind as Kind;
    for (status, body, kind) in [
        (
            401,
            r#"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}"#,
            Kind::Authentication,
        ),
        (
            403,
            r#"{"error":{"message":"no","type":"invalid_request_error","code":"unsupported_country_region_territory"}}"#,
            Kind::Authentication,
        ),
        (
            404,
            r#"{"error":{"message":"The model `gpt-9` does not exist","type":"invalid_request_error","code":"model_not_found"}}"#,
            Kind::UnknownModel,
        ),
        (404, "<html>Not Found</html>", Kind::WrongAddress),
        (
            400,
            r#"{"object":"error","message":"Invalid model: x","type":"invalid_model","code":"1500"}"#,
            Kind::UnknownModel,
        ),
        (
            429,
            r#"{"error":{"message":"x","type":"tokens","code":"rate_limit_exceeded"}}"#,
            Kind::RateLimited,
        ),
        (
            429,
            r#"{"error":{"message":"x","type":"insufficient_quota","code":"insufficient_quota"}}"#,
            Kind::QuotaExceeded,
        ),
        (
            402,
            r#"{"error":{"message":"Insufficient credits","code":402}}"#,
            Kind::QuotaExceeded,
        ),
        (
            400,
            r#"{"error":{"message":"bad","type":"invalid_request_error","code":null}}"#,
            Kind::BadRequest,
        ),
        (
            400,
            r#"{"error":{"message":"Failed to call a function","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"…"}}"#,
            Kind::ToolUseFailed,
        ),
        (
            400,
            r#"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"@type":"x/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}]"#,
            Kind::Authentication,
        ),
        (408, "", Kind::Server),
        (500, "not json", Kind::Server),
        (502, "<html>Bad Gateway</html>", Kind::Server),
        (503, "", Kind::Overloaded),
        (529, "", Kind::Overloaded),
        (308, "", Kind::WrongAddress),
        // Found too late for the status.
        (
            200,
            r#"{"error":{"code":502,"message":"upstream"}}"#,
            Kind::Server,
        ),
        (
            200,
            r#"{"error":{"message":"x","code":"rate_limit_exceeded"}}"#,
            Kind::RateLimited,
        ),
        (200, r#"{"id":"x","choices":[]}"#, Kind::BadResponse),
        (200, "<html>Welcome</html>", Kind::WrongAddress),
    ] {
        assert_eq!(refused(status, body).kind, kind, "{status} {body}");
    }
}

#[test]
fn details_name_the_problem_and_quote_no_prompt() {
    for (status, body, detail) in [
        (
            404,
            "<html>Not Found</html>",
            "HTTP 404: a body of text/html",
        ),
        (
            500,
            r#"{"error":"model runner crashed"}"#,
            "HTTP 500: model runner crashed",
        ),
        (308, "", "HTTP 308: the base address redirects elsewhere"),
        (
            422,
            r#"{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted","input":"a secret trip"}]},"type":"invalid_request_error"}"#,
            "HTTP 422: body.stream_options: Extra inputs are not permitted",
        ),
        (
            401,
            r#"{"error":{"message":"Incorrect API key provided: sk-abcde***********wxyz."}}"#,
            "HTTP 401: Incorrect API key provided: ***.",
        ),
    ] {
        assert_eq!(refused(status, body).detail, detail);
    }
}

#[test]
fn the_wait_comes_from_the_header_or_from_googles_body() {
    let google = r#"[{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}]"#;
    let error = refused(429, google);
    assert_eq!(error.kind, ModelErrorKind::RateLimited);
    assert_eq!(error.retry_after, Some(Duration::from_millis(34_500)));
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", HeaderValue::from_static("7"));
    let status = StatusCode::TOO_MANY_REQUESTS;
    let error = of_response(status, &headers, google.as_bytes(), &Redactor::default());
    assert_eq!(error.retry_after, Some(Duration::from_secs(7)));
    assert_eq!(refused(429, "{}").retry_after, None);
}

#[test]
fn failures_of_the_client() {
    let stream = |text: &str| {
        let error = StreamError::EventStream(text.to_owned());
        of_client(OpenAIError::StreamError(Box::new(error))).kind
    };
    assert_eq!(stream("Transport error: reset"), ModelErrorKind::Connection);
    assert_eq!(stream("UTF8 error: x"), ModelErrorKind::BadResponse);
    let error = serde_json::from_str::<String>("{\"id\":17}").unwrap_err();
    let error = of_client(OpenAIError::JSONDeserialize(error, "a secret".to_owned()));
    assert_eq!(error.kind, ModelErrorKind::BadResponse);
    assert!(!error.detail.contains("secret"), "{error}");
}
