//! The only place that names a colour: what each role looks like, with 16 colours or none, in Unicode or ASCII.

use ratatui::style::{Color, Modifier, Style};

pub use crate::text::Characters;

use crate::concerns::Severity;

/// Which colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// The terminal's own sixteen, which fit its light or dark ground.
    Sixteen,
    /// None: bold, underlined and reversed text only.
    None,
}

/// How things look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Colours.
    pub colours: Colours,
    /// Characters.
    pub characters: Characters,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Plain text.
    Plain,
    /// A name or title.
    Strong,
    /// Something beside the point.
    Quiet,
    /// The name of a field.
    Label,
    /// The heading of a section.
    Heading,
    /// The bar above a part of the screen that has the keys.
    Bar,
    /// The bar above a part that has not.
    QuietBar,
    /// The selected project.
    Selected,
    /// What matched.
    Match,
    /// The match that one is at.
    CurrentMatch,
    /// A concern's weight.
    Weight(Severity),
    /// The name of a key.
    Key,
    /// Words that were taken out; they stand between `[-` and `-]`.
    Removed,
    /// Words that were put in; they stand between `{+` and `+}`.
    Added,
    /// What the program says.
    Notice,
    /// A part of a query that could not be read.
    Trouble,
}

impl Theme {
    /// The style of a role.
    pub fn style(self, role: Role) -> Style {
        match self.colours {
            Colours::Sixteen => coloured(role),
            Colours::None => plain(role),
        }
    }

    /// The mark where text was cut.
    pub fn cut(self) -> &'static str {
        self.pick("…", "...")
    }

    /// What stands between a thing and what it becomes.
    pub fn becomes(self) -> &'static str {
        self.pick("→", "->")
    }

    /// What stands between two things on a line.
    pub fn dot(self) -> &'static str {
        self.pick(" · ", " - ")
    }

    /// The mark of the selected project or the concern that one is at.
    pub fn pointer(self) -> &'static str {
        ">"
    }

    fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self.characters {
            Characters::Unicode => unicode,
            Characters::Ascii => ascii,
        }
    }
}

fn coloured(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Plain => style,
        Role::Strong => style.add_modifier(Modifier::BOLD),
        Role::Quiet | Role::Label => style.add_modifier(Modifier::DIM),
        Role::Heading => style.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Bar | Role::Selected | Role::CurrentMatch => style.add_modifier(Modifier::REVERSED),
        Role::QuietBar => style.add_modifier(Modifier::UNDERLINED),
        Role::Match => style.fg(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Weight(Severity::High) => style.fg(Color::Red).add_modifier(Modifier::BOLD),
        Role::Weight(Severity::Medium) => style.fg(Color::Yellow),
        Role::Weight(Severity::Note) => style.fg(Color::Blue),
        Role::Key => style.fg(Color::Cyan),
        Role::Removed => style.fg(Color::Red).add_modifier(Modifier::CROSSED_OUT),
        Role::Added => style.fg(Color::Green).add_modifier(Modifier::BOLD),
        Role::Notice => style.fg(Color::Green),
        Role::Trouble => style.fg(Color::Red).add_modifier(Modifier::UNDERLINED),
    }
}

fn plain(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Plain | Role::Quiet | Role::Label | Role::Notice | Role::Removed | Role::Weight(Severity::Note) => style,
        Role::Strong | Role::Heading | Role::Key | Role::Added | Role::Weight(_) => style.add_modifier(Modifier::BOLD),
        Role::Bar | Role::Selected | Role::CurrentMatch => style.add_modifier(Modifier::REVERSED),
        Role::QuietBar | Role::Trouble => style.add_modifier(Modifier::UNDERLINED),
        Role::Match => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_what_matters_still_stands_out() {
        let theme = Theme { colours: Colours::None, characters: Characters::Ascii };
        for role in [Role::Selected, Role::Match, Role::CurrentMatch, Role::Trouble, Role::Weight(Severity::High)] {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None));
            assert!(!style.add_modifier.is_empty(), "{role:?}");
        }
        assert_ne!(theme.style(Role::Match), theme.style(Role::CurrentMatch));
        assert!(theme.cut().is_ascii() && theme.dot().is_ascii() && theme.pointer().is_ascii());
    }
}
