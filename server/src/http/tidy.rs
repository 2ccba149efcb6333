//! Accepts request lines that are not escaped as they should be.
//!
//! Browsers escape what is typed; other programs send `<`, `"` or bytes of any encoding as they are,
//! and hyper answers those with an empty 400 before any of our code runs. Here such bytes of the
//! request target are percent-encoded on their way in, so that the pages answer, with all their
//! headers. Nothing else of a request is touched.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::serve::Listener;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

use scanner::Scanner;

mod scanner;

/// Bytes that are read at a time while request lines are looked at.
const CHUNK: usize = 8 * 1024;

/// Listens for connections whose request lines are tidied up.
pub struct TidyListener(pub TcpListener);

impl Listener for TidyListener {
    type Io = Tidy<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (connection, address) = Listener::accept(&mut self.0).await;
        // With Nagle's algorithm small answers wait for an acknowledgement.
        let _ = connection.set_nodelay(true);
        (Tidy { connection, scanner: Scanner::default(), tidied: Vec::new(), taken: 0 }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A connection whose request lines are tidied up.
pub struct Tidy<Io> {
    connection: Io,
    scanner: Scanner,
    /// What was read and tidied, and how much of it is taken.
    tidied: Vec<u8>,
    taken: usize,
}

impl<Io: AsyncRead + Unpin> AsyncRead for Tidy<Io> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.taken == this.tidied.len() {
            if this.scanner.is_done() {
                return Pin::new(&mut this.connection).poll_read(context, into);
            }
            let mut chunk = [0; CHUNK];
            let mut chunk = ReadBuf::new(&mut chunk);
            ready!(Pin::new(&mut this.connection).poll_read(context, &mut chunk))?;
            this.tidied.clear();
            this.taken = 0;
            this.scanner.tidy(chunk.filled(), &mut this.tidied);
        }
        let left = this.tidied.get(this.taken..).unwrap_or_default();
        let some = left.get(..into.remaining()).unwrap_or(left);
        into.put_slice(some);
        this.taken += some.len();
        Poll::Ready(Ok(()))
    }
}

impl<Io: AsyncWrite + Unpin> AsyncWrite for Tidy<Io> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().connection).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().connection).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().connection).poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().connection).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }
}
