//! The figures of a stretch of time, cut into equal buckets.

use obs::Span;

use super::stats::Stats;

/// A stretch of time in nanoseconds since 1970, cut into buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buckets {
    /// Start of the first one.
    pub from_ns: u64,
    /// Length of each.
    pub each_ns: u64,
    /// How many.
    pub count: usize,
}

impl Buckets {
    /// The last `count` buckets whose bounds are multiples of `each_ns`; the last one holds `now_ns`.
    #[must_use]
    pub fn until(now_ns: u64, each_ns: u64, count: usize) -> Self {
        let each_ns = each_ns.max(1);
        let last = now_ns - now_ns % each_ns;
        let before = each_ns.saturating_mul(count.saturating_sub(1) as u64);
        Self {
            from_ns: last.saturating_sub(before),
            each_ns,
            count,
        }
    }

    /// Start of a bucket.
    #[must_use]
    pub const fn start_ns(&self, bucket: usize) -> u64 {
        self.from_ns + self.each_ns * bucket as u64
    }

    /// The bucket that holds a moment.
    #[must_use]
    pub fn of(&self, at_ns: u64) -> Option<usize> {
        let since = at_ns.checked_sub(self.from_ns)?;
        let bucket = usize::try_from(since / self.each_ns).ok()?;
        (bucket < self.count).then_some(bucket)
    }
}

/// The figures of each bucket; a span counts where it ended, as in the metrics.
pub fn series<'a>(spans: impl IntoIterator<Item = &'a Span>, buckets: Buckets) -> Vec<Stats> {
    let mut parts: Vec<Vec<&Span>> = vec![Vec::new(); buckets.count];
    for span in spans {
        if let Some(bucket) = buckets.of(span.end_ns) {
            parts[bucket].push(span);
        }
    }
    let figures = parts.into_iter().map(|part| Stats::of(part, 0));
    figures.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::turn;

    #[test]
    fn bounds_are_multiples_and_the_last_bucket_holds_now() {
        let buckets = Buckets::until(605, 60, 3);
        assert_eq!(buckets.from_ns, 480);
        assert_eq!(
            [479, 480, 539, 540, 605, 659, 660].map(|at| buckets.of(at)),
            [None, Some(0), Some(0), Some(1), Some(2), Some(2), None]
        );
        assert_eq!(buckets.start_ns(2), 600);
        assert_eq!(Buckets::until(10, 60, 3).from_ns, 0, "never before 1970");
    }

    #[test]
    fn a_span_counts_where_it_ended() {
        let spans = turn();
        let (start, ms) = (spans[0].start_ns, 1_000_000);
        let buckets = Buckets {
            from_ns: start,
            each_ns: 50 * ms,
            count: 3,
        };
        let series = series(spans.iter().map(|span| &**span), buckets);
        let figures = series.iter().map(|s| (s.requests.total, s.llm.calls));
        assert_eq!(figures.collect::<Vec<_>>(), [(0, 1), (0, 1), (1, 0)]);
    }
}
