//! Connections: bounds on what somebody may hold without asking anything.

use std::{sync::Arc, time::Duration};

use axum::{Router, routing::get};
use server::http::{
    serve::{Bounds, serve},
    tidy::TidyListener,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Notify, oneshot},
    task::JoinHandle,
};

/// Only a test that hangs waits so long.
const PATIENCE: Duration = Duration::from_secs(30);
/// Long for a program, short for a test.
const SHORT: Duration = Duration::from_millis(150);

struct Serving {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Serving {
    async fn start(router: Router, bounds: Bounds) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(TidyListener(listener), router, bounds, async {
            let _ = stopped.await;
        }));
        Self { address, stop, task }
    }

    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(text.as_bytes()).await.expect("sent");
        stream
    }

    async fn stops(self) {
        let _ = self.stop.send(());
        tokio::time::timeout(PATIENCE, self.task).await.expect("it stops").expect("no panic");
    }
}

async fn all_of(mut stream: TcpStream) -> String {
    let mut text = String::new();
    // Whoever is thrown out may see a reset instead of an end.
    let read = tokio::time::timeout(PATIENCE, stream.read_to_string(&mut text)).await;
    let _ = read.expect("the connection is closed");
    text
}

fn quick(bounds: Bounds) -> (Router, Bounds) {
    (Router::new().route("/", get(|| async { "da" })), bounds)
}

#[tokio::test]
async fn a_request_head_that_never_ends_is_not_waited_for() {
    let (router, bounds) = quick(Bounds { head: SHORT, ..Bounds::default() });
    let portal = Serving::start(router, bounds).await;
    for beginning in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: kreis\r\nX-Slow: "] {
        let stream = portal.send(beginning).await;
        assert!(!all_of(stream).await.contains("da"), "{beginning}");
    }
    // So is one that follows a complete request.
    let stream = portal.send("GET / HTTP/1.1\r\nHost: kreis\r\n\r\nGET / HT").await;
    assert!(all_of(stream).await.ends_with("da"));
    portal.stops().await;
}

#[tokio::test]
async fn a_running_request_is_answered_before_the_end_and_an_idle_connection_is_not_waited_for() {
    let (started, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (starts, goes_on) = (started.clone(), go_on.clone());
    let slow = get(move || {
        let (starts, goes_on) = (starts.clone(), goes_on.clone());
        async move {
            starts.notify_one();
            goes_on.notified().await;
            "fertig"
        }
    });
    let portal = Serving::start(Router::new().route("/", slow), Bounds::default()).await;
    let idle = portal.send("").await;
    let running = portal.send("GET / HTTP/1.1\r\nHost: kreis\r\n\r\n").await;
    started.notified().await;
    let stopping = tokio::spawn(portal.stops());
    assert_eq!(all_of(idle).await, "");
    go_on.notify_one();
    assert!(all_of(running).await.ends_with("fertig"));
    stopping.await.expect("it stops");
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_program_from_stopping() {
    let router = Router::new().route("/", get(std::future::pending::<&str>));
    let portal = Serving::start(router, Bounds { stop: SHORT, ..Bounds::default() }).await;
    let _running = portal.send("GET / HTTP/1.1\r\nHost: kreis\r\n\r\n").await;
    portal.stops().await;
}

#[tokio::test]
async fn beyond_the_most_connections_one_waits_for_another_to_end() {
    let (router, bounds) = quick(Bounds { connections: 1, ..Bounds::default() });
    let portal = Serving::start(router, bounds).await;
    let mut first = portal.send("GET / HTTP/1.1\r\nHost: kreis\r\n\r\n").await;
    let mut byte = [0];
    first.read_exact(&mut byte).await.expect("an answer");
    let mut second = portal.send("GET / HTTP/1.1\r\nHost: kreis\r\n\r\n").await;
    assert!(tokio::time::timeout(SHORT, second.read_exact(&mut byte)).await.is_err(), "it has to wait");
    drop(first);
    tokio::time::timeout(PATIENCE, second.read_exact(&mut byte)).await.expect("in time").expect("an answer");
    portal.stops().await;
}
