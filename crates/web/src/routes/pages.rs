//! The chat page, and its input for browsers without script.

use agent::{
    answer::{Answer, TurnIds},
    feedback::Feedback,
    locale::Locale,
    starters,
    store::{Conversation, ConversationQuery, MessageRecord, Preferences, Search, SearchTooLong},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    branches::{self, Shown},
    chat, conversations, home_airport, trip_pages,
    turns::parse_id,
};
use crate::{
    admit::{Carrier, Wish, admit},
    caller::{accept_language, locale_cookie, visitor::Visitor},
    extract::{StrictForm, StrictQuery},
    i18n::Texts,
    page_frame::PageFrame,
    problem::Problem,
    state::AppState,
    turns::abandoned,
    views::{
        self,
        chat::{ChatPage, ConversationItem, History, MessageView, OpenConversation},
        message::{AgentMessage, Surroundings, UserMessage},
        totals::Totals,
        trip::TripPanel,
    },
};

/// Parameters of the chat page: a search in the history.
#[derive(Debug, Default, Deserialize)]
pub struct HistoryQuery {
    q: Option<String>,
    cursor: Option<String>,
    /// A message of the branch to show; without it, the newest one.
    pub(super) branch: Option<Uuid>,
}

/// The page's language: the visitor's choice, the operator's, the browser's.
pub async fn page_locale(state: &AppState, visitor: &Visitor, headers: &HeaderMap) -> Locale {
    let chosen = state
        .store
        .preferences(&visitor.owner)
        .await
        .unwrap_or_default();
    choose_locale(state, &chosen, headers)
}

/// The same, where the visitor's choices are known already.
pub fn choose_locale(state: &AppState, chosen: &Preferences, headers: &HeaderMap) -> Locale {
    let operator = state.config.default_locale.fixed();
    chosen
        .locale
        .or_else(|| locale_cookie::chosen(headers))
        .or(operator)
        .or_else(|| accept_language::first_spoken(headers))
        .unwrap_or_default()
}

/// Answers `GET /`.
pub async fn home(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    StrictQuery(query): StrictQuery<HistoryQuery>,
) -> Result<Response, Problem> {
    show(&state, &visitor, &reader, query, None).await
}

/// Answers `GET /c/{id}`.
pub async fn conversation(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
    StrictQuery(query): StrictQuery<HistoryQuery>,
) -> Result<Response, Problem> {
    show(&state, &visitor, &reader, query, Some(parse_id(&id)?)).await
}

/// The page: 422 where it says that the search was too long.
async fn show(
    state: &AppState,
    visitor: &Visitor,
    reader: &PageFrame,
    query: HistoryQuery,
    open: Option<Uuid>,
) -> Result<Response, Problem> {
    let page = page(state, visitor, reader, query, open).await?;
    let complaint = page.notice.as_ref();
    let status = complaint.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    Ok(views::respond(status, &page))
}

