//! Many short folded texts in one piece of memory, with the table of their words.

use super::starts::{Start, WordStarts};

/// Texts by number, found by how their words begin.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    joined: String,
    /// Where each text ends in `joined`.
    ends: Vec<u32>,
    starts: WordStarts,
}

impl Texts {
    /// Numbers texts in their order.
    pub fn build<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut built = Self::default();
        for text in texts {
            built.joined.push_str(text);
            built.ends.push(u32::try_from(built.joined.len()).unwrap_or(u32::MAX));
        }
        built.joined.shrink_to_fit();
        let all = (0u32..).zip(&built.ends).filter_map(|(entry, _)| Some((entry, built.get(entry)?)));
        built.starts = WordStarts::build(all);
        built
    }

    /// The text with this number.
    pub fn get(&self, entry: u32) -> Option<&str> {
        let at = entry as usize;
        let from = if at == 0 { 0 } else { *self.ends.get(at - 1)? as usize };
        self.joined.get(from..*self.ends.get(at)? as usize)
    }

    /// Every word that begins like this.
    pub fn range(&self, prefix: &str) -> &[Start] {
        self.starts.range(prefix, |entry| self.get(entry))
    }

    /// What follows a word's beginning.
    pub fn suffix(&self, start: Start) -> &str {
        self.get(start.entry).and_then(|text| text.get(usize::from(start.at)..)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn texts_are_kept_apart() {
        let texts = Texts::build(["parchim", "plau am see"].into_iter());
        assert_eq!((texts.get(0), texts.get(1), texts.get(2)), (Some("parchim"), Some("plau am see"), None));
        let found = texts.range("see")[0];
        assert_eq!((found.entry, texts.suffix(found)), (1, "see"));
    }
}
