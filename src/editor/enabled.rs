//! Which verbs can be used now, why not, and what they are called now.

use crate::checker::can_be_accepted;
use crate::model::{Assignment, AssignmentId, PersonId, Rota, Session, SessionState, Status, words};

use super::palette::FoundWhat;
use super::people_ops::trainees;
use super::refused::Refused;
use super::selection::{Selection, View};
use super::suggest::Suggestion;
use super::{Action, Ask, Document, Editor, FileState, Verb};

impl Editor {
    /// Whether a verb can be used now, or why not.
    ///
    /// # Errors
    /// One short sentence: why not.
    pub fn is_enabled(&self, verb: Verb) -> Result<(), Refused> {
        use Verb::{
            About, Find, Help, New, NextPane, Open, OpenExample, Palette, PreviousPane, Quit, Recover, TextLarger,
            TextNormal, TextSmaller, ThemeDark, ThemeHighContrast, ThemeLight, ThemeSystem,
        };
        match verb {
            Recover if self.kept.is_empty() && self.kept_later.is_empty() && self.thrown_away.is_empty() => {
                Err(Refused::NothingKept)
            }
            New | Open | OpenExample | Recover | Quit | Palette | Help | About | ThemeSystem | ThemeLight
            | ThemeDark | ThemeHighContrast | TextLarger | TextSmaller | TextNormal | NextPane | PreviousPane => Ok(()),
            Find if self.doc.is_some() => Ok(()),
            _ => match &self.doc {
                None => Err(Refused::NoRota),
                Some(doc) if doc.is_read_only() && changes_rota(verb) => Err(Refused::ViewOnly),
                Some(doc) => self.fits(doc, verb),
            },
        }
    }

    /// Whether a verb fits what is chosen and shown.
    fn fits(&self, doc: &Document, verb: Verb) -> Result<(), Refused> {
        let need = |holds: bool, why: Refused| if holds { Ok(()) } else { Err(why) };
        let rota = doc.rota();
        let cells = matches!(self.selection, Selection::Cells(_));
        match verb {
            Verb::SuggestForGap => need(self.who_could.is_some(), Refused::ChooseGap),
            Verb::SuggestForDay => need(self.window.is_some(), Refused::NoDays),
            Verb::SuggestAgain | Verb::SuggestLonger => {
                need(self.suggestion.as_ref().is_some_and(|s| !s.is_looking()), Refused::NothingSuggested)
            }
            Verb::StopSuggesting => {
                need(self.suggestion.as_ref().is_some_and(Suggestion::is_looking), Refused::NoSearch)
            }
            Verb::AcceptSuggested => {
                need(self.proposal().is_some_and(|p| !p.items.is_empty()), Refused::NothingSuggested)
            }
            Verb::AcceptTicked => need(self.proposal().is_some_and(|p| p.ticked_count() > 0), Refused::NothingTicked),
            Verb::RejectSuggested => need(self.suggestion.is_some(), Refused::NothingSuggested),
            Verb::Undo => need(doc.undo_label().is_some(), Refused::NothingToUndo),
            Verb::Redo => need(doc.redo_label().is_some(), Refused::NothingToRedo),
            Verb::Save => match doc.file_state() {
                FileState::Saving => Err(Refused::Saving),
                FileState::CannotCheck { saving: true, .. } => Err(Refused::DiskSilent),
                FileState::NotConfirmed(_) | FileState::ChangedOnDisk { .. } | FileState::Gone { .. } => Ok(()),
                _ if doc.is_unsaved() && !doc.is_read_only() => Ok(()),
                _ if self.kept.iter().chain(&self.kept_later).any(|work| self.is_of_open_file(work)) => {
                    Err(Refused::KeptNotSaved)
                }
                _ => Err(Refused::NothingToSave),
            },
            Verb::Cut | Verb::CopyWithHeadings | Verb::FillRight | Verb::FillDown => need(cells, Refused::ChooseCells),
            Verb::TypeInCell => need(cells && self.view == View::Posts, Refused::ChooseCells),
            Verb::Copy => {
                let chosen =
                    matches!(self.selection, Selection::Cells(_) | Selection::Person(_) | Selection::Session(_));
                need(chosen, Refused::ChooseToCopy)
            }
            Verb::Clear => {
                need(matches!(self.selection, Selection::Cells(_) | Selection::Assignments(_)), Refused::ChooseToClear)
            }
            Verb::MoveOn | Verb::Lock if !self.chosen_sessions().is_empty() => Ok(()),
            Verb::MoveOn => {
                need(!self.chosen_assignments().is_empty(), Refused::ChooseBlock)?;
                let on_refusal = if cells { Refused::ChooseBlock } else { Refused::Declined };
                need(self.chosen_declined().is_none(), on_refusal)?;
                need(self.next_status().is_some(), already_agreed(rota, &self.chosen_assignments()))
            }
            Verb::SetProposed | Verb::SetAsked | Verb::SetAgreed | Verb::SetDeclined | Verb::Lock => {
                need(!self.chosen_assignments().is_empty(), Refused::ChooseBlock)
            }
            Verb::ForgetDeclined => need(self.chosen_declined().is_some(), Refused::ChooseRefusal),
            Verb::ChangeTime => need(self.chosen_assignments().len() == 1, Refused::ChooseOneBlock),
            Verb::CopyToWindow => {
                need(!self.chosen_assignments().is_empty(), Refused::ChooseBlock)?;
                need(self.next_window().is_some(), Refused::OneDay)
            }
            Verb::SwapPeople
            | Verb::NotFreeFrom
            | Verb::EditPerson
            | Verb::RemovePerson
            | Verb::ShowInPeople
            | Verb::ShowInPosts => need(self.chosen_person().is_some(), Refused::ChoosePerson),
            Verb::SetForSeveral => need(!rota.people.is_empty(), Refused::NoPeople),
            Verb::MarkTraineesNotAvailable => need(trainees(rota).next().is_some(), Refused::NoTrainees),
            Verb::EditSession | Verb::RemoveSession | Verb::SessionOn | Verb::SessionBack => {
                need(!self.chosen_sessions().is_empty(), Refused::ChooseSession)
            }
            Verb::EditUnit | Verb::RemoveUnit | Verb::SuggestForUnit => {
                need(self.chosen_unit().is_some(), Refused::ChooseUnit)
            }
            Verb::MoveUp | Verb::MoveDown => match self.chosen_place() {
                Some(place) => place.moved(rota, verb == Verb::MoveUp).map(|_| ()),
                None => Err(Refused::ChooseUnitOrPost),
            },
            Verb::FoldUnit => need(self.view == View::Posts && self.chosen_unit().is_some(), Refused::ChooseUnit),
            Verb::EditPost | Verb::RemovePost => need(self.chosen_post().is_some(), Refused::ChoosePost),
            Verb::AddPost => need(!rota.units.is_empty(), Refused::NoUnits),
            Verb::CopyDay | Verb::NextWindow | Verb::PreviousWindow => need(rota.windows.len() > 1, Refused::OneDay),
            Verb::AcceptFinding => match self.chosen() {
                None => Err(Refused::ChooseProblem),
                Some(finding) if !can_be_accepted(&finding) => Err(Refused::ErrorStays),
                Some(finding) => need(doc.acceptance(&finding).is_none(), Refused::AlreadyAccepted),
            },
            Verb::ExplainRule => need(self.chosen_finding.is_some(), Refused::ChooseProblem),
            _ => Ok(()),
        }
    }

