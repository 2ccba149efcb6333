//! Bytes to text: UTF-8 with or without byte order mark, and Windows-1252 as German offices save it.

use encoding_rs::WINDOWS_1252;

use super::error::{FileError, Place};

/// What a mapping says about the encoding of its files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 where the bytes are valid UTF-8, else Windows-1252.
    #[default]
    Auto,
    Utf8,
    Windows1252,
}

/// How a file was in fact encoded; files with its rejects are written the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Utf8,
    /// UTF-8 with byte order mark, as Excel wants it.
    Utf8Bom,
    Windows1252,
}

impl Found {
    /// Text back to bytes.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Bom => [BOM, text.as_bytes()].concat(),
            Self::Windows1252 => WINDOWS_1252.encode(text).0.into_owned(),
        }
    }
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads bytes as text.
///
/// # Errors
/// When the file is empty, is no text, or is not in the declared encoding.
pub fn decode(bytes: &[u8], declared: Encoding) -> Result<(String, Found), FileError> {
    let (body, bom) = match bytes.strip_prefix(BOM) {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(FileError::Empty);
    }
    refuse_binary(body)?;
    let utf8 = std::str::from_utf8(body);
    match (utf8, declared) {
        (Ok(text), _) if bom => Ok((text.to_owned(), Found::Utf8Bom)),
        (Ok(text), Encoding::Windows1252) if !text.is_ascii() => {
            let at = body.iter().position(|b| !b.is_ascii()).unwrap_or(0);
            let text =
                "Die Zuordnung nennt Windows-1252, die Datei ist aber in UTF-8 gespeichert.".to_owned();
            Err(FileError::Encoding { text, place: Place::of_byte(body, at) })
        }
        (Ok(text), Encoding::Windows1252) => Ok((text.to_owned(), Found::Windows1252)),
        (Ok(text), _) => Ok((text.to_owned(), Found::Utf8)),
        (Err(error), _) if bom || declared == Encoding::Utf8 || is_mostly_utf8(body) => {
            let at = error.valid_up_to();
            let text = format!("Das Byte 0x{:02X} ist kein gültiges UTF-8.", body[at]);
            Err(FileError::Encoding { text, place: Place::of_byte(body, at) })
        }
        (Err(_), _) => windows_1252(body),
    }
}

fn windows_1252(body: &[u8]) -> Result<(String, Found), FileError> {
    // Five bytes have no character in Windows-1252: whoever has them has another encoding.
    if let Some(at) = body.iter().position(|b| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)) {
        let text = format!("Das Byte 0x{:02X} ist weder UTF-8 noch Windows-1252.", body[at]);
        return Err(FileError::Encoding { text, place: Place::of_byte(body, at) });
    }
    Ok((WINDOWS_1252.decode_without_bom_handling(body).0.into_owned(), Found::Windows1252))
}

fn refuse_binary(body: &[u8]) -> Result<(), FileError> {
    if body.starts_with(b"PK\x03\x04") {
        return Err(FileError::Binary(
            "eine Arbeitsmappe oder ein Archiv (xlsx, ods, zip)",
            Place::default(),
        ));
    }
    if body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff") {
        let text = "Die Datei ist in UTF-16 gespeichert; bitte als „CSV UTF-8“ speichern.".to_owned();
        return Err(FileError::Encoding { text, place: Place::default() });
    }
    if body.starts_with(b"%PDF") {
        return Err(FileError::Binary("ein PDF-Dokument", Place::default()));
    }
    match body.iter().position(|b| *b == 0) {
        Some(at) => Err(FileError::Binary("eine Datei mit Binärdaten", Place::of_byte(body, at))),
        None => Ok(()),
    }
}

/// Whether text that is not valid UTF-8 was meant to be: one damaged place must not turn every
/// umlaut of a file into two wrong characters.
fn is_mostly_utf8(body: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in body.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    valid > invalid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_give_the_same_text() {
        let expected = "Ort;Größe\nLübz;„groß“ – 5 €\n";
        let (ansi, _, _) = WINDOWS_1252.encode(expected);
        let bom = [BOM, expected.as_bytes()].concat();
        for (bytes, found) in [
            (expected.as_bytes().to_vec(), Found::Utf8),
            (bom, Found::Utf8Bom),
            (ansi.into_owned(), Found::Windows1252),
        ] {
            assert_eq!(decode(&bytes, Encoding::Auto), Ok((expected.to_owned(), found)));
            assert_eq!(found.encode(expected), bytes, "and back");
        }
    }

    #[test]
    fn a_declared_encoding_that_does_not_hold_is_named_with_its_place() {
        let error = decode(b"a;b\nL\xfcbz;1\n", Encoding::Utf8).expect_err("not UTF-8");
        assert_eq!(error.place(), Place { line: Some(2), column: Some(2) });
        assert!(decode("Lübz".as_bytes(), Encoding::Windows1252).is_err());
        assert!(decode(b"a\x81", Encoding::Windows1252).is_err());
    }

    #[test]
    fn one_damaged_byte_does_not_garble_every_umlaut() {
        let mut bytes = "Lübz;Dömitz;Brüel\n".as_bytes().to_vec();
        bytes.extend(b"Mu\xfc\n");
        let error = decode(&bytes, Encoding::Auto).expect_err("damaged");
        assert_eq!(error.place(), Place { line: Some(2), column: Some(3) });
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"", Encoding::Auto), Err(FileError::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \n", Encoding::Auto), Err(FileError::Empty));
        for bytes in [&b"PK\x03\x04rest"[..], b"\xff\xfea\0", b"%PDF-1.7", b"a;b\n\x00\x01"] {
            assert!(decode(bytes, Encoding::Auto).is_err(), "{bytes:?}");
        }
    }
}
