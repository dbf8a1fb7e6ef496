//! What the words of a refusal mean, whoever speaks: every server words the same few things its own
//! way, and gateways wrap what others have said into texts of theirs. Pure.
//!
//! A code counts for more than prose, and both for more than the status: a prompt that is too long is
//! a 400, a 413, a 422 or a 500. Where a status is plain (401, 402, 429), prose is not asked, since it
//! may repeat what a person wrote.

use super::{ModelErrorKind, endpoint::kind_of_status};

/// How much of a message is looked at, in characters: what comes later may quote the prompt.
const LOOKED_AT: usize = 500;

/// What a refusal says, whatever its shape.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Refusal<'a> {
    /// HTTP status; `None` in a stream that had begun.
    pub(super) status: Option<u16>,
    /// Codes, types, reasons.
    pub(super) words: &'a [String],
    /// Its prose.
    pub(super) message: &'a str,
}

/// A kind, and what is known of the remedy beyond it.
pub(super) type Meaning = (ModelErrorKind, Option<&'static str>);

impl Refusal<'_> {
    /// What it means; `None` where neither words nor status say.
    pub(super) fn meaning(&self) -> Option<Meaning> {
        let told: String = self.message.chars().take(LOOKED_AT).collect();
        let told = told.to_lowercase();
        if let Some(kind) = self.words.iter().find_map(|word| of_word(word)) {
            return Some((kind, None));
        }
        if !matches!(self.status, Some(401 | 402 | 429))
            && let Some(meaning) = of_prose(&told, self.status)
        {
            return Some(meaning);
        }
        if self.status == Some(404) {
            return Some((self.missing(&told), None));
        }
        let first = self.words.first().map(String::as_str);
        Some((kind_of_status(self.status?, first), None))
    }

    /// What a 404 misses: the model, or the path.
    fn missing(&self, told: &str) -> ModelErrorKind {
        let bare = told.trim_matches(|c: char| !c.is_alphanumeric());
        let says_nothing = matches!(
            bare,
            "" | "not found" | "resource not found" | "404 not found"
        );
        let of_model = ["model", "deployment", "engine", "endpoints found"];
        let is_model = of_model.iter().any(|word| told.contains(word))
            // The API itself has spoken, of something else than its paths.
            || (!self.words.is_empty() && !says_nothing);
        match is_model {
            true => ModelErrorKind::UnknownModel,
            false => ModelErrorKind::WrongAddress,
        }
    }
}

/// Codes, types and reasons that say more than a status, without case and marks.
fn of_word(word: &str) -> Option<ModelErrorKind> {
    use ModelErrorKind as Kind;
    const PARTS: [(&str, Kind); 32] = [
        ("contextlength", Kind::ContextLength),
        ("contextwindow", Kind::ContextLength),
        ("contextsize", Kind::ContextLength),
        ("prompttoolong", Kind::ContextLength),
        ("inputtoolong", Kind::ContextLength),
        ("tokenslimitreached", Kind::ContextLength),
        ("requesttoolarge", Kind::ContextLength),
        ("stringabovemaxlength", Kind::ContextLength),
        ("contentfilter", Kind::ContentFilter),
        ("contentpolicy", Kind::ContentFilter),
        ("contentmoderation", Kind::ContentFilter),
        ("contentblocked", Kind::ContentFilter),
        ("responsibleai", Kind::ContentFilter),
        ("datainspection", Kind::ContentFilter),
        ("moderationblocked", Kind::ContentFilter),
        ("policyviolation", Kind::ContentFilter),
        ("prohibitedcontent", Kind::ContentFilter),
        ("sensitivecontent", Kind::ContentFilter),
        ("guardrail", Kind::ContentFilter),
        ("blocklist", Kind::ContentFilter),
        ("tooluse", Kind::ToolUseFailed),
        ("failedgeneration", Kind::ToolUseFailed),
        ("outputparsefailed", Kind::ToolUseFailed),
        ("malformedfunctioncall", Kind::ToolUseFailed),
        ("insufficientquota", Kind::QuotaExceeded),
        ("currentquota", Kind::QuotaExceeded),
        ("insufficientbalance", Kind::QuotaExceeded),
        ("billing", Kind::QuotaExceeded),
        ("arrearage", Kind::QuotaExceeded),
        ("modelnotfound", Kind::UnknownModel),
        ("deploymentnotfound", Kind::UnknownModel),
        ("unknownurl", Kind::WrongAddress),
    ];
    let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    if let Some((_, kind)) = PARTS.iter().find(|(part, _)| plain.contains(part)) {
        return Some(*kind);
    }
    Some(match &*plain {
        "safety" | "invalidprompt" | "1301" => Kind::ContentFilter,
        "3051" | "1261" => Kind::ContextLength,
        "1113" => Kind::QuotaExceeded,
        "invalidmodel" | "modelnotexist" => Kind::UnknownModel,
        // Gemini refuses a key with status 400.
        "invalidapikey" | "apikeyinvalid" => Kind::Authentication,
        _ => return None,
    })
}

