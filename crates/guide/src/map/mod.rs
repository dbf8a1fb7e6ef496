//! Maps that we draw ourselves: a journey on the outlines of the land, and a day in a city as a
//! scheme (there is no street data). Both are SVG in text, the same on every machine.
//!
//! A drawing for the page has classes and presentation attributes only, since its policy refuses
//! styles inside it (`static/css/map.css` colours the classes; without it `currentColor` does); one
//! for a file brings its style with it. The view box is 640 wide, so that at 390 px of screen the
//! type is still of a readable size.

mod arc;
mod boxes;
mod clip;
mod day;
mod drawing;
mod labels;
mod land;
mod legend;
mod markers;
mod outline;
mod path;
mod route;
mod scale;
mod style;
mod view;
mod words;

use crate::{Point, Source};

pub use day::day;
pub use route::route;

/// Where the outlines of the land come from.
pub const SOURCE: Source = Source {
    id: "land",
    name: (
        "Natural Earth (contours des terres)",
        "Natural Earth (land outlines)",
    ),
    as_of: "2018",
    licence: "public domain",
    derived: false,
};

/// Width of every view box.
pub const WIDTH: f64 = 640.0;

/// A place on a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pin<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Where it is.
    pub at: Point,
}

/// What a drawing says in words, in the language of who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// What it shows.
    pub title: &'a str,
    /// The same as the drawing, for who does not see it.
    pub text: &'a str,
}

/// Where a drawing will be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// In a page, which colours its classes.
    Page,
    /// As a file of its own, light or dark as the system is.
    File,
}

#[cfg(test)]
mod tests;
