//! What every server under test stands in: the scripted model, the sink, the question; and the servers.

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::json;
use testkit::{
    Sink,
    llm::{Answer, Delivery, RapidLlm, Usage},
};

use crate::{client::Question, process::Server};

/// How far ahead the search looks: the schedule knows the day whenever this runs.
const DAYS_AHEAD: i32 = 40;
/// About sixty tokens without a price, a time or a flight number, which the application would check.
const REPLY: &str = "Here is what I found for the two of you from Lyon to New York. The offers beside this message \
    are sorted by price, the cheapest of them has one stop, and the most comfortable one is nonstop. \
    Times are local at each airport. Tell me which of them suits you best, or whether you would rather \
    leave on another day, and I will look again right away.";

/// The pace of a real model.
const FIRST_TOKEN: Duration = Duration::from_millis(300);
const BETWEEN_TOKENS: Duration = Duration::from_millis(20);

/// The scripted model, the sink and the binaries.
pub(crate) struct Setting {
    pub(crate) model: RapidLlm,
    pub(crate) sink: Sink,
    message: String,
    travel_agent: PathBuf,
    floor: PathBuf,
    disk: PathBuf,
}

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
    /// Little memory for the trace viewer.
    OursSmallViewer,
    /// The least memory for everything that has a limit: what grows then has none.
    OursSmall,
}

/// A kind of load.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// So many clients that want the answer whole.
    Json(usize),
    /// So many clients that read a stream, as fast as it can be.
    Sse(usize),
    /// So many clients that read a stream at the pace of a real model.
    Streams(usize),
}

impl Case {
    pub(crate) fn name(self) -> String {
        match self {
            Self::Json(clients) => format!("JSON, {clients}"),
            Self::Sse(clients) => format!("SSE, {clients}"),
            Self::Streams(clients) => format!("{clients} realistic streams"),
        }
    }

    pub(crate) fn clients(self) -> usize {
        match self {
            Self::Json(clients) | Self::Sse(clients) | Self::Streams(clients) => clients,
        }
    }

    /// Those that are worth comparing under this load.
    pub(crate) fn variants(self) -> Vec<Variant> {
        use Variant::{Floor, FloorWhole, Ours, OursInMemory, OursSmallViewer, OursUntraced};
        match self {
            Self::Json(_) => vec![Floor, FloorWhole, Ours, OursUntraced, OursInMemory],
            Self::Sse(_) => vec![Floor, Ours, OursUntraced, OursInMemory],
            Self::Streams(_) => vec![Floor, Ours, OursSmallViewer],
        }
    }

    fn delivery(self) -> Delivery {
        match self {
            Self::Json(_) => Delivery::AtOnce,
            Self::Sse(_) => Delivery::ByToken,
            Self::Streams(_) => Delivery::Paced {
                first: FIRST_TOKEN,
                between: BETWEEN_TOKENS,
            },
        }
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
            Self::OursSmallViewer => "ours, viewer of 8 MiB",
            Self::OursSmall => "ours, least memory",
        }
    }
}

impl Setting {
    pub(crate) async fn new(
        travel_agent: PathBuf,
        floor: PathBuf,
        disk: PathBuf,
    ) -> anyhow::Result<Self> {
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
            message: format!("A flight from Lyon to New York on {day} for 2 adults"),
            travel_agent,
            floor,
            disk,
        })
    }

    /// What is asked under this load; the model delivers as the load wants it.
    pub(crate) fn question(&self, case: Case) -> Arc<Question> {
        self.model.deliver(case.delivery());
        Arc::new(Question {
            message: self.message.clone(),
            reply: REPLY.to_owned(),
            streaming: !matches!(case, Case::Json(_)),
        })
    }

    /// Starts a server with an empty database.
    pub(crate) async fn start(&self, variant: Variant) -> anyhow::Result<Server> {
        let mut environment = vec![
            ("BIND_ADDR", "127.0.0.1:0".to_owned()),
            ("LLM_BASE_URL", self.model.base_url()),
            ("OTLP_ENDPOINT", self.sink.endpoint()),
        ];
        match variant {
            Variant::Floor => {}
            Variant::FloorWhole => environment.push(("FLOOR_WHOLE", "true".to_owned())),
            _ => environment.extend(self.of_ours(variant)?),
        }
        let binary = match variant {
            Variant::Floor | Variant::FloorWhole => &self.floor,
            _ => &self.travel_agent,
        };
        Server::start(binary, &environment).await
    }

    fn of_ours(&self, variant: Variant) -> anyhow::Result<Vec<(&'static str, String)>> {
        let folder = match variant {
            Variant::OursInMemory => PathBuf::from("/dev/shm/travel-agent-bench"),
            _ => self.disk.clone(),
        };
        // What an earlier server stored is not this one's.
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let database = folder.join("travel-agent.db");
        let mut environment = vec![
            ("DATABASE_URL", format!("sqlite://{}", database.display())),
            ("LLM_PROVIDER", "openai-compatible".to_owned()),
            ("LLM_MODEL", "scripted".to_owned()),
            ("DEFAULT_TIME_ZONE", "Europe/Paris".to_owned()),
            ("RATE_LIMIT_TURNS_PER_MINUTE", "0".to_owned()),
            ("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "0".to_owned()),
            ("MAX_CONCURRENT_TURNS", "8192".to_owned()),
        ];
        match variant {
            Variant::OursUntraced => environment.push(("OTEL_SDK_DISABLED", "true".to_owned())),
            Variant::OursSmallViewer => environment.push(("VIEWER_MEMORY_MIB", "8".to_owned())),
            Variant::OursSmall => environment.extend([
                ("VIEWER_MEMORY_MIB", "1".to_owned()),
                ("ENDED_TURNS_MEMORY_MIB", "1".to_owned()),
            ]),
            _ => {}
        }
        Ok(environment)
    }
}
