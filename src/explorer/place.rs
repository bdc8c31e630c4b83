//! Where a key is pressed.

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the search line.
    Query,
    /// In the list of projects.
    List,
    /// In a list of projects that one came to from elsewhere, so that going back leads there.
    Led,
    /// Among the facets of what is found.
    Facets,
    /// At home.
    Home,
    /// In a list of something else than projects.
    Sheet,
    /// At one organisation or dataset.
    Named,
    /// Among organisations by datasets.
    Grid,
    /// In a project.
    Detail,
    /// In a change.
    Change,
    /// In the line on which a reason or a name is asked for.
    Answer,
    /// In the help.
    Help,
    /// In the list of all actions.
    Palette,
    /// On a screen that is too small to show anything.
    Cramped,
}

impl Place {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Query,
        Self::Home,
        Self::List,
        Self::Led,
        Self::Facets,
        Self::Sheet,
        Self::Named,
        Self::Grid,
        Self::Detail,
        Self::Change,
        Self::Answer,
        Self::Help,
        Self::Palette,
        Self::Cramped,
    ];

    /// Whether letters are text there.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Query | Self::Answer | Self::Palette)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "the search line",
            Self::List | Self::Led => "a list of projects",
            Self::Facets => "the values to choose from",
            Self::Home => "home",
            Self::Sheet => "the other lists",
            Self::Named => "an organisation or dataset",
            Self::Grid => "the table of organisations by datasets",
            Self::Detail => "a project",
            Self::Change => "a change or rule",
            Self::Answer => "the line that asks for a reason or a name",
            Self::Help => "the help",
            Self::Palette => "this list of actions",
            Self::Cramped => "a screen that is too small",
        }
    }
}
