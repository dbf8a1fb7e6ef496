pub struct Planner;
impl super::ChatModel for Planner {
    fn provider(&self) -> &str {
        "builtin"
    }
    fn name(&self) -> &str {
        "planner-1"
    }
    fn stream(&self, _: std::sync::Arc<super::ChatRequest>) -> super::ModelStream {
        Box::pin(futures::stream::iter([
            Ok(super::ModelEvent::Text("hello".into())),
            Ok(super::ModelEvent::Finish(super::FinishReason::Stop)),
        ]))
    }
}
