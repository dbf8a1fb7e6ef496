//! Admission of a turn: everything that can refuse it, before it is acknowledged.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use agent::{
    answer::{AnswerBuilder, TurnIds},
    card_number, id,
    intent::language::detect_language,
    language::month_first,
    locale::Locale,
    prompt::tier::Mode,
    store::{IdempotencyKey, NewTurn, Preferences, Question, StoreError},
    telemetry::spans,
    travel::Currency,
    turn::{Decision, TurnRequest},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, request::Parts},
};
use jiff::tz::TimeZone;
use tokio::sync::OwnedSemaphorePermit;
use tracing::{Instrument, Span};
use uuid::Uuid;

use crate::{
    budgets::{Admission, Allowance},
    caller::{accept_language, client::Client, locale_cookie, visitor::Visitor},
    http_span::HandOver,
    i18n::Texts,
    problem::Problem,
    state::AppState,
    turns::{self, Admitted, Hold, Reservation, Resource, RunningTurn},
};

/// A turn that someone asks for.
#[derive(Debug)]
pub struct Wish {
    /// What the person wrote.
    pub message: String,
    /// The stored message of which `message` is the text, to be answered once more.
    pub again: Option<Uuid>,
    /// The stored message of which `message` is another wording.
    pub edits: Option<Uuid>,
    /// The button that was pressed.
    pub decision: Option<Decision>,
    /// Conversation; `None` = a new one.
    pub conversation: Option<Uuid>,
    /// The message to go on from; `None` = the newest.
    pub parent: Option<Uuid>,
    /// Full or fast.
    pub mode: Mode,
    /// Language; `None` = that of the message.
    pub locale: Option<Locale>,
    /// BCP 47 tag of the language that a client asks for, where it names a region.
    pub language_tag: Option<String>,
    /// The visitor's time zone, where it says.
    pub time_zone: Option<(String, TimeZone)>,
    /// Currency, where the visitor says.
    pub currency: Option<Currency>,
    /// The client reads a stream.
    pub streaming: bool,
    /// How long the turn runs on when the client is gone; `None` = to its end.
    pub grace: Option<Duration>,
    /// Key under which it may be sent again.
    pub idempotency: Option<IdempotencyKey>,
    /// That key, reserved.
    pub reserved_key: Option<Reservation>,
}

impl Wish {
    /// A message that begins a conversation, answered whole; a client that hangs up stops its turn.
    /// From here on the message holds no whole card number, whichever door it came in by.
    #[must_use]
    pub fn new(message: String) -> Self {
        Self {
            message: card_number::without(message),
            again: None,
            edits: None,
            decision: None,
            conversation: None,
            parent: None,
            mode: Mode::Full,
            locale: None,
            language_tag: None,
            time_zone: None,
            currency: None,
            streaming: false,
            grace: Some(Duration::ZERO),
            idempotency: None,
            reserved_key: None,
        }
    }
}

/// The request that carries a wish.
#[derive(Clone, Debug)]
pub struct Carrier {
    /// Who asks.
    pub visitor: Visitor,
    /// From where.
    pub client: Client,
    /// Method.
    pub method: Method,
    /// Path.
    pub path: String,
    /// Headers.
    pub headers: HeaderMap,
    /// How the request's span steps back behind the turn's.
    pub hand_over: HandOver,
}

impl FromRequestParts<AppState> for Carrier {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Ok(client) = Client::from_request_parts(parts, state).await;
        Ok(Self {
            visitor: Visitor::from_request_parts(parts, state).await?,
            client,
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            headers: parts.headers.clone(),
            hand_over: parts
                .extensions
                .get::<HandOver>()
                .cloned()
                .unwrap_or_default(),
        })
    }
}

