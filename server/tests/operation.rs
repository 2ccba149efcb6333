//! What the county's IT does with the program: save, restore, move, watch, lose a node.

#[path = "operation/backup.rs"]
mod backup;
#[path = "operation/crash.rs"]
mod crash;
#[path = "operation/editing.rs"]
mod editing;
#[path = "operation/logs.rs"]
mod logs;
#[path = "operation/memory.rs"]
mod memory;
#[path = "operation/metrics.rs"]
mod metrics;
#[path = "operation/nodes.rs"]
mod nodes;
#[path = "support/program.rs"]
mod program;
#[path = "support/crash.rs"]
mod rounds;
mod support;
