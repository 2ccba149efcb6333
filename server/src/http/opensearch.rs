//! `/opensearch.xml`: browsers may offer our search beside their own (`OpenSearch` 1.1).

use app::{domain::portal::Portal, routes};
use axum::{
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::IntoResponse,
};

use super::{HttpState, xml};

/// Longest short name in characters.
const SHORT: usize = 16;
/// Longest name.
const LONG: usize = 48;

pub(super) async fn answer(State(state): State<HttpState>) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8"),
        // Nothing of it changes while the program runs.
        (CACHE_CONTROL, "max-age=86400"),
    ];
    (headers, describe(&state.backend.portal()))
}

fn describe(portal: &Portal) -> String {
    let short = |text: &str, most: usize| {
        let cut: String = text.chars().take(most).collect();
        xml::escape(cut.trim())
    };
    let base = xml::escape(&portal.base_url);
    format!(
        "{declaration}<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{name}</ShortName>\n\
         <LongName>{long}</LongName>\n\
         <Description>{claim}</Description>\n\
         <Language>de</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <OutputEncoding>UTF-8</OutputEncoding>\n\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{base}/favicon.svg</Image>\n\
         <Url type=\"text/html\" template=\"{base}{search}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{base}{own}\"/>\n\
         </OpenSearchDescription>\n",
        declaration = xml::DECLARATION,
        name = short(&portal.name, SHORT),
        long = short(&format!("{} – {}", portal.name, portal.county), LONG),
        claim = xml::escape(&portal.claim),
        search = routes::SEARCH,
        own = routes::OPENSEARCH,
    )
}
