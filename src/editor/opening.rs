//! Opening, new, closing: with the question about unsaved work before anything is left.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use crate::exchange::{Example, Template};
use crate::file::Faults;
use crate::model::{Zone, words};

use super::dates::day_at;
use super::dialogs::{Dialog, Message, NewDraft, Then, TypedPathDraft};
use super::effect::{Answer, Effect, KeptWork, OnDisk, OpenedFile, PathWhy, SaveAllowed, SaveWhy};
use super::env::Env;
use super::{Document, Editor, Selection, View};

impl Editor {
    /// Goes on with `then`, after asking about unsaved work if there is any.
    pub(super) fn guard(&mut self, then: Then) {
        let half_typed = self.holds_half_typed(then == Then::Quit);
        if half_typed {
            // The question says it.
            self.notice = None;
        }
        if half_typed || self.doc.as_ref().is_some_and(Document::would_lose_work) {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.proceed(then);
        }
    }

    /// Goes on: what was open is left.
    pub(super) fn proceed(&mut self, then: Then) {
        self.dialog = None;
        self.drop_half_typed();
        match then {
            Then::Close => self.close(),
            Then::Quit => {
                self.end_recovery();
                self.effects.push(Effect::CloseWindow);
            }
            Then::Open(path) => self.effects.push(Effect::ReadFile { path, view_only: false }),
            Then::View(path) => self.effects.push(Effect::ReadFile { path, view_only: true }),
            Then::Reload => {
                if let Some(path) = self.doc.as_ref().and_then(|doc| doc.path().map(Path::to_owned)) {
                    self.effects.push(Effect::ReadFile { path, view_only: false });
                }
            }
            Then::New(draft) => self.start_from(&draft),
            Then::Example(at) => self.show_example(at),
            Then::Recover(at) => {
                if let Some(kept) = self.kept.get(at) {
                    self.effects.push(Effect::ReadKept(kept.kept_path.clone()));
                }
            }
            Then::RecoverThrown(at) => {
                if let Some(kept) = self.thrown_away.get(at) {
                    self.effects.push(Effect::ReadKept(kept.kept_path.clone()));
                }
            }
        }
    }

    fn close(&mut self) {
        self.drop_recovery();
        self.doc = None;
        self.forget_place();
        self.retitle();
    }

    /// Puts a rota in the window.
    pub(crate) fn show(&mut self, doc: Document) {
        self.drop_recovery();
        self.forget_place();
        self.window = doc.rota().windows.first().map(|w| w.id.clone());
        if !doc.seal_confirmed() {
            self.dialog = Some(Dialog::SealNotice);
        }
        self.doc = Some(doc);
        self.order_kept();
        self.retitle();
    }

    /// Kept work on the open file comes first, the newest before all, and is said again when that file is opened.
    pub(super) fn order_kept(&mut self) {
        let Some(path) = self.doc.as_ref().and_then(|doc| doc.path().map(Path::to_owned)) else { return };
        let is_other = |work: &KeptWork| work.path.as_deref() != Some(&*path);
        let (later, own) = std::mem::take(&mut self.kept_later).into_iter().partition(is_other);
        self.kept_later = later;
        let own: Vec<KeptWork> = own;
        self.kept.extend(own);
        let newest_first = |work: &KeptWork| Reverse(work.kept.filter(|_| !is_other(work)));
        self.kept.sort_by_key(|work| (is_other(work), newest_first(work)));
    }

    /// While newer work on the open file is offered, nothing that the file says counts as current.
    pub(super) fn doubt_older_file(&mut self) {
        let waits = self.recovering.is_none() && self.kept.iter().any(|work| self.is_of_open_file(work));
        if let Some(doc) = &mut self.doc {
            doc.set_newer_kept(waits);
        }
    }

    /// Whether kept work is of the file that is open.
    pub fn is_of_open_file(&self, work: &KeptWork) -> bool {
        work.path.is_some() && self.doc.as_ref().is_some_and(|doc| doc.path() == work.path.as_deref())
    }

    fn forget_place(&mut self) {
        self.drop_suggestion();
        self.selection = Selection::None;
        self.folded.clear();
        self.typing = None;
        self.who_could = None;
        self.chosen_finding = None;
        self.stepped = None;
        self.window = None;
        self.view = View::Posts;
        self.find_text.clear();
        self.problem_filter = super::ProblemFilter::default();
        self.people_filters = <[super::PeopleFilter; 2]>::default();
        self.dialog = None;
        // Left unsaved, it is offered again.
        self.kept.extend(self.recovering.take());
    }

