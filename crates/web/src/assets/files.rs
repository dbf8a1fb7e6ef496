//! The files of `static/`, and how they are named to browsers.

use std::borrow::Cow;

use rust_embed::RustEmbed;

/// The folder `static/`.
#[derive(RustEmbed)]
#[folder = "../../static"]
pub(super) struct Files;

/// A file as it is sent.
pub(super) struct Sent {
    /// Media type.
    pub(super) kind: String,
    /// Content.
    pub(super) data: Cow<'static, [u8]>,
}

/// A file of the folder.
pub(super) fn read(path: &str) -> Option<Sent> {
    let file = Files::get(path)?;
    let kind = match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8".to_owned(),
        Some("css") => "text/css; charset=utf-8".to_owned(),
        Some("webmanifest") => "application/manifest+json".to_owned(),
        _ => file.metadata.mimetype().to_owned(),
    };
    let data = file.data;
    Some(Sent { kind, data })
}
