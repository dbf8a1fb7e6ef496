//! Streamed answers: cut anywhere, they assemble to the same.

use llm::{Answer, Assembler, FinishReason, ModelEvent, ToolCall, Usage};
use proptest::{prelude::*, sample::Index};

/// A piece of call `index`.
fn piece(index: u32, id: Option<&str>, name: Option<&str>, arguments: &str) -> ModelEvent {
    ModelEvent::ToolCall {
        index,
        id: id.map(str::to_owned),
        name: name.map(str::to_owned),
        arguments: arguments.to_owned(),
    }
}

/// `text` cut at these places, in order; some pieces may be empty.
fn cut<'a>(text: &'a str, cuts: &[Index]) -> Vec<&'a str> {
    let boundaries: Vec<_> = (0..=text.len())
        .filter(|at| text.is_char_boundary(*at))
        .collect();
    let mut at: Vec<_> = cuts.iter().map(|cut| *cut.get(&boundaries)).collect();
    at.extend([0, text.len()]);
    at.sort_unstable();
    at.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// The pieces of one call: id and name come with the first.
fn pieces(index: u32, call: &ToolCall, cuts: &[Index]) -> Vec<ModelEvent> {
    cut(&call.arguments, cuts)
        .into_iter()
        .enumerate()
        .map(|(nth, part)| {
            let first = nth == 0;
            piece(
                index,
                first.then_some(&*call.id),
                first.then_some(&*call.name),
                part,
            )
        })
        .collect()
}

/// Takes from the lists in turn as `picks` say, each list in its own order.
fn interleave(mut lists: Vec<Vec<ModelEvent>>, picks: &[Index]) -> Vec<ModelEvent> {
    lists.iter_mut().for_each(|list| list.reverse());
    let (mut mixed, mut pick) = (Vec::new(), picks.iter().cycle());
    while lists.iter().any(|list| !list.is_empty()) {
        lists.retain(|list| !list.is_empty());
        let at = pick.next().map_or(0, |index| index.index(lists.len()));
        mixed.extend(lists[at].pop());
    }
    mixed
}

fn assemble(events: Vec<ModelEvent>) -> Answer {
    let mut assembler = Assembler::default();
    for event in &events {
        assembler.push(event).unwrap();
    }
    assembler.finish()
}

fn call() -> impl Strategy<Value = ToolCall> {
    ("[a-z]{1,8}", "[a-z_]{1,12}", r#"[{}":,a-zé€ 0-9]{0,40}"#).prop_map(|(id, name, arguments)| {
        ToolCall {
            id,
            name,
            arguments,
        }
    })
}

fn indexes() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 0..12)
}

proptest! {
    #[test]
    fn any_cut_of_any_calls_gives_the_same_answer(
        calls in prop::collection::vec((call(), indexes()), 0..5),
        text in "[a-zé€ \n]{0,40}",
        text_cuts in indexes(),
        picks in indexes(),
    ) {
        let mut lists: Vec<_> = (0..)
            .zip(&calls)
            .map(|(index, (call, cuts))| pieces(index, call, cuts))
            .collect();
        let texts = cut(&text, &text_cuts).into_iter();
        lists.push(texts.map(|part| ModelEvent::Text(part.to_owned())).collect());
        let mut events = interleave(lists, &picks);
        let usage = Usage { prompt: 3, completion: 2, cached: 1, cache_written: 0, reasoning: 0 };
        events.push(ModelEvent::Usage(Usage::default()));
        events.push(ModelEvent::Usage(usage));
        events.push(ModelEvent::Finish(FinishReason::ToolCalls));
        let expected = Answer {
            text,
            tool_calls: calls.into_iter().map(|(call, _)| call).collect(),
            usage: Some(usage),
            id: None,
            model: None,
            finish: Some(FinishReason::ToolCalls),
            reasoning: String::new(),
            markup: llm::markup::Markup::default(),
            beside: None,
        };
        prop_assert_eq!(assemble(events), expected);
    }
}

#[test]
fn indexes_may_have_gaps_and_come_in_any_order() {
    let answer = assemble(vec![
        piece(7, None, Some("last"), "{}"),
        piece(2, Some("b"), Some("first"), "{}"),
        piece(7, None, None, " "),
    ]);
    let calls: Vec<_> = answer
        .tool_calls
        .iter()
        .map(|call| (&*call.id, &*call.name, &*call.arguments))
        .collect();
    // A call without an id gets one from its position.
    assert_eq!(calls, [("b", "first", "{}"), ("call_7", "last", "{} ")]);
    assert_eq!(answer.finish, None);
}
