//! What `cargo xtask bench` measures inside the program. Usage: `measure PART [questions.jsonl]` with
//! PART one of quality, scale; without arguments everything runs.

#[path = "measure/county.rs"]
mod county;
#[path = "measure/quality.rs"]
mod quality;
#[path = "measure/scale.rs"]
mod scale;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let part = arguments.first().map(String::as_str);
    runtime.block_on(async {
        if part.is_none_or(|part| part == "quality") {
            quality::run(arguments.get(1).map(std::path::Path::new)).await;
        }
        if part.is_none_or(|part| part == "scale") {
            scale::run().await;
        }
    });
}
