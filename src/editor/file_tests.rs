//! Opening, saving, closing and recovering, told step by step.

use std::path::{Path, PathBuf};

use super::dialogs::{Dialog, Then};
use super::fixture::{at, rota};
use super::testing::{env, env_at};
use super::*;
use crate::file::Faults;
use crate::model::Rota;

const FILE: &str = "/rotas/cover.ron";

fn file(sealed: Option<bool>, read_only: bool) -> OpenedFile {
    OpenedFile { rota: rota(), sealed, read_only, saved_at: Some(at("06:00")), saved_by: "p.okoro".to_owned() }
}

fn opened(sealed: Option<bool>, read_only: bool) -> Editor {
    let mut editor = Editor::new(Settings::default());
    let read = Answer::FileRead { path: FILE.into(), result: Ok(Box::new(file(sealed, read_only))) };
    env(|env| editor.answer(read, env));
    editor.take_effects();
    editor
}

fn run(editor: &mut Editor, action: Action) -> Vec<String> {
    env(|env| editor.run(action, env));
    effects(editor)
}

fn answer(editor: &mut Editor, answer: Answer) -> Vec<String> {
    env(|env| editor.answer(answer, env));
    effects(editor)
}

/// The effects in a few words each.
fn effects(editor: &mut Editor) -> Vec<String> {
    let word = |effect: Effect| match effect {
        Effect::ReadFile { path, view_only } => {
            format!("read {}{}", path.display(), if view_only { " to view" } else { "" })
        }
        Effect::WriteFile { path, why, allowed, .. } => {
            let (anew, loss) = (if allowed.anew { " anew" } else { "" }, if allowed.loss { " with loss" } else { "" });
            format!("write {} {why:?}{anew}{loss}", path.display())
        }
        Effect::AskSavePath { suggested, why } => format!("ask where: {suggested} {why:?}"),
        Effect::KeepRecovery { changes, .. } => format!("keep {changes}"),
        Effect::SetAside { changes, .. } => format!("set aside {changes}"),
        Effect::KeepRecent(files) => format!("recent {}: {}", files.len(), files[0].verdict),
        Effect::SetTitle(title) => format!("title {title}"),
        other => format!("{other:?}"),
    };
    editor.take_effects().into_iter().map(word).collect()
}

/// One edit, handed over to be kept.
fn edit(editor: &mut Editor) {
    let person = super::fixture::person_id("kp");
    let gap = crate::checker::Gap { post: super::fixture::post_id("mg"), span: super::fixture::span("10:00", "12:00") };
    run(editor, Action::Propose { person, gap, asked: false });
}

/// A rota with one edit that is not saved.
fn edited() -> Editor {
    let mut editor = opened(Some(true), false);
    edit(&mut editor);
    editor
}

/// The same while it is being saved, and the state that is.
fn being_saved() -> (Editor, u64) {
    let mut editor = edited();
    let state = saving(&mut editor);
    (editor, state)
}

fn written(state: u64, result: Result<(), SaveFailure>) -> Answer {
    Answer::FileWritten { path: FILE.into(), why: SaveWhy::Save, state, result }
}

fn saving(editor: &mut Editor) -> u64 {
    env(|env| editor.run(Action::Do(Verb::Save), env));
    let state = editor.take_effects().into_iter().find_map(|effect| match effect {
        Effect::WriteFile { state, .. } => Some(state),
        _ => None,
    });
    state.unwrap()
}

#[test]
fn a_file_is_opened_shown_and_remembered() {
    let mut editor = Editor::new(Settings::default());
    assert_eq!(run(&mut editor, Action::OpenPath(FILE.into())), ["read /rotas/cover.ron"]);
    let read = Answer::FileRead { path: FILE.into(), result: Ok(Box::new(file(Some(true), false))) };
    assert_eq!(answer(&mut editor, read), ["title cover.ron – Cover Rota", "recent 1: short 25 h"]);
    let doc = editor.doc().unwrap();
    assert!(doc.is_current() && !doc.is_unsaved());
    assert_eq!(editor.window(), Some(&super::fixture::window_id()));
    assert_eq!(editor.recent()[0].saved_by, "p.okoro");
}

