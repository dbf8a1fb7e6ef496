//! What a panic says: where it was, and nothing else.
//!
//! The text of a panic may hold what a model or a person wrote (a slice that was cut in the midst of a
//! character quotes all of it), and the default hook prints it.

use std::{io::Write, panic::PanicHookInfo};

/// Replaces the default hook.
pub fn hide_texts() {
    std::panic::set_hook(Box::new(|info| {
        let line = line(&jiff::Timestamp::now().to_string(), &place(info));
        // Not by `tracing`: the panic may have come from there.
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }));
}

fn place(info: &PanicHookInfo<'_>) -> String {
    let place = info.location();
    place.map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()))
}

/// One line of JSON, as every line of the log.
fn line(timestamp: &str, place: &str) -> String {
    let line = serde_json::json!({
        "timestamp": timestamp,
        "level": "ERROR",
        "message": "a panic",
        "target": "web::panics",
        "location": place,
    });
    format!("{line}\n")
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_panic_is_one_line_of_json() {
        let line = line("2026-11-29T00:00:00Z", "a \"quoted\"\nplace.rs:1");
        assert_eq!(line.matches('\n').count(), 1);
        let read: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["location"], "a \"quoted\"\nplace.rs:1");
    }
}
