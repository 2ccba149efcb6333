//! From which network a request comes, for limits only. It is in no log.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};

/// Who opened the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Where nobody said who opened the connection: no proxy, so nothing is believed.
const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The network a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().map_or(UNKNOWN, |peer| peer.0);
        Ok(Self(network(peer, &parts.headers)))
    }
}

/// Whoever connects from this machine or a private network is the reverse proxy, and its last word on whom
/// it answers for counts. What others write into that header is their own invention.
fn network(peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let inside = match peer.to_canonical() {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    };
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|list| list.to_str().ok());
    let last = forwarded.and_then(|list| {
        let last = list.rsplit(',').next()?.trim();
        // Some proxies write the port, too.
        last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
    });
    last.filter(|_| inside).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        values
            .iter()
            .map(|v| ("x-forwarded-for".parse().expect("a name"), v.parse().expect("a value")))
            .collect()
    }

    #[test]
    fn the_proxy_is_believed_and_nobody_else() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let said = headers(&["203.0.113.9, 198.51.100.7"]);
        assert_eq!(network(ip("127.0.0.1"), &said), ip("198.51.100.7"));
        assert_eq!(network(ip("10.0.0.3"), &said), ip("198.51.100.7"));
        assert_eq!(network(ip("192.0.2.1"), &said), ip("192.0.2.1"));
        assert_eq!(network(ip("127.0.0.1"), &headers(&["nobody"])), ip("127.0.0.1"));
        assert_eq!(network(ip("127.0.0.1"), &headers(&["198.51.100.7:5678"])), ip("198.51.100.7"));
        assert_eq!(network(UNKNOWN, &said), UNKNOWN);
        // A visitor sends the header, too: the proxy's own line comes last.
        assert_eq!(network(ip("::1"), &headers(&["192.0.2.50", "198.51.100.7"])), ip("198.51.100.7"));
    }
}
