//! Budgets of a day: told, kept over restarts, and nobody else's business.

use std::time::Duration;

use agent::{
    answer::{AnswerBuilder, TurnIds},
    locale::Locale,
    store::{FinishedTurn, NewTurn, Owner, Question, SqliteStore, Store},
};
use jiff::{Span, Timestamp};
use reqwest::{Method, header};
use serde_json::{Value, json};
use testkit::{Receiver, SeriesValue};
use uuid::Uuid;

use super::{
    folder::Folder, problem::refused, server::Server, stopping::conversation, visitor::Visitor,
};

const A_DAY: i64 = 86_400;
const PATIENCE: Duration = Duration::from_secs(60);

/// A database in which visitors spend money between two runs of the server: the built-in model,
/// which answers here, costs none.
struct Bank {
    folder: Folder,
}

/// Someone who has spoken with the server before.
struct Customer {
    visitor: Visitor,
    owner: Owner,
}

impl Bank {
    /// A database with so many customers.
    async fn with<const N: usize>() -> (Self, [Customer; N]) {
        let bank = Self {
            folder: Folder::new(),
        };
        let mut server = bank.open(&[]).await;
        let visitors: [Visitor; N] = std::array::from_fn(|_| server.visitor());
        let mut traces = Vec::new();
        for visitor in &visitors {
            let answer = visitor.say("bonjour", None).await;
            assert_eq!(answer["budget"], Value::Null, "there is none");
            traces.push(answer["trace_id"].as_str().unwrap().to_owned());
        }
        server.terminate().await;
        let store = bank.store().await;
        let mut owners = Vec::new();
        for trace in traces {
            owners.push(store.trace(&trace).await.unwrap()[0].owner.clone());
        }
        let mut owners = owners.into_iter();
        let customers = visitors.map(|visitor| Customer {
            visitor,
            owner: owners.next().unwrap(),
        });
        (bank, customers)
    }

    async fn store(&self) -> SqliteStore {
        SqliteStore::open(&self.folder.database()).await.unwrap()
    }

    /// Starts the server on the database.
    async fn open(&self, environment: &[(&str, &str)]) -> Server {
        let database = self.folder.database();
        let mut all = vec![("DATABASE_URL", &*database)];
        all.extend(environment);
        Server::start(&all).await
    }

    /// Starts the server on the database, and takes the customers there.
    async fn open_for<const N: usize>(
        &self,
        environment: &[(&str, &str)],
        customers: [Customer; N],
    ) -> (Server, [Visitor; N]) {
        let server = self.open(environment).await;
        let visitors = customers.map(|customer| customer.visitor.moved_to(&server.url));
        (server, visitors)
    }

    /// A turn that cost so much; its conversation.
    async fn pay(&self, customer: &Customer, usd: f64, at: Timestamp) -> Uuid {
        let store = self.store().await;
        let ids = TurnIds {
            conversation: Uuid::now_v7(),
            user_message: Uuid::now_v7(),
            message: Uuid::now_v7(),
            trace: Uuid::now_v7().simple().to_string(),
        };
        let mut answer = AnswerBuilder::new(ids.clone(), Locale::Fr).finish(1.0);
        answer.reply = "Rome ?".to_owned();
        answer.usage.total_tokens = 1_200;
        answer.usage.estimated_cost_usd = Some(usd);
        let turn = NewTurn {
            owner: customer.owner.clone(),
            ids: ids.clone(),
            new_conversation: true,
            question: Question::New {
                parent: None,
                text: "Rome".to_owned(),
                decides: None,
            },
            at,
            traceparent: None,
            idempotency: None,
            answer: answer.clone(),
        };
        store.begin_turn(&turn).await.unwrap();
        let finished = FinishedTurn::new(customer.owner.clone(), answer, at);
        store.finish_turn(&finished).await.unwrap();
        ids.conversation
    }

    /// So much today, and tomorrow too, as midnight may pass while a test runs.
    async fn spend(&self, customer: &Customer, usd: f64) {
        let now = Timestamp::now();
        self.pay(customer, usd, now).await;
        self.pay(customer, usd, now + Span::new().seconds(A_DAY))
            .await;
    }
}

/// The page with the visitor's answer, in this language.
async fn page(visitor: &Visitor, answer: &Value, language: &str) -> String {
    let path = format!("/c/{}", answer["conversation_id"].as_str().unwrap());
    let request = visitor
        .request(Method::GET, &path)
        .header(header::ACCEPT_LANGUAGE, language);
    visitor.send(request).await.text().await.unwrap()
}

async fn ask(visitor: &Visitor, message: &str) -> reqwest::Response {
    visitor
        .post("/api/chat", &json!({"message": message}))
        .await
}

