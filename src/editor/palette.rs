//! Any action by its name, and people, posts and sessions by theirs.

use std::collections::BTreeSet;

use crate::model::{PersonId, PostId, Rota, SessionId, words};

use super::find_text::{finds_person, fuzzy, matches_words};
use super::other_words::other_words;
use super::refused::Refused;
use super::verb::{VERBS, Verb, Weight};
use super::{Editor, Shortcut};

/// So many people, posts and sessions are listed; nobody reads more of them.
const FOUND_MAX: usize = 100;
/// By so much an action that cannot be used now has to fit better to stand first.
const USABLE_FIRST: i32 = 10;

/// One action of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteMatch {
    pub verb: Verb,
    /// As the menu calls it now.
    pub label: String,
    /// Its first key.
    pub shortcut: Option<Shortcut>,
    /// Why it cannot be used now.
    pub why_not: Option<Refused>,
    /// It was found by a word that is not in its name: its sentence has to say what it is.
    pub by_other_word: bool,
}

/// How well an action fits, best first. What changes a status, or when somebody is there, or takes something away stands
/// behind everything else that a word can mean: Enter must not do it to whoever looks for something harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its whole name is typed, as it is shown now or as the menu has it.
    Whole,
    /// Each typed word begins a word of its name.
    Name,
    /// Each typed word begins a word of its name or another word for it.
    OtherWord,
    /// The same as `Name`, of what changes a status or takes something away.
    NameOfChange,
    /// The same as `OtherWord`, of that.
    OtherWordOfChange,
    /// The letters are in its name, in that order; only where nothing fits better.
    Loose,
}

impl Fit {
    fn of(verb: Verb, label: &str, typed: &str) -> Option<Self> {
        let row = verb.row();
        let menu = row.group.menu().label();
        let bare = |text: &str| text.trim().trim_end_matches('…').to_lowercase();
        let is_whole = [row.label, label].iter().any(|name| bare(name) == bare(typed));
        let by_name = matches_words(&[row.label, label, menu], typed);
        let submenu = row.group.submenu().unwrap_or_default();
        let by_other = || matches_words(&[row.label, label, menu, submenu, other_words(verb)], typed);
        Some(match verb.weight() {
            _ if is_whole => Self::Whole,
            // It only asks, with everybody's name, and begins on Cancel.
            Weight::Changes if by_name && verb == Verb::MarkTraineesNotAvailable => Self::Name,
            Weight::Changes if by_name => Self::NameOfChange,
            Weight::Changes if by_other() => Self::OtherWordOfChange,
            _ if by_name => Self::Name,
            _ if by_other() => Self::OtherWord,
            Weight::Light => Self::Loose,
            Weight::ActsOnMany | Weight::Changes => return None,
        })
    }
}

/// The actions that fit, best first; those that cannot be used now after others that fit about as well. What acts on
/// many people at once, or changes a status or takes something away, is found by its words only.
pub fn palette_matches(editor: &Editor, typed: &str) -> Vec<PaletteMatch> {
    let mut found: Vec<(Fit, i32, PaletteMatch)> = VERBS
        .iter()
        .filter(|row| row.verb != Verb::Palette)
        .filter_map(|row| {
            let label = editor.label(row.verb);
            let menu = row.group.menu().label();
            let fit = Fit::of(row.verb, &label, typed)?;
            let in_label = [row.label, label.as_str()].into_iter().filter_map(|label| fuzzy(label, typed)).max();
            let in_menu = fuzzy(&format!("{menu} {}", row.label), typed).map(|score| score - 4);
            let score = in_label.into_iter().chain(in_menu).max().or((fit != Fit::Loose).then_some(0))?;
            let why_not = editor.is_enabled(row.verb).err();
            let by_other_word = matches!(fit, Fit::OtherWord | Fit::OtherWordOfChange);
            let shortcut = row.keys.first().copied();
            let found = PaletteMatch { verb: row.verb, label, shortcut, why_not, by_other_word };
            let usable = if found.why_not.is_some() { USABLE_FIRST } else { 0 };
            Some((fit, usable - score, found))
        })
        .collect();
    // Scattered letters are no more than a last resort: "ring" is not looked for in "Normal staffing".
    if found.iter().any(|(fit, ..)| *fit != Fit::Loose) {
        found.retain(|(fit, ..)| *fit != Fit::Loose);
    }
    // What was typed comes first even if it cannot be used now: Enter must not do something that it hardly fits.
    found.sort_by_key(|(fit, score, _)| (*fit, *score));
    // "Mark as asked / agreed" is called as the one that it does now: it stands there once.
    let mut labels = BTreeSet::new();
    let found = found.into_iter().map(|(_, _, found)| found);
    found.filter(|found| labels.insert(found.label.clone())).collect()
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundWhat {
    Person(PersonId),
    Post(PostId),
    Session(SessionId),
}

/// One line of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where to go.
    pub what: FoundWhat,
    /// Such as `KP  Pereira, Keith`.
    pub title: String,
    /// Such as `Associate specialist, Emergency medicine`.
    pub detail: String,
}

