//! A model that costs money: what a call, a turn and a conversation cost, and what ends a budget.

use serde_json::{Value, json};
use testkit::llm::{Answer, LlmServer, Usage};

use super::{folder::Folder, server::Server, visitor::Visitor};

/// 0.3 dollars a call: 0.1 for fresh tokens, 0.05 for cached ones, 0.15 for the answer.
const PRICES: &str = r#"
[[price]]
provider = "openai-compatible"
model = "scripted"
input = 1000.0
cached_input = 100.0
output = 1500.0
"#;
const USAGE: Usage = Usage {
    prompt: 600,
    completion: 100,
    cached: 500,
    cache_write: 0,
    reasoning: 0,
};

async fn model() -> LlmServer {
    LlmServer::start(|_| Answer::text("Bonjour !").with_usage(USAGE))
        .await
        .unwrap()
}

struct Shop {
    folder: Folder,
    model: LlmServer,
}

impl Shop {
    async fn open(&self, environment: &[(&str, &str)]) -> Server {
        let (database, prices) = (
            self.folder.database(),
            self.folder.write("prices.toml", PRICES),
        );
        let base_url = self.model.base_url_openai();
        let mut all = vec![
            ("DATABASE_URL", &*database),
            ("LLM_PRICES", &*prices),
            ("LLM_PROVIDER", "openai-compatible"),
            ("LLM_MODEL", "scripted"),
            ("LLM_BASE_URL", &*base_url),
            ("LLM_CLASSIFY", "off"),
        ];
        all.extend(environment);
        Server::start(&all).await
    }
}

fn cents(usage: &Value) -> i64 {
    (usage["estimated_cost_usd"].as_f64().unwrap() * 100.0).round() as i64
}

/// Who answered a greeting, and what the answer says of the budget.
async fn greet(visitor: &Visitor) -> (String, Value) {
    let answer = visitor.say("bonjour", None).await;
    let provider = answer["model"]["provider"].as_str().unwrap().to_owned();
    (provider, answer["budget"]["state"].clone())
}

#[tokio::test]
async fn a_call_a_turn_and_a_conversation_have_a_cost() {
    let shop = Shop {
        folder: Folder::new(),
        model: model().await,
    };
    let server = shop.open(&[]).await;
    let visitor = server.visitor();
    let first = visitor.say("bonjour", None).await;
    assert_eq!(cents(&first["usage"]), 30);
    let conversation = &first["conversation_id"];
    visitor.say("merci", Some(conversation)).await;
    let path = format!("/api/conversations/{}", conversation.as_str().unwrap());
    let whole = visitor.get_json(&path).await;
    assert_eq!(cents(&whole["usage"]), 60);
    assert_eq!(whole["usage"]["cached_tokens"], 1_000);
}

#[tokio::test]
async fn a_budget_warns_then_ends_and_stays_so_over_a_restart() {
    let shop = Shop {
        folder: Folder::new(),
        model: model().await,
    };
    let budget = [("BUDGET_USD_PER_VISITOR_DAY", "1.0")];
    let mut server = shop.open(&budget).await;
    let visitor = server.visitor();
    let paid = || "openai-compatible".to_owned();
    // Spent before each: 0, 0.3, 0.6, 0.9, 1.2.
    for state in [Value::Null, Value::Null, Value::Null, json!("warning")] {
        assert_eq!(greet(&visitor).await, (paid(), state));
    }
    let free = ("builtin".to_owned(), json!("exhausted"));
    assert_eq!(greet(&visitor).await, free);
    assert_eq!(
        greet(&server.visitor()).await,
        (paid(), Value::Null),
        "a budget of one's own"
    );
    server.terminate().await;
    let server = shop.open(&budget).await;
    assert_eq!(greet(&visitor.moved_to(&server.url)).await, free);
    assert_eq!(shop.model.requests().len(), 5);
}
