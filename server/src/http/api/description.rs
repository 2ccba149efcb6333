//! `GET /api/v1/openapi.json`: the API in words that programs read (`OpenAPI` 3.1). It is written by hand in
//! `openapi.json`; a test sends what it allows and reads what it promises.

use app::routes;
use axum::{extract::State, http::HeaderMap, response::Response};
use serde_json::Value;

use super::search::json;
use crate::http::{HttpState, rendered::RenderedPages};

const DESCRIPTION: &str = include_str!("openapi.json");

pub(crate) async fn answer(State(state): State<HttpState>, headers: HeaderMap) -> Response {
    let base_url = state.backend.portal().base_url.clone();
    RenderedPages::answer(&state, &headers, routes::API_DESCRIPTION.to_owned(), async {
        json(&description(&base_url))
    })
    .await
}

/// The description of the portal at an address.
fn description(base_url: &str) -> Value {
    // A test reads the file.
    let mut description: Value = serde_json::from_str(DESCRIPTION).unwrap_or_default();
    description["servers"] = serde_json::json!([{ "url": base_url }]);
    description
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_json_and_says_which_version_it_is() {
        let description = description("https://pflege.example");
        assert_eq!(description["openapi"], "3.1.0");
        assert_eq!(description["servers"][0]["url"], "https://pflege.example");
        let version = description["info"]["version"].as_str().expect("a version");
        assert!(version.starts_with("1."), "the addresses say v1");
        for path in
            [routes::API_SEARCH, routes::API_SUGGEST, routes::API_CAPACITY, routes::API_OFFER_CAPACITY]
        {
            assert!(description["paths"][path].is_object(), "{path}");
        }
    }
}
