//! What search engines may read: everything for people.

use app::routes;
use axum::{extract::State, http::header::CONTENT_TYPE, response::IntoResponse};

use super::HttpState;

pub(super) async fn answer(State(state): State<HttpState>) -> impl IntoResponse {
    let base = &state.backend.portal().base_url;
    let text = format!("User-agent: *\nDisallow: /api/\n\nSitemap: {base}{}\n", routes::SITEMAP);
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}
