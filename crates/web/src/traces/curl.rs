//! Requests as commands that people paste into a shell.

use serde_json::json;

use crate::caller::visitor::COOKIE;

/// How the reader of the page shows who it is, without its secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// On the machine itself: not at all.
    #[default]
    None,
    /// By the admin key, which the command takes from a variable.
    AdminKey,
    /// By the visitor's cookie, which the command takes from a variable.
    Cookie,
}

/// Reads the trace as OTLP/JSON.
#[must_use]
pub fn read(base: &str, trace_id: &str, credentials: Credentials) -> String {
    let url = quote(&format!("{base}/api/traces/{trace_id}?format=otlp"));
    format!("curl{} {url}", flags(credentials))
}

/// Asks the same again, as a visitor of its own: a key opens traces and no conversations.
#[must_use]
pub fn ask(base: &str, message: &str) -> String {
    let url = quote(&format!("{base}/api/chat"));
    let body = quote(&json!({"message": message}).to_string());
    format!("curl {url} \\\n  -H 'content-type: application/json' \\\n  -d {body}")
}

fn flags(credentials: Credentials) -> String {
    match credentials {
        Credentials::None => String::new(),
        Credentials::AdminKey => " -H \"Authorization: Bearer $ADMIN_KEY\"".to_owned(),
        Credentials::Cookie => format!(" -b \"{COOKIE}=$VISITOR\""),
    }
}

/// In single quotes nothing means anything to a POSIX shell but their end.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What a shell hands to the command.
    fn arguments(command: &str) -> Vec<String> {
        let script = command.replacen("curl", "printf '%s\\0'", 1);
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.trim_end_matches('\0')
            .split('\0')
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_shell_reads_what_was_meant_whatever_the_message_says() {
        for message in [
            "Un vol Paris New York",
            "l'hôtel d'à côté",
            "$(touch /tmp/x); `id` \"quoted\" \\ 'x'",
            "two\nlines\t!",
        ] {
            let command = ask("http://localhost:8080", message);
            let arguments = arguments(&command);
            let body: serde_json::Value = serde_json::from_str(&arguments[4]).unwrap();
            assert_eq!(body, json!({"message": message}));
            assert_eq!(arguments[0], "http://localhost:8080/api/chat");
            assert_eq!(
                arguments[1..4],
                ["-H", "content-type: application/json", "-d"]
            );
        }
    }

    #[test]
    fn no_secret_is_in_a_command() {
        let command = read("https://x", "4bf9", Credentials::AdminKey);
        assert_eq!(
            command,
            "curl -H \"Authorization: Bearer $ADMIN_KEY\" 'https://x/api/traces/4bf9?format=otlp'"
        );
        let command = read("https://x", "4bf9", Credentials::Cookie);
        assert!(
            command.contains("-b \"travel_agent_visitor=$VISITOR\""),
            "{command}"
        );
    }
}
