//! Pages as a browser without script gets them.

use super::{
    html::{hidden_fields, location, page, submit},
    server::Server,
    streaming::search,
};

#[tokio::test]
async fn the_page_speaks_the_visitors_language() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (status, french) = page(&visitor, "/", "fr-FR,fr;q=0.9,en;q=0.8").await;
    assert_eq!(status, 200);
    assert!(french.contains("<html lang=\"fr\">"));
    let (_, english) = page(&visitor, "/", "en-GB,en;q=0.9").await;
    assert!(english.contains("<html lang=\"en\">"));
    assert_ne!(french, english);

    // The button of the page, as the page has it: one of the input's form.
    let action = english.split("formaction=\"").nth(1).unwrap();
    let action = action.split('"').next().unwrap().replace("&amp;", "&");
    assert!(action.starts_with("/preferences?"), "{action}");
    let mut fields = hidden_fields(&english, "/chat");
    fields.push(("locale".to_owned(), "fr".to_owned()));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let chosen = submit(&visitor, &action, &fields).await;
    assert_eq!(location(&chosen).0, "/");
    let (_, html) = page(&visitor, "/", "en").await;
    assert!(
        html.contains("<html lang=\"fr\">"),
        "the choice wins over the browser"
    );
}

#[tokio::test]
async fn no_form_leads_to_another_site() {
    const KEY: &str = "a-key";
    let server = Server::start(&[("ADMIN_KEY", KEY)]).await;
    let visitor = server.visitor();
    for (back, leads) in [
        ("/traces?kind=all", true),
        ("/?q=a%2Fb", true),
        ("//evil.example", false),
        ("https://evil.example", false),
        ("/\\evil.example", false),
        ("/\t/evil.example", false),
        ("/\r\nset-cookie:x=1", false),
        ("/.//evil.example", false),
        ("/%2F/evil.example", false),
        (" //evil.example", false),
    ] {
        for (path, choice, field, home) in [
            ("/preferences", ("locale", "en"), "return_path", "/"),
            ("/admin/login", ("key", KEY), "next", "/traces"),
        ] {
            let answer = submit(&visitor, path, &[choice, (field, back)]).await;
            let expected = if leads { back } else { home };
            assert_eq!(location(&answer).0, expected, "{path}: {back:?}");
        }
    }
}

#[tokio::test]
async fn a_conversation_works_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let sent = submit(&visitor, "/chat", &[("message", &search())]).await;
    let path = location(&sent).0.to_owned();
    assert!(path.starts_with("/c/"));
    let (status, html) = page(&visitor, &path, "fr").await;
    assert_eq!(status, 200);
    for part in [
        "Lyon",
        "New York",
        "illustrati",
        "class=\"message agent\"",
        "/traces/",
        "€",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // It goes on in the same conversation.
    let fields = hidden_fields(&html, "/chat");
    let id = path.strip_prefix("/c/").unwrap();
    assert_eq!(fields[0], ("conversation_id".to_owned(), id.to_owned()));
    let sent = submit(
        &visitor,
        "/chat",
        &[("message", "plutôt depuis Nantes"), ("conversation_id", id)],
    )
    .await;
    assert_eq!(location(&sent).0, path);
    let (_, html) = page(&visitor, &path, "fr").await;
    assert_eq!(html.matches("data-status=\"ok\"").count(), 2);
    assert!(html.contains("Nantes"));
}

#[tokio::test]
async fn the_buttons_of_a_proposal_work_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    for button in ["confirm", "reject"] {
        let sent = submit(&visitor, "/chat", &[("message", &search())]).await;
        let path = location(&sent).0.to_owned();
        let (_, html) = page(&visitor, &path, "fr").await;
        let id = html.split("data-proposal-id=\"").nth(1).unwrap();
        let id = id.split('"').next().unwrap();
        let action = format!("/proposals/{id}/{button}");
        let fields = hidden_fields(&html, &action);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        assert_eq!(location(&submit(&visitor, &action, &fields).await).0, path);
        let (_, html) = page(&visitor, &path, "fr").await;
        assert_eq!(html.matches("data-status=\"ok\"").count(), 2);
        assert!(!html.contains(&action), "the button is gone");
        // An old page's button leads to what became of it.
        assert_eq!(location(&submit(&visitor, &action, &fields).await).0, path);
    }
}

#[tokio::test]
async fn a_conversation_is_renamed_and_deleted_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let sent = submit(&visitor, "/chat", &[("message", "bonjour")]).await;
    let path = location(&sent).0.to_owned();
    let action = path.replace("/c/", "/conversations/");
    let renamed = submit(
        &visitor,
        &format!("{action}/rename"),
        &[("title", "<b>Mon été</b>")],
    )
    .await;
    assert_eq!(location(&renamed).0, path);
    let (_, html) = page(&visitor, "/", "fr").await;
    assert!(
        html.contains("&#60;b&#62;Mon été&#60;/b&#62;") && !html.contains("<b>Mon"),
        "escaped"
    );
    let deleted = submit(&visitor, &format!("{action}/delete"), &[]).await;
    assert_eq!(location(&deleted).0, "/");
    let (status, _) = page(&visitor, &path, "fr").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn messages_are_text_and_never_markup() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let message = "<script>alert(1)</script> <img src=x onerror=alert(2)> **pas gras** \u{202e}vol";
    let sent = submit(&visitor, "/chat", &[("message", message)]).await;
    let (_, html) = page(&visitor, location(&sent).0, "fr").await;
    assert!(html.contains("&#60;script&#62;alert(1)"));
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x"));
    let (_, html) = page(&visitor, "/?q=%22%3E%3Cscript%3Ealert(1)", "fr").await;
    assert!(!html.contains("<script>alert"));
}

#[tokio::test]
async fn what_goes_wrong_is_a_page_too() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    for (language, lang) in [("fr", "<html lang=\"fr\">"), ("en", "<html lang=\"en\">")] {
        for path in [
            "/nowhere",
            "/c/12",
            "/c/%FF",
            "/static/none.css",
            "/traces/12",
        ] {
            let (status, html) = page(&visitor, path, language).await;
            assert!(
                status == 404 || (path == "/c/%FF" && status == 400),
                "{path}: {status}"
            );
            assert!(html.contains(lang) && html.contains("href=\"/\""), "{path}");
        }
    }
    // What was typed is not lost, and nothing of it is stored.
    let long = "é".repeat(4_001);
    for (message, kept) in [("  ", "  "), (&*long, &*long), ("a\0b", "")] {
        let refused = submit(&visitor, "/chat", &[("message", message)]).await;
        assert_eq!(refused.status(), 422);
        let html = refused.text().await.unwrap();
        assert!(html.contains(kept));
    }
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"], serde_json::json!([]));
}
