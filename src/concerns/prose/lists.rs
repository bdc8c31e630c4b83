//! Lists: marks of items, and the line that leads each list in. An item belongs to the list that its mark goes on with, and
//! a list to the line right before its first item.

/// A mark before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A dot, dash or letter o of any kind.
    Bullet(char),
    /// A figure, and what stands around it.
    Number(u32, Style),
    /// A letter, which in a list that goes so can be a Roman figure.
    Letter(char, Style),
    /// A Roman figure of several letters.
    Roman(u32, Style),
    /// None: the items of a list without marks, right after their lead-in.
    None,
}

/// What stands around a figure or letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `1.`
    Stop,
    /// `1)`
    Bracket,
    /// `(1)`
    Brackets,
}

/// A list that is open: the mark of its last item, and the sentence that leads it in.
#[derive(Debug, Clone, Copy)]
struct Open {
    last: Mark,
    lead_in: Option<usize>,
}

/// The lists that are open, the innermost last, and what the line before was.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    /// The last sentence of the line before, where it leads in what follows.
    leading: Option<usize>,
    /// Whether an empty line came since.
    gap: Gap,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Blank,
}

impl Lists {
    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.gap = Gap::Blank;
    }

    /// A line with its mark: the sentence that leads in the list that it belongs to.
    pub(super) fn enter(&mut self, mark: Mark, content: &str) -> Option<usize> {
        let gap = std::mem::take(&mut self.gap);
        if mark == Mark::None {
            return self.enter_unmarked(gap, content);
        }
        if let Some(at) = self.open.iter().rposition(|list| goes_on(list.last, mark)) {
            self.open.truncate(at + 1);
            if let Some(list) = self.open.last_mut() {
                list.last = continued(list.last, mark);
            }
        } else {
            // A list of items without marks ends where marks begin.
            if self.leading.is_none() {
                self.open.retain(|list| list.last != Mark::None);
            }
            self.open.push(Open { last: first_of(mark), lead_in: self.leading });
        }
        self.open.last().and_then(|list| list.lead_in)
    }

    fn enter_unmarked(&mut self, gap: Gap, content: &str) -> Option<usize> {
        if let Some(lead_in) = self.leading {
            self.open.push(Open { last: Mark::None, lead_in: Some(lead_in) });
            return Some(lead_in);
        }
        let goes_on = self.open.last().is_some_and(|list| list.last == Mark::None) && gap == Gap::None;
        // A paragraph of its own, or a heading, ends every list.
        if goes_on && !is_paragraph(content) {
            return self.open.last().and_then(|list| list.lead_in);
        }
        self.open.clear();
        None
    }

    /// After a line, whose last sentence has a place among all: whether it leads in what follows.
    pub(super) fn leave(&mut self, content: &str, last: usize) {
        let end = content.trim_end();
        let leads = end.ends_with(':') || end.ends_with(":-") || end.ends_with(":\u{2013}") || end.ends_with(" -");
        self.leading = leads.then_some(last);
    }
}

/// Takes the mark off a line: the mark, and the rest without white space around it.
pub(super) fn split_mark(line: &str) -> (Mark, &str) {
    let line = line.trim();
    let Some(first) = line.chars().next() else { return (Mark::None, "") };
    let after = &line[first.len_utf8()..];
    let is_bullet = matches!(
        first,
        '\u{2022}' | '\u{b7}' | '\u{25cf}' | '\u{25aa}' | '\u{25e6}' | '\u{2023}' | '\u{e000}'..='\u{f8ff}'
    );
    let is_dash = matches!(first, '-' | '\u{2013}' | '\u{2014}' | '*' | '~' | '>' | 'o' | '\u{a7}');
    if is_bullet || (is_dash && after.starts_with(char::is_whitespace)) {
        return (Mark::Bullet(first), after.trim_start());
    }
    enumerated(line).unwrap_or((Mark::None, line))
}

/// Where the words of an item begin, in bytes: after its mark and the white space around it. Of a line that is none, at its
/// start.
pub fn after_mark(line: &str) -> usize {
    match split_mark(line) {
        (Mark::None, _) => 0,
        (_, content) => line.trim_end().len() - content.len(),
    }
}

/// `1.`, `1)`, `(1)`, and the same with a letter or a Roman figure.
fn enumerated(line: &str) -> Option<(Mark, &str)> {
    let inner = line.strip_prefix('(');
    let start = inner.unwrap_or(line);
    let end = start.find(|letter: char| !letter.is_ascii_alphanumeric())?;
    let (label, rest) = start.split_at(end);
    let style = match (inner.is_some(), rest.chars().next()?) {
        (true, ')') => Style::Brackets,
        (false, ')') => Style::Bracket,
        (false, '.') => Style::Stop,
        _ => return None,
    };
    let rest = &rest[1..];
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    Some((mark_of(label, style)?, rest.trim_start()))
}

