//! The registry: the one dispatch, and the one tool span.

use std::{
    collections::BTreeMap,
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use schemars::JsonSchema;
use serde_json::{Map, Value};
use tokio::time::Instant;
use tracing::{Instrument, field};

use super::{
    Tool, ToolContext, ToolError, ToolOutput, ToolResult,
    arguments::{as_object, fitted},
    names::meant,
    schema,
};
use crate::{
    faults::Faults,
    language::places,
    llm::ToolSpec,
    message::ToolCall,
    prompt::tier::Tier,
    telemetry::{SpanGuard, content, names, spans},
};

/// A tool without its argument type.
trait AnyTool: Send + Sync {
    fn spec(&self) -> &ToolSpec;
    fn essential(&self) -> bool;
    fn direct(&self) -> bool;
    fn label(&self) -> (&'static str, &'static str);
    fn safe(&self) -> &'static [(&'static str, &'static str)];
    fn call<'a>(
        &'a self,
        context: &'a ToolContext,
        arguments: Map<String, Value>,
    ) -> BoxFuture<'a, Result<ToolOutput, ToolError>>;
}

struct Erased<T> {
    tool: T,
    spec: ToolSpec,
    /// Of the arguments, in full: what a model is told may be less.
    schema: Value,
}

impl<T: Tool> AnyTool for Erased<T> {
    fn spec(&self) -> &ToolSpec {
        &self.spec
    }

    fn essential(&self) -> bool {
        T::ESSENTIAL
    }

    fn direct(&self) -> bool {
        T::DIRECT
    }

    fn label(&self) -> (&'static str, &'static str) {
        T::LABEL
    }

    fn safe(&self) -> &'static [(&'static str, &'static str)] {
        T::SAFE
    }

    fn call<'a>(
        &'a self,
        context: &'a ToolContext,
        arguments: Map<String, Value>,
    ) -> BoxFuture<'a, Result<ToolOutput, ToolError>> {
        async move {
            let arguments = Value::Object(fitted(arguments, &self.schema));
            let args = serde_path_to_error::deserialize(arguments).map_err(misfit)?;
            self.tool.call(context, args).await
        }
        .boxed()
    }
}

/// An argument that does not fit, by its name: so can the model mend it.
fn misfit(error: serde_path_to_error::Error<serde_json::Error>) -> ToolError {
    let (path, problem) = (error.path().to_string(), error.inner().to_string());
    // What is missing or unknown is named by the error itself.
    if path == "." || problem.contains(&format!("field `{path}`")) {
        return unreadable(problem);
    }
    ToolError::Unreadable {
        argument: Some(path),
        problem,
    }
}

/// Arguments of which none by itself is at fault.
fn unreadable(problem: impl Into<String>) -> ToolError {
    ToolError::Unreadable {
        argument: None,
        problem: problem.into(),
    }
}

/// The JSON schema of a tool's arguments, as every server takes it.
fn parameters<Args: JsonSchema>() -> Value {
    schema::portable(&schemars::schema_for!(Args).to_value())
}

/// A finished tool call.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The call.
    pub call: ToolCall,
    /// Its result.
    pub result: ToolResult,
    /// Wall-clock time.
    pub elapsed: Duration,
}

/// All tools of the agent.
pub struct Registry {
    tools: BTreeMap<&'static str, Box<dyn AnyTool>>,
    told: Told,
    timeout: Duration,
    faults: Faults,
}

/// What models of each tier are told: put together once, and shared by all turns.
#[derive(Default)]
struct Told {
    light: OnceLock<Arc<[ToolSpec]>>,
    fast: OnceLock<Arc<[ToolSpec]>>,
    full: OnceLock<Arc<[ToolSpec]>>,
}

impl Registry {
    /// An empty registry; a call may take `timeout`.
    #[must_use]
    pub fn new(timeout: Duration, faults: Faults) -> Self {
        Self {
            tools: BTreeMap::new(),
            told: Told::default(),
            timeout,
            faults,
        }
    }

