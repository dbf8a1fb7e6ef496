//! Every text of the pages, in both languages: a missing one does not compile.

use agent::{
    budget::{BudgetNote, BudgetState, Scope},
    capability,
    intent::Intent,
    locale::Locale,
    travel::Cabin,
};
use serde::Serialize;

use bilingual::pick;

mod bilingual;
pub(crate) mod compare;
mod en;
mod fr;
pub(crate) mod metrics;
pub(crate) mod offers;
pub(crate) mod offline;
pub(crate) mod opinion;
#[cfg(test)]
pub(crate) mod pseudo;
pub(crate) mod session;
pub(crate) mod share;
#[cfg(test)]
mod tests;
pub(crate) mod thread;
pub(crate) mod trace_list;
pub(crate) mod trace_page;
pub(crate) mod transfer;
pub(crate) mod trip;
pub(crate) mod viewer;

/// The texts of one language. `{n}` and the like stand for values that are filled in.
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub struct Texts {
    // Frame
    pub(crate) app_name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) skip_to_input: &'static str,
    pub(crate) theme_toggle: &'static str,
    pub(crate) language: &'static str,
    pub(crate) other_language: &'static str,
    // Sheets
    pub(crate) official_page: &'static str,
    pub(crate) sources_label: &'static str,
    pub(crate) derived_from: &'static str,
    /// The mark of a row that is better than the others.
    pub(crate) stands_out: &'static str,
    /// What stands between a label and its value.
    pub(crate) label_colon: &'static str,
    // History
    pub(crate) history: &'static str,
    pub(crate) open_history: &'static str,
    pub(crate) close_history: &'static str,
    pub(crate) new_chat: &'static str,
    pub(crate) search_history: &'static str,
    pub(crate) search_too_long: &'static str,
    pub(crate) no_history: &'static str,
    pub(crate) no_match: &'static str,
    pub(crate) more_history: &'static str,
    pub(crate) conversation_cost: &'static str,
    pub(crate) pinned: &'static str,
    pub(crate) options_of: &'static str,
    pub(crate) title_label: &'static str,
    pub(crate) rename: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) delete_forever: &'static str,
    pub(crate) traces: &'static str,
    // Empty page
    pub(crate) greeting: &'static str,
    pub(crate) invitation: &'static str,
    pub(crate) examples_label: &'static str,
    pub(crate) honesty: &'static str,
    // Composer
    pub(crate) input_label: &'static str,
    pub(crate) placeholder: &'static str,
    pub(crate) send: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) to_latest: &'static str,
    pub(crate) keys_hint: &'static str,
    // Thread
    pub(crate) you: &'static str,
    pub(crate) agent: &'static str,
    pub(crate) thread_label: &'static str,
    pub(crate) running: &'static str,
    pub(crate) reload: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) ungrounded: &'static str,
    pub(crate) ungrounded_why: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) rating: &'static str,
    pub(crate) receipt: ReceiptTexts,
    pub(crate) good_answer: &'static str,
    pub(crate) bad_answer: &'static str,
    pub(crate) trace: &'static str,
    pub(crate) trace_title: &'static str,
    pub(crate) tokens: &'static str,
    pub(crate) cached_tokens: &'static str,
    pub(crate) steps: Plural,
    pub(crate) results: Plural,
    pub(crate) no_result: &'static str,
    pub(crate) understood: &'static str,
    pub(crate) sure: &'static str,
    pub(crate) chips: &'static str,
    /// `{part}` is the label of a chip.
    pub(crate) change_chip: &'static str,
    pub(crate) remove_chip: &'static str,
    pub(crate) left_over: &'static str,
    pub(crate) choices: &'static str,
    pub(crate) step_failed: &'static str,
    pub(crate) step_stopped: &'static str,
    // Offers
    pub(crate) offers: Plural,
    pub(crate) illustrative: &'static str,
    pub(crate) illustrative_title: &'static str,
    pub(crate) best: &'static str,
    pub(crate) cheapest: &'static str,
    pub(crate) fastest: &'static str,
    pub(crate) outbound: &'static str,
    pub(crate) inbound: &'static str,
    pub(crate) leg: &'static str,
    pub(crate) direct: &'static str,
    pub(crate) stops: Plural,
    pub(crate) departure: &'static str,
    pub(crate) arrival: &'static str,
    pub(crate) day_later: Plural,
    pub(crate) day_earlier: Plural,
    pub(crate) layover: &'static str,
    pub(crate) airport_change: &'static str,
    pub(crate) total_for: Plural,
    pub(crate) details: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) choose_message: &'static str,
    pub(crate) ordinals: [&'static str; 10],
    pub(crate) baggage: &'static str,
    pub(crate) cabin_bags: Plural,
    pub(crate) hold_bags: Plural,
    pub(crate) no_hold_bag: &'static str,
    pub(crate) personal_item: &'static str,
    pub(crate) fare: &'static str,
    pub(crate) refundable: &'static str,
    pub(crate) not_refundable: &'static str,
    pub(crate) changeable: &'static str,
    pub(crate) not_changeable: &'static str,
    pub(crate) emissions: &'static str,
    pub(crate) adults: Plural,
    pub(crate) children: Plural,
    pub(crate) infants: Plural,
    pub(crate) source: &'static str,
    pub(crate) valid_until: &'static str,
    pub(crate) cabins: [&'static str; 4],
    // Fare calendar
    pub(crate) calendar: &'static str,
    pub(crate) one_way: &'static str,
    pub(crate) nights: Plural,
    pub(crate) cheapest_day: &'static str,
    pub(crate) calendar_hint: &'static str,
    pub(crate) no_fares: &'static str,
    // Proposal
    pub(crate) proposal: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) decline: &'static str,
    pub(crate) proposal_until: &'static str,
    pub(crate) proposal_confirmed: &'static str,
    pub(crate) proposal_rejected: &'static str,
    pub(crate) proposal_closed: &'static str,
    pub(crate) budget: BudgetTexts,
    // Errors
    pub(crate) home: &'static str,
    pub(crate) trace_of_error: &'static str,
    pub(crate) errors: ErrorTexts,
    /// What scripts need.
    #[cfg_attr(test, serde(skip, default = "english_script"))]
    pub(crate) script: ScriptTexts,
}

