//! Stands between the application and a real Prometheus where no collector is: takes OTLP over gRPC
//! and shows the metrics at `/metrics` as the collector would.

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::Arc,
};

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use clap::Parser;
use testkit::{Receiver, exposition};
use tokio::net::TcpListener;

/// OTLP in, Prometheus out.
#[derive(Parser)]
struct Args {
    /// Where to take OTLP over gRPC; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    otlp: SocketAddr,
    /// Where to show `/metrics`; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    metrics: SocketAddr,
}

/// Prints one line: where it takes OTLP, and where it shows metrics.
#[tokio::main]
async fn main() -> io::Result<()> {
    let args = Args::parse();
    let receiver = Arc::new(Receiver::start_at(args.otlp).await?);
    let listener = TcpListener::bind(args.metrics).await?;
    let shown = listener.local_addr()?;
    writeln!(io::stdout(), "{} {shown}", receiver.endpoint())?;
    let app = Router::new()
        .route("/metrics", get(metrics))
        .with_state(receiver);
    axum::serve(listener, app).await
}

async fn metrics(State(receiver): State<Arc<Receiver>>) -> impl IntoResponse {
    let text = exposition::text(&receiver.metrics());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
