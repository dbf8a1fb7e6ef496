//! Reads the dialogues.

use serde_json::Value;

/// A dialogue.
pub(super) struct Dialogue {
    pub(super) title: String,
    pub(super) turns: Vec<Turn>,
}

/// What is written, and what must be true of the answer.
pub(super) struct Turn {
    pub(super) message: String,
    pub(super) wanted: Vec<Wanted>,
}

pub(super) enum Wanted {
    Tool(WantedTool),
    /// One of these.
    Shows(Vec<String>),
    /// Parts of the panel by name.
    Trip(Vec<(String, String)>),
}

/// A tool that must run: one of the names, with these arguments among others.
#[derive(Debug)]
pub(super) struct WantedTool {
    pub(super) names: Vec<String>,
    arguments: Vec<(String, String)>,
}

impl WantedTool {
    fn new(text: &str) -> Self {
        let mut words = words(text).into_iter();
        let names = words.next().unwrap_or_default();
        Self {
            names: names.split('|').map(str::to_owned).collect(),
            arguments: words.filter_map(|word| pair(&word)).collect(),
        }
    }

    /// Whether a call is it.
    pub(super) fn fits(&self, call: &Value) -> bool {
        let named = self.names.iter().any(|name| call["name"] == **name);
        named
            && call["success"] != false
            && self.arguments.iter().all(|(name, wanted)| {
                let got = argument(&call["arguments"], name);
                wanted.split('|').any(|one| is_like(one, &got))
            })
    }
}

/// An argument as the fixtures write it.
fn argument(arguments: &Value, name: &str) -> String {
    let own = match name {
        // One offer, by its place in the list or by its id.
        "offer" if arguments["offer"].is_null() => &arguments["offer_id"],
        // Return trips of tools that know a stay only.
        "date" if arguments["date"].is_null() => &arguments["check_in"],
        "return_date" if arguments["return_date"].is_null() => &arguments["check_out"],
        "arrival" if arguments["arrival"].is_null() => &arguments["city"],
        // What suggestions may cost, of all or for each.
        "budget" if !arguments["max_price"].is_null() => &arguments["max_price"],
        "budget" if !arguments["max_price_per_person"].is_null() => {
            &arguments["max_price_per_person"]
        }
        name => &arguments[name],
    };
    match own {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if name == "legs" => {
            let leg = |leg: &Value| {
                let part = |name: &str| leg[name].as_str().unwrap_or_default().to_owned();
                format!("{}>{}@{}", part("departure"), part("arrival"), part("date"))
            };
            items.iter().map(leg).collect::<Vec<_>>().join(",")
        }
        Value::Array(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| item.to_string().replace('"', ""))
                .collect();
            items.join(",")
        }
        other => other.to_string(),
    }
}

fn is_like(wanted: &str, got: &str) -> bool {
    if let Some(part) = wanted.strip_prefix('"') {
        let joined = |text: &str| folded(text).replace('-', " ");
        return joined(got).contains(&joined(part.trim_end_matches('"')));
    }
    // An airport of the city is the city.
    let city = got.parse().ok().map(agent::trip::city_of);
    if city.is_some_and(|city| city.as_str() == wanted) {
        return true;
    }
    let number = |text: &str| text.parse::<f64>().ok();
    let same_number = number(wanted).is_some() && number(wanted) == number(got);
    // An offer is named by its place or by its id.
    let offer = wanted.starts_with('#')
        && (got == wanted || got == &wanted[1..] || got.starts_with("off_"));
    wanted == got || same_number || offer || folded(wanted) == folded(got)
}

/// Words, of which what stands in quotation marks is one.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                words.last_mut().unwrap().push(c);
            }
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn pair(word: &str) -> Option<(String, String)> {
    let (name, value) = word.split_once('=')?;
    Some((name.to_owned(), value.to_owned()))
}

/// Without case, accents and kinds of blanks and apostrophes.
pub(super) fn folded(text: &str) -> String {
    let plain = agent::language::fold(text).replace('’', "'");
    let mut folded = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}' {
            true => folded.push(' '),
            false => folded.push(c),
        }
    }
    folded
}

/// The dialogues of a file.
pub(super) fn dialogues(text: &str) -> Vec<Dialogue> {
    let mut all: Vec<Dialogue> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            all.push(Dialogue {
                title: title.to_owned(),
                turns: Vec::new(),
            });
            continue;
        }
        let Some(dialogue) = all.last_mut() else {
            continue;
        };
        if let Some(message) = line.strip_prefix("> ") {
            dialogue.turns.push(Turn {
                message: message.to_owned(),
                wanted: Vec::new(),
            });
            continue;
        }
        let Some((kind, rest)) = line.split_once(": ") else {
            continue;
        };
        let wanted = match kind {
            "tool" => Wanted::Tool(WantedTool::new(rest)),
            "shows" => Wanted::Shows(
                rest.split(" | ")
                    .map(|word| word.trim().to_owned())
                    .collect(),
            ),
            "trip" => Wanted::Trip(rest.split_whitespace().filter_map(pair).collect()),
            other => panic!("{other}: {line}"),
        };
        dialogue.turns.last_mut().unwrap().wanted.push(wanted);
    }
    all
}