    fn start_from(&mut self, draft: &NewDraft) {
        let Some(template) = Template::ALL.get(draft.template) else { return };
        let rota = match draft.day() {
            Some(day) if template.is_movable => template.rota_from(day),
            _ => template.rota(),
        };
        match rota {
            Ok(rota) => self.show(Document::unsaved(rota)),
            Err(faults) => self.tell("The template was not opened", faults.texts().to_vec()),
        }
    }

    pub(super) fn new_from(&mut self, template: usize, env: &Env<'_>) {
        let today = day_at(Zone::LONDON, env.now);
        let draft = NewDraft { template, first_day: String::new(), today, is_chosen: true };
        if draft.asks_day() {
            self.dialog = Some(Dialog::New(draft));
        } else {
            self.guard(Then::New(draft));
        }
    }

    fn show_example(&mut self, at: usize) {
        let Some(example) = Example::ALL.get(at) else { return };
        match crate::file::read(example.text.as_bytes()) {
            Ok(opened) => self.show(Document::unsaved(opened.rota)),
            Err(faults) => self.tell("The example was not opened", faults.texts().to_vec()),
        }
    }

    /// Something to be read.
    pub(super) fn tell(&mut self, title: impl Into<String>, lines: Vec<String>) {
        self.dialog = Some(Dialog::Message(Message { title: title.into(), lines }));
    }

    pub(super) fn open_dropped(&mut self, paths: &[PathBuf]) {
        match paths {
            [] => {}
            [one] => self.guard(Then::Open(one.clone())),
            _ => self.tell("One rota at a time", vec!["Drop one rota file on the window.".to_owned()]),
        }
    }

    /// What came back from an effect.
    pub fn answer(&mut self, answer: Answer, env: &mut Env<'_>) {
        self.now = Some(env.moment());
        match answer {
            Answer::OpenPath(None) | Answer::SavePath { path: None, .. } => self.then = None,
            Answer::OpenPath(Some(path)) => self.guard(Then::Open(path)),
            Answer::NoFileDialog { why, suggested } => {
                self.dialog = Some(Dialog::TypedPath(TypedPathDraft::new(why, suggested)));
            }
            Answer::SavePath { path: Some(path), why } => self.write(path, why, SaveAllowed::default()),
            Answer::ExportPath { path: None, .. } => {}
            Answer::ExportPath { path: Some(path), export } => self.export_to(path, export),
            Answer::Exported(result) => self.exported(result, env),
            Answer::FileRead { path, result } => self.file_read(&path, result, env),
            Answer::KeptRead { path, file, result } => self.kept_read(&path, file, result, env),
            Answer::FileWritten { path, why, state, result } => self.file_written(&path, why, state, result, env),
            Answer::PlanProgress { job, progress, millis } => self.plan_progress(job, progress, millis),
            Answer::Planned { job, plan, millis } => self.planned(job, *plan, millis),
            Answer::PlanFailed { job, why } => self.plan_failed(job, &why),
            Answer::OnDisk(on_disk) => self.looked_at(on_disk, env),
            Answer::RecoveryKept { state, at } => self.recovery_kept(state, at),
            Answer::Kept(kept) => {
                self.kept = kept;
                self.order_kept();
            }
            Answer::ThrownAway(thrown) => self.thrown_away = thrown,
            Answer::Recent(recent) => self.add_recent(recent),
            Answer::Unreachable(files) => {
                for (path, why) in files {
                    if let Some(known) = self.recent.iter_mut().find(|known| known.path == path) {
                        known.unreachable = Some(why);
                    }
                }
            }
            Answer::RecoveryFailed(why) => self.recovery_failed(why, env),
            Answer::Trouble(why) => self.notice = Some(why),
        }
        self.doubt_older_file();
        self.keep_unsaved(env.running);
        self.time_toast(env.running);
    }

    fn file_read(&mut self, path: &Path, result: Result<Box<OpenedFile>, Faults>, env: &Env<'_>) {
        match result {
            Ok(file) => {
                let saved = (file.saved_at, file.saved_by.clone());
                self.show(Document::opened(*file, path.to_owned()));
                self.remember_recent(path, saved.0.or(Some(env.now)), saved.1);
            }
            Err(faults) => {
                let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
                let mut wrong = vec![format!("“{}” was not opened.", words::safe(&name))];
                wrong.extend_from_slice(faults.texts());
                let text = path.display().to_string();
                self.dialog =
                    Some(Dialog::TypedPath(TypedPathDraft { wrong, ..TypedPathDraft::new(PathWhy::Open, text) }));
            }
        }
    }

