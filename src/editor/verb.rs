//! The registry of verbs: one row each with label, tooltip, keys and place. Menus, palette, context menus and keys iterate it.

use super::key::{Key, Shortcut, Where};
use super::menu::{Group, Menu};

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
    Problem,
}

/// One row of the registry.
#[derive(Debug)]
pub struct VerbRow {
    pub verb: Verb,
    /// Sentence case, `…` when more is asked.
    pub label: &'static str,
    /// One sentence.
    pub tooltip: &'static str,
    /// The first is shown.
    pub keys: &'static [Shortcut],
    /// Its place in a menu. A line is drawn where the group changes.
    pub group: Group,
    /// The context menus it is in.
    pub contexts: &'static [Context],
}

macro_rules! verbs {
    ($($verb:ident $label:literal $tooltip:literal $group:ident [$($key:expr),*] [$($context:ident)*];)*) => {
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
            group: Group::$group,
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
    New "New…" "Start a rota from a template" Files [cmd('N')] [];
    Open "Open…" "Open a rota file" Files [cmd('O')] [];
    OpenExample "Open an example…" "Open one of the invented examples, to look around" Files [] [];
    Recover "Recover…" "Unsaved changes from a crash, and what you did not save or discarded within 7 days" Files [] [];
    Save "Save" "Save the rota to its file" Keeping [cmd('S')] [];
    SaveAs "Save as…" "Save the rota to another file and continue there" Keeping [cmd_shift('S')] [];
    SaveCopy "Save a copy…" "Write a copy and stay in this file" Keeping [] [];
    Export "Export…" "Give the rota out in another format: tables, calendars, messages, the daily return" Giving [cmd('E')] [];
    CloseFile "Close" "Close the rota and show the start page" Leaving [cmd('W')] [];
    Quit "Quit" "Close the program" Leaving [cmd('Q')] [];

    Undo "Undo" "Undo the last step" History [cmd('Z')] [];
    Redo "Redo" "Redo the last step that was undone" History [cmd('Y'), cmd_shift('Z')] [];
    Cut "Cut" "Copy the chosen cells and clear them" Clipboard [cmd('X').only(Where::Grid)] [];
    Copy "Copy" "Copy the chosen cells or rows for a spreadsheet" Clipboard [cmd('C').only(Where::Lists)] [];
    CopyWithHeadings "Copy with headings" "Copy the chosen rows to be read: with names, what is not covered, unit, post, bleep, day and times" Clipboard [] [];
    Paste "Paste" "Paste cells from here or from a spreadsheet; all become Proposed" Clipboard [cmd('V').only(Where::Lists)] [Gap];
    Clear "Clear" "Remove people from selected cells" Clipboard [grid(Key::Delete), grid(Key::Backspace)] [Block];
    FillRight "Fill right" "Put the person at the left of the chosen cells on all of them" Filling [cmd('R').only(Where::Grid)] [];
    FillDown "Fill down" "Put the person at the top of the chosen cells on all of them" Filling [cmd('D').only(Where::Grid)] [];
    SelectAll "Select all" "Choose all cells or rows" Filling [cmd('A').only(Where::Lists)] [];
    TypeInCell "Type initials" "Type who covers the chosen cells" Filling [grid(Key::F(2))] [Gap];
    Find "Find…" "Find a person, a post or a session" Finding [cmd('F')] [];
    Palette "Search commands…" "Find any command by its name" Finding [cmd('K')] [];

    SuggestCover "Suggest cover" "Look for who could fill what is left and postpone the least; nothing changes until you accept" Suggest [f(9)] [];
    SuggestForGap "Suggest cover for the gap" "Look for who could fill the chosen gap; nothing changes until you accept" SuggestPart [f(9).shift()] [Gap];
    SuggestForUnit "Suggest cover for the unit" "Look for who could fill the chosen unit's gaps; nothing changes until you accept" SuggestPart [] [Unit];
    SuggestForDay "Suggest cover for the day" "Look for who could fill the gaps of the day shown; nothing changes until you accept" SuggestPart [] [Unit Gap Window];
    SuggestAgain "Suggest again" "Look again, in the rota as it is now" Suggested [] [];
    SuggestLonger "Keep looking (up to 1 minute)" "Look for something better for up to a minute" Suggested [] [];
    StopSuggesting "Stop and use best so far" "Show the best that has been found so far" Suggested [] [];
    AcceptSuggested "Accept all suggested cover" "Take all changes, as Proposed; one Undo reverses them" Suggested [] [];
    AcceptTicked "Accept ticked suggestions" "Take the ticked changes, as Proposed" Suggested [] [];
    RejectSuggested "Reject suggested cover" "Close the suggestion; nothing changes" Suggested [] [];

    MoveOn "Next status" "Proposed, then Asked, then Agreed: those least advanced go one step further" Status [grid(Key::Space)] [Block];
    SetProposed "Back to proposed" "Nobody has been asked" Status [] [Block];
    SetAsked "Mark as asked" "The person has been asked and has not answered" Status [] [];
    SetAgreed "Mark as agreed" "The person has agreed; only this counts as cover" Status [] [Block];
    SetDeclined "Declined…" "The person said no: to this post, or to this time" Status [grid(Key::Char('/'))] [Block];
    ForgetDeclined "Remove refusal" "Remove the note that the person declined, so that they may be asked there again" Status [] [Gap];
    Lock "Lock" "Nothing moves, shortens or removes these until they are unlocked" Status [cmd('L').only(Where::Lists)] [Block Session];
    ChangeTime "Change time…" "Type other times for the chosen block" Shifts [cmd('T').only(Where::Grid)] [Block];
    SwapPeople "Swap with…" "Give two people each other's posts" Shifts [] [Block Person];
    CopyToWindow "Copy to the next day" "Copy the chosen blocks to the same times of the next day, as Proposed" Shifts [] [Block];
    CopyDay "Copy a day…" "Copy all cover of one day to another, as Proposed" Shifts [] [Window];
    NotFreeFrom "Unavailable from…" "The person cannot be here from a time on; offers to remove them from their shifts" Absence [] [Block Person];
    MarkTraineesNotAvailable "Mark all trainees unavailable…" "Everyone under trainee rules, on all days; asks first, with their names" Absence [] [];
    AddPerson "Add person…" "Enter somebody who could cover" People [] [];
    EditPerson "Edit person…" "Name, what the person may cover, availability and duties" People [] [Person Block];
    SetForSeveral "Edit several people…" "What many people may cover, their usual availability and contract, in one step" People [] [Person];
    RemovePerson "Remove person…" "Remove the person and their shifts from the rota" People [] [Person];
    PastePeople "Paste people…" "Add staff from rows of a spreadsheet, after a preview" People [] [];
    AddSession "Add session…" "Enter a clinic or a list" Sessions [] [];
    PasteSessions "Paste sessions…" "Add clinics and lists from rows of a spreadsheet, after a preview" Sessions [] [];
    EditSession "Edit session…" "Time, team, patients" Sessions [] [Session];
    RemoveSession "Remove session…" "Remove the session from the rota" Sessions [] [Session];
    SessionOn "Move session on" "Running, then to postpone, then postponed" Sessions [S::plain(Key::Space).only(Where::Sessions)] [Session];
    SessionBack "Move session back" "Postponed, then to postpone, then running" Sessions [S::plain(Key::Space).shift().only(Where::Sessions)] [Session];
    AddUnit "Add unit…" "Enter a place to be covered" UnitsAndPosts [] [];
    EditUnit "Edit unit…" "Name, grades, handover times and what to do if there is no answer" UnitsAndPosts [] [Unit];
    RemoveUnit "Remove unit…" "Remove the unit and its posts from the rota" UnitsAndPosts [] [Unit];
    AddPost "Add posts…" "Enter posts of a unit" UnitsAndPosts [] [Unit];
    EditPost "Edit post…" "Name, grade, bleep and what it requires" UnitsAndPosts [] [Post Gap];
    RemovePost "Remove post…" "Remove the post and its shifts from the rota" UnitsAndPosts [] [Post];
    MoveUp "Move up" "Put the chosen unit, or the post among those of its grade, one place higher" UnitsAndPosts [] [Unit Post];
    MoveDown "Move down" "Put the chosen unit, or the post among those of its grade, one place lower" UnitsAndPosts [] [Unit Post];
    NormalStaffing "Normal staffing…" "Who is there on a normal day" Setup [] [Unit];
    Windows "Walkout times…" "When the walkout is, and which normal day each day is compared with" Setup [] [Window];
    Competencies "Competencies…" "What a post can require and a person can have" Setup [] [];
    RotaProperties "Rota properties…" "Title, hospital, region and time zone" Setup [] [];

    ViewPosts "Posts" "Who covers which post when" Views [cmd('1')] [];
    ViewPeople "People" "Everybody's work, rest and hours" Views [cmd('2')] [];
    ViewSessions "Sessions" "Clinics and lists: what runs and what is postponed" Views [cmd('3')] [];
    NextWindow "Next day" "Show the next day" Days [S::command(Key::PageDown)] [];
    PreviousWindow "Previous day" "Show the previous day" Days [S::command(Key::PageUp)] [];
    Zoom15 "15 minutes" "A slot is 15 minutes" Zoom [] [];
    Zoom30 "30 minutes" "A slot is 30 minutes" Zoom [] [];
    Zoom60 "60 minutes" "A slot is 60 minutes" Zoom [] [];
    ZoomDay "Fit day" "Columns so narrow that the whole day is in sight" Zoom [] [];
    NextProblem "Next problem" "Go to the next problem" Problems [f(8)] [];
    PreviousProblem "Previous problem" "Go to the previous problem" Problems [f(8).shift()] [];
    AcceptFinding "Accept…" "Give a reason why a warning is acceptable; it is folded away until something changes" Problems [] [Problem];
    ExplainRule "Explain the rule…" "What the rule says, why, and where it comes from" Problems [] [Problem];
    ShowInPeople "Show in People" "Show the person's work and rest" Showing [] [Block Person];
    ShowInPosts "Show in Posts" "Show where the person is on the grid" Showing [] [Person];
    FoldUnit "Fold unit" "Show only the heading of the chosen unit, or its posts again" Showing [cmd_shift('U').only(Where::Grid)] [Unit];
    ShowDeclined "Show declined" "Show who declined, in the gap they left" Showing [] [];
    SortPeople "Sort people by name, hours or problems" "Change the order of the People view" Showing [cmd_shift('L')] [];
    TogglePeoplePanel "People panel" "Show or hide the list of people" Panels [] [];
    ToggleProblemsPanel "Problems panel" "Show or hide the list of problems" Panels [] [];
    NextPane "Next pane" "Move to the next pane: verdicts, People, grid, Problems, Who could, status" Panels [f(6)] [];
    PreviousPane "Previous pane" "Move to the pane before" Panels [f(6).shift()] [];
    ThemeSystem "System theme" "Light or dark as the computer says" Theme [] [];
    ThemeLight "Light theme" "Dark on white" Theme [] [];
    ThemeDark "Dark theme" "Light on black" Theme [] [];
    ThemeHighContrast "High contrast theme" "White on black with strong edges" Theme [] [];
    TextLarger "Larger text" "Larger text" TextSize [cmd('+'), cmd('=')] [];
    TextSmaller "Smaller text" "Smaller text" TextSize [cmd('-')] [];
    TextNormal "Normal size" "Text in its original size" TextSize [cmd('0')] [];

    Help "Help" "Keys, the rules, and how the program is meant to be used" Help [f(1)] [];
    About "About Cover Rota" "Version and licences" About [] [];
}

/// How much an action does at once, without a dialog in which that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Light,
    /// May change what many people hold.
    ActsOnMany,
    /// Changes what somebody has answered or when they are available, or takes something away: nothing that a harmless
    /// word may lead to first.
    Changes,
}

