//! A real OTLP collector over gRPC that keeps what it gets.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use opentelemetry_proto::tonic::collector::{
    logs::v1::{
        ExportLogsPartialSuccess, ExportLogsServiceRequest, ExportLogsServiceResponse,
        logs_service_server::{LogsService, LogsServiceServer},
    },
    metrics::v1::{
        ExportMetricsPartialSuccess, ExportMetricsServiceRequest, ExportMetricsServiceResponse,
        metrics_service_server::{MetricsService, MetricsServiceServer},
    },
    trace::v1::{
        ExportTracePartialSuccess, ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
};
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
    task::JoinHandle,
};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Code, Request, Response, Status,
    codec::CompressionEncoding,
    metadata::{KeyAndValueRef, MetadataMap},
    transport::{Identity, Server, ServerTlsConfig},
};

use crate::{Attributes, Metrics, Received, ReceivedLog, received};

/// An OTLP/gRPC collector on a port of its own. Dropping it closes the port.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: Option<Running>,
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    received: Mutex<Received>,
    refuse: Mutex<Option<Code>>,
    reject: Mutex<Option<(i64, String)>>,
    tls: Option<Identity>,
    /// Told of each request, so that whoever waits looks again.
    changed: watch::Sender<()>,
}

/// What was waited for did not come in time.
#[derive(Debug)]
pub struct TimedOut {
    /// What had been received by then.
    pub received: Box<Received>,
}

impl std::fmt::Display for TimedOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Received {
            spans,
            logs,
            metrics,
            requests,
            ..
        } = &*self.received;
        write!(
            f,
            "timed out with {} spans, {} log records and the instruments {:?} in {requests} requests",
            spans.len(),
            logs.len(),
            metrics.names()
        )
    }
}

impl std::error::Error for TimedOut {}

impl Receiver {
    /// Starts on a free port of the loopback interface.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// Starts on this address.
    pub async fn start_at(address: SocketAddr) -> io::Result<Self> {
        Self::start_with(address, None).await
    }

    /// Starts on a free port behind TLS, with this certificate and its key (PEM).
    pub async fn start_behind_tls(certificate: &[u8], key: &[u8]) -> io::Result<Self> {
        let identity = Identity::from_pem(certificate, key);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self::start_with(address, Some(identity)).await
    }

    async fn start_with(address: SocketAddr, tls: Option<Identity>) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            received: Mutex::default(),
            refuse: Mutex::default(),
            reject: Mutex::default(),
            tls,
            changed: watch::channel(()).0,
        });
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let server = Some(serve(listener, &shared)?);
        Ok(Self {
            address,
            shared,
            server,
        })
    }

    /// Where it listens, as `host:port`.
    pub fn endpoint(&self) -> String {
        self.address.to_string()
    }

    /// Closes the port and every connection; what was received stays.
    pub async fn stop(&mut self) {
        if let Some(Running { stop, task }) = self.server.take() {
            // It may have ended by itself.
            let _ = stop.send(());
            let _ = task.await;
        }
    }

    /// Opens the same port again.
    pub async fn restart(&mut self) -> io::Result<()> {
        self.stop().await;
        let listener = TcpListener::bind(self.address).await?;
        self.server = Some(serve(listener, &self.shared)?);
        Ok(())
    }

    /// From now on takes every request and says that it rejected so many items of it, and why.
    pub fn reject(&self, items: i64, message: &str) {
        *self
            .shared
            .reject
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some((items, message.to_owned()));
    }

    /// From now on answers every request with this error; `None`: accepts again.
    pub fn refuse(&self, code: Option<Code>) {
        *self
            .shared
            .refuse
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = code;
    }

    /// A copy of everything received so far.
    pub fn received(&self) -> Received {
        self.shared.lock().clone()
    }

    /// A copy of the metrics alone: spans and records may be many.
    pub fn metrics(&self) -> Metrics {
        self.shared.lock().metrics.clone()
    }

    /// Waits until `done` holds, looking again after each request; then gives everything
    /// received so far.
    pub async fn wait_until(
        &self,
        timeout: Duration,
        mut done: impl FnMut(&Received) -> bool,
    ) -> Result<Received, TimedOut> {
        let mut changed = self.shared.changed.subscribe();
        let found = tokio::time::timeout(timeout, async {
            loop {
                changed.borrow_and_update();
                if done(&self.shared.lock()) || changed.changed().await.is_err() {
                    return;
                }
            }
        });
        match found.await {
            Ok(()) => Ok(self.received()),
            Err(_) => Err(TimedOut {
                received: Box::new(self.received()),
            }),
        }
    }
}