/// What prose in lower case says. The status is that of the response, where the refusal is one.
fn of_prose(told: &str, status: Option<u16>) -> Option<Meaning> {
    use ModelErrorKind as Kind;
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| told.contains(phrase));
    // A limit of the answer is no matter of the prompt.
    let of_limit = has(&[
        "max_tokens",
        "max_completion_tokens",
        "maximum tokens you requested",
    ]);
    if has(&TOO_LONG) || (status == Some(413) && !of_limit) {
        return Some((Kind::ContextLength, None));
    }
    if has(&WITHHELD) {
        return Some((Kind::ContentFilter, None));
    }
    if has(&UNREADABLE_CALL) {
        return Some((Kind::ToolUseFailed, None));
    }
    if has(&NO_SUCH_PATH) {
        return Some((Kind::WrongAddress, None));
    }
    if status.is_some_and(|status| status >= 500) {
        return None;
    }
    if told.contains("api key") || told.contains("api_key") || told.contains("authentication error")
    {
        let refused = has(&[
            "invalid",
            "not valid",
            "missing",
            "incorrect",
            "required",
            "error",
        ]);
        if refused {
            return Some((Kind::Authentication, None));
        }
    }
    if told.contains("credit balance is too low") || told.contains("insufficient balance") {
        return Some((Kind::QuotaExceeded, None));
    }
    if told.contains("model") && status != Some(404) && has(&NO_SUCH_MODEL) {
        return Some((Kind::UnknownModel, None));
    }
    let refused = matches!(status, Some(400 | 422));
    if refused && of_limit {
        return Some((
            Kind::BadRequest,
            Some("the answer's limit is refused: change LLM_MAX_TOKENS"),
        ));
    }
    if refused && told.contains("temperature") {
        return Some((
            Kind::BadRequest,
            Some("the temperature is refused: change LLM_TEMPERATURE"),
        ));
    }
    None
}

const TOO_LONG: [&str; 30] = [
    "context length",
    "context_length",
    "context window",
    "contextwindow",
    "context size",
    "context limit",
    "context is full",
    "prompt is too long",
    "prompt too long",
    "prompt length",
    "prompt exceeds",
    "input is too long",
    "input length",
    "input token count",
    "input tokens exceed",
    "too many input tokens",
    "too many tokens",
    "maximum number of tokens",
    "maximum number of input tokens",
    "max_model_len",
    "max_seq_len",
    "model token limit",
    "max_new_tokens` must be",
    "max message tokens",
    "max_tokens must be at least 1, got -",
    "reduce the length",
    "longer than the model",
    "string too long",
    "request too large",
    "request body too large",
];

const WITHHELD: [&str; 18] = [
    "敏感内容",
    "content management policy",
    "content filter",
    "content_filter",
    "content policy",
    "contentpolicy",
    "content exists risk",
    "inappropriate content",
    "usage policy",
    "usage policies",
    "safety system",
    "safety filter",
    "sensitive content",
    "was flagged",
    "requires moderation",
    "prohibited_content",
    "guardrail",
    "responsible ai",
];

const UNREADABLE_CALL: [&str; 6] = [
    "failed to call a function",
    "parsing tool call",
    "parse tool call",
    "failed_generation",
    "tool_use_failed",
    "malformed function call",
];

const NO_SUCH_PATH: [&str; 13] = [
    "invalid url",
    "unknown request url",
    "unexpected endpoint",
    "no route",
    "route not found",
    "page not found",
    "path not found",
    "endpoint not found",
    "cannot post",
    "requested url",
    "method not allowed",
    "http request to an https server",
    "http request was sent to https",
];

