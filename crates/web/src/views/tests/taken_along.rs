//! Conversations that leave the page: shared, kept offline, brought along in a file.

use agent::store::{MessageRecord, Share};

use super::*;
use crate::{
    i18n::share::ShareTexts,
    views::{
        import::ImportPage,
        offline::OfflinePage,
        share::{ShareLine, SharePage},
        shared::{SharedPage, SharedThread},
    },
};

/// A question and its answer.
fn messages(locale: Locale) -> [MessageRecord; 2] {
    let (asked, answered) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let question = MessageRecord::User {
        id: asked,
        parent_id: None,
        text: "Bonjour".to_owned(),
        decided: false,
        created_at: now(),
    };
    let answer = MessageRecord::Agent {
        id: answered,
        parent_id: Some(asked),
        created_at: now(),
        answer: Box::new(samples::answer_in(locale)),
        feedback: None,
    };
    [question, answer]
}

pub(super) fn every_page(locale: Locale) -> Vec<String> {
    let zone = TimeZone::UTC;
    let frame = || Frame::new(locale, "/c/1");
    let thread = || SharedThread::new(&messages(locale), locale, &zone, now());
    let share = Share {
        id: Uuid::from_u128(3),
        message_id: Uuid::from_u128(2),
        created_at: now(),
        expires_at: now(),
    };
    let preview = SharePage {
        frame: frame(),
        conversation: Uuid::from_u128(1),
        title: "Bonjour".to_owned(),
        end: Some(share.message_id),
        thread: thread(),
        links: vec![ShareLine::new(&share, &frame(), &zone)],
        made: Some("/shared/0".to_owned()),
        notice: Some(ShareTexts::of(locale).too_many),
    };
    let times = [share.created_at, share.expires_at];
    let refused = Some(("0".to_owned(), "0".to_owned()));
    vec![
        preview.render().unwrap(),
        SharedPage::new(frame(), "Bonjour", times, thread(), &zone)
            .render()
            .unwrap(),
        SharedPage::kept(frame(), "Bonjour", now(), thread(), &zone)
            .render()
            .unwrap(),
        OfflinePage::new(frame()).render().unwrap(),
        ImportPage::new(frame(), None).render().unwrap(),
        ImportPage::new(frame(), refused).render().unwrap(),
    ]
}
