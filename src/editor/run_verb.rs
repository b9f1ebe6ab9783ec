//! What each verb of the registry does.

use std::time::Duration;

use crate::model::{AssignmentId, Instant, PersonId, SessionId, Span, Status};

use super::action::PeopleOrder;
use super::dialogs::{Ask, DeclinedDraft, Dialog, FindDraft, ManyDraft, ManyWhat, NewDraft, PaletteDraft, Then};
use super::effect::{Effect, SaveWhy};
use super::refused::Refused;
use super::removed::Removed;
use super::selection::{CellRange, Selection, View, Zoom};
use super::settings::ThemeName;
use super::suggest::{Accept, SECONDS, SECONDS_MORE, SuggestFor};
use super::{Editor, Env, Verb, cells, dates, people_ops, sessions, status};

/// Why nothing moves on where nobody is.
const NOBODY_HERE: &str = "Nobody is here yet: choose somebody\u{2019}s block first";

/// Two presses closer together than this are one.
const BOUNCE: Duration = Duration::from_millis(600);

impl Editor {
    pub(super) fn run_verb(&mut self, verb: Verb, env: &mut Env<'_>) {
        if let Err(why) = self.is_enabled(verb) {
            let about_a_block = matches!(verb, Verb::MoveOn | Verb::SetDeclined | Verb::Lock);
            let on_nobody = about_a_block && matches!(self.selection, Selection::Cells(_));
            if on_nobody && why == Refused::ChooseBlock {
                self.notice = Some(NOBODY_HERE.to_owned());
            } else {
                self.refuse(&why);
            }
            return;
        }
        match verb {
            Verb::New => self.dialog = Some(Dialog::New(NewDraft { today: self.today(env), ..NewDraft::default() })),
            Verb::Open => self.effects.push(Effect::AskOpenPath),
            Verb::OpenExample => self.dialog = Some(Dialog::Examples),
            Verb::Recover => {
                self.kept.append(&mut self.kept_later);
                self.order_kept();
                self.dialog = Some(Dialog::Recover);
            }
            Verb::Save => self.save(),
            Verb::SaveAs => self.ask_save(SaveWhy::Save),
            Verb::SaveCopy => self.ask_save(SaveWhy::Copy),
            Verb::Export => self.ask_export(),
            Verb::CloseFile => self.guard(Then::Close),
            Verb::Quit => self.guard(Then::Quit),
            Verb::Undo => self.undo(env),
            Verb::Redo => self.redo(env),
            Verb::Cut => {
                if self.copy() {
                    self.clear(env);
                }
            }
            Verb::Copy => {
                self.copy();
            }
            Verb::CopyWithHeadings => self.copy_with_headings(env.now),
            Verb::Paste => self.effects.push(Effect::AskPaste),
            Verb::Clear => self.clear(env),
            Verb::FillRight => {
                self.on_cells(env, cells::fill_right);
            }
            Verb::FillDown => {
                self.on_cells(env, cells::fill_down);
            }
            Verb::SelectAll => self.select_all(),
            Verb::TypeInCell => self.start_typing(String::new()),
            Verb::Find => self.find(),
            Verb::Palette => self.dialog = Some(Dialog::Palette(PaletteDraft::default())),
            Verb::SuggestCover => self.suggest(SuggestFor::Everything, SECONDS, env),
            Verb::SuggestForGap => {
                if let Some(gap) = self.chosen_whole_gap() {
                    self.suggest(SuggestFor::Gap(gap), SECONDS, env);
                }
            }
            Verb::SuggestForUnit => {
                if let Some(unit) = self.chosen_unit() {
                    self.suggest(SuggestFor::Unit(unit), SECONDS, env);
                }
            }
            Verb::SuggestForDay => {
                if let Some(window) = self.window.clone() {
                    self.suggest(SuggestFor::Window(window), SECONDS, env);
                }
            }
            Verb::SuggestAgain => self.suggest_again(SECONDS, env),
            Verb::SuggestLonger => self.suggest_again(SECONDS_MORE, env),
            Verb::StopSuggesting => self.stop_suggesting(),
            Verb::AcceptSuggested => self.accept_suggested(&Accept::All, env),
            Verb::AcceptTicked => self.accept_suggested(&Accept::Ticked, env),
            Verb::RejectSuggested => self.reject_suggested(),
            Verb::MoveOn => self.move_on(env),
            Verb::SetProposed => self.set_status_of(self.chosen_assignments(), Status::Proposed, env),
            Verb::SetAsked => self.set_status_of(self.chosen_assignments(), Status::Asked, env),
            Verb::SetAgreed => self.set_status_of(self.chosen_assignments(), Status::Agreed, env),
            Verb::SetDeclined => self.ask_declined(),
            Verb::ForgetDeclined => self.forget_declined(env),
            Verb::Lock => self.toggle_lock(env),
            Verb::ChangeTime => self.on_block(Ask::ChangeTime, env),
            Verb::SwapPeople => self.on_person(Ask::SwapWith, env),
            Verb::CopyToWindow => self.copy_to_window(env),
            Verb::CopyDay => self.ask(Ask::CopyDay, env),
            Verb::NotFreeFrom => self.on_person(Ask::NotFreeFrom, env),
            Verb::MarkTraineesNotAvailable => self.mark_trainees(),
            Verb::AddPerson => self.ask(Ask::Person(None), env),
            Verb::EditPerson => self.on_person(|id| Ask::Person(Some(id)), env),
            Verb::SetForSeveral => {
                let people = self.chosen_person().into_iter().collect();
                self.ask(Ask::Several(people), env);
            }
            Verb::RemovePerson => self.on_person(|id| Ask::Remove(Removed::Person(id)), env),
            Verb::PastePeople => {
                // What was copied comes into the dialog; with nothing copied, there is a box to paste into.
                self.ask(Ask::PastePeople(String::new()), env);
                self.effects.push(Effect::AskPaste);
            }
            Verb::PasteSessions => {
                self.ask(Ask::PasteSessions(String::new()), env);
                self.effects.push(Effect::AskPaste);
            }
            Verb::AddSession => self.ask(Ask::Session(None), env),
            Verb::EditSession => self.ask(Ask::Session(self.chosen_sessions().last().cloned()), env),
            Verb::RemoveSession => self.ask(Ask::Remove(Removed::Sessions(self.chosen_sessions())), env),
            Verb::SessionOn => self.step_sessions(true, env),
            Verb::SessionBack => self.step_sessions(false, env),
            Verb::AddUnit => self.ask(Ask::Unit(None), env),
            Verb::EditUnit => self.ask(Ask::Unit(self.chosen_unit()), env),
            Verb::RemoveUnit => {
                if let Some(id) = self.chosen_unit() {
                    self.ask(Ask::Remove(Removed::Unit(id)), env);
                }
            }
            Verb::AddPost => self.ask(Ask::AddPosts(self.chosen_unit()), env),
            Verb::EditPost => {
                if let Some(id) = self.chosen_post() {
                    self.ask(Ask::Post(id), env);
                }
            }
            Verb::RemovePost => {
                if let Some(id) = self.chosen_post() {
                    self.ask(Ask::Remove(Removed::Post(id)), env);
                }
            }
            Verb::MoveUp => self.reorder(true, env),
            Verb::MoveDown => self.reorder(false, env),
            Verb::NormalStaffing => self.ask(Ask::Normal(None), env),
            Verb::Windows => self.ask(Ask::Windows, env),
            Verb::Competencies => self.ask(Ask::Competencies, env),
            Verb::RotaProperties => self.ask(Ask::RotaProperties, env),
            Verb::ViewPosts => self.set_view(View::Posts),
            Verb::ViewPeople => self.set_view(View::People),
            Verb::ViewSessions => self.set_view(View::Sessions),
            Verb::NextWindow => self.step_window(true),
            Verb::PreviousWindow => self.step_window(false),
            Verb::Zoom15 => self.set_zoom(Zoom::Quarter),
            Verb::Zoom30 => self.set_zoom(Zoom::Half),
            Verb::Zoom60 => self.set_zoom(Zoom::Hour),
            Verb::ZoomDay => self.set_zoom(Zoom::Day),
            Verb::NextProblem => self.step_problem(true, env),
            Verb::PreviousProblem => self.step_problem(false, env),
            Verb::AcceptFinding => {
                if let Some(at) = self.chosen_finding {
                    self.ask_accept(at);
                }
            }
            Verb::ExplainRule => {
                if let Some(code) = self.chosen().map(|finding| finding.code) {
                    self.ask(Ask::Explain(code), env);
                }
            }
            Verb::ShowInPeople => {
                if let Some(id) = self.chosen_person() {
                    self.show_person(id);
                }
            }
            Verb::ShowInPosts => {
                if let Some(id) = self.chosen_person() {
                    self.show_in_posts(&id);
                }
            }
            Verb::SortPeople => {
                self.people_order = match self.people_order {
                    PeopleOrder::Grade => PeopleOrder::Name,
                    PeopleOrder::Name => PeopleOrder::Hours,
                    PeopleOrder::Hours => PeopleOrder::Problems,
                    PeopleOrder::Problems => PeopleOrder::Grade,
                }
            }
            Verb::FoldUnit => {
                if let Some(unit) = self.chosen_unit() {
                    let folded = self.is_folded(&unit);
                    self.fold(unit, !folded);
                }
            }
            Verb::ShowDeclined => self.change_settings(|s| s.show_declined = !s.show_declined),
            Verb::TogglePeoplePanel => self.change_settings(|s| s.people_panel = !s.people_panel),
            Verb::ToggleProblemsPanel => self.change_settings(|s| s.problems_panel = !s.problems_panel),
            Verb::NextPane => self.effects.push(Effect::FocusPane { forward: true }),
            Verb::PreviousPane => self.effects.push(Effect::FocusPane { forward: false }),
            Verb::ThemeSystem => self.set_theme(ThemeName::System),
            Verb::ThemeLight => self.set_theme(ThemeName::Light),
            Verb::ThemeDark => self.set_theme(ThemeName::Dark),
            Verb::ThemeHighContrast => self.set_theme(ThemeName::HighContrast),
            Verb::TextLarger => self.set_text_size(self.settings.text_percent_after(true)),
            Verb::TextSmaller => self.set_text_size(self.settings.text_percent_after(false)),
            Verb::TextNormal => self.set_text_size(100),
            Verb::Help => self.dialog = Some(Dialog::Help),
            Verb::About => self.dialog = Some(Dialog::About),
        }
    }

