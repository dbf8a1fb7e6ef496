//! How many connections the process has descriptors for.

/// Descriptors that are left to the database, to models and to files.
const RESERVE: u64 = 128;
/// Connections at once where nothing else is said.
const MOST: u64 = 8_192;
/// What is served even where descriptors are scarce.
const LEAST: u64 = 16;

/// Raises the process's limit of descriptors as far as it may, and returns it.
#[must_use]
pub fn raise() -> u64 {
    rlimit::increase_nofile_limit(u64::MAX)
        .or_else(|_| rlimit::Resource::NOFILE.get_soft())
        .unwrap_or(1_024)
}

/// How many connections may be open at once: as configured, where the descriptors allow it.
#[must_use]
pub fn connections(configured: Option<u32>, descriptors: u64) -> usize {
    let possible = descriptors.saturating_sub(RESERVE).max(LEAST);
    let wanted = configured.map_or(MOST, u64::from);
    if configured.is_some() && wanted > possible {
        tracing::warn!(
            wanted,
            possible,
            "MAX_CONNECTIONS is more than the limit of open files allows"
        );
    }
    usize::try_from(wanted.min(possible)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_descriptors_are_left_for_the_rest_of_the_process() {
        assert_eq!(connections(None, 1_024), 896);
        assert_eq!(connections(None, 1_048_576), 8_192);
        assert_eq!(connections(None, u64::MAX), 8_192);
        assert_eq!(connections(Some(20), 1_024), 20);
        assert_eq!(connections(Some(20_000), 1_048_576), 20_000);
        assert_eq!(connections(Some(20_000), 1_024), 896);
        assert_eq!(connections(None, 64), 16);
    }

    #[test]
    fn the_limit_is_raised_as_far_as_it_may() {
        let raised = raise();
        let (soft, hard) = rlimit::Resource::NOFILE.get().unwrap();
        assert_eq!((raised, raised), (soft, hard));
    }
}
