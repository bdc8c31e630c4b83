//! The only place that names a colour: what each role looks like, in the terminal's own colours, in those of a theme or in
//! none, in Unicode or ASCII. Nothing has its meaning by colour alone: what matters is bold, underlined or reversed too, or
//! has a sign.

use ratatui::style::{Color, Modifier, Style};

pub use crate::text::Characters;

use crate::concerns::Severity;

/// Which colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// The terminal's own sixteen, which fit its light or dark ground.
    Sixteen,
    /// Dark text on white, whatever the terminal's ground is.
    Light,
    /// Light text on dark grey.
    Dark,
    /// White and bright colours on black, seven times as bright or more.
    HighContrast,
    /// None: bold, underlined and reversed text only.
    None,
}

/// The names of the themes, as a user writes them.
pub const NAMES: [(&str, Colours); 5] = [
    ("terminal", Colours::Sixteen),
    ("light", Colours::Light),
    ("dark", Colours::Dark),
    ("high-contrast", Colours::HighContrast),
    ("mono", Colours::None),
];

/// The colours of a theme that has its own ground, by their numbers among the 256: terminals change the first sixteen, and
/// these look alike everywhere.
#[derive(Debug, Clone, Copy)]
struct Inks {
    ground: u8,
    text: u8,
    quiet: u8,
    /// Headings and keys.
    leading: u8,
    /// What matched, and concerns of medium weight.
    matched: u8,
    /// What was taken out, what is wrong, and concerns of high weight.
    grave: u8,
    note: u8,
    /// What was put in, and what the program says.
    good: u8,
}

const LIGHT: Inks =
    Inks { ground: 231, text: 234, quiet: 240, leading: 24, matched: 94, grave: 124, note: 25, good: 22 };
const DARK: Inks =
    Inks { ground: 234, text: 252, quiet: 247, leading: 117, matched: 221, grave: 210, note: 111, good: 114 };
const HIGH_CONTRAST: Inks =
    Inks { ground: 16, text: 231, quiet: 252, leading: 51, matched: 226, grave: 217, note: 153, good: 120 };

