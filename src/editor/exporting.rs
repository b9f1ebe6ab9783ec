//! Giving the rota out in other formats: what is asked before, and told after it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::exchange::Format;
use crate::model::words;

use super::dialogs::{Dialog, ExportDraft};
use super::effect::{Effect, Export};
use super::env::Env;
use super::opening::with_ending;
use super::{Editor, Toast};

impl Editor {
    pub(super) fn ask_export(&mut self) {
        // What is given out looks as if it could be trusted.
        if self.asks_for_seal() {
            return;
        }
        if let Some(doc) = &self.doc {
            self.dialog = Some(Dialog::Export(ExportDraft::new(doc.path().is_some())));
        }
    }

    pub(super) fn accept_export(&mut self, draft: &ExportDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        if let Err(why) = draft.documents(doc.rota(), doc.report(), env.now) {
            self.notice = Some(words::capital(&why.to_string()));
            return false;
        }
        let Some(export) = draft.export() else { return false };
        let name = self.suggested_name();
        let stem = name.strip_suffix(".ron").unwrap_or(&name);
        let format = draft.format();
        let ending = if format.is_folder { String::new() } else { format!(".{}", format.ending) };
        self.effects.push(Effect::AskExportPath { suggested: format!("{stem} {}{ending}", format.name), export });
        true
    }

    /// The text for the clipboard: a table for a spreadsheet, or the messages one after another.
    pub(super) fn copy_export(&mut self, draft: &ExportDraft, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let format = draft.format();
        match draft.documents(doc.rota(), doc.report(), env.now) {
            Ok(_) if draft.export().is_none() || !format.is_copied() => {
                self.dialog = Some(Dialog::Export(draft.clone()));
            }
            Ok(documents) => {
                let files = words::count(documents.len() as u64, "text");
                let text = format!("Copied: {}, {files}", format.title);
                self.effects.push(Effect::CopyText(format.copied(&documents)));
                self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
            }
            Err(why) => self.notice = Some(words::capital(&why.to_string())),
        }
    }

    /// Somebody has typed where to: a file gets its format's ending.
    pub(super) fn export_to_typed(&mut self, path: PathBuf, export: Export) {
        let path = match Format::named(export.format) {
            Some(format) if !format.is_folder => with_ending(path, format.ending),
            _ => path,
        };
        self.export_to(path, export);
    }

    /// Somebody has said where to.
    pub(super) fn export_to(&mut self, path: PathBuf, export: Export) {
        if let Some(doc) = &self.doc {
            self.effects.push(Effect::Export { path, export, rota: Arc::new(doc.rota().clone()) });
        }
    }