/// Lines of the log with this message.
fn logged(server: &Server, message: &str) -> Vec<Value> {
    let lines = server.log().into_iter();
    lines.filter(|line| line["message"] == message).collect()
}

#[tokio::test]
async fn a_visitor_is_told_of_its_own_budget_and_nobody_else_is() {
    let (bank, customers) = Bank::with::<2>().await;
    bank.spend(&customers[0], 0.8).await;
    let limit = [("BUDGET_USD_PER_VISITOR_DAY", "1")];
    let (mut server, [anna, bert]) = bank.open_for(&limit, customers).await;
    let answer = anna.say("bonjour", None).await;
    assert_eq!(
        answer["budget"],
        json!({"scope": "visitor", "state": "warning"})
    );
    let french = page(&anna, &answer, "fr").await;
    assert!(french.contains("Votre budget du jour est presque épuisé."));
    let english = page(&anna, &answer, "en").await;
    assert!(english.contains("Your budget for today is almost used up."));
    anna.say("bonjour", None).await;
    let other = bert.say("bonjour", None).await;
    assert_eq!(other.get("budget"), None);
    assert!(!page(&bert, &other, "fr").await.contains("budget"));
    server.terminate().await;
    let lines = logged(&server, "80 % of a budget is used");
    assert_eq!(lines.len(), 1, "once a day: {lines:?}");
    assert_eq!(
        (&lines[0]["level"], &lines[0]["scope"]),
        (&json!("WARN"), &json!("visitor"))
    );
}

#[tokio::test]
async fn below_eighty_percent_nothing_is_said() {
    let (bank, customers) = Bank::with::<1>().await;
    bank.spend(&customers[0], 0.799_999).await;
    // Another day's money is another day's.
    let before = Timestamp::now() - Span::new().seconds(A_DAY);
    bank.pay(&customers[0], 5.0, before).await;
    let limits = [
        ("BUDGET_USD_PER_VISITOR_DAY", "1"),
        ("BUDGET_USD_PER_DAY", "1"),
    ];
    let (mut server, [anna]) = bank.open_for(&limits, customers).await;
    assert_eq!(anna.say("bonjour", None).await.get("budget"), None);
    server.terminate().await;
    let warned = server.log().into_iter().any(|line| line["level"] == "WARN");
    assert!(!warned);
}

#[tokio::test]
async fn who_has_spent_it_all_gets_the_built_in_model_and_a_note() {
    let (bank, customers) = Bank::with::<1>().await;
    bank.spend(&customers[0], 1.0).await;
    let limit = [("BUDGET_USD_PER_VISITOR_DAY", "1")];
    let (mut server, [anna]) = bank.open_for(&limit, customers).await;
    let answer = anna.say("bonjour", None).await;
    let note = json!({"scope": "visitor", "state": "exhausted"});
    assert_eq!(answer["budget"], note);
    assert_eq!(answer["model"]["provider"], "builtin");
    let path = format!(
        "/api/conversations/{}",
        answer["conversation_id"].as_str().unwrap()
    );
    let stored = anna.get_json(&path).await;
    assert_eq!(stored["messages"][1]["answer"]["budget"], note);
    let french = page(&anna, &answer, "fr").await;
    assert!(french.contains("le modèle intégré répond jusqu’à minuit UTC"));
    let events = anna.stream("bonjour").await.collect().await;
    assert_eq!(events.last().unwrap().data["budget"], note);
    server.terminate().await;
    assert_eq!(logged(&server, "a budget is used up").len(), 1);
}

