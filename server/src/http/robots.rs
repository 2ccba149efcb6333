//! What search engines may read: everything for people.

use axum::{http::header::CONTENT_TYPE, response::IntoResponse};

pub(super) async fn answer() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "User-agent: *\nDisallow: /api/\n")
}
