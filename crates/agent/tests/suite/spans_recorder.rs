//! Records what is written on spans.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex, OnceLock},
};

use tracing::{
    Dispatch, Event, Level, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

/// A span as it was left.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) name: &'static str,
    pub(super) parent: Option<u64>,
    pub(super) id: u64,
    /// All values of each field, in the order of their recording.
    pub(super) values: BTreeMap<&'static str, Vec<String>>,
    pub(super) declared: Vec<&'static str>,
    /// Messages of its events, with their level.
    pub(super) events: Vec<(Level, String)>,
    /// What else stands on its events.
    pub(super) logged: Vec<String>,
    pub(super) closed: bool,
}

impl Seen {
    /// The one value of a field.
    pub(super) fn value(&self, field: &str) -> Option<&str> {
        let values = self.values.get(field)?;
        assert_eq!(
            values.len(),
            1,
            "{}: {field} is recorded twice: {values:?}",
            self.name
        );
        Some(&values[0])
    }
}

/// All spans of a test, in the order in which they were opened.
#[derive(Clone, Default)]
pub(super) struct Recorder(Arc<Mutex<Vec<Seen>>>);

impl Recorder {
    /// Records the spans of this thread until the guard is dropped.
    pub(super) fn install() -> (Self, DefaultGuard) {
        // While a process has one dispatcher, a callsite that another thread reaches first is
        // switched off for all; a second dispatcher keeps each of them asked.
        static SECOND: OnceLock<Dispatch> = OnceLock::new();
        SECOND.get_or_init(|| Dispatch::new(Registry::default().with(Self::default())));
        let recorder = Self::default();
        let subscriber = Registry::default().with(recorder.clone());
        (recorder, tracing::subscriber::set_default(subscriber))
    }

    pub(super) fn spans(&self) -> Vec<Seen> {
        self.0.lock().unwrap().clone()
    }

    fn with(&self, id: u64, change: impl FnOnce(&mut Seen)) {
        let mut spans = self.0.lock().unwrap();
        // Ids of closed spans are used again.
        if let Some(seen) = spans.iter_mut().rev().find(|seen| seen.id == id) {
            change(seen);
        }
    }
}

struct Values<'a>(&'a mut BTreeMap<&'static str, Vec<String>>);

impl Visit for Values<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0
            .entry(field.name())
            .or_default()
            .push(format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0
            .entry(field.name())
            .or_default()
            .push(value.to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let parent = context
            .span(id)
            .and_then(|span| span.parent().map(|up| up.id()));
        let mut seen = Seen {
            name: attributes.metadata().name(),
            parent: parent.map(|id| id.into_u64()),
            id: id.into_u64(),
            declared: attributes
                .metadata()
                .fields()
                .iter()
                .map(|field| field.name())
                .collect(),
            ..Seen::default()
        };
        attributes.record(&mut Values(&mut seen.values));
        self.0.lock().unwrap().push(seen);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        self.with(id.into_u64(), |seen| {
            record.record(&mut Values(&mut seen.values))
        });
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(span) = context.event_span(event) else {
            return;
        };
        let mut values = BTreeMap::new();
        event.record(&mut Values(&mut values));
        let message = values.remove("message").unwrap_or_default().join(" ");
        let level = *event.metadata().level();
        self.with(span.id().into_u64(), |seen| {
            seen.events.push((level, message));
            seen.logged.extend(values.into_values().flatten());
        });
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.with(id.into_u64(), |seen| seen.closed = true);
    }
}
