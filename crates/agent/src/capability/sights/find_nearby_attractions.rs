//! Tool: what there is around a spot.

use std::sync::Arc;

use guide::{nearby::Place, quarters};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    find_cultural_activities::limit,
    found::{FoundSight, NearbyFound},
    source::SightSource,
    spot::Spot,
};
use crate::{
    capability::arguments::city,
    sources::asked,
    tools::{BadArgument, Tool, ToolContext, ToolError, ToolOutput},
};

/// Straight kilometres around a spot where none were said.
const USUAL_KM: f64 = 2.0;
/// Most kilometres.
const MOST_KM: f64 = 100.0;
/// Known places that are offered where the spot is not.
const OFFERED: usize = 5;

/// Arguments of a question for what is around a spot.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindNearbyAttractionsArgs {
    /// City: IATA code or name.
    pub city: String,
    /// The spot: name of a sight or quarter there, or "center".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// Straight kilometres around it; 2 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<f64>,
    /// Most sights, 1 to 20; 8 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
}

/// Asks one source.
pub struct FindNearbyAttractions {
    source: Arc<dyn SightSource>,
}

impl FindNearbyAttractions {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn SightSource>) -> Self {
        Self { source }
    }
}

impl Tool for FindNearbyAttractions {
    const NAME: &'static str = "find_nearby_attractions";
    const DESCRIPTION: &'static str = "Real sights around a spot of a city (a sight, a quarter or the \
        centre), nearest first, with the distance and the estimated minutes on foot. It knows no \
        streets, addresses, hotels or restaurants: a spot that it does not know is said, not guessed.";
    const LABEL: (&'static str, &'static str) = ("Recherche alentour", "Looking around the place");
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[("city", "tool.city")];
    type Args = FindNearbyAttractionsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: FindNearbyAttractionsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let destination = city("city", &args.city)?;
        let limit = limit(args.limit)?;
        let radius_km = args.radius_km.unwrap_or(USUAL_KM);
        if !(0.1..=MOST_KM).contains(&radius_km) {
            return Err(BadArgument::new("radius_km", "is 0.1 to 100").into());
        }
        let near = args.near.unwrap_or_else(|| "center".to_owned());
        let spot = Spot::named(destination, &near);
        let mut found = NearbyFound {
            city: destination.code,
            destination,
            near,
            spot,
            radius_km,
            sights: Vec::new(),
            nearest: None,
            known: Vec::new(),
        };
        match spot {
            Some(spot) => {
                let at = spot.at(destination);
                let around = self.source.around(destination, at, MOST_KM);
                let around = asked(self.source.name(), "around", Vec::len, around).await?;
                let mut others = around
                    .iter()
                    .filter(|near| spot != Spot::Place(Place::Sight(near.sight)))
                    .peekable();
                found.nearest = others.peek().map(|near| FoundSight::from(*near));
                let within = others.filter(|near| at.km_to(near.sight.at) <= radius_km);
                found.sights = within.take(limit).map(FoundSight::from).collect();
            }
            None => {
                let quarters = quarters::of(destination.code).iter().take(OFFERED);
                let sights = self.source.sights(destination);
                let sights = asked(self.source.name(), "sights", Vec::len, sights).await?;
                let sights = sights.into_iter().take(OFFERED);
                let names = sights.map(|sight| sight.name(context.locale));
                let quarters = quarters.map(|quarter| quarter.name(context.locale));
                found.known = names.chain(quarters).collect();
            }
        }
        Ok(ToolOutput {
            text: card::nearby_text(&found, context.locale),
            card: card::nearby(&found, context.locale),
            result_count: found.sights.len() as u64,
            source: Some(self.source.name()),
            effect: None,
            data: found.into(),
        })
    }
}
