//! Lists and texts a page at a time. What has a number keeps it on every page, heard already or not.

use std::ops::Range;

/// Numbered things on a page.
pub(super) const ITEMS: usize = 10;

/// Lines of a text on a page, and how many more come with them where these are the last.
pub(super) const LINES: usize = 20;
const LAST: usize = 5;

/// An entry of a list: what its number stands for, and what is said of it. What has no number leads nowhere.
#[derive(Debug, Clone)]
pub(super) struct Item<T> {
    pub(super) target: Option<T>,
    pub(super) lines: Vec<String>,
}

impl<T> Item<T> {
    /// A line without a number.
    pub(super) fn remark(line: String) -> Self {
        Self { target: None, lines: vec![line] }
    }

    /// What has a number.
    pub(super) fn of(target: T, line: String) -> Self {
        Self { target: Some(target), lines: vec![line] }
    }
}

/// A list with numbers.
#[derive(Debug, Clone)]
pub(super) struct Numbered<T> {
    items: Vec<Item<T>>,
    size: usize,
    page: Range<usize>,
}

impl<T> Numbered<T> {
    /// A list at its first page, with so many numbers on each.
    pub(super) fn new(items: Vec<Item<T>>, size: usize) -> Self {
        let mut list = Self { items, size, page: 0..0 };
        list.page = 0..list.end_of_page(0);
        list
    }

    /// What a number stands for.
    pub(super) fn get(&self, number: usize) -> Option<&T> {
        self.items.iter().filter_map(|item| item.target.as_ref()).nth(number.checked_sub(1)?)
    }

    /// How many numbers there are.
    pub(super) fn count(&self) -> usize {
        self.numbered(0..self.items.len())
    }

    /// Goes to the next page, if there is one.
    pub(super) fn go_on(&mut self) -> bool {
        let from = self.page.end;
        if from < self.items.len() {
            self.page = from..self.end_of_page(from);
        }
        from < self.items.len()
    }

    /// The page, each line with the number of what it is of.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut number = self.numbered(0..self.page.start);
        let mut lines = Vec::new();
        for item in self.items.get(self.page.clone()).unwrap_or_default() {
            match item.target {
                Some(_) => {
                    number += 1;
                    lines.extend(item.lines.iter().map(|line| format!("{number}. {line}")));
                }
                None => lines.extend(item.lines.iter().cloned()),
            }
        }
        lines
    }

    /// Which numbers the page has: `1 to 10 of 131`.
    pub(super) fn told(&self) -> String {
        let before = self.numbered(0..self.page.start);
        span(before..before + self.numbered(self.page.clone()), self.count(), self.page.end < self.items.len())
    }

    fn numbered(&self, range: Range<usize>) -> usize {
        self.items.get(range).unwrap_or_default().iter().filter(|item| item.target.is_some()).count()
    }

    /// Where a page ends: before the number that is one too many, or the heading above it.
    fn end_of_page(&self, from: usize) -> usize {
        let numbered = self.items.iter().enumerate().skip(from).filter(|(_, item)| item.target.is_some());
        match numbered.map(|(at, _)| at).nth(self.size) {
            None => self.items.len(),
            Some(next) => (from..next).rev().find(|at| self.items[*at].target.is_some()).map_or(next, |last| last + 1),
        }
    }
}

/// A text that is read on.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    lines: Vec<String>,
    page: Range<usize>,
}

impl Reading {
    /// A text at its first page.
    pub(super) fn new(lines: Vec<String>) -> Self {
        let page = 0..end_of_page(0, lines.len());
        Self { lines, page }
    }

    /// Goes to the next page, if there is one.
    pub(super) fn go_on(&mut self) -> bool {
        let from = self.page.end;
        if from < self.lines.len() {
            self.page = from..end_of_page(from, self.lines.len());
        }
        from < self.lines.len()
    }

    /// The page.
    pub(super) fn lines(&self) -> Vec<String> {
        self.lines.get(self.page.clone()).unwrap_or_default().to_vec()
    }

    /// Which lines it has; nothing where it is all of them.
    pub(super) fn told(&self) -> Option<String> {
        let is_whole = self.page == (0..self.lines.len());
        let has_more = self.page.end < self.lines.len();
        (!is_whole).then(|| format!("lines {}", span(self.page.clone(), self.lines.len(), has_more)))
    }
}

fn end_of_page(from: usize, all: usize) -> usize {
    if from + LINES + LAST < all { from + LINES } else { all }
}

/// `1 to 10 of 131; more goes on`.
pub(super) fn span(range: Range<usize>, count: usize, has_more: bool) -> String {
    let more = if has_more { "; more goes on" } else { "" };
    match (range.len(), count) {
        (_, 0) => format!("nothing to choose{more}"),
        (0, _) => format!("none of {count}{more}"),
        (1, 1) => format!("1 of 1{more}"),
        (1, _) => format!("{} of {count}{more}", range.end),
        _ => format!("{} to {} of {count}{more}", range.start + 1, range.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(size: usize) -> Numbered<usize> {
        let mut items: Vec<Item<usize>> = (1..=5).map(|number| Item::of(number, format!("item {number}"))).collect();
        items.insert(2, Item::remark("Part: two".to_owned()));
        items.push(Item::remark("Note: the end".to_owned()));
        Numbered::new(items, size)
    }

    #[test]
    fn numbers_stay_the_same_on_every_page() {
        let mut list = list(2);
        assert_eq!(list.lines(), ["1. item 1", "2. item 2"]);
        assert_eq!(list.told(), "1 to 2 of 5; more goes on");
        assert!(list.go_on());
        assert_eq!(list.lines(), ["Part: two", "3. item 3", "4. item 4"]);
        assert!(list.go_on());
        assert_eq!(list.lines(), ["5. item 5", "Note: the end"]);
        assert_eq!(list.told(), "5 of 5");
        assert!(!list.go_on());
        assert_eq!(list.lines(), ["5. item 5", "Note: the end"]);
        assert_eq!((list.get(0), list.get(1), list.get(5), list.get(6)), (None, Some(&1), Some(&5), None));
    }

    #[test]
    fn a_list_can_be_whole_or_empty() {
        assert_eq!(list(usize::MAX).lines().len(), 7);
        let empty: Numbered<usize> = Numbered::new(Vec::new(), 10);
        assert_eq!((empty.lines().len(), empty.told()), (0, "nothing to choose".to_owned()));
    }

    #[test]
    fn a_text_is_read_on() {
        let mut text = Reading::new((0..46).map(|number| number.to_string()).collect());
        assert_eq!(text.lines().len(), LINES);
        assert!(text.go_on() && text.go_on() && !text.go_on());
        assert_eq!(text.lines(), ["40", "41", "42", "43", "44", "45"]);
        assert_eq!(text.told().unwrap(), "lines 41 to 46 of 46");
        assert_eq!(Reading::new(vec![String::new(); LINES + LAST]).told(), None);
        assert_eq!(Reading::new(vec!["one".to_owned()]).told(), None);
    }
}
