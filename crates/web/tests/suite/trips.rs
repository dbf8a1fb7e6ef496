//! The trip of a conversation: read, listed, exported, changed and taken back, by nobody but its owner.

use reqwest::{Method, Response, header};
use serde_json::{Value, json};

use super::{
    html::page,
    problem::{refused, refused_field},
    server::Server,
    visitor::Visitor,
};

/// Asks for flights, then for a hotel: a wish, and nights that are planned for it.
async fn planned(visitor: &Visitor) -> String {
    let answer = visitor
        .say(
            "Je veux aller à Lisbonne du 3 au 8 mars 2027 depuis Lyon, 2 adultes",
            None,
        )
        .await;
    let id = answer["conversation_id"].clone();
    visitor
        .say("et un hôtel de gamme moyenne à Lisbonne ?", Some(&id))
        .await;
    id.as_str().unwrap().to_owned()
}

async fn get(visitor: &Visitor, path: &str) -> Response {
    visitor.send(visitor.request(Method::GET, path)).await
}

async fn post(visitor: &Visitor, path: &str) -> Response {
    visitor.send(visitor.request(Method::POST, path)).await
}

#[tokio::test]
async fn a_trip_is_read_listed_and_its_last_change_taken_back() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    visitor.say("bonjour", None).await;
    let id = planned(&visitor).await;
    let trip = visitor.get_json(&format!("/api/trips/{id}")).await;
    assert_eq!(trip["title"], "Lisbonne · 3–8 mars · 2 voyageurs", "{trip}");
    assert_eq!(
        (&trip["from"], &trip["to"]),
        (&json!("2027-03-03"), &json!("2027-03-08"))
    );
    assert_eq!(
        trip["wished"]["legs"].as_array().unwrap().len(),
        2,
        "{trip}"
    );
    let stays = trip["planned"]["stays"].as_array().unwrap();
    assert_eq!(stays.len(), 1, "{trip}");
    assert_eq!(
        (&stays[0]["check_in"], &stays[0]["check_out"]),
        (&json!("2027-03-03"), &json!("2027-03-08"))
    );
    assert_eq!(trip["can_undo"], true, "{trip}");

    let list = visitor.get_json("/api/trips").await;
    let lines = list["trips"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "small talk has no trip: {list}");
    assert_eq!(
        (&lines[0]["conversation_id"], &lines[0]["title"]),
        (&json!(id), &trip["title"])
    );

    let undo = format!("/api/trips/{id}/undo");
    let undone: Value = post(&visitor, &undo).await.json().await.unwrap();
    assert_eq!(undone["planned"]["stays"], json!([]), "{undone}");
    assert_eq!(undone["wished"], trip["wished"], "what is wished stays");
    refused(
        post(&visitor, &undo).await,
        409,
        "nothing is left to take back",
    )
    .await;
    let form = post(&visitor, &format!("/trips/{id}/undo")).await;
    assert_eq!(form.headers()[header::LOCATION], format!("/c/{id}#trip"));
}

/// The names of the stops of each day, in the order of the dates.
fn programmes(trip: &Value) -> Vec<(String, Vec<String>)> {
    let name = |stop: &Value| stop["name"].as_str().unwrap().to_owned();
    let days = trip["planned"]["days"][0]["days"].as_array().unwrap();
    let day = |day: &Value| {
        let stops = day["stops"].as_array().unwrap().iter().map(name);
        (day["date"].as_str().unwrap().to_owned(), stops.collect())
    };
    days.iter().map(day).collect()
}

#[tokio::test]
async fn the_programme_of_a_day_moves_and_days_of_travel_stay() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let id = planned(&visitor).await;
    let said = "prépare un itinéraire de visites à Lisbonne";
    visitor.say(said, Some(&json!(id))).await;
    let trip = visitor.get_json(&format!("/api/trips/{id}")).await;
    let before = programmes(&trip);
    let path = format!("/api/trips/{id}/days");
    let send = async |change: Value| {
        let request = visitor.request(Method::POST, &path).json(&change);
        visitor.send(request).await
    };
    let change = json!({"day": "2027-03-04", "to": "2027-03-06"});
    let moved: Value = send(change.clone()).await.json().await.unwrap();
    let after = programmes(&moved);
    let of = |days: &[(String, Vec<String>)], date: &str| {
        let day = days.iter().find(|(day, _)| day == date);
        day.unwrap().1.clone()
    };
    for (now, then) in [("03-06", "03-04"), ("03-04", "03-05"), ("03-05", "03-06")] {
        let (now, then) = (format!("2027-{now}"), format!("2027-{then}"));
        assert_eq!(of(&after, &now), of(&before, &then), "{now}");
    }
    for (stays, _) in [&before[0], &before[before.len() - 1]] {
        assert_eq!(of(&after, stays), of(&before, stays), "{stays}");
    }
    let calendar = get(&visitor, &format!("/trips/{id}.ics")).await;
    let calendar = calendar.text().await.unwrap().replace("\r\n ", "");
    let moved_to = of(&after, "2027-03-06");
    let event = calendar
        .split("BEGIN:VEVENT")
        .find(|event| event.contains(":20270306T") && event.contains(&moved_to[0]));
    assert!(event.is_some(), "{calendar}");
    for wrong in [
        json!({"day": "2027-03-03", "to": "2027-03-04"}),
        json!({"day": "2027-03-04", "to": "2027-03-20"}),
    ] {
        refused(send(wrong.clone()).await, 409, &wrong.to_string()).await;
    }
    refused(send(json!({"day": "x", "to": "y"})).await, 422, "no days").await;
    let stranger = server.visitor();
    let request = stranger.request(Method::POST, &path).json(&change);
    refused(stranger.send(request).await, 404, "a stranger").await;
    let form = visitor.request(Method::POST, &format!("/trips/{id}/days"));
    let form = form
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("day=2027-03-06&to=2027-03-04");
    let response = visitor.send(form).await;
    assert_eq!(
        response.headers()[header::LOCATION],
        format!("/c/{id}#trip")
    );
    let back = visitor.get_json(&format!("/api/trips/{id}")).await;
    assert_eq!(programmes(&back), before);
}

