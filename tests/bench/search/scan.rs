//! The plain scan: every project's folded words in memory, read from end to end for each query. No order, no forms, no
//! snippets, no counts: the matches only.

use memchr::memmem::Finder;

pub(crate) struct Scan<'a> {
    texts: &'a [String],
}

impl<'a> Scan<'a> {
    pub(crate) fn new(texts: &'a [String]) -> Self {
        Self { texts }
    }

    /// Projects that hold all of these, each a word or words in a row with the spaces around them.
    pub(crate) fn count(&self, wanted: &[String]) -> usize {
        let finders: Vec<Finder<'_>> = wanted.iter().map(|wanted| Finder::new(wanted.as_bytes())).collect();
        let holds = |text: &&String| finders.iter().all(|finder| finder.find(text.as_bytes()).is_some());
        self.texts.iter().filter(holds).count()
    }
}
