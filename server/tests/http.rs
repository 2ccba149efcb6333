//! The router as people and programs meet it.

#[path = "http/api.rs"]
mod api;
#[path = "http/assets.rs"]
mod assets;
#[path = "http/edges.rs"]
mod edges;
#[path = "http/facility.rs"]
mod facility;
#[path = "http/near.rs"]
mod near;
#[path = "http/rendered.rs"]
mod rendered;
#[path = "support/samples.rs"]
#[allow(dead_code, reason = "every test program uses its own part")]
mod samples;
#[path = "http/serve.rs"]
mod serve;
#[path = "http/shortlist.rs"]
mod shortlist;
#[path = "http/sitemap.rs"]
mod sitemap;
#[path = "http/suggest.rs"]
mod suggest;
#[path = "support/portal.rs"]
mod support;
