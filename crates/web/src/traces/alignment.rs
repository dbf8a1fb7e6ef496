//! Two traces beside each other: which step of one is which step of the other.

use std::sync::Arc;

use obs::Span;

/// A step that both have, or one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// In the first trace.
    pub a: Option<Arc<Span>>,
    /// In the second trace.
    pub b: Option<Arc<Span>>,
}

/// Aligns two lists of spans by what `label` says of them: the longest common subsequence, so that
/// order is kept and as many steps as possible find their like.
pub fn align(a: &[Arc<Span>], b: &[Arc<Span>], label: impl Fn(&Span) -> String) -> Vec<Pair> {
    let (labels_a, labels_b): (Vec<_>, Vec<_>) = (
        a.iter().map(|span| label(span)).collect(),
        b.iter().map(|span| label(span)).collect(),
    );
    // `longest[i][j]`: of what follows the first i and j. A trace has some hundreds of spans at most.
    let mut longest = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if labels_a[i] == labels_b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let mut pairs = Vec::with_capacity(a.len().max(b.len()));
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let both = i < a.len() && j < b.len() && labels_a[i] == labels_b[j];
        let first = j == b.len() || (i < a.len() && longest[i + 1][j] >= longest[i][j + 1]);
        let (take_a, take_b) = (both || first, both || !first);
        pairs.push(Pair {
            a: take_a.then(|| Arc::clone(&a[i])),
            b: take_b.then(|| Arc::clone(&b[j])),
        });
        i += usize::from(take_a);
        j += usize::from(take_b);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::span;

    fn steps(names: &str) -> Vec<Arc<Span>> {
        let step = |name: char| span("b1", None, &name.to_string(), 0, 1, "{}");
        names.chars().map(step).collect()
    }

    fn aligned(a: &str, b: &str) -> String {
        let pairs = align(&steps(a), &steps(b), |span| span.name.to_string());
        let name =
            |span: &Option<Arc<Span>>| span.as_ref().map_or("-".into(), |s| s.name.to_string());
        let shown = pairs.iter().map(|pair| name(&pair.a) + &name(&pair.b));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn like_steps_meet_in_their_order() {
        assert_eq!(aligned("itl", "itl"), "ii tt ll");
        assert_eq!(aligned("iltl", "iltltl"), "ii ll tt ll -t -l");
        assert_eq!(aligned("ilsl", "ill"), "ii ll s- ll");
        assert_eq!(aligned("x", "y"), "x- -y");
        assert_eq!(aligned("", "ab"), "-a -b");
        assert_eq!(aligned("ab", ""), "a- b-");
        assert_eq!(aligned("", ""), "");
    }
}
