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

/// The base of the keys below; odd, so that no letter is lost.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Calls `visit` with a key of the word and of each word that results from deleting one letter: two words
/// one edit apart have one of these in common. No such word is written out: a key is a sum of its letters
/// by their place from the end.
pub(crate) fn deletions(word: &str, mut visit: impl FnMut(u64)) {
    let add = |key: u64, byte: u8| key.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1);
    visit(word.bytes().fold(0, add));
    // From the last letter on: what follows it, and how far that moves what stands before it.
    let (mut after, mut power) = (0_u64, 1_u64);
    let mut before = word.bytes().fold(0, add);
    let unit = inverse(BASE);
    for c in word.chars().rev() {
        let mut utf8 = [0; 4];
        let bytes = c.encode_utf8(&mut utf8).as_bytes();
        for byte in bytes.iter().rev() {
            before = before.wrapping_sub(u64::from(*byte) + 1).wrapping_mul(unit);
        }
        visit(before.wrapping_mul(power).wrapping_add(after));
        for byte in bytes.iter().rev() {
            after = after.wrapping_add(power.wrapping_mul(u64::from(*byte) + 1));
            power = power.wrapping_mul(BASE);
        }
    }
}

/// What an odd number times is one, by Newton's iteration.
const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut round = 0;
    while round < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_one_edit_apart_share_a_key() {
        let keys = |word: &str| {
            let mut keys = Vec::new();
            deletions(word, |key| keys.push(key));
            keys
        };
        let share = |a: &str, b: &str| keys(a).iter().any(|key| keys(b).contains(key));
        for (a, b) in [
            ("toulouze", "toulouse"),
            ("pairs", "paris"),
            ("lodon", "london"),
            ("romee", "rome"),
            ("łódź", "łódz"),
        ] {
            assert!(share(a, b), "{a} {b}");
        }
        assert!(!share("paris", "lyon") && !share("rome", "milan"));
        assert_eq!(keys("abc")[1], keys("ab")[0]);
        assert_eq!(keys("abc")[3], keys("bc")[0]);
    }

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
