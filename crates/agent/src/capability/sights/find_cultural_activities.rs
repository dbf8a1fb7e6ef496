//! Tool: what there is to see in a city.

use std::sync::Arc;

use guide::{holidays, sights::Sight};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    found::{FoundSight, SightsFound},
    source::SightSource,
};
use crate::{
    capability::{arguments::city, tastes},
    sources::asked,
    tools::{BadArgument, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::Interest,
};

/// Sights that are told where no number was said.
const USUAL: usize = 8;
/// Most sights.
const MOST: u8 = 20;

/// Arguments of a question for sights.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindCulturalActivitiesArgs {
    /// City: IATA code or name.
    pub city: String,
    /// What one likes to see; everything where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<Interest>,
    /// What one does not want to see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<Interest>,
    /// Month of the visit, YYYY-MM, for its public holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// First day of the visit, YYYY-MM-DD, for public holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Date>,
    /// Last day of the visit, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_out: Option<Date>,
    /// Most sights, 1 to 20; 8 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
}

impl FindCulturalActivitiesArgs {
    fn days(&self) -> Result<Option<(Date, Date)>, BadArgument> {
        if let Some(first) = self.check_in {
            let last = self.check_out.unwrap_or(first);
            if last < first {
                return Err(BadArgument::of("check_out", Problem::Before("check_in")));
            }
            return Ok(Some((first, last)));
        }
        let Some(month) = &self.month else {
            return Ok(None);
        };
        let first: Option<Date> = format!("{month}-01").parse().ok();
        let first = first.filter(|_| month.len() == 7);
        let first = first.ok_or_else(|| BadArgument::new("month", "needs the form YYYY-MM"))?;
        Ok(Some((first, first.last_of_month())))
    }
}

/// Reads how many are wanted.
pub(super) fn limit(asked: Option<u8>) -> Result<usize, BadArgument> {
    match asked {
        None => Ok(USUAL),
        Some(limit) if (1..=MOST).contains(&limit) => Ok(limit.into()),
        Some(_) => Err(BadArgument::of("limit", Problem::Outside(1, 20))),
    }
}

/// Asks one source.
pub struct FindCulturalActivities {
    source: Arc<dyn SightSource>,
}

impl FindCulturalActivities {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn SightSource>) -> Self {
        Self { source }
    }
}

impl Tool for FindCulturalActivities {
    const NAME: &'static str = "find_cultural_activities";
    const DESCRIPTION: &'static str = "Real sights of a city, best known first: museums, monuments, \
        places of worship, parks, markets, with kind, usual length of a visit, usual closing days and \
        coordinates. It knows no prices, no exact opening hours, no events and no tickets: name no \
        sight that it does not give.";
    const LABEL: (&'static str, &'static str) = ("Recherche de visites", "Looking for sights");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("city", "tool.city"),
        ("month", "tool.month"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
    ];
    type Args = FindCulturalActivitiesArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: FindCulturalActivitiesArgs,
    ) -> Result<ToolOutput, ToolError> {
        let destination = city("city", &args.city)?;
        let (limit, days) = (limit(args.limit)?, args.days()?);
        let all = self.source.sights(destination);
        let all = asked(self.source.name(), "sights", Vec::len, all).await?;
        let suited = suited(&all, &args.interests, &args.exclude);
        let off = days.and_then(|(from, to)| holidays::during(destination.country, from, to));
        let found = SightsFound {
            city: destination.code,
            destination,
            days,
            limit,
            suited: suited.len(),
            known: all.len(),
            sights: suited
                .into_iter()
                .take(limit)
                .map(FoundSight::from)
                .collect(),
            holidays: off.unwrap_or_default(),
            interests: args.interests,
            exclude: args.exclude,
        };
        Ok(ToolOutput {
            text: card::sights_text(&found, context.locale),
            card: card::sights(&found, context.locale),
            result_count: found.sights.len() as u64,
            source: Some(self.source.name()),
            effect: None,
            data: found.into(),
        })
    }
}

/// The sights that suit: where several things are liked they take turns, so that the first one does
/// not fill the list.
fn suited(
    all: &[&'static Sight],
    interests: &[Interest],
    exclude: &[Interest],
) -> Vec<&'static Sight> {
    let wanted = all
        .iter()
        .copied()
        .filter(|sight| !tastes::meets(sight, exclude));
    if interests.is_empty() {
        return wanted.collect();
    }
    let mut left: Vec<_> = wanted
        .filter(|sight| tastes::meets(sight, interests))
        .collect();
    let mut chosen = Vec::new();
    while !left.is_empty() {
        for interest in interests {
            let next = left
                .iter()
                .position(|sight| tastes::meets(sight, &[*interest]));
            chosen.extend(next.map(|at| left.remove(at)));
        }
    }
    chosen
}
