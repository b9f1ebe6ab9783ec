//! The registry of verbs: one row each with label, tooltip, keys and place. Menus, palette, context menus and keys iterate it.

use super::key::{Key, Shortcut, Where};

/// A menu of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    /// File.
    File,
    /// Edit.
    Edit,
    /// Rota.
    Rota,
    /// View.
    View,
    /// Help.
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Rota, Self::View, Self::Help];

    /// As in the menu bar.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Rota => "Rota",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// What a right-click was on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Somebody's block, in Posts or in People.
    Block,
    /// A gap or an empty cell.
    Gap,
    /// A person's row.
    Person,
    /// A session's row.
    Session,
    /// A post's name.
    Post,
    /// A unit's heading.
    Unit,
    /// A window's button.
    Window,
    /// A problem.
    Problem,
}

/// One row of the registry.
#[derive(Debug)]
pub struct VerbRow {
    /// The verb.
    pub verb: Verb,
    /// Sentence case, `…` when more is asked.
    pub label: &'static str,
    /// One sentence.
    pub tooltip: &'static str,
    /// The first is shown.
    pub keys: &'static [Shortcut],
    /// Its menu.
    pub menu: Menu,
    /// A line is drawn where the group changes.
    pub group: u8,
    /// The context menus it is in.
    pub contexts: &'static [Context],
}

macro_rules! verbs {
    ($($verb:ident $label:literal $tooltip:literal $menu:ident $group:literal [$($key:expr),*] [$($context:ident)*];)*) => {
        /// Something that can be done, by menu, palette or key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the tooltip in each row says it")]
        pub enum Verb { $($verb),* }

        /// All rows, in menu order.
        pub const VERBS: &[VerbRow] = &[$(VerbRow {
            verb: Verb::$verb,
            label: $label,
            tooltip: $tooltip,
            keys: &[$($key),*],
            menu: Menu::$menu,
            group: $group,
            contexts: &[$(Context::$context),*],
        }),*];
    };
}

use Shortcut as S;

const fn f(number: u8) -> Shortcut {
    S::plain(Key::F(number))
}
const fn cmd(letter: char) -> Shortcut {
    S::command(Key::Char(letter))
}
const fn cmd_shift(letter: char) -> Shortcut {
    S::command(Key::Char(letter)).shift()
}
const fn grid(key: Key) -> Shortcut {
    S::plain(key).only(Where::Grid)
}

