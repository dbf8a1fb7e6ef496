//! The servers under test, and how each is set up.

use std::{path::PathBuf, str::FromStr};

use anyhow::Context;

/// A server and how it is set up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The bare server; every call of the model is streamed.
    Floor,
    /// The same, which asks for whole answers where the client wants no stream.
    FloorWhole,
    /// The application: database on disk, telemetry on.
    Ours,
    /// Telemetry off.
    OursUntraced,
    /// The database in a file system in memory.
    OursInMemory,
    /// Little memory for the trace viewer, none for ended turns.
    OursTight,
    /// The least memory for everything that has a limit: what grows then has none.
    OursSmall,
    /// A database that holds the conversations of many.
    OursStored,
    /// The built-in model.
    OursPlanner,
    /// A server on another library.
    Peer(&'static Peer),
}

/// A server on another library that makes the same calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    name: String,
    /// What starts it: a program and its arguments.
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
}

impl FromStr for Peer {
    type Err = anyhow::Error;

    /// Reads `name=program argument argument`.
    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (name, command) = text.split_once('=').context("not NAME=COMMAND")?;
        let mut words = command.split_whitespace().map(str::to_owned);
        Ok(Self {
            name: name.to_owned(),
            program: words.next().context("no command")?.into(),
            arguments: words.collect(),
        })
    }
}

impl Variant {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::FloorWhole => "floor, whole answers of the model",
            Self::Ours => "ours",
            Self::OursUntraced => "ours, telemetry off",
            Self::OursInMemory => "ours, database in memory",
            Self::OursTight => "ours, viewer of 8 MiB, no ended turns",
            Self::OursSmall => "ours, least memory",
            Self::OursStored => "ours, conversations stored",
            Self::OursPlanner => "ours, built-in model",
            Self::Peer(peer) => &peer.name,
        }
    }

    /// Whether it is the application.
    pub(crate) const fn is_ours(self) -> bool {
        !matches!(self, Self::Floor | Self::FloorWhole | Self::Peer(_))
    }

    /// What only this one has in its environment.
    pub(crate) const fn environment(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::FloorWhole => &[("FLOOR_WHOLE", "true")],
            Self::OursUntraced => &[("OTEL_SDK_DISABLED", "true")],
            Self::OursPlanner => &[("LLM_PROVIDER", "builtin")],
            Self::OursTight => &[("VIEWER_MEMORY_MIB", "8"), ("ENDED_TURNS_MEMORY_MIB", "0")],
            Self::OursSmall => &[("VIEWER_MEMORY_MIB", "1"), ("ENDED_TURNS_MEMORY_MIB", "1")],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_a_name_and_a_command() {
        let peer: Peer = "LangChain=venv/bin/python server.py --mode=x"
            .parse()
            .unwrap();
        assert_eq!(peer.name, "LangChain");
        assert_eq!(peer.program, PathBuf::from("venv/bin/python"));
        assert_eq!(peer.arguments, ["server.py", "--mode=x"]);
        for wrong in ["rig", "rig=", "rig= "] {
            assert!(wrong.parse::<Peer>().is_err(), "{wrong:?}");
        }
    }
}