    /// What the least advanced of the chosen blocks becomes next; none if nothing is left to ask.
    pub fn next_status(&self) -> Option<Status> {
        let doc = self.doc.as_ref()?;
        let chosen = self.chosen_assignments();
        let all = chosen.iter().filter_map(|id| doc.rota().assignment(id)).map(|a| a.status);
        match all.filter(|status| *status != Status::Declined).min()? {
            Status::Proposed => Some(Status::Asked),
            Status::Asked => Some(Status::Agreed),
            Status::Agreed | Status::Declined => None,
        }
    }

    /// A verb's label now, as in "Undo: move KP to Labour ward".
    pub fn label(&self, verb: Verb) -> String {
        let plain = verb.row().label;
        let Some(doc) = &self.doc else { return plain.to_owned() };
        let rota = doc.rota();
        let named = match verb {
            Verb::Undo => doc.undo_label().map(|label| format!("Undo: {label}")),
            Verb::Redo => doc.redo_label().map(|label| format!("Redo: {label}")),
            Verb::SuggestForUnit => {
                let name = self.chosen_unit().and_then(|id| rota.unit(&id).map(|u| words::safe(&u.name).into_owned()));
                name.map(|name| format!("Suggest cover for {name}"))
            }
            Verb::SuggestForDay => {
                let window = self.window.as_ref().and_then(|id| rota.window(id));
                window.map(|w| format!("Suggest cover for {}", words::day(rota.zone(), w.span.from)))
            }
            Verb::FoldUnit => self.chosen_unit().filter(|id| self.is_folded(id)).map(|_| "Unfold unit".to_owned()),
            Verb::MoveUp => self.chosen_place().map(|place| format!("Move {} up", place.name(rota))),
            Verb::MoveDown => self.chosen_place().map(|place| format!("Move {} down", place.name(rota))),
            Verb::MoveOn => self.next_status().map(|next| match next {
                Status::Agreed => "Mark as agreed".to_owned(),
                _ => "Mark as asked".to_owned(),
            }),
            Verb::NotFreeFrom | Verb::ShowInPeople | Verb::ShowInPosts | Verb::EditPerson | Verb::RemovePerson => {
                self.chosen_person().map(|person| self.label_about(verb, &person))
            }
            Verb::MarkTraineesNotAvailable => {
                let trainees = trainees(rota).count();
                (trainees > 1).then(|| format!("Mark all {trainees} trainees unavailable…"))
            }
            Verb::CopyToWindow => {
                let window = self.next_window().and_then(|id| rota.window(&id).map(|w| w.span.from));
                window.map(|from| format!("Copy to {}", words::day(rota.zone(), from)))
            }
            Verb::Lock => {
                let all = self.chosen_assignments();
                let locked = !all.is_empty() && all.iter().all(|id| rota.assignment(id).is_some_and(|a| a.locked));
                let sessions = self.chosen_sessions();
                let locked_sessions =
                    !sessions.is_empty() && sessions.iter().all(|id| rota.session(id).is_some_and(|s| s.locked));
                (locked || locked_sessions).then(|| "Unlock".to_owned())
            }
            _ => None,
        };
        named.unwrap_or_else(|| plain.to_owned())
    }

