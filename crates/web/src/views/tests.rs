//! Every template, rendered in both languages.

use agent::{
    answer::{Answer, AnswerStatus},
    booking::{Proposal, ProposalStatus},
    event::Card,
    locale::Locale,
    starters::Starter,
};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::{
    Frame,
    chat::{ChatPage, ConversationItem, History, MessageView, OpenConversation},
    error::ErrorPage,
    message::{AgentMessage, Surroundings, UserMessage},
    samples,
    totals::Totals,
    trip::TripPanel,
};
use crate::problem::Problem;

mod pseudo_locale;
mod script_texts;
mod taken_along;

const LOCALES: [Locale; 2] = [Locale::Fr, Locale::En];

fn now() -> Timestamp {
    "2026-11-22T10:05:00Z".parse().unwrap()
}

fn message(answer: &Answer, proposal: Option<&Proposal>) -> AgentMessage {
    let around = Surroundings {
        locale: answer.locale,
        zone: &TimeZone::UTC,
        now: now(),
        proposal,
        has_viewer: true,
        grafana_url: Some("https://grafana.example/"),
    };
    AgentMessage::new(answer, around)
}

fn page(locale: Locale, text: &str, answer: &Answer) -> String {
    let frame = Frame::new(locale, "/c/1?a=b");
    let id = Uuid::from_u128(1);
    let item = ConversationItem::new(id, text, now(), true, &frame, &TimeZone::UTC);
    let page = ChatPage {
        frame,
        history: History {
            conversations: vec![item],
            next_cursor: Some("a b".to_owned()),
            query: text.to_owned(),
        },
        conversation: Some(OpenConversation {
            totals: Totals::of(&[samples::answer()]),
            id,
            title: text.to_owned(),
            cost_usd: Some(0.0123),
        }),
        messages: vec![
            MessageView::User(UserMessage::new(id, text, locale)),
            MessageView::Agent(Box::new(message(answer, None))),
        ],
        trip: samples::panel(locale),
        starters: Vec::new(),
        notice: Some(text.to_owned()),
        draft: text.to_owned(),
        branch_end: None,
    };
    page.render().unwrap()
}

fn starters(locale: Locale) -> Vec<Starter> {
    agent::starters::starters(jiff::civil::date(2026, 11, 29), locale, None)
}

fn empty_page(locale: Locale) -> String {
    let page = ChatPage {
        frame: Frame::new(locale, "/"),
        history: History::default(),
        conversation: None,
        messages: Vec::new(),
        trip: TripPanel::new(None, None, locale),
        starters: starters(locale),
        notice: None,
        draft: String::new(),
        branch_end: None,
    };
    page.render().unwrap()
}

fn error_page(locale: Locale) -> String {
    let frame = Frame::new(locale, "/none");
    let detail = Some("<b>détail</b>".to_owned());
    let problem = Problem {
        trace_id: "4bf9".to_owned(),
        ..Problem::not_found()
    };
    let page = ErrorPage::new(frame, &problem, detail);
    page.render().unwrap()
}

fn every_page(locale: Locale) -> Vec<String> {
    let mut answer = samples::answer_in(locale);
    answer.cards.push(Card::FareCalendar(samples::calendar()));
    answer
        .cards
        .push(Card::Sheet(Box::new(samples::sheet(locale))));
    let mut pages = vec![empty_page(locale), error_page(locale)];
    for status in [
        AnswerStatus::Ok,
        AnswerStatus::Running,
        AnswerStatus::Stopped,
        AnswerStatus::Error,
    ] {
        answer.status = status;
        pages.push(page(locale, "Bonjour", &answer));
    }
    pages.extend(samples::trip_pages(locale));
    pages.extend(taken_along::every_page(locale));
    for status in [
        ProposalStatus::Pending,
        ProposalStatus::Confirmed,
        ProposalStatus::Rejected,
    ] {
        let proposal = samples::proposal(status);
        pages.push(message(&answer, Some(&proposal)).render().unwrap());
    }
    pages
}

