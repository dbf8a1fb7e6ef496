//! Tool: takes the last change of the trip back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::done::TripUndone;
use crate::{
    tools::{Effect, Tool, ToolContext, ToolError, ToolOutput},
    trip::Part,
};

/// It takes no arguments.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoTripChangeArgs {}

/// Takes the last change back.
pub struct UndoTripChange;

impl Tool for UndoTripChange {
    const NAME: &'static str = "undo_trip_change";
    const DESCRIPTION: &'static str = "Takes back the last change of the trip in the making: a \
        flight, stay, plan of days or total that a tool added. Only when the person asks for it.";
    const LABEL: (&'static str, &'static str) = ("Retour en arrière", "Taking a change back");
    const DIRECT: bool = false;
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = UndoTripChangeArgs;

    async fn call(
        &self,
        context: &ToolContext,
        _args: UndoTripChangeArgs,
    ) -> Result<ToolOutput, ToolError> {
        let before = context.state.plan.before.as_deref();
        let undone = TripUndone {
            now: before.cloned(),
        };
        let text = match before {
            Some(trip) => format!(
                "Taken back. The trip has {} stays, {} plans of days{}.",
                trip.stays.len(),
                trip.days.len(),
                if trip.flight.is_some() {
                    " and a flight"
                } else {
                    " and no flight"
                }
            ),
            None => "There is no change to take back.".to_owned(),
        };
        Ok(ToolOutput {
            text,
            card: None,
            result_count: u64::from(before.is_some()),
            source: None,
            effect: before.map(|_| Effect::Planned(Part::Undo)),
            data: undone.into(),
        })
    }
}