async fn page(
    state: &AppState,
    visitor: &Visitor,
    reader: &PageFrame,
    query: HistoryQuery,
    open: Option<Uuid>,
) -> Result<ChatPage, Problem> {
    let owner = &visitor.owner;
    let said = query.q.unwrap_or_default();
    // All conversations are listed beside the complaint.
    let (said, search, notice) = match Search::parse(&said) {
        Ok(search) => (said, search, None),
        Err(SearchTooLong) => {
            let notice = Texts::of(reader.frame.locale).search_too_long;
            (String::new(), Search::default(), Some(notice.to_owned()))
        }
    };
    let after = query
        .cursor
        .as_deref()
        .map(conversations::parse_cursor)
        .transpose()?;
    let list = ConversationQuery {
        limit: conversations::DEFAULT_LIMIT,
        after,
        search,
    };
    let list = state.store.conversations(owner, &list).await?;
    let item = |line: &agent::store::ConversationSummary| {
        let (title, zone) = (line.title.clone(), &reader.zone);
        ConversationItem::new(
            line.id,
            title,
            line.updated_at,
            line.pinned,
            &reader.frame,
            zone,
        )
        .found(line.snippet.clone(), line.title_snippet.clone())
    };
    let mut conversations: Vec<_> = list.conversations.iter().map(item).collect();
    let now = state.clock.now();
    views::chat::group(&mut conversations, now, reader.frame.locale, &reader.zone);
    let history = History {
        conversations,
        next_cursor: list.next.as_ref().map(conversations::format_cursor),
        query: said,
    };
    let conversation = match open {
        Some(id) => Some(abandoned::conversation(state, owner, id).await?),
        None => None,
    };
    let locale = reader.frame.locale;
    let shown = conversation
        .as_ref()
        .map(|open| branches::shown(&open.messages, query.branch))
        .unwrap_or_default();
    let end = shown.last().map(|last| last.message.id());
    let newest = conversation.as_ref().and_then(|open| open.messages.last());
    let messages = conversation
        .iter()
        .flat_map(|open| messages(state, reader, open, &shown))
        .collect();
    let trip = match &conversation {
        Some(read) => trip_pages::panel_at(state, visitor, read, end, locale).await?,
        None => TripPanel::new(None, None, locale),
    };
    let branch_end = end.filter(|end| newest.is_some_and(|newest| newest.id() != *end));
    let starters = match open {
        Some(_) => Vec::new(),
        None => starters::starters(
            reader.zone.to_datetime(now).date(),
            locale,
            home_airport::of(state, visitor, reader).await,
        ),
    };
    Ok(ChatPage {
        starters,
        frame: reader.frame.clone(),
        history,
        trip,
        messages,
        branch_end,
        conversation: conversation.map(|open| OpenConversation {
            totals: Totals::of(open.messages.iter().filter_map(MessageRecord::answer)),
            id: open.summary.id,
            title: open.summary.title,
            cost_usd: open.usage.estimated_cost_usd,
        }),
        notice,
        draft: String::new(),
    })
}

/// The messages of a branch.
pub(super) fn messages(
    state: &AppState,
    reader: &PageFrame,
    open: &Conversation,
    branch: &[Shown<'_>],
) -> Vec<MessageView> {
    let last = branch.last().map(|shown| shown.message.id());
    let view = |shown: &Shown<'_>| match shown.message {
        MessageRecord::User { id, text, .. } => {
            let written = UserMessage::new(*id, text.clone(), reader.frame.locale);
            let decided = open.decided(*id);
            MessageView::User(written.placed(open.summary.id, shown.siblings, decided))
        }
        MessageRecord::Agent {
            answer, feedback, ..
        } => {
            let answer = agent_message(state, reader, open, answer, feedback.as_ref());
            let answer = answer.placed(shown.siblings);
            let is_last = last == Some(shown.message.id());
            MessageView::Agent(Box::new(match is_last {
                true => answer.continued_by(open.question_of(shown.message)),
                false => answer,
            }))
        }
    };
    branch.iter().map(view).collect()
}

/// An answer as its conversation shows it.
pub(super) fn agent_message(
    state: &AppState,
    reader: &PageFrame,
    open: &Conversation,
    answer: &Answer,
    feedback: Option<&Feedback>,
) -> AgentMessage {
    let around = Surroundings {
        locale: reader.frame.locale,
        zone: &reader.zone,
        now: state.clock.now(),
        proposal: open.state.proposal.as_ref(),
        has_viewer: reader.frame.has_viewer,
        grafana_url: state.config.grafana_url.as_deref(),
    };
    AgentMessage::new(answer, around)
        .decided(open.decided(answer.user_message_id))
        .rated(feedback)
}

/// The form of the input.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatForm {
    pub(super) message: String,
    #[serde(default)]
    pub(super) conversation_id: Option<Uuid>,
    /// The end of the branch that the page showed.
    #[serde(default)]
    pub(super) parent_id: Option<Uuid>,
    /// The message that is worded anew.
    #[serde(default)]
    pub(super) edits: Option<Uuid>,
}

