//! What each fixture of the server means, read off the fixture by eye.

use agent::llm::{
    FinishReason::{self, ContentFilter, Length, Refusal, Stop, ToolCalls},
    ModelErrorKind::{
        self, Authentication, BadRequest, BadResponse, ContextLength, Overloaded, QuotaExceeded,
        RateLimited, Server, UnknownModel, WrongAddress,
    },
};

/// What an adapter makes of a fixture.
pub(super) struct Expected {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    /// Id, tool, arguments.
    pub(super) calls: &'static [(&'static str, &'static str, &'static str)],
    /// Prompt, completion, of the prompt cached, of the prompt written to the cache.
    pub(super) usage: Option<[u64; 4]>,
    pub(super) end: Result<FinishReason, ModelErrorKind>,
}

const fn answer(
    name: &'static str,
    text: &'static str,
    end: FinishReason,
    usage: Option<[u64; 4]>,
) -> Expected {
    Expected {
        name,
        text,
        calls: &[],
        usage,
        end: Ok(end),
    }
}

const fn calls(
    name: &'static str,
    text: &'static str,
    calls: &'static [(&'static str, &'static str, &'static str)],
    end: FinishReason,
    usage: [u64; 4],
) -> Expected {
    Expected {
        name,
        text,
        calls,
        usage: Some(usage),
        end: Ok(end),
    }
}

/// An answer that breaks after this text, with the usage known by then.
const fn broken(
    name: &'static str,
    text: &'static str,
    kind: ModelErrorKind,
    usage: Option<[u64; 4]>,
) -> Expected {
    Expected {
        name,
        text,
        calls: &[],
        usage,
        end: Err(kind),
    }
}

const fn refused(name: &'static str, kind: ModelErrorKind) -> Expected {
    broken(name, "", kind, None)
}

const TWO_FLIGHTS: &str = "Two flights.";
const TO_LISBON: &str = r#"{"from":"PAR","to":"LIS"}"#;