    fn today(&self, env: &Env<'_>) -> chrono::NaiveDate {
        let zone = self.doc.as_ref().map_or(crate::model::Zone::LONDON, |doc| doc.rota().zone());
        dates::day_at(zone, env.now)
    }

    fn find(&mut self) {
        if self.settings.people_panel && self.view != View::Sessions {
            self.effects.push(Effect::FocusFind);
        } else {
            self.dialog = Some(Dialog::Find(FindDraft::default()));
        }
    }

    fn move_on(&mut self, env: &mut Env<'_>) {
        if let Selection::Session(_) = self.selection {
            self.step_sessions(true, env);
            return;
        }
        let Some(doc) = &self.doc else { return };
        match status::next(doc.rota(), &self.chosen_assignments()) {
            Ok((ids, Status::Agreed)) if self.was_just_asked(&ids, env) => {
                // Whoever goes on tapping has not read it.
                self.just_asked = Some((ids, env.running));
                self.notice = Some("Marked as asked. Space again marks as agreed, once they have said yes".to_owned());
            }
            Ok((ids, to)) => {
                let asked = (to == Status::Asked).then(|| (ids.clone(), env.running));
                self.set_status_of(ids, to, env);
                self.just_asked = asked;
            }
            Err(why) => self.refuse(&why),
        }
    }

