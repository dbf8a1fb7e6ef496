//! The tabs of a trace.

use agent::locale::Locale;
use serde::Deserialize;

use super::{messages, trace::Around};
use crate::{
    i18n::{trace_page::TracePageTexts, viewer::ViewerTexts},
    traces::lookup::Found,
};

/// A way to look at a trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Facts, critical path, waterfall.
    #[default]
    Summary,
    /// What models were told and answered.
    Messages,
    /// Tool calls.
    Tools,
    /// Log lines.
    Logs,
    /// OTLP/JSON.
    Raw,
}

impl Tab {
    const ALL: [Self; 5] = [
        Self::Summary,
        Self::Messages,
        Self::Tools,
        Self::Logs,
        Self::Raw,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Messages => "messages",
            Self::Tools => "tools",
            Self::Logs => "logs",
            Self::Raw => "raw",
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        let (p, v) = (TracePageTexts::of(locale), ViewerTexts::of(locale));
        match self {
            Self::Summary => p.summary,
            Self::Messages => p.messages,
            Self::Tools => v.tools,
            Self::Logs => v.logs,
            Self::Raw => p.raw,
        }
    }
}

/// A link to a tab.
#[derive(Debug)]
pub(super) struct TabLink {
    pub(super) href: String,
    pub(super) label: &'static str,
    pub(super) is_open: bool,
}

/// All, or all but the messages where there is none to be seen.
pub(super) fn tabs(found: &Found, around: &Around, locale: Locale) -> Vec<TabLink> {
    let has_messages = around.captures_content || messages::are_in(&found.trace.spans);
    let shown = |tab: &Tab| has_messages || *tab != Tab::Messages || around.tab == *tab;
    let id = found.trace.trace_id;
    let link = |tab: Tab| TabLink {
        href: match tab {
            Tab::Summary => format!("/traces/{id}"),
            _ => format!("/traces/{id}?tab={}", tab.as_str()),
        },
        label: tab.label(locale),
        is_open: tab == around.tab,
    };
    Tab::ALL.into_iter().filter(shown).map(link).collect()
}