verbs! {
    New "New…" "Start a rota from a template" File 0 [cmd('N')] [];
    Open "Open…" "Open a rota file" File 0 [cmd('O')] [];
    OpenExample "Open an example…" "Open one of the invented examples, to look around" File 0 [] [];
    Recover "Recover…" "Unsaved work that was kept when the program was not closed as usual, or that you threw away within a week" File 0 [] [];
    Save "Save" "Save the rota to its file" File 1 [cmd('S')] [];
    SaveAs "Save as…" "Save the rota to another file and go on there" File 1 [cmd_shift('S')] [];
    SaveCopy "Save a copy…" "Write a copy and go on in this file" File 1 [] [];
    CloseFile "Close" "Close the rota and show the start page" File 2 [cmd('W')] [];
    Quit "Quit" "Close the program" File 2 [cmd('Q')] [];

    Undo "Undo" "Take the last step back" Edit 0 [cmd('Z')] [];
    Redo "Redo" "Do the step again that was taken back" Edit 0 [cmd('Y'), cmd_shift('Z')] [];
    Cut "Cut" "Copy the chosen cells and clear them" Edit 1 [cmd('X').only(Where::Grid)] [Block];
    Copy "Copy" "Copy the chosen cells or rows for a spreadsheet" Edit 1 [cmd('C').only(Where::Lists)] [Block];
    Paste "Paste" "Paste cells from here or from a spreadsheet; all become Proposed" Edit 1 [cmd('V').only(Where::Lists)] [Block Gap];
    Clear "Clear" "Take whoever is on the chosen cells off them" Edit 1 [grid(Key::Delete), grid(Key::Backspace)] [Block];
    FillRight "Fill right" "Put whoever is at the left of the chosen cells on all of them" Edit 2 [cmd('R').only(Where::Grid)] [];
    FillDown "Fill down" "Put whoever is at the top of the chosen cells on all of them" Edit 2 [cmd('D').only(Where::Grid)] [];
    SelectAll "Select all" "Choose all cells or rows" Edit 2 [cmd('A').only(Where::Lists)] [];
    TypeInCell "Type initials" "Type who covers the chosen cells" Edit 2 [grid(Key::F(2))] [Block Gap];
    Find "Find…" "Find a person, a post or a session" Edit 3 [cmd('F')] [];
    Palette "Find an action…" "Find anything the program does by its name" Edit 3 [cmd('K')] [];

    SuggestCover "Suggest cover" "Look for who could fill what is left and postpone the least; nothing changes until you accept" Rota 0 [f(9)] [];
    SuggestForGap "Suggest cover for the gap" "The same for the chosen gap alone" Rota 0 [f(9).shift()] [Gap];
    SuggestForUnit "Suggest cover for the unit" "The same for the chosen unit alone" Rota 0 [] [Unit];
    SuggestForDay "Suggest cover for the day" "The same for the window shown alone" Rota 0 [] [Unit Gap Window];

    MoveOn "Move on" "Proposed, then Asked, then Agreed: the least advanced of what is chosen goes one step" Rota 1 [grid(Key::Space)] [Block];
    SetProposed "Back to proposed" "Nobody has been asked" Rota 1 [] [Block];
    SetAsked "Asked" "The person has been asked and has not answered" Rota 1 [] [Block];
    SetAgreed "Agreed" "The person has agreed; only this counts as cover" Rota 1 [] [Block];
    SetDeclined "Declined…" "The person said no: to this post, or to this time" Rota 1 [grid(Key::Char('/'))] [Block];
    ForgetDeclined "Forget refusal" "Take it back that the person declined; they may be offered there again" Rota 1 [] [Gap];
    Lock "Lock" "Keep these as they are: nothing moves, cuts or clears them until they are unlocked" Rota 1 [cmd('L').only(Where::Lists)] [Block Session];
    ChangeTime "Change time…" "Type other times for the chosen block" Rota 2 [cmd('T').only(Where::Grid)] [Block];
    SwapPeople "Swap with…" "Give two people each other's posts" Rota 2 [] [Block Person];
    CopyToWindow "Copy to the next window" "Copy the chosen blocks to the same times of the next window, as Proposed" Rota 2 [] [Block];
    CopyDay "Copy a day…" "Copy all cover of one window to another, as Proposed" Rota 2 [] [Window];
    NotFreeFrom "Not free from…" "The person cannot be here from a time on; offers to release what they hold" Rota 3 [] [Block Person];
    MarkTraineesNotAvailable "Mark everyone under trainee rules as not available" "For all windows, in one step" Rota 3 [] [];
    AddPerson "Add person…" "Enter somebody who could cover" Rota 4 [] [];
    EditPerson "Edit person…" "Name, scope, availability and duties" Rota 4 [] [Person Block];
    SetForSeveral "Set for several people…" "Scope, usual availability and working-time limits of many people in one step" Rota 4 [] [Person];
    RemovePerson "Remove person…" "Take the person and what they hold out of the rota" Rota 4 [] [Person];
    PastePeople "Paste people…" "Add staff from rows of a spreadsheet, after a preview" Rota 4 [] [];
    AddSession "Add session…" "Enter a clinic or a list" Rota 5 [] [];
    EditSession "Edit session…" "Time, team, patients" Rota 5 [] [Session];
    RemoveSession "Remove session…" "Take the session out of the rota" Rota 5 [] [Session];
    SessionOn "Move session on" "Running, then to postpone, then postponed" Rota 5 [S::plain(Key::Space).only(Where::Sessions)] [Session];
    SessionBack "Move session back" "Postponed, then to postpone, then running" Rota 5 [S::plain(Key::Space).shift().only(Where::Sessions)] [Session];
    AddUnit "Add unit…" "Enter a place to be covered" Rota 6 [] [];
    EditUnit "Edit unit…" "Name, tiers, handovers and what to do when nobody answers" Rota 6 [] [Unit];
    RemoveUnit "Remove unit…" "Take the unit and its posts out of the rota" Rota 6 [] [Unit];
    AddPost "Add posts…" "Enter posts of a unit" Rota 6 [] [Unit];
    EditPost "Edit post…" "Name, tier, bleep and what it requires" Rota 6 [] [Post Gap];
    RemovePost "Remove post…" "Take the post and what is on it out of the rota" Rota 6 [] [Post];
    MoveUp "Move up" "Put the chosen unit, or the post among those of its tier, one place higher" Rota 6 [] [Unit Post];
    MoveDown "Move down" "Put the chosen unit, or the post among those of its tier, one place lower" Rota 6 [] [Unit Post];
    NormalStaffing "Normal staffing…" "Who is there on a normal day" Rota 7 [] [Unit];
    Windows "Windows…" "When the walkout is, and which normal day each window is compared with" Rota 7 [] [Window];
    Competencies "Competencies…" "What a post can require and a person can have" Rota 7 [] [];
    RotaProperties "Rota properties…" "Title, hospital, region and time zone" Rota 7 [] [];
    SuggestAgain "Suggest again" "Look for the same once more, in the rota as it is now" Rota 8 [] [];
    SuggestLonger "Go on looking for cover" "Look for up to a minute for something better" Rota 8 [] [];
    StopSuggesting "Stop looking, keep the best" "Show the best that has been found so far" Rota 8 [] [];
    AcceptSuggested "Accept all suggested cover" "Take all of the proposal, as Proposed, in one step of undo" Rota 8 [] [];
    AcceptTicked "Accept ticked suggestions" "Take what is ticked of the proposal, as Proposed" Rota 8 [] [];
    RejectSuggested "Reject suggested cover" "Put the proposal away; nothing changes" Rota 8 [] [];

    ViewPosts "Posts" "Who covers which post when" View 0 [cmd('1')] [];
    ViewPeople "People" "Everybody's work, rest and hours" View 0 [cmd('2')] [];
    ViewSessions "Sessions" "Clinics and lists: what runs and what is postponed" View 0 [cmd('3')] [];
    NextWindow "Next window" "Show the next window" View 1 [S::command(Key::PageDown)] [];
    PreviousWindow "Previous window" "Show the window before" View 1 [S::command(Key::PageUp)] [];
    Zoom15 "15 minutes" "A slot is 15 minutes" View 1 [] [];
    Zoom30 "30 minutes" "A slot is 30 minutes" View 1 [] [];
    Zoom60 "60 minutes" "A slot is 60 minutes" View 1 [] [];
    NextProblem "Next problem" "Go to the next problem" View 2 [f(8)] [];
    PreviousProblem "Previous problem" "Go to the problem before" View 2 [f(8).shift()] [];
    AcceptFinding "Accept…" "Say why a warning is all right; it is folded away until something changes" View 2 [] [Problem];
    ExplainRule "Explain the rule…" "What the rule says, why, and where it comes from" View 2 [] [Problem];
    ShowInPeople "Show in People" "Show the person's work and rest" View 3 [] [Block Person];
    ShowInPosts "Show in Posts" "Show where the person is on the grid" View 3 [] [Block Person];
    FoldUnit "Fold unit" "Show only the heading of the chosen unit, or its posts again" View 3 [cmd_shift('U').only(Where::Grid)] [Unit];
    ShowDeclined "Show declined" "Show who declined, in the gap they left" View 3 [] [];
    SortPeople "Sort people by name, hours or problems" "Change the order of the People view" View 3 [cmd_shift('L')] [];
    TogglePeoplePanel "People panel" "Show or hide the list of people" View 4 [] [];
    ToggleProblemsPanel "Problems panel" "Show or hide the list of problems" View 4 [] [];
    NextPane "Next pane" "Go round: verdicts, People, grid, Problems, Who could, status" View 4 [f(6)] [];
    PreviousPane "Previous pane" "Go round the other way" View 4 [f(6).shift()] [];
    ThemeSystem "System theme" "Light or dark as the computer says" View 5 [] [];
    ThemeLight "Light theme" "Dark on white" View 5 [] [];
    ThemeDark "Dark theme" "Light on black" View 5 [] [];
    ThemeHighContrast "High contrast theme" "White on black with strong edges" View 5 [] [];
    TextLarger "Larger text" "Everything grows" View 6 [cmd('+'), cmd('=')] [];
    TextSmaller "Smaller text" "Everything shrinks" View 6 [cmd('-')] [];
    TextNormal "Normal text size" "As it came" View 6 [cmd('0')] [];

    Help "Help" "Keys, the rules, and how the program is meant to be used" Help 0 [f(1)] [];
    About "About Cover Rota" "Version and licences" Help 1 [] [];
}

