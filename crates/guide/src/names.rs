//! Comparing names that people type with those of the tables.

pub(crate) use travel::fold::key;

/// Whether a typed word may be meant for another: equal, or with one letter wrong, missing, added or
/// swapped from four letters on, and two from nine letters on. The first letter is right.
pub(crate) fn is_meant(typed: &str, word: &str) -> bool {
    if typed == word {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    let slips = match a.len().min(b.len()) {
        0..4 => 0,
        4..9 => 1,
        _ => 2,
    };
    slips > 0
        && a.len().abs_diff(b.len()) <= slips
        && a.first() == b.first()
        && distance(&a, &b) <= slips
}

/// Edits between two words, a swap of neighbours being one (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = [
        vec![0; b.len() + 1],
        (0..=b.len()).collect(),
        vec![0; b.len() + 1],
    ];
    for (i, &left) in a.iter().enumerate() {
        let [before, above, row] = &mut rows;
        row[0] = i + 1;
        for (j, &right) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(left != right);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left == b[j - 1] && a[i - 1] == right {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_forgiven_by_length() {
        for (typed, word) in [
            ("louvre", "louvre"),
            ("louver", "louvre"),
            ("beelm", "belem"),
            ("jeronimo", "jeronimos"),
            ("catehdrale", "cathedrale"),
        ] {
            assert!(is_meant(typed, word), "{typed} {word}");
        }
        for (typed, word) in [
            ("prado", "praca"),
            ("pont", "mont"),
            ("dom", "don"),
            ("", "a"),
        ] {
            assert!(!is_meant(typed, word), "{typed} {word}");
        }
    }
}
