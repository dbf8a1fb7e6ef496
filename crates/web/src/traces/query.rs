//! Which traces a reader asks for.

use std::sync::Arc;

use agent::{
    intent::Intent,
    telemetry::names::{LLM_CALL, TOOL_CALL, TURN},
};
use obs::{Span, Value};
use serde::{Deserialize, Serialize};

use crate::{
    problem::FieldError,
    traces::{
        order::Order,
        range::{Here, Range},
        search::Words,
        summary::{Status, named, root},
    },
};

/// Lines of the list where the reader says nothing.
pub const DEFAULT_LIMIT: usize = 50;
/// Most lines of the list.
pub const MAX_LIMIT: usize = 200;
/// Intent of a turn that ended before it was detected.
pub const UNKNOWN_INTENT: &str = "unknown";
const MAX_NAME_CHARS: usize = 100;

/// The parameters as they are typed; a form sends empty ones for what was not filled in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawQuery {
    /// An intent.
    pub intent: String,
    /// `ok`, `error` or `stopped`.
    pub status: String,
    /// Shortest duration, in milliseconds.
    pub min_ms: String,
    /// Name of a tool that was called.
    pub tool: String,
    /// Name of a model that was called.
    pub model: String,
    /// Most lines.
    pub limit: String,
    /// Words that the trace must hold.
    pub q: String,
    /// `turn` (default), or `all` for requests that are no turn too.
    pub kind: String,
    /// `hour`, `day` or `week`: began in the last one.
    pub since: String,
    /// Began then or later.
    pub from: String,
    /// Began then or earlier.
    pub to: String,
    /// A column, with `-` in front where the greatest comes first.
    pub sort: String,
}

impl RawQuery {
    /// The same in another order, as it stands in an address; what is empty is left out.
    #[must_use]
    pub fn sorted(&self, order: Order) -> String {
        let sort = match order == Order::default() {
            true => String::new(),
            false => order.to_query(),
        };
        let other = Self {
            sort,
            ..self.clone()
        };
        let fields = serde_json::to_value(&other).unwrap_or_default();
        let said = |(name, value): (&String, &serde_json::Value)| {
            Some((name.clone(), said(value.as_str()?)?.to_owned()))
        };
        let pairs: Vec<_> = fields
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(said)
            .collect();
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }
}

/// Which traces are wanted; absent means any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    intent: Option<&'static str>,
    status: Option<Status>,
    min_ms: Option<f64>,
    tool: Option<String>,
    model: Option<String>,
    range: Range,
    /// Words that the trace must hold. Not a part of [`Filter::accepts`]: looking for them takes long.
    pub words: Option<Words>,
    /// Most traces to list.
    pub limit: usize,
    /// Requests that are no turn too; for the admin alone.
    pub all_kinds: bool,
    /// What comes first.
    pub order: Order,
}

impl Filter {
    /// The newest turns, whatever they are.
    #[must_use]
    pub fn newest(limit: usize) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Reads the parameters, or names the one that cannot be used.
    pub fn parse(raw: &RawQuery, here: &Here) -> Result<Self, FieldError> {
        Ok(Self {
            intent: said(&raw.intent).map(intent).transpose()?,
            status: said(&raw.status).map(status).transpose()?,
            min_ms: said(&raw.min_ms).map(milliseconds).transpose()?,
            tool: said(&raw.tool).map(|text| name("tool", text)).transpose()?,
            model: said(&raw.model)
                .map(|text| name("model", text))
                .transpose()?,
            range: Range::parse(raw, here)?,
            order: Order::parse(&raw.sort)?,
            words: said(&raw.q).map(words).transpose()?.flatten(),
            limit: said(&raw.limit).map_or(Ok(DEFAULT_LIMIT), limit)?,
            all_kinds: match said(&raw.kind) {
                None | Some("turn") => false,
                Some("all") => true,
                Some(_) => return Err(error("kind", "must be turn or all")),
            },
        })
    }

    /// The same for one trace more.
    #[must_use]
    pub fn with_one_more(self) -> Self {
        Self {
            limit: self.limit + 1,
            ..self
        }
    }

    /// Whether a trace is wanted.
    #[must_use]
    pub fn accepts(&self, spans: &[Arc<Span>]) -> bool {
        let Some(root) = root(spans, self.all_kinds) else {
            return false;
        };
        self.range.holds(root.start_ns)
            && self.min_ms.is_none_or(|least| root.duration_ms() >= least)
            && self.status.is_none_or(|status| Status::of(root) == status)
            && self.intent.is_none_or(|intent| has_intent(root, intent))
            && called(spans, TOOL_CALL, "tool.name", self.tool.as_deref())
            && called(spans, LLM_CALL, "llm.model", self.model.as_deref())
    }
}

fn has_intent(root: &Span, intent: &str) -> bool {
    let recorded = root.attributes.get("agent.intent").and_then(Value::as_str);
    root.name == TURN && recorded.unwrap_or(UNKNOWN_INTENT) == intent
}

