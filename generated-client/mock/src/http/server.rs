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

/// What responses that are under way get when the server stops.
const GRACE: Duration = Duration::from_secs(1);

/// A bound port, on which nothing is served yet.
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
    /// Takes a port of this machine; 0 is any that is free.
    pub(crate) async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// `http://127.0.0.1:8080`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Begins to serve.
    pub(crate) fn serve(self, shop: Arc<Shop>) -> Serving {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(self.listener, shop, stopped));
        Serving { task, stop }
    }
}

impl Serving {
    /// Takes no more connections, and lets responses that are under way end.
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
    // Ends them all when it is dropped.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&shop), stopped.clone()));
                }
                // Too many open files, for example; they become fewer.
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
    // Responses are small, and waiting for more to send would only cost time.
    let _ = stream.set_nodelay(true);
    let (wire, breaks) = Wire::new(stream);
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(wire), Service::new(shop, breaks));
    tokio::pin!(serving);
    // A connection that fails has nobody to tell.
    tokio::select! {
        _ = serving.as_mut() => return,
        _ = stopped.changed() => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}