fn mark_of(label: &str, style: Style) -> Option<Mark> {
    if label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Mark::Number(label.parse().ok()?, style));
    }
    let lower = label.to_ascii_lowercase();
    let mut letters = lower.chars();
    match (letters.next()?, letters.next()) {
        (letter, None) if letter.is_ascii_lowercase() => Some(Mark::Letter(letter, style)),
        _ => Some(Mark::Roman(roman(&lower)?, style)),
    }
}

/// A Roman figure up to twenty.
fn roman(label: &str) -> Option<u32> {
    const FIGURES: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    let at = FIGURES.iter().position(|figure| *figure == label)?;
    u32::try_from(at + 1).ok()
}

/// Whether a mark goes on with the list whose last item has another.
fn goes_on(last: Mark, mark: Mark) -> bool {
    match (last, mark) {
        (Mark::Bullet(one), Mark::Bullet(other)) => one == other,
        (Mark::Number(_, one), Mark::Number(number, other)) => one == other && number != 1,
        (Mark::Letter(letter, one), Mark::Letter(next, other)) => {
            one == other && u32::from(next) > u32::from(letter) && u32::from(next) <= u32::from(letter) + 2
        }
        (Mark::Roman(number, one), Mark::Roman(next, other)) => one == other && next > number,
        (Mark::Roman(number, one), Mark::Letter(letter, other)) => {
            one == other && roman(letter.encode_utf8(&mut [0; 4])).is_some_and(|next| next > number)
        }
        _ => false,
    }
}

/// The mark by which a list that goes on is known from now on.
fn continued(last: Mark, mark: Mark) -> Mark {
    match (last, mark) {
        (Mark::Roman(..), Mark::Letter(letter, style)) => {
            roman(letter.encode_utf8(&mut [0; 4])).map_or(mark, |number| Mark::Roman(number, style))
        }
        _ => mark,
    }
}

/// The mark of a list's first item: a letter i that begins a list is a Roman figure.
fn first_of(mark: Mark) -> Mark {
    match mark {
        Mark::Letter('i', style) => Mark::Roman(1, style),
        other => other,
    }
}

/// Whether a line can belong to a list that was led in before the line above it.
pub(in crate::concerns) fn is_item(line: &str) -> bool {
    let (mark, content) = split_mark(line);
    mark != Mark::None || !is_paragraph(content)
}

/// Whether a line without a mark is more than an item: it holds several sentences.
fn is_paragraph(content: &str) -> bool {
    super::sentences::split(content).len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off() {
        let table = [
            ("•\tone", Mark::Bullet('•'), "one"),
            ("\u{f0b7} one", Mark::Bullet('\u{f0b7}'), "one"),
            ("- one", Mark::Bullet('-'), "one"),
            ("o one", Mark::Bullet('o'), "one"),
            ("of one", Mark::None, "of one"),
            ("-one", Mark::None, "-one"),
            ("1. one", Mark::Number(1, Style::Stop), "one"),
            ("12) one", Mark::Number(12, Style::Bracket), "one"),
            ("(a) one", Mark::Letter('a', Style::Brackets), "one"),
            ("iv. one", Mark::Roman(4, Style::Stop), "one"),
            ("2016. One", Mark::None, "2016. One"),
            ("(HES) one", Mark::None, "(HES) one"),
            ("1.5 one", Mark::None, "1.5 one"),
            ("", Mark::None, ""),
        ];
        for (line, mark, content) in table {
            assert_eq!(split_mark(line), (mark, content), "{line}");
        }
    }

    /// Which line leads each line in.
    fn leads(lines: &[&str]) -> Vec<Option<usize>> {
        let mut lists = Lists::default();
        let mut leads = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let (mark, content) = split_mark(line);
            if content.is_empty() {
                lists.blank();
                leads.push(None);
                continue;
            }
            leads.push(lists.enter(mark, content));
            lists.leave(content, at);
        }
        leads
    }

    #[test]
    fn a_list_belongs_to_the_line_right_before_it() {
        assert_eq!(
            leads(&["It may:", "• a", "", "• b", "It must not:", "• c", "A line.", "• d"]),
            [None, Some(0), None, Some(0), None, Some(4), None, None]
        );
        // The last line that ended in a colon leads only its own list in.
        assert_eq!(
            leads(&["Not:", "1. a, as:", "o x", "o y", "2. b", "3. c"]),
            [None, Some(0), Some(1), Some(1), Some(0), Some(0)]
        );
        assert_eq!(leads(&["So:", "(a) x:", "(i) y", "(ii) z", "(b) w"]), [None, Some(0), Some(1), Some(1), Some(0)]);
        assert_eq!(leads(&["So:", "g) x", "h) y", "i) z", "j) w"]), [None, Some(0), Some(0), Some(0), Some(0)]);
    }

    #[test]
    fn items_without_marks_end_at_an_empty_line_or_a_paragraph() {
        assert_eq!(leads(&["Not for:", "sales", "insurance", "", "They sell."]), [None, Some(0), Some(0), None, None]);
        assert_eq!(leads(&["Not for:", "sales", "It is so. It stays so."]), [None, Some(0), None]);
    }
}
