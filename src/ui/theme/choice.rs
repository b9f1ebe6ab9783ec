//! What the person chose under View for how everything looks.

use egui::Theme;
use serde::{Deserialize, Serialize};

use super::tokens::Palette;

/// What the person chose under View.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system is; light if it does not say.
    #[default]
    System,
    Light,
    Dark,
    HighContrast,
}

impl ThemeChoice {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];

    /// What the menu calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::HighContrast => "High contrast",
        }
    }

    /// The colours for this choice on a system that is, or is not, dark now.
    pub(super) const fn palette(self, system: Theme) -> Palette {
        match (self, system) {
            (Self::HighContrast, _) => Palette::HighContrast,
            (Self::Dark, _) | (Self::System, Theme::Dark) => Palette::Dark,
            (Self::Light, _) | (Self::System, Theme::Light) => Palette::Light,
        }
    }
}