fn serve(listener: TcpListener, shared: &Arc<Shared>) -> io::Result<Running> {
    let gzip = CompressionEncoding::Gzip;
    let service = Service(shared.clone());
    let mut server = Server::builder();
    if let Some(identity) = &shared.tls {
        // A process may have several providers of cryptography: which one is not guessed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tls = ServerTlsConfig::new().identity(identity.clone());
        server = server.tls_config(tls).map_err(io::Error::other)?;
    }
    let router = server
        .add_service(TraceServiceServer::new(service.clone()).accept_compressed(gzip))
        .add_service(MetricsServiceServer::new(service.clone()).accept_compressed(gzip))
        .add_service(LogsServiceServer::new(service).accept_compressed(gzip));
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        let until = async {
            // A dropped receiver stops as well.
            let _ = stopped.await;
        };
        // A failed connection is the client's to notice.
        let _ = router
            .serve_with_incoming_shutdown(TcpListenerStream::new(listener), until)
            .await;
    });
    Ok(Running { stop, task })
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, metadata: &MetadataMap, keep: impl FnOnce(&mut Received)) -> Result<(), Status> {
        if let Some(code) = *self.refuse.lock().unwrap_or_else(PoisonError::into_inner) {
            self.lock().refused += 1;
            self.changed.send_replace(());
            return Err(Status::new(code, "refused by the test"));
        }
        let mut received = self.lock();
        received.requests += 1;
        received.metadata = metadata
            .iter()
            .filter_map(|entry| match entry {
                KeyAndValueRef::Ascii(key, value) => {
                    Some((key.as_str().to_owned(), value.to_str().ok()?.to_owned()))
                }
                KeyAndValueRef::Binary(..) => None,
            })
            .collect();
        keep(&mut received);
        drop(received);
        self.changed.send_replace(());
        Ok(())
    }

    /// What is said of a request that was taken: how many items of it were not, and why.
    fn rejected(&self) -> Option<(i64, String)> {
        let reject = self.reject.lock().unwrap_or_else(PoisonError::into_inner);
        reject.clone()
    }
}

#[derive(Clone)]
struct Service(Arc<Shared>);

#[tonic::async_trait]
impl TraceService for Service {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let (metadata, _, batch) = request.into_parts();
        self.0.take(&metadata, |received| {
            received.add_spans(batch.resource_spans)
        })?;
        let partial_success =
            self.0.rejected().map(
                |(rejected_spans, error_message)| ExportTracePartialSuccess {
                    rejected_spans,
                    error_message,
                },
            );
        Ok(Response::new(ExportTraceServiceResponse {
            partial_success,
        }))
    }
}

#[tonic::async_trait]
impl MetricsService for Service {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        let (metadata, _, batch) = request.into_parts();
        self.0.take(&metadata, |received| {
            received.metrics.add(batch.resource_metrics)
        })?;
        let partial_success = self
            .0
            .rejected()
            .map(
                |(rejected_data_points, error_message)| ExportMetricsPartialSuccess {
                    rejected_data_points,
                    error_message,
                },
            );
        Ok(Response::new(ExportMetricsServiceResponse {
            partial_success,
        }))
    }
}

#[tonic::async_trait]
impl LogsService for Service {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        let (metadata, _, batch) = request.into_parts();
        self.0.take(&metadata, |received| {
            for group in batch.resource_logs {
                let resource = group
                    .resource
                    .map(|r| Attributes::from_proto(&r.attributes));
                let resource = resource.unwrap_or_default();
                for record in group
                    .scope_logs
                    .into_iter()
                    .flat_map(|scope| scope.log_records)
                {
                    let body = received::json(record.body.as_ref());
                    received.logs.push(ReceivedLog {
                        body: body.as_str().unwrap_or_default().to_owned(),
                        event_name: record.event_name.clone(),
                        severity: record.severity_text.clone(),
                        severity_number: record.severity_number,
                        trace_id: received::hex(&record.trace_id),
                        span_id: received::hex(&record.span_id),
                        flags: record.flags,
                        attributes: Attributes::from_proto(&record.attributes),
                        resource: resource.clone(),
                    });
                }
            }
        })?;
        let partial_success = self
            .0
            .rejected()
            .map(
                |(rejected_log_records, error_message)| ExportLogsPartialSuccess {
                    rejected_log_records,
                    error_message,
                },
            );
        Ok(Response::new(ExportLogsServiceResponse { partial_success }))
    }
}
