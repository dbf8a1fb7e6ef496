//! Who reads traces: a visitor sees its own turns, the admin sees everything.

use std::collections::HashSet;

use agent::store::{ConversationQuery, Owner, Store, StoreError};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};

use crate::{
    caller::{access, admin_key::TooManyGuesses, client::Client, visitor::Visitor},
    problem::Problem,
    state::AppState,
};

/// Conversations that are read at once.
const PAGE: u32 = 500;

/// The reader of a trace.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Whose turns they are, where the reader is no admin.
    pub owner: Owner,
    /// Sees the turns of everyone, and requests that are no turn.
    pub is_admin: bool,
    /// Too many wrong keys came from its address.
    guessing: Option<TooManyGuesses>,
}

impl Reader {
    /// What a reader who is no admin is told of what the admin alone may see: 403, or 429 as long as
    /// wrong keys from its address are refused, with this one or without.
    #[must_use]
    pub fn refused(&self, detail: &str) -> Problem {
        self.guessing.map_or_else(
            || Problem::new(StatusCode::FORBIDDEN, detail),
            Problem::from,
        )
    }
}

impl FromRequestParts<AppState> for Reader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Ok(client) = Client::from_request_parts(parts, state).await;
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let wait = state.limits.guesses_refused(client.key());
        Ok(Self {
            owner: visitor.owner,
            is_admin: access::is_admin(state, &client, &parts.headers)?,
            guessing: wait.map(TooManyGuesses),
        })
    }
}

/// The ids of all conversations of an owner, as `session.id` has them.
pub async fn conversations(
    store: &dyn Store,
    owner: &Owner,
) -> Result<HashSet<String>, StoreError> {
    let mut ids = HashSet::new();
    let mut query = ConversationQuery {
        limit: PAGE,
        ..ConversationQuery::default()
    };
    loop {
        let page = store.conversations(owner, &query).await?;
        ids.extend(page.conversations.iter().map(|line| line.id.to_string()));
        if page.next.is_none() {
            return Ok(ids);
        }
        query.after = page.next;
    }
}
