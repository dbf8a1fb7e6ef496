//! Pages and their parts: data in, HTML out. No I/O, no clock.

use agent::locale::Locale;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use crate::{
    assets,
    caller::theme_cookie::Theme,
    i18n::{Texts, viewer::ViewerTexts},
};

mod badges;
mod budget_bar;
pub mod calendar;
pub mod cards;
pub mod chat;
mod climate;
mod day_groups;
pub mod error;
mod filters;
mod flights;
mod folded;
mod follow_ups;
mod format;
mod grafana;
pub mod import;
pub(crate) mod lengths;
pub mod login;
mod marks;
pub mod message;
pub mod offer;
mod offer_line;
pub mod offline;
pub mod proposal;
pub mod receipt;
#[cfg(test)]
pub(crate) mod samples;
pub mod share;
pub mod shared;
mod sheet;
pub mod siblings;
mod slice;
pub(crate) mod step;
#[cfg(test)]
mod tests;
pub mod totals;
pub mod trip;
pub mod trips;
mod usual;
pub mod viewer;

/// What every page shows around its content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Language of the page.
    pub(crate) locale: Locale,
    /// Path and query of this page, to come back to after a choice of language.
    pub(crate) path: String,
    /// Whether there are traces to link to.
    pub(crate) has_viewer: bool,
    /// The colours that were chosen; `None` = those of the system.
    pub(crate) theme: Option<Theme>,
}

impl Frame {
    /// The frame of the page at `path` (path and query).
    #[must_use]
    pub fn new(locale: Locale, path: impl Into<String>) -> Self {
        let path = path.into();
        Self {
            locale,
            path,
            has_viewer: true,
            theme: None,
        }
    }

    /// The same frame in the colours that were chosen.
    #[must_use]
    pub fn themed(self, theme: Option<Theme>) -> Self {
        Self { theme, ..self }
    }

    /// The same frame around the page at another path.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        let path = path.into();
        Self { path, ..self }
    }

    /// The page's texts.
    pub(crate) fn t(&self) -> &'static Texts {
        Texts::of(self.locale)
    }

    /// The texts of the viewer's pages.
    pub(crate) fn v(&self) -> &'static ViewerTexts {
        ViewerTexts::of(self.locale)
    }

    /// The address of a static file.
    pub(crate) fn asset(&self, path: impl AsRef<str>) -> String {
        assets::asset(path.as_ref())
    }

    /// The addresses of a module and of all that it imports, itself first.
    pub(crate) fn modules(&self, entry: &str) -> Vec<String> {
        assets::modules(entry)
    }

    /// The language that the switch offers.
    pub(crate) fn other(&self) -> Locale {
        match self.locale {
            Locale::Fr => Locale::En,
            Locale::En => Locale::Fr,
        }
    }
}

/// Renders a page that is there; see [`respond`].
pub fn show(page: &impl Template) -> Response {
    respond(StatusCode::OK, page)
}

/// Renders a page or a fragment; a template that fails is a 500 without a body.
pub fn respond(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