/// A text for one and one for many; `{n}` stands for the number.
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Plural {
    pub(crate) one: &'static str,
    pub(crate) other: &'static str,
}

impl Plural {
    /// The text for `n` > 0.
    pub(crate) fn of(&self, n: u64) -> String {
        let text = if n == 1 { self.one } else { self.other };
        text.replace("{n}", &n.to_string())
    }
}

/// What is said of a budget: words, no amounts.
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct BudgetTexts {
    pub(crate) visitor_warning: &'static str,
    pub(crate) visitor_builtin: &'static str,
    pub(crate) visitor_refused: &'static str,
    pub(crate) day_warning: &'static str,
    pub(crate) day_builtin: &'static str,
    pub(crate) day_refused: &'static str,
}

impl BudgetTexts {
    /// The note under an answer.
    pub(crate) const fn note(&self, note: BudgetNote) -> &'static str {
        match (note.scope, note.state) {
            (Scope::Visitor, BudgetState::Warning) => self.visitor_warning,
            (Scope::Visitor, BudgetState::Exhausted) => self.visitor_builtin,
            (Scope::Day, BudgetState::Warning) => self.day_warning,
            (Scope::Day, BudgetState::Exhausted) => self.day_builtin,
        }
    }

    /// Why there is no answer.
    pub(crate) const fn refused(&self, scope: Scope) -> &'static str {
        match scope {
            Scope::Visitor => self.visitor_refused,
            Scope::Day => self.day_refused,
        }
    }
}

/// Title and advice of each error page.
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(test, serde(bound(deserialize = "'de: 'static")))]
pub(crate) struct ErrorTexts {
    pub(crate) not_found: (&'static str, &'static str),
    pub(crate) bad_request: (&'static str, &'static str),
    pub(crate) forbidden: (&'static str, &'static str),
    pub(crate) gone: (&'static str, &'static str),
    pub(crate) busy: (&'static str, &'static str),
    pub(crate) too_large: (&'static str, &'static str),
    pub(crate) invalid: (&'static str, &'static str),
    pub(crate) too_many: (&'static str, &'static str),
    pub(crate) no_budget: (&'static str, &'static str),
    pub(crate) overloaded: (&'static str, &'static str),
    pub(crate) pending: (&'static str, &'static str),
    pub(crate) timeout: (&'static str, &'static str),
    pub(crate) internal: (&'static str, &'static str),
}

