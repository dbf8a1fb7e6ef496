//! Facts that nothing explains, marked where a reply has them.

/// Marks each of `facts` in `html`, which a sanitiser made: where the text has it as written, and as a
/// whole. A fact that the markup parts, as in `<em>8</em>0 €`, is left to the list under the answer.
pub(super) fn mark(html: &str, facts: &[String], title: &str) -> String {
    let mut facts: Vec<String> = facts.iter().map(|fact| escaped(fact)).collect();
    facts.retain(|fact| !fact.is_empty());
    // The longest first: "1 200 €" before the "200 €" in it.
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.len()));
    if facts.is_empty() {
        return html.to_owned();
    }
    let open = format!("<mark title=\"{}\">", escaped(title));
    let mut marked = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        marked_text(text, &facts, &open, &mut marked);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        marked.push_str(&tag[..end]);
        rest = &tag[end..];
    }
    marked_text(rest, &facts, &open, &mut marked);
    marked
}

fn marked_text(text: &str, facts: &[String], open: &str, into: &mut String) {
    let mut at = 0;
    let mut before = None;
    while let Some(next) = text[at..].chars().next() {
        let here = &text[at..];
        let fact = facts.iter().find(|fact| {
            here.strip_prefix(fact.as_str())
                .is_some_and(|after| is_whole(before, fact, after))
        });
        let step = match fact {
            Some(fact) => {
                into.push_str(open);
                into.push_str(fact);
                into.push_str("</mark>");
                fact.len()
            }
            None => {
                into.push(next);
                next.len_utf8()
            }
        };
        before = text[..at + step].chars().next_back();
        at += step;
    }
}

/// Whether a fact is no part of a longer word or number: neither "30 €" of "1 230 €", nor "9:15" of
/// "19:15".
fn is_whole(before: Option<char>, fact: &str, after: &str) -> bool {
    let joins = |one: Option<char>, other: Option<char>| {
        one.is_some_and(char::is_alphanumeric) && other.is_some_and(char::is_alphanumeric)
    };
    let starts = fact.chars().next();
    let follows = after.chars().next();
    let after_that = after.chars().nth(1);
    let grouped =
        matches!(before, Some('.' | ',' | ':')) && starts.is_some_and(|c| c.is_ascii_digit());
    let goes_on = matches!(follows, Some('.' | ',' | ':'))
        && after_that.is_some_and(|c| c.is_ascii_digit())
        && fact.ends_with(|c: char| c.is_ascii_digit());
    !joins(before, starts) && !grouped && !joins(fact.chars().next_back(), follows) && !goes_on
}

/// As the sanitiser writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\u{a0}', "&nbsp;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn shown(reply: &str, facts: &[&str]) -> String {
        let facts: Vec<_> = facts.iter().map(|fact| (*fact).to_owned()).collect();
        mark(&markdown::render(reply), &facts, "why")
    }

    #[test]
    fn a_fact_is_marked_wherever_the_text_has_it() {
        let html = shown("Un vol à **412 €**, ou 412 € demain.", &["412 €"]);
        assert_eq!(
            html,
            "<p>Un vol à <strong><mark title=\"why\">412 €</mark></strong>, ou \
             <mark title=\"why\">412 €</mark> demain.</p>\n"
        );
        let spaced = shown("À 1\u{a0}412\u{a0}€ tout juste", &["1\u{a0}412\u{a0}€"]);
        assert_eq!(spaced.matches("<mark").count(), 1, "{spaced}");
    }

    #[test]
    fn a_part_of_a_longer_figure_is_another_one() {
        for (reply, fact) in [
            ("départ à 19:15", "9:15"),
            ("à 1.230 €", "230 €"),
            ("le vol AF1234", "AF123"),
            ("vers XLYS", "LYS"),
            ("à 9:15:30", "9:15"),
        ] {
            let html = shown(reply, &[fact]);
            assert!(!html.contains("<mark"), "{html}");
        }
        assert!(shown("à 9:15, puis", &["9:15"]).contains("<mark"));
        assert!(shown("(9:15)", &["9:15"]).contains("<mark"));
    }

    #[test]
    fn addresses_and_names_of_tags_are_no_text() {
        let html = shown(
            "[le lien](https://example.org/LYS) de LYS",
            &["LYS", "a", "p"],
        );
        assert!(html.contains(r#"href="https://example.org/LYS""#), "{html}");
        assert_eq!(html.matches("<mark").count(), 1, "{html}");
    }

    #[test]
    fn a_hostile_fact_stays_text() {
        let attack = "<img src=x onerror=alert(1)>";
        let html = shown(&format!("voici {attack} là"), &[attack]);
        assert!(!html.contains("<img"), "{html}");
        let title = mark("<p>LYS</p>", &["LYS".to_owned()], r#""><script>"#);
        assert!(!title.contains("<script"), "{title}");
    }
}
