//! Thoughts, channels and wrappers.

use super::{read, shows};

#[test]
fn thoughts_of_every_kind_are_not_shown() {
    for text in [
        "<think>hm</think>Three flights.",
        "<think>\nhm\n</think>\n\nThree flights.",
        "<THINK>hm</THINK> Three flights.",
        "<think time=\"3\">hm</think>Three flights.",
        "<think >hm</think >Three flights.",
        "<think></think>\n\nThree flights.",
        "<think/>Three flights.",
        "<thinking>hm</thinking>Three flights.",
        "<thinking>hm</think>Three flights.",
        "<thought>hm</thought>Three flights.",
        "<reasoning>hm</reasoning>Three flights.",
        "<reasoning>hm</reasoning>\n<answer>\nThree flights.\n</answer>",
        "<think>a</think><think>b</think>Three flights.",
        "<think>a<think>b</think>c</think>Three flights.",
        "<think>\n<think>a</think>Three flights.",
        "<think>the tag <think> is mine</think>Three flights.",
        "<think>a < b, [1], {x} and </thin> too</think>Three flights.",
        "<think>I could write <tool_call>{\"name\":\"search_flights\",\"arguments\":{}}</tool_call></think>Three flights.",
        "<think>and then <answer>no</answer></think>Three flights.",
        "[THINK]hm[/THINK]Three flights.",
        "◁think▷hm◁/think▷Three flights.",
        "<seed:think>hm</seed:think>Three flights.",
        "<mm:think>hm</mm:think>Three flights.",
        "<|begin_of_thought|>hm<|end_of_thought|><|begin_of_solution|>Three flights.<|end_of_solution|>",
        "<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>Three flights.<|END_RESPONSE|>",
        "<unused94>thought\nhm<unused95>Three flights.",
        "<|channel>thought\nhm<channel|>Three flights.",
        "<think>hm</think><response>Three flights.</response>",
        "<final>Three flights.</final>",
        "Here is my thought process: hm. Here is my response: Three flights.",
        "Here's my thought process:\nhm\n\nHere's my response:\nThree flights.",
        "<think>never closed <answer>Three flights.</answer>",
        "Three flights.<|im_end|>",
        "<|im_start|>assistant\nThree flights.<|im_end|>",
    ] {
        shows(text, "Three flights.");
    }
}

#[test]
fn what_stands_around_a_thought_keeps_its_shape() {
    shows("Here are <think>hm</think> three.", "Here are three.");
    shows("One.\n\n<think>hm</think>\n\nTwo.", "One.\n\nTwo.");
    shows("One.\n<think>hm</think>\n\nTwo.", "One.\n\nTwo.");
    shows("One.<think>hm</think>Two.", "One.Two.");
    shows("hm\n</think>\n\nThree flights.", "Three flights.");
    shows("a</think>b</think>Three flights.", "Three flights.");
}

#[test]
fn a_thought_that_is_not_closed_is_never_shown() {
    for text in [
        "<think>hm",
        "<think>hm</thin",
        "[THINK]hm",
        "<|channel|>analysis<|message|>hm",
        "<thin",
    ] {
        shows(text, "");
    }
    shows("Three flights. <think>hm", "Three flights. ");
    shows("analysisWe need flights", "");
}

#[test]
fn harmony_shows_its_final_channel_alone() {
    for text in [
        "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Three flights.<|return|>",
        "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Three flights.",
        "<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Three flights.<|end|>",
        "<|channel|>analysis<|message|>hm<|start|>assistant<|channel|>final<|message|>Three flights.",
        "<|channel|>analysis<|message|>hm<|end|>assistant<|channel|>final<|message|>Three flights.",
        "<|channel|>analysis<|message|>hm<|end|>final<|message|>Three flights.",
        "<|channel|>analysis<|message|>hm<|end|>Three flights.",
        "<|channel|>commentary<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Three flights.",
        "<|channel|>final<|message|>Three flights.",
        "<|channel|>final <|constrain|>text<|message|>Three flights.",
        "analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Three flights.",
        "assistant<|channel|>final<|message|>Three flights.",
        "final<|message|>Three flights.",
        "analysisThe person wants flights.assistantfinalThree flights.",
        "analysis\nThe person wants flights.\n\nassistantfinal\n\nThree flights.",
        "analysisOne.assistantanalysisTwo.assistantfinalThree flights.",
        "assistantfinalThree flights.",
    ] {
        shows(text, "Three flights.");
    }
    shows(
        "analysis of the market: none.",
        "analysis of the market: none.",
    );
    shows(
        "Analysis: none. An assistant, final.",
        "Analysis: none. An assistant, final.",
    );
}

#[test]
fn code_is_shown_as_it_is() {
    for text in [
        "The tag `<think>` opens a thought, `</think>` ends it.",
        "So:\n\n```xml\n<think>hm</think>\n<tool_call>{}</tool_call>\n```\n\nThat is all.",
        "~~~\n<think>\n~~~",
        "```\n<think>hm</think>\n```",
        "``a ` <think>`` is code",
    ] {
        shows(text, text);
    }
    shows(
        "A ` is alone.\n<think>hm</think>Three.",
        "A ` is alone.\nThree.",
    );
    shows("`a` and <think>hm</think> b", "`a` and b");
    shows("```\na\n```\n<think>hm</think>b", "```\na\n```\nb");
}

#[test]
fn what_only_looks_like_markup_is_text() {
    for text in [
        "a < b and c > d",
        "<b>bold</b>",
        "[THINK about it](x)",
        "[1] and [link](http://a.b)",
        "{\"city\": \"Rome\"}",
        "{\"name\": \"Rome\", \"country\": \"Italy\"}",
        "{not json",
        "x <thi",
        "```json\n{\"city\": \"Rome\"}\n```",
        "```rust\nfn main() {}\n```\nDone.",
        "<https://example.org>",
        "~5 h, ~~old~~",
        "search",
        "analysis",
        "A [b",
        "Here is my list: a.",
        "[{\"city\": \"Rome\"}]",
        "final answer: none",
        "assistant",
        "search_flights is a tool.",
    ] {
        let (shown, written) = read(text);
        assert_eq!(shown, text);
        assert!(written.is_empty(), "{text:?}");
    }
}
