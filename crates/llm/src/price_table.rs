//! What the models of the providers cost: a table in the binary, and an operator's own prices.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::Date;
use toml::{Table, Value};

use super::pricing::Price;

/// Prices in the form of `data/prices.toml`, whose header explains the fields.
const EMBEDDED: &str = include_str!("../data/prices.toml");

/// Why a text holds no prices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// It is no TOML, or holds something beside `[[price]]` entries.
    #[error("no table of prices: {0}")]
    Form(String),
    /// A field of an entry.
    #[error("price of {model}: {field} {problem}")]
    Field {
        /// The model, or the number of the entry where it names none.
        model: String,
        /// The field.
        field: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// Prices by provider and model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PriceTable {
    providers: BTreeMap<String, BTreeMap<String, Price>>,
}

impl PriceTable {
    /// The prices that are compiled in.
    #[must_use]
    pub fn embedded() -> &'static Self {
        #[expect(clippy::expect_used, reason = "a test parses what is compiled in")]
        static TABLE: LazyLock<PriceTable> =
            LazyLock::new(|| PriceTable::parse(EMBEDDED).expect("the embedded prices"));
        &TABLE
    }

    /// The embedded prices, but for the models in `overrides`: its entries, of the same form,
    /// replace others or add to them. They need neither date nor source.
    ///
    /// # Errors
    /// The first entry that cannot be used, by model and field.
    pub fn with_overrides(overrides: &str) -> Result<Self, PriceError> {
        let mut table = Self::embedded().clone();
        for (provider, models) in Self::parse(overrides)?.providers {
            table.providers.entry(provider).or_default().extend(models);
        }
        Ok(table)
    }

    /// The price of a model, or of the listed model that it is a dated snapshot of; `None` =
    /// unknown, which is not free of charge.
    #[must_use]
    pub fn price(&self, provider: &str, model: &str) -> Option<Price> {
        let models = self.providers.get(provider)?;
        let listed = models.get(model);
        listed.or_else(|| models.get(undated(model)?)).copied()
    }

    fn parse(text: &str) -> Result<Self, PriceError> {
        let form = |detail: String| PriceError::Form(detail);
        let mut file: Table = text
            .parse()
            .map_err(|error: toml::de::Error| form(error.message().to_owned()))?;
        let entries = match file.remove("price") {
            None => Vec::new(),
            Some(Value::Array(entries)) => entries,
            Some(_) => return Err(form("price must be written [[price]]".to_owned())),
        };
        if let Some(key) = file.keys().next() {
            return Err(form(format!("{key} is not known")));
        }
        let mut table = Self::default();
        for (index, entry) in entries.into_iter().enumerate() {
            let Value::Table(entry) = entry else {
                return Err(form("price must be written [[price]]".to_owned()));
            };
            let (provider, model, price) = Entry::new(entry, index + 1).read()?;
            let models = table.providers.entry(provider).or_default();
            if models.insert(model.clone(), price).is_some() {
                return Err(PriceError::Field {
                    model,
                    field: "model".to_owned(),
                    problem: "is listed twice",
                });
            }
        }
        Ok(table)
    }
}

/// A model's name without the date at its end: `-2025-08-07` or `-20250929`.
fn undated(model: &str) -> Option<&str> {
    ["-%Y-%m-%d", "-%Y%m%d"].into_iter().find_map(|form| {
        let length = if form.contains("-%m") { 11 } else { 9 };
        let (name, date) = model.split_at_checked(model.len().checked_sub(length)?)?;
        // A strict parse: `-1234567` is no date, and neither is `-20251399`.
        let is_date = date
            .bytes()
            .skip(1)
            .all(|b| b.is_ascii_digit() || b == b'-')
            && Date::strptime(form, date).is_ok();
        (is_date && !name.is_empty()).then_some(name)
    })
}

/// One `[[price]]`, read field by field, so that an error can name the model and the field.
struct Entry {
    fields: Table,
    /// The model's name as errors say it.
    name: String,
}

impl Entry {
    fn new(fields: Table, number: usize) -> Self {
        let name = fields.get("model").and_then(Value::as_str);
        let name = name.map_or_else(|| format!("entry {number}"), str::to_owned);
        Self { fields, name }
    }

