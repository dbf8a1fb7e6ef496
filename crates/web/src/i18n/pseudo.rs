//! A language that only tests speak: each text of the tables in brackets, so that what a page shows
//! without brackets stands in no table.

use std::{cell::Cell, sync::OnceLock};

use serde_json::Value;

use super::{Texts, en};

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
}

/// What comes before and after each text of a table.
pub(crate) const BRACKETS: [char; 2] = ['⟦', '⟧'];

/// Runs `body` with all tables in brackets.
pub(crate) fn during<T>(body: impl FnOnce() -> T) -> T {
    IS_ON.set(true);
    let done = body();
    IS_ON.set(false);
    done
}

/// Whether this thread speaks it.
pub(crate) fn is_on() -> bool {
    IS_ON.get()
}

/// A text of a table, in brackets where they are wanted.
pub(crate) fn spoken(text: &'static str) -> &'static str {
    if !is_on() {
        return text;
    }
    let [open, close] = BRACKETS;
    format!("{open}{text}{close}").leak()
}

/// The table of the page in brackets; scripts keep theirs.
pub(super) fn texts() -> &'static Texts {
    static TABLE: OnceLock<Texts> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = serde_json::to_value(&en::TEXTS).unwrap();
        bracket(&mut table);
        let json: &'static str = table.to_string().leak();
        serde_json::from_str(json).unwrap()
    })
}

fn bracket(value: &mut Value) {
    match value {
        Value::String(text) => {
            let [open, close] = BRACKETS;
            *text = format!("{open}{text}{close}");
        }
        Value::Array(values) => values.iter_mut().for_each(bracket),
        Value::Object(fields) => fields.values_mut().for_each(bracket),
        _ => {}
    }
}
