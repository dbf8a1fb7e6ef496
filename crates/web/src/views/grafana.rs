//! Links into Grafana.

/// The page of a trace in Grafana Explore, whose Tempo data source is called `tempo`.
#[must_use]
pub(super) fn trace(grafana_url: &str, trace_id: &str) -> String {
    let panes = format!(
        r#"{{"trace":{{"datasource":"tempo","queries":[{{"refId":"A","datasource":{{"type":"tempo","uid":"tempo"}},"queryType":"traceql","query":"{trace_id}"}}],"range":{{"from":"now-24h","to":"now"}}}}}}"#
    );
    let panes: String = form_urlencoded::byte_serialize(panes.as_bytes()).collect();
    let url = grafana_url.trim_end_matches('/');
    format!("{url}/explore?schemaVersion=1&panes={panes}")
}
