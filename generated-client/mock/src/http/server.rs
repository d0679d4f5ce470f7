//! Connections on loopback, one task each.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use super::service::Service;
use super::wire::Wire;
use crate::shop::Shop;

/// How long responses in progress may take when the server stops.
const GRACE: Duration = Duration::from_secs(1);

/// A bound port that is not served yet.
pub(crate) struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

/// A server that runs until this is dropped.
pub(crate) struct Serving {
    task: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Binds a port of this machine; 0 is any free one.
    pub(crate) async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// `http://127.0.0.1:8080`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts serving.
    pub(crate) fn serve(self, shop: Arc<Shop>) -> Serving {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(self.listener, shop, stopped));
        Serving { task, stop }
    }
}

impl Serving {
    /// Stops accepting connections, and lets responses in progress finish.
    pub(crate) async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = timeout(GRACE, &mut self.task).await;
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, shop: Arc<Shop>, mut stopped: watch::Receiver<bool>) {
    // Aborts all of them when it is dropped.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&shop), stopped.clone()));
                }
                // For example, too many open files, which is temporary.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stopped.changed() => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(stream: TcpStream, shop: Arc<Shop>, mut stopped: watch::Receiver<bool>) {
    // Responses are small, so Nagle's algorithm would only delay them.
    let _ = stream.set_nodelay(true);
    let (wire, breaks) = Wire::new(stream);
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(wire), Service::new(shop, breaks));
    tokio::pin!(serving);
    // There is nobody to report a failed connection to.
    tokio::select! {
        _ = serving.as_mut() => return,
        _ = stopped.changed() => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}