    /// Whether these became Asked a moment ago: a key that bounces, or a hand that twitches, is nobody's yes.
    fn was_just_asked(&self, ids: &[AssignmentId], env: &Env<'_>) -> bool {
        self.just_asked.as_ref().is_some_and(|(asked, at)| {
            let since = env.running.saturating_sub(*at);
            !since.is_zero() && since < BOUNCE && ids.iter().any(|id| asked.contains(id))
        })
    }

    /// Sets the status of these; that several people have agreed, or to more than the chosen times, is asked first.
    fn set_status_of(&mut self, ids: Vec<AssignmentId>, to: Status, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let command = status::set_status(doc.rota(), &ids, to, env);
        if to == Status::Agreed {
            let is_more = self.is_more_than_chosen(&ids);
            if self.ask_many(if is_more { ManyWhat::AgreedToMore(ids) } else { ManyWhat::Agreed(ids) }) {
                return;
            }
        }
        if let Some(command) = command {
            self.command(command, env);
        }
    }

    /// Whether a block goes on outside the chosen times, also beyond the edge of the day: some of its cells were chosen,
    /// or a problem in a part of it. One cell that was gone to stands for its whole block.
    fn is_more_than_chosen(&self, ids: &[AssignmentId]) -> bool {
        let (Some(doc), Selection::Cells(range)) = (&self.doc, &self.selection) else { return false };
        let chosen = range.span();
        let is_one_cell = self.is_one_cell(range);
        let mut blocks = ids.iter().filter_map(|id| doc.rota().assignment(id));
        let goes_on = blocks.any(|a| a.status != Status::Agreed && !chosen.covers(a.span));
        goes_on && (!is_one_cell || self.chosen_finding.is_some())
    }

