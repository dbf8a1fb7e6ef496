//! A server under test: a child process, and what `/proc` tells of it.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
};

/// What `/proc/PID/stat` counts in: a hundredth of a second on every Linux.
const TICK_MS: f64 = 10.0;
/// Longest that a start may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; killed when dropped.
pub(crate) struct Server {
    child: Child,
    id: u32,
    /// `127.0.0.1:port`.
    pub(crate) address: String,
    /// From its start to its saying that it listens.
    pub(crate) ready: Duration,
}

impl Server {
    /// Starts it with nothing in its environment but this.
    pub(crate) async fn start(
        binary: &Path,
        arguments: &[String],
        environment: &[(&str, String)],
    ) -> anyhow::Result<Self> {
        let begun = Instant::now();
        let mut child = Command::new(binary)
            .args(arguments)
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let id = child.id().context("the server ended at once")?;
        let mut stdout = BufReader::new(child.stdout.take().context("no stdout")?);
        let mut line = String::new();
        let address = loop {
            line.clear();
            let read = tokio::time::timeout(PATIENCE, stdout.read_line(&mut line)).await??;
            anyhow::ensure!(read > 0, "{} ended at once", binary.display());
            if let Some(address) = line.trim().strip_prefix("listening on http://") {
                break address.to_owned();
            }
        };
        let ready = begun.elapsed();
        // Its log lines have to go somewhere.
        tokio::spawn(async move {
            let mut lines = vec![0; 64 << 10];
            while let Ok(1..) = stdout.read(&mut lines).await {}
        });
        Ok(Self {
            child,
            id,
            address,
            ready,
        })
    }

    /// Ends it at once.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Asks it to end, and waits until it has.
    pub(crate) async fn end(mut self) -> anyhow::Result<()> {
        let asked = format!("kill -TERM {}", self.id);
        let asked = Command::new("sh").args(["-c", &asked]).status().await?;
        anyhow::ensure!(asked.success(), "cannot signal the server");
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await??;
        anyhow::ensure!(ended.success(), "the server ended with {ended}");
        Ok(())
    }

    /// Processor time so far, of user and kernel, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> anyhow::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id))?;
        // The name in parentheses may hold spaces.
        let (_, fields) = stat.rsplit_once(')').context("no name in stat")?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let ticks = |at: usize| {
            fields
                .get(at)
                .context("short stat")
                .and_then(|n| Ok(n.parse::<f64>()?))
        };
        Ok((ticks(11)? + ticks(12)?) * TICK_MS)
    }

    /// Resident memory, in MiB.
    pub(crate) fn resident_mib(&self) -> anyhow::Result<f64> {
        self.status("VmRSS:")
    }

    /// Most resident memory so far, in MiB.
    pub(crate) fn peak_mib(&self) -> anyhow::Result<f64> {
        self.status("VmHWM:")
    }

    /// Open file descriptors.
    pub(crate) fn descriptors(&self) -> anyhow::Result<usize> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.id))?.count())
    }

    fn status(&self, field: &str) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let value = status.lines().find_map(|line| line.strip_prefix(field));
        let kib = value.and_then(|value| value.split_whitespace().next());
        Ok(kib.context("no such field in status")?.parse::<f64>()? / 1024.0)
    }
}
