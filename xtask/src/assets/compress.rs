//! Compressed once here, so that the server never compresses an asset.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Already compressed inside: another layer would only cost the browser time.
const PACKED: [&str; 5] = ["woff2", "png", "jpg", "webp", "avif"];

/// Writes `.br` and `.gz` beside a file and returns the bytes that a current browser loads.
pub fn beside(path: &Path, content: &[u8]) -> Result<usize> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if PACKED.contains(&extension) {
        return Ok(content.len());
    }
    let mut brotli = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*content, &mut brotli, &parameters)?;
    std::fs::write(path.with_extension(format!("{extension}.br")), &brotli)?;

    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(content)?;
    std::fs::write(path.with_extension(format!("{extension}.gz")), gzip.finish()?)?;
    Ok(brotli.len())
}
