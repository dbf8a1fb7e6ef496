//! What an answer took: model, time, tokens, cost, tools, and where its trace is.

use agent::{answer::Answer, locale::Locale};
use askama::Template;

use super::{format, grafana};
use crate::i18n::Texts;

/// The drawer under an answer.
#[derive(Template)]
#[template(path = "partials/receipt.html")]
pub struct Receipt {
    t: &'static Texts,
    rows: Vec<(&'static str, String)>,
    tools: Vec<ToolRow>,
    trace_id: String,
    grafana: Option<String>,
}

struct ToolRow {
    name: String,
    time: String,
}

impl Receipt {
    /// Of an answer that is over.
    #[must_use]
    pub fn new(answer: &Answer, locale: Locale, grafana_url: Option<&str>) -> Self {
        let tools = answer.tool_calls.iter().map(|call| ToolRow {
            name: call.name.clone(),
            time: format::latency(call.latency_ms, locale),
        });
        Self {
            t: Texts::of(locale),
            rows: rows(answer, locale),
            tools: tools.collect(),
            trace_id: answer.trace_id.clone(),
            grafana: grafana_url.map(|url| grafana::trace(url, &answer.trace_id)),
        }
    }
}

fn rows(answer: &Answer, locale: Locale) -> Vec<(&'static str, String)> {
    let t = &Texts::of(locale).receipt;
    let usage = &answer.usage;
    let number = |tokens| format::integer(tokens, locale);
    let is_ours = answer
        .model
        .as_ref()
        .is_some_and(|model| model.provider == "builtin");
    let model = answer.model.as_ref();
    let model = model.map(|model| format!("{} · {}", model.provider, model.name));
    let first = answer.time_to_first_text_ms;
    let tokens = (usage.total_tokens > 0).then(|| {
        t.tokens_of
            .replace("{in}", &number(usage.prompt_tokens))
            .replace("{cached}", &number(usage.cached_tokens))
            .replace("{out}", &number(usage.completion_tokens))
    });
    let cost = match usage.estimated_cost_usd {
        None => t.unknown_cost.to_owned(),
        Some(_) if is_ours && usage.total_tokens == 0 => t.no_cost.to_owned(),
        Some(usd) => t.estimated.replace("{usd}", &format::usd(usd)),
    };
    let ungrounded = answer.ungrounded.len();
    [
        model.map(|model| (t.model, model)),
        Some((t.duration, format::latency(answer.latency_ms, locale))),
        first.map(|ms| (t.first_text, format::latency(ms, locale))),
        Some((t.rounds, answer.iterations.to_string())),
        tokens.map(|tokens| (t.tokens, tokens)),
        Some((t.cost, cost)),
        (ungrounded > 0).then(|| (t.ungrounded, ungrounded.to_string())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use agent::answer::{ModelName, UsageRecord};

    use super::*;
    use crate::views::samples;

    fn shown(usage: UsageRecord, provider: &str, locale: Locale) -> String {
        let model = ModelName {
            provider: provider.to_owned(),
            name: "some".to_owned(),
        };
        let answer = Answer {
            model: Some(model),
            usage,
            time_to_first_text_ms: Some(1_234.0),
            ..samples::answer()
        };
        let receipt = Receipt::new(&answer, locale, Some("https://grafana.example/"));
        receipt.render().unwrap()
    }

    #[test]
    fn an_unknown_cost_is_said_and_is_not_nothing() {
        let usage = UsageRecord {
            prompt_tokens: 1_200,
            completion_tokens: 34,
            cached_tokens: 900,
            total_tokens: 1_234,
            estimated_cost_usd: None,
        };
        let html = shown(usage, "openai", Locale::En);
        assert!(
            html.contains("unknown: no price") && !html.contains('$'),
            "{html}"
        );
        assert!(
            html.contains("1,200 in, 900 of them cached; 34 out"),
            "{html}"
        );
        assert!(html.contains("1.2\u{a0}s"), "{html}");
        let priced = UsageRecord {
            estimated_cost_usd: Some(0.012),
            ..usage
        };
        assert!(shown(priced, "openai", Locale::En).contains("$0.0120 (estimate)"));
    }

    #[test]
    fn the_built_in_model_costs_nothing_and_says_why() {
        let html = shown(UsageRecord::NOTHING, "builtin", Locale::Fr);
        assert!(html.contains("le modèle intégré"), "{html}");
        // A free model of someone else's is none of ours.
        let html = shown(UsageRecord::NOTHING, "ollama", Locale::Fr);
        assert!(!html.contains("le modèle intégré"), "{html}");
    }

    #[test]
    fn grafana_opens_the_same_trace() {
        let html = shown(UsageRecord::NOTHING, "builtin", Locale::En);
        let id = samples::answer().trace_id;
        assert!(html.contains(&format!("href=\"/traces/{id}\"")), "{html}");
        assert!(
            html.contains("https://grafana.example/explore?schemaVersion=1"),
            "{html}"
        );
    }
}
