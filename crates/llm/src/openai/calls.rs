//! Which call a piece belongs to, and what it adds: servers number calls, name them, both, neither, or
//! wrongly. Pure.

use serde::de::IgnoredAny;

use super::chunk::{Arguments, CallDelta};
use crate::ModelEvent;

/// The calls of one answer.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// Names of the tools that the model was told of.
    tools: Vec<&'static str>,
    calls: Vec<Call>,
}

/// A call so far; its position is the index that it gets in events.
#[derive(Debug, Default)]
struct Call {
    /// The server's index. Ollama gives several calls the same one, Gemini gives none, others give it
    /// late.
    wire: Option<u64>,
    id: String,
    name: String,
    arguments: String,
}

impl Call {
    /// Whether its arguments are all there.
    fn is_whole(&self) -> bool {
        let arguments = self.arguments.trim();
        arguments.starts_with('{') && serde_json::from_str::<IgnoredAny>(arguments).is_ok()
    }
}

/// One piece, whatever its shape was.
struct Piece {
    wire: Option<u64>,
    id: String,
    name: String,
    arguments: String,
}

impl From<CallDelta> for Piece {
    fn from(delta: CallDelta) -> Self {
        let function = delta.function.unwrap_or_default();
        let arguments = match function.arguments.or(delta.arguments) {
            Some(Arguments::Text(text)) => text,
            Some(Arguments::Json(json)) => json.to_string(),
            None => String::new(),
        };
        Self {
            wire: delta.index,
            id: delta.id.unwrap_or_default(),
            name: function.name.or(delta.name).unwrap_or_default(),
            arguments,
        }
    }
}

impl Calls {
    /// None yet, of a model that was told of these tools.
    pub(super) const fn new(tools: Vec<&'static str>) -> Self {
        Self {
            tools,
            calls: Vec::new(),
        }
    }

    /// Whether any has begun.
    pub(super) const fn are_some(&self) -> bool {
        !self.calls.is_empty()
    }

    /// Whether none is cut off.
    pub(super) fn are_whole(&self) -> bool {
        let mut calls = self.calls.iter();
        calls.all(|call| call.arguments.trim().is_empty() || call.is_whole())
    }

    /// What a piece adds; `None` where that is nothing.
    pub(super) fn take(&mut self, delta: CallDelta) -> Option<ModelEvent> {
        let piece = Piece::from(delta);
        if [&piece.id, &piece.name, &piece.arguments]
            .iter()
            .all(|part| part.is_empty())
        {
            return None;
        }
        let position = self.position(&piece);
        let call = &mut self.calls[position];
        call.wire = call.wire.or(piece.wire);
        // Some servers repeat the id or the name in every piece, old vLLM with a new id each time.
        let id = (call.id.is_empty() && !piece.id.is_empty()).then_some(piece.id);
        call.id.extend(id.as_deref());
        let name = added(&call.name, piece.name);
        call.name.push_str(&name);
        let arguments = if call.is_whole() && call.arguments == piece.arguments {
            // The call again, as it is repeated in a last chunk.
            String::new()
        } else if call.arguments.len() > 1 && call.arguments.starts_with('{') {
            // All that has come so far, and more: no object begins with what it has begun with.
            added(&call.arguments, piece.arguments)
        } else {
            piece.arguments
        };
        call.arguments.push_str(&arguments);
        Some(ModelEvent::ToolCall {
            index: u32::try_from(position).unwrap_or(u32::MAX),
            id,
            name: (!name.is_empty()).then_some(name),
            arguments,
        })
    }

    /// Which call a piece belongs to; a new one is added.
    fn position(&mut self, piece: &Piece) -> usize {
        let last = |is: &dyn Fn(&Call) -> bool| self.calls.iter().rposition(is);
        let is_open = |call: &Call| call.wire.is_none();
        let by_id = || {
            let fits = |call: &Call| {
                let same_place = piece.wire.is_none() || call.wire.is_none();
                call.id == piece.id && (same_place || call.wire == piece.wire)
            };
            (!piece.id.is_empty()).then(|| last(&fits)).flatten()
        };
        let by_index = || match piece.wire {
            None => self.calls.len().checked_sub(1),
            Some(wire) => last(&|call| call.wire == piece.wire).or_else(|| {
                // The index comes late: that of its place, or of the last call without one.
                let place = usize::try_from(wire).ok()?;
                let at_place = self.calls.get(place).filter(|call| is_open(call));
                at_place.map(|_| place).or_else(|| {
                    let last = self.calls.len().checked_sub(1)?;
                    is_open(&self.calls[last]).then_some(last)
                })
            }),
        };
        let known = by_id().or_else(by_index);
        match known.filter(|at| self.continues(&self.calls[*at], piece)) {
            Some(at) => at,
            None => {
                self.calls.push(Call::default());
                self.calls.len() - 1
            }
        }
    }

    /// Whether a piece goes on with a call, and does not begin another.
    fn continues(&self, call: &Call, piece: &Piece) -> bool {
        let other_id = !piece.id.is_empty() && !call.id.is_empty() && call.id != piece.id;
        let goes_on = !call.arguments.is_empty() && !call.is_whole();
        match &*piece.name {
            "" => !other_id || piece.wire.is_some() || goes_on,
            // The name comes late.
            _ if call.name.is_empty() => !other_id,
            name if name == call.name && other_id => piece.wire.is_some() && goes_on,
            name if name == call.name => {
                let says_more = !piece.arguments.is_empty() && piece.arguments != call.arguments;
                !call.is_whole() || !says_more
            }
            // The name comes in pieces.
            _ => {
                let is_named = self.tools.contains(&&*call.name);
                !other_id && !is_named && call.arguments.is_empty()
            }
        }
    }
}

/// What a piece adds to a text: nothing where it repeats it, the rest where it repeats it and goes on.
fn added(known: &str, piece: String) -> String {
    match piece.strip_prefix(known) {
        Some(rest) => rest.to_owned(),
        None => piece,
    }
}