    fn read(mut self) -> Result<(String, String, Price), PriceError> {
        let provider = self.name_of("provider")?;
        let model = self.name_of("model")?;
        let input = self.dollars("input")?;
        let price = Price {
            input: input.ok_or_else(|| self.error("input", "is missing"))?,
            cached_input: self.dollars("cached_input")?.or(input).unwrap_or_default(),
            cache_write: self.dollars("cache_write")?.or(input).unwrap_or_default(),
            output: self
                .dollars("output")?
                .ok_or_else(|| self.error("output", "is missing"))?,
        };
        if let Some(date) = self.text("date")?
            && date.parse::<Date>().is_err()
        {
            return Err(self.error("date", "must be YYYY-MM-DD"));
        }
        if let Some(source) = self.text("source")?
            && !source.starts_with("https://")
        {
            return Err(self.error("source", "must be an https address"));
        }
        if let Some(field) = self.fields.keys().next() {
            return Err(self.error(field, "is not known"));
        }
        Ok((provider, model, price))
    }

    fn name_of(&mut self, field: &str) -> Result<String, PriceError> {
        let name = self.text(field)?.filter(|name| !name.is_empty());
        name.ok_or_else(|| self.error(field, "is missing"))
    }

    fn text(&mut self, field: &str) -> Result<Option<String>, PriceError> {
        match self.fields.remove(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.error(field, "must be a text")),
        }
    }

    fn dollars(&mut self, field: &str) -> Result<Option<f64>, PriceError> {
        let Some(value) = self.fields.remove(field) else {
            return Ok(None);
        };
        let number = match value {
            Value::Float(number) => Some(number),
            Value::Integer(number) => Some(number as f64),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite() && *number >= 0.0);
        let number = number.ok_or_else(|| self.error(field, "must be a number of 0 or more"))?;
        Ok(Some(number))
    }

    fn error(&self, field: &str, problem: &'static str) -> PriceError {
        PriceError::Field {
            model: self.name.clone(),
            field: field.to_owned(),
            problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Provider;

    const OWN: &str = r#"
        [[price]]
        provider = "openai"
        model = "gpt-5"
        input = 1
        cached_input = 0.25
        output = 8.5

        [[price]]
        provider = "openai-compatible"
        model = "our-own"
        input = 0
        output = 0
    "#;

    fn entry(fields: &str) -> String {
        format!("[[price]]\nprovider = \"x\"\nmodel = \"m\"\n{fields}")
    }

    fn refusal(text: &str) -> String {
        PriceTable::with_overrides(text).unwrap_err().to_string()
    }

    #[test]
    fn every_embedded_price_has_a_date_and_a_source() {
        let file: Table = EMBEDDED.parse().unwrap();
        let entries = file["price"].as_array().unwrap();
        assert!(entries.len() > 30, "{} entries", entries.len());
        for entry in entries {
            let text = |field: &str| entry.get(field).and_then(Value::as_str);
            let model = text("model").unwrap();
            assert!(text("date").is_some(), "{model}");
            assert!(text("source").is_some(), "{model}");
        }
        // What they say is checked as they are read.
        assert!(PriceTable::embedded().price("openai", "gpt-5").is_some());
    }

    #[test]
    fn every_default_model_of_a_hosted_provider_has_a_price() {
        let local = [Provider::Builtin, Provider::Ollama];
        let hosted = Provider::ALL.iter().filter(|one| !local.contains(one));
        let mut priced = 0;
        for provider in hosted {
            let Some(model) = provider.default_model() else {
                continue;
            };
            let price = PriceTable::embedded().price(provider.as_str(), model);
            assert!(price.is_some(), "{} {model}", provider.as_str());
            priced += 1;
        }
        assert!(priced >= 6, "{priced}");
    }

    #[test]
    fn a_dated_snapshot_costs_what_its_model_costs() {
        let table = PriceTable::embedded();
        for (provider, model, listed) in [
            ("openai", "gpt-5-mini-2025-08-07", "gpt-5-mini"),
            (
                "anthropic",
                "claude-sonnet-4-5-20250929",
                "claude-sonnet-4-5",
            ),
            ("anthropic", "claude-haiku-5-5-20261007", "claude-haiku-5-5"),
        ] {
            let price = table.price(provider, model);
            assert!(price.is_some(), "{model}");
            assert_eq!(price, table.price(provider, listed), "{model}");
        }
        assert_ne!(
            table.price("openai", "gpt-5-mini"),
            table.price("openai", "gpt-5")
        );
    }

    #[test]
    fn what_is_not_listed_has_no_price() {
        let table = PriceTable::embedded();
        for (provider, model) in [
            ("openai", "gpt-5-mega"),
            ("openai", "gpt-5-"),
            ("openai", "gpt-5-2025"),
            ("openai", "gpt-5-2025-13-40"),
            ("openai", "gpt-5-20251399"),
            ("openai", "gpt-5-2025-08-07-preview"),
            ("openai", "gpt-5-+2025807"),
            ("openai", "-2025-08-07"),
            ("openai", "né-2025-08-07"),
            ("openai", ""),
            ("anthropic", "gpt-5"),
            ("ollama", "gpt-5"),
            ("openrouter", "anthropic/claude-sonnet-4.5:free"),
            ("openrouter", "claude-sonnet-4.5"),
        ] {
            assert_eq!(table.price(provider, model), None, "{provider} {model}");
        }
        let at_openrouter = table.price("openrouter", "anthropic/claude-sonnet-4.5");
        assert_eq!(at_openrouter.unwrap().output, 15.0);
    }

    #[test]
    fn an_operator_s_price_replaces_or_adds() {
        let table = PriceTable::with_overrides(OWN).unwrap();
        let own = Price {
            input: 1.0,
            cached_input: 0.25,
            cache_write: 1.0,
            output: 8.5,
        };
        assert_eq!(table.price("openai", "gpt-5"), Some(own));
        assert_eq!(table.price("openai", "gpt-5-2025-08-07"), Some(own));
        let free = table.price("openai-compatible", "our-own").unwrap();
        assert_eq!((free.input, free.output), (0.0, 0.0));
        let mini = PriceTable::embedded().price("openai", "gpt-5-mini");
        assert_eq!(table.price("openai", "gpt-5-mini"), mini);
        assert_eq!(
            PriceTable::with_overrides("").as_ref(),
            Ok(PriceTable::embedded())
        );
    }

    #[test]
    fn a_price_that_cannot_be_is_refused() {
        for (fields, message) in [
            (
                "input = -1.0\noutput = 1",
                "price of m: input must be a number of 0 or more",
            ),
            (
                "input = 1\noutput = nan",
                "price of m: output must be a number of 0 or more",
            ),
            (
                "input = 1\ncache_write = inf\noutput = 1",
                "price of m: cache_write must be a number of 0 or more",
            ),
            (
                "input = 1\ncached_input = \"0.1\"\noutput = 1",
                "price of m: cached_input must be a number of 0 or more",
            ),
            ("output = 1", "price of m: input is missing"),
            ("input = 1", "price of m: output is missing"),
            (
                "input = 1\noutput = 1\ndate = \"soon\"",
                "price of m: date must be YYYY-MM-DD",
            ),
            (
                "input = 1\noutput = 1\nsource = \"http://a\"",
                "price of m: source must be an https address",
            ),
            (
                "input = 1\noutput = 1\noutpt = 1",
                "price of m: outpt is not known",
            ),
        ] {
            assert_eq!(refusal(&entry(fields)), message);
        }
        let twice = entry("input = 1\noutput = 1")
            .repeat(2)
            .replace("1[[", "1\n[[");
        assert_eq!(refusal(&twice), "price of m: model is listed twice");
        let nameless = "[[price]]\nprovider = \"x\"\ninput = 1\noutput = 1";
        assert_eq!(refusal(nameless), "price of entry 1: model is missing");
        assert_eq!(
            refusal("prices = 1"),
            "no table of prices: prices is not known"
        );
        assert!(refusal("price = [1]").starts_with("no table of prices"));
        assert!(refusal("[[price]").starts_with("no table of prices"));
    }
}
