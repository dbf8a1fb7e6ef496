//! Requests as commands that people paste into a shell.

use serde_json::json;

/// How the reader of the page shows who it is, without its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// On the machine itself: not at all.
    None,
    /// By the admin key, which the command takes from a variable.
    AdminKey,
    /// By the visitor's cookie, which the command takes from a file.
    CookieJar,
}

/// Reads the trace as OTLP/JSON.
#[must_use]
pub fn read(base: &str, trace_id: &str, credentials: Credentials) -> String {
    let url = quote(&format!("{base}/api/traces/{trace_id}?format=otlp"));
    format!("curl{} {url}", flags(credentials))
}

/// Asks the same again, in a conversation of its own.
#[must_use]
pub fn ask(base: &str, message: &str, credentials: Credentials) -> String {
    let url = quote(&format!("{base}/api/chat"));
    let body = quote(&json!({"message": message}).to_string());
    // A key opens traces, not conversations: whoever asks is a visitor.
    let flags = match credentials {
        Credentials::CookieJar => flags(credentials),
        Credentials::None | Credentials::AdminKey => "",
    };
    format!("curl{flags} {url} \\\n  -H 'content-type: application/json' \\\n  -d {body}")
}

const fn flags(credentials: Credentials) -> &'static str {
    match credentials {
        Credentials::None => "",
        Credentials::AdminKey => " -H \"Authorization: Bearer $ADMIN_KEY\"",
        Credentials::CookieJar => " -b cookies.txt -c cookies.txt",
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
            let command = ask("http://localhost:8080", message, Credentials::None);
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
        assert!(ask("https://x", "hi", Credentials::CookieJar).contains("-b cookies.txt"));
        assert!(!ask("https://x", "hi", Credentials::AdminKey).contains("ADMIN_KEY"));
    }
}
