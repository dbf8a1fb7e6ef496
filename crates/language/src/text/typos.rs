//! Typing errors of one letter.

/// Whether one insertion, deletion, substitution or swap of neighbours makes `a` into `b`.
pub(crate) fn one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 || a == b {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    if short.len() < long.len() {
        return short[same..] == long[same + 1..];
    }
    let swapped = same + 1 < long.len()
        && short[same] == long[same + 1]
        && short[same + 1] == long[same]
        && short[same + 2..] == long[same + 2..];
    swapped || short[same + 1..] == long[same + 1..]
}

/// Calls `visit` with the word and with each word that results from deleting one letter: two words
/// one edit apart have one of these in common.
pub(crate) fn deletions(word: &str, mut visit: impl FnMut(&str)) {
    visit(word);
    let mut shorter = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        shorter.clear();
        shorter.push_str(&word[..at]);
        shorter.push_str(&word[at + c.len_utf8()..]);
        visit(&shorter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit() {
        for (a, b) in [
            ("toulouze", "toulouse"),
            ("pairs", "paris"),
            ("lodon", "london"),
            ("romee", "rome"),
        ] {
            assert!(one_edit_apart(a, b) && one_edit_apart(b, a), "{a} {b}");
        }
        for (a, b) in [("rome", "rome"), ("paris", "prias"), ("lyon", "london")] {
            assert!(!one_edit_apart(a, b), "{a} {b}");
        }
    }
}
