//! Tools that do what their arguments tell them.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use agent::{
    capability::flights::FlightsFound,
    event::Card,
    tools::{Effect, Tool, ToolContext, ToolError, ToolOutput},
};
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::sync::Barrier;

use super::fixtures;

/// Shows one offer; two calls with `meet` wait for each other.
#[derive(Default)]
pub(super) struct Show(OnceLock<Barrier>);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShowArgs {
    city: String,
    #[serde(default)]
    meet: bool,
    /// Time that the call takes after that.
    #[serde(default)]
    millis: u64,
}

impl Tool for Show {
    const NAME: &'static str = "show";
    const DESCRIPTION: &'static str = "Shows an offer.";
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[("city", "tool.city")];
    type Args = ShowArgs;

    async fn call(&self, _: &ToolContext, args: ShowArgs) -> Result<ToolOutput, ToolError> {
        if args.meet {
            self.0.get_or_init(|| Barrier::new(2)).wait().await;
        }
        tokio::time::sleep(Duration::from_millis(args.millis)).await;
        Ok(shown(&args.city))
    }
}

/// What `show` answers.
pub(super) fn shown(city: &str) -> ToolOutput {
    let offers = vec![fixtures::offer(city, 10_000, &[fixtures::NONSTOP])];
    let found = FlightsFound {
        found: offers.len(),
        offers: offers.clone(),
        searched: fixtures::searched(fixtures::search()),
    };
    ToolOutput {
        text: format!("An offer for {city}."),
        card: Some(Card::FlightOffers { offers, more: 0 }),
        result_count: 1,
        source: Some("offline"),
        effect: Some(Effect::Shown(found.clone())),
        data: found.into(),
    }
}

/// Goes wrong as told. Not essential.
pub(super) struct Act(pub(super) Arc<()>);

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Deed {
    Hang,
    Panic,
    Refuse,
    Fatal,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ActArgs {
    deed: Deed,
}

impl Tool for Act {
    const NAME: &'static str = "act";
    const DESCRIPTION: &'static str = "Goes wrong.";
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = ActArgs;

    async fn call(&self, _: &ToolContext, args: ActArgs) -> Result<ToolOutput, ToolError> {
        let _running = Arc::clone(&self.0);
        match args.deed {
            Deed::Hang => futures::future::pending().await,
            Deed::Panic => panic!("scripted panic of a tool"),
            Deed::Refuse => Err(ToolError::respond("the scripted tool refuses")),
            Deed::Fatal => Err(ToolError::Fatal("the scripted tool is broken".to_owned())),
        }
    }
}
