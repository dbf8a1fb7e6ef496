//! Tool: the trip as files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    done::{Form, TripFiles},
};
use crate::{
    tools::{Tool, ToolContext, ToolError, ToolOutput},
    trip::Summary,
};

/// It takes no arguments: the trip is that of the conversation.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportTripArgs {}

/// Tells where the files are.
pub struct ExportTrip;

impl Tool for ExportTrip {
    const NAME: &'static str = "export_trip";
    const DESCRIPTION: &'static str = "Shows the person the links to the trip of this conversation \
        as a calendar (.ics), GPX, Markdown or JSON file and as a page to print. It sends nothing.";
    const LABEL: (&'static str, &'static str) = ("Fichiers du voyage", "Files of the trip");
    const DIRECT: bool = false;
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = ExportTripArgs;

    async fn call(
        &self,
        context: &ToolContext,
        _args: ExportTripArgs,
    ) -> Result<ToolOutput, ToolError> {
        let summary = Summary::of(&context.state, context.locale);
        // Who travels and for how much is no trip yet.
        let summary = summary.filter(|trip| trip.from.is_some() || !trip.wished.legs.is_empty());
        let has_days = summary
            .as_ref()
            .is_some_and(|trip| !trip.planned.days.is_empty());
        // Without days there is no way to follow on a map.
        let exists = |form: &Form| summary.is_some() && (has_days || *form != Form::Gpx);
        let forms = Form::ALL.into_iter().filter(exists).collect();
        let found = TripFiles {
            title: summary.map(|trip| trip.title),
            forms,
        };
        Ok(ToolOutput {
            text: card::text(&found),
            card: card::files(&found, context),
            result_count: found.forms.len() as u64,
            source: None,
            effect: None,
            data: found.into(),
        })
    }
}
