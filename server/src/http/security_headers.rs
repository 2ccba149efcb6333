//! Security headers, on every response of the router. What HTTP itself refuses (a malformed request
//! line, a target over 64 kB) is answered before it gets here, without a body.

use axum::{
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{
            CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::Response,
};

use super::HttpState;

/// Only our own files, no inline script or style, no frame around us.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The search near the device asks for its position; nothing else is used.
pub const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(self), \
    gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

const FIXED: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Same-origin paths are kept: forms without JavaScript go back to where they came from.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

pub(super) async fn add(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // A page whose address is a secret says even less about itself.
    let referrer = headers.get(REFERRER_POLICY).filter(|own| *own == "no-referrer").cloned();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(stricter) = referrer {
        headers.insert(REFERRER_POLICY, stricter);
    }
    if state.backend.portal().base_url.starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}
