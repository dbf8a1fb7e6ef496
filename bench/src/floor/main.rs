//! The least that the application's work can cost: a bare server that makes the same two calls of a
//! model, with four spans, four metrics and their export, and has no agent in between.
//!
//! What it leaves out is what an agent is: it reads, stores, searches and checks nothing, and its prompt
//! is a tenth as long.

mod chat;
mod model;
mod reader;
mod telemetry;

use std::{io::Write, net::SocketAddr, sync::Arc};

use axum::serve::ListenerExt;
use clap::Parser;
use tokio::net::TcpSocket;

use crate::{model::Model, telemetry::Instruments};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;

/// A message in, two calls of a model, an answer out.
#[derive(Parser)]
struct Args {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "BIND_ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// An OpenAI-compatible server, with its `/v1`.
    #[arg(long, env = "LLM_BASE_URL")]
    model: String,
    /// Where spans and metrics go, as `host:port`; nowhere without it.
    #[arg(long, env = "OTLP_ENDPOINT")]
    otlp: Option<String>,
    /// Ask for whole answers where nobody wants a stream.
    #[arg(long, env = "FLOOR_WHOLE")]
    whole: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let providers = args.otlp.as_deref().map(telemetry::start).transpose()?;
    let server = chat::Server {
        model: Model::new(&args.model)?,
        instruments: Instruments::new(),
        whole: args.whole,
    };
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(args.listen)?;
    let listener = socket.listen(BACKLOG)?;
    let address = listener.local_addr()?;
    writeln!(std::io::stdout(), "listening on http://{address}")?;
    // Without it a token waits for the acknowledgement of the one before.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, chat::router(Arc::new(server))).await?;
    drop(providers);
    Ok(())
}
