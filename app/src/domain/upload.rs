//! Hochgeladenes: pictures and documents that the portal itself keeps.

use serde::{Deserialize, Serialize};

use super::ids::UploadId;

/// Ein Bild einer Einrichtung. The file is a JPEG, in two sizes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: UploadId,
    /// What is to be seen, for those who do not see it.
    pub alt: String,
    /// Of the large size, in pixels.
    pub width: u32,
    /// Of the large size, in pixels.
    pub height: u32,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadKind {
    Picture,
    Document,
}

impl UploadKind {
    pub fn key(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Document => "document",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Picture, Self::Document].into_iter().find(|kind| kind.key() == text)
    }
}

/// A file as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadFile {
    /// At most [`LARGE`] pixels wide and high.
    Picture,
    /// At most [`SMALL`] pixels wide and high.
    SmallPicture,
    /// A PDF.
    Document,
}

/// Longest edge of a picture in pixels.
pub const LARGE: u32 = 1_600;
/// Longest edge of the same for phones and lists, in pixels.
pub const SMALL: u32 = 640;

impl UploadFile {
    const ALL: [Self; 3] = [Self::SmallPicture, Self::Picture, Self::Document];

    /// What follows the id in the name of the file.
    fn ending(self) -> &'static str {
        match self {
            Self::Picture => ".jpg",
            Self::SmallPicture => "-klein.jpg",
            Self::Document => ".pdf",
        }
    }

    /// The name of the file in addresses.
    pub fn name(self, id: UploadId) -> String {
        format!("{id}{}", self.ending())
    }

    /// Reads what [`Self::name`] writes.
    pub fn parse(name: &str) -> Option<(UploadId, Self)> {
        let file = Self::ALL.into_iter().find(|file| name.ends_with(file.ending()))?;
        let id = name.strip_suffix(file.ending())?.parse().ok()?;
        Some((UploadId(id), file)).filter(|(id, file)| file.name(*id) == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_name_of_a_file_says_which_it_is() {
        let id = UploadId(Uuid::from_u128(7));
        for file in UploadFile::ALL {
            assert_eq!(UploadFile::parse(&file.name(id)), Some((id, file)));
        }
        let name = UploadFile::Picture.name(id);
        for wrong in [
            "",
            ".jpg",
            "-klein.jpg",
            "7.jpg",
            &name.to_uppercase(),
            &format!("../{name}"),
            &format!("{name}.exe"),
        ] {
            assert_eq!(UploadFile::parse(wrong), None, "{wrong}");
        }
    }
}
