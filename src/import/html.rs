//! What a saved page shows: its text in lines, as a reader sees them. Only the tokenizer of html5ever is used: no tree is
//! built, and a tag of very many attributes, which the tokenizer compares with one another, is refused ([`attributes`]). So
//! nothing in a page can make reading it slow.

mod attributes;

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::page::{self, ShownLine};
use attributes::{MOST, OpenTag, pieces};

/// Elements that begin and end a line. Cells of a table stay on the line of their row.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// Elements whose content is not shown.
const HIDDEN: [&str; 6] = ["script", "style", "template", "noscript", "svg", "head"];

/// The longest term, in bytes, that what is said of it is put beside; the labels of pages are a few words.
const LONGEST_TERM: usize = 400;

/// Elements that stand apart from their neighbours on the same line.
const CELLS: [&str; 2] = ["td", "th"];

/// The lines that a page in HTML shows, each with the number of the line of the file that it begins on. An item of a
/// list has a mark before it.
///
/// # Errors
/// Where a tag has more attributes than any page's.
pub(super) fn shown_lines(html: &str) -> Result<Vec<ShownLine>, String> {
    let input = BufferQueue::default();
    let tokenizer = Tokenizer::new(Lines::default(), TokenizerOpts::default());
    let (mut open, mut read) = (OpenTag::default(), 0);
    for piece in pieces(html) {
        let tokens = tokenizer.sink.tokens.get();
        input.push_back(StrTendril::from(piece));
        while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&input) {}
        if tokenizer.sink.tokens.get() > tokens {
            open = OpenTag::default();
        } else if open.take(piece) > MOST {
            let line = html[..read].matches('\n').count() + 1;
            return Err(format!("line {line} has a tag with more than {MOST} attributes, which no saved page has"));
        }
        read += piece.len();
    }
    tokenizer.end();
    let mut shown = tokenizer.sink.shown.into_inner();
    shown.end_line();
    if let Some(last) = shown.lines.last_mut() {
        last.is_cut = shown.is_open;
    }
    Ok(shown.lines)
}

/// The sink of the tokenizer, which is given shared.
#[derive(Default)]
struct Lines {
    shown: RefCell<Shown>,
    /// How many tokens have come; what is wrong with the markup is none.
    tokens: Cell<u64>,
}

/// The lines while they are being made.
#[derive(Default)]
struct Shown {
    lines: Vec<ShownLine>,
    current: String,
    begun: u32,
    /// What is open and not shown, outermost first.
    hidden: Vec<&'static str>,
    /// How many of each of [`HIDDEN`] are open.
    hiding: [usize; HIDDEN.len()],
    preformatted: usize,
    /// Whether the page was opened and not closed again: browsers save whole pages, so its end is missing.
    is_open: bool,
    /// How many lines there were when a term of a list of terms ended; 0 where none has.
    term: usize,
}

