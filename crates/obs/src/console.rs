//! Finished spans and metrics on stderr, as JSON lines, for a person without a collector.

use std::io::Write;

use opentelemetry_sdk::trace::SpanData;
use serde::Serialize;

use crate::{points::Point, trace::Span};

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Printed<'a> {
    Span(&'a Span),
    Metric(&'a Point),
}

pub(crate) fn print_span(span: &SpanData) {
    print(&Printed::Span(&Span::from(span)));
}

pub(crate) fn print_points(points: &[Point]) {
    points
        .iter()
        .for_each(|point| print(&Printed::Metric(point)));
}

fn print(printed: &Printed<'_>) {
    if let Ok(mut line) = serde_json::to_vec(printed) {
        line.push(b'\n');
        // A closed stderr is no reason to disturb the application.
        let _ = std::io::stderr().lock().write_all(&line);
    }
}
