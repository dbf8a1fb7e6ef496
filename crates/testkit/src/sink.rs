//! An OTLP collector for measurements: it decodes what it gets, counts it, and keeps nothing.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use opentelemetry_proto::tonic::collector::{
    logs::v1::{
        ExportLogsServiceRequest, ExportLogsServiceResponse,
        logs_service_server::{LogsService, LogsServiceServer},
    },
    metrics::v1::{
        ExportMetricsServiceRequest, ExportMetricsServiceResponse,
        metrics_service_server::{MetricsService, MetricsServiceServer},
    },
    trace::v1::{
        ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, codec::CompressionEncoding, transport::Server};

/// An OTLP/gRPC collector that counts. Dropping it closes the port.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    counted: Arc<Counted>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Counted {
    spans: AtomicU64,
    records: AtomicU64,
    metric_exports: AtomicU64,
}

impl Sink {
    /// Starts on a free port of the loopback interface.
    ///
    /// # Errors
    /// No port is to be had.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let counted = Arc::<Counted>::default();
        let (gzip, service) = (CompressionEncoding::Gzip, Service(Arc::clone(&counted)));
        let router = Server::builder()
            .add_service(TraceServiceServer::new(service.clone()).accept_compressed(gzip))
            .add_service(MetricsServiceServer::new(service.clone()).accept_compressed(gzip))
            .add_service(LogsServiceServer::new(service).accept_compressed(gzip));
        let incoming = TcpListenerStream::new(listener);
        // A failed connection is the client's to notice.
        let task = tokio::spawn(async move { drop(router.serve_with_incoming(incoming).await) });
        Ok(Self {
            address,
            counted,
            task,
        })
    }

    /// Where it listens, as `host:port`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.address.to_string()
    }

    /// Spans received so far.
    #[must_use]
    pub fn spans(&self) -> u64 {
        self.counted.spans.load(Ordering::Relaxed)
    }

    /// Log records received so far.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.counted.records.load(Ordering::Relaxed)
    }

    /// Exports of metrics received so far.
    #[must_use]
    pub fn metric_exports(&self) -> u64 {
        self.counted.metric_exports.load(Ordering::Relaxed)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
struct Service(Arc<Counted>);

fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(count as u64, Ordering::Relaxed);
}

#[tonic::async_trait]
impl TraceService for Service {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let groups = request.into_inner().resource_spans.into_iter();
        let scopes = groups.flat_map(|group| group.scope_spans);
        add(&self.0.spans, scopes.map(|scope| scope.spans.len()).sum());
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Service {
    async fn export(
        &self,
        _: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        add(&self.0.metric_exports, 1);
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl LogsService for Service {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        let groups = request.into_inner().resource_logs.into_iter();
        let scopes = groups.flat_map(|group| group.scope_logs);
        add(
            &self.0.records,
            scopes.map(|scope| scope.log_records.len()).sum(),
        );
        Ok(Response::new(Default::default()))
    }
}