/// Texts that scripts show; they travel as JSON in `body[data-i18n]`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(Clone, Copy))]
pub(crate) struct ScriptTexts {
    pub(crate) thinking: &'static str,
    pub(crate) answer_ready: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) rated: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) dismiss: &'static str,
    pub(crate) too_long: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) rejected: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) retry_in: &'static str,
    pub(crate) overloaded: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) reconnecting: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) not_saved: &'static str,
    pub(crate) deleted: &'static str,
    pub(crate) undone: &'static str,
    #[serde(skip)]
    pub(crate) tools: ToolTexts,
}

/// All of them, as one table.
#[derive(Serialize)]
struct AllScriptTexts {
    #[serde(flatten)]
    page: &'static ScriptTexts,
    #[serde(flatten)]
    thread: &'static thread::ThreadScript,
}

/// What a running tool does, by its name; `other` where it has none.
#[cfg_attr(test, derive(Clone, Copy))]
pub(crate) struct ToolTexts {
    pub(crate) locale: Locale,
    pub(crate) other: &'static str,
}

impl ToolTexts {
    fn of(&self, name: &str) -> &'static str {
        let label = capability::labels().get(name);
        label.map_or(self.other, |(fr, en)| pick(self.locale, fr, en))
    }
}

impl Texts {
    /// The texts of a language.
    #[must_use]
    #[cfg(not(test))]
    pub const fn of(locale: Locale) -> &'static Self {
        Self::table(locale)
    }

    /// The texts of a language, or in brackets.
    #[must_use]
    #[cfg(test)]
    pub fn of(locale: Locale) -> &'static Self {
        match pseudo::is_on() {
            true => pseudo::texts(),
            false => Self::table(locale),
        }
    }

    const fn table(locale: Locale) -> &'static Self {
        match locale {
            Locale::Fr => &fr::TEXTS,
            Locale::En => &en::TEXTS,
        }
    }

    /// What a tool does, as people say it.
    pub(crate) fn tool(&self, name: &str) -> &'static str {
        self.script.tools.of(name)
    }

    /// The name of a cabin.
    pub(crate) const fn cabin(&self, cabin: Cabin) -> &'static str {
        self.cabins[cabin as usize]
    }

    /// The texts for scripts, as JSON.
    pub(crate) fn script_json(&'static self) -> String {
        let both = AllScriptTexts {
            page: &self.script,
            thread: thread::ThreadScript::of(self.script.tools.locale),
        };
        serde_json::to_string(&both).unwrap_or_default()
    }
}

#[cfg(test)]
fn english_script() -> ScriptTexts {
    en::TEXTS.script
}

/// What a message wanted, as people say it.
pub(crate) fn intent(intent: Intent, locale: Locale) -> &'static str {
    match intent {
        Intent::SmallTalk => pick(locale, "bavardage", "small talk"),
        Intent::Planning => pick(locale, "préparer un voyage", "planning a trip"),
        Intent::Confirmation => pick(locale, "confirmation", "confirmation"),
        Intent::Rejection => pick(locale, "refus", "rejection"),
        Intent::BookingManagement => pick(locale, "gérer une réservation", "managing a booking"),
        Intent::TravelInfo => pick(locale, "renseignement de voyage", "travel information"),
        Intent::OutOfScope => pick(locale, "hors sujet", "out of scope"),
    }
}

/// The drawer under an answer.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct ReceiptTexts {
    pub(crate) title: &'static str,
    pub(crate) model: &'static str,
    pub(crate) duration: &'static str,
    pub(crate) first_text: &'static str,
    pub(crate) rounds: &'static str,
    pub(crate) tokens: &'static str,
    /// `{in}`, `{cached}`, `{out}` are numbers.
    pub(crate) tokens_of: &'static str,
    pub(crate) cost: &'static str,
    pub(crate) unknown_cost: &'static str,
    pub(crate) no_cost: &'static str,
    /// `{usd}` is the amount.
    pub(crate) estimated: &'static str,
    pub(crate) ungrounded: &'static str,
    pub(crate) tools: &'static str,
    pub(crate) source: &'static str,
    pub(crate) viewer: &'static str,
    pub(crate) grafana: &'static str,
}