#[test]
fn a_file_with_faults_is_told_and_nothing_is_lost() {
    let mut editor = opened(Some(true), false);
    let fault = "people \"hg\": this id is there twice";
    answer(&mut editor, Answer::FileRead { path: "/x/bad.ron".into(), result: Err(Faults::one(fault)) });
    let Some(Dialog::TypedPath(draft)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
    assert_eq!(draft.text, "/x/bad.ron", "to be put right");
    assert_eq!(draft.wrong, ["“bad.ron” was not opened.", fault]);
    assert_eq!(editor.doc().unwrap().path(), Some(PathBuf::from(FILE).as_path()));
}

#[test]
fn a_wrong_seal_is_not_current_until_it_is_confirmed() {
    let mut editor = opened(Some(false), false);
    assert_eq!(editor.dialog(), Some(&Dialog::SealNotice));
    let doc = editor.doc().unwrap();
    assert!(!doc.is_current() && doc.is_unsaved());
    run(&mut editor, Action::CloseDialog);
    assert!(!editor.doc().unwrap().is_current(), "closing is not confirming");
    run(&mut editor, Action::ShowSealNotice);
    run(&mut editor, Action::DialogOk);
    assert!(editor.doc().unwrap().is_current());
    assert_eq!(editor.dialog(), None);
}

#[test]
fn saving_is_told_only_when_it_was_done() {
    let mut editor = opened(Some(true), false);
    assert_eq!(editor.is_enabled(Verb::Save).unwrap_err().to_string(), "No changes to save");
    edit(&mut editor);
    let state = saving(&mut editor);
    assert_eq!(editor.doc().unwrap().file_state(), &FileState::Saving);
    // Somebody edits on while it is being written.
    run(&mut editor, Action::Do(Verb::Undo));
    answer(&mut editor, written(state, Ok(())));
    assert!(editor.doc().unwrap().is_unsaved(), "what was undone is not in the file");
    run(&mut editor, Action::Do(Verb::Redo));
    assert!(!editor.doc().unwrap().is_unsaved(), "the file holds just this");
}

#[test]
fn a_new_rota_asks_where_it_goes() {
    let mut editor = Editor::new(Settings::default());
    run(&mut editor, Action::NewFrom { template: 0 });
    run(&mut editor, Action::DialogOk);
    assert_eq!(editor.doc().unwrap().file_state(), &FileState::NotSaved);
    assert_eq!(run(&mut editor, Action::Do(Verb::Save)), ["ask where: 2016-04-26 cover.ron Save"]);
    let wrote = answer(&mut editor, Answer::SavePath { path: Some(FILE.into()), why: SaveWhy::Save });
    assert_eq!(wrote, ["write /rotas/cover.ron Save"]);
    let state = editor.doc().unwrap().saving_state();
    let after = answer(&mut editor, written(state, Ok(())));
    assert_eq!(after.last().map(String::as_str), Some("title cover.ron – Cover Rota"));
    assert!(!editor.doc().unwrap().is_unsaved());
}

#[test]
fn a_template_that_can_be_moved_asks_for_its_first_day() {
    let mut editor = Editor::new(Settings::default());
    run(&mut editor, Action::NewFrom { template: 1 });
    let Some(Dialog::New(draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
    let wrong = super::dialogs::NewDraft { first_day: "32/1".to_owned(), ..draft.clone() };
    run(&mut editor, Action::DialogEdited(Box::new(Dialog::New(wrong))));
    run(&mut editor, Action::DialogOk);
    assert_eq!(editor.dialog_errors()[0].field.part, super::dialogs::Part::FirstDay);
    let right = super::dialogs::NewDraft { first_day: "2/5/2016".to_owned(), ..draft };
    run(&mut editor, Action::DialogEdited(Box::new(Dialog::New(right))));
    run(&mut editor, Action::DialogOk);
    let rota = editor.doc().unwrap().rota();
    assert_eq!(crate::model::words::date(rota.zone(), rota.windows[0].span.from), "Mon 02-May-2016");
}

#[test]
fn unsaved_work_is_asked_about_before_it_is_left() {
    let mut editor = opened(Some(true), false);
    assert!(run(&mut editor, Action::Do(Verb::Quit)).contains(&"CloseWindow".to_owned()), "nothing to lose");
    edit(&mut editor);
    assert_eq!(run(&mut editor, Action::Do(Verb::Quit)), [] as [&str; 0]);
    assert_eq!(editor.dialog(), Some(&Dialog::Unsaved(Then::Quit)));
    run(&mut editor, Action::CloseDialog);
    assert!(editor.doc().is_some());
    run(&mut editor, Action::Do(Verb::Quit));
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::Save)), ["write /rotas/cover.ron Save"]);
    let state = editor.doc().unwrap().saving_state();
    assert!(answer(&mut editor, written(state, Ok(()))).contains(&"CloseWindow".to_owned()));
}

#[test]
fn not_saving_leaves_and_a_failed_save_stays() {
    let mut editor = edited();
    run(&mut editor, Action::Do(Verb::CloseFile));
    run(&mut editor, Action::DialogPress(Choice::Save));
    let state = editor.doc().unwrap().saving_state();
    let full = SaveFailure::CannotWrite("not saved, the disk is full".to_owned());
    assert_eq!(answer(&mut editor, written(state, Err(full))), [] as [&str; 0], "it was handed over with the edit");
    assert!(
        matches!(editor.dialog(), Some(Dialog::TypedPath(draft)) if draft.text == "cover.ron" && !draft.wrong.is_empty())
    );
    assert!(editor.doc().unwrap().is_unsaved() && editor.doc().unwrap().is_current());
    run(&mut editor, Action::Do(Verb::CloseFile));
    let left = run(&mut editor, Action::DialogPress(Choice::Discard));
    assert!(editor.doc().is_none());
    assert_eq!(left, ["set aside 1", "title Cover Rota"], "it can be recovered for a week");
}

