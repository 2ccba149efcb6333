//! Speed with many records.

/// Prints the figures of the large set.
pub async fn run() {
    let Some(_shared) = crate::county::shared() else {
        println!("skipped: large set (no folder with real data)");
        return;
    };
}
