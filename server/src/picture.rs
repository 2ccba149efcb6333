//! Pictures that people send: read whatever they call themselves, and written anew, so that nothing but what is to be
//! seen gets into the portal. No other room names the library.

use std::io::Cursor;

use app::domain::upload::{LARGE, SMALL};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};

/// Most pixels a picture may have before it is made smaller: what the best phones take.
pub const MOST_PIXELS: u64 = 50_000_000;
/// Longest edge in pixels.
const LONGEST_EDGE: u32 = 20_000;
/// Shortest edge in pixels: less shows nothing.
pub const SHORTEST_EDGE: u32 = 100;
/// Memory for reading one, in bytes.
const MEMORY: u64 = 420_000_000;
/// Of the files that are written, from 1 to 100.
const QUALITY: u8 = 82;

/// A picture as it is kept: two JPEGs without anything said about camera, place or person.
#[derive(Debug)]
pub struct Prepared {
    pub large: Vec<u8>,
    pub small: Vec<u8>,
    /// Of the large one, in pixels.
    pub width: u32,
    /// Of the large one, in pixels.
    pub height: u32,
}

/// Why something cannot be kept as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// It is no JPEG, PNG or WebP, whatever it is called.
    #[error("not a picture")]
    Foreign,
    #[error("damaged or cut off")]
    Damaged,
    #[error("too many pixels")]
    TooLarge,
    #[error("too few pixels")]
    TooSmall,
}

/// Reads a picture and writes it anew. It takes up to a second and much memory: a few at a time.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PictureFault> {
    let format = image::guess_format(bytes).map_err(|_| PictureFault::Foreign)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(PictureFault::Foreign);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_EDGE), Some(LONGEST_EDGE));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureFault::TooLarge);
    }
    if width.min(height) < SHORTEST_EDGE {
        return Err(PictureFault::TooSmall);
    }
    // A phone that was held upright says so beside the picture; what is kept stands upright itself.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    let mut picture = shrink(picture, LARGE);
    picture.apply_orientation(orientation);
    let large = on_white(&picture);
    let small = on_white(&shrink(picture, SMALL));
    Ok(Prepared {
        width: large.width(),
        height: large.height(),
        large: write(&large)?,
        small: write(&small)?,
    })
}

fn shrink(picture: DynamicImage, edge: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= edge {
        return picture;
    }
    // Half the way at the cost of a glance: the careful filter needs sixteen bytes for each pixel it sees.
    let near = if picture.width().max(picture.height()) > 3 * edge {
        picture.thumbnail(2 * edge, 2 * edge)
    } else {
        picture
    };
    near.resize(edge, edge, FilterType::CatmullRom)
}

/// A JPEG has no transparent places.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let over = |value: u8| {
            let (value, alpha) = (u32::from(value), u32::from(alpha));
            u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

fn write(picture: &RgbImage) -> Result<Vec<u8>, PictureFault> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    picture.write_with_encoder(encoder).map_err(|error| fault(&error))?;
    Ok(bytes)
}

fn fault(error: &ImageError) -> PictureFault {
    match error {
        ImageError::Limits(_) => PictureFault::TooLarge,
        ImageError::Unsupported(_) => PictureFault::Foreign,
        _ => PictureFault::Damaged,
    }
}

#[cfg(test)]
mod tests;
