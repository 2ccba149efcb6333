//! The router as people and programs meet it.

#[path = "http/api.rs"]
mod api;
#[path = "http/assets.rs"]
mod assets;
#[path = "http/edges.rs"]
mod edges;
#[path = "http/rendered.rs"]
mod rendered;
#[path = "http/serve.rs"]
mod serve;
#[path = "http/shortlist.rs"]
mod shortlist;
#[path = "http/suggest.rs"]
mod suggest;
#[path = "support/portal.rs"]
mod support;
