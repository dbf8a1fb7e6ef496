//! Tab-separated tables that are compiled in.

/// The rows of a table as cells, without its header line. Rows of another width than `N` are left
/// out; [`is_complete`] tells whether there are any, and each table has a test that there are none.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    lines(text).filter_map(|line| {
        let mut cells = line.split('\t');
        let row = [(); N].map(|()| cells.next());
        if row.contains(&None) || cells.next().is_some() {
            return None;
        }
        Some(row.map(Option::unwrap_or_default))
    })
}

/// Whether every row has `N` cells.
#[cfg(test)]
pub(crate) fn is_complete<const N: usize>(text: &'static str) -> bool {
    rows::<N>(text).count() == lines(text).count()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Twelve numbers, January first; an empty one is not known.
pub(crate) fn months(cell: &str) -> [Option<f32>; 12] {
    let mut values = cell.split(',');
    [(); 12].map(|()| values.next().and_then(|value| value.parse().ok()))
}
