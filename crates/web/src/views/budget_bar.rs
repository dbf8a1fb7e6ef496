//! What is planned of a trip against what the traveller said it may cost, as a bar of categories.

use agent::{
    locale::Locale,
    travel::Money,
    trip::{Summary, words},
};
use askama::Template;

use crate::i18n::trip::TripTexts;

/// Width of the whole bar, in units of the drawing.
const WIDTH: f64 = 100.0;

/// The bar, ready to print.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<svg class="budget-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{{ text }}"><rect class="rest" width="{{ limit }}" height="6"/>
    {%- for (class, x, width) in parts %}<rect class="{{ class }}" x="{{ x }}" width="{{ width }}" height="6"/>{% endfor %}
    {%- if over %}<rect class="limit" x="{{ limit }}" width="0.8" height="6"/>{% endif %}</svg><p class="budget-share{% if over %} over{% endif %}">{{ share }}</p>"#
)]
pub(super) struct BudgetBar {
    /// `Prévu : 1 240 € sur un budget de 2 000 €`.
    text: String,
    /// `62 % du budget`.
    share: String,
    /// Where the budget ends.
    limit: f64,
    /// Class, begin and width of each category.
    parts: Vec<(&'static str, f64, f64)>,
    over: bool,
}

impl BudgetBar {
    /// `None` where either is not known, or both are not of one currency.
    pub(super) fn of(trip: &Summary, locale: Locale) -> Option<Self> {
        let p = TripTexts::of(locale);
        let budget = trip.wished.budget?;
        let left = trip.left()?;
        let limit = budget.amount.minor;
        let spent = limit.checked_sub(left.minor)?;
        if limit <= 0 || spent < 0 {
            return None;
        }
        let over = spent > limit;
        let whole = limit.max(spent) as f64;
        let total = trip.planned.total.as_ref()?;
        // A budget for each person is filled as that of all is.
        let sum: i64 = total.lines.iter().map(|line| line.total.minor).sum();
        let mut x = 0.0;
        let mut parts = Vec::new();
        for line in &total.lines {
            let share = line.total.minor as f64 / sum.max(1) as f64;
            let width = rounded(WIDTH * share * spent as f64 / whole);
            parts.push((class(&line.expense), rounded(x), width));
            x += width;
        }
        let percent = (spent as f64 / limit as f64 * 100.0).round();
        let percent = format!("{percent}{}", locale.pick("\u{a0}%", "%"));
        let amount = |minor| words::about(Money::new(minor, budget.amount.currency), locale);
        let scope = words::scope(budget.scope, locale);
        let text = p
            .planned_of
            .replace("{planned}", &amount(spent))
            .replace("{budget}", &amount(limit))
            .replace("{scope}", scope)
            .replace("{percent}", &percent);
        let share = if over { p.share_over } else { p.share };
        Some(Self {
            text,
            share: share
                .replace("{percent}", &percent)
                .replace("{price}", &amount(spent - limit)),
            limit: rounded(WIDTH * limit as f64 / whole),
            parts,
            over,
        })
    }
}

/// The class of an expense: its colour is in the style sheet.
pub(super) fn class(expense: &str) -> &'static str {
    match expense {
        "flights" => "flights",
        "stay" => "stay",
        "meals" => "meals",
        "visits" => "visits",
        "transport" => "transport",
        _ => "other",
    }
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    fn bar(change: impl FnOnce(&mut Summary)) -> Option<BudgetBar> {
        let mut trip = Summary::of(&samples::trip(), Locale::Fr).unwrap();
        change(&mut trip);
        BudgetBar::of(&trip, Locale::Fr)
    }

    #[test]
    fn a_bar_is_as_long_as_its_parts_and_over_budget_is_said() {
        let over = bar(|_| {}).unwrap();
        assert!(over.over && over.limit < WIDTH);
        let end: f64 = over.parts.iter().map(|(_, _, width)| width).sum();
        assert!((end - WIDTH).abs() < 0.1, "{end}");
        assert!(
            over.share.contains("dépassé de 41\u{a0}€"),
            "{}",
            over.share
        );
        let under = bar(|trip| {
            let budget = trip.wished.budget.as_mut().unwrap();
            budget.amount.minor *= 2;
        })
        .unwrap();
        assert!(!under.over);
        let end: f64 = under.parts.iter().map(|(_, _, width)| width).sum();
        assert!((45.0..55.0).contains(&end), "{end}");
        assert!(under.text.starts_with("Prévu\u{a0}: "), "{}", under.text);
        let html = under.render().unwrap();
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn without_a_budget_there_is_no_bar() {
        assert!(bar(|trip| trip.wished.budget = None).is_none());
        assert!(bar(|trip| trip.planned.total = None).is_none());
    }
}
