//! Programs that report what is free: the whole portal with its router and a real store.

mod support;

#[allow(dead_code, reason = "programs use only a part of the office")]
#[path = "account/desk.rs"]
mod desk;
#[allow(dead_code, reason = "so do they of the world of reports")]
#[path = "capacity/world.rs"]
mod world;

#[path = "api/program.rs"]
mod program;
#[path = "api/schema.rs"]
mod schema;

#[path = "api/bad_input.rs"]
mod bad_input;
#[path = "api/calls.rs"]
mod calls;
#[path = "api/fuzz.rs"]
mod fuzz;
#[path = "api/idempotency.rs"]
mod idempotency;
#[path = "api/pace.rs"]
mod pace;
#[path = "api/table.rs"]
mod table;
#[path = "api/tokens.rs"]
mod tokens;
