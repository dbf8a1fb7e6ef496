//! What every server under test stands in: the scripted model, the sink, the question, its database.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::json;
use testkit::{
    Sink,
    llm::{Answer, RapidLlm, Usage},
};

use crate::{case::Case, client::Question, process::Server, stored::Stored, variant::Variant};

/// How far ahead the search looks: the schedule knows the day whenever this runs.
const DAYS_AHEAD: i32 = 40;
/// About sixty tokens without a price, a time or a flight number, which the application would check.
const REPLY: &str = "Here is what I found for the two of you from Lyon to New York. The offers beside this message \
    are sorted by price, the cheapest of them has one stop, and the most comfortable one is nonstop. \
    Times are local at each airport. Tell me which of them suits you best, or whether you would rather \
    leave on another day, and I will look again right away.";

/// The scripted model, the sink and the binaries.
pub(crate) struct Setting {
    pub(crate) model: RapidLlm,
    pub(crate) sink: Sink,
    /// What [`Variant::OursStored`] begins with.
    pub(crate) stored: Option<Stored>,
    message: String,
    binaries: Binaries,
    disk: PathBuf,
}

/// What is started.
pub(crate) struct Binaries {
    pub(crate) travel_agent: PathBuf,
    pub(crate) floor: PathBuf,
}

impl Setting {
    pub(crate) async fn new(binaries: Binaries, disk: PathBuf) -> anyhow::Result<Self> {
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let day = today.checked_add(DAYS_AHEAD.days())?;
        let arguments = json!({
            "departure": "LYS", "arrival": "NYC", "date": day.to_string(), "adults": 2,
        });
        let usage = Usage {
            prompt: 1_500,
            completion: 60,
            cached: 0,
            cache_write: 0,
            reasoning: 0,
        };
        let call = Answer::call("search_flights", arguments).with_usage(usage);
        let text = Answer::text(REPLY).with_usage(usage);
        Ok(Self {
            model: RapidLlm::start(call, text).await?,
            sink: Sink::start().await?,
            stored: None,
            message: format!("A flight from Lyon to New York on {day} for 2 adults"),
            binaries,
            disk,
        })
    }

    /// What is asked under this load; the model delivers as the load wants it.
    pub(crate) fn question(&self, case: Case) -> Arc<Question> {
        self.model.deliver(case.delivery());
        Arc::new(self.ask(!matches!(case, Case::Json(_))))
    }

    /// What is asked, for an answer as a whole or as a stream.
    pub(crate) fn ask(&self, streaming: bool) -> Question {
        Question {
            message: self.message.clone(),
            reply: REPLY.to_owned(),
            streaming,
        }
    }

    /// Starts a server; its database is empty, or a copy of the one that is filled.
    pub(crate) async fn start(&self, variant: Variant) -> anyhow::Result<Server> {
        if variant.is_ours() {
            let folder = self.folder(variant);
            // What an earlier server stored is not this one's.
            if folder.exists() {
                std::fs::remove_dir_all(&folder)?;
            }
            std::fs::create_dir_all(&folder)?;
            if let (Variant::OursStored, Some(stored)) = (variant, &self.stored) {
                copy(stored.folder(), &folder)?;
            }
        }
        self.restart(variant).await
    }

    /// Starts a server on the database that the last one left.
    pub(crate) async fn restart(&self, variant: Variant) -> anyhow::Result<Server> {
        let mut environment = vec![
            ("BIND_ADDR", "127.0.0.1:0".to_owned()),
            ("LLM_BASE_URL", self.model.base_url()),
            ("OTLP_ENDPOINT", self.sink.endpoint()),
        ];
        if variant.is_ours() {
            let database = self.folder(variant).join("travel-agent.db");
            environment.extend([
                ("DATABASE_URL", format!("sqlite://{}", database.display())),
                ("LLM_PROVIDER", "openai-compatible".to_owned()),
                ("LLM_MODEL", "scripted".to_owned()),
                ("DEFAULT_TIME_ZONE", "Europe/Paris".to_owned()),
                ("RATE_LIMIT_TURNS_PER_MINUTE", "0".to_owned()),
                ("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "0".to_owned()),
                ("MAX_CONCURRENT_TURNS", "8192".to_owned()),
            ]);
        }
        let own = variant.environment().iter();
        environment.extend(own.map(|&(name, value)| (name, value.to_owned())));
        match variant {
            Variant::Peer(peer) => {
                Server::start(&peer.program, &peer.arguments, &environment).await
            }
            Variant::Floor | Variant::FloorWhole => {
                Server::start(&self.binaries.floor, &[], &environment).await
            }
            _ => Server::start(&self.binaries.travel_agent, &[], &environment).await,
        }
    }

    /// Where its database is.
    pub(crate) fn folder(&self, variant: Variant) -> PathBuf {
        match variant {
            Variant::OursInMemory => PathBuf::from("/dev/shm/travel-agent-bench"),
            _ => self.disk.clone(),
        }
    }
}

/// Copies the files of a folder, down to the disk: the server's own writes would wait for them.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let copied = to.join(entry.file_name());
        std::fs::copy(entry.path(), &copied)?;
        std::fs::File::open(copied)?.sync_all()?;
    }
    Ok(())
}