    fn kept_read(
        &mut self,
        path: &Path,
        file: Option<(PathBuf, OnDisk)>,
        result: Result<Box<OpenedFile>, Faults>,
        env: &Env<'_>,
    ) {
        match result {
            Ok(opened) => {
                let mut kept = None;
                for list in [&mut self.kept, &mut self.thrown_away] {
                    let at = list.iter().position(|work| work.kept_path == path);
                    kept = at.map(|at| list.remove(at)).or(kept);
                }
                let notice = recovered_notice(file.as_ref());
                let (path, found) = file.unzip();
                // Of another file that stands there, it was told when that was saved.
                let saved = kept.as_ref().and_then(|kept| kept.saved).filter(|_| found == Some(OnDisk::Same));
                let changes = kept.as_ref().map_or(0, |kept| kept.changes);
                let mut doc = Document::recovered(opened.rota, path, saved, changes);
                if let Some(found) = found {
                    doc.looked_at(found, env.moment());
                }
                self.show(doc);
                self.recovering = kept;
                self.notice = Some(notice);
            }
            Err(faults) => self.tell("The kept copy was not opened", faults.texts().to_vec()),
        }
    }

    fn looked_at(&mut self, on_disk: OnDisk, env: &Env<'_>) {
        if let Some(doc) = &mut self.doc {
            doc.looked_at(on_disk, env.moment());
        }
    }

    pub(super) fn retitle(&mut self) {
        let name = self.doc.as_ref().map(|doc| match doc.path().and_then(Path::file_name) {
            Some(name) => words::safe(&name.to_string_lossy()).into_owned(),
            None if doc.rota().properties.title.trim().is_empty() => "New rota".to_owned(),
            None => words::safe(doc.rota().properties.title.trim()).into_owned(),
        });
        let title = name.map_or_else(|| "Cover Rota".to_owned(), |name| format!("{name} – Cover Rota"));
        if title != self.title {
            self.title.clone_from(&title);
            self.effects.push(Effect::SetTitle(title));
        }
    }

    pub(super) fn typed_path(&mut self, draft: &TypedPathDraft) {
        let text = draft.text.trim().trim_matches('"');
        if text.is_empty() {
            self.notice = Some("Type the whole path of the file".to_owned());
            return;
        }
        let path = PathBuf::from(text);
        if path.is_relative() && draft.why != PathWhy::Open {
            self.notice = Some(format!("Type the folder too, before {}", words::safe(text)));
            return;
        }
        self.dialog = None;
        match &draft.why {
            PathWhy::Open => self.guard(Then::Open(path)),
            PathWhy::Export(export) => self.export_to_typed(path, export.clone()),
            PathWhy::Save(why) => {
                let path = with_ending(path, "ron");
                if let (true, Some(folder)) = (draft.make_folder && draft.no_folder, path.parent()) {
                    self.effects.push(Effect::MakeFolder(folder.to_owned()));
                }
                // Whoever has the folder made knows that the file is not there.
                let anew = draft.make_folder && draft.no_folder;
                self.write(path, *why, SaveAllowed { anew, loss: false });
            }
        }
    }

    /// A file name to begin with.
    pub(super) fn suggested_name(&self) -> String {
        let Some(doc) = &self.doc else { return "rota.ron".to_owned() };
        if let Some(name) = doc.path().and_then(Path::file_name) {
            return name.to_string_lossy().into_owned();
        }
        let rota = doc.rota();
        let day = rota.windows.first().map(|w| rota.zone().civil(w.span.from).local.format("%Y-%m-%d ").to_string());
        format!("{}cover.ron", day.unwrap_or_default())
    }

    pub(super) fn ask_save(&mut self, why: SaveWhy) {
        if self.asks_for_seal() {
            return;
        }
        let suggested = self.suggested_name();
        let suggested = match (why, suggested.strip_suffix(".ron")) {
            (SaveWhy::Copy, Some(stem)) => format!("{stem} copy.ron"),
            _ => suggested,
        };
        self.effects.push(Effect::AskSavePath { suggested, why });
    }
}

/// A name without an ending gets that one.
pub fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(ending) }
}

/// Where recovered work goes when it is saved.
fn recovered_notice(file: Option<&(PathBuf, OnDisk)>) -> String {
    let Some((path, found)) = file else { return "Recovered, not saved yet. Save it as a new file".to_owned() };
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
    let name = words::safe(&name);
    let told = match found {
        OnDisk::Same => format!("Save writes it to {name}"),
        OnDisk::Changed { .. } => format!("{name} has changed since, so save this as a new file"),
        OnDisk::Gone => format!("{name} is not there any more, so save this as a new file"),
        OnDisk::Unreadable | OnDisk::NoAnswer { .. } => {
            format!("{name} cannot be checked now, so save this as a new file")
        }
    };
    format!("Recovered, not saved yet. {told}")
}
