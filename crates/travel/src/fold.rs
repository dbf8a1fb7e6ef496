//! Folding: lower case without diacritics, so that "GENÈVE" and "geneve" are one word. The only folding
//! of the program: names of tables, messages and the classifier's text all go through [`letters`].

/// Calls `push` with the folded form of one character; combining marks vanish.
#[inline]
pub fn letters(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        match lower {
            '\u{300}'..='\u{36f}' => {}
            '’' | 'ʼ' | '`' | '´' => push('\''),
            _ => match plain(lower) {
                Some(ascii) => ascii.chars().for_each(&mut push),
                None => push(lower),
            },
        }
    }
}

/// Appends the folded form of one character.
pub fn push_folded(c: char, out: &mut String) {
    letters(c, |c| out.push(c));
}

/// The folded text: two texts that differ only in case or accents fold to the same one.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_folded(c, &mut out);
    }
    out
}

/// The folded words of a name, separated by single spaces: the form of every key.
#[must_use]
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    push_key(name, &mut out);
    out
}

/// Appends the folded words of a name, separated by single spaces.
pub fn push_key(name: &str, out: &mut String) {
    let begin = out.len();
    let mut gap = false;
    for c in name.chars() {
        letters(c, |c| {
            if !c.is_alphanumeric() {
                gap = out.len() > begin;
                return;
            }
            if std::mem::take(&mut gap) {
                out.push(' ');
            }
            out.push(c);
        });
    }
}

/// The ASCII letters of a lower-case Latin letter that has others in it or upon it.
const fn plain(lower: char) -> Option<&'static str> {
    Some(match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ'
        | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể'
        | 'ễ' | 'ệ' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' => "g",
        'ĥ' | 'ħ' | 'ḥ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ'
        | 'ỗ' | 'ộ' | 'ơ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' | 'ụ' | 'ủ' | 'ư' | 'ứ'
        | 'ừ' | 'ử' | 'ữ' | 'ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_ligatures_fold() {
        for (text, folded) in [
            ("GENÈVE", "geneve"),
            ("São Paulo", "sao paulo"),
            ("Łódź", "lodz"),
            ("Hô-Chi-Minh", "ho-chi-minh"),
            ("cœur", "coeur"),
            ("e\u{301}te\u{301}", "ete"),
            ("l’été", "l'ete"),
            ("Straße, İzmir", "strasse, izmir"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn keys_are_words() {
        for (name, folded) in [
            ("Saint-Denis, l'Île", "saint denis l ile"),
            ("Sacré-Cœur", "sacre coeur"),
            ("  Kinkaku-ji (pavillon d’or)", "kinkaku ji pavillon d or"),
            ("Fe\u{301}te, Łódź!", "fete lodz"),
            (" — ", ""),
        ] {
            assert_eq!(key(name), folded);
        }
        let mut framed = String::from(" ");
        push_key("Orly, météo ?", &mut framed);
        assert_eq!(framed, " orly meteo");
    }
}