#[test]
fn somebody_elses_change_is_told_and_nothing_is_written_over() {
    let mut editor = opened(Some(true), false);
    let changed = OnDisk::Changed { by: "j.harris".to_owned(), at: Some(at("06:30")), stands: Stands::Another };
    answer(&mut editor, Answer::OnDisk(changed));
    assert!(!editor.doc().unwrap().is_current());
    run(&mut editor, Action::Do(Verb::Save));
    assert_eq!(editor.dialog(), Some(&Dialog::ChangedOnDisk));
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::SaveCopy)), ["ask where: cover copy.ron Copy"]);
    let copy = PathBuf::from("/rotas/cover copy.ron");
    answer(&mut editor, Answer::FileWritten { path: copy, why: SaveWhy::Copy, state: 0, result: Ok(()) });
    assert!(!editor.doc().unwrap().is_current(), "a copy cures nothing");
    run(&mut editor, Action::ShowChangedOnDisk);
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::Reload)), ["read /rotas/cover.ron"]);
    answer(&mut editor, Answer::OnDisk(OnDisk::Same));
    assert!(editor.doc().unwrap().is_current());
}

#[test]
fn a_file_that_cannot_be_read_greys_the_verdicts_until_it_can() {
    let mut editor = opened(Some(true), false);
    answer(&mut editor, Answer::OnDisk(OnDisk::Unreadable));
    let since = Moment { at: at("07:00"), second: 0 };
    assert_eq!(editor.doc().unwrap().file_state(), &FileState::CannotCheck { since, saving: false });
    assert!(!editor.doc().unwrap().is_current());
    answer(&mut editor, Answer::OnDisk(OnDisk::Same));
    assert!(editor.doc().unwrap().is_current());
}

#[test]
fn what_was_not_confirmed_is_kept_and_tried_again() {
    let (mut editor, state) = being_saved();
    answer(&mut editor, written(state, Err(SaveFailure::NotConfirmed("other contents".to_owned()))));
    assert!(!editor.doc().unwrap().is_current());
    assert_eq!(editor.doc().unwrap().file_state(), &FileState::NotConfirmed("other contents".to_owned()));
    run(&mut editor, Action::CloseDialog);
    assert_eq!(run(&mut editor, Action::Do(Verb::Save)), ["write /rotas/cover.ron Save"]);
}

/// Lets time pass.
fn tick(editor: &mut Editor, second: u8) -> Vec<String> {
    env_at(at("07:00"), second, |env| editor.tick(env));
    effects(editor)
}

/// The state that was handed over last.
fn state_of(editor: &Editor) -> u64 {
    editor.doc().unwrap().state()
}

#[test]
fn unsaved_work_is_handed_over_at_once_and_dropped_when_it_is_saved() {
    let mut editor = opened(Some(true), false);
    let person = super::fixture::person_id("kp");
    let gap = crate::checker::Gap { post: super::fixture::post_id("mg"), span: super::fixture::span("10:00", "12:00") };
    assert!(run(&mut editor, Action::Propose { person, gap, asked: false }).contains(&"keep 1".to_owned()));
    for second in [1, 4] {
        assert_eq!(tick(&mut editor, second), [] as [&str; 0], "at rest nothing is done");
    }
    assert_eq!(tick(&mut editor, 9), ["Repaint"], "the toast goes after 8 s, and nothing new is kept");
    assert_eq!(run(&mut editor, Action::Do(Verb::Undo)).last().map(String::as_str), Some("DropRecovery"));
    run(&mut editor, Action::Do(Verb::Redo));
    let state = saving(&mut editor);
    assert!(answer(&mut editor, written(state, Ok(()))).contains(&"DropRecovery".to_owned()));
}

#[test]
fn kept_is_said_only_when_it_is_and_not_kept_stays() {
    let mut editor = edited();
    assert_eq!(editor.kept_sentence(), "Your work is being kept on this computer.");
    let (state, moment) = (state_of(&editor), Moment { at: at("07:00"), second: 2 });
    answer(&mut editor, Answer::RecoveryKept { state, at: moment });
    assert_eq!(editor.kept_sentence(), "Your work is kept on this computer (07:00:02).");
    run(&mut editor, Action::Do(Verb::Undo));
    run(&mut editor, Action::Do(Verb::Redo));
    assert_eq!(editor.kept_sentence(), "Your work is being kept on this computer.", "that was an older state");
    answer(&mut editor, Answer::RecoveryFailed("the disk is full".to_owned()));
    assert_eq!(editor.kept_sentence(), "It could not be kept on this computer either.");
    run(&mut editor, Action::Do(Verb::Palette));
    run(&mut editor, Action::CloseDialog);
    assert_eq!(editor.not_kept(), Some("the disk is full"), "whatever else is done");
    assert!(!tick(&mut editor, 4).contains(&"keep 1".to_owned()));
    assert!(tick(&mut editor, 5).contains(&"keep 1".to_owned()), "it is tried again");
    assert_eq!(editor.not_kept(), Some("the disk is full"), "and trying is not keeping");
    let state = state_of(&editor);
    answer(&mut editor, Answer::RecoveryKept { state, at: moment });
    assert_eq!(editor.not_kept(), None);
}