impl Verb {
    /// Its row of the registry.
    pub fn row(self) -> &'static VerbRow {
        // The rows are written in the order of the variants.
        &VERBS[self as usize]
    }

    /// How much it does at once.
    pub fn weight(self) -> Weight {
        match self {
            Self::Cut
            | Self::Clear
            | Self::MoveOn
            | Self::SetProposed
            | Self::SetAsked
            | Self::SetAgreed
            | Self::SetDeclined
            | Self::ForgetDeclined
            | Self::NotFreeFrom
            | Self::MarkTraineesNotAvailable
            | Self::RemovePerson
            | Self::RemoveSession
            | Self::RemoveUnit
            | Self::RemovePost
            | Self::SessionOn
            | Self::SessionBack
            | Self::AcceptSuggested
            | Self::AcceptTicked => Weight::Changes,
            Self::FillRight | Self::FillDown | Self::Lock | Self::CopyToWindow => Weight::ActsOnMany,
            _ => Weight::Light,
        }
    }

    /// The rows of one menu, in order.
    pub fn of_menu(menu: Menu) -> impl Iterator<Item = &'static VerbRow> {
        VERBS.iter().filter(move |row| row.group.menu() == menu)
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
    fn rows_stand_in_the_order_of_their_groups_and_no_group_is_empty() {
        let groups: Vec<Group> = VERBS.iter().map(|row| row.group).collect();
        assert!(groups.is_sorted());
        for group in Group::ALL {
            assert!(groups.contains(group), "{group:?}");
        }
    }
}