impl Verb {
    /// Its row of the registry.
    #[must_use]
    pub fn row(self) -> &'static VerbRow {
        // The rows are written in the order of the variants.
        &VERBS[self as usize]
    }

    /// Whether it may change what many people hold, in one step and without a dialog in which they are chosen.
    #[must_use]
    pub fn acts_on_many(self) -> bool {
        matches!(
            self,
            Self::Cut
                | Self::Clear
                | Self::FillRight
                | Self::FillDown
                | Self::MoveOn
                | Self::SetProposed
                | Self::SetAsked
                | Self::SetAgreed
                | Self::SetDeclined
                | Self::ForgetDeclined
                | Self::Lock
                | Self::CopyToWindow
                | Self::MarkTraineesNotAvailable
                | Self::SessionOn
                | Self::SessionBack
                | Self::AcceptSuggested
                | Self::AcceptTicked
        )
    }

    /// The rows of one menu, in order.
    pub fn of_menu(menu: Menu) -> impl Iterator<Item = &'static VerbRow> {
        VERBS.iter().filter(move |row| row.menu == menu)
    }

    /// The rows of one context menu, in order.
    pub fn of_context(context: Context) -> impl Iterator<Item = &'static VerbRow> {
        VERBS.iter().filter(move |row| row.contexts.contains(&context))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_row_is_its_own_verb_with_words_of_its_own() {
        let mut labels = BTreeSet::new();
        for (i, row) in VERBS.iter().enumerate() {
            assert_eq!(row.verb as usize, i);
            assert_eq!(row.verb.row().verb, row.verb);
            assert!(labels.insert(row.label), "{} is there twice", row.label);
            assert!(!row.tooltip.is_empty() && !row.tooltip.ends_with('.'), "{}", row.label);
            assert!(!row.label.contains("..."), "{}", row.label);
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_place_on_any_system() {
        let all: Vec<_> = VERBS.iter().flat_map(|row| row.keys.iter().map(move |key| (row.label, key))).collect();
        for (i, (one, a)) in all.iter().enumerate() {
            for (other, b) in &all[i + 1..] {
                assert!(!a.clashes(b), "{one} and {other} share {}", a.text(false));
            }
        }
        // Command+H and Command+M hide windows on macOS, so nothing here may use them.
        for (label, key) in all {
            assert!(!(key.command && matches!(key.key, Key::Char('H' | 'M'))), "{label}");
        }
    }

    #[test]
    fn menus_keep_their_groups_together() {
        for menu in Menu::ALL {
            let groups: Vec<u8> = Verb::of_menu(menu).map(|row| row.group).collect();
            assert!(groups.is_sorted(), "{}", menu.label());
            assert!(!groups.is_empty());
        }
    }
}
