//! A small HTTP/1.1 server on this machine in place of the API. It responds as configured, records its
//! requests, and knows nothing about endpoints.

mod answer;
mod received;

use std::{
    collections::VecDeque,
    convert::Infallible,
    fmt,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use bigcommerce_client::{Client, ClientBuilder};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

use self::answer::Sending;
pub use self::{answer::Answer, received::Received};

/// The store hash in the URLs of [`store`]'s clients.
pub const STORE_HASH: &str = "abc123";
/// The token that they send, and that must never be seen elsewhere.
pub const TOKEN: &str = "s3cret-t0ken";

type Answers = Box<dyn Fn(&Received) -> Answer + Send + Sync>;

/// A running server; it stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    asked: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    answers: Answers,
}

impl Server {
    /// A server that builds each response from the request.
    ///
    /// # Panics
    ///
    /// If no port is free.
    pub async fn start(answers: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let (listener, address) =
            match bound.and_then(|listener| Ok((listener.local_addr()?, listener))) {
                Ok((address, listener)) => (listener, address),
                Err(error) => crate::fail(&format!("no port is free: {error}")),
            };
        let shared = Arc::new(Shared {
            asked: Mutex::default(),
            connections: AtomicUsize::new(0),
            answers: Box::new(answers),
        });
        let task = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Self {
            address,
            shared,
            task,
        }
    }

    /// A server that returns these responses in order, and 599 when there are no more.
    ///
    /// # Panics
    ///
    /// If no port is free.
    pub async fn script(answers: impl IntoIterator<Item = Answer>) -> Self {
        let left = Mutex::new(answers.into_iter().collect::<VecDeque<_>>());
        let unexpected = || Answer::text(599, "no answer is left for this request");
        Self::start(move |_| lock(&left).pop_front().unwrap_or_else(unexpected)).await
    }

    /// Its URL, such as `http://127.0.0.1:12345`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub fn asked(&self) -> Vec<Received> {
        lock(&self.shared.asked).clone()
    }

    /// The number of open connections.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// The requests since this was last called.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *lock(&self.shared.asked))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// A client of that server with the default test settings.
///
/// # Panics
///
/// If it cannot be built.
pub fn store(server: &Server) -> Client {
    store_with(server, |builder| builder)
}

/// A client of that server with custom settings.
///
/// # Panics
///
/// If it cannot be built.
pub fn store_with(server: &Server, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    match set(Client::builder(STORE_HASH, TOKEN).base_url(server.url())).build() {
        Ok(client) => client,
        Err(error) => crate::fail(&error.to_string()),
    }
}

/// The URL of a port that nobody listens on.
///
/// # Panics
///
/// If no port is free.
pub fn nobody() -> String {
    match std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
    {
        Ok(address) => format!("http://{address}"),
        Err(error) => crate::fail(&format!("no port is free: {error}")),
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // The connections end with the set, so none outlives its server.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            shared.connections.fetch_add(1, Ordering::SeqCst);
            let service = service_fn(|request| answer(Arc::clone(&shared), request));
            // A broken connection is for the client to notice.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
            shared.connections.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn answer(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Sending>, Infallible> {
    let answer = match Received::read(request).await {
        Ok(asked) => {
            let answer = (shared.answers)(&asked);
            lock(&shared.asked).push(asked);
            answer
        }
        Err(error) => Answer::text(400, format!("the request broke off: {error}")),
    };
    Ok(answer.respond().await)
}

/// The value, even if a test has panicked while it held the lock.
fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
