//! The icons by name: one font, Phosphor Regular, cut down to these. An icon never stands alone for a status.

use egui::{Align2, Color32, Painter, Pos2, RichText};

use super::theme::icon_font;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $char:literal;)*) => {
        $($(#[$doc])* pub const $name: char = $char;)*

        #[cfg(test)]
        const ALL: &[(&str, char)] = &[$((stringify!($name), $char)),*];
    };
}

icons! {
    /// Fill down.
    ARROW_DOWN = '\u{e03e}';
    /// Go there, fill right.
    ARROW_RIGHT = '\u{e06c}';
    /// Undo.
    ARROW_U_UP_LEFT = '\u{e08a}';
    /// Redo.
    ARROW_U_UP_RIGHT = '\u{e08c}';
    /// Change the time.
    ARROWS_LEFT_RIGHT = '\u{e0a0}';
    /// Duty elsewhere.
    BRIEFCASE = '\u{e0ee}';
    /// Dates.
    CALENDAR_BLANK = '\u{e10a}';
    /// A session running.
    CALENDAR_CHECK = '\u{e712}';
    /// A session postponed.
    CALENDAR_X = '\u{e10c}';
    /// Unfolded; opens a list.
    CARET_DOWN = '\u{e136}';
    /// Folded.
    CARET_RIGHT = '\u{e13a}';
    CARET_UP = '\u{e13c}';
    /// Chosen in a menu.
    CHECK = '\u{e182}';
    /// Paste.
    CLIPBOARD = '\u{e196}';
    /// A session in a person’s row.
    CLIPBOARD_TEXT = '\u{e198}';
    COPY = '\u{e1ca}';
    /// More.
    DOTS_THREE = '\u{e1fe}';
    /// View only.
    EYE = '\u{e220}';
    /// Empty rota, new.
    FILE_PLUS = '\u{e236}';
    /// An example.
    FILE_TEXT = '\u{e23a}';
    /// Saved, save.
    FLOPPY_DISK = '\u{e248}';
    FOLDER_OPEN = '\u{e256}';
    /// Filter.
    FUNNEL = '\u{e266}';
    /// Properties.
    GEAR_SIX = '\u{e272}';
    /// A session to postpone.
    HOURGLASS_MEDIUM = '\u{e2b8}';
    /// About.
    INFO = '\u{e2ce}';
    /// Keys.
    KEYBOARD = '\u{e2d8}';
    /// All actions.
    LIST = '\u{e2f0}';
    /// Locked.
    LOCK_SIMPLE = '\u{e308}';
    /// Suggest cover, a proposal.
    MAGIC_WAND = '\u{e6b6}';
    /// Find.
    MAGNIFYING_GLASS = '\u{e30c}';
    /// On call or night.
    MOON = '\u{e330}';
    /// Edit details.
    NOTE_PENCIL = '\u{e34c}';
    /// Asked.
    PHONE = '\u{e3b8}';
    /// Add.
    PLUS = '\u{e3d4}';
    /// Not available, refused.
    PROHIBIT = '\u{e3de}';
    /// Not known, help.
    QUESTION = '\u{e3e8}';
    /// Cut.
    SCISSORS = '\u{eae0}';
    /// Proven.
    SEAL_CHECK = '\u{e606}';
    /// A protected session.
    SHIELD_STAR = '\u{ec34}';
    /// Swap two people.
    SWAP = '\u{e83c}';
    /// Clear, remove.
    TRASH = '\u{e4a6}';
    /// A person.
    USER = '\u{e4c2}';
    /// Add a person.
    USER_PLUS = '\u{e4d0}';
    /// People.
    USERS = '\u{e4d6}';
    /// Close.
    X = '\u{e4f6}';
}

/// Size of an icon in a block.
pub const IN_BLOCK: f32 = 14.0;
/// Size of an icon in a row, a button or a menu.
pub const IN_ROW: f32 = 16.0;
/// Size of an icon in a panel's head.
pub const IN_HEAD: f32 = 18.0;

/// An icon as text, for egui's own widgets.
pub fn rich(icon: char, size: f32) -> RichText {
    RichText::new(icon).font(icon_font(size))
}

/// Paints an icon around `center`.
pub fn paint(painter: &Painter, center: Pos2, icon: char, size: f32, colour: Color32) {
    painter.text(center, Align2::CENTER_CENTER, icon, icon_font(size), colour);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme;
    use egui::epaint::{TextOptions, text::Fonts};

    #[test]
    fn every_icon_is_in_the_font_and_none_is_there_twice() {
        let mut fonts = Fonts::new(TextOptions::default(), theme::fonts());
        for (name, icon) in ALL {
            assert!(fonts.has_glyph(&icon_font(IN_ROW), *icon), "{name} is not in Phosphor.ttf");
            assert_eq!(ALL.iter().filter(|(_, other)| other == icon).count(), 1, "{name} is there twice");
        }
    }
}