#[test]
fn nothing_inline_for_the_content_security_policy_to_refuse() {
    for html in LOCALES.into_iter().flat_map(every_page) {
        assert!(!html.contains(" style="), "{html}");
        assert!(!html.contains("<style"), "{html}");
        for handler in [
            " onclick=",
            " onload=",
            " onsubmit=",
            " onerror=",
            "javascript:",
        ] {
            assert!(!html.contains(handler), "{html}");
        }
        for script in html.split("<script").skip(1) {
            assert!(script.contains(r#"src="/static/"#), "{script}");
            assert!(
                script.split_once('>').unwrap().1.starts_with("</script>"),
                "{script}"
            );
        }
    }
}

#[test]
fn no_placeholder_is_left_unfilled() {
    for html in LOCALES.into_iter().flat_map(every_page) {
        // The texts for scripts keep theirs.
        let mut html = html;
        for scripts in ["data-i18n", "data-shown", "data-open", "data-left"] {
            let begins = format!(" {scripts}=\"");
            let parts = html.split(begins.as_str()).enumerate();
            let parts = parts.map(|(at, part)| match at {
                0 => part,
                _ => part.split_once('"').unwrap().1,
            });
            html = parts.collect();
        }
        for name in [
            "n", "date", "price", "title", "place", "duration", "currency",
        ] {
            let mark = format!("{{{name}}}");
            assert!(!html.contains(&mark), "{mark} in {html}");
        }
    }
}

#[test]
fn what_a_person_writes_is_escaped_everywhere() {
    let attack = r#""><img src=x onerror=alert(1)></textarea>{title}"#;
    for locale in LOCALES {
        let mut answer = samples::answer();
        answer.reply = attack.to_owned();
        let html = page(locale, attack, &answer);
        assert!(!html.contains("<img"), "{html}");
        assert!(
            html.contains("onerror=alert(1)"),
            "the text itself stays readable"
        );
    }
}

#[test]
fn offers_show_what_a_traveller_compares() {
    let fr = message(&samples::answer_in(Locale::Fr), None)
        .render()
        .unwrap();
    for text in [
        "Illustratif",
        "Meilleur choix",
        "Le moins cher",
        "Le plus rapide",
        "09:15",
        "+1",
        "le lendemain",
        "1 escale",
        "CDG 1\u{a0}h\u{a0}45",
        "1\u{a0}284,40\u{a0}€",
        "2 adultes × 642,20\u{a0}€",
        "Airbus A350-900",
        "Économique",
        "changement d’aéroport",
        "1 bagage cabine, sans bagage en soute",
        "non remboursable, modifiable",
        "1\u{a0}624\u{a0}kg",
        "Plutôt le deuxième vol",
        "Choisir l’offre 2, ",
        "Direct",
    ] {
        assert!(fr.contains(text), "{text} is not in {fr}");
    }
    assert_eq!(
        fr.matches("badge illustrative").count(),
        1,
        "once on the card"
    );
    let en = message(&samples::answer_in(Locale::En), None)
        .render()
        .unwrap();
    for text in [
        "Illustrative",
        "€1,284.40",
        "1 stop",
        "the next day",
        "What about the second flight?",
        "Choose offer 1, Air France, €1,284.40",
    ] {
        assert!(en.contains(text), "{text} is not in {en}");
    }
}

#[test]
#[ignore = "writes pages to look at into the folder PREVIEWS"]
fn pages_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var_os("PREVIEWS").unwrap());
    for locale in LOCALES {
        let mut answer = samples::answer_in(locale);
        answer.cards = vec![Card::Sheet(Box::new(samples::sheet(locale)))];
        answer.reply = locale.pick("Voici.", "Here you are.").to_owned();
        let html = page(locale, "Lisbon", &answer);
        std::fs::write(folder.join(format!("sheet-{}.html", locale.as_str())), html).unwrap();
        for (name, html) in ["trips", "no-trips", "paper"]
            .into_iter()
            .zip(samples::trip_pages(locale))
        {
            std::fs::write(
                folder.join(format!("{name}-{}.html", locale.as_str())),
                html,
            )
            .unwrap();
        }
    }
}

