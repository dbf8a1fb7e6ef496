//! What a build by profile learns from: the loads that are measured, and the built-in model, pages and
//! the viewer besides. Servers end by themselves, since that is when they write down what they counted.

use std::time::Duration;

use anyhow::{Context, ensure};

use crate::{
    case::Case,
    client::{Client, Question},
    load, say,
    setting::Setting,
    variant::Variant,
};

/// Clients of the built-in model.
const CLIENTS: usize = 4;

/// What people say to the built-in model, a conversation a line.
const CONVERSATIONS: [&[&str]; 6] = [
    &[
        "Je veux aller à New York en janvier",
        "depuis Lyon, du 12 au 20, 2 adultes",
        "plutôt sans escale, et le moins cher",
    ],
    &[
        "A flight from Madrid to Tokyo next Friday, back two weeks later, business class",
        "what is there to see there?",
    ],
    &[
        "Bonjour, que faire à Lisbonne avec des enfants ?",
        "et un vol depuis Genève le premier week-end de mars",
    ],
    &[
        "When is the cheapest time to fly from Paris to Rome in May?",
        "plan me three days there",
        "make the second day about food",
    ],
    &["Il faut un visa pour aller de France au Vietnam ?"],
    &["how much is 250 CHF in euros, and will it rain in Porto tomorrow?"],
];

/// Each load for so long.
pub(crate) async fn run(setting: &Setting, seconds: f64) -> anyhow::Result<()> {
    let time = Duration::from_secs_f64(seconds);
    for case in [
        Case::Json(16),
        Case::Json(1),
        Case::Sse(16),
        Case::Streams(64),
    ] {
        say(&case.name())?;
        let server = setting.start(Variant::Ours).await?;
        let question = setting.question(case);
        let clients = (0..case.clients()).map(|_| Client::new(&server.address));
        let load = load::run(&server, &question, clients.collect(), Duration::ZERO, time).await?;
        ensure!(load.errors.is_empty(), "wrong answers: {:?}", load.errors);
        server.end().await?;
    }
    say("the built-in model, pages and the viewer")?;
    let server = setting.start(Variant::OursPlanner).await?;
    let until = tokio::time::Instant::now() + time;
    let talks = (0..CLIENTS).map(|at| talk(Client::new(&server.address), at, until));
    futures::future::try_join_all(talks).await?;
    server.end().await
}

/// One person after the other goes through the conversations, and looks at what came of them.
async fn talk(mut client: Client, first: usize, until: tokio::time::Instant) -> anyhow::Result<()> {
    for said in CONVERSATIONS.iter().cycle().skip(first) {
        if tokio::time::Instant::now() >= until {
            return Ok(());
        }
        client.get("/").await?;
        client.conversation = None;
        for (turn, message) in said.iter().enumerate() {
            let question = Question {
                message: (*message).to_owned(),
                reply: String::new(),
                streaming: turn % 2 == 0,
            };
            client.ask(&question).await?;
            client.conversation = client.last_conversation();
        }
        let conversation = client.conversation.clone().context("no conversation")?;
        client.get(&format!("/c/{conversation}")).await?;
        client.get("/api/conversations?q=lyon").await?;
        client.get("/traces").await?;
    }
    Ok(())
}
