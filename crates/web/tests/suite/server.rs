//! The real binary as a child process.

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::visitor::Visitor;

/// Longest that a start or an end may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The server.
pub(super) const BINARY: &str = env!("CARGO_BIN_EXE_travel-agent");

/// A running server; killed when dropped.
pub(super) struct Server {
    child: Child,
    /// `http://127.0.0.1:port`.
    pub(super) url: String,
    lines: Arc<Mutex<Vec<String>>>,
    reader: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Starts the binary on a free port with an in-memory database and no export, but for what
    /// `environment` says otherwise.
    pub(super) async fn start(environment: &[(&str, &str)]) -> Self {
        Self::start_printing_to(environment, Stdio::inherit()).await
    }

    /// The same with its stderr going there.
    pub(super) async fn start_printing_to(
        environment: &[(&str, &str)],
        stderr: impl Into<Stdio>,
    ) -> Self {
        Self::start_by(Command::new(BINARY), environment, stderr).await
    }

    /// The same, where a write beyond [`Self::limit_files`] fails as on a full disk, and does not end
    /// the process.
    pub(super) async fn start_with_limited_files(environment: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "trap '' XFSZ; exec \"$0\"", BINARY]);
        Self::start_by(shell, environment, Stdio::inherit()).await
    }

    /// A command that starts the binary so.
    pub(super) fn prepare(mut command: Command, environment: &[(&str, &str)]) -> Command {
        command
            .current_dir(std::env::temp_dir())
            .env_clear()
            .env("BIND_ADDR", "127.0.0.1:0")
            .env("DATABASE_URL", "sqlite::memory:")
            .env("DEFAULT_TIME_ZONE", "Europe/Paris")
            .env("OTEL_SDK_DISABLED", "true")
            .env("RATE_LIMIT_TURNS_PER_MINUTE", "0")
            .env("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "0")
            .envs(environment.iter().copied());
        command
    }

    /// The same with a command that becomes the binary.
    pub(super) async fn start_by(
        command: Command,
        environment: &[(&str, &str)],
        stderr: impl Into<Stdio>,
    ) -> Self {
        let mut child = Self::prepare(command, environment)
            .stdout(Stdio::piped())
            .stderr(stderr)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut early = Vec::new();
        let url = loop {
            let line = tokio::time::timeout(PATIENCE, stdout.next_line()).await;
            let line = line.unwrap().unwrap().expect("the server ended at once");
            match line.strip_prefix("listening on ") {
                Some(url) => break url.to_owned(),
                // A start after a crash has something to log.
                None => early.push(line),
            }
        };
        let lines = Arc::new(Mutex::new(early));
        let reader = tokio::spawn({
            let lines = Arc::clone(&lines);
            async move {
                while let Ok(Some(line)) = stdout.next_line().await {
                    lines.lock().unwrap().push(line);
                }
            }
        });
        Self {
            child,
            url,
            lines,
            reader,
        }
    }

    /// Someone with a cookie jar of their own.
    pub(super) fn visitor(&self) -> Visitor {
        Visitor::new(&self.url)
    }

    /// The log lines so far, each of which must be JSON.
    pub(super) fn log(&self) -> Vec<Value> {
        let lines = self.lines.lock().unwrap();
        lines
            .iter()
            .map(|line| serde_json::from_str(line).expect(line))
            .collect()
    }

    /// Sends SIGTERM and waits for the end; the log is complete then.
    pub(super) async fn terminate(&mut self) -> std::process::ExitStatus {
        self.signal("-TERM").await;
        self.ended().await
    }

    /// Waits for the end; the log is complete then.
    pub(super) async fn ended(&mut self) -> std::process::ExitStatus {
        let status = tokio::time::timeout(PATIENCE, self.child.wait())
            .await
            .unwrap()
            .unwrap();
        (&mut self.reader).await.unwrap();
        status
    }

    /// Longest that its files may become, in bytes; `None` = any length.
    pub(super) async fn limit_files(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        // Only the soft limit, which can be raised again.
        let status = Command::new("prlimit")
            .args(["--pid", &self.id().to_string()])
            .arg(format!("--fsize={limit}:"))
            .status();
        assert!(status.await.unwrap().success());
    }

    /// Process id.
    pub(super) fn id(&self) -> u32 {
        self.child.id().expect("the server runs")
    }

    /// Kills the process as a crash would.
    pub(super) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Sends a signal, such as `-TERM`.
    pub(super) async fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(name)
            .arg(self.id().to_string())
            .status()
            .await
            .unwrap();
        assert!(status.success());
    }

    /// Resident memory, in KiB.
    pub(super) fn resident_kib(&self) -> u64 {
        let id = self.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}