impl Colours {
    /// Those of a theme, by its name.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, colours)| *colours)
    }

    /// The name of the theme.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, colours)| *colours == self).map_or("", |(name, _)| name)
    }

    /// The next theme, and after the last one the first.
    #[must_use]
    pub fn next(self) -> Self {
        let after = NAMES.iter().skip_while(|(_, colours)| *colours != self).nth(1);
        after.map_or(NAMES[0].1, |(_, colours)| *colours)
    }

    /// The colours of its own that a theme has.
    fn inks(self) -> Option<Inks> {
        match self {
            Self::Light => Some(LIGHT),
            Self::Dark => Some(DARK),
            Self::HighContrast => Some(HIGH_CONTRAST),
            Self::Sixteen | Self::None => None,
        }
    }
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
        match (self.colours, self.colours.inks()) {
            (_, Some(inks)) => inked(role, inks),
            (Colours::None, _) => plain(role),
            _ => coloured(role),
        }
    }

    /// The style of a role on a bar or in a selected row, which is of one colour from end to end: only weight and lines
    /// differ there.
    pub fn style_on(self, bar: Role, role: Role) -> Style {
        let own = self.style(role).add_modifier.difference(Modifier::DIM);
        self.style(bar).add_modifier(own)
    }

    /// What lies below everything: the terminal's own ground, or that of the theme.
    pub fn ground(self) -> Style {
        self.colours
            .inks()
            .map_or_else(Style::new, |inks| Style::new().fg(Color::Indexed(inks.text)).bg(Color::Indexed(inks.ground)))
    }

    /// The mark where text was cut.
    pub fn cut(self) -> &'static str {
        self.pick("…", "...")
    }

    /// What stands between a thing and what it becomes.
    pub fn becomes(self) -> &'static str {
        self.pick("→", "->")
    }

    /// What stands around letters that are offered behind those that one types: nothing where their colour tells them apart.
    pub fn around_offered(self) -> [&'static str; 2] {
        match self.colours {
            Colours::None => ["[", "]"],
            _ => ["", ""],
        }
    }

    /// What stands between two things on a line.
    pub fn dot(self) -> &'static str {
        self.pick(" · ", " - ")
    }

    /// The mark of the selected project or the concern that one is at.
    pub fn pointer(self) -> &'static str {
        ">"
    }

    /// What a scroll bar is drawn with: its length, the part that is on the screen, and a match in either of them. Four signs,
    /// so that they are told apart without colour.
    pub fn scroll_bar(self) -> [&'static str; 4] {
        [self.pick("╎", "|"), self.pick("▐", "#"), self.pick("◂", "<"), self.pick("◀", "*")]
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

/// The same in a theme's own colours; nothing is dimmed, which terminals do as they like.
fn inked(role: Role, inks: Inks) -> Style {
    let ink = match role {
        Role::Plain | Role::Strong | Role::Bar | Role::QuietBar | Role::Selected | Role::CurrentMatch => None,
        Role::Quiet | Role::Label => Some(inks.quiet),
        Role::Heading | Role::Key => Some(inks.leading),
        Role::Match | Role::Weight(Severity::Medium) => Some(inks.matched),
        Role::Weight(Severity::High) | Role::Removed | Role::Trouble => Some(inks.grave),
        Role::Weight(Severity::Note) => Some(inks.note),
        Role::Added | Role::Notice => Some(inks.good),
    };
    let style = match role {
        Role::Removed => Style::new().add_modifier(Modifier::CROSSED_OUT),
        _ => plain(role),
    };
    ink.map_or(style, |ink| style.fg(Color::Indexed(ink)))
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

    const ROLES: [Role; 18] = [
        Role::Plain,
        Role::Strong,
        Role::Quiet,
        Role::Label,
        Role::Heading,
        Role::Bar,
        Role::QuietBar,
        Role::Selected,
        Role::Match,
        Role::CurrentMatch,
        Role::Weight(Severity::High),
        Role::Weight(Severity::Medium),
        Role::Weight(Severity::Note),
        Role::Key,
        Role::Removed,
        Role::Added,
        Role::Notice,
        Role::Trouble,
    ];

    /// Those that stand out by more than a sign in the text.
    const STANDING_OUT: [Role; 10] = [
        Role::Strong,
        Role::Heading,
        Role::Bar,
        Role::QuietBar,
        Role::Selected,
        Role::Match,
        Role::CurrentMatch,
        Role::Weight(Severity::High),
        Role::Added,
        Role::Trouble,
    ];

    fn themes() -> impl Iterator<Item = Theme> {
        NAMES.into_iter().map(|(_, colours)| Theme { colours, characters: Characters::Ascii })
    }

    #[test]
    fn in_every_theme_what_matters_stands_out_without_its_colour() {
        for theme in themes() {
            for role in STANDING_OUT {
                assert!(!theme.style(role).add_modifier.is_empty(), "{role:?} in {}", theme.colours.name());
            }
            let modifiers = |role| theme.style(role).add_modifier;
            assert_ne!(modifiers(Role::Match), modifiers(Role::CurrentMatch));
            assert_ne!(modifiers(Role::Bar), modifiers(Role::QuietBar));
            assert!(theme.cut().is_ascii() && theme.dot().is_ascii() && theme.becomes().is_ascii());
            assert!(theme.pointer().is_ascii() && theme.scroll_bar().iter().all(|sign| sign.is_ascii()));
        }
        let mono = Theme { colours: Colours::None, characters: Characters::Ascii };
        for role in ROLES {
            assert_eq!((mono.style(role).fg, mono.style(role).bg), (None, None), "{role:?}");
        }
        assert_eq!(mono.ground(), Style::new());
    }

    #[test]
    fn every_colour_of_a_theme_can_be_read_on_its_ground() {
        for (name, colours, least) in [
            ("light", Colours::Light, 4.5),
            ("dark", Colours::Dark, 4.5),
            ("high-contrast", Colours::HighContrast, 7.0),
        ] {
            assert_eq!((Colours::named(name), colours.name()), (Some(colours), name));
            let theme = Theme { colours, characters: Characters::Unicode };
            let ground = theme.ground();
            for role in ROLES {
                let style = ground.patch(theme.style(role));
                assert!(!style.add_modifier.contains(Modifier::DIM), "{role:?} in {name}");
                // Reversed the two change places, and stand as far apart.
                let contrast = contrast(style.fg.unwrap(), style.bg.unwrap());
                assert!(contrast >= least, "{role:?} in {name}: {contrast:.2}");
            }
        }
        assert!((contrast(Color::Indexed(231), Color::Indexed(16)) - 21.0).abs() < 0.01);
    }

    #[test]
    fn a_selected_row_is_of_one_colour() {
        for theme in themes() {
            let selected = theme.style(Role::Selected);
            for role in ROLES {
                let style = theme.style_on(Role::Selected, role);
                assert_eq!((style.fg, style.bg), (selected.fg, selected.bg));
                assert!(
                    style.add_modifier.contains(selected.add_modifier) && !style.add_modifier.contains(Modifier::DIM)
                );
            }
        }
    }

    /// How far apart two colours are, as the Web Content Accessibility Guidelines measure it.
    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(colour: Color) -> f64 {
        let Color::Indexed(number) = colour else { panic!("{colour:?} has no fixed value") };
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = values(number).map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Red, green and blue of a colour beyond the first sixteen.
    fn values(number: u8) -> [u8; 3] {
        assert!(number >= 16, "terminals change the first sixteen");
        if number >= 232 {
            return [8 + 10 * (number - 232); 3];
        }
        let levels = [0, 95, 135, 175, 215, 255];
        let cube = usize::from(number - 16);
        [cube / 36, cube / 6 % 6, cube % 6].map(|at| levels[at])
    }
}
