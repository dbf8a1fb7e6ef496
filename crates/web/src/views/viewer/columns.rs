//! The headings of the list of traces, each a link that orders by it.

use agent::locale::Locale;

use crate::{
    i18n::{trace_list::TraceListTexts, viewer::ViewerTexts},
    traces::{
        order::{Column, Order},
        query::RawQuery,
    },
};

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) class: &'static str,
    pub(super) label: &'static str,
    pub(super) href: String,
    /// As `aria-sort` has it, where the list is ordered by it.
    pub(super) sorted: Option<&'static str>,
}

/// An order to choose, for screens that show no headings.
#[derive(Debug)]
pub(super) struct SortChoice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) selected: bool,
}

/// The headings in the order of the columns.
pub(super) fn headings(query: &RawQuery, order: Order, locale: Locale) -> Vec<Heading> {
    let heading = |column: Column| Heading {
        class: class(column),
        label: label(column, locale),
        href: match query.sorted(order.after(column)) {
            said if said.is_empty() => "/traces".to_owned(),
            said => format!("/traces?{said}"),
        },
        sorted: (order.column == column).then_some(match order.is_descending {
            true => "descending",
            false => "ascending",
        }),
    };
    Column::ALL.into_iter().map(heading).collect()
}

/// Each column as one means it at first, and the order that the list has.
pub(super) fn sort_choices(order: Order, locale: Locale) -> Vec<SortChoice> {
    let choice = |column: Column| {
        let meant = match order.column == column {
            true => order,
            false => column.first_choice(),
        };
        let arrow = if meant.is_descending { '↓' } else { '↑' };
        SortChoice {
            value: meant.to_query(),
            label: format!("{} {arrow}", label(column, locale)),
            selected: meant == order,
        }
    };
    Column::ALL.into_iter().map(choice).collect()
}

fn label(column: Column, locale: Locale) -> &'static str {
    let (v, l) = (ViewerTexts::of(locale), TraceListTexts::of(locale));
    match column {
        Column::Started => v.started,
        Column::Question => l.question,
        Column::Status => v.status,
        Column::Duration => v.duration,
        Column::FirstText => l.first_text,
        Column::Tokens => l.tokens,
        Column::Cost => l.cost,
        Column::Rating => l.rating,
        Column::Rounds => v.rounds,
        Column::Model => v.model,
        Column::Spans => v.spans,
    }
}

/// Names the column in style sheets.
const fn class(column: Column) -> &'static str {
    match column {
        Column::Started => "when",
        Column::Question => "question",
        Column::Status => "state",
        Column::Duration => "time",
        Column::FirstText => "number first",
        Column::Tokens => "number tokens",
        Column::Cost => "number cost",
        Column::Rating => "thumb",
        Column::Rounds => "number rounds",
        Column::Model => "model",
        Column::Spans => "number count",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_orders_by_itself_then_turns_round_and_keeps_the_filter() {
        let query: RawQuery = serde_urlencoded::from_str("tool=x&sort=-duration").unwrap();
        let order = Order::parse(&query.sort).unwrap();
        let headings = headings(&query, order, Locale::En);
        let link = |label: &str| {
            let heading = headings.iter().find(|h| h.label == label).unwrap();
            (&*heading.href, heading.sorted)
        };
        let turned = "/traces?sort=duration&tool=x";
        assert_eq!(link("Duration"), (turned, Some("descending")));
        assert_eq!(link("Cost"), ("/traces?sort=-cost&tool=x", None));
        assert_eq!(link("Started"), ("/traces?tool=x", None));
        let newest = super::headings(&RawQuery::default(), Order::default(), Locale::Fr);
        assert_eq!(newest[0].href, "/traces?sort=started");
        let by_spans = Order::parse("spans").unwrap();
        let back = super::headings(&RawQuery::default(), by_spans, Locale::Fr);
        assert_eq!(back[0].href, "/traces");
    }

    #[test]
    fn the_order_that_the_list_has_can_be_kept() {
        let choices = sort_choices(Order::parse("duration").unwrap(), Locale::Fr);
        let chosen: Vec<&str> = choices
            .iter()
            .filter(|choice| choice.selected)
            .map(|choice| &*choice.value)
            .collect();
        assert_eq!(chosen, ["duration"]);
        assert_eq!(choices.len(), Column::ALL.len());
    }
}
