//! Trips for people: the list, the panel, the files, the print page.

use agent::{
    locale::Locale,
    store::{Conversation, MessageRecord},
    trip::{DayMove, Summary, export::Export},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    branches,
    conversations::DEFAULT_LIMIT,
    pages::home_of,
    trips::{self, OpenTrip},
    turns::parse_id,
};
use crate::{
    caller::visitor::Visitor,
    extract::{StrictForm, StrictQuery},
    page_frame::PageFrame,
    problem::Problem,
    state::AppState,
    turns::abandoned,
    views::{
        self,
        trip::{TripPanel, TripView},
        trips::{TripLine, TripPrintPage, TripsPage},
    },
};

/// Parameters of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    cursor: Option<String>,
}

/// Answers `GET /trips`.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Response, Problem> {
    let cursor = query.cursor.as_deref();
    let (stored, next_cursor) = trips::page(&state, &visitor, DEFAULT_LIMIT, cursor).await?;
    let frame = &reader.frame;
    let lines = stored.iter().filter_map(|stored| {
        let trip = Summary::of(&stored.state, frame.locale)?;
        let said = &stored.conversation;
        let (id, title, changed) = (said.id, &said.title, said.updated_at);
        Some(TripLine::new(
            id,
            &trip,
            title,
            changed,
            frame,
            &reader.zone,
        ))
    });
    let page = TripsPage {
        trips: lines.collect(),
        next_cursor,
        frame: frame.clone(),
    };
    Ok(views::show(&page))
}

/// Parameters of the panel.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelQuery {
    /// A message of the branch whose trip it is; without it, the newest one.
    branch: Option<Uuid>,
}

/// Answers `GET /fragments/conversations/{id}/trip`: the panel, hidden where there is no trip.
pub async fn panel(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
    StrictQuery(query): StrictQuery<PanelQuery>,
) -> Result<Response, Problem> {
    let read = abandoned::conversation(&state, &visitor.owner, parse_id(&id)?).await?;
    let end = branches::shown(&read.messages, query.branch).pop();
    let end = end.map(|end| end.message.id());
    let panel = panel_at(&state, &visitor, &read, end, reader.frame.locale).await?;
    Ok(views::show(&panel))
}

/// The panel of the branch that ends in a message: an older branch shows its own trip.
pub(super) async fn panel_at(
    state: &AppState,
    visitor: &Visitor,
    read: &Conversation,
    end: Option<Uuid>,
    locale: Locale,
) -> Result<TripPanel, Problem> {
    let id = read.summary.id;
    let newest = read.messages.last().map(MessageRecord::id);
    match end.filter(|end| newest != Some(*end)) {
        None => {
            let trip = Summary::of(&read.state, locale);
            Ok(TripPanel::new(Some(id), trip.as_ref(), locale))
        }
        Some(end) => {
            let older = state.store.state_after(&visitor.owner, id, end).await?;
            let trip = Summary::of(&older, locale);
            Ok(TripPanel::new(Some(id), trip.as_ref(), locale).of_older_branch())
        }
    }
}

/// Answers `POST /trips/{conversation}/days`: the conversation, at its trip.
pub async fn reorder(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictForm(change): StrictForm<DayMove>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    match trips::move_day(&state, &visitor, id, change).await {
        // The conversation shows the days as they are, and what runs.
        Err(problem) if problem.status != 409 => Err(problem),
        Ok(()) | Err(_) => Ok(Redirect::to(&format!("{}#trip", home_of(id))).into_response()),
    }
}

/// Answers `POST /trips/{conversation}/undo`: the conversation, at its trip.
pub async fn undo(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    match trips::take_back(&state, &visitor, id).await {
        // The conversation shows what there is to take back, and what runs.
        Err(problem) if problem.status != 409 => Err(problem),
        Ok(()) | Err(_) => Ok(Redirect::to(&format!("{}#trip", home_of(id))).into_response()),
    }
}

/// Answers `GET /trips/{conversation}/print`.
pub async fn print(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let open = trips::open(&state, &visitor, parse_id(&id)?).await?;
    let mut frame = reader.frame;
    frame.locale = open.locale;
    let trip = TripView::new(open.conversation, &open.trip, open.locale).on_paper();
    Ok(views::show(&TripPrintPage { frame, trip }))
}

/// Parameters of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileQuery {
    day: Option<usize>,
}

/// The kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Calendar,
    Gpx,
    Map,
    Markdown,
    Json,
}

impl Kind {
    fn of(extension: &str) -> Option<Self> {
        match extension {
            "ics" => Some(Self::Calendar),
            "gpx" => Some(Self::Gpx),
            "svg" => Some(Self::Map),
            "md" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Gpx => "application/gpx+xml",
            Self::Map => "image/svg+xml",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Answers `GET /trips/{conversation}.ics`, `.gpx` and `.svg` (with `day`), `.md` and `.json`.
pub async fn file(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
    StrictQuery(query): StrictQuery<FileQuery>,
) -> Result<Response, Problem> {
    let named = name.split_once('.');
    let named = named.and_then(|(id, extension)| Some((id, extension, Kind::of(extension)?)));
    let (id, extension, kind) = named.ok_or_else(Problem::not_found)?;
    let id: Uuid = parse_id(id)?;
    if query.day.is_some() && !matches!(kind, Kind::Gpx | Kind::Map) {
        return Err(Problem::field("day", "is for .gpx and .svg alone"));
    }
    let open = trips::open(&state, &visitor, id).await?;
    let export = Export {
        trip: &open.trip,
        conversation: id,
        changed: open.changed,
        locale: open.locale,
    };
    let file = format!("{}.{extension}", export.file_name());
    let body = match kind {
        Kind::Calendar => export.calendar(),
        Kind::Gpx => with_places(export.gpx(query.day), query.day)?,
        Kind::Map => with_places(export.map(query.day), query.day)?,
        Kind::Markdown => export.markdown(),
        Kind::Json => json(open),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file}\""),
        ),
    ];
    Ok((headers, body).into_response())
}

/// A file of places; why there is none.
fn with_places(file: Option<String>, day: Option<usize>) -> Result<String, Problem> {
    file.ok_or_else(|| match day {
        Some(_) => Problem::field("day", "is no day of this trip that has places"),
        None => Problem::new(StatusCode::NOT_FOUND, "this trip has no such places yet"),
    })
}

fn json(open: OpenTrip) -> String {
    // Our own types always serialise.
    serde_json::to_string_pretty(&open.document()).unwrap_or_default()
}
