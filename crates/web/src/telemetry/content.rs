//! Which attributes and log fields hold what people, models and tools say.

use obs::Content;

use super::bounded;

/// Each passes redaction and bound before anyone sees it.
pub(super) const CONTENT: Content = Content {
    attributes: &[
        ("gen_ai.input.messages", bounded::json),
        ("gen_ai.output.messages", bounded::json),
        ("gen_ai.system_instructions", bounded::json),
        ("gen_ai.tool.definitions", bounded::json),
        ("gen_ai.tool.call.arguments", bounded::json),
        ("gen_ai.tool.call.result", bounded::json),
        ("llm.error.message", bounded::text),
    ],
    fields: &[
        ("message_text", bounded::text),
        ("reply_text", bounded::text),
        ("error_text", bounded::text),
    ],
};