#[test]
fn what_waits_does_not_wait_for_a_clock_that_is_put_back() {
    let mut editor = edited();
    answer(&mut editor, Answer::RecoveryFailed("the disk is full".to_owned()));
    let an_hour_ago = at("06:00");
    let running = |seconds: u64| std::time::Duration::from_secs(at("07:00").0 as u64 * 60 + seconds);
    let mut random = || 7;
    let mut env = Env { now: an_hour_ago, second: 0, running: running(9), user: "j.harris", random: &mut random };
    editor.tick(&mut env);
    assert_eq!(editor.toast(), None);
    assert!(effects(&mut editor).contains(&"keep 1".to_owned()));
}

#[test]
fn a_file_that_is_gone_is_asked_about_once_and_written_anew() {
    let mut editor = edited();
    run(&mut editor, Action::Do(Verb::Quit));
    run(&mut editor, Action::DialogPress(Choice::Save));
    let state = editor.doc().unwrap().saving_state();
    answer(&mut editor, written(state, Err(SaveFailure::Gone)));
    let Some(Dialog::SaveAgain(draft)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
    assert_eq!((draft.about, &draft.then), (super::dialogs::SaveAgain::Gone, &Some(Then::Quit)));
    assert_eq!(run(&mut editor, Action::DialogOk), ["write /rotas/cover.ron Save anew"]);
    assert!(answer(&mut editor, written(state, Ok(()))).contains(&"CloseWindow".to_owned()), "as was asked");

    let (mut editor, state) = being_saved();
    answer(&mut editor, written(state, Err(SaveFailure::Gone)));
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::SaveElsewhere)), ["ask where: cover.ron Save"]);
}

#[test]
fn what_a_save_would_lose_is_asked_about_once() {
    let (mut editor, state) = being_saved();
    answer(&mut editor, written(state, Err(SaveFailure::WouldLose { access: true })));
    assert_eq!(run(&mut editor, Action::DialogOk), ["write /rotas/cover.ron Save with loss"]);
    answer(&mut editor, written(state, Ok(())));
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(run(&mut editor, Action::Do(Verb::Save)), ["write /rotas/cover.ron Save with loss"]);
}

#[test]
fn a_save_that_is_not_answered_is_told_until_it_is() {
    let (mut editor, state) = being_saved();
    let since = Moment { at: at("07:00"), second: 0 };
    answer(&mut editor, written(state, Err(SaveFailure::NoAnswer { since })));
    let doc = editor.doc().unwrap();
    assert_eq!(doc.file_state(), &FileState::CannotCheck { since, saving: true });
    assert!(!doc.is_current() && doc.is_unsaved());
    assert!(editor.is_enabled(Verb::Save).is_err() && editor.is_enabled(Verb::SaveCopy).is_ok());
    answer(&mut editor, Answer::OnDisk(OnDisk::Same));
    assert!(!editor.doc().unwrap().is_current(), "the save may still come");
    answer(&mut editor, written(state, Ok(())));
    assert!(editor.doc().unwrap().is_current() && !editor.doc().unwrap().is_unsaved());
}

#[test]
fn a_late_answer_is_no_answer_for_another_rota() {
    let (mut editor, state) = being_saved();
    let read = Answer::FileRead { path: FILE.into(), result: Ok(Box::new(file(Some(true), false))) };
    answer(&mut editor, read);
    edit(&mut editor);
    answer(&mut editor, written(state, Ok(())));
    assert!(editor.doc().unwrap().is_unsaved());
}

#[test]
fn a_disk_that_does_not_answer_greys_the_verdicts_since_it_was_asked() {
    let mut editor = opened(Some(true), false);
    let since = Moment { at: at("06:38"), second: 0 };
    answer(&mut editor, Answer::OnDisk(OnDisk::NoAnswer { since }));
    assert_eq!(editor.doc().unwrap().file_state(), &FileState::CannotCheck { since, saving: false });
    answer(&mut editor, Answer::OnDisk(OnDisk::Same));
    assert!(editor.doc().unwrap().is_current());
}

#[test]
fn the_question_goes_when_what_it_asks_about_is_saved() {
    let (mut editor, state) = being_saved();
    run(&mut editor, Action::Do(Verb::Quit));
    assert_eq!(editor.dialog(), Some(&Dialog::Unsaved(Then::Quit)));
    assert!(answer(&mut editor, written(state, Ok(()))).contains(&"CloseWindow".to_owned()));
    assert_eq!(editor.dialog(), None);
}

