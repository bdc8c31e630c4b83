//! The way that led to what is shown, before its heading.

use crate::explorer::theme::Theme;
use crate::text;

/// What stands between two steps.
const STEP: &str = " > ";

/// A heading after the steps that led to it, as many as there is room for: the first ones give way.
pub(super) fn led(trail: &[&str], heading: &str, theme: Theme, room: usize) -> String {
    if heading.is_empty() {
        // It is not known yet.
        return String::new();
    }
    let whole = |from: usize| {
        let cut = (from > 0).then_some(theme.cut());
        let steps = cut.into_iter().chain(trail[from..].iter().copied()).chain(std::iter::once(heading));
        steps.collect::<Vec<_>>().join(STEP)
    };
    let fitting = (0..=trail.len()).map(whole).find(|led| text::width(led) <= room);
    fitting.unwrap_or_else(|| heading.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::theme::{Characters, Colours};

    #[test]
    fn the_first_steps_give_way() {
        let theme = Theme { colours: Colours::None, characters: Characters::Unicode };
        let led = |room| led(&["Organisations", "IMS HEALTH LTD"], "HES APC", theme, room);
        assert_eq!(led(40), "Organisations > IMS HEALTH LTD > HES APC");
        assert_eq!(led(39), "… > IMS HEALTH LTD > HES APC");
        assert_eq!(led(20), "… > HES APC");
        assert_eq!(led(9), "HES APC");
    }
}