    /// Whether one cell was gone to: it stands for its whole block.
    fn is_one_cell(&self, range: &CellRange) -> bool {
        range.anchor == range.last && range.span().minutes() <= self.zoom().minutes()
    }

    /// Asks before something is done to several people at once; `false` where nothing has to be asked.
    fn ask_many(&mut self, what: ManyWhat) -> bool {
        let Some(doc) = &self.doc else { return false };
        let Some(question) = ManyDraft::of(doc.rota(), what) else { return false };
        if doc.is_read_only() {
            self.refuse(&Refused::ViewOnly);
        } else {
            self.dialog = Some(Dialog::Many(question));
        }
        true
    }

    fn ask_declined(&mut self) {
        let Some(doc) = &self.doc else { return };
        if doc.is_read_only() {
            self.refuse(&Refused::ViewOnly);
            return;
        }
        let rota = doc.rota();
        let all: Vec<_> = self.chosen_assignments().iter().filter_map(|id| rota.assignment(id)).collect();
        let all: Vec<_> = all.into_iter().filter(|a| a.status != Status::Declined).collect();
        if all.is_empty() {
            self.notice = Some("Already declined".to_owned());
            return;
        }
        let who = super::assign::names(rota, all.iter().map(|a| &a.person));
        let lines = all.iter().map(|a| super::assign::sentence(rota, a)).collect();
        let pieces = all.iter().map(|a| (a.id.clone(), a.span)).collect();
        let had_agreed = all.iter().any(|a| a.status == Status::Agreed);
        self.dialog = Some(Dialog::Declined(DeclinedDraft { pieces, who, had_agreed, lines }));
    }

    fn toggle_lock(&mut self, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let command = match &self.selection {
            Selection::Session(ids) => sessions::toggle_lock(doc.rota(), ids),
            _ => status::toggle_lock(doc.rota(), &self.chosen_assignments()),
        };
        if let Some(command) = command {
            self.command(command, env);
        }
    }

    fn mark_trainees(&mut self) {
        let Some(doc) = &self.doc else { return };
        if let Err(why) = people_ops::trainees_not_available(doc.rota()) {
            self.refuse(&why);
        } else {
            self.ask_many(ManyWhat::TraineesUnavailable);
        }
    }

    fn copy_to_window(&mut self, env: &mut Env<'_>) {
        let Some(to) = self.next_window() else { return };
        if let Selection::Cells(range) = self.selection.clone() {
            let window = range.window.clone();
            self.edit_in(Some(&window), env, |sheet| cells::copy_to_window(sheet, Some(&range), &to));
        } else {
            let ids = self.chosen_assignments();
            let Some(doc) = &self.doc else { return };
            let rota = doc.rota();
            let (Some(from), Some(to)) = (self.window.as_ref().and_then(|id| rota.window(id)), rota.window(&to)) else {
                return;
            };
            let all: Vec<_> = ids.iter().filter_map(|id| rota.assignment(id)).collect();
            let copied = super::copy_day::copied(rota, all, from, to, env);
            match super::copy_day::command(rota, copied, to) {
                Ok((command, copied)) => {
                    if self.command(command, env) && !copied.could_not.is_empty() {
                        self.tell("Some of it was not copied", copied.could_not);
                    }
                }
                Err(why) => self.refuse(&why),
            }
        }
    }

    /// The window after the one shown, or the first.
    pub(super) fn next_window(&self) -> Option<crate::model::WindowId> {
        let windows = &self.doc.as_ref()?.rota().windows;
        let at = windows.iter().position(|w| Some(&w.id) == self.window.as_ref())?;
        let next = windows.get(at + 1).or(windows.first())?;
        (Some(&next.id) != self.window.as_ref()).then(|| next.id.clone())
    }

    fn step_sessions(&mut self, on: bool, env: &mut Env<'_>) {
        let ids = self.chosen_sessions();
        let Some(doc) = &self.doc else { return };
        if let Some((ids, to)) = sessions::step(doc.rota(), &ids, on) {
            self.set_sessions(&ids, to, None, env);
        } else {
            let why = if on { "Already postponed" } else { "Already running" };
            self.notice = Some(why.to_owned());
        }
    }