#[test]
fn what_is_not_saved_is_set_aside_and_not_kept_as_if_it_were_wanted() {
    let mut editor = edited();
    run(&mut editor, Action::Do(Verb::Quit));
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::Discard)), ["set aside 1", "CloseWindow"]);
    assert_eq!(tick(&mut editor, 1), [] as [&str; 0]);
}

#[test]
fn what_was_opened_since_stays_before_what_earlier_runs_knew() {
    let mut editor = opened(Some(true), false);
    let known = |path: &str| RecentFile { path: path.into(), ..editor.recent()[0].clone() };
    let earlier = vec![known("/rotas/old.ron"), known(FILE)];
    let kept = answer(&mut editor, Answer::Recent(earlier));
    assert_eq!((editor.recent().len(), editor.recent()[0].path.as_path()), (2, std::path::Path::new(FILE)));
    assert_eq!(kept.len(), 1, "the list on disk has both again: {kept:?}");
    answer(&mut editor, Answer::Unreachable(vec![("/rotas/old.ron".into(), "the file is not there".to_owned())]));
    assert_eq!(editor.recent()[1].unreachable.as_deref(), Some("the file is not there"));
}

#[test]
fn kept_work_whose_file_has_changed_opens_as_not_current_until_it_is_a_new_file() {
    let mut editor = Editor::new(Settings::default());
    let kept = KeptWork {
        kept_path: "/data/x.kept.ron".into(),
        title: "Cover".to_owned(),
        kept: None,
        path: Some(FILE.into()),
        saved: None,
        changes: 4,
    };
    answer(&mut editor, Answer::Kept(vec![kept]));
    assert_eq!(run(&mut editor, Action::Recover(0)), ["ReadKept(\"/data/x.kept.ron\")"]);
    let shown = answer(
        &mut editor,
        Answer::KeptRead {
            path: "/data/x.kept.ron".into(),
            file: Some((FILE.into(), changed_by_harris())),
            result: Ok(Box::new(file(Some(true), false))),
        },
    );
    let doc = editor.doc().unwrap();
    assert_eq!((doc.path(), doc.would_lose_work()), (Some(Path::new(FILE)), true));
    assert!(!doc.is_current() && doc.is_changed_on_disk(), "as an open file that somebody else has changed");
    assert!(shown.contains(&"title cover.ron – Cover Rota".to_owned()), "{shown:?}");
    assert!(editor.notice().unwrap().contains("cover.ron has changed since"), "{:?}", editor.notice());
    assert!(editor.kept().is_empty(), "it is open, so it is not offered");
    assert_eq!(run(&mut editor, Action::Do(Verb::Save)), [] as [&str; 0]);
    assert_eq!(editor.dialog(), Some(&Dialog::ChangedOnDisk), "it is not saved over theirs");
    run(&mut editor, Action::CloseDialog);
    run(&mut editor, Action::Do(Verb::CloseFile));
    run(&mut editor, Action::DialogPress(Choice::Discard));
    assert_eq!(editor.kept().len(), 1, "left unsaved, it is offered again");
    run(&mut editor, Action::Recover(0));
    answer(
        &mut editor,
        Answer::KeptRead {
            path: "/data/x.kept.ron".into(),
            file: Some((FILE.into(), changed_by_harris())),
            result: Ok(Box::new(file(Some(true), false))),
        },
    );
    answer(&mut editor, Answer::SavePath { path: Some("/rotas/new.ron".into()), why: SaveWhy::Save });
    let state = editor.doc().unwrap().saving_state();
    let path = PathBuf::from("/rotas/new.ron");
    let after = answer(&mut editor, Answer::FileWritten { path, why: SaveWhy::Save, state, result: Ok(()) });
    assert!(editor.doc().unwrap().is_current() && !editor.doc().unwrap().is_changed_on_disk());
    assert!(after.contains(&"DropKept(\"/data/x.kept.ron\")".to_owned()), "{after:?}");
    assert!(editor.kept().is_empty());
}

#[test]
fn recovered_work_is_saved_over_its_own_file_where_that_is_what_it_was() {
    let mut editor = Editor::new(Settings::default());
    let read = Ok(Box::new(file(Some(true), false)));
    answer(
        &mut editor,
        Answer::KeptRead { path: "/data/x.kept.ron".into(), file: Some((FILE.into(), OnDisk::Same)), result: read },
    );
    assert_eq!(editor.notice(), Some("Recovered, not saved yet. Save writes it to cover.ron"));
    assert!(editor.doc().unwrap().would_lose_work() && editor.doc().unwrap().is_current());
    assert_eq!(run(&mut editor, Action::Do(Verb::Save)), ["write /rotas/cover.ron Save"]);
}

#[test]
fn view_only_changes_nothing_but_can_be_copied() {
    let mut editor = opened(Some(true), true);
    edit(&mut editor);
    assert_eq!(editor.notice(), Some("View only: save a copy to change it"));
    assert_eq!(*editor.doc().unwrap().rota(), rota());
    assert!(editor.is_enabled(Verb::SaveCopy).is_ok() && editor.is_enabled(Verb::AddPerson).is_err());
}