#[test]
fn a_calendar_day_asks_for_itself() {
    let mut answer = samples::answer_in(Locale::Fr);
    answer.cards = vec![Card::FareCalendar(samples::calendar())];
    let html = message(&answer, None).render().unwrap();
    assert!(
        html.contains(r#"class="day least" name="message" value="le 14 janvier 2027""#),
        "{html}"
    );
    assert!(html.contains("jeudi 14 janvier 2027, 399,50\u{a0}€"));
}

#[test]
fn only_a_live_proposal_has_buttons() {
    let answer = samples::answer();
    let with = |proposal: Option<&Proposal>| message(&answer, proposal).render().unwrap();
    let mut proposal = samples::proposal(ProposalStatus::Pending);
    assert!(with(Some(&proposal)).contains("/confirm"));
    assert!(
        !with(None).contains("/confirm"),
        "another one took its place"
    );
    proposal.expires_at = now();
    assert!(!with(Some(&proposal)).contains("/confirm"), "expired");
    let confirmed = with(Some(&samples::proposal(ProposalStatus::Confirmed)));
    assert!(!confirmed.contains("/confirm") && confirmed.contains("Vous avez confirmé"));
}

#[test]
fn a_running_answer_is_marked_for_the_script() {
    let mut answer = samples::answer();
    answer.status = AnswerStatus::Running;
    let html = page(Locale::Fr, "x", &answer);
    let mark = format!(r#"data-running-message-id="{}""#, answer.message_id);
    assert!(html.contains(&mark));
    assert!(
        html.contains(r#"http-equiv="refresh""#),
        "reloads itself without scripts"
    );
    assert!(!html.contains("message-foot"));
}

#[test]
fn tokens_and_cost_are_shown_when_there_are_any() {
    let mut answer = samples::answer_in(Locale::En);
    let free = message(&answer, None).render().unwrap();
    assert!(free.contains("builtin/planner-1") && free.contains("12.3\u{a0}ms"));
    assert!(!free.contains("tokens") && !free.contains('$'));
    answer.usage.total_tokens = 1_234;
    answer.usage.estimated_cost_usd = Some(0.001_25);
    let paid = message(&answer, None).render().unwrap();
    assert!(
        paid.contains("<span>1,234 tokens</span>") && paid.contains("$0.0013"),
        "{paid}"
    );
    assert!(paid.contains(&format!("/traces/{}", answer.trace_id)));
    answer.usage.cached_tokens = 1_024;
    answer.usage.estimated_cost_usd = Some(0.000_012);
    let cached = message(&answer, None).render().unwrap();
    let tokens = r#"<span title="1,024 of them read from the cache">1,234 tokens</span>"#;
    assert!(cached.contains(tokens), "{cached}");
    assert!(!cached.contains("$0.0000") && cached.contains("$0.0001"));
    answer.usage.estimated_cost_usd = None;
    assert!(!message(&answer, None).render().unwrap().contains('$'));
}

#[test]
fn an_answer_that_broke_off_can_be_had_again() {
    for (status, again) in [
        (AnswerStatus::Ok, false),
        (AnswerStatus::Running, false),
        (AnswerStatus::Stopped, true),
        (AnswerStatus::Error, true),
    ] {
        let mut answer = samples::answer_in(Locale::Fr);
        answer.status = status;
        let html = message(&answer, None).render().unwrap();
        let form = format!(
            r#"<form class="try-again" method="post" action="/messages/{}/regenerate""#,
            answer.message_id
        );
        assert_eq!(html.contains(&form), again, "{status:?}");
        assert_eq!(html.contains("Réessayer"), again, "{status:?}");
        let decided = message(&answer, None).decided(true).render().unwrap();
        assert!(!decided.contains("Réessayer"), "{status:?}");
    }
}

#[test]
fn what_no_result_holds_is_flagged() {
    for (locale, label) in [(Locale::Fr, "Non vérifié"), (Locale::En, "Not checked")] {
        let mut answer = samples::answer_in(locale);
        assert!(!message(&answer, None).render().unwrap().contains(label));
        answer.ungrounded = vec!["412 €".to_owned(), "<b>AF006</b>".to_owned()];
        let html = page(locale, "Bonjour", &answer);
        let (_, flag) = html.split_once(r#"<details class="ungrounded">"#).unwrap();
        let (flag, _) = flag.split_once("</details>").unwrap();
        assert!(flag.contains(label), "{flag}");
        assert!(flag.contains("<bdi>412 €</bdi> · <bdi>"), "{flag}");
        assert!(!flag.contains("<b>AF006"), "{flag}");
        assert!(flag.contains("AF006") && flag.contains("</p>"), "{flag}");
    }
}