/// Admits a turn and starts it, or says why not. The hold is the caller's interest in the turn.
pub async fn admit(
    state: &AppState,
    wish: Wish,
    carrier: &Carrier,
) -> Result<(Arc<RunningTurn>, Hold), Problem> {
    let admitted_at = Instant::now();
    if state.closing.is_cancelled() {
        let problem = Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "the server is shutting down",
        );
        return Err(problem.retry_after(5));
    }
    let owner = &carrier.visitor.owner;
    state.limits.check_rate(owner, carrier.client.key())?;
    state.store.check_file()?;
    if let Some(conversation) = wish.conversation
        && !state.store.owns(owner, conversation, wish.parent).await?
    {
        return Err(Problem::not_found());
    }
    let allowance = match state.budgets.admit(&*state.store, owner).await? {
        Admission::Granted(allowance) => allowance,
        Admission::Refused { scope } => {
            let chosen = state.store.preferences(owner).await?;
            let spoken = wish.locale.or_else(|| detect_language(&wish.message));
            let locale = spoken.unwrap_or_else(|| fallback_locale(state, carrier, &chosen));
            let detail = Texts::of(locale).budget.refused(scope);
            let seconds = state.budgets.until_tomorrow();
            return Err(Problem::budget_exhausted(detail, seconds));
        }
    };
    let conversation = wish
        .conversation
        .unwrap_or_else(|| id::new(state.clock.now()));
    let reserved = state.turns.reserve(Resource::Conversation(conversation))?;
    let place = state.limits.place().await?;
    let chosen = remember(state, &wish, carrier).await?;
    let place = Place {
        conversation,
        reserved,
        place,
        chosen,
        allowance,
        admitted_at,
    };
    // A client that hangs up from here on must not leave half a turn behind.
    let begun = state
        .tasks
        .spawn(begin(state.clone(), wish, carrier.clone(), place));
    begun.await.unwrap_or_else(|_| {
        let detail = "the turn could not be started";
        Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail))
    })
}

/// What a turn has been given before it begins.
struct Place {
    conversation: Uuid,
    reserved: Reservation,
    place: OwnedSemaphorePermit,
    chosen: Preferences,
    allowance: Allowance,
    admitted_at: Instant,
}

/// Begins and starts a turn: whatever happens here is part of its trace.
async fn begin(
    state: AppState,
    wish: Wish,
    carrier: Carrier,
    place: Place,
) -> Result<(Arc<RunningTurn>, Hold), Problem> {
    let now = state.clock.now();
    let config = &state.config;
    let root = root_span(&wish, &carrier);
    let trace = obs::http::trace_id(&root)
        .map(|id| id.to_string())
        .unwrap_or_default();
    let ids = TurnIds {
        conversation: place.conversation,
        user_message: wish.again.unwrap_or_else(|| id::new(now)),
        message: id::new(now),
        trace,
    };
    let chosen = &place.chosen;
    let fallback = fallback_locale(&state, &carrier, chosen);
    let note = place.allowance.note;
    let owner = carrier.visitor.owner.clone();
    let new_turn = NewTurn {
        owner: owner.clone(),
        ids: ids.clone(),
        new_conversation: wish.conversation.is_none(),
        question: question(&wish),
        at: now,
        traceparent: obs::http::traceparent(&root),
        idempotency: wish.idempotency,
        answer: AnswerBuilder::new(ids.clone(), fallback)
            .with_budget(note)
            .running(),
    };
    let begun = turns::abandoned::begin(&state, &new_turn)
        .instrument(root.clone())
        .await;
    let begun = begun.map_err(|error| refused_by_store(&root, &new_turn.question, error))?;
    carrier.hand_over.to(&root);
    let zone = wish
        .time_zone
        .map(|(_, zone)| zone)
        .or_else(|| zone_of(chosen))
        .or_else(|| config.default_time_zone.clone());
    let currency = wish
        .currency
        .or_else(|| chosen.currency.as_deref()?.parse().ok());
    let now = now.to_zoned(zone.unwrap_or_else(TimeZone::system));
    let tag = wish.language_tag.as_deref();
    let tag = tag.or_else(|| accept_language::first_tag(&carrier.headers));
    let turn = Arc::new(RunningTurn::new(ids, owner));
    let hold = turn.hold(wish.grace);
    let request = TurnRequest {
        conversation_id: place.conversation,
        message: wish.message,
        decision: wish.decision,
        history: begun.history,
        state: begun.state,
        mode: wish.mode,
        locale: wish.locale.or(config.default_locale.fixed()),
        fallback_locale: fallback,
        month_first: month_first(tag, now.time_zone().iana_name()),
        now,
        currency: currency.unwrap_or(config.default_currency),
        door: carrier.visitor.door,
        admitted_at: place.admitted_at,
        deadline: remaining(config.limits.turn_timeout_seconds, place.admitted_at),
        draining: state.draining.clone(),
        use_builtin: place.allowance.use_builtin,
        capture_content: config.capture_content,
        root,
    };
    let admitted = Admitted {
        request,
        turn: Arc::clone(&turn),
        budget: note,
        reservations: std::iter::once(place.reserved)
            .chain(wish.reserved_key)
            .collect(),
        place: place.place,
        admitted_at: place.admitted_at,
        streaming: wish.streaming,
    };
    turns::start(&state, admitted);
    Ok((turn, hold))
}