/// Answers `POST /chat`: the same turn as by script, answered whole.
pub async fn chat_form(
    State(state): State<AppState>,
    carrier: Carrier,
    reader: PageFrame,
    StrictForm(form): StrictForm<ChatForm>,
) -> Result<Response, Problem> {
    let draft = form.message.clone();
    let (open, branch) = (form.conversation_id, form.parent_id.or(form.edits));
    match run_form(&state, &carrier, form).await {
        Ok(ids) => Ok(to_answer(&ids)),
        Err(problem) => {
            let open = if problem.status == 404 { None } else { open };
            let place = Place { open, branch };
            refused(&state, &carrier.visitor, &reader, place, draft, &problem).await
        }
    }
}

/// Where on the page someone is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The conversation that is open.
    pub(super) open: Option<Uuid>,
    /// A message of the branch that is shown.
    pub(super) branch: Option<Uuid>,
}

/// The page of a form that was not accepted: where one was, and what was written.
pub(super) async fn refused(
    state: &AppState,
    visitor: &Visitor,
    reader: &PageFrame,
    place: Place,
    draft: String,
    problem: &Problem,
) -> Result<Response, Problem> {
    let mut page = draft_page(state, visitor, reader, place, draft).await?;
    let (title, advice) = views::error::texts(Texts::of(reader.frame.locale), problem);
    page.notice = Some(format!("{title} {advice}"));
    Ok(problem.told_by(views::respond(problem.status_code(), &page)))
}

/// The page with what is being written; without the conversation where that is gone.
pub(super) async fn with_draft(
    state: &AppState,
    visitor: &Visitor,
    reader: &PageFrame,
    place: Place,
    draft: String,
) -> Result<Response, Problem> {
    let page = match draft_page(state, visitor, reader, place, draft.clone()).await {
        Err(problem) if problem.status == 404 => {
            draft_page(state, visitor, reader, Place::default(), draft).await?
        }
        page => page?,
    };
    Ok(views::show(&page))
}

/// The page that answers a form in place of a redirect: it leads back to where it belongs.
async fn draft_page(
    state: &AppState,
    visitor: &Visitor,
    reader: &PageFrame,
    Place { open, branch }: Place,
    draft: String,
) -> Result<ChatPage, Problem> {
    let query = HistoryQuery {
        branch,
        ..HistoryQuery::default()
    };
    let mut page = page(state, visitor, reader, query, open).await?;
    let home = open.map_or_else(|| "/".to_owned(), home_of);
    let branch = page.branch_end.map(|end| format!("?branch={end}"));
    page.frame = page.frame.at(home + &branch.unwrap_or_default());
    page.draft = draft;
    Ok(page)
}

async fn run_form(state: &AppState, carrier: &Carrier, form: ChatForm) -> Result<TurnIds, Problem> {
    let wish = Wish {
        conversation: form.conversation_id,
        parent: chat::parent(form.conversation_id, form.parent_id)?,
        edits: chat::edits(form.conversation_id, form.parent_id, form.edits)?,
        ..Wish::new(chat::message(&form.message)?)
    };
    let (turn, hold) = admit(state, wish, carrier).await?;
    // Failed or not, the conversation shows what came of it.
    turn.outcome().await;
    drop(hold);
    Ok(turn.ids.clone())
}

/// The address of a conversation.
pub(super) fn home_of(id: Uuid) -> String {
    format!("/c/{id}")
}

pub(super) fn to_conversation(id: Uuid) -> Response {
    Redirect::to(&home_of(id)).into_response()
}

/// The conversation, at the answer.
pub(super) fn to_answer(ids: &TurnIds) -> Response {
    to_message(ids.conversation, ids.message)
}

/// The conversation, at one of its messages.
pub(super) fn to_message(conversation: Uuid, message: Uuid) -> Response {
    Redirect::to(&format!("/c/{conversation}#m-{message}")).into_response()
}
