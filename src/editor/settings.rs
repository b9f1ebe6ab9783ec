//! What the program remembers of one user between two starts.

use super::selection::Zoom;

/// A theme as chosen under View.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ThemeName {
    /// As the computer says; light if it says nothing.
    #[default]
    System,
    Light,
    Dark,
    HighContrast,
}

/// How the window is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Colours.
    pub theme: ThemeName,
    /// Slot length.
    pub zoom: Zoom,
    /// The list of people is shown.
    pub people_panel: bool,
    /// The list of problems is shown.
    pub problems_panel: bool,
    /// Who declined is shown in the grid.
    pub show_declined: bool,
    /// Size of everything, in per cent.
    pub text_percent: u16,
    /// How wide the list of people was dragged, in points; as wide as usual if it never was.
    pub people_width: Option<u16>,
    /// The same of the panel at the right.
    pub right_width: Option<u16>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::System,
            zoom: Zoom::Hour,
            people_panel: true,
            problems_panel: true,
            show_declined: true,
            text_percent: 100,
            people_width: None,
            right_width: None,
        }
    }
}

/// The sizes that Larger and Smaller go through.
pub const TEXT_PERCENTS: [u16; 9] = [80, 90, 100, 110, 125, 150, 175, 200, 250];

impl Settings {
    /// The next size up or down; the same at either end.
    pub fn text_percent_after(&self, larger: bool) -> u16 {
        let next = if larger {
            TEXT_PERCENTS.into_iter().find(|p| *p > self.text_percent)
        } else {
            TEXT_PERCENTS.into_iter().rev().find(|p| *p < self.text_percent)
        };
        next.unwrap_or(self.text_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_and_shrinks_between_two_ends() {
        let mut settings = Settings::default();
        for _ in 0..20 {
            settings.text_percent = settings.text_percent_after(true);
        }
        assert_eq!(settings.text_percent, 250);
        settings.text_percent = settings.text_percent_after(false);
        assert_eq!(settings.text_percent, 200);
    }
}
