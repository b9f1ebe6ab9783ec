//! Keys and shortcuts as the registry writes them: no window system is known here.

use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A letter (written in capitals), digit or sign.
    Char(char),
    /// A function key.
    F(u8),
    /// The space bar.
    Space,
    Delete,
    Backspace,
    PageUp,
    PageDown,
}

/// Where a shortcut is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Everywhere, also while typing.
    Everywhere,
    /// In the Posts grid and the People view.
    Grid,
    /// In the Sessions view.
    Sessions,
    /// In the grid and in lists, not while typing.
    Lists,
}

/// A key with what is held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shortcut {
    /// Ctrl; Command on macOS.
    pub command: bool,
    pub shift: bool,
    pub key: Key,
    /// Where it is heard.
    pub place: Where,
}

impl Shortcut {
    /// The key alone, everywhere.
    pub const fn plain(key: Key) -> Self {
        Self { command: false, shift: false, key, place: Where::Everywhere }
    }

    /// The key with Ctrl, or Command on macOS.
    pub const fn command(key: Key) -> Self {
        Self { command: true, ..Self::plain(key) }
    }

    /// With Shift too.
    pub const fn shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// Heard only there.
    pub const fn only(self, place: Where) -> Self {
        Self { place, ..self }
    }

    /// Whether the two could be meant by one press.
    #[cfg(test)]
    pub fn clashes(&self, other: &Self) -> bool {
        let are_apart =
            matches!((self.place, other.place), (Where::Grid, Where::Sessions) | (Where::Sessions, Where::Grid));
        (self.command, self.shift, self.key) == (other.command, other.shift, other.key) && !are_apart
    }

    /// As menus write it: `Ctrl+Shift+S`, or `⇧⌘S` on macOS.
    pub fn text(&self, mac: bool) -> String {
        let mut text = String::new();
        if mac {
            text.push_str(if self.shift { "⇧" } else { "" });
            text.push_str(if self.command { "⌘" } else { "" });
        } else {
            text.push_str(if self.command { "Ctrl+" } else { "" });
            text.push_str(if self.shift { "Shift+" } else { "" });
        }
        let _ = match self.key {
            Key::Char('-') => write!(text, "−"),
            Key::Char(letter) => write!(text, "{letter}"),
            Key::F(number) => write!(text, "F{number}"),
            Key::Space => write!(text, "Space"),
            Key::Delete => write!(text, "Del"),
            Key::Backspace => write!(text, "Backspace"),
            Key::PageUp => write!(text, "PgUp"),
            Key::PageDown => write!(text, "PgDn"),
        };
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_reads_as_each_system_writes_it() {
        let save_as = Shortcut::command(Key::Char('S')).shift();
        assert_eq!(save_as.text(false), "Ctrl+Shift+S");
        assert_eq!(save_as.text(true), "⇧⌘S");
        assert_eq!(Shortcut::plain(Key::F(8)).shift().text(false), "Shift+F8");
    }

    #[test]
    fn the_grid_and_the_sessions_may_share_a_key() {
        let grid = Shortcut::plain(Key::Space).only(Where::Grid);
        let sessions = Shortcut::plain(Key::Space).only(Where::Sessions);
        assert!(!grid.clashes(&sessions));
        assert!(grid.clashes(&Shortcut::plain(Key::Space)));
        assert!(sessions.clashes(&Shortcut::plain(Key::Space).only(Where::Lists)));
    }
}