impl TokenSink for Lines {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let mut shown = self.shown.borrow_mut();
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        match token {
            Token::CharacterTokens(text) => shown.text(&text, line),
            Token::TagToken(tag) => return shown.tag(&tag, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Shown {
    fn tag(&mut self, tag: &Tag, line: u32) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == StartTag;
        if HIDDEN.contains(&name) {
            self.hide(name, opens && !tag.self_closing);
        }
        if name == "html" {
            self.is_open = opens;
        }
        if name == "body" && opens {
            // A head need not be closed.
            self.hide("head", false);
        }
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match (name, opens) {
            ("dt", false) => self.term = self.lines.len(),
            ("dd", true) => self.join_to_term(),
            ("li", true) => self.text("- ", line),
            ("pre", true) => self.preformatted += 1,
            ("pre", false) => self.preformatted = self.preformatted.saturating_sub(1),
            _ if CELLS.contains(&name) && page::stands_alone(&self.current) => self.end_line(),
            _ if CELLS.contains(&name) => self.text(" ", line),
            _ => {}
        }
        match (name, opens) {
            ("script", true) => TokenSinkResult::RawData(RawKind::ScriptData),
            ("style", true) => TokenSinkResult::RawData(RawKind::Rawtext),
            ("title" | "textarea", true) => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Opens or closes what is not shown. What was not opened closes nothing; a body ends a head that was left open.
    fn hide(&mut self, name: &str, opens: bool) {
        let Some(kind) = HIDDEN.iter().position(|hidden| *hidden == name) else { return };
        if opens {
            self.hidden.push(HIDDEN[kind]);
            self.hiding[kind] += 1;
        }
        // What is not open is looked for nowhere: there may be millions.
        while !opens && self.hiding[kind] > 0 {
            let Some(closed) = self.hidden.pop() else { break };
            let at = HIDDEN.iter().position(|hidden| *hidden == closed).unwrap_or(kind);
            self.hiding[at] -= 1;
            if at == kind {
                break;
            }
        }
    }

    /// What is said of a term goes on its line, as in pages saved as text, unless the term is a label that has a line of
    /// its own there.
    fn join_to_term(&mut self) {
        let is_beside = self.term == self.lines.len() && self.current.is_empty();
        if let Some(term) = self.lines.pop_if(|term| is_beside && is_term(&term.text)) {
            self.begun = term.number;
            self.current = term.text + " ";
        }
        self.term = 0;
    }

    /// Takes a piece of text that ends on a line of the file.
    fn text(&mut self, text: &str, ends_on: u32) {
        if !self.hidden.is_empty() {
            return;
        }
        let ends_of_lines = text.chars().filter(|letter| *letter == '\n').count();
        let mut line = ends_on.saturating_sub(u32::try_from(ends_of_lines).unwrap_or(u32::MAX));
        for letter in text.chars() {
            line += u32::from(letter == '\n');
            if letter == '\n' && self.preformatted > 0 {
                self.end_line();
                continue;
            }
            let is_space = letter.is_ascii_whitespace();
            if is_space && (self.current.is_empty() || self.current.ends_with(' ')) {
                continue;
            }
            if self.current.is_empty() {
                self.begun = line;
            }
            self.current.push(if is_space { ' ' } else { letter });
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.current);
        // The mark of an item whose text stands in an element of its own belongs to that.
        if text.trim() == "-" {
            "- ".clone_into(&mut self.current);
            return;
        }
        let text = text.trim_end();
        if !text.is_empty() {
            self.lines.push(ShownLine::new(self.begun, text.to_owned()));
        }
    }
}

/// Whether what is said of a term goes on its line.
fn is_term(line: &str) -> bool {
    line.len() <= LONGEST_TERM && !page::stands_alone(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        shown_lines(html).unwrap().into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn blocks_are_lines_and_items_have_marks() {
        let html = "<!DOCTYPE html><html><head><title>x</title><style>p { a: b }</style></head><body><h1>A &amp; B</h1>\
                    <p>one\n  two<br>three</p><ul><li>first</li><li><p>second</p></li></ul>\
                    <script>if (1 < 2) { '</p>' }</script><div><b>Label:</b> value</div></body></html>";
        assert_eq!(shown(html), ["A & B", "one two", "three", "- first", "- second", "Label: value"]);
    }

    #[test]
    fn rows_are_lines_and_cells_stay_apart() {
        assert_eq!(
            shown("<table><tr><th>Label:</th><td>value</td></tr><tr><td>x</td></tr></table>"),
            ["Label: value", "x"]
        );
        let terms = "<dl><dt>Sensitive:</dt><dd>No</dd><dt>Objectives:</dt><dd>Long text</dd></dl>";
        assert_eq!(shown(terms), ["Sensitive: No", "Objectives:", "Long text"]);
        assert_eq!(shown("<tr><th>Objectives:</th><td>Long text</td></tr>"), ["Objectives:", "Long text"]);
        assert_eq!(shown("<head><title>x</title><body><p>y"), ["y"]);
        assert_eq!(shown("<pre>one\ntwo</pre>"), ["one", "two"]);
        assert_eq!(shown("<p>a&nbsp;b &#8212;c"), ["a\u{a0}b \u{2014}c"]);
        // What is read for its label or its dash has plain spaces.
        assert_eq!(
            shown("<p>T&nbsp;&mdash;&nbsp;NIC-1<p>Opt&nbsp;outs&nbsp;honoured:&nbsp;No"),
            ["T \u{2014} NIC-1", "Opt outs honoured: No"]
        );
    }

    #[test]
    fn lines_know_where_they_begin() {
        let lines = shown_lines("<html>\n<body>\n<p>one</p>\n\n<p>two\nthree</p>\n").unwrap();
        let numbers: Vec<(u32, &str)> = lines.iter().map(|line| (line.number, line.text.as_str())).collect();
        assert_eq!(numbers, [(3, "one"), (5, "two three")]);
    }

    #[test]
    fn tags_end_where_they_were_hidden_however_they_are_nested() {
        assert_eq!(shown("<svg><style>a</style>b</svg>c"), ["c"]);
        assert_eq!(shown("<svg><noscript>a</svg>b</noscript>c"), ["bc"]);
        assert_eq!(shown("</svg><svg>a<svg>b</svg>c</svg></svg>d"), ["d"]);
    }

    #[test]
    fn a_tag_of_very_many_attributes_is_refused_and_long_ones_are_not() {
        let attributes = |count: usize| " a='1 2'".repeat(count);
        assert_eq!(shown(&format!("<p{}>one</p>", attributes(400))), ["one"]);
        let refused = shown_lines(&format!("<p>one</p>\n<p{}>two</p>", attributes(2000))).unwrap_err();
        assert!(refused.starts_with("line 2 has a tag with more than"), "{refused}");
        let image = format!("<img alt = 'a b' src=\"data:image/png;base64,{}\">one", "a/b = ' ".repeat(10_000));
        assert_eq!(shown(&image), ["one"]);
        assert_eq!(shown(&format!("<!-- <a{} -->one", attributes(2000))), ["one"]);
        assert_eq!(shown(&format!("<script>if (a <b{}) {{}}</script>one", attributes(2000))), ["one"]);
    }

    proptest::proptest! {
        #[test]
        fn no_markup_breaks_it(html in "(<[a-z/!]{0,8}>?|[a-z &;#<>\"'=-]{0,6}|\n){0,60}") {
            let _ = shown_lines(&html);
        }
    }
}
