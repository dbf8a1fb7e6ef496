//! A database that holds the conversations of many people, told to the application one by one.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Context;
use tokio::task::JoinSet;

use crate::{
    case::Case,
    client::{Client, Question},
    setting::Setting,
    variant::Variant,
};

/// How many people talk at once.
const AT_ONCE: usize = 24;
/// One person has this part of all conversations.
const PART_OF_ONE: usize = 20;
/// Conversations of each of the others.
const EACH: usize = 10;
/// One conversation in so many speaks of [`RARE`].
const RARELY: usize = 50;

/// A word of every conversation.
pub(crate) const COMMON: &str = "lyon";
/// A word of few of them; each person's first one has it.
pub(crate) const RARE: &str = "anniversary";

/// The database, and by which cookies people are known in it.
pub(crate) struct Stored {
    folder: PathBuf,
    pub(crate) conversations: usize,
    /// Whoever has many.
    pub(crate) many: Person,
    /// People who have few.
    pub(crate) few: Vec<Person>,
}

/// Somebody, and what is stored of them.
pub(crate) struct Person {
    pub(crate) cookie: String,
    pub(crate) conversations: usize,
    /// How many of them hold the rare word.
    pub(crate) rare: usize,
}

impl Stored {
    /// Tells the application so many conversations of one message and one answer each, and keeps its
    /// database.
    pub(crate) async fn fill(setting: &Setting, conversations: usize) -> anyhow::Result<Self> {
        let common = setting.question(Case::Json(AT_ONCE));
        let rare = Arc::new(Question {
            message: format!("{}, for our {RARE}", common.message),
            reply: common.reply.clone(),
            streaming: false,
        });
        let server = setting.start(Variant::OursUntraced).await?;
        let mut people = vec![(conversations / PART_OF_ONE).max(1)];
        let others = conversations
            .saturating_sub(people[0])
            .div_ceil(EACH)
            .max(1);
        people.extend(std::iter::repeat_n(EACH, others));
        let (people, next) = (Arc::new(people), Arc::new(AtomicUsize::new(0)));
        let mut talking = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (people, next) = (Arc::clone(&people), Arc::clone(&next));
            let (address, questions) = (
                server.address.clone(),
                [Arc::clone(&common), Arc::clone(&rare)],
            );
            talking.spawn(async move {
                let mut told = Vec::new();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&conversations) = people.get(at) else {
                        return anyhow::Ok(told);
                    };
                    told.push((at, talk(&address, &questions, conversations).await?));
                }
            });
        }
        let mut told = Vec::new();
        while let Some(some) = talking.join_next().await {
            told.extend(some??);
        }
        // In good order: everything is in the index and in the file.
        server.end().await?;
        told.sort_unstable_by_key(|(at, _)| *at);
        let mut people = told.into_iter().map(|(_, person)| person);
        let many = people.next().context("nobody talked")?;
        let folder = setting.folder(Variant::OursStored);
        let kept = folder.with_extension("filled");
        if kept.exists() {
            std::fs::remove_dir_all(&kept)?;
        }
        std::fs::rename(&folder, &kept)?;
        let few: Vec<Person> = people.collect();
        let of_few: usize = few.iter().map(|person| person.conversations).sum();
        Ok(Self {
            folder: kept,
            conversations: many.conversations + of_few,
            many,
            few,
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Somebody who asks: first whoever has many conversations, then the others in turn.
    pub(crate) fn asker(&self, at: usize) -> &str {
        let other = at
            .checked_sub(1)
            .and_then(|at| self.few.get(at % self.few.len().max(1)));
        &other.unwrap_or(&self.many).cookie
    }
}

/// Somebody begins so many conversations.
async fn talk(
    address: &str,
    [common, rare]: &[Arc<Question>; 2],
    conversations: usize,
) -> anyhow::Result<Person> {
    let mut client = Client::new(address);
    for at in 0..conversations {
        let question = if at % RARELY == 0 { rare } else { common };
        client.ask(question).await?;
    }
    Ok(Person {
        cookie: client.cookie().context("no cookie")?.to_owned(),
        conversations,
        rare: conversations.div_ceil(RARELY),
    })
}