fn called(spans: &[Arc<Span>], span: &str, key: &str, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return true };
    let name = |span: &Span| span.attributes.get(key).and_then(Value::as_str) == Some(wanted);
    named(spans, span).any(name)
}

pub(super) fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

pub(super) fn error(field: &str, message: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    }
}

fn intent(text: &str) -> Result<&'static str, FieldError> {
    Intent::ALL
        .map(Intent::as_str)
        .into_iter()
        .chain([UNKNOWN_INTENT])
        .find(|name| *name == text)
        .ok_or_else(|| error("intent", "must be the name of an intent"))
}

fn status(text: &str) -> Result<Status, FieldError> {
    Status::ALL
        .into_iter()
        .find(|status| status.as_str() == text)
        .ok_or_else(|| error("status", "must be ok, error or stopped"))
}

fn milliseconds(text: &str) -> Result<f64, FieldError> {
    text.parse()
        .ok()
        .filter(|ms: &f64| ms.is_finite() && *ms >= 0.0)
        .ok_or_else(|| error("min_ms", "must be a number of milliseconds from 0"))
}

fn words(text: &str) -> Result<Option<Words>, FieldError> {
    match text.chars().count() <= MAX_NAME_CHARS {
        true => Ok(Words::of(text)),
        false => Err(error("q", "must have at most 100 characters")),
    }
}

fn limit(text: &str) -> Result<usize, FieldError> {
    text.parse()
        .ok()
        .filter(|limit| (1..=MAX_LIMIT).contains(limit))
        .ok_or_else(|| error("limit", "must be a whole number from 1 to 200"))
}

fn name(field: &str, text: &str) -> Result<String, FieldError> {
    if text.chars().any(char::is_control) || text.chars().count() > MAX_NAME_CHARS {
        return Err(error(
            field,
            "must be a name of at most 100 characters, without control characters",
        ));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{request, span, turn};

    fn filter(query: &str) -> Result<Filter, FieldError> {
        let here = Here {
            now: "2026-11-22T10:30:00Z".parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
        };
        Filter::parse(&serde_urlencoded::from_str(query).unwrap(), &here)
    }

    fn accepts(query: &str, spans: &[Arc<Span>]) -> bool {
        filter(query).unwrap().accepts(spans)
    }

    #[test]
    fn each_condition_counts() {
        let turn = turn();
        for query in [
            "",
            "intent=&status=&min_ms=&tool=&model=&limit=&kind=",
            "since=hour&from=2026-11-22T10:00&to=2026-11-22T10:00",
            "intent=planning&status=ok&min_ms=100&tool=search_flights&model=planner-1",
        ] {
            assert!(accepts(query, &turn), "{query}");
        }
        for query in [
            "intent=unknown",
            "status=error",
            "min_ms=100.1",
            "tool=check_price",
            "model=gpt",
            "from=2026-11-22T10:01",
        ] {
            assert!(!accepts(query, &turn), "{query}");
        }
    }

    #[test]
    fn a_turn_that_failed_before_detection_has_an_unknown_intent() {
        let failed = [span("a1", None, TURN, 0, 1, r#"{"error.type": "panic"}"#)];
        assert!(accepts("intent=unknown&status=error", &failed));
    }

    #[test]
    fn requests_that_are_no_turn_are_listed_on_demand() {
        assert!(!accepts("", &request()));
        assert!(accepts("kind=all", &request()));
        assert!(!accepts("kind=all&intent=unknown", &request()));
    }

    #[test]
    fn an_address_keeps_the_filter_and_says_no_default() {
        let raw: RawQuery =
            serde_urlencoded::from_str("tool=a%26b&limit=&sort=cost&q=x+y").unwrap();
        let by_tokens = Order::parse("-tokens").unwrap();
        assert_eq!(raw.sorted(by_tokens), "q=x+y&sort=-tokens&tool=a%26b");
        assert_eq!(raw.sorted(Order::default()), "q=x+y&tool=a%26b");
        assert_eq!(RawQuery::default().sorted(Order::default()), "");
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (query, field) in [
            ("intent=holiday", "intent"),
            ("status=OK", "status"),
            ("min_ms=-1", "min_ms"),
            ("min_ms=NaN", "min_ms"),
            ("min_ms=inf", "min_ms"),
            ("limit=0", "limit"),
            ("limit=201", "limit"),
            ("limit=1.5", "limit"),
            ("tool=a%00b", "tool"),
            ("kind=http", "kind"),
            ("since=month", "since"),
            ("from=now", "from"),
            ("sort=door", "sort"),
            (&*format!("q={}", "x".repeat(101)), "q"),
        ] {
            assert_eq!(filter(query).unwrap_err().field, field, "{query}");
        }
        assert_eq!(filter("limit=200").unwrap().limit, 200);
        assert_eq!(filter("").unwrap().limit, DEFAULT_LIMIT);
    }
}
