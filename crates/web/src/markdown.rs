//! Markdown of a reply to HTML that is safe to show, whoever wrote it.

use std::{borrow::Cow, sync::LazyLock};

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// What may be on the page: text structure, tables and links that leave it safely. No images
/// (they tell a stranger who reads), no headings of the first two levels (they are the page's).
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(
            [
                "p",
                "br",
                "hr",
                "strong",
                "em",
                "del",
                "code",
                "pre",
                "blockquote",
                "ul",
                "ol",
                "li",
                "h3",
                "h4",
                "h5",
                "h6",
                "a",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
            ]
            .into(),
        )
        .add_tag_attributes("a", ["href", "title"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::Custom(Box::new(same_site)))
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean_content_tags(["script", "style"].into());
    builder
});

/// Keeps links into this site and drops relative ones, `//host` among them.
fn same_site(url: &str) -> Option<Cow<'_, str>> {
    let inside = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    inside.then_some(Cow::Borrowed(url))
}

/// Renders Markdown; raw HTML in it is shown as the text that it is.
#[must_use]
pub fn render(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: level.max(pulldown_cmark::HeadingLevel::H3),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => {
            Event::End(TagEnd::Heading(level.max(pulldown_cmark::HeadingLevel::H3)))
        }
        other => other,
    });
    let mut raw = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut raw, events);
    SANITISER.clean(&raw).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_is_kept() {
        let html =
            render("# Vols\n\n**fort** et *doux*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n3. x");
        assert!(html.contains("<h3>Vols</h3>"), "{html}");
        assert!(html.contains("<strong>fort</strong> et <em>doux</em>"));
        assert!(html.contains("<table><thead><tr><th>a</th>"), "{html}");
        assert!(html.contains(r#"<ol start="3">"#));
    }

    #[test]
    fn a_line_break_stays_one() {
        assert_eq!(render("a\nb"), "<p>a<br>\nb</p>\n");
    }

    #[test]
    fn nothing_active_gets_through() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<iframe src=//evil.example></iframe>",
            "<p style=\"position:fixed\">x</p>",
            "![x](https://evil.example/pixel.png)",
            "[x](//evil.example)",
            "[x](/\\evil.example)",
            "<form action=//evil.example><input name=card></form>",
        ] {
            let html = render(attack);
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<iframe",
                "<form",
                "<p style",
                "<a href=\"javascript",
                "<a href=\"data",
                "<a href=\"//",
                "<a href=\"/\\",
            ] {
                let lower = html.to_lowercase();
                assert!(!lower.contains(bad), "{attack} gave {html}");
            }
        }
    }

    #[test]
    fn raw_html_is_shown_as_text() {
        assert_eq!(render("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    }

    #[test]
    fn links_leave_safely_and_inner_ones_stay() {
        let html = render("[a](https://example.org/?q=1) [b](/traces/1)");
        assert!(
            html.contains(r#"href="https://example.org/?q=1" rel="noopener noreferrer nofollow""#)
        );
        assert!(html.contains(r#"href="/traces/1""#));
    }

    /// A text and what is made of it: the page's script has to make the same of it while it arrives
    /// (`tests/browser/markdown.test.mjs`).
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Sample {
        markdown: String,
        html: String,
    }

    /// `MARKDOWN_CORPUS=write` writes anew what is made of each.
    #[test]
    fn the_corpus_of_the_page_says_what_is_rendered() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/markdown/corpus.json");
        let text = std::fs::read_to_string(path).unwrap();
        let mut samples: Vec<Sample> = serde_json::from_str(&text).unwrap();
        assert!(samples.len() >= 40);
        if std::env::var("MARKDOWN_CORPUS").is_ok_and(|value| value == "write") {
            for sample in &mut samples {
                sample.html = render(&sample.markdown);
            }
            std::fs::write(path, serde_json::to_string_pretty(&samples).unwrap() + "\n").unwrap();
        }
        for sample in samples {
            assert_eq!(sample.html, render(&sample.markdown), "{}", sample.markdown);
        }
    }
}