    pub(super) fn exported(&mut self, result: Result<(PathBuf, usize), String>, env: &Env<'_>) {
        let place = |path: &Path| words::safe_up_to(&path.display().to_string(), 300).into_owned();
        let text = match result {
            Ok((path, 1)) => format!("Written to {}", place(&path)),
            Ok((path, files)) => format!("{files} files are in {}", place(&path)),
            Err(why) => {
                self.notice = Some(words::capital(&why));
                return;
            }
        };
        self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogs::TypedPathDraft;
    use super::super::effect::{Answer, PathWhy};
    use super::super::fixture::rota;
    use super::super::grid_tests::{editor, run};
    use super::super::testing::env;
    use super::super::verb::Verb;
    use super::super::{Action, Choice};
    use super::*;
    use crate::exchange::FORMATS;

    fn answer(editor: &mut Editor, answer: Answer) {
        env(|env| editor.answer(answer, env));
    }

    /// The dialog, with this format chosen.
    fn chosen(name: &str) -> Editor {
        let mut editor = editor(rota());
        run(&mut editor, Action::Do(Verb::Export));
        let Some(Dialog::Export(draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
        let format = FORMATS.iter().position(|format| format.name == name).unwrap();
        run(&mut editor, Action::DialogEdited(Box::new(ExportDraft { format, ..draft }.into())));
        editor.take_effects();
        editor
    }

    #[test]
    fn what_is_exported_is_asked_for_a_place_written_and_told() {
        let mut editor = chosen("csv");
        run(&mut editor, Action::DialogOk);
        let asked: Vec<Effect> = editor.take_effects();
        let [Effect::AskExportPath { suggested, export }] = asked.as_slice() else { panic!("{asked:?}") };
        assert!(suggested.ends_with("cover csv.csv"), "{suggested}");
        answer(&mut editor, Answer::ExportPath { path: Some("/x/a.csv".into()), export: export.clone() });
        let effects = editor.take_effects();
        assert!(
            effects.iter().any(|it| matches!(it, Effect::Export { path, .. } if path == Path::new("/x/a.csv"))),
            "{effects:?}"
        );
        answer(&mut editor, Answer::Exported(Ok(("/x/a.csv".into(), 1))));
        assert_eq!(editor.toast().unwrap().text, "Written to /x/a.csv");
        answer(&mut editor, Answer::Exported(Err("not saved, the disk is full".to_owned())));
        assert_eq!(editor.notice(), Some("Not saved, the disk is full"));
        assert_eq!(*editor.doc().unwrap().rota(), rota(), "nothing in the rota changes");
    }

    #[test]
    fn a_table_is_copied_and_messages_to_nobody_are_not() {
        let mut editor = chosen("sitrep");
        run(&mut editor, Action::DialogPress(Choice::CopyExport));
        let effects = editor.take_effects();
        let [Effect::CopyText(text)] = effects.as_slice() else { panic!("{effects:?}") };
        assert!(text.starts_with("Hospital\tRegion\tDate\t"), "{text}");
        assert!(editor.dialog().is_none() && editor.toast().unwrap().text.starts_with("Copied: Daily return"));
        let mut editor = chosen("messages");
        run(&mut editor, Action::DialogPress(Choice::CopyExport));
        assert_eq!(editor.take_effects(), []);
        assert_eq!(editor.notice(), Some("There is nothing to export: nobody is on a post"));
    }

    #[test]
    fn what_cannot_be_exported_says_why_and_stays_open() {
        let mut editor = chosen("ics");
        run(&mut editor, Action::DialogOk);
        assert!(editor.notice().unwrap().starts_with("Save the rota first"), "{:?}", editor.notice());
        assert!(matches!(editor.dialog(), Some(Dialog::Export(_))));
        assert_eq!(editor.take_effects(), []);
    }

    #[test]
    fn times_that_are_none_are_told_beside_the_field() {
        let mut editor = chosen("sitrep");
        let Some(Dialog::Export(draft)) = editor.dialog().cloned() else { panic!() };
        for (times, is_right) in [("9, 20:00", true), ("noon", false), ("", false), ("09:00;17:30", true)] {
            let draft = ExportDraft { times: times.to_owned(), ..draft.clone() };
            assert_eq!(draft.export().is_some(), is_right, "{times}");
            run(&mut editor, Action::DialogEdited(Box::new(draft.into())));
            assert_eq!(editor.dialog_errors().is_empty(), is_right, "{times}");
        }
    }

    #[test]
    fn a_system_without_dialogs_takes_a_typed_path_and_the_format_gives_its_ending() {
        let mut editor = chosen("csv");
        run(&mut editor, Action::DialogOk);
        let effects = editor.take_effects();
        let [Effect::AskExportPath { export, .. }] = effects.as_slice() else { panic!("{effects:?}") };
        let why = PathWhy::Export(export.clone());
        answer(&mut editor, Answer::NoFileDialog { why: why.clone(), suggested: "/home/a/shifts".to_owned() });
        let expected = TypedPathDraft::new(why, "/home/a/shifts".to_owned());
        assert_eq!(editor.dialog(), Some(&Dialog::TypedPath(expected)));
        run(&mut editor, Action::DialogOk);
        let effects = editor.take_effects();
        assert!(
            effects
                .iter()
                .any(|it| matches!(it, Effect::Export { path, .. } if path == Path::new("/home/a/shifts.csv"))),
            "{effects:?}"
        );
    }
}
