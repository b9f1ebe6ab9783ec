//! The menus and the groups of entries in them: what belongs together, in which menu, and whether as a menu of its own.

/// A menu of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    File,
    Edit,
    Rota,
    View,
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Rota, Self::View, Self::Help];

    /// As in the menu bar.
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Rota => "Rota",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

macro_rules! groups {
    ($($group:ident of $menu:ident $(in $submenu:literal)?, $what:literal;)*) => {
        /// Entries of a menu that belong together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Group { $(#[doc = $what] $group),* }

        impl Group {
            /// All groups, in menu order.
            pub const ALL: &[Self] = &[$(Self::$group),*];

            /// The menu that holds the group.
            pub const fn menu(self) -> Menu {
                match self { $(Self::$group => Menu::$menu),* }
            }

            /// The menu within that menu which it is in, if it does not stand in the menu itself.
            pub const fn submenu(self) -> Option<&'static str> {
                match self { $(Self::$group => groups!(@ $($submenu)?)),* }
            }
        }
    };
    (@) => { None };
    (@ $submenu:literal) => { Some($submenu) };
}

groups! {
    Files of File, "Rotas to begin or open.";
    Keeping of File, "Saving.";
    Giving of File, "Giving out.";
    Leaving of File, "Closing.";
    History of Edit, "Undo and redo.";
    Clipboard of Edit, "Cut, copy, paste, clear.";
    Filling of Edit, "Cells at once.";
    Finding of Edit, "Finding.";
    Suggest of Rota, "Asking for cover of the whole rota.";
    SuggestPart of Rota in "Suggestions", "Asking for cover of a part.";
    Suggested of Rota in "Suggestions", "What is done with a suggestion.";
    Status of Rota in "Status", "Whether somebody has been asked and has agreed.";
    Shifts of Rota, "Other times, people and days.";
    Absence of Rota, "Who cannot be there.";
    People of Rota in "People", "The staff.";
    Sessions of Rota in "Sessions", "Clinics and lists.";
    UnitsAndPosts of Rota in "Units and posts", "What has to be covered.";
    Setup of Rota, "What the rota is compared with, and its names.";
    Views of View, "The views.";
    Days of View, "The day shown.";
    Zoom of View in "Column width", "How long a slot is.";
    Problems of View in "Problems", "Problems.";
    Showing of View, "What the views show.";
    Panels of View in "Panels", "What stands beside them.";
    Theme of View in "Theme", "Light or dark.";
    TextSize of View in "Text size", "How large.";
    Help of Help, "Help.";
    About of Help, "The program.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_one_menu_and_of_one_submenu_stand_together() {
        let places: Vec<_> = Group::ALL.iter().map(|group| (group.menu(), group.submenu())).collect();
        assert!(places.iter().map(|(menu, _)| menu).is_sorted());
        for (i, place) in places.iter().enumerate().filter(|(_, (_, submenu))| submenu.is_some()) {
            let first = places.iter().position(|other| other == place).unwrap_or(i);
            assert!(places[first..=i].iter().all(|other| other == place), "{place:?}");
        }
    }
}
