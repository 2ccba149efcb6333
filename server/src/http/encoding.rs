//! Content encodings: what a browser accepts, and compressing a page that was just rendered.

use std::io::Write;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING},
};

/// How a body is encoded on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

/// Good compression in about a millisecond for a page; higher levels cost more than they save.
const BROTLI_QUALITY: u32 = 5;
/// 256 KiB: all of a usual page, and little memory for each of those that are compressed at the same time.
const BROTLI_WINDOW: u32 = 18;
/// Below this size compressing saves nothing worth having.
const WORTHWHILE: usize = 512;

impl Encoding {
    /// The best encoding the request accepts (RFC 9110, 12.5.3); on a tie the smaller one.
    pub fn accepted(headers: &HeaderMap) -> Self {
        let (mut brotli, mut gzip, mut any, mut identity) = (None, None, None, None);
        for value in headers.get_all(ACCEPT_ENCODING) {
            for part in value.to_str().unwrap_or_default().split(',') {
                let (name, weight) = weighted(part);
                match name.as_str() {
                    "br" => brotli = Some(weight),
                    "gzip" | "x-gzip" => gzip = Some(weight),
                    "identity" => identity = Some(weight),
                    "*" => any = Some(weight),
                    _ => {}
                }
            }
        }
        let brotli = brotli.or(any).unwrap_or(0);
        let gzip = gzip.or(any).unwrap_or(0);
        let identity = identity.unwrap_or(0);
        if brotli > 0 && brotli >= gzip && brotli >= identity {
            Self::Brotli
        } else if gzip > 0 && gzip >= identity {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// The value of `Content-Encoding`.
    pub fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
        }
    }

    /// Compresses a body; gives the encoding that was really used.
    pub fn compress(self, body: Vec<u8>) -> (Self, Bytes) {
        let compressed = match self {
            _ if body.len() < WORTHWHILE => None,
            Self::Identity => None,
            Self::Gzip => gzip(&body),
            Self::Brotli => brotli(&body),
        };
        match compressed {
            // Without the room it was written in: many of these are kept.
            Some(bytes) => (self, bytes.into_boxed_slice().into()),
            None => (Self::Identity, body.into()),
        }
    }
}

fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    let mut writer = ::brotli::CompressorWriter::new(
        Vec::with_capacity(body.len() / 4),
        16 * 1024,
        BROTLI_QUALITY,
        BROTLI_WINDOW,
    );
    writer.write_all(body).ok()?;
    Some(writer.into_inner())
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut writer =
        flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(5));
    writer.write_all(body).ok()?;
    writer.finish().ok()
}

/// Name and weight in thousandths. A weight that makes no sense counts as not acceptable.
fn weighted(part: &str) -> (String, u16) {
    let mut pieces = part.split(';').map(str::trim);
    let name = pieces.next().unwrap_or_default().to_ascii_lowercase();
    let weight = pieces.find_map(|piece| piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q=")));
    let weight = weight.map_or(1.0, |text| text.trim().parse::<f32>().unwrap_or(0.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
    let thousandths = (weight.clamp(0.0, 1.0) * 1000.0) as u16;
    (name, thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(text: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_str(text).expect("a header"));
        Encoding::accepted(&headers)
    }

    #[test]
    fn the_best_accepted_encoding_is_taken() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(accepted("gzip;q=1.0, br;q=0.5"), Encoding::Gzip);
        assert_eq!(accepted("br;q=0, gzip"), Encoding::Gzip);
        assert_eq!(accepted("*"), Encoding::Brotli);
        assert_eq!(accepted("*;q=0.1, br;q=0"), Encoding::Gzip);
    }

    #[test]
    fn what_is_not_accepted_is_not_sent() {
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
        for text in
            ["", "identity", "br;q=0", "gzip;q=nonsense", "zstd, compress", "brx", "identity, br;q=0.2"]
        {
            assert_eq!(accepted(text), Encoding::Identity, "{text}");
        }
    }

    #[test]
    fn a_compressed_page_is_the_same_page() {
        let body = "Kurzzeitpflege in Musterstadt. ".repeat(200).into_bytes();
        let (encoding, packed) = Encoding::Brotli.compress(body.clone());
        assert_eq!(encoding, Encoding::Brotli);
        let mut unpacked = Vec::new();
        ::brotli::BrotliDecompress(&mut packed.as_ref(), &mut unpacked).expect("brotli");
        assert_eq!(unpacked, body);
        assert_eq!(Encoding::Gzip.compress(b"klein".to_vec()).0, Encoding::Identity);
    }
}
