//! Tool: what to eat, and in which quarters.

use std::sync::Arc;

use guide::way;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    found::{Eating, FoodFound},
    source::FoodSource,
};
use crate::{
    capability::{arguments::city, sights::Spot},
    sources::asked,
    tools::{BadArgument, Problem, Tool, ToolContext, ToolError, ToolOutput},
};

/// Dishes that are told where no number was said.
const USUAL: u8 = 8;
/// Most dishes.
const MOST: u8 = 20;
/// Most quarters.
const MOST_QUARTERS: usize = 5;

/// Arguments of a question for food.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendRestaurantsArgs {
    /// City: IATA code or name.
    pub city: String,
    /// A sight or quarter there to eat near to, or "center".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// Most dishes, 1 to 20; 8 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
}

/// Asks one source.
pub struct RecommendRestaurants {
    source: Arc<dyn FoodSource>,
}

impl RecommendRestaurants {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn FoodSource>) -> Self {
        Self { source }
    }
}

impl Tool for RecommendRestaurants {
    const NAME: &'static str = "recommend_restaurants";
    const DESCRIPTION: &'static str = "Dishes to try in a city's country and the quarters of the city \
        that are known for eating. It knows no restaurant by name, no address and no price: never \
        name a restaurant.";
    const LABEL: (&'static str, &'static str) =
        ("Recherche de bonnes tables", "Looking for what to eat");
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[("city", "tool.city")];
    type Args = RecommendRestaurantsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: RecommendRestaurantsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let destination = city("city", &args.city)?;
        let limit = args.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(BadArgument::of("limit", Problem::Outside(1, 20)).into());
        }
        let near = args.near.as_deref();
        let spot = near.and_then(|near| Spot::named(destination, near));
        let dishes = self.source.dishes(destination, limit.into());
        let dishes = asked(self.source.name(), "dishes", Vec::len, dishes).await?;
        let quarters = self.source.quarters(destination);
        let quarters = asked(self.source.name(), "quarters", Vec::len, quarters).await?;
        let from = spot.map(|spot| spot.at(destination));
        let mut quarters: Vec<_> = quarters
            .into_iter()
            .map(|quarter| Eating {
                quarter,
                way: from.map(|from| way::between(from, quarter.at)),
            })
            .collect();
        // The sort is stable: without a spot the order of the source stays.
        quarters.sort_by_key(|eating| eating.way.map(|way| way.minutes));
        quarters.truncate(MOST_QUARTERS);
        let found = FoodFound {
            city: destination.code,
            destination,
            spot,
            near: args.near,
            dishes,
            quarters,
        };
        Ok(ToolOutput {
            text: card::text(&found, context.locale),
            card: card::card(&found, context.locale),
            result_count: (found.dishes.len() + found.quarters.len()) as u64,
            source: Some(self.source.name()),
            effect: None,
            data: found.into(),
        })
    }
}