#[tokio::test]
async fn new_turns_can_be_refused_until_midnight() {
    let (bank, customers) = Bank::with::<2>().await;
    bank.spend(&customers[0], 1.5).await;
    let limits = [
        ("BUDGET_USD_PER_VISITOR_DAY", "1"),
        ("BUDGET_EXHAUSTED", "refuse"),
    ];
    let (_server, [anna, bert]) = bank.open_for(&limits, customers).await;
    let conversations = async || {
        let list = anna.get_json("/api/conversations").await;
        list["conversations"].as_array().unwrap().len()
    };
    let before = conversations().await;
    for (message, detail) in [
        (
            "Je veux aller à Rome",
            "Votre budget du jour est épuisé. Revenez après minuit UTC.",
        ),
        (
            "I want to go to Rome",
            "Your budget for today is used up. Come back after midnight UTC.",
        ),
    ] {
        let response = ask(&anna, message).await;
        let wait = response.headers()["retry-after"].to_str().unwrap();
        let wait: i64 = wait.parse().unwrap();
        let now = Timestamp::now().as_second();
        let off = (now + wait).rem_euclid(A_DAY);
        assert!(off.min(A_DAY - off) <= 10, "{wait} s are not midnight");
        let problem = refused(response, 429, message).await;
        assert_eq!(problem["type"], "tag:travel-agent,2026:budget-exhausted");
        assert_eq!(problem["detail"], detail);
    }
    // Nor is an earlier question answered once more.
    let stored = conversation(&anna).await;
    let answer = stored["messages"][1]["id"].as_str().unwrap();
    let path = format!("/api/messages/{answer}/regenerate");
    let response = anna.send(anna.request(Method::POST, &path)).await;
    refused(response, 429, &path).await;
    let form = anna
        .request(Method::POST, "/chat")
        .header(header::ACCEPT_LANGUAGE, "en")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("message=Rome");
    let response = anna.send(form).await;
    assert_eq!(response.status(), 429);
    let page = response.text().await.unwrap();
    assert!(page.contains("The budget for today is used up."), "{page}");
    assert!(page.contains("Rome"), "what was written is not lost");
    assert_eq!(conversations().await, before, "nothing was begun");
    assert_eq!(ask(&bert, "bonjour").await.status(), 200);
}

#[tokio::test]
async fn the_day_s_budget_is_everyone_s() {
    let (bank, customers) = Bank::with::<2>().await;
    bank.spend(&customers[0], 6.0).await;
    bank.spend(&customers[1], 3.0).await;
    let limit = [("BUDGET_USD_PER_DAY", "10")];
    let (mut server, [anna, bert]) = bank.open_for(&limit, customers).await;
    for visitor in [&anna, &bert] {
        let answer = visitor.say("hello", None).await;
        let note = json!({"scope": "day", "state": "warning"});
        assert_eq!(answer["budget"], note);
    }
    server.terminate().await;
    let limit = [("BUDGET_USD_PER_DAY", "9"), ("BUDGET_EXHAUSTED", "refuse")];
    let server = bank.open(&limit).await;
    let stranger = server.visitor();
    let problem = refused(ask(&stranger, "hello").await, 429, "a stranger").await;
    assert_eq!(
        problem["detail"],
        "This service’s budget for today is used up. Come back after midnight UTC."
    );
}

#[tokio::test]
async fn the_gauge_knows_what_is_left_after_a_restart() {
    let (bank, customers) = Bank::with::<2>().await;
    bank.spend(&customers[0], 2.5).await;
    bank.spend(&customers[1], 0.25).await;
    let receiver = Receiver::start().await.unwrap();
    let mut server = bank
        .open(&[
            ("BUDGET_USD_PER_DAY", "10"),
            ("BUDGET_USD_PER_VISITOR_DAY", "5"),
            ("OTEL_SDK_DISABLED", "false"),
            ("OTLP_ENDPOINT", &receiver.endpoint()),
            ("OTEL_METRIC_EXPORT_INTERVAL", "50"),
        ])
        .await;
    let gauge = "agent.budget.remaining";
    let received = receiver
        .wait_until(PATIENCE, |received| {
            received.metrics.series(gauge).count() > 0
        })
        .await
        .unwrap();
    let series: Vec<_> = received.metrics.series(gauge).collect();
    assert_eq!(series.len(), 1, "the day's alone: {series:?}");
    assert_eq!(series[0].labels.0, [], "nobody is named");
    assert_eq!(series[0].value, SeriesValue::Gauge(7.25));
    assert_eq!(series[0].unit, "USD");
    server.terminate().await;
}

#[tokio::test]
async fn a_conversation_says_what_it_cost() {
    let (bank, customers) = Bank::with::<1>().await;
    let paid = bank.pay(&customers[0], 0.012_34, Timestamp::now()).await;
    let (_server, [anna]) = bank.open_for(&[], customers).await;
    let read = anna.get_json(&format!("/api/conversations/{paid}")).await;
    assert_eq!(
        read["usage"],
        json!({"prompt_tokens": 0, "completion_tokens": 0, "cached_tokens": 0,
            "total_tokens": 1_200, "estimated_cost_usd": 0.012_34})
    );
    let page = async |id: &str| anna.get(&format!("/c/{id}")).await.text().await.unwrap();
    let shown = page(&paid.to_string()).await;
    assert_eq!(shown.matches("conversation-cost").count(), 1);
    assert!(shown.contains(">0,0123\u{a0}$US</span>"), "{shown}");
    let free = anna.say("bonjour", None).await;
    let shown = page(free["conversation_id"].as_str().unwrap()).await;
    assert!(!shown.contains("conversation-cost"));
}
