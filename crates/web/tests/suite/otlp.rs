//! The variables of OTLP do what the specification says, and a collector that is away for a while, or
//! takes a part only, costs no more than is said.

use std::{net::SocketAddr, path::Path};

use serde_json::{Value, json};
use testkit::{Code, Received, Receiver};
use tokio::net::TcpListener;

use super::{equalities::PATIENCE, server::Server};

const AGAIN: &str = "telemetry is exported again";

async fn server(endpoint: &str, more: &[(&str, &str)]) -> Server {
    let usual = [
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", endpoint),
        ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
    ];
    Server::start(&[&usual[..], more].concat()).await
}

async fn talk(server: &Server, turns: usize) {
    for number in 1..=turns {
        let message = format!("Un vol Lyon Rome le {number} janvier");
        server.visitor().say(&message, None).await;
    }
}

fn turns(received: &Received) -> usize {
    received.named("agent.iteration").len()
}

fn warnings(server: &Server) -> Vec<Value> {
    let log = server.log().into_iter();
    log.filter(|line| line["level"] == json!("WARN")).collect()
}

/// Ends the server and gives what it logged: exports that are late are waited for.
async fn end(mut server: Server, receiver: &Receiver, all: usize) -> Server {
    let arrived = |received: &Received| turns(received) == all;
    receiver.wait_until(PATIENCE, arrived).await.unwrap();
    let stats = server.visitor().get_json("/api/stats").await;
    assert_eq!(stats["telemetry_lost"], 0, "nothing was lost");
    assert!(server.terminate().await.success());
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_unavailable_for_a_while_gets_everything() {
    let receiver = Receiver::start().await.unwrap();
    receiver.refuse(Some(Code::Unavailable));
    let server = server(&receiver.endpoint(), &[]).await;
    talk(&server, 5).await;
    // More attempts than three for each of three signals.
    let refused = |received: &Received| received.refused > 12;
    receiver.wait_until(PATIENCE, refused).await.unwrap();
    receiver.refuse(None);
    talk(&server, 1).await;
    let server = end(server, &receiver, 6).await;
    assert_eq!(receiver.received().logs.len(), server.log().len());
    assert_eq!(warnings(&server).len(), 1, "told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_starts_late_gets_everything() {
    // A port that nobody listens on: bound once, then given back.
    let address: SocketAddr = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let server = server(&address.to_string(), &[]).await;
    talk(&server, 19).await;
    while warnings(&server).is_empty() {
        tokio::task::yield_now().await;
    }
    let receiver = Receiver::start_at(address).await.unwrap();
    let server = end(server, &receiver, 19).await;
    assert_eq!(warnings(&server).len(), 1, "told once");
    assert!(server.log().iter().any(|line| line["message"] == AGAIN));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_collector_rejects_is_counted_and_told_once_with_its_words() {
    let receiver = Receiver::start().await.unwrap();
    receiver.reject(3, "limit");
    let server = server(&receiver.endpoint(), &[]).await;
    talk(&server, 1).await;
    let told = |signal: &str| {
        let of_signal = |line: &Value| line["signal"] == signal && line["error"] == "limit";
        warnings(&server).into_iter().filter(of_signal).count()
    };
    let signals = ["traces", "metrics", "logs"];
    while signals.iter().any(|signal| told(signal) == 0) {
        tokio::task::yield_now().await;
    }
    // The second rejection of metrics, at least, is counted and no longer told.
    let first = receiver.received().requests;
    let more = |received: &Received| received.requests > first + 1;
    receiver.wait_until(PATIENCE, more).await.unwrap();
    let stats = server.visitor().get_json("/api/stats").await;
    assert!(stats["telemetry_lost"].as_u64().unwrap() >= 9, "{stats}");
    assert!(signals.iter().all(|signal| told(signal) == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_and_resource_are_percent_decoded_and_compression_can_be_off() {
    let receiver = Receiver::start().await.unwrap();
    let server = server(
        &receiver.endpoint(),
        &[
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                "authorization=Basic dXNlcjpwYXNz==, X-Scope-OrgID = tenant%201 ,",
            ),
            (
                "OTEL_RESOURCE_ATTRIBUTES",
                "team=%ED%95%9C%EA%B8%80,region=eu%2Cwest%3D1,service.name=of-the-attributes",
            ),
            ("SERVICE_NAME", "of-the-older-variable"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "none"),
            ("OTEL_METRICS_EXPORTER", "none"),
        ],
    )
    .await;
    talk(&server, 1).await;
    let server = end(server, &receiver, 1).await;
    let received = receiver.received();
    assert_eq!(received.metadata["authorization"], "Basic dXNlcjpwYXNz==");
    assert_eq!(received.metadata["x-scope-orgid"], "tenant 1");
    assert_eq!(received.metadata.get("grpc-encoding"), None);
    let resource = &received.spans[0].resource;
    assert_eq!(resource.get("team"), Some(&json!("한글")));
    assert_eq!(resource.get("region"), Some(&json!("eu,west=1")));
    assert_eq!(
        resource.get("service.name"),
        Some(&json!("of-the-attributes"))
    );
    assert_eq!(server.log()[0]["service_name"], "of-the-attributes");
    assert!(received.metrics.names().is_empty() && !received.logs.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_can_go_elsewhere_by_its_own_scheme() {
    let (all, traces) = (
        Receiver::start().await.unwrap(),
        Receiver::start().await.unwrap(),
    );
    let to_traces = format!("grpc://{}", traces.endpoint());
    let more = [("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", to_traces.as_str())];
    let server = server(&all.endpoint(), &more).await;
    talk(&server, 1).await;
    let _ended = end(server, &traces, 1).await;
    let (all, traces) = (all.received(), traces.received());
    assert!(all.spans.is_empty() && !all.logs.is_empty());
    assert!(traces.logs.is_empty() && traces.metrics.names().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_of_a_private_authority_is_trusted_when_told_so() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testkit/fixtures/tls");
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let (certificate, key) = (file("server.pem"), file("server.key"));
    let receiver = Receiver::start_behind_tls(&certificate, &key)
        .await
        .unwrap();
    let port = receiver.endpoint().replace("127.0.0.1:", "");
    let endpoint = format!("https://localhost:{port}");
    let authority = folder.join("ca.pem");
    let trusted = [(
        "OTEL_EXPORTER_OTLP_CERTIFICATE",
        authority.to_str().unwrap(),
    )];
    let server_of = server(&endpoint, &trusted).await;
    talk(&server_of, 1).await;
    let server_of = end(server_of, &receiver, 1).await;
    assert!(warnings(&server_of).is_empty());
    // Not told so, it is not.
    let other = server(&endpoint, &[]).await;
    talk(&other, 1).await;
    while warnings(&other).is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(turns(&receiver.received()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_without_effect_are_named_in_one_warning() {
    let receiver = Receiver::start().await.unwrap();
    let more = [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "9"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
    ];
    let server = server(&receiver.endpoint(), &more).await;
    let warnings = warnings(&server);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(
        warnings[0]["variables"],
        "OTEL_BSP_MAX_QUEUE_SIZE,OTEL_EXPORTER_OTLP_PROTOCOL"
    );
}