    fn on_block(&mut self, ask: impl FnOnce(AssignmentId) -> Ask, env: &mut Env<'_>) {
        if let Some(id) = self.chosen_assignments().into_iter().next() {
            self.ask(ask(id), env);
        }
    }

    fn on_person(&mut self, ask: impl FnOnce(PersonId) -> Ask, env: &mut Env<'_>) {
        if let Some(id) = self.chosen_person() {
            self.ask(ask(id), env);
        }
    }

    /// The chosen person, or whoever is on the chosen block.
    pub fn chosen_person(&self) -> Option<PersonId> {
        match &self.selection {
            Selection::Person(id) => Some(id.clone()),
            Selection::Cells(_) | Selection::Assignments(_) => {
                let id = self.chosen_assignments().into_iter().next()?;
                self.doc.as_ref()?.rota().assignment(&id).map(|a| a.person.clone())
            }
            _ => None,
        }
    }

    pub(super) fn chosen_sessions(&self) -> Vec<SessionId> {
        match &self.selection {
            Selection::Session(ids) => ids.clone(),
            _ => Vec::new(),
        }
    }

    pub(super) fn chosen_post(&self) -> Option<crate::model::PostId> {
        match &self.selection {
            Selection::Post(id) => Some(id.clone()),
            Selection::Cells(range) => Some(range.last.row.post.clone()),
            _ => None,
        }
    }

    /// The chosen unit, or that of the chosen post or cells, or the only one.
    pub(super) fn chosen_unit(&self) -> Option<crate::model::UnitId> {
        let rota = self.doc.as_ref()?.rota();
        match &self.selection {
            Selection::Unit(id) => Some(id.clone()),
            Selection::Cells(range) => Some(range.last.row.unit.clone()),
            Selection::Post(id) => rota.post(id).map(|p| p.unit.clone()),
            _ if rota.units.len() == 1 => Some(rota.units[0].id.clone()),
            _ => None,
        }
    }

    /// The time of what is chosen, or of the window shown.
    pub(super) fn chosen_span(&self) -> Option<Span> {
        let rota = self.doc.as_ref()?.rota();
        match &self.selection {
            Selection::Cells(range) if range.anchor != range.last => Some(range.span()),
            _ => self.window.as_ref().and_then(|id| rota.window(id)).map(|w| w.span),
        }
    }

    /// From when somebody is meant whose blocks are chosen, or cells on them: from the chosen time; from now, where all of a
    /// block is chosen that has begun.
    pub(super) fn chosen_from(&self, person: &PersonId, now: Instant) -> Option<Instant> {
        let rota = self.doc.as_ref()?.rota();
        let chosen = self.chosen_assignments();
        let theirs = chosen.iter().filter_map(|id| rota.assignment(id)).filter(|a| a.person == *person);
        let block = theirs.map(|a| a.span).min_by_key(|span| span.from)?;
        let whole = match &self.selection {
            Selection::Cells(range) => {
                let shown = block.overlap(rota.window(&range.window)?.span)?;
                if !self.is_one_cell(range) && !range.span().covers(shown) {
                    return Some(range.span().from.max(shown.from));
                }
                // All of it, also what goes on beyond the edge of the day.
                block
            }
            _ => block,
        };
        Some(if whole.contains(now) { now } else { whole.from })
    }

    fn set_view(&mut self, view: View) {
        if self.view == view {
            return;
        }
        // Whoever is chosen in one view is chosen in the next; what a view does not show is not chosen there, so that
        // no key acts on what nobody sees.
        let person = self.chosen_person();
        self.view = view;
        match (view, person) {
            (View::People, Some(person)) => self.choose(Selection::Person(person)),
            (View::Posts, Some(person)) if matches!(self.selection, Selection::Assignments(_)) => {
                self.show_in_posts(&person);
            }
            (View::Posts, Some(_)) => {}
            _ => self.choose(Selection::None),
        }
    }

    fn set_zoom(&mut self, zoom: Zoom) {
        self.change_settings(|settings| settings.zoom = zoom);
    }

    fn set_theme(&mut self, theme: ThemeName) {
        self.change_settings(|settings| settings.theme = theme);
        self.effects.push(Effect::ApplyTheme(theme));
    }

    fn set_text_size(&mut self, percent: u16) {
        self.change_settings(|settings| settings.text_percent = percent);
        self.effects.push(Effect::ApplyTextSize(percent));
    }

    pub(super) fn change_settings(&mut self, change: impl FnOnce(&mut super::Settings)) {
        change(&mut self.settings);
        self.effects.push(Effect::KeepSettings(self.settings.clone()));
    }
}
