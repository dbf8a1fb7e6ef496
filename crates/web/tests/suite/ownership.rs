//! One process owns the database file, and notices when it is no longer there.

use std::process::Output;

use serde_json::{Value, json};
use tokio::process::Command;

use super::{
    folder::Folder,
    problem::refused,
    server::{BINARY, Server},
    stopping::until,
};

/// Starts a server that must end by itself.
async fn refuses(environment: &[(&str, &str)]) -> Output {
    let mut command = Server::prepare(Command::new(BINARY), environment);
    let output = command.kill_on_drop(true).output();
    let patience = std::time::Duration::from_secs(60);
    tokio::time::timeout(patience, output)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_second_process_refuses_to_start_and_harms_nothing() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let faults = ("TEST_FAULTS", "model_delay:1=3000");
    let mut first = Server::start(&[database, faults]).await;
    let visitor = first.visitor();
    let mut stream = visitor.stream("bonjour").await;
    stream.next().await.unwrap();

    let second = refuses(&[database]).await;
    assert_ne!(second.status.code(), Some(0));
    let said = String::from_utf8(second.stderr).unwrap();
    let owner = format!("process {}, since 2", first.id());
    for part in ["test.db", &owner, "in use by another process"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");

    let events = stream.collect().await;
    let last = events.last().unwrap();
    assert_eq!(
        (&*last.name, &last.data["status"]),
        ("completed", &json!("ok"))
    );
    // The lock dies with its process, however that ends.
    first.kill().await;
    Server::start(&[database]).await;
}

#[tokio::test]
async fn nothing_is_acknowledged_into_a_file_that_is_gone() {
    for replaced in [false, true] {
        let folder = Folder::new();
        let database = ("DATABASE_URL", &*folder.database());
        let mut server = Server::start(&[database]).await;
        let visitor = server.visitor();
        let first = visitor.say("bonjour", None).await;
        let path = folder.database();
        let path = path.strip_prefix("sqlite://").unwrap();
        for suffix in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{path}{suffix}")).unwrap();
        }
        if replaced {
            std::fs::write(path, "").unwrap();
        }
        for conversation in [None, Some(&first["conversation_id"])] {
            let mut body = json!({"message": "encore"});
            if let Some(conversation) = conversation {
                body["conversation_id"] = conversation.clone();
            }
            let response = visitor.post("/api/chat", &body).await;
            refused(response, 503, "gone").await;
            assert_eq!(visitor.get("/readyz").await.status(), 503);
        }
        let errors = until(async || {
            let lines = server.log();
            let errors: Vec<_> = lines
                .into_iter()
                .filter(|line| line["level"] == "ERROR")
                .collect();
            (!errors.is_empty()).then_some(errors)
        });
        let errors: Vec<Value> = errors.await;
        assert_eq!(errors.len(), 1, "told once: {errors:?}");
        assert!(
            errors[0].to_string().contains("deleted or replaced"),
            "{errors:?}"
        );
        server.kill().await;

        let server = Server::start(&[database]).await;
        server.visitor().say("bonjour", None).await;
        until(async || (server.visitor().get("/readyz").await.status() == 200).then_some(())).await;
    }
}
