//! The context of a call, as a conversation that has just begun gives it.

use std::sync::Arc;

use agent::{
    conversation::ConversationState, locale::Locale, prompt::tier::Tier, tools::ToolContext,
    travel::Currency,
};

/// A morning in Paris, in English and euros.
pub(crate) fn of_a_call() -> ToolContext {
    ToolContext {
        now: "2026-11-29T10:00:00+01:00[Europe/Paris]".parse().unwrap(),
        locale: Locale::En,
        currency: Currency::eur(),
        state: Arc::new(ConversationState::default()),
        confirmed: None,
        tier: Tier::Full,
        direct: None,
        conversation: None,
        capture_content: false,
    }
}
