//! The HTML document around every page.
//!
//! Pages are rendered without `leptos_axum`: its stream always ends in an inline script of resources,
//! and ours has none. So the Content Security Policy needs neither a hash nor a nonce, and the same
//! bytes can be kept for every visitor.

use std::{collections::BTreeMap, sync::Arc};

use leptos::{html, prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::frame::{Footer, Header},
    domain::{ids::FacilityId, portal::Portal},
    routes,
};

/// Where the built files are: logical name (`kreislotse.css`) to address (`/pkg/kreislotse.HASH.css`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetPaths(Arc<BTreeMap<String, String>>);

impl AssetPaths {
    pub fn new(paths: BTreeMap<String, String>) -> Self {
        Self(Arc::new(paths))
    }

    /// The address of a file; `/pkg/NAME` for one that is not in the manifest.
    pub fn address(&self, name: &str) -> String {
        self.find(name).map_or_else(|| format!("/pkg/{name}"), ToOwned::to_owned)
    }

    /// The address of a file that may be missing.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The same with one more file.
    #[must_use]
    pub fn with(self, name: &str, address: String) -> Self {
        let mut paths = Arc::unwrap_or_clone(self.0);
        paths.insert(name.to_owned(), address);
        Self(Arc::new(paths))
    }
}

/// The county's colours, where it has its own.
pub const COUNTY_STYLE: &str = "county.css";
/// The county's logo, where it has one.
pub const LOGO: &str = "logo";

/// What every page needs to know about its surroundings.
#[derive(Clone, Debug)]
pub struct Site {
    pub portal: Arc<Portal>,
    pub assets: AssetPaths,
    /// Whose page it is; `None`: everybody's.
    pub reader: Option<Reader>,
}

/// Somebody who is signed in, as far as the head of their pages goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// They work for the county.
    pub is_county: bool,
    /// They work for an organization.
    pub is_member: bool,
}

/// What the head of a document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Title of the page, without the name of the portal.
    pub title: String,
    pub description: Option<String>,
    /// Path of a picture of what the page is about.
    pub picture: Option<String>,
    /// Path of the canonical address.
    pub canonical: Option<String>,
    /// What the page is about as JSON-LD, escaped for a script element: see `text::structured_data`.
    pub structured_data: Option<String>,
    /// Search engines leave the page out.
    pub noindex: bool,
    /// The page has islands, so the script that starts them is loaded.
    pub islands: bool,
    /// A script of the page's own: a file of `public/`. Nothing on the page depends on it.
    pub script: Option<&'static str>,
    /// The short list that the page's address carries.
    pub shortlist: Vec<FacilityId>,
    /// The search header is left out where the page has its own search form.
    pub own_search: bool,
    /// The `id` of the results, where the page lists some: the keyboard gets past the filters to them.
    pub results: Option<&'static str>,
}

/// Renders a document. `main` is called inside a reactive owner, as islands need it.
pub fn document(site: &Site, head: Head, main: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| shell(site, head, main()).to_html());
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{html}")
}

fn shell(site: &Site, head: Head, main: AnyView) -> impl IntoView {
    let portal = site.portal.clone();
    let asset = |name: &str| site.assets.address(name);
    let title = if head.title.is_empty() {
        format!("{} – {}", portal.name, portal.county)
    } else {
        format!("{} – {}", head.title, portal.name)
    };
    let canonical = head.canonical.map(|path| format!("{}{path}", portal.base_url));
    // A block of data: nothing of it is ever run, so the Content Security Policy lets it be.
    let data = head
        .structured_data
        .map(|json| view! { <script type="application/ld+json" inner_html=json></script> });
    let shared = OpenGraph {
        title: if head.title.is_empty() { title.clone() } else { head.title },
        site: portal.name.clone(),
        description: head.description.clone(),
        address: canonical.clone(),
        picture: head.picture.map(|path| format!("{}{path}", portal.base_url)),
    };
    let search = format!("{} durchsuchen", portal.name);
    let county_style = site.assets.find(COUNTY_STYLE).map(str::to_owned);
    let logo = site.assets.find(LOGO).map(str::to_owned);
    let script = head.islands.then(|| view! { <script type="module" src=asset("start.js")></script> });
    let own = head.script.map(|name| view! { <script type="module" src=asset(name)></script> });
    view! {
        <html lang="de">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="format-detection" content="telephone=no" />
                <title>{title}</title>
                {head.description.map(|text| view! { <meta name="description" content=text /> })}
                {head.noindex.then(|| view! { <meta name="robots" content="noindex" /> })}
                {canonical.map(|address| view! { <link rel="canonical" href=address /> })}
                {shared.into_view()}
                <link rel="search" r#type="application/opensearchdescription+xml" title=search href=routes::OPENSEARCH />
                <link rel="preload" href=asset("fira-sans-400.woff2") r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="stylesheet" href=asset("kreislotse.css") />
                {county_style.map(|address| view! { <link rel="stylesheet" href=address /> })}
                <link rel="icon" href=asset("favicon.svg") r#type="image/svg+xml" />
                {data}
                {script}
                {own}
            </head>
            <body>
                <a class="skip" href="#inhalt">
                    "Zum Inhalt springen"
                </a>
                {head
                    .results
                    .map(|id| {
                        view! {
                            <a class="skip" href=format!("#{id}")>
                                "Zu den Ergebnissen springen"
                            </a>
                        }
                    })}
                <Header portal=portal.clone() logo reader=site.reader search=!head.own_search islands=head.islands kept=head.shortlist />
                <main id="inhalt" tabindex="-1">
                    {main}
                </main>
                <Footer portal />
            </body>
        </html>
    }
}

/// What somebody sees who is sent the address of a page (Open Graph).
struct OpenGraph {
    title: String,
    site: String,
    description: Option<String>,
    address: Option<String>,
    picture: Option<String>,
}

impl OpenGraph {
    fn into_view(self) -> impl IntoView {
        [
            ("og:type", Some("website".to_owned())),
            ("og:locale", Some("de_DE".to_owned())),
            ("og:site_name", Some(self.site)),
            ("og:title", Some(self.title)),
            ("og:description", self.description),
            ("og:url", self.address),
            ("og:image", self.picture),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some(html::meta().attr("property", name).content(text?)))
        .collect_view()
    }
}
