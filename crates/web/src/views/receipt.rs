//! What an answer took: model, time, tokens, cost, tools, and where its trace is.

use agent::{answer::Answer, locale::Locale};
use askama::Template;

use super::{format, grafana, message::Surroundings};
use crate::i18n::Texts;

/// The drawer under an answer.
#[derive(Template)]
#[template(path = "partials/receipt.html")]
pub struct Receipt {
    t: &'static Texts,
    rows: Vec<(&'static str, String)>,
    tools: Vec<ToolRow>,
    /// Absent where there is no viewer to show it.
    trace_id: Option<String>,
    grafana: Option<String>,
}

struct ToolRow {
    name: String,
    time: String,
    source: Option<String>,
}

impl Receipt {
    /// Of an answer that is over.
    #[must_use]
    pub fn new(answer: &Answer, around: &Surroundings<'_>) -> Self {
        let locale = around.locale;
        let tools = answer.tool_calls.iter().map(|call| ToolRow {
            name: call.name.clone(),
            time: format::latency(call.latency_ms, locale),
            source: call.source.clone(),
        });
        Self {
            t: Texts::of(locale),
            rows: rows(answer, locale),
            tools: tools.collect(),
            trace_id: around.has_viewer.then(|| answer.trace_id.clone()),
            grafana: around
                .grafana_url
                .map(|url| grafana::trace(url, &answer.trace_id)),
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
            .replace("{total}", &number(usage.total_tokens))
            .replace("{in}", &number(usage.prompt_tokens))
            .replace("{cached}", &number(usage.cached_tokens))
            .replace("{out}", &number(usage.completion_tokens))
    });
    let cost = match usage.estimated_cost_usd {
        None => Some(t.unknown_cost.to_owned()),
        Some(_) if usage.total_tokens == 0 => is_ours.then(|| t.no_cost.to_owned()),
        Some(usd) => Some(t.estimated.replace("{usd}", &format::usd(usd, locale))),
    };
    let ungrounded = answer.ungrounded.len();
    [
        model.map(|model| (t.model, model)),
        Some((t.duration, format::latency(answer.latency_ms, locale))),
        first.map(|ms| (t.first_text, format::latency(ms, locale))),
        Some((t.rounds, answer.iterations.to_string())),
        tokens.map(|tokens| (t.tokens, tokens)),
        // A model that said nothing of tokens, or was never asked, leaves nothing to add up.
        cost.map(|cost| (t.cost, cost)),
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

    fn around(locale: Locale) -> Surroundings<'static> {
        Surroundings {
            locale,
            zone: const { &jiff::tz::TimeZone::UTC },
            now: jiff::Timestamp::UNIX_EPOCH,
            proposal: None,
            has_viewer: true,
            grafana_url: Some("https://grafana.example/"),
        }
    }

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
        let receipt = Receipt::new(&answer, &around(locale));
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
            html.contains("1,234: 1,200 in, 900 of them cached; 34 out"),
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
        // Of someone else's, nothing is known where nothing was counted: not that it was free.
        let html = shown(UsageRecord::NOTHING, "ollama", Locale::Fr);
        assert!(!html.contains("Coût<") && !html.contains('$'), "{html}");
        let free = UsageRecord {
            total_tokens: 12,
            ..UsageRecord::NOTHING
        };
        assert!(shown(free, "ollama", Locale::En).contains("$0 (estimate)"));
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
        let around = Surroundings {
            has_viewer: false,
            grafana_url: None,
            ..around(Locale::En)
        };
        let html = Receipt::new(&samples::answer(), &around).render().unwrap();
        assert!(!html.contains("href"), "{html}");
    }
}