/// People, posts and sessions that fit, best first.
pub fn find_everywhere(rota: &Rota, typed: &str) -> Vec<Found> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    let mut people: Vec<(u8, Found)> = rota
        .people
        .iter()
        .filter_map(|p| {
            let rank = finds_person(p, typed)?;
            let title = format!("{}  {}", words::safe(&p.initials), words::safe(&p.full_name()));
            let detail: Vec<&str> =
                [p.grade.as_str(), p.specialty.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
            Some((
                rank,
                Found {
                    what: FoundWhat::Person(p.id.clone()),
                    title,
                    detail: words::safe(&detail.join(", ")).into_owned(),
                },
            ))
        })
        .collect();
    people.sort_by_key(|(rank, _)| *rank);
    let unit = |post: &crate::model::Post| rota.unit(&post.unit).map_or("", |u| u.name.as_str());
    let posts = rota.posts.iter().filter(|p| matches_words(&[&p.name, unit(p), &p.bleep], typed)).map(|p| Found {
        what: FoundWhat::Post(p.id.clone()),
        title: words::safe(&p.name).into_owned(),
        detail: words::safe(unit(p)).into_owned(),
    });
    let sessions = rota.sessions.iter().filter(|s| matches_words(&[&s.title, &s.specialty], typed)).map(|s| Found {
        what: FoundWhat::Session(s.id.clone()),
        title: words::safe(&s.title).into_owned(),
        detail: words::span(rota.zone(), s.span),
    });
    people.into_iter().map(|(_, found)| found).chain(posts).chain(sessions).take(FOUND_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::super::fixture::rota;
    use super::*;

    #[test]
    fn an_action_is_found_by_a_few_letters() {
        let editor = Editor::new(Settings::default());
        let first = |typed: &str| palette_matches(&editor, typed).first().map(|m| m.verb);
        assert_eq!(first("open"), Some(Verb::Open));
        assert_eq!(first("hicon"), Some(Verb::ThemeHighContrast));
        assert_eq!(first("zzz"), None);
        let fill = palette_matches(&editor, "fill right");
        assert_eq!(fill[0].verb, Verb::FillRight);
        assert_eq!(fill[0].shortcut.map(|s| s.text(false)).as_deref(), Some("Ctrl+R"));
        assert!(fill[0].why_not.is_some(), "nothing is open");
    }

    #[test]
    fn what_is_shown_is_found_and_other_words_find_what_exists() {
        let mut editor = Editor::new(Settings::default());
        editor.doc = Some(super::super::Document::unsaved(rota()));
        editor.selection = super::super::Selection::Person(super::super::fixture::person_id("an"));
        let first = |typed: &str| palette_matches(&editor, typed).into_iter().next();
        assert_eq!(first("edit an").map(|m| (m.verb, m.label)), Some((Verb::EditPerson, "Edit AN…".to_owned())));
        assert_eq!(first("sick").map(|m| (m.verb, m.by_other_word)), Some((Verb::NotFreeFrom, true)));
        assert_eq!(first("phone").map(|m| m.verb), Some(Verb::EditPerson));
        assert_eq!(first("zoom").map(|m| m.verb), Some(Verb::Zoom15));
        assert!(first("print").is_some());
        assert_eq!(first("units").map(|m| m.verb), Some(Verb::AddUnit), "by the menu that it is in");
        assert_eq!(first("hazards").map(|m| m.verb), Some(Verb::Help));
        for typed in ["theme: light", "Theme > Light", "light theme", "view: theme, light"] {
            assert_eq!(first(typed).map(|m| m.verb), Some(Verb::ThemeLight), "{typed}");
        }
        assert_eq!(palette_matches(&editor, "").len(), VERBS.len() - 1, "none is left out without a word");
    }

    /// A rota with whoever is on the middle grades chosen, as cells.
    fn with_somebody_chosen(status: crate::model::Status) -> Editor {
        let mut editor = Editor::new(Settings::default());
        let rota = super::super::fixture::with(rota(), "a1", "mg", "kp", "08:00", "12:00", status);
        editor.show(super::super::Document::unsaved(rota));
        super::super::grid_tests::choose(&mut editor, "mg", 0, "08:00", "11:00");
        editor
    }

    #[test]
    fn whoever_wants_a_number_changes_no_status() {
        use crate::model::Status::{Agreed, Asked, Declined, Proposed};
        for status in [Proposed, Asked, Agreed, Declined] {
            let editor = with_somebody_chosen(status);
            for typed in ["phone", "telephone", "ring", "number", "bleep", "mobile", "call"] {
                let first = palette_matches(&editor, typed).into_iter().next();
                let first = first.map(|m| (m.verb, m.why_not.is_none()));
                assert_eq!(first, Some((Verb::EditPerson, true)), "{typed}, {status:?}");
            }
        }
    }

    #[test]
    fn no_word_of_a_harmless_wish_leads_first_to_a_change() {
        let editor = with_somebody_chosen(crate::model::Status::Asked);
        let harmless = VERBS.iter().filter(|row| row.verb.weight() != Weight::Changes);
        let words = harmless.flat_map(|row| {
            let text = format!("{} {} {}", row.label, editor.label(row.verb), other_words(row.verb));
            text.split_whitespace()
                .map(|word| word.trim_matches([':', '…', '.', '(', ')']).to_owned())
                .collect::<Vec<_>>()
        });
        for word in words.filter(|word| word.chars().any(char::is_alphabetic)) {
            for typed in [word.as_str(), word.get(..3).unwrap_or(&word)] {
                let Some(first) = palette_matches(&editor, typed).into_iter().next() else { continue };
                let is_name = [first.label.as_str(), first.verb.row().label]
                    .iter()
                    .any(|name| name.trim_end_matches('…').eq_ignore_ascii_case(typed));
                let changes = first.verb.weight() == Weight::Changes && first.verb != Verb::MarkTraineesNotAvailable;
                assert!(!changes || is_name, "“{typed}” does: {}", first.label);
            }
        }
        let first = |typed: &str| palette_matches(&editor, typed).into_iter().next().map(|m| m.label);
        for typed in ["next", "back", "free", "available", "empty", "move"] {
            let found = palette_matches(&editor, typed).into_iter().next();
            assert!(found.is_none_or(|m| m.verb.weight() != Weight::Changes), "“{typed}” does: {:?}", first(typed));
        }
        let trainees = palette_matches(&editor, "trainees").into_iter().map(|m| m.verb).next();
        assert_eq!(
            trainees,
            Some(Verb::MarkTraineesNotAvailable),
            "its name has the word; the People view has it besides"
        );
        assert_eq!(first("mark as agreed").as_deref(), Some("Mark as agreed"), "by its own name");
        assert_eq!(first("remove refusal").as_deref(), Some("Remove refusal"));
    }

    #[test]
    fn what_acts_on_many_people_is_never_a_loose_match() {
        let mut editor = Editor::new(Settings::default());
        editor.doc = Some(super::super::Document::unsaved(rota()));
        for typed in ["edit ab", "mrk", "unavl", "acc", "rmv"] {
            for found in palette_matches(&editor, typed) {
                let row = found.verb.row();
                let submenu = row.group.submenu().unwrap_or_default();
                let words =
                    [row.label, found.label.as_str(), row.group.menu().label(), submenu, other_words(found.verb)];
                assert!(
                    found.verb.weight() == Weight::Light || matches_words(&words, typed),
                    "{typed}: {}",
                    found.label
                );
            }
        }
    }

    #[test]
    fn scattered_letters_are_looked_for_only_where_no_word_begins_so() {
        let editor = with_somebody_chosen(crate::model::Status::Asked);
        let labels = |typed: &str| -> Vec<Verb> { palette_matches(&editor, typed).iter().map(|m| m.verb).collect() };
        let ring = labels("ring");
        assert!(ring.contains(&Verb::EditPerson), "{ring:?}");
        assert!(!ring.contains(&Verb::NormalStaffing), "{ring:?}");
        assert!(labels("nors").contains(&Verb::NormalStaffing), "where nothing fits better");
    }

    #[test]
    fn no_label_stands_there_twice() {
        let mut editor = Editor::new(Settings::default());
        let asked =
            super::super::fixture::with(rota(), "a1", "mg", "kp", "08:00", "12:00", crate::model::Status::Asked);
        editor.doc = Some(super::super::Document::unsaved(asked));
        let block = super::super::fixture::assignment_id("a1");
        editor.selection = super::super::Selection::Assignments(vec![block]);
        let labels: Vec<String> = palette_matches(&editor, "agreed").into_iter().map(|found| found.label).collect();
        assert_eq!(labels.iter().filter(|label| *label == "Mark as agreed").count(), 1, "{labels:?}");
    }

    #[test]
    fn every_action_is_in_the_palette() {
        let editor = Editor::new(Settings::default());
        for row in VERBS.iter().filter(|row| row.verb != Verb::Palette) {
            assert!(palette_matches(&editor, row.label).iter().any(|m| m.verb == row.verb), "{}", row.label);
        }
    }

    #[test]
    fn people_posts_and_sessions_are_found_by_name() {
        let told = |typed: &str| -> Vec<String> {
            find_everywhere(&rota(), typed).iter().map(|f| format!("{} | {}", f.title, f.detail)).collect()
        };
        assert_eq!(told("per"), ["KP  Pereira | Consultant"]);
        assert_eq!(told("mid"), ["Middle grade | A&E"]);
        assert_eq!(told(""), [] as [&str; 0]);
    }
}