#[tokio::test]
async fn lengths_of_a_stay_are_priced_where_there_is_a_return() {
    let server = Server::start(&[]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let there = "Lyon New York du 12 au 20 janvier 2027, 2 adultes";
    for (message, status) in [
        (there, 200),
        ("Lyon New York le 12 janvier 2027", 404),
        ("bonjour", 404),
    ] {
        let answer = visitor.say(message, None).await;
        let path = format!(
            "/messages/{}/lengths",
            answer["message_id"].as_str().unwrap()
        );
        let response = get(&visitor, &path).await;
        assert_eq!(response.status(), status, "{message}");
        assert_eq!(get(&stranger, &path).await.status(), 404, "{message}");
        if status == 200 {
            let html = response.text().await.unwrap();
            assert!(html.matches("class=\"length").count() >= 10, "{html}");
            assert!(
                html.contains("value=\"retour le 15 janvier 2027\""),
                "{html}"
            );
        }
    }
}

#[tokio::test]
async fn a_trip_is_taken_along_in_files_and_on_paper() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let id = planned(&visitor).await;
    for (extension, kind, part) in [
        (
            "ics",
            "text/calendar; charset=utf-8",
            "DTSTART;VALUE=DATE:20270303\r\n",
        ),
        (
            "md",
            "text/markdown; charset=utf-8",
            "# Lisbonne · 3–8 mars · 2 voyageurs\n",
        ),
        ("json", "application/json", "\"check_in\": \"2027-03-03\""),
    ] {
        let response = get(&visitor, &format!("/trips/{id}.{extension}")).await;
        assert_eq!(response.status(), 200, "{extension}");
        let headers = response.headers().clone();
        assert_eq!(headers[header::CONTENT_TYPE], kind);
        let name = format!("attachment; filename=\"trip-lisbonne-2027-03-03.{extension}\"");
        assert_eq!(headers[header::CONTENT_DISPOSITION], name);
        let text = response.text().await.unwrap();
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let none = get(&visitor, &format!("/trips/{id}.gpx")).await;
    refused(none, 404, "no day is planned").await;
    let day = get(&visitor, &format!("/trips/{id}.gpx?day=2")).await;
    refused_field(day, "day", "a day that is not there").await;
    let day = get(&visitor, &format!("/trips/{id}.ics?day=2")).await;
    refused_field(day, "day", "a calendar is whole").await;
    for path in [
        format!("/trips/{id}.pdf"),
        format!("/trips/{id}"),
        "/trips/x.ics".to_owned(),
    ] {
        refused(get(&visitor, &path).await, 404, &path).await;
    }
    let (status, html) = page(&visitor, &format!("/trips/{id}/print"), "en").await;
    assert_eq!(status, 200);
    assert!(
        html.contains(r#"lang="fr""#) && html.contains("Retour à la conversation"),
        "{html}"
    );
}

#[tokio::test]
async fn the_pages_show_the_trip_and_hide_that_there_is_none() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (_, html) = page(&visitor, "/trips", "en").await;
    assert!(
        html.contains("Your trips") && html.contains("as soon as a conversation plans one"),
        "{html}"
    );
    let id = planned(&visitor).await;
    let (_, html) = page(&visitor, "/trips", "en").await;
    assert!(html.contains(&format!(r#"href="/c/{id}""#)), "{html}");
    let (_, html) = page(&visitor, &format!("/c/{id}"), "fr").await;
    assert!(
        html.contains(r#"id="trip" aria-label="Votre voyage" data-count="#),
        "{html}"
    );
    let (status, panel) = page(
        &visitor,
        &format!("/fragments/conversations/{id}/trip"),
        "fr",
    )
    .await;
    assert_eq!(status, 200);
    assert!(
        panel.contains("Lisbonne · 3–8 mars · 2 voyageurs"),
        "{panel}"
    );
    let (_, html) = page(&visitor, "/", "fr").await;
    assert!(
        html.contains(r#"id="trip" aria-label="Votre voyage" hidden"#),
        "{html}"
    );
}

#[tokio::test]
async fn a_trip_is_nobody_elses() {
    let server = Server::start(&[]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let id = planned(&visitor).await;
    for path in [
        format!("/api/trips/{id}"),
        format!("/trips/{id}.ics"),
        format!("/trips/{id}/print"),
        format!("/fragments/conversations/{id}/trip"),
    ] {
        refused(get(&stranger, &path).await, 404, &path).await;
    }
    for path in [format!("/api/trips/{id}/undo"), format!("/trips/{id}/undo")] {
        refused(post(&stranger, &path).await, 404, &path).await;
    }
    let list = stranger.get_json("/api/trips").await;
    assert_eq!(list, json!({"trips": [], "next_cursor": null}));
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
    ] {
        let response = get(&visitor, &format!("/api/trips?{query}")).await;
        refused_field(response, field, query).await;
    }
    let talk = visitor.say("bonjour", None).await;
    let none = format!("/api/trips/{}", talk["conversation_id"].as_str().unwrap());
    refused(
        get(&visitor, &none).await,
        404,
        "a conversation without a trip",
    )
    .await;
}
