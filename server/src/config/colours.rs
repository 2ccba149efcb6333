//! The county's colour, made readable: darker where it is too light on paper, and lighter at night.
//!
//! Contrast after WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1 for text.

use std::fmt;

use serde::{Deserialize, Deserializer, de::Error as _};

use super::error::OWN;

const ENOUGH: f64 = 4.5;
/// KERN's `neutral-025` and paper, the grounds of text by day.
const BY_DAY: [Rgb; 2] = [Rgb([255, 255, 255]), Rgb([243, 244, 247])];
/// KERN's `neutral-950` and `neutral-900`, the grounds of text by night.
const BY_NIGHT: [Rgb; 2] = [Rgb([19, 21, 37]), Rgb([29, 32, 52])];
/// How much of the colour `--tint-strong` mixes into its ground, see `style/_colors.scss`.
const TINT_BY_DAY: f64 = 0.13;
const TINT_BY_NIGHT: f64 = 0.2;
const STEP: f64 = 0.02;

/// A colour of the screen (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb([u8; 3]);

impl Rgb {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// This colour with so much of another in it, 0 to 1.
    fn mixed(self, other: Self, share: f64) -> Self {
        let mut mixed = self;
        for (own, other) in mixed.0.iter_mut().zip(other.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between both")]
            let value = (f64::from(*own) * (1.0 - share) + f64::from(other) * share).round() as u8;
            *own = value;
        }
        mixed
    }

    /// Relative luminance, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast to another colour, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The nearest colour on the way to `end` that is readable on the grounds and on their tint.
    fn readable(self, end: Self, grounds: [Self; 2], tint: f64) -> Self {
        let is_readable = |colour: Self| {
            let tinted = grounds.map(|ground| ground.mixed(colour, tint));
            grounds.into_iter().chain(tinted).all(|ground| colour.contrast(ground) >= ENOUGH)
        };
        let mut share = 0.0;
        loop {
            let colour = self.mixed(end, share);
            if share >= 1.0 || is_readable(colour) {
                return colour;
            }
            share += STEP;
        }
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The county's colour as pages use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    pub by_day: Rgb,
    pub by_night: Rgb,
}

impl Accent {
    /// The readable colours nearest to a county's own.
    pub fn of(colour: Rgb) -> Self {
        Self {
            by_day: colour.readable(Rgb([0; 3]), BY_DAY, TINT_BY_DAY),
            by_night: colour.readable(Rgb([255; 3]), BY_NIGHT, TINT_BY_NIGHT),
        }
    }

    /// The style sheet that puts them in the place of KERN's.
    pub fn css(self) -> String {
        let Self { by_day, by_night } = self;
        let rule = |own: Rgb, on: &str| {
            format!(":root{{--kern-color-action-default:{own};--kern-color-action-on-default:{on}}}")
        };
        let (day, night) = (rule(by_day, "#fff"), rule(by_night, "#000"));
        format!("{day}@media screen and (prefers-color-scheme:dark){{{night}}}")
    }
}

/// The county's colours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Colours {
    /// Links, buttons, marks: `#rrggbb`. `None`: the built-in one.
    #[serde(deserialize_with = "colour")]
    pub accent: Option<Rgb>,
}

fn colour<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Rgb>, D::Error> {
    let text = String::deserialize(from)?;
    match Rgb::parse(&text) {
        Some(colour) => Ok(Some(colour)),
        None => Err(D::Error::custom(format!("{OWN}„{text}“ ist keine Farbe der Form #0b5d6b"))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rgb(text: &str) -> Rgb {
        Rgb::parse(text).expect("a colour")
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((rgb("#000000").contrast(rgb("#ffffff")) - 21.0).abs() < 0.01);
        assert!((rgb("#767676").contrast(rgb("#ffffff")) - 4.54).abs() < 0.01);
        assert!((rgb("#123456").contrast(rgb("#123456")) - 1.0).abs() < 0.001);
    }

    #[test]
    fn a_readable_colour_stays_and_a_light_one_becomes_darker() {
        assert_eq!(Accent::of(rgb("#0b5d6b")).by_day, rgb("#0b5d6b"));
        let yellow = Accent::of(rgb("#ffcc00"));
        assert!(yellow.by_day != rgb("#ffcc00") && yellow.by_night == rgb("#ffcc00"), "{yellow:?}");
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for text in ["", "#fff", "0b5d6b", "#0b5d6", "#0b5d6bff", "#ööö", "#+1+1+1"] {
            assert_eq!(Rgb::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_colour_becomes_readable_by_day_and_by_night(parts: [u8; 3]) {
            let accent = Accent::of(Rgb(parts));
            for ground in BY_DAY {
                prop_assert!(accent.by_day.contrast(ground) >= ENOUGH);
            }
            for ground in BY_NIGHT {
                prop_assert!(accent.by_night.contrast(ground) >= ENOUGH);
            }
            prop_assert!(accent.by_day.contrast(rgb("#ffffff")) >= ENOUGH);
            prop_assert!(accent.by_night.contrast(rgb("#000000")) >= ENOUGH);
        }
    }
}
