//! Somebody of the soak: messages in every way that there is, streams that break off among them.

use anyhow::{Context, ensure};

use crate::{
    client::{Client, Question},
    events::Event,
};

/// Messages before somebody else comes.
const MESSAGES: u64 = 20;
/// Of so many chats half want the answer whole, and the stream of one breaks off.
const KINDS: u64 = 8;
/// Most events before a stream breaks off.
const EVENTS: u64 = 4;

/// What is asked, for an answer as a whole and as a stream.
pub(crate) struct Questions {
    pub(crate) whole: Question,
    pub(crate) streamed: Question,
}

/// Somebody with a connection.
pub(crate) struct Visitor {
    address: String,
    client: Client,
    asked: u64,
}

impl Visitor {
    pub(crate) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            client: Client::new(address),
            asked: 0,
        }
    }

    /// The chat of this number, whose answer must be the right one.
    pub(crate) async fn ask(&mut self, questions: &Questions, number: u64) -> anyhow::Result<()> {
        if self.asked == MESSAGES {
            *self = Self::new(&self.address);
        }
        self.asked += 1;
        match number % KINDS {
            0..4 => self.client.ask(&questions.whole).await.map(drop),
            4..7 => self.client.ask(&questions.streamed).await.map(drop),
            _ => self.break_off(&questions.streamed, number / KINDS).await,
        }
    }

    /// Hangs up in the middle, comes back for the rest, and once more when the turn has ended.
    async fn break_off(&mut self, question: &Question, number: u64) -> anyhow::Result<()> {
        let most = usize::try_from(1 + number % EVENTS)?;
        let mut seen = self.client.ask_and_hang_up(question, most).await?;
        let turn = seen
            .first()
            .and_then(|begun| begun.data["message_id"].as_str());
        let turn = turn.context("no turn")?.to_owned();
        let last = seen.last().context("no event")?.id;
        seen.extend(self.client.come_back(&turn, last).await?);
        whole(&seen, question)?;
        let at = usize::try_from(number)? % (seen.len() - 1);
        let after = seen[at].id;
        seen.truncate(at + 1);
        seen.extend(self.client.come_back(&turn, after).await?);
        whole(&seen, question)
    }
}

/// Whether the pieces of text are the reply, and the turn has ended well.
fn whole(events: &[Event], question: &Question) -> anyhow::Result<()> {
    let text: String = events
        .iter()
        .filter(|event| event.name == "delta")
        .filter_map(|event| event.data["text"].as_str())
        .collect();
    let last = events.last().context("no event")?;
    ensure!(
        last.name == "completed" && last.data["reply"] == *text && text == question.reply,
        "a stream that broke off ends with {}, and its text is {text:?}",
        last.name
    );
    Ok(())
}