#[test]
fn a_system_without_dialogs_takes_a_typed_path() {
    let mut editor = opened(Some(true), false);
    answer(
        &mut editor,
        Answer::NoFileDialog { why: PathWhy::Save(SaveWhy::Copy), suggested: "/home/a/copy".to_owned() },
    );
    assert_eq!(run(&mut editor, Action::DialogOk), ["write /home/a/copy.ron Copy"]);
    answer(&mut editor, Answer::NoFileDialog { why: PathWhy::Open, suggested: String::new() });
    run(&mut editor, Action::DialogOk);
    assert_eq!(editor.notice(), Some("Type the whole path of the file"));
    assert!(editor.dialog().is_some(), "it stays open");
}

#[test]
fn a_path_to_no_folder_stays_to_be_put_right_or_the_folder_is_made() {
    let mut editor = edited();
    answer(&mut editor, Answer::SavePath { path: Some("/walkouts/26/a.ron".into()), why: SaveWhy::Save });
    let (path, state) = (PathBuf::from("/walkouts/26/a.ron"), editor.doc().unwrap().saving_state());
    let result = Err(SaveFailure::NoFolder("there is no folder /walkouts/26".to_owned()));
    answer(&mut editor, Answer::FileWritten { path, why: SaveWhy::Save, state, result });
    let Some(Dialog::TypedPath(draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
    assert_eq!((draft.text.as_str(), draft.no_folder, draft.make_folder), ("/walkouts/26/a.ron", true, false));
    let made = crate::editor::dialogs::TypedPathDraft { make_folder: true, ..draft };
    run(&mut editor, Action::DialogEdited(Box::new(Dialog::TypedPath(made))));
    let effects = run(&mut editor, Action::DialogOk);
    assert_eq!(effects, ["MakeFolder(\"/walkouts/26\")", "write /walkouts/26/a.ron Save anew"]);
}

#[test]
fn an_example_is_looked_at_and_left_without_a_question() {
    let mut editor = Editor::new(Settings::default());
    run(&mut editor, Action::OpenExampleAt(0));
    assert!(editor.doc().is_some_and(|doc| doc.is_unsaved() && !doc.would_lose_work()));
    run(&mut editor, Action::Do(Verb::CloseFile));
    assert!(editor.doc().is_none());
    assert_eq!(*Document::unsaved(Rota::empty()).rota(), Rota::empty());
}

#[test]
fn a_wrong_seal_is_confirmed_before_anything_is_written() {
    let mut editor = opened(Some(false), false);
    run(&mut editor, Action::CloseDialog);
    for verb in [Verb::Save, Verb::SaveAs, Verb::SaveCopy] {
        assert_eq!(run(&mut editor, Action::Do(verb)), [] as [&str; 0]);
        assert_eq!(editor.dialog(), Some(&Dialog::SealNotice));
        run(&mut editor, Action::CloseDialog);
    }
    run(&mut editor, Action::ConfirmSeal);
    assert_eq!(run(&mut editor, Action::Do(Verb::Save)), ["write /rotas/cover.ron Save"]);
}

#[test]
fn kept_work_is_told_once_and_not_twice_over() {
    let mut editor = Editor::new(Settings::default());
    let kept = |n: u8| KeptWork {
        kept_path: format!("/data/{n}.kept.ron").into(),
        title: String::new(),
        kept: None,
        path: None,
        saved: None,
        changes: 1,
    };
    answer(&mut editor, Answer::Kept(vec![kept(1), kept(2)]));
    let read = || Answer::FileRead { path: FILE.into(), result: Ok(Box::new(file(Some(true), false))) };
    answer(&mut editor, read());
    assert_eq!(editor.dialog(), None, "the banner tells it");
    run(&mut editor, Action::Do(Verb::Recover));
    run(&mut editor, Action::ThrowAway(0));
    assert_eq!(editor.dialog(), Some(&Dialog::Recover));
    assert!(run(&mut editor, Action::ThrowAway(0)).contains(&"ThrowAway(\"/data/2.kept.ron\")".to_owned()));
    assert_eq!(editor.dialog(), None);
    answer(&mut editor, Answer::Kept(vec![kept(3)]));
    run(&mut editor, Action::KeptNotNow);
    run(&mut editor, Action::Do(Verb::Recover));
    assert_eq!((editor.dialog(), editor.kept().len()), (Some(&Dialog::Recover), 1), "asked for, it is there");
}

#[test]
fn what_was_thrown_away_is_brought_back() {
    let mut editor = Editor::new(Settings::default());
    assert_eq!(editor.is_enabled(Verb::Recover).unwrap_err().to_string(), "No kept copies of earlier work");
    let thrown = KeptWork {
        kept_path: "/data/1.thrown.ron".into(),
        title: "Cover".to_owned(),
        kept: None,
        path: None,
        saved: None,
        changes: 14,
    };
    answer(&mut editor, Answer::ThrownAway(vec![thrown]));
    run(&mut editor, Action::Do(Verb::Recover));
    assert_eq!(editor.dialog(), Some(&Dialog::Recover));
    assert_eq!(run(&mut editor, Action::RecoverThrown(0)), ["ReadKept(\"/data/1.thrown.ron\")"]);
    let (path, read) = (PathBuf::from("/data/1.thrown.ron"), Ok(Box::new(file(Some(true), false))));
    answer(&mut editor, Answer::KeptRead { path, file: None, result: read });
    assert!(editor.doc().is_some_and(Document::would_lose_work) && editor.thrown_away().is_empty());
}

#[test]
fn a_file_that_is_gone_stays_gone_whatever_is_asked_and_undone() {
    let mut editor = edited();
    answer(&mut editor, Answer::OnDisk(OnDisk::Gone));
    let since = Moment { at: at("07:00"), second: 0 };
    let is_gone = |editor: &Editor| {
        let doc = editor.doc().unwrap();
        assert_eq!(doc.file_state(), &FileState::Gone { since });
        assert!(!doc.is_current() && doc.is_unsaved());
    };
    is_gone(&editor);
    let state = saving(&mut editor);
    assert!(!editor.doc().unwrap().is_current(), "asking is not saving");
    answer(&mut editor, written(state, Err(SaveFailure::Gone)));
    run(&mut editor, Action::CloseDialog);
    is_gone(&editor);
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(editor.is_enabled(Verb::Undo).unwrap_err().to_string(), "Nothing to undo");
    is_gone(&editor);
    answer(&mut editor, Answer::SavePath { path: Some("/full/cover.ron".into()), why: SaveWhy::Save });
    let (path, full) = (PathBuf::from("/full/cover.ron"), SaveFailure::CannotWrite("the disk is full".to_owned()));
    answer(&mut editor, Answer::FileWritten { path, why: SaveWhy::Save, state: 0, result: Err(full) });
    is_gone(&editor);
    answer(&mut editor, Answer::OnDisk(OnDisk::Unreadable));
    is_gone(&editor);
    answer(&mut editor, Answer::OnDisk(OnDisk::Same));
    assert!(editor.doc().unwrap().is_current() && !editor.doc().unwrap().is_unsaved(), "it is there again");
}

#[test]
fn what_was_seen_during_a_save_counts_once_it_has_failed() {
    let (mut editor, state) = being_saved();
    answer(&mut editor, Answer::OnDisk(changed_by_harris()));
    assert_eq!(editor.doc().unwrap().file_state(), &FileState::Saving);
    answer(&mut editor, written(state, Err(SaveFailure::CannotWrite("the disk is full".to_owned()))));
    assert!(matches!(editor.doc().unwrap().file_state(), FileState::ChangedOnDisk { .. }));
    assert!(!editor.doc().unwrap().is_current());
}

#[test]
fn the_only_copy_is_saved_kept_and_asked_about_though_nothing_was_changed() {
    for read_only in [false, true] {
        let mut editor = opened(Some(true), read_only);
        assert_eq!(answer(&mut editor, Answer::OnDisk(OnDisk::Gone)), ["keep 1"]);
        assert_eq!(editor.is_enabled(Verb::Save), Ok(()));
        assert_eq!(run(&mut editor, Action::Do(Verb::Quit)), [] as [&str; 0]);
        assert_eq!(editor.dialog(), Some(&Dialog::Unsaved(Then::Quit)));
        run(&mut editor, Action::CloseDialog);
        let asked = if read_only { "ask where: cover.ron Save" } else { "write /rotas/cover.ron Save" };
        assert_eq!(run(&mut editor, Action::Do(Verb::Save)), [asked]);
    }
    let mut editor = opened(Some(true), false);
    answer(&mut editor, Answer::OnDisk(OnDisk::Gone));
    run(&mut editor, Action::Do(Verb::Quit));
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::Discard)), ["set aside 1", "CloseWindow"]);
    let mut editor = opened(Some(true), false);
    answer(&mut editor, Answer::OnDisk(OnDisk::Gone));
    assert_eq!(answer(&mut editor, Answer::OnDisk(OnDisk::Same)), ["DropRecovery"], "it is there again");
    assert!(run(&mut editor, Action::Do(Verb::Quit)).contains(&"CloseWindow".to_owned()));
}

