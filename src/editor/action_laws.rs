//! What holds for every sequence of actions: nothing panics, undo takes everything back, and no edit makes consent.

use std::path::PathBuf;

use proptest::prelude::*;

use super::dialogs::{AvailableRow, Dialog, DutyRow, LineRow, NewPostRow, SpanFields, TierRow};
use super::fixture::{at, person_id, post_id, range, rota, with};
use super::testing::env_at;
use super::*;
use crate::checker::Gap;
use crate::model::{
    Assignment, AssignmentId, Availability, DutyKind, Instant, MayCover, Rota, Rules, Session, SessionId, SessionKind,
    SessionState, Span, Status, Window, faults,
};

const TEXTS: [&str; 16] = [
    "",
    "kp",
    "RS",
    "zz",
    "hg?",
    "26/4",
    "+1d",
    "08:00",
    "17",
    "25:99",
    "\u{202e}",
    "A&E",
    "2",
    "-1",
    "Europe/Paris",
    "HG\tKP*\nRS\t\n",
];

fn start() -> Rota {
    let mut rota = rota();
    for (at, person) in rota.people.iter_mut().enumerate() {
        let tier = rota.units[0].tiers[at % 3].id.clone();
        person.may_cover = vec![MayCover::up_to(rota.units[0].id.clone(), tier)];
        person.rules = Rules::ALL[at % 5];
    }
    let second = Window {
        id: crate::model::WindowId::new("w2").unwrap(),
        label: "Day 2".to_owned(),
        span: Span::new(at("2016-04-27T08:00"), at("2016-04-27T17:00")),
        ..rota.windows[0].clone()
    };
    rota.windows.push(second);
    for (id, state, protected) in [("s1", SessionState::Running, false), ("s2", SessionState::ToPostpone, true)] {
        rota.sessions.push(Session {
            team: vec![person_id("an")],
            appointments: 14,
            inpatient: 1,
            protected,
            state,
            ..Session::new(
                SessionId::new(id).unwrap(),
                SessionKind::Clinic,
                format!("Clinic {id}"),
                Span::new(at("09:00"), at("12:00")),
            )
        });
    }
    let rota = with(rota, "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
    let rota = with(rota, "a2", "mg", "rs", "10:20", "13:40", Status::Asked);
    let rota = with(rota, "a3", "cons", "hg", "07:00", "12:00", Status::Proposed);
    with(rota, "a4", "cons", "an", "12:00", "13:00", Status::Declined)
}

/// A few numbers, from which an action is made that fits what is open and chosen.
type Seed = (u8, u8, u8, u8);

#[allow(clippy::many_single_char_names, reason = "numbers without a meaning of their own")]
fn action(editor: &Editor, (kind, a, b, c): Seed) -> Action {
    let (x, y, z) = (usize::from(a), usize::from(b), usize::from(c));
    let text = TEXTS[z % TEXTS.len()].to_owned();
    let person = person_id(["hg", "kp", "rs", "an", "mw", "gone"][x % 6]);
    let session = SessionId::new(["s1", "s2"][x % 2]).unwrap();
    let block = block(editor, y);
    let post = ["cons", "mg", "sho"];
    let hour = |n: usize| format!("{:02}:00", 8 + n % 9);
    let cells = range(post[x % 3], y % 3, &hour(z), post[y % 3], x % 2, &hour(z + x));
    let gap = Gap { post: post_id(post[y % 3]), span: cells.span() };
    match kind % 28 {
        0..=5 => Action::Do(VERBS[x % VERBS.len()].verb),
        6 | 7 => Action::Select(Selection::Cells(cells)),
        8 => Action::Select(match x % 6 {
            0 => Selection::None,
            1 => Selection::Person(person),
            2 => Selection::Session(vec![session]),
            3 => Selection::Assignments(vec![block]),
            4 => Selection::Post(gap.post),
            _ => Selection::Unit(cells.last.row.unit),
        }),
        9 => Action::MoveCursor {
            dx: i32::from(a) % 5 - 2,
            dy: i32::from(b) % 5 - 2,
            extend: c % 2 == 0,
            jump: c % 3 == 0,
        },
        10 => Action::StartTyping(text),
        11 => Action::TypingChanged(text),
        12 => Action::CommitTyping {
            go: [Direction::Here, Direction::Right, Direction::Left, Direction::Down, Direction::Up][y % 5],
            anyway: c % 2 == 0,
        },
        13 => Action::DropPerson {
            person,
            on: match y % 4 {
                0 => DropTarget::Slot(cells.anchor),
                1 => DropTarget::Gap(cells.anchor),
                2 => DropTarget::Block(block),
                _ => DropTarget::Post(gap.post),
            },
        },
        14 => Action::MoveBlock { assignment: block, to: cells.anchor, copy: c % 2 == 0 },
        15 => {
            let from = at("08:00").plus(i64::from(a) * 7);
            Action::ResizeBlock { assignment: block, to: Span::new(from, from.plus(i64::from(c) * 3 - 60)) }
        }
        16 => Action::HandOver { assignment: block, to: person },
        17 => Action::PasteText(text),
        18 => Action::Propose { person, gap, asked: c % 2 == 0 },
        19 => Action::SetSessions(
            vec![session],
            [SessionState::Running, SessionState::ToPostpone, SessionState::Postponed][y % 3],
        ),
        20 => Action::PostponeAndPropose { session, person, gap },
        21 => match y % 4 {
            0 => Action::GoToFinding(z),
            1 => Action::AskAccept(z),
            2 => Action::WithdrawAccept(z),
            _ => Action::GoTo(palette::FoundWhat::Person(person)),
        },
        22 => Action::DialogPress(
            [
                Choice::Save,
                Choice::Discard,
                Choice::NotThisPost,
                Choice::NotFreeThen,
                Choice::Swap,
                Choice::Replace,
                Choice::SaveCopy,
                Choice::Reload,
                Choice::SaveElsewhere,
            ][x % 9],
        ),
        23 => Action::CloseDialog,
        24 | 25 => match editor.dialog() {
            Some(dialog) => Action::DialogEdited(Box::new(typed_into(dialog.clone(), x, y, &text))),
            None => Action::Ask(asked(x, y, &text)),
        },
        26 => Action::Ask(asked(x, y, &text)),
        27 if a % 4 == 0 => Action::LeaveTyping,
        _ => Action::DialogOk,
    }
}

fn block(editor: &Editor, n: usize) -> AssignmentId {
    let all = editor.doc().map(|doc| doc.rota().assignments.as_slice()).unwrap_or_default();
    all.get(n % all.len().max(1)).map_or_else(|| AssignmentId::new("gone").unwrap(), |a| a.id.clone())
}

fn asked(x: usize, y: usize, text: &str) -> Ask {
    let person = person_id(["hg", "kp", "rs", "an", "mw"][y % 5]);
    let post = post_id(["cons", "mg", "sho"][y % 3]);
    let unit = crate::model::UnitId::new("ae").unwrap();
    match x % 19 {
        0 => Ask::RotaProperties,
        1 => Ask::Windows,
        2 => Ask::Competencies,
        3 => Ask::Unit(y.is_multiple_of(2).then_some(unit)),
        4 => Ask::Post(post),
        5 => Ask::AddPosts(None),
        6 => Ask::Normal(None),
        7 => Ask::Several(vec![person, person_id("hg")]),
        8 => Ask::Person(y.is_multiple_of(2).then_some(person)),
        9 => Ask::Session(y.is_multiple_of(2).then(|| SessionId::new("s1").unwrap())),
        10 => Ask::PastePeople(format!("Name\tGrade\n{text}\tST3\nJo Ford\tConsultant")),
        17 => Ask::PasteSessions(format!("Session\tTeam\tFrom\tTo\n{text}\tHG\t9\t12\nENT clinic\tKP\t9\t12")),
        11 => Ask::NotFreeFrom(person),
        12 => Ask::ChangeTime(AssignmentId::new(["a1", "a2", "a3", "gone"][y % 4]).unwrap()),
        13 => Ask::SwapWith(person),
        14 => Ask::CopyDay,
        15 => Ask::Remove(Removed::Person(person)),
        16 => Ask::Remove(if y.is_multiple_of(3) { Removed::Unit(unit) } else { Removed::Post(post) }),
        _ => Ask::Remove(Removed::Sessions(vec![SessionId::new("s1").unwrap()])),
    }
}

/// The dialog with something typed into one of its fields.
fn typed_into(mut dialog: Dialog, x: usize, y: usize, text: &str) -> Dialog {
    let text = text.to_owned();
    let when = |fields: &mut SpanFields, at: usize, text: String| match at % 4 {
        0 => fields.from_day = text,
        1 => fields.from_time = text,
        2 => fields.to_day = text,
        _ => fields.to_time = text,
    };
    match &mut dialog {
        Dialog::RotaProperties(d) => d.title = text,
        Dialog::Windows(d) if x.is_multiple_of(3) => drop(d.rows.pop()),
        Dialog::Windows(d) => {
            if let Some(row) = d.rows.last_mut() {
                when(&mut row.when, y, text);
            }
        }
        Dialog::Competencies(d) => d.rows.push(super::dialogs::CompetencyRow { name: text, ..Default::default() }),
        Dialog::Unit(d) if x.is_multiple_of(2) => d.tiers.push(TierRow { id: None, name: text }),
        Dialog::Unit(d) if x.is_multiple_of(3) => d.remove_tier(y % 4),
        Dialog::Unit(d) => d.name = text,
        Dialog::Post(d) => {
            d.name = text;
            d.on_call = x.is_multiple_of(2);
        }
        Dialog::AddPosts(d) => {
            d.rows.push(NewPostRow { name: text, tier: crate::model::TierId::new("mg").ok(), ..NewPostRow::default() });
        }
        Dialog::Normal(d) if x.is_multiple_of(2) => {
            d.lines.push(LineRow { post: post_id("mg"), from: "8".into(), to: "17".into(), count: text });
        }
        Dialog::Normal(d) => d.name = text,
        Dialog::Person(d) => match x % 4 {
            0 => d.initials = text,
            1 => d.family = "Ford".to_owned(),
            2 => {
                let mut fields = SpanFields {
                    from_day: "26/4".into(),
                    from_time: "9".into(),
                    to_time: "10".into(),
                    ..SpanFields::default()
                };
                when(&mut fields, y, text);
                d.availability.push(AvailableRow { when: fields, is: Availability::NotAvailable });
            }
            _ => d.duties.push(DutyRow { when: SpanFields::default(), kind: DutyKind::Other, label: text }),
        },
        Dialog::Several(d) => match x % 3 {
            0 => d.usually = Some(Availability::Available),
            1 => d.people.push(person_id(["hg", "kp", "rs"][y % 3])),
            _ => {
                if let Some(row) = d.may_cover.first_mut() {
                    row.to = super::dialogs::ScopeChange::NotAtAll;
                }
            }
        },
        Dialog::Session(d) => match x % 3 {
            0 => d.title = text,
            1 => when(&mut d.when, y, text),
            _ => d.appointments = text,
        },
        Dialog::NotFreeFrom(d) if x.is_multiple_of(2) => d.time = text,
        Dialog::NotFreeFrom(d) => d.release = y.is_multiple_of(2),
        Dialog::ChangeTime(d) => when(&mut d.when, y, text),
        Dialog::SwapWith(d) => d.with = Some(person_id(["hg", "kp", "rs"][y % 3])),
        Dialog::AcceptFinding(d) => d.reason = "looked at".to_owned(),
        Dialog::Postpone(d) => d.reason = "no anaesthetist".to_owned(),
        Dialog::PastePeople(d) => d.duplicates = super::dialogs::PasteDuplicate::Update,
        Dialog::TypedPath(d) => d.text = text,
        Dialog::New(d) => d.template = x % 4,
        Dialog::Export(d) if y.is_multiple_of(2) => d.format = x % crate::exchange::FORMATS.len(),
        Dialog::Export(d) => d.times = text,
        Dialog::Find(d) => d.text = text,
        Dialog::Palette(d) => d.text = text,
        _ => {}
    }
    dialog
}

/// What may say that somebody was asked, agreed or declined.
fn is_status_action(action: &Action) -> bool {
    match action {
        Action::Do(verb) => matches!(
            verb,
            Verb::MoveOn
                | Verb::SetAsked
                | Verb::SetAgreed
                | Verb::SetDeclined
                | Verb::SetProposed
                | Verb::Undo
                | Verb::Redo
        ),
        Action::Propose { asked, .. } => *asked,
        Action::DialogPress(choice) => *choice == Choice::NotThisPost,
        _ => false,
    }
}

/// Whether the palette may have done one of these, or the question whether several people have agreed.
fn may_do_any_verb(editor: &Editor) -> bool {
    matches!(editor.dialog(), Some(Dialog::Palette(_) | Dialog::Many(_)))
}

/// Minutes for which somebody is said to be asked, agreed or declined, and was not before.
fn made(before: &Rota, after: &Rota) -> Option<String> {
    after.assignments.iter().filter(|a| a.status != Status::Proposed).find_map(|a| {
        let mut left = vec![a.span];
        let same = |b: &&Assignment| b.person == a.person && b.post == a.post && b.status == a.status;
        for b in before.assignments.iter().filter(same) {
            left = left.into_iter().flat_map(|part| part.without(b.span)).collect();
        }
        (!left.is_empty()).then(|| format!("{a:?}"))
    })
}

fn open() -> Editor {
    let mut editor = Editor::new(Settings::default());
    editor.show(Document::unsaved(start()));
    editor
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_can_be_taken_back_and_makes_no_consent(seeds in prop::collection::vec(any::<Seed>(), 1..60)) {
        let mut editor = open();
        let mut first = start();
        for (tick, seed) in seeds.into_iter().enumerate() {
            let action = action(&editor, seed);
            let before = editor.doc().map(|doc| doc.rota().clone());
            let by_status = is_status_action(&action) || may_do_any_verb(&editor);
            let told = format!("{action:?}");
            env_at(at("07:00").plus(i64::try_from(tick).unwrap()), 0, |env| {
                editor.run(action, env);
                editor.tick(env);
            });
            editor.take_effects();
            let Some(doc) = editor.doc() else {
                editor = open();
                first = start();
                continue;
            };
            prop_assert_eq!(faults(doc.rota()), vec![], "{}", told);
            if let (Some(before), false) = (before, by_status) {
                prop_assert_eq!(made(&before, doc.rota()), None, "{}", told);
            }
            prop_assert_eq!(doc.report(), &crate::checker::check(doc.rota()), "{}", told);
            if doc.undo_label().is_none() && doc.redo_label().is_none() {
                first = doc.rota().clone();
            }
        }
        let doc = editor.doc.as_mut().unwrap();
        let last = doc.rota().clone();
        let mut steps = 0;
        while doc.undo().is_some() {
            steps += 1;
        }
        prop_assert_eq!(doc.rota(), &first);
        for _ in 0..steps {
            prop_assert!(doc.redo().is_some());
        }
        // What was undone before the end can be redone on from there; going back gives the same.
        prop_assert_eq!(doc.rota(), &last);
    }

    #[test]
    fn nothing_open_bears_any_action(seeds in prop::collection::vec(any::<Seed>(), 1..40)) {
        let mut editor = Editor::new(Settings::default());
        for seed in seeds {
            let action = action(&editor, seed);
            env_at(Instant(0), 0, |env| {
                editor.run(action, env);
                editor.tick(env);
            });
            let _ = (editor.problems(), editor.dialog_errors());
        }
    }

    #[test]
    fn nothing_changes_what_is_only_looked_at(seeds in prop::collection::vec(any::<Seed>(), 1..40)) {
        let mut editor = Editor::new(Settings::default());
        let file = OpenedFile { rota: start(), sealed: Some(true), read_only: true, saved_at: None, saved_by: String::new() };
        editor.show(Document::opened(file, PathBuf::from("/r/cover.ron")));
        for seed in seeds {
            let action = action(&editor, seed);
            env_at(at("07:00"), 0, |env| editor.run(action, env));
            if let Some(doc) = editor.doc().filter(|doc| doc.is_read_only()) {
                prop_assert_eq!(doc.rota(), &start());
            }
        }
    }
}
