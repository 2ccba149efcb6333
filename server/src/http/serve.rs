//! Serves the router on connections, each within bounds. What a request may cost once its head is
//! read is the business of [`super::limits`].

use std::{future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::Request, serve::Listener};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt;

use super::peer::Peer;

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Until the head of a request has come, counted from the answer before it: also how long an idle
    /// connection is kept.
    pub head: Duration,
    /// How long running requests may take once the program was told to stop.
    pub stop: Duration,
    /// Connections at a time; others wait until one ends.
    pub connections: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        // Reverse proxies keep idle connections for about a minute.
        Self { head: Duration::from_secs(75), stop: Duration::from_secs(10), connections: 4096 }
    }
}

/// Serves until `stop`, then lets running requests end.
pub async fn serve<L: Listener<Addr = SocketAddr>>(
    mut listener: L,
    router: Router,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    let (tell, told) = watch::channel(false);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            (connection, peer) = listener.accept(), if connections.len() < bounds.connections => {
                connections.spawn(answer(connection, peer, router.clone(), bounds.head, told.clone()));
            }
            Some(_) = connections.join_next() => {}
            () = &mut stop => break,
        }
    }
    tracing::info!("stopping");
    // Nobody new is let in, and idle connections are closed at once.
    drop(listener);
    let _ = tell.send(true);
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(bounds.stop, ended).await.is_err() {
        tracing::warn!("requests were still running at the deadline");
    }
}

/// Answers the requests of one connection.
async fn answer(
    connection: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
    head: Duration,
    mut told: watch::Receiver<bool>,
) {
    let service = router.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
        request
    });
    let service = TowerToHyperService::new(service);
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(connection), service));
    let stopping = async { drop(told.wait_for(|stop| *stop).await) };
    // How a connection ends is the client's business.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stopping => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
