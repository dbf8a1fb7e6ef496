//! Trips for programs: list, read, take back the last change, move the programme of a day.

use agent::{
    conversation::ConversationState,
    locale::Locale,
    store::{ConversationSummary, StoredTrip, TripQuery},
    travel::Money,
    trip::{DayMove, Summary},
};
use axum::{
    Json,
    extract::{Path, State},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    conversations::{DEFAULT_LIMIT, MAX_LIMIT, format_cursor, parse_cursor},
    turns::parse_id,
};
use crate::{
    caller::visitor::Visitor,
    extract::{StrictJson, StrictQuery},
    problem::Problem,
    state::AppState,
    turns::{Resource, abandoned},
};

/// Parameters of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    limit: Option<u32>,
    cursor: Option<String>,
}

/// A page of the list.
#[derive(Debug, Serialize)]
pub struct ListPage {
    trips: Vec<TripItem>,
    next_cursor: Option<String>,
}

/// A trip of the list.
#[derive(Debug, Serialize)]
pub struct TripItem {
    conversation_id: Uuid,
    title: String,
    from: Option<Date>,
    to: Option<Date>,
    updated_at: Timestamp,
}

/// A trip as programs read it.
#[derive(Debug, Serialize)]
pub struct TripDocument {
    conversation_id: Uuid,
    /// Language of the names in it.
    locale: Locale,
    updated_at: Timestamp,
    #[serde(flatten)]
    trip: Summary,
    /// Of the budget, where it is known.
    left: Option<Money>,
}

/// The trip of a conversation.
pub(super) struct OpenTrip {
    pub(super) conversation: Uuid,
    pub(super) locale: Locale,
    pub(super) changed: Timestamp,
    pub(super) trip: Summary,
}

impl OpenTrip {
    /// The trip of that state, in the language of its conversation; 404 where there is none.
    fn of(conversation: &ConversationSummary, state: &ConversationState) -> Result<Self, Problem> {
        let locale = state.locale.unwrap_or_default();
        Ok(Self {
            conversation: conversation.id,
            locale,
            changed: conversation.updated_at,
            trip: Summary::of(state, locale).ok_or_else(Problem::not_found)?,
        })
    }

    /// The same for programs.
    pub(super) fn document(self) -> TripDocument {
        TripDocument {
            conversation_id: self.conversation,
            locale: self.locale,
            updated_at: self.changed,
            left: self.trip.left(),
            trip: self.trip,
        }
    }
}

/// The trip of a conversation of the visitor's.
pub(super) async fn open(
    state: &AppState,
    visitor: &Visitor,
    id: Uuid,
) -> Result<OpenTrip, Problem> {
    let read = abandoned::conversation(state, &visitor.owner, id).await?;
    OpenTrip::of(&read.summary, &read.state)
}

/// A page of the visitor's trips, and where the next one begins.
pub(super) async fn page(
    state: &AppState,
    visitor: &Visitor,
    limit: u32,
    cursor: Option<&str>,
) -> Result<(Vec<StoredTrip>, Option<String>), Problem> {
    let query = TripQuery {
        limit,
        after: cursor.map(parse_cursor).transpose()?,
    };
    let page = state.store.trips(&visitor.owner, &query).await?;
    Ok((page.trips, page.next.as_ref().map(format_cursor)))
}

/// Takes back the last change. No turn may run meanwhile: it would store what it began from.
pub(super) async fn take_back(
    state: &AppState,
    visitor: &Visitor,
    id: Uuid,
) -> Result<(), Problem> {
    let owner = &visitor.owner;
    abandoned::conversation(state, owner, id).await?;
    let _alone = state.turns.reserve(Resource::Conversation(id))?;
    state.store.take_back(owner, id, state.clock.now()).await?;
    Ok(())
}

/// Moves the programme of a day. No turn may run meanwhile: it would store what it began from.
pub(super) async fn move_day(
    state: &AppState,
    visitor: &Visitor,
    id: Uuid,
    change: DayMove,
) -> Result<(), Problem> {
    let owner = &visitor.owner;
    abandoned::conversation(state, owner, id).await?;
    let _alone = state.turns.reserve(Resource::Conversation(id))?;
    let now = state.clock.now();
    state.store.move_day(owner, id, change, now).await?;
    Ok(())
}

/// Answers `GET /api/trips`.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Json<ListPage>, Problem> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::field("limit", "must be from 1 to 100"));
    }
    let (trips, next_cursor) = page(&state, &visitor, limit, query.cursor.as_deref()).await?;
    let trips = trips.iter().filter_map(|stored| {
        let open = OpenTrip::of(&stored.conversation, &stored.state).ok()?;
        Some(TripItem {
            conversation_id: open.conversation,
            title: open.trip.title,
            from: open.trip.from,
            to: open.trip.to,
            updated_at: open.changed,
        })
    });
    Ok(Json(ListPage {
        trips: trips.collect(),
        next_cursor,
    }))
}

/// Answers `GET /api/trips/{conversation}`.
pub async fn read(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Json<TripDocument>, Problem> {
    let open = open(&state, &visitor, parse_id(&id)?).await?;
    Ok(Json(open.document()))
}

/// Answers `POST /api/trips/{conversation}/undo`: the trip as it is then, `null` where nothing is left.
pub async fn undo(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Json<Option<TripDocument>>, Problem> {
    let id = parse_id(&id)?;
    take_back(&state, &visitor, id).await?;
    match open(&state, &visitor, id).await {
        Ok(open) => Ok(Json(Some(open.document()))),
        Err(problem) if problem.status == 404 => Ok(Json(None)),
        Err(problem) => Err(problem),
    }
}

/// Answers `POST /api/trips/{conversation}/days`: the trip with the programme of a day moved.
pub async fn reorder(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictJson(change): StrictJson<DayMove>,
) -> Result<Json<TripDocument>, Problem> {
    let id = parse_id(&id)?;
    move_day(&state, &visitor, id, change).await?;
    Ok(Json(open(&state, &visitor, id).await?.document()))
}
