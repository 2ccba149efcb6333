use super::*;

/// A picture whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A JPEG with an Exif block that says how the camera was held, and a name.
fn from_a_phone(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let plain = encoded(&DynamicImage::from(picture.clone()), ImageFormat::Jpeg);
    // TIFF, big-endian, one directory of two entries: orientation (0x0112) and artist (0x013B).
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x01, 0x3B, 0, 2, 0, 0, 0, 12, 0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend(b"Frau Geheim\0");
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(length);
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|own| own == part)
}

fn read(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).expect("a JPEG").to_rgb8()
}

#[test]
fn a_picture_of_each_kind_becomes_two_jpegs_that_fit() {
    let picture = DynamicImage::from(halves(2_000, 1_000));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let kept = prepare(&encoded(&picture, format)).expect("a picture");
        assert_eq!((kept.width, kept.height), (LARGE, LARGE / 2), "{format:?}");
        assert_eq!(read(&kept.large).dimensions(), (LARGE, LARGE / 2));
        assert_eq!(read(&kept.small).dimensions(), (SMALL, SMALL / 2));
    }
    let small =
        prepare(&encoded(&DynamicImage::from(halves(200, 300)), ImageFormat::Png)).expect("a picture");
    assert_eq!((small.width, small.height), (200, 300), "nothing is blown up");
}

#[test]
fn what_a_camera_says_of_people_is_gone_and_the_picture_stands_upright() {
    let sent = from_a_phone(&halves(400, 200), 6);
    assert!(has(&sent, b"Frau Geheim"));
    let kept = prepare(&sent).expect("a picture");
    assert_eq!((kept.width, kept.height), (200, 400), "turned by a quarter");
    let top = read(&kept.large).get_pixel(100, 20).0;
    assert!(top[0] > 200 && top[2] < 60, "red is above: {top:?}");
    for written in [&kept.large, &kept.small] {
        assert!(!has(written, b"Exif") && !has(written, b"Geheim"));
    }
}

#[test]
fn what_is_transparent_becomes_white() {
    let clear = image::RgbaImage::from_pixel(120, 120, image::Rgba([0, 0, 0, 0]));
    let kept = prepare(&encoded(&DynamicImage::from(clear), ImageFormat::Png)).expect("a picture");
    assert!(read(&kept.large).get_pixel(60, 60).0.iter().all(|value| *value > 250));
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let html = b"<html><script>alert(1)</script></html>".as_slice();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;<script>".as_slice();
    for foreign in [b"".as_slice(), html, svg, gif, b"%PDF-1.7"] {
        assert_eq!(prepare(foreign).expect_err("no picture"), PictureFault::Foreign);
    }
    let whole = encoded(&DynamicImage::from(halves(400, 400)), ImageFormat::Png);
    assert_eq!(prepare(&whole[..whole.len() / 2]).expect_err("half"), PictureFault::Damaged);
    assert_eq!(prepare(&whole[..20]).expect_err("a head"), PictureFault::Damaged);
}

#[test]
fn markup_behind_a_picture_is_not_kept() {
    let mut sent = encoded(&DynamicImage::from(halves(200, 200)), ImageFormat::Jpeg);
    sent.extend(b"<script>alert(1)</script>");
    let kept = prepare(&sent).expect("a picture");
    assert!(!has(&kept.large, b"<script>"));
}

#[test]
fn a_picture_that_would_fill_the_memory_is_refused_by_its_head() {
    // A PNG that says it has 30,000 times 30,000 pixels, and holds none.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let head: Vec<u8> = [30_000u32.to_be_bytes(), 30_000u32.to_be_bytes()]
        .concat()
        .into_iter()
        .chain([8, 2, 0, 0, 0])
        .collect();
    bomb.extend(&head);
    let mut sum = flate2::Crc::new();
    sum.update(b"IHDR");
    sum.update(&head);
    bomb.extend(sum.sum().to_be_bytes());
    bomb.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    assert_eq!(prepare(&bomb).expect_err("a bomb"), PictureFault::TooLarge);
    let many = encoded(&DynamicImage::from(image::GrayImage::new(10_000, 5_001)), ImageFormat::Png);
    assert_eq!(prepare(&many).expect_err("many pixels"), PictureFault::TooLarge);
    let tiny = encoded(&DynamicImage::from(halves(99, 400)), ImageFormat::Png);
    assert_eq!(prepare(&tiny).expect_err("tiny"), PictureFault::TooSmall);
}
