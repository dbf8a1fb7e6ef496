//! `name=value`, separated by commas, percent-encoded: headers, resource attributes, keys of servers.

use percent_encoding::percent_decode_str;

const ALLOWED: &str = "allowed is name=value, separated by commas";

/// Names and values of `name=value,name=value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

/// As W3C Baggage has them, without its properties: names are encoded as well, and a sign that begins no
/// code stands for itself.
pub(super) fn baggage(text: &str) -> Result<Pairs, String> {
    let pairs = split(text).map(|pair| {
        let (name, value) = pair?;
        let decoded = |text| decode(text).ok_or("percent-encoded text must be UTF-8");
        Ok((decoded(name)?, decoded(value)?))
    });
    pairs.collect::<Result<_, _>>().map(Pairs)
}

/// With values that say something, of which each sign begins a code.
pub(super) fn strict(text: &str) -> Result<Vec<(String, String)>, String> {
    let pairs = split(text).map(|pair| {
        let (name, value) = pair?;
        let value = Some(value).filter(|value| has_whole_codes(value));
        let value = value.and_then(decode);
        let value = value.ok_or("a % stands for %25: values are percent-encoded")?;
        match value.is_empty() {
            true => Err(ALLOWED.to_owned()),
            false => Ok((name.to_owned(), value)),
        }
    });
    pairs.collect()
}

/// The pairs as they are written, without blanks around them; a name is never empty.
fn split(text: &str) -> impl Iterator<Item = Result<(&str, &str), String>> {
    let pairs = text.split(',').filter(|pair| !pair.trim().is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').ok_or(ALLOWED)?;
        match name.trim() {
            "" => Err(ALLOWED.to_owned()),
            name => Ok((name, value.trim())),
        }
    })
}

/// `None` where the bytes are no UTF-8.
fn decode(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.ok().map(std::borrow::Cow::into_owned)
}

fn has_whole_codes(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let code = rest.as_bytes().get(..2);
        code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_percent_decoded() {
        let read = |text| baggage(text).map(|pairs| pairs.0);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read("team=%ED%95%9C,region=eu%2Cwest%3D1,"),
            Ok(vec![pair("team", "한"), pair("region", "eu,west=1")])
        );
        assert_eq!(
            read("authorization=Basic dXNlcjpwYXNz==, X-Scope-OrgID = tenant%201 ,"),
            Ok(vec![
                pair("authorization", "Basic dXNlcjpwYXNz=="),
                pair("X-Scope-OrgID", "tenant 1")
            ])
        );
        // A sign that begins no code stands for itself.
        assert_eq!(read("a=100%"), Ok(vec![pair("a", "100%")]));
        for wrong in ["a", "=b", "a=%FF"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
