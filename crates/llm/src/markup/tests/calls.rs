//! Calls as text, in the ways of their models.

use serde_json::{Value, json};

use super::{Written, read, shows};

/// The only call that a text holds, as name and arguments.
#[track_caller]
fn calls(text: &str) -> Vec<(String, Value)> {
    let (shown, written) = read(text);
    assert_eq!(shown, "", "{text:?}");
    assert!(!written.is_empty(), "{text:?} holds no call");
    let calls = written.iter().flat_map(|written| &written.calls);
    calls
        .map(|call| (call.name.clone(), call.json().unwrap()))
        .collect()
}

#[test]
fn calls_of_every_kind_are_read_and_not_shown() {
    let whole = json!({"departure": "PAR", "arrival": "LIS", "date": "2027-01-12", "adults": 2});
    let body = r#"{"departure": "PAR", "arrival": "LIS", "date": "2027-01-12", "adults": 2}"#;
    let named = format!(r#"{{"name": "search_flights", "arguments": {body}}}"#);
    let parameters = format!(r#"{{"name": "search_flights", "parameters": {body}}}"#);
    let encoded = json!({"name": "search_flights", "arguments": body}).to_string();
    let of_type = format!(r#"{{"type": "function", "function": {named}}}"#);
    let python = r#"search_flights(departure="PAR", arrival='LIS', date="2027-01-12", adults=2)"#;
    let qwen = "<parameter=departure>\nPAR\n</parameter>\n<parameter=arrival>\nLIS\n</parameter>\n\
        <parameter=date>2027-01-12</parameter>\n<parameter=adults>\n2\n</parameter>";
    let invoked = "<invoke name=\"search_flights\">\n<parameter name=\"departure\">PAR</parameter>\n\
        <parameter name=\"arrival\">LIS</parameter><parameter name=\"date\">2027-01-12</parameter>\
        <parameter name=\"adults\">2</parameter>\n</invoke>";
    let glm = "search_flights\n<arg_key>departure</arg_key>\n<arg_value>PAR</arg_value>\n\
        <arg_key>arrival</arg_key><arg_value>LIS</arg_value><arg_key>date</arg_key>\
        <arg_value>2027-01-12</arg_value><arg_key>adults</arg_key><arg_value>2</arg_value>";
    let gemma = "call:search_flights{departure:<escape>PAR<escape>,arrival:<escape>LIS<escape>,\
        date:<escape>2027-01-12<escape>,adults:2}";
    let dsml = invoked
        .replace("</", "</｜DSML｜")
        .replace("<i", "<｜DSML｜i")
        .replace("<p", "<｜DSML｜p");
    for text in [
        format!("<tool_call>\n{named}\n</tool_call>"),
        format!("<tool_call>{parameters}</tool_call>"),
        format!("<tool_call>{encoded}</tool_call>"),
        format!("<tool_call>{of_type}</tool_call>"),
        format!("<tool_call>{named}"),
        format!("<tool_call>\n```json\n{named}\n```\n</tool_call>"),
        format!("<TOOL_CALL>{named}</TOOL_CALL>"),
        format!("<tool_calls>[{named}]</tool_calls>"),
        format!("<tools>\n{named}\n</tools>"),
        format!("<TOOLCALL>[{named}]</TOOLCALL>"),
        format!("<function_call>{named}</function_call>"),
        format!("<functioncall> {named} </functioncall>"),
        format!("<function=search_flights>{body}</function>"),
        format!("<function=search_flights>\n{qwen}\n</function>"),
        format!("<tool_call>\n<function=search_flights>\n{qwen}\n</function>\n</tool_call>"),
        format!("<function=search_flights>\n{qwen}\n</function>\n</tool_call>"),
        format!("<function name=\"search_flights\">{body}</function>"),
        format!("<seed:tool_call><function=search_flights>{qwen}</function></seed:tool_call>"),
        invoked.to_owned(),
        format!("<function_calls>\n{invoked}\n</function_calls>"),
        format!("<minimax:tool_call>\n{invoked}\n</minimax:tool_call>"),
        format!("<｜DSML｜function_calls>\n{dsml}\n</｜DSML｜function_calls>"),
        format!("<tool_call>{glm}</tool_call>"),
        format!("<tool_call>search_flights\n{body}</tool_call>"),
        format!("<tool_call><name>search_flights</name><arguments>{body}</arguments></tool_call>"),
        "<search_flights><departure>PAR</departure><arrival>LIS</arrival><date>2027-01-12</date>\
         <adults>2</adults></search_flights>"
            .to_owned(),
        format!("[TOOL_CALLS][{named}]"),
        format!("[TOOL_CALLS] [{named}]"),
        format!("[TOOL_CALLS]search_flights{body}"),
        format!("[TOOL_CALLS]search_flights[ARGS]{body}"),
        format!("[TOOL_CALLS]search_flights[CALL_ID]a1b2c3[ARGS]{body}"),
        format!("[TOOL_REQUEST]{named}[END_TOOL_REQUEST]"),
        format!(
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>search_flights\n```json\n{body}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>"
        ),
        format!(
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>search_flights<｜tool▁sep｜>{body}<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜>"
        ),
        format!(
            "<|tool_calls_begin|><|tool_call_begin|>function<|tool_sep|>search_flights\n```json\n{body}\n```<|tool_call_end|><|tool_calls_end|>"
        ),
        format!(
            "<|tool_calls_section_begin|><|tool_call_begin|>functions.search_flights:0<|tool_call_argument_begin|>{body}<|tool_call_end|><|tool_calls_section_end|>"
        ),
        format!("<|python_tag|>{parameters}"),
        format!("<|python_tag|>{parameters}<|eom_id|>"),
        format!("<|python_tag|>{python}"),
        format!("<|python_start|>[{python}]<|python_end|>"),
        format!("<|tool_call_start|>[{python}]<|tool_call_end|>"),
        format!("<|tool_call|>[{named}]<|/tool_call|>"),
        format!("<|tool_call|>[{named}]"),
        format!(
            "<|START_ACTION|>[{{\"tool_call_id\": \"0\", \"tool_name\": \"search_flights\", \"parameters\": {body}}}]<|END_ACTION|>"
        ),
        format!("<|action_start|><|plugin|>{parameters}<|action_end|>"),
        format!("<start_function_call>{gemma}<end_function_call>"),
        format!(
            "<|tool_call>{}<tool_call|>",
            gemma.replace("<escape>", "<|\"|>")
        ),
        format!("<|tools_prefix|>[{{\"search_flights\": {body}}}]<|tools_suffix|>"),
        format!("```tool_code\n{python}\n```"),
        format!("```tool_code\nprint(default_api.{python})\n```"),
        format!("```tool_call\n{named}\n```"),
        format!(
            "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>commentary to=functions.search_flights <|constrain|>json<|message|>{body}<|call|>"
        ),
        format!("<|channel|>commentary to=functions.search_flights<|message|>{body}"),
        format!(
            "<|start|>assistant to=functions.search_flights<|channel|>commentary json<|message|>{body}<|call|>"
        ),
        format!(
            "analysisThe person wants flights.assistantcommentary to=functions.search_flights json{body}"
        ),
        format!("commentary to=functions.search_flights json{body}"),
        format!("<think>I should search.<tool_call>{named}</tool_call>"),
        format!("<think>hm</think>\n\n<tool_call>{named}</tool_call>"),
        named.clone(),
        parameters.clone(),
        encoded.clone(),
        of_type.clone(),
        format!("  \n{named}\n"),
        format!("[{named}]"),
        format!("{{\"tool_calls\": [{of_type}]}}"),
        format!("```json\n{named}\n```"),
        format!("```\n{named}\n```"),
        format!("<think>hm</think>{named}"),
        format!("[{python}]"),
        python.to_owned(),
        format!("functools[{named}]"),
        format!("<answer>{named}</answer>"),
        format!("hm</think>{named}"),
    ] {
        assert_eq!(
            calls(&text),
            [("search_flights".to_owned(), whole.clone())],
            "{text}"
        );
    }
}

#[test]
fn several_calls_come_in_their_order() {
    let (a, b) = (
        r#"{"name": "get_airport_code", "arguments": {"city": "Rome"}}"#,
        r#"{"name": "get_airport_code", "arguments": {"city": "Oslo"}}"#,
    );
    let kimi = |nth: u8, city: &str| {
        format!(
            "<|tool_call_begin|>functions.get_airport_code:{nth}<|tool_call_argument_begin|>{{\"city\": \"{city}\"}}<|tool_call_end|>"
        )
    };
    for text in [
        format!("<tool_call>{a}</tool_call>\n<tool_call>{b}</tool_call>"),
        format!("<tool_call>{a}\n{b}</tool_call>"),
        format!("<tool_call>{a}<tool_call>{b}</tool_call>"),
        format!("[TOOL_CALLS][{a}, {b}]"),
        format!("<|python_tag|>{a}; {b}"),
        format!("{a}\n{b}"),
        format!("[{a}, {b}]"),
        "[TOOL_CALLS]get_airport_code[ARGS]{\"city\": \"Rome\"}[TOOL_CALLS]get_airport_code[ARGS]{\"city\": \"Oslo\"}".to_owned(),
        "[get_airport_code(city=\"Rome\"), get_airport_code(city=\"Oslo\")]".to_owned(),
        format!("<|tool_calls_section_begin|>{}{}<|tool_calls_section_end|>", kimi(0, "Rome"), kimi(1, "Oslo")),
        "<invoke name=\"get_airport_code\"><parameter name=\"city\">Rome</parameter></invoke><invoke name=\"get_airport_code\"><parameter name=\"city\">Oslo</parameter></invoke>".to_owned(),
    ] {
        let cities: Vec<_> = calls(&text).into_iter().map(|(_, arguments)| arguments["city"].clone()).collect();
        assert_eq!(cities, ["Rome", "Oslo"], "{text}");
    }
}

#[test]
fn text_around_a_call_stays() {
    let call =
        r#"<tool_call>{"name": "get_airport_code", "arguments": {"city": "Rome"}}</tool_call>"#;
    for text in [
        format!("Let me see.\n{call}"),
        format!("{call}\n\nLet me see."),
        format!("Let {call} me see."),
    ] {
        let (shown, written) = read(&text);
        assert_eq!(shown.trim_end(), "Let me see.");
        assert_eq!(written.len(), 1);
        assert!(written[0].marked && !written[0].calls.is_empty());
    }
    // Without markers it is hidden, too.
    let (shown, written) =
        read(r#"Let me see. {"name": "get_airport_code", "arguments": {"city": "Rome"}}"#);
    assert_eq!(shown.trim_end(), "Let me see.");
    assert!(!written[0].marked);
    // What a tool is said to have answered is made up.
    shows(
        "Let me see. <tool_response>{\"code\": \"ROM\"}</tool_response>",
        "Let me see. ",
    );
}

#[test]
fn a_call_that_cannot_be_read_is_not_shown_either() {
    for text in [
        "<tool_call>{\"name\": \"search_flights\", \"arguments\": {\"depar</tool_call>",
        "<tool_call>{\"name\": \"search_flights\", \"arguments\": {\"depar",
        "<tool_call></tool_call>",
        "<tool_call>I want to search",
        "[TOOL_CALLS]oops",
        "{\"name\": \"search_flights\", \"arguments\": {\"departure\": \"PA",
        "```xml\n<tool_call>{\"name\": \"search_flights\", \"arguments\": {}}</tool_call>\n```",
    ] {
        let (shown, written) = read(text);
        assert_eq!(shown, "", "{text:?}");
        assert!(
            matches!(&*written, [Written { calls, .. }] if calls.is_empty()),
            "{text:?} {written:?}"
        );
    }
}

#[test]
fn text_stays_text_where_the_schema_says_so() {
    let text = "<function=get_airport_code><parameter=city>75001</parameter></function>";
    assert_eq!(calls(text)[0].1, json!({"city": "75001"}));
    let text = "<function=search_flights><parameter=nonstop>True</parameter><parameter=adults>2</parameter></function>";
    assert_eq!(calls(text)[0].1, json!({"nonstop": true, "adults": 2}));
    let text = "<tool_call>{\"name\": \"search_flights\", \"arguments\": {departure: 'PAR', nonstop: True,}}</tool_call>";
    assert_eq!(
        calls(text)[0].1,
        json!({"departure": "PAR", "nonstop": true})
    );
}

#[test]
fn brackets_that_were_forgotten_are_closed_and_a_call_that_broke_off_is_not() {
    let call = r#"{"name": "get_airport_code", "arguments": {"city": "Rome"}"#;
    let found = calls(&format!("<tool_call>{call}\n</tool_call>"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1["city"], "Rome");
    for cut in [
        format!("<tool_call>{call}"),
        format!("<tool_call>\n{call}\n</tool_"),
    ] {
        let (shown, written) = read(&cut);
        assert_eq!(shown, "");
        assert!(
            written.iter().all(|written| written.calls.is_empty()),
            "{cut}"
        );
    }
}
