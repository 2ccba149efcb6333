//! `/sitemap.xml`: the addresses that search engines should know (sitemaps.org).

use std::{collections::BTreeSet, fmt::Write};

use app::{
    backend::{BackendError, PublicAddress},
    routes,
    text::dates,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use time::{Date, Duration};

use super::{
    HttpState, error_page,
    rendered::{Rendered, RenderedPages},
    xml,
};

/// Addresses of one file; the protocol allows 50,000.
pub const PART: usize = 40_000;
/// Most parts of an index, by the same protocol.
const MOST_PARTS: usize = 50_000;
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

pub(super) async fn answer(State(state): State<HttpState>, request: Request) -> Response {
    if let Some(failure) = error_page::unready(state.pulse.readiness()) {
        return error_page::ErrorPage::from(failure).response(&state);
    }
    let part = part_of(request.uri().query().unwrap_or_default());
    let key = format!("{}?{}", routes::SITEMAP, part.unwrap_or(0));
    RenderedPages::answer(&state, request.headers(), key, async {
        match render(&state, part).await {
            Ok(Some(body)) => Rendered {
                status: StatusCode::OK,
                content_type: "application/xml; charset=utf-8",
                location: None,
                body,
                // Days of changes, nothing that time alone would change.
                keep_until: Some(state.backend.clock.now().instant + Duration::DAY),
            },
            Ok(None) => failed(&state, error_page::NOT_FOUND),
            Err(failure) => failed(&state, failure.into()),
        }
    })
    .await
}

fn failed(state: &HttpState, page: error_page::ErrorPage) -> Rendered {
    Rendered {
        status: page.status,
        content_type: "text/html; charset=utf-8",
        location: None,
        body: page.html(state),
        keep_until: None,
    }
}

/// The number of the part that is asked for; `None`: the file itself, or the index of its parts.
fn part_of(query: &str) -> Option<usize> {
    let number = query.split('&').find_map(|pair| pair.strip_prefix("teil="))?;
    number.parse().ok().filter(|number| (1..=MOST_PARTS).contains(number))
}

/// The file, or `None` where there is no such part.
async fn render(state: &HttpState, part: Option<usize>) -> Result<Option<String>, BackendError> {
    let portal = &state.backend.portal();
    let public = state.backend.facilities.list_addresses().await?;
    let written = portal.legal.all().into_iter().filter(|(_, text)| !text.trim().is_empty());
    let fixed = [routes::START.to_owned(), routes::SEARCH.to_owned()];
    let paths: Vec<(String, Option<Date>)> = fixed
        .into_iter()
        .chain(written.map(|(name, _)| routes::legal(name)))
        .map(|path| (path, None))
        .chain(of_facilities(&public))
        .collect();
    let parts = paths.len().div_ceil(PART);
    let base = &portal.base_url;
    Ok(match part {
        None if parts <= 1 => Some(url_set(base, &paths)),
        None => Some(index(base, parts)),
        Some(part) => paths.chunks(PART).nth(part - 1).map(|paths| url_set(base, paths)),
    })
}

/// Each organization once, before its first facility.
fn of_facilities(public: &[PublicAddress]) -> impl Iterator<Item = (String, Option<Date>)> {
    let mut known = BTreeSet::new();
    public.iter().flat_map(move |address| {
        let organization = address.organization.as_ref().filter(|slug| known.insert((*slug).clone()));
        let changed = dates::berlin(address.updated_at).date();
        organization
            .map(|slug| (routes::organization(slug), None))
            .into_iter()
            .chain([(routes::facility(&address.slug), Some(changed))])
    })
}

fn url_set(base: &str, paths: &[(String, Option<Date>)]) -> String {
    let mut file = String::with_capacity(128 + paths.len() * 128);
    let _ = write!(file, "{}<urlset xmlns=\"{SPACE}\">", xml::DECLARATION);
    for (path, changed) in paths {
        let _ = write!(file, "<url><loc>{}</loc>", xml::escape(&format!("{base}{path}")));
        if let Some(day) = changed {
            let _ = write!(file, "<lastmod>{day}</lastmod>");
        }
        file.push_str("</url>\n");
    }
    file.push_str("</urlset>\n");
    file
}

fn index(base: &str, parts: usize) -> String {
    let mut file = format!("{}<sitemapindex xmlns=\"{SPACE}\">", xml::DECLARATION);
    for part in 1..=parts {
        let address = xml::escape(&format!("{base}{}?teil={part}", routes::SITEMAP));
        let _ = writeln!(file, "<sitemap><loc>{address}</loc></sitemap>");
    }
    file.push_str("</sitemapindex>\n");
    file
}