/// In the order of their names.
#[rustfmt::skip]
pub(super) const EXPECTED: &[Expected] = &[
    refused("anthropic/400.json", BadRequest),
    // A 400 like any other, but for its words.
    refused("anthropic/400_credit.json", QuotaExceeded),
    refused("anthropic/401.json", Authentication),
    refused("anthropic/402.json", QuotaExceeded),
    refused("anthropic/403.json", Authentication),
    refused("anthropic/404.json", UnknownModel),
    refused("anthropic/413.json", ContextLength),
    refused("anthropic/429.json", RateLimited),
    refused("anthropic/500.json", Server),
    refused("anthropic/504.json", Server),
    refused("anthropic/529.json", Overloaded),
    // Cut by the limit of tokens, in the middle of the arguments.
    calls("anthropic/bad_arguments.sse", "",
        &[("toolu_01ee", "search_flights", r#"{"from": "PAR", "to": "#)], Length, [1201, 40, 0, 0]),
    // 58 + 120 + 2304: Anthropic counts cached tokens apart from the input.
    answer("anthropic/cache_read.sse", TWO_FLIGHTS, Stop, Some([2482, 6, 2304, 120])),
    answer("anthropic/cache_write.sse", TWO_FLIGHTS, Stop, Some([2345, 6, 0, 2304])),
    calls("anthropic/call_without_arguments.sse", "",
        &[("toolu_01dd", "list_airports", "")], ToolCalls, [1180, 33, 0, 0]),
    broken("anthropic/error_first.sse", "", Overloaded, None),
    broken("anthropic/error_in_stream.sse", "The cheapest", Overloaded, Some([1187, 1, 0, 0])),
    broken("anthropic/malformed.sse", "Two", BadResponse, Some([900, 1, 0, 0])),
    answer("anthropic/max_tokens.sse", "The first flight leaves at", Length, Some([1187, 500, 0, 0])),
    answer("anthropic/no_content.sse", "", Stop, Some([1187, 2, 0, 0])),
    calls("anthropic/one_call.sse", "",
        &[("toolu_01A09q90qw90lq917835lq9", "search_flights",
            r#"{"from": "PAR", "to": "LIS", "departure_date": "2026-12-05"}"#)],
        ToolCalls, [1201, 64, 0, 0]),
    answer("anthropic/refusal.sse", "I", Refusal, Some([1187, 2, 0, 0])),
    answer("anthropic/text.sse", "Bonjour ! À Lisbonne, il fait 21 °C ☀️.", Stop, Some([1187, 19, 0, 0])),
    calls("anthropic/text_then_call.sse", "Je regarde les vols.",
        &[("toolu_01cc", "get_airport_code", r#"{"city": "Malmö"}"#)], ToolCalls, [1190, 70, 0, 0]),
    answer("anthropic/thinking.sse", "Two flights to Lisbon.", Stop, Some([1187, 57, 0, 0])),
    calls("anthropic/two_calls.sse", "",
        &[("toolu_01aa", "search_flights", r#"{"from": "PAR", "to": "LIS"}"#),
            ("toolu_01bb", "search_flights", r#"{"from": "PAR", "to": "OPO"}"#)],
        ToolCalls, [1201, 88, 0, 0]),
    answer("anthropic/unknown_event.sse", TWO_FLIGHTS, Stop, Some([900, 5, 0, 0])),
    refused("openai/400_context_length.json", ContextLength),
    refused("openai/401.json", Authentication),
    refused("openai/401_mistral.json", Authentication),
    refused("openai/402_openrouter.json", QuotaExceeded),
    refused("openai/403.json", Authentication),
    refused("openai/404.json", UnknownModel),
    refused("openai/404_proxy.json", WrongAddress),
    refused("openai/429.json", RateLimited),
    refused("openai/429_gemini.json", RateLimited),
    refused("openai/429_quota.json", QuotaExceeded),
    refused("openai/500.json", Server),
    refused("openai/503.json", Overloaded),
    refused("openai/503_llamacpp.json", Overloaded),
    calls("openai/bad_arguments.sse", "",
        &[("call_e9Bad", "search_flights", r#"{"from":"PAR", to: LIS,}"#)], ToolCalls, [1201, 18, 0, 0]),
    answer("openai/cached_usage.sse", TWO_FLIGHTS, Stop, Some([2406, 133, 2304, 0])),
    calls("openai/call_without_arguments.sse", "",
        &[("call_d1Na", "list_airports", "{}")], ToolCalls, [1180, 9, 0, 0]),
    answer("openai/comments_and_crlf.sse", "Deux vols.", Stop, None),
    answer("openai/content_filter.sse", "I'm", ContentFilter, Some([1187, 2, 0, 0])),
    answer("openai/deepseek_reasoning.sse", "Lisbonne, donc.", Stop, Some([1100, 40, 1024, 0])),
    answer("openai/empty_choices.sse", TWO_FLIGHTS, Stop, Some([900, 3, 0, 0])),
    broken("openai/error_in_stream.sse", "The cheapest", Server, None),
    // Gemini stops with `stop` beside calls, and counts its thoughts in the total alone: 702 - 645.
    calls("openai/gemini_call.sse", "",
        &[("function-call-21", "search_flights", TO_LISBON)], Stop, [645, 57, 0, 0]),
    calls("openai/gemini_calls_without_index.sse", "",
        &[("function-call-11", "search_flights", TO_LISBON),
            ("function-call-12", "get_airport_code", r#"{"city":"Porto"}"#)],
        Stop, [645, 57, 0, 0]),
    answer("openai/groq_usage.sse", TWO_FLIGHTS, Stop, Some([812, 19, 0, 0])),
    answer("openai/length.sse", "The first flight leaves at", Length, Some([1187, 5, 0, 0])),
    calls("openai/llamacpp_call.sse", "",
        &[("8Zq1wYfJm2", "search_flights", TO_LISBON)], ToolCalls, [317, 4, 7, 0]),
    broken("openai/llamacpp_error.sse", "Two", ContextLength, None),
    answer("openai/llamacpp_text.sse", TWO_FLIGHTS, Stop, Some([317, 4, 7, 0])),
    broken("openai/malformed.sse", "Two", BadResponse, None),
    calls("openai/mistral_calls.sse", "",
        &[("D681PevKs", "search_flights", r#"{"from": "PAR", "to": "LIS"}"#),
            ("x9QmT2rLa", "get_airport_code", r#"{"city": "Porto"}"#)],
        ToolCalls, [700, 44, 0, 0]),
    answer("openai/mistral_parts.sse", "Deux vols directs.", Stop, Some([700, 26, 0, 0])),
    answer("openai/no_usage.sse", "Hello", Stop, None),
    calls("openai/one_call.sse", "",
        &[("call_Qd7vK2mXw0aPz5", "search_flights",
            r#"{"from":"PAR","to":"LIS","departure_date":"2026-12-05","adults":2}"#)],
        ToolCalls, [1201, 31, 0, 0]),
    broken("openai/openrouter_error.sse", "Two", Server, None),
    answer("openai/openrouter_reasoning.sse", "Two flights to Lisbon.", Stop, Some([980, 41, 0, 0])),
    answer("openai/refusal.sse", "I'm sorry, I can't help with that.", Refusal, Some([1187, 10, 0, 0])),
    answer("openai/text.sse", "Bonjour ! À Lisbonne il fait 21 °C ☀️.", Stop, Some([1187, 14, 0, 0])),
    calls("openai/text_then_call.sse", "Je regarde les vols.",
        &[("call_c5Rt", "get_airport_code", r#"{"city":"Malmö"}"#)], ToolCalls, [1190, 24, 0, 0]),
    calls("openai/two_calls.sse", "",
        &[("call_a8LmQ", "search_flights", TO_LISBON),
            ("call_b3TzW", "search_flights", r#"{"from":"PAR","to":"OPO"}"#)],
        ToolCalls, [1201, 52, 0, 0]),
    answer("openai/unknown_event.sse", TWO_FLIGHTS, Stop, Some([900, 3, 0, 0])),
];
