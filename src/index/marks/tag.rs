//! A word under which a person keeps projects.

use serde::{Deserialize, Serialize};

use super::{MOST_TAGS, NoMark};
use crate::text::words;

/// The longest tag, in characters.
pub(super) const LONGEST_TAG: usize = 40;

/// A word under which a person keeps projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

impl Tag {
    /// A tag, without the sign that is often written before one.
    ///
    /// # Errors
    /// Where it is no word, or too long.
    pub fn new(text: &str) -> Result<Self, NoMark> {
        let text = text.trim();
        let tag = text.strip_prefix('#').unwrap_or(text);
        let length = tag.chars().count();
        if length > LONGEST_TAG {
            return Err(NoMark::LongTag(length));
        }
        let is_plain = tag.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
        if !is_plain || tag.starts_with('-') || words(tag).next().is_none() {
            return Err(NoMark::NoTag(text.to_owned()));
        }
        Ok(Self(tag.to_owned()))
    }

    /// Several, with blanks between them; each once, as it was typed first.
    ///
    /// # Errors
    /// Where one is none, or they are too many.
    pub fn several(text: &str) -> Result<Vec<Self>, NoMark> {
        let mut tags: Vec<Self> = Vec::new();
        for word in text.split_whitespace() {
            let tag = Self::new(word)?;
            if tags.iter().all(|known| !known.is_as(&tag)) {
                tags.push(tag);
            }
        }
        if tags.len() > MOST_TAGS { Err(NoMark::ManyTags(tags.len())) } else { Ok(tags) }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are one tag: case and accents make no difference.
    pub fn is_as(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }

    /// Its words, folded, as a query asks for them.
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

/// The folded words of a tag as it is written in a query.
pub(in crate::index) fn folded(tag: &str) -> String {
    words(tag).map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

impl TryFrom<String> for Tag {
    type Error = NoMark;

    fn try_from(text: String) -> Result<Self, NoMark> {
        Self::new(&text)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::ProjectMarks;
    use super::*;

    #[test]
    fn tags_are_plain_words_and_each_is_there_once() {
        let tags = Tag::several("  Money #to-check money MONEY caf\u{e9}_2 ").unwrap();
        assert_eq!(tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["Money", "to-check", "caf\u{e9}_2"]);
        assert_eq!(tags[2].folded(), "cafe 2");
        for text in ["", "-", "--x", "a\"b", "a:b", "(a)", "a\u{202e}b", "a\u{1b}[31m", "__"] {
            assert!(matches!(Tag::new(text), Err(NoMark::NoTag(_))), "{text:?}");
        }
        assert_eq!(Tag::new(&"x".repeat(41)), Err(NoMark::LongTag(41)));
        let many: Vec<String> = (0..31).map(|number| format!("t{number}")).collect();
        assert_eq!(Tag::several(&many.join(" ")), Err(NoMark::ManyTags(31)));
        let mut marks = ProjectMarks::default();
        marks.add_tags(Tag::several(&many[..30].join(" ")).unwrap()).unwrap();
        assert_eq!(marks.add_tags(vec![Tag::new("T1").unwrap()]), Ok(()));
        assert_eq!(marks.add_tags(vec![Tag::new("more").unwrap()]), Err(NoMark::ManyTags(31)));
    }
}
