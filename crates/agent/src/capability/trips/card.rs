//! The files of a trip as a sheet and as a text.

use super::done::TripFiles;
use crate::{
    event::Card,
    sheet::{Block, Link, Sheet},
    tools::ToolContext,
};

/// Links to the files; `None` outside a conversation, or where there is no trip.
pub(super) fn files(found: &TripFiles, context: &ToolContext) -> Option<Card> {
    let conversation = context.conversation?;
    let locale = context.locale;
    let links = found.forms.iter().map(|form| Link {
        label: form.label(locale).to_owned(),
        path: form.path(conversation),
    });
    let mut sheet = Sheet::new(
        "export_trip",
        locale.pick("Votre voyage en fichiers", "Your trip as files"),
    )
    .with(Block::Links {
        links: links.collect(),
    });
    sheet.lead.clone_from(&found.title);
    found.title.is_some().then(|| Card::Sheet(Box::new(sheet)))
}

/// The same for models that read text.
pub(super) fn text(found: &TripFiles) -> String {
    match found.title {
        Some(_) => "The links to the files are on the card that the person sees: calendar, GPX \
                    where days are planned, Markdown, JSON, a page to print."
            .to_owned(),
        None => "There is no trip in this conversation yet.".to_owned(),
    }
}