    /// Adds a tool.
    #[must_use]
    pub fn with<T: Tool>(mut self, tool: T) -> Self {
        let spec = ToolSpec {
            name: T::NAME,
            description: T::DESCRIPTION,
            parameters: parameters::<T::Args>().into(),
        };
        let schema = schemars::schema_for!(T::Args).to_value();
        let tool = Erased { tool, spec, schema };
        self.tools.insert(T::NAME, Box::new(tool));
        self.told = Told::default();
        self
    }

    /// What a model of this tier is told.
    #[must_use]
    pub fn specs(&self, tier: Tier) -> Arc<[ToolSpec]> {
        let of_tier = match tier {
            Tier::Light => &self.told.light,
            Tier::Fast => &self.told.fast,
            Tier::Full => &self.told.full,
        };
        let specs = || self.offered(tier).map(|tool| tool.spec().clone()).collect();
        Arc::clone(of_tier.get_or_init(specs))
    }

    /// The tools that programs may call outside a turn.
    pub fn direct(&self) -> impl Iterator<Item = &ToolSpec> {
        let tools = self.tools.values().filter(|tool| tool.direct());
        tools.map(|tool| tool.spec())
    }

    /// Every tool's name with what it is doing, in French and in English.
    pub fn labels(&self) -> impl Iterator<Item = (&'static str, (&'static str, &'static str))> {
        let tools = self.tools.iter();
        tools.map(|(name, tool)| (*name, tool.label()))
    }

    fn offered(&self, tier: Tier) -> impl Iterator<Item = &dyn AnyTool> {
        let tools = self.tools.values().map(AsRef::as_ref);
        tools.filter(move |tool| match tier {
            Tier::Light => false,
            Tier::Fast => tool.essential(),
            Tier::Full => true,
        })
    }

    /// A call as it is meant: the tool of this tier that the name means, and arguments that are an object
    /// where they can be. What cannot be understood stays as the model wrote it.
    #[must_use]
    pub fn understood(&self, tier: Tier, call: ToolCall) -> ToolCall {
        let offered: Vec<_> = self.offered(tier).map(|tool| tool.spec().name).collect();
        let name = meant(&call.name, &offered).map(str::to_owned);
        ToolCall {
            id: call.id,
            name: name.unwrap_or(call.name),
            arguments: as_object(&call.arguments),
        }
    }

    /// Runs one call in its span. A tool that is unknown or not of the context's tier, bad arguments, a
    /// timeout and a panic are told to the model; only [`ToolError::Fatal`] ends the turn.
    pub async fn dispatch(&self, context: &ToolContext, call: ToolCall) -> Finished {
        let known = self.tools.get(&*call.name);
        let guard = spans::tool_call(
            known.map_or(names::OTHER, |tool| tool.spec().name),
            &call.id,
        );
        if let Some(door) = context.direct {
            guard.record("agent.door", door.as_str());
        }
        if let Some(conversation) = context.conversation {
            guard.record("gen_ai.conversation.id", field::display(conversation));
        }
        if context.capture_content {
            content::record_arguments(&guard, &call);
        }
        let start = Instant::now();
        let run = self.run(context, &call, &guard);
        let outcome = AssertUnwindSafe(tokio::time::timeout(self.timeout, run))
            .catch_unwind()
            .instrument(guard.span().clone())
            .await;
        let (result, error_type) = match outcome {
            Ok(Ok(Ok(output))) => (Ok(Arc::new(output)), ""),
            Ok(Ok(Err((error, kind)))) => (Err(error), kind),
            Ok(Err(_)) => (Err(ToolError::TimedOut), "timeout"),
            Err(_) => (Err(ToolError::Panicked), "panic"),
        };
        if context.capture_content {
            match &result {
                Ok(output) => content::record_result(&guard, &output.text),
                Err(error) => content::record_result(&guard, &error.to_string()),
            }
        }
        settle(guard, &result, error_type);
        Finished {
            call,
            result,
            elapsed: start.elapsed(),
        }
    }

