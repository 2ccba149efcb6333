//! The search index: understanding, filters and counts, places, keeping up and starting over.

mod support;

#[path = "search/area.rs"]
mod area;
#[path = "search/citizens.rs"]
mod citizens;
#[path = "search/counts.rs"]
mod counts;
#[path = "search/golden.rs"]
mod golden;
#[path = "search/keeping_up.rs"]
mod keeping_up;
#[path = "search/near.rs"]
mod near;
#[path = "search/places.rs"]
mod places;
#[path = "search/suggest.rs"]
mod suggest;
#[path = "search/times.rs"]
mod times;
#[path = "search/times_walk.rs"]
mod times_walk;
#[path = "search/world.rs"]
mod world;