fn question(wish: &Wish) -> Question {
    let text = wish.message.clone();
    match (wish.again, wish.edits) {
        (Some(_), _) => Question::Again,
        (None, Some(of)) => Question::Edited { of, text },
        (None, None) => Question::New {
            parent: wish.parent,
            text,
            decides: wish.decision.map(Decision::proposal),
        },
    }
}

/// The language of an answer where the message does not tell.
fn fallback_locale(state: &AppState, carrier: &Carrier, chosen: &Preferences) -> Locale {
    let operator = state.config.default_locale.fixed();
    operator
        .or(chosen.locale)
        .or_else(|| locale_cookie::chosen(&carrier.headers))
        .or_else(|| accept_language::first_spoken(&carrier.headers))
        .unwrap_or_default()
}

fn remaining(deadline: Duration, since: Instant) -> Duration {
    deadline.saturating_sub(since.elapsed())
}

/// Opens the root span; a stranger's `traceparent` becomes a link.
fn root_span(wish: &Wish, carrier: &Carrier) -> Span {
    let root = spans::turn(carrier.visitor.door.as_str(), wish.message.chars().count());
    let parent = if carrier.client.via_trusted_proxy {
        obs::http::Parent::Continue
    } else {
        obs::http::Parent::Link
    };
    // The span is new, so its parent can be set.
    let _ = obs::http::accept(&root, &carrier.headers, parent);
    root.record("http.request.method", carrier.method.as_str());
    root.record("url.path", carrier.path.as_str());
    root
}

fn refused_by_store(root: &Span, question: &Question, error: StoreError) -> Problem {
    let problem = match (question, error) {
        (Question::Edited { .. }, StoreError::Decided) => {
            let message = "is a message that decided on a proposal, which stays as it was said";
            Problem::field("edits", message)
        }
        (_, error) => Problem::from(error),
    };
    root.record("http.response.status_code", i64::from(problem.status));
    agent::telemetry::guard::mark_failed(root, "store", &problem.detail);
    problem
}

/// Keeps what the visitor chose with this request, and returns what it has chosen so far.
async fn remember(
    state: &AppState,
    wish: &Wish,
    carrier: &Carrier,
) -> Result<Preferences, Problem> {
    let owner = &carrier.visitor.owner;
    let known = state.store.preferences(owner).await?;
    let said = Preferences {
        // The page's language is chosen on the page; that of one message says nothing of it.
        locale: None,
        currency: wish.currency.map(|currency| currency.as_str().to_owned()),
        time_zone: wish.time_zone.as_ref().map(|(name, _)| name.clone()),
    };
    let merged = Preferences {
        locale: known.locale,
        currency: said.currency.clone().or_else(|| known.currency.clone()),
        time_zone: said.time_zone.clone().or_else(|| known.time_zone.clone()),
    };
    if merged != known {
        state.store.set_preferences(owner, &said).await?;
    }
    Ok(merged)
}

fn zone_of(preferences: &Preferences) -> Option<TimeZone> {
    TimeZone::get(preferences.time_zone.as_deref()?).ok()
}