    async fn run(
        &self,
        context: &ToolContext,
        call: &ToolCall,
        guard: &SpanGuard,
    ) -> Result<ToolOutput, (ToolError, &'static str)> {
        let mut offered = self.offered(context.tier);
        let Some(tool) = offered.find(|tool| tool.spec().name == call.name) else {
            let names: Vec<_> = self
                .offered(context.tier)
                .map(|tool| tool.spec().name)
                .collect();
            let message = if names.is_empty() {
                "unknown tool; there are none in this turn".to_owned()
            } else {
                format!("unknown tool; the tools are {}", names.join(", "))
            };
            return Err((ToolError::RespondToModel(message), "unknown_tool"));
        };
        let arguments = match call.json() {
            Ok(Value::Object(arguments)) => arguments,
            Ok(_) => {
                return Err(told(unreadable("they must be a JSON object")));
            }
            Err(error) => return Err(told(unreadable(error.to_string()))),
        };
        for (argument, field) in tool.safe() {
            if let Some(Value::String(value)) = arguments.get(*argument)
                && (is_plain(value) || places::is_name(value))
            {
                guard.record(field, value.as_str());
            }
        }
        self.faults
            .before_tool()
            .map_err(|error| (error, "injected_fault"))?;
        tool.call(context, arguments).await.map_err(told)
    }
}

/// Whether a value is codes, days or one of the closed words that arguments have. A model may write anything into an argument, and what a
/// person said must not get onto a span: only such values, and names of places, do.
fn is_plain(value: &str) -> bool {
    const WORDS: [&str; 14] = [
        "economy",
        "premium_economy",
        "business",
        "first",
        "budget",
        "mid",
        "comfort",
        "relaxed",
        "normal",
        "full",
        "route",
        "day",
        "sights",
        "quarters",
    ];
    value.split(',').map(str::trim).all(|part| {
        let code = part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let day = !part.is_empty()
            && part.len() <= 10
            && part
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        code || day || WORDS.contains(&part)
    })
}

/// A tool's error with its `error.type`.
const fn told(error: ToolError) -> (ToolError, &'static str) {
    let kind = error.error_type();
    (error, kind)
}

/// What telemetry says of a failed call. Never the error's own text: it may quote the model, and so
/// the person.
fn described(error_type: &str) -> &'static str {
    match error_type {
        "bad_arguments" => "the arguments cannot be used",
        "unknown_tool" => "there is no such tool in this turn",
        "timeout" => "the tool took too long",
        "panic" => "the tool failed internally",
        "injected_fault" => "a fault was injected",
        "tool_failed" => "the tool failed for good",
        _ => "the tool answered with an error",
    }
}

fn settle(guard: SpanGuard, result: &ToolResult, error_type: &str) {
    match result {
        Ok(output) => {
            guard.record("tool.success", true);
            guard.record(
                "tool.result_count",
                i64::try_from(output.result_count).unwrap_or(i64::MAX),
            );
            if let Some(source) = output.source {
                guard.record("tool.source", source);
            }
            guard.succeed();
        }
        Err(_) => {
            guard.record("tool.success", false);
            let description = described(error_type);
            guard.span().in_scope(|| {
                tracing::warn!(
                    error.type = error_type,
                    error = description,
                    "tool call failed"
                );
            });
            guard.fail(error_type, description);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_text_is_not_plain() {
        for value in [
            "LYS",
            "NYC, lon",
            "2027-01-12",
            "2027-01",
            "premium_economy",
        ] {
            assert!(is_plain(value), "{value}");
        }
        for value in [
            "",
            "my name is Bob",
            "bob@example.com",
            "Robert",
            "+33612345678",
        ] {
            assert!(!is_plain(value), "{value}");
        }
    }
}
