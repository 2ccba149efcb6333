//! A text as a QR code, drawn by the server: no script, no foreign service.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code that readers ask for (ISO/IEC 18004).
const QUIET: usize = 4;

/// The dark modules as the path of a drawing, and the width of the drawing in modules. `None` where the
/// text is too long for any code.
pub fn path(text: &str) -> Option<(String, usize)> {
    use std::fmt::Write;
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(text, EcLevel::L))
        .ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some((path, width + 2 * QUIET))
}

/// The code with what it holds for those who cannot see it. Dark on white in every colour scheme.
#[component]
pub fn Qr(
    text: String,
    /// What the code leads to.
    label: &'static str,
) -> impl IntoView {
    path(&text).map(|(path, width)| {
        view! {
            <svg
                class="qr"
                viewBox=format!("0 0 {width} {width}")
                width="176"
                height="176"
                role="img"
                aria-label=label
                shape-rendering="crispEdges"
            >
                <rect width=width height=width fill="#fff" />
                <path d=path fill="#000" />
            </svg>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_code_has_its_three_corners_and_a_margin() {
        let (path, width) = path("https://pflege.example/merkliste").expect("a code");
        // Smallest code is 21 modules; each version adds four.
        assert_eq!((width - 8 - 21) % 4, 0);
        let far = width - 4 - 7;
        for corner in [(4, 4), (far, 4), (4, far)] {
            assert!(path.contains(&format!("M{} {}h7v1h-7z", corner.0, corner.1)), "{corner:?}");
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(path(&"a".repeat(4000)), None);
        assert!(path(&"a".repeat(1500)).is_some());
    }
}
