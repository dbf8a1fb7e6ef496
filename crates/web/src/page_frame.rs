//! The frame of a requested page: the visitor's language, the way back, the visitor's clock.

use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::tz::TimeZone;

use crate::{
    caller::theme_cookie, caller::visitor::Visitor, problem::Problem, routes::pages::choose_locale,
    state::AppState, views::Frame,
};

/// What a page needs to know of its visitor.
#[derive(Clone, Debug)]
pub struct PageFrame {
    /// What every page shows around its content.
    pub frame: Frame,
    /// The zone in which times are shown.
    pub zone: TimeZone,
}

impl FromRequestParts<AppState> for PageFrame {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let chosen = state.store.preferences(&visitor.owner).await?;
        let locale = choose_locale(state, &chosen, &parts.headers);
        let zone = chosen
            .time_zone
            .and_then(|name| TimeZone::get(&name).ok())
            .or_else(|| state.config.default_time_zone.clone())
            .unwrap_or_else(TimeZone::system);
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(Self {
            frame: Frame {
                has_viewer: state.config.viewer.viewer,
                ..Frame::new(locale, path).themed(theme_cookie::chosen(&parts.headers))
            },
            zone,
        })
    }
}
