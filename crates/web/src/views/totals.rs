//! What a conversation took: turns, time, tokens, cost.

use agent::{
    answer::{Answer, AnswerStatus, UsageRecord},
    locale::Locale,
};

use super::format;
use crate::i18n::{Texts, opinion::OpinionTexts};

/// The sums of a conversation's answers, on all its branches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    turns: u64,
    time_ms: f64,
    tokens: u64,
    /// In US dollars; `None` where any answer has tokens of an unknown price.
    cost_usd: Option<f64>,
    /// Only models that run here answered.
    is_ours: bool,
}

impl Totals {
    /// Adds answers up; one that still runs counts as a turn, and its time and tokens once it is over.
    #[must_use]
    pub fn of<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Self {
        let answers: Vec<&Answer> = answers.into_iter().collect();
        let ended = || answers.iter().filter(|a| a.status != AnswerStatus::Running);
        let usage: UsageRecord = ended().map(|answer| &answer.usage).sum();
        let mut models = answers.iter().filter_map(|answer| answer.model.as_ref());
        Self {
            turns: answers.len() as u64,
            time_ms: ended().map(|answer| answer.latency_ms).sum(),
            tokens: usage.total_tokens,
            cost_usd: usage.estimated_cost_usd,
            is_ours: models.all(|model| model.provider == "builtin"),
        }
    }

    /// Names and values, in the order in which they are shown.
    #[must_use]
    pub fn rows(&self, locale: Locale) -> [(&'static str, String); 4] {
        let o = OpinionTexts::of(locale);
        let number = |n| format::integer(n, locale);
        [
            (o.turns, number(self.turns)),
            (o.time, format::latency(self.time_ms, locale)),
            (o.tokens, number(self.tokens)),
            (o.cost, self.cost(locale)),
        ]
    }

    /// The cost in words: in which currency, that it is an estimate, or that it is not known.
    #[must_use]
    pub fn cost(&self, locale: Locale) -> String {
        let receipt = &Texts::of(locale).receipt;
        match self.cost_usd {
            None => receipt.unknown_cost.to_owned(),
            Some(usd) if usd <= 0.0 && self.is_ours => receipt.no_cost.to_owned(),
            Some(usd) => {
                let usd = format::usd(usd, locale);
                OpinionTexts::of(locale).estimated.replace("{usd}", &usd)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::samples;

    fn answer(usd: Option<f64>, provider: &str) -> Answer {
        let mut answer = samples::answer();
        answer.latency_ms = 1_500.0;
        answer.usage = UsageRecord {
            total_tokens: 1_200,
            estimated_cost_usd: usd,
            ..UsageRecord::NOTHING
        };
        if let Some(model) = &mut answer.model {
            model.provider = provider.to_owned();
        }
        answer
    }

    fn shown(answers: &[Answer], locale: Locale) -> Vec<String> {
        let rows = Totals::of(answers).rows(locale);
        rows.into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn what_is_known_adds_up() {
        let two = [answer(Some(0.5), "openai"), answer(Some(0.25), "openai")];
        assert_eq!(
            shown(&two, Locale::Fr),
            [
                "2",
                "3\u{a0}s",
                "2\u{a0}400",
                "0,7500\u{a0}$US (estimation)"
            ]
        );
    }

    #[test]
    fn a_cost_is_unknown_where_one_is_and_none_where_nobody_is_paid() {
        let unknown = [answer(Some(0.5), "openai"), answer(None, "openai")];
        assert!(shown(&unknown, Locale::En)[3].starts_with("unknown"));
        let ours = [answer(Some(0.0), "builtin")];
        assert!(shown(&ours, Locale::En)[3].starts_with("none"));
        let free = [answer(Some(0.0), "openai")];
        assert!(shown(&free, Locale::En)[3].starts_with("$0 "));
    }

    #[test]
    fn what_still_runs_is_a_turn_without_figures() {
        let mut running = answer(None, "openai");
        running.status = AnswerStatus::Running;
        let both = [answer(Some(0.5), "openai"), running];
        assert_eq!(shown(&both, Locale::En)[..3], ["2", "1.5\u{a0}s", "1,200"]);
    }
}
