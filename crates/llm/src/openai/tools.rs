//! The tools of requests, written once: they are most of a request's bytes, and the same for every turn
//! of a tier.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::value::RawValue;

use super::request;
use crate::ToolSpec;

/// Lists that are kept: there is one for each tier.
const KEPT: usize = 4;

/// Lists of tools with their JSON, the one that was written last at the end.
#[derive(Default)]
pub(super) struct WrittenTools(Mutex<Vec<Written>>);

struct Written {
    tools: Arc<[ToolSpec]>,
    json: Arc<RawValue>,
}

impl WrittenTools {
    /// The JSON of a list. Lists are told apart by their place in memory, which is theirs while they are
    /// kept here.
    pub(super) fn of(&self, tools: &Arc<[ToolSpec]>) -> Arc<RawValue> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |written: &&Written| Arc::ptr_eq(&written.tools, tools);
        if let Some(written) = kept.iter().find(known) {
            return Arc::clone(&written.json);
        }
        let json = request::written(tools);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Written {
            tools: Arc::clone(tools),
            json: Arc::clone(&json),
        });
        json
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tools(name: &'static str) -> Arc<[ToolSpec]> {
        let spec = ToolSpec {
            name,
            description: "Of \"one\" kind.",
            parameters: json!({"type": "object"}).into(),
        };
        Arc::new([spec])
    }

    #[test]
    fn each_list_is_written_once_and_as_itself() {
        let written = WrittenTools::default();
        let lists = ["a", "b", "c", "d", "e", "f"].map(tools);
        for _ in 0..2 {
            for list in &lists {
                let (first, again) = (written.of(list), written.of(list));
                assert!(Arc::ptr_eq(&first, &again));
                assert_eq!(first.get(), request::written(list).get());
            }
        }
        assert_eq!(written.0.lock().unwrap().len(), KEPT);
    }
}