#[test]
fn newer_work_on_the_open_file_comes_first() {
    let kept = |n: u8, path: Option<&str>, hour: &str| KeptWork {
        kept_path: format!("/data/{n}.kept.ron").into(),
        title: String::new(),
        kept: Some(Moment { at: at(hour), second: 0 }),
        path: path.map(PathBuf::from),
        saved: None,
        changes: 1,
    };
    let order = |editor: &Editor| {
        let number =
            |work: &KeptWork| work.kept_path.display().to_string().replace("/data/", "").replace(".kept.ron", "");
        editor.kept().iter().map(number).collect::<Vec<_>>()
    };
    let all = || {
        vec![
            kept(1, Some("/rotas/other.ron"), "08:00"),
            kept(2, None, "08:00"),
            kept(3, Some(FILE), "08:00"),
            kept(4, Some(FILE), "09:00"),
        ]
    };
    let mut editor = opened(Some(true), false);
    answer(&mut editor, Answer::Kept(all()));
    assert_eq!(order(&editor), ["4", "3", "1", "2"]);
    assert!(editor.is_of_open_file(&editor.kept()[0]) && !editor.is_of_open_file(&editor.kept()[2]));
    assert!(!editor.doc().unwrap().is_current(), "there is newer work than what is shown");
    let told = "Nothing was changed here. Newer work on this file is kept, but not saved: File > Recover…";
    assert_eq!(editor.is_enabled(Verb::Save).unwrap_err().to_string(), told);
    run(&mut editor, Action::KeptNotNow);
    assert!(editor.doc().unwrap().is_current());
    run(&mut editor, Action::Do(Verb::Save));
    assert_eq!(editor.notice(), Some(told), "it was closed, and is still not saved");
    let mut editor = Editor::new(Settings::default());
    answer(&mut editor, Answer::Kept(all()));
    assert_eq!(order(&editor), ["1", "2", "3", "4"]);
    run(&mut editor, Action::KeptNotNow);
    let read = Answer::FileRead { path: FILE.into(), result: Ok(Box::new(file(Some(true), false))) };
    answer(&mut editor, read);
    assert_eq!(order(&editor), ["4", "3"], "said again, as it is about this file");
}

