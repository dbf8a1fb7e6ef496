//! Tool: a map of the journey or of a day.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    found::{MapFound, Missing},
    places,
};
use crate::{
    capability::arguments::city,
    sheet::{Map, MapKind, Pin},
    tools::{BadArgument, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::{Iata, Locale},
};

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The flights between cities.
    Route,
    /// A day in a city.
    Day,
}

/// Arguments of a map.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GenerateTravelMapArgs {
    /// `route` or `day`; where absent a planned day, else the route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// City of the day: IATA code or name; any of the plan where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Day of the plan: its number, counted from 1, or YYYY-MM-DD; the first where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// In order: cities of a route, IATA codes or names; with `city`, sights or quarters of it. Those
    /// of the conversation's trip where absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<String>,
}

/// Draws what the conversation planned.
pub struct GenerateTravelMap;

impl Tool for GenerateTravelMap {
    const NAME: &'static str = "generate_travel_map";
    const DESCRIPTION: &'static str = "Draws a map for the person: the route of the trip, or the \
        stops of a planned day as a scheme (there is no street data). Without arguments it draws \
        what the conversation planned; the drawing is shown as a card, never repeat it.";
    const LABEL: (&'static str, &'static str) = ("Dessin de la carte", "Drawing the map");
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] =
        &[("kind", "tool.kind"), ("city", "tool.city")];
    type Args = GenerateTravelMapArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: GenerateTravelMapArgs,
    ) -> Result<ToolOutput, ToolError> {
        let found = find(context, &args)?;
        Ok(ToolOutput {
            text: card::text(&found),
            card: card::card(&found, context),
            result_count: found.map().map_or(0, |map| map.pins.len() as u64),
            source: Some("offline"),
            effect: None,
            data: found.into(),
        })
    }
}

fn find(context: &ToolContext, args: &GenerateTravelMapArgs) -> Result<MapFound, BadArgument> {
    let (plan, locale) = (&context.state.plan, context.locale);
    if args.stops.len() > places::MOST {
        return Err(BadArgument::new("stops", "at most 20"));
    }
    let place = args
        .city
        .as_deref()
        .map(|text| city("city", text))
        .transpose()?;
    let is_of_day = args.kind == Some(Kind::Day) || args.day.is_some() || place.is_some();
    if !args.stops.is_empty() && args.kind != Some(Kind::Route) && place.is_some() {
        let place = place.ok_or_else(|| BadArgument::of("city", Problem::Missing))?;
        let pins = places::named_in(place, &args.stops, locale)?;
        let title = place.name(locale).to_owned();
        let map = map(MapKind::Day, pins, title, place.code, locale);
        return Ok(MapFound::Day {
            map,
            day: None,
            left_out: Vec::new(),
        });
    }
    if !args.stops.is_empty() {
        if is_of_day && args.kind != Some(Kind::Route) {
            return Err(BadArgument::new("city", "is needed for stops of a day"));
        }
        return Ok(route(places::named(&args.stops, locale)?, locale));
    }
    if args.kind != Some(Kind::Route) && (is_of_day || !plan.days.is_empty()) {
        let code = place.map(|place| place.code);
        let known = place.map(|place| place.name(locale).to_owned());
        return day(context, code, known, args.day.as_deref());
    }
    Ok(route(places::of_trip(&context.state, locale), locale))
}

fn route(pins: Vec<Pin>, locale: Locale) -> MapFound {
    if pins.is_empty() {
        return MapFound::Nothing(Missing::Route);
    }
    let title = card::route_title(&pins, locale);
    MapFound::Route(Map {
        kind: MapKind::Route,
        text: card::alternative(MapKind::Route, &pins, locale),
        title,
        pins,
        labels: Vec::new(),
    })
}

fn map(kind: MapKind, pins: Vec<Pin>, title: String, city: Iata, locale: Locale) -> Map {
    Map {
        kind,
        text: card::alternative(kind, &pins, locale),
        title,
        pins,
        labels: places::quarters_of(city, locale),
    }
}

fn day(
    context: &ToolContext,
    city: Option<Iata>,
    name: Option<String>,
    wanted: Option<&str>,
) -> Result<MapFound, BadArgument> {
    let (state, locale) = (&context.state, context.locale);
    let days = places::days(&state.plan, city);
    if days.is_empty() {
        let of_trip = || places::of_trip(state, locale).into_iter().nth(1);
        let city = name.or_else(|| of_trip().map(|pin| pin.name));
        return Ok(MapFound::Nothing(Missing::Plan { city }));
    }
    let count = days.len();
    let date: Option<Date> = wanted.and_then(|text| text.trim().parse().ok());
    let number: Option<usize> = wanted.and_then(|text| text.trim().parse().ok());
    if wanted.is_some() && date.is_none() && number.is_none() {
        return Err(BadArgument::new("day", "a number or YYYY-MM-DD"));
    }
    let chosen = days.into_iter().find(|(of, ..)| match (date, number) {
        (Some(date), _) => of.date == date,
        (None, Some(number)) => of.number == number,
        (None, None) => true,
    });
    let Some((of, _, planned)) = chosen else {
        return Ok(MapFound::Nothing(Missing::Day { count }));
    };
    let (pins, left_out) = places::of_day(planned);
    if pins.is_empty() {
        return Ok(MapFound::Nothing(Missing::Places));
    }
    let title = card::day_title(&of, locale);
    Ok(MapFound::Day {
        map: map(MapKind::Day, pins, title, of.city, locale),
        day: Some(of),
        left_out,
    })
}
