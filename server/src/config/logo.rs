//! The county's logo or coat of arms, read once at start.

use std::{fs, path::Path};

use super::ConfigError;

/// A picture in the head of every page must be light.
const MOST_BYTES: u64 = 200_000;

/// A picture that was looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub bytes: Vec<u8>,
    /// Its kind, as the end of a file name: `svg`, `png`, `webp` or `jpg`.
    pub kind: &'static str,
}

/// Reads the file that `logo` names; its path is relative to the configuration file.
pub(super) fn load(name: &Path, config: &Path) -> Result<Logo, ConfigError> {
    let file = config.parent().unwrap_or(Path::new("")).join(name);
    let unreadable = |error| ConfigError::unreadable(&file, &error);
    let refused = |reason: &str| ConfigError::Value {
        file: config.to_owned(),
        key: "portal.logo".to_owned(),
        reason: format!("{} {reason}", file.display()),
    };
    if fs::metadata(&file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(refused("ist größer als 200 kB"));
    }
    let bytes = fs::read(&file).map_err(unreadable)?;
    let kind = kind(&bytes).ok_or_else(|| refused("ist kein Bild als SVG, PNG, WebP oder JPEG"))?;
    Ok(Logo { bytes, kind })
}

/// What a picture is by its content, whatever it is called.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some("jpg");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("webp");
    }
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
    (text.starts_with('<') && text.contains("<svg")).then_some("svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_content() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\nrest"), Some("png"));
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Some("jpg"));
        let svg = "\u{feff}<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(kind(svg.as_bytes()), Some("svg"));
        for nothing in [&b""[..], b"<html></html>", b"%PDF-1.7", b"\xff\xfe"] {
            assert_eq!(kind(nothing), None);
        }
    }
}