#[test]
fn a_paste_of_sessions_that_is_cancelled_leaves_the_view() {
    let mut editor = opened(Some(true), false);
    run(&mut editor, Action::Do(Verb::PasteSessions));
    assert!(matches!(editor.dialog(), Some(Dialog::PasteSessions(_))));
    run(&mut editor, Action::CloseDialog);
    assert_eq!(editor.view(), View::Posts);
}

#[test]
fn a_full_disk_offers_the_name_without_its_folder() {
    let (mut editor, state) = being_saved();
    answer(&mut editor, written(state, Err(SaveFailure::Full("not saved, the disk is full".to_owned()))));
    let Some(Dialog::TypedPath(draft)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
    assert_eq!((draft.text.as_str(), draft.wrong.len()), ("cover.ron", 1));
    run(&mut editor, Action::DialogOk);
    assert_eq!(editor.notice(), Some("Type the folder too, before cover.ron"));
}

fn changed_by_harris() -> OnDisk {
    OnDisk::Changed { by: "j.harris".to_owned(), at: None, stands: Stands::Another }
}

#[test]
fn what_cannot_be_saved_over_another_file_is_saved_as_a_copy_and_then_theirs_is_shown() {
    let mut editor = edited();
    effects(&mut editor);
    answer(&mut editor, Answer::OnDisk(changed_by_harris()));
    run(&mut editor, Action::ShowChangedOnDisk);
    assert_eq!(run(&mut editor, Action::DialogPress(Choice::Reload)), [] as [&str; 0]);
    assert_eq!(editor.dialog(), Some(&Dialog::Unsaved(Then::Reload)));
    let asked = run(&mut editor, Action::DialogPress(Choice::CopyThen));
    assert_eq!(asked, ["ask where: cover copy.ron Copy"], "and not the same question again");
    let copy = PathBuf::from("/rotas/cover copy.ron");
    answer(&mut editor, Answer::SavePath { path: Some(copy.clone()), why: SaveWhy::Copy });
    let state = editor.doc().unwrap().saving_state();
    let saved = answer(&mut editor, Answer::FileWritten { path: copy, why: SaveWhy::Copy, state, result: Ok(()) });
    assert!(saved.contains(&"read /rotas/cover.ron".to_owned()), "{saved:?}");
    // Without a copy the work is set aside.
    let mut editor = edited();
    answer(&mut editor, Answer::OnDisk(changed_by_harris()));
    run(&mut editor, Action::DialogPress(Choice::Reload));
    run(&mut editor, Action::ShowChangedOnDisk);
    run(&mut editor, Action::DialogPress(Choice::Reload));
    let shown = run(&mut editor, Action::DialogPress(Choice::Discard));
    assert!(shown.contains(&"set aside 1".to_owned()) && shown.contains(&"read /rotas/cover.ron".to_owned()));
}

#[test]
fn the_window_whose_file_cannot_be_read_has_the_only_copy() {
    let mut editor = opened(Some(true), false);
    let damaged = OnDisk::Changed { by: String::new(), at: None, stands: Stands::Unreadable };
    assert_eq!(answer(&mut editor, Answer::OnDisk(damaged)), ["keep 1"]);
    assert!(editor.doc().unwrap().is_unsaved());
    run(&mut editor, Action::Do(Verb::Quit));
    assert_eq!(editor.dialog(), Some(&Dialog::Unsaved(Then::Quit)));
    run(&mut editor, Action::CloseDialog);
    assert_eq!(answer(&mut editor, Answer::OnDisk(OnDisk::Same)), ["DropRecovery"], "it is whole again");
}
