//! The viewer in the app.

use clap::Args;

/// The viewer.
#[derive(Clone, Copy, Debug, Args)]
pub struct ViewerConfig {
    /// The viewer in the app; without it no trace is kept here
    #[arg(long, env = "VIEWER", default_value_t = true, action = clap::ArgAction::Set, global = true)]
    pub viewer: bool,

    /// Memory for recent traces, in MiB
    #[arg(long, env = "VIEWER_MEMORY_MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=65_536), global = true)]
    pub viewer_memory_mib: u32,
}

impl ViewerConfig {
    /// Memory for recent traces, in bytes; none without the viewer.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        match self.viewer {
            true => (self.viewer_memory_mib as usize) << 20,
            false => 0,
        }
    }
}