    /// The label of a verb that is about one person, with that person.
    pub fn label_about(&self, verb: Verb, person: &PersonId) -> String {
        let who = self.doc.as_ref().map_or_else(String::new, |doc| super::assign::initials(doc.rota(), person));
        match verb {
            Verb::SwapPeople => format!("Swap {who} with…"),
            Verb::NotFreeFrom => format!("{who} unavailable from…"),
            Verb::ShowInPeople => format!("Show {who} in People"),
            Verb::ShowInPosts => format!("Show {who} in Posts"),
            Verb::EditPerson => format!("Edit {who}…"),
            Verb::RemovePerson => format!("Remove {who}…"),
            _ => self.label(verb),
        }
    }

    /// What a verb does that is about one person, with that person; none of another verb.
    pub fn action_about(verb: Verb, person: &PersonId) -> Option<Action> {
        let person = person.clone();
        Some(match verb {
            Verb::SwapPeople => Action::Ask(Ask::SwapWith(person)),
            Verb::NotFreeFrom => Action::Ask(Ask::NotFreeFrom(person)),
            Verb::ShowInPeople => Action::GoTo(FoundWhat::Person(person)),
            Verb::EditPerson => Action::Ask(Ask::Person(Some(person))),
            _ => return None,
        })
    }

    /// Whether a verb is on now: views, zoom, themes, panels, and the status that all chosen blocks have.
    pub fn is_checked(&self, verb: Verb) -> bool {
        use super::{ThemeName, Zoom};
        let settings = &self.settings;
        let all = |status: Status| {
            let Some(doc) = &self.doc else { return false };
            let ids = self.chosen_assignments();
            !ids.is_empty() && ids.iter().all(|id| doc.rota().assignment(id).is_some_and(|a| a.status == status))
        };
        match verb {
            Verb::ViewPosts => self.view == View::Posts,
            Verb::ViewPeople => self.view == View::People,
            Verb::ViewSessions => self.view == View::Sessions,
            Verb::Zoom15 => settings.zoom == Zoom::Quarter,
            Verb::Zoom30 => settings.zoom == Zoom::Half,
            Verb::Zoom60 => settings.zoom == Zoom::Hour,
            Verb::ZoomDay => settings.zoom == Zoom::Day,
            Verb::ThemeSystem => settings.theme == ThemeName::System,
            Verb::ThemeLight => settings.theme == ThemeName::Light,
            Verb::ThemeDark => settings.theme == ThemeName::Dark,
            Verb::ThemeHighContrast => settings.theme == ThemeName::HighContrast,
            Verb::ShowDeclined => settings.show_declined,
            Verb::TogglePeoplePanel => settings.people_panel,
            Verb::ToggleProblemsPanel => settings.problems_panel,
            Verb::SetProposed => all(Status::Proposed),
            Verb::SetAsked => all(Status::Asked),
            Verb::SetAgreed => all(Status::Agreed),
            Verb::SetDeclined => all(Status::Declined),
            _ => false,
        }
    }
}

/// Why somebody who has agreed does not move on, and what of theirs has still to be postponed.
fn already_agreed(rota: &Rota, ids: &[AssignmentId]) -> Refused {
    let held = || {
        let all = ids.iter().filter_map(|id| rota.assignment(id));
        all.filter(|a| rota.post(&a.post).is_some_and(|post| !post.on_call))
    };
    let is_theirs = |session: &&Session| {
        let is_missed = |a: &Assignment| session.span.overlaps(a.span) && session.team.contains(&a.person);
        session.state != SessionState::Postponed && held().any(is_missed)
    };
    let running: Vec<_> = rota.sessions.iter().filter(is_theirs).map(|session| words::safe(&session.title)).collect();
    if running.is_empty() {
        Refused::AlreadyAgreed
    } else {
        Refused::StillRuns(words::list(&running), running.len() > 1)
    }
}

/// Whether the verb would change the rota.
fn changes_rota(verb: Verb) -> bool {
    use super::Menu;
    match verb {
        Verb::Undo
        | Verb::Redo
        | Verb::Cut
        | Verb::Paste
        | Verb::Clear
        | Verb::FillRight
        | Verb::FillDown
        | Verb::TypeInCell
        | Verb::AcceptFinding => true,
        _ => verb.row().group.menu() == Menu::Rota,
    }
}
