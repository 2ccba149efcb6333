//! One module per page: read the address, ask the backend, compose.
//!
//! [`respond`] is all that HTTP needs to know.

use time::{Duration, OffsetDateTime};

use crate::{
    backend::{Backend, BackendError, Found},
    domain::{ids::Slug, now::Now, place::DevicePosition, search::SearchQuery},
    routes,
    shell::{AssetPaths, Head, Site},
};

pub mod account;
pub mod alert;
pub mod capacity;
pub mod county;
pub mod editing;
mod error;
mod facility;
mod legal;
pub mod not_free;
pub mod notice;
mod organization;
mod search;
mod shortlist;
mod start;

#[cfg(test)]
mod tests;

/// What a page answers, free of any HTTP library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageResponse {
    /// 200, 301, 404, 500 or 503.
    pub status: u16,
    /// Where to go instead, for a 301.
    pub location: Option<String>,
    /// The whole document; empty for a redirect.
    pub html: String,
    /// Until when the page stays true if nothing changes in the store; `None`: do not keep it.
    pub keep_until: Option<OffsetDateTime>,
}

impl PageResponse {
    fn ok(html: String, keep_until: OffsetDateTime) -> Self {
        Self { status: 200, location: None, html, keep_until: Some(keep_until) }
    }

    fn moved(location: String) -> Self {
        Self { status: 301, location: Some(location), html: String::new(), keep_until: None }
    }

    fn failed(status: u16, html: String) -> Self {
        Self { status, location: None, html, keep_until: None }
    }
}

/// Answers a GET for any address that is a page or nothing.
///
/// `path` is percent-encoded as it came; `query` comes without its question mark.
pub async fn respond(backend: &Backend, assets: &AssetPaths, path: &str, query: &str) -> PageResponse {
    let site = Site { portal: backend.portal(), assets: assets.clone(), reader: None };
    match page(backend, &site, path, query).await {
        Ok(Some(response)) => response,
        Ok(None) => not_found(&site),
        Err(failure) => error::response(&site, failure),
    }
}

/// The results page of what is near a device. It is for this visitor alone: nobody keeps it.
pub async fn respond_near(
    backend: &Backend,
    assets: &AssetPaths,
    query: &str,
    near: DevicePosition,
) -> PageResponse {
    let site = Site { portal: backend.portal(), assets: assets.clone(), reader: None };
    let asked = SearchQuery { near: Some(near), ..routes::parse_search(query) };
    let mut response =
        search::page(backend, &site, asked).await.unwrap_or_else(|failure| error::response(&site, failure));
    response.keep_until = None;
    response
}

/// The page for an address that leads nowhere.
pub fn not_found(site: &Site) -> PageResponse {
    PageResponse::failed(404, error::not_found(site))
}

/// The page for a failure that HTTP met itself, for example a panic or a deadline.
pub fn failed(site: &Site, failure: BackendError) -> PageResponse {
    error::response(site, failure)
}

async fn page(
    backend: &Backend,
    site: &Site,
    path: &str,
    query: &str,
) -> Result<Option<PageResponse>, BackendError> {
    if path == routes::START {
        return start::page(backend, site).await.map(Some);
    }
    if let Some(shorter) = path.strip_suffix('/') {
        let known = !shorter.starts_with("//") && !shorter.contains('\\');
        return Ok(known.then(|| PageResponse::moved(with_query(shorter, query))));
    }
    if path == routes::SEARCH {
        return search::page(backend, site, routes::parse_search(query)).await.map(Some);
    }
    if path == routes::SHORTLIST {
        return shortlist::page(backend, site, query).await.map(Some);
    }
    if let Some(slug) = slug_in(path, routes::FACILITY) {
        return match backend.facilities.find_facility(&slug).await? {
            Found::Here(view) => Ok(Some(facility::page(site, view, query))),
            Found::Moved(slug) => {
                let kept = routes::parse_shortlist(query).ids;
                Ok(Some(PageResponse::moved(routes::facility_with(&slug, &kept))))
            }
            Found::Nowhere => Ok(None),
        };
    }
    if let Some(slug) = slug_in(path, routes::ORGANIZATION) {
        return match backend.organizations.find_organization(&slug).await? {
            Found::Here(view) => Ok(Some(organization::page(site, view, backend.clock.now()))),
            Found::Moved(slug) => Ok(Some(PageResponse::moved(routes::organization(&slug)))),
            Found::Nowhere => Ok(None),
        };
    }
    Ok(legal::page(site, path, backend.clock.now()))
}

fn slug_in(path: &str, parent: &str) -> Option<Slug> {
    Slug::parse(path.strip_prefix(parent)?.strip_prefix('/')?)
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The next midnight in Berlin: what is said in words like "heute" ends there.
fn midnight(now: Now) -> OffsetDateTime {
    let left = 1440 - i64::from(now.berlin_minute);
    now.instant - Duration::seconds(i64::from(now.instant.second())) + Duration::minutes(left)
}

/// The earlier of midnight and the first end of validity after now.
fn keep_until(now: Now, ends: impl IntoIterator<Item = Option<OffsetDateTime>>) -> OffsetDateTime {
    ends.into_iter().flatten().filter(|end| *end > now.instant).fold(midnight(now), OffsetDateTime::min)
}

/// A head whose title is all that differs.
fn head(title: &str) -> Head {
    Head { title: title.to_owned(), ..Head::default() }
}
