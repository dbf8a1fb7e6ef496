//! Telemetry: one record per span gives trace, metrics and the recent-traces ring.