const NO_SUCH_MODEL: [&str; 9] = [
    "not exist",
    "not found",
    "not a valid model",
    "invalid model",
    "unknown model",
    "no such model",
    "not supported by this",
    "model_not_found",
    "no endpoints found",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(status: u16, words: &[&str], message: &str) -> Meaning {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let refusal = Refusal {
            status: Some(status),
            words: &words,
            message,
        };
        refusal.meaning().unwrap()
    }

    #[test]
    fn a_prompt_that_is_too_long_is_told_by_every_server_in_words_of_its_own() {
        for (status, words, message) in [
            (400, &["context_length_exceeded"][..], "no"),
            (
                400,
                &["BadRequestError"],
                "This model's maximum context length is 10 tokens.",
            ),
            (
                400,
                &["exceed_context_size_error"],
                "request (9) exceeds the available context size",
            ),
            (
                500,
                &["exceed_context_size_error"],
                "the request exceeds the slot",
            ),
            (
                500,
                &[],
                "the request exceeds the available context size. try enabling context shift",
            ),
            (
                400,
                &["invalid_request_error"],
                "prompt is too long: 9 tokens > 8 maximum",
            ),
            (
                400,
                &["invalid_request_error"],
                "input length and `max_tokens` exceed context limit: 9 + 8 > 7",
            ),
            (
                400,
                &["INVALID_ARGUMENT"],
                "The input token count (9) exceeds the maximum number of tokens allowed (8).",
            ),
            (
                400,
                &["invalid_request_prompt", "3051"],
                "Prompt contains 9 tokens, too large for model",
            ),
            (
                413,
                &["tokens_limit_reached"],
                "Request body too large for small model. Max size: 8 tokens.",
            ),
            (
                413,
                &["rate_limit_exceeded"],
                "Request too large for model `m`: Limit 8, Requested 9",
            ),
            (413, &[], "<html>413 Request Entity Too Large</html>"),
            (
                400,
                &["ValidationException"],
                "Input is too long for requested model.",
            ),
            (
                422,
                &["validation"],
                "`inputs` tokens + `max_new_tokens` must be <= 8. Given: 9",
            ),
            (
                400,
                &["invalid_request_error"],
                "Your request exceeded model token limit: 8",
            ),
            (
                400,
                &[],
                "This model's maximum prompt length is 8 but the request contains 9 tokens.",
            ),
            (
                400,
                &["BadRequestError"],
                "max_tokens must be at least 1, got -9.",
            ),
            (
                400,
                &["400"],
                "litellm.ContextWindowExceededError: x: prompt is too long: 9 tokens",
            ),
            (400, &["1261"], "Prompt exceeds max length"),
        ] {
            let (kind, _) = meaning(status, words, message);
            assert_eq!(
                kind,
                ModelErrorKind::ContextLength,
                "{status} {words:?} {message}"
            );
        }
    }

    #[test]
    fn what_a_filter_withheld_is_told_by_code_or_by_prose() {
        for (status, words, message) in [
            (400, &["content_filter"][..], "no"),
            (400, &["400", "ResponsibleAIPolicyViolation"], "no"),
            (
                400,
                &[],
                "litellm.ContentPolicyViolationError: it was triggering the filter",
            ),
            (400, &["invalid_request_error"], "Content Exists Risk"),
            (400, &["data_inspection_failed"], "Input data may be unfit."),
            (
                400,
                &[],
                "<400> InternalError.Algo.DataInspectionFailed: may contain inappropriate content.",
            ),
            (
                400,
                &["invalid_request_error"],
                "Output blocked by content filtering policy",
            ),
            (400, &["invalid_prompt"], "no"),
            (
                403,
                &["403"],
                "Your chosen model requires moderation and your input was flagged",
            ),
            (400, &["1301"], "不安全或敏感内容"),
            (400, &["PROHIBITED_CONTENT"], "blocked"),
            (400, &["None"], "Violated guardrail policy"),
            (
                400,
                &[],
                "Your request was rejected as a result of our safety system.",
            ),
        ] {
            let (kind, _) = meaning(status, words, message);
            assert_eq!(
                kind,
                ModelErrorKind::ContentFilter,
                "{status} {words:?} {message}"
            );
        }
    }

    #[test]
    fn a_missing_path_is_told_from_a_missing_model() {
        for (status, words, message, kind) in [
            (
                404,
                &[][..],
                "404 page not found",
                ModelErrorKind::WrongAddress,
            ),
            (404, &[], "Not Found", ModelErrorKind::WrongAddress),
            (404, &[], "", ModelErrorKind::WrongAddress),
            (
                404,
                &["404"],
                "Resource not found",
                ModelErrorKind::WrongAddress,
            ),
            (
                404,
                &["invalid_request_error"],
                "Invalid URL (POST /chat/completions)",
                ModelErrorKind::WrongAddress,
            ),
            (
                404,
                &["invalid_request_error", "unknown_url"],
                "Unknown request URL: POST /x",
                ModelErrorKind::WrongAddress,
            ),
            (
                404,
                &["not_found_error"],
                "Not Found",
                ModelErrorKind::WrongAddress,
            ),
            (
                404,
                &[],
                "no Route matched with those values",
                ModelErrorKind::WrongAddress,
            ),
            (
                200,
                &[],
                "Unexpected endpoint or method. (POST /chat/completions)",
                ModelErrorKind::WrongAddress,
            ),
            (405, &[], "Method Not Allowed", ModelErrorKind::WrongAddress),
            (
                400,
                &[],
                "Client sent an HTTP request to an HTTPS server.",
                ModelErrorKind::WrongAddress,
            ),
            (
                404,
                &["not_found_error"],
                "model: claude-none",
                ModelErrorKind::UnknownModel,
            ),
            (
                404,
                &[],
                "model 'none' not found",
                ModelErrorKind::UnknownModel,
            ),
            (
                404,
                &["NotFoundError"],
                "The model `none` does not exist.",
                ModelErrorKind::UnknownModel,
            ),
            (
                404,
                &["DeploymentNotFound"],
                "no",
                ModelErrorKind::UnknownModel,
            ),
            (
                404,
                &["NOT_FOUND"],
                "models/none is not found for API version v1",
                ModelErrorKind::UnknownModel,
            ),
            (
                404,
                &["404"],
                "No endpoints found for a/none.",
                ModelErrorKind::UnknownModel,
            ),
            (
                400,
                &["invalid_request_error"],
                "Model Not Exist",
                ModelErrorKind::UnknownModel,
            ),
            (
                400,
                &["400"],
                "none is not a valid model ID",
                ModelErrorKind::UnknownModel,
            ),
        ] {
            assert_eq!(
                meaning(status, words, message).0,
                kind,
                "{status} {words:?} {message}"
            );
        }
    }

    #[test]
    fn other_refusals_stay_what_their_status_says() {
        for (status, words, message, kind) in [
            (
                400,
                &["invalid_request_error"][..],
                "messages.0: bad",
                ModelErrorKind::BadRequest,
            ),
            (
                400,
                &[],
                "API key not valid. Please pass a valid API key.",
                ModelErrorKind::Authentication,
            ),
            (
                401,
                &[],
                "the content filter is no matter here",
                ModelErrorKind::Authentication,
            ),
            (
                402,
                &[],
                "Insufficient Balance",
                ModelErrorKind::QuotaExceeded,
            ),
            (
                429,
                &["rate_limit_exceeded"],
                "too many tokens, please wait",
                ModelErrorKind::RateLimited,
            ),
            (
                429,
                &["exceeded_current_quota_error"],
                "no",
                ModelErrorKind::QuotaExceeded,
            ),
            (
                400,
                &["tool_use_failed"],
                "no",
                ModelErrorKind::ToolUseFailed,
            ),
            (
                500,
                &[],
                "error parsing tool call: raw='{', err=unexpected end",
                ModelErrorKind::ToolUseFailed,
            ),
            (
                500,
                &[],
                "model runner has unexpectedly stopped",
                ModelErrorKind::Server,
            ),
            (503, &[], "Loading model", ModelErrorKind::Overloaded),
        ] {
            assert_eq!(
                meaning(status, words, message).0,
                kind,
                "{status} {words:?} {message}"
            );
        }
        let (kind, advice) = meaning(
            400,
            &[],
            "max_tokens is too large: 9. It supports at most 8.",
        );
        assert_eq!(kind, ModelErrorKind::BadRequest);
        assert!(advice.unwrap().contains("LLM_MAX_TOKENS"));
    }
}
