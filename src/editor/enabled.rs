//! Which verbs can be used now, why not, and what they are called now.

use crate::checker::can_be_accepted;
use crate::model::{Status, words};

use super::document::VIEW_ONLY;
use super::selection::{Selection, View};
use super::suggest::Suggestion;
use super::{Document, Editor, FileState, Verb};

impl Editor {
    /// Whether a verb can be used now, or why not.
    ///
    /// # Errors
    /// One short sentence: why not.
    pub fn is_enabled(&self, verb: Verb) -> Result<(), &'static str> {
        use Verb::{
            About, Find, Help, New, NextPane, Open, OpenExample, Palette, PreviousPane, Quit, Recover, TextLarger,
            TextNormal, TextSmaller, ThemeDark, ThemeHighContrast, ThemeLight, ThemeSystem,
        };
        match verb {
            Recover if self.kept.is_empty() && self.kept_later.is_empty() && self.thrown_away.is_empty() => {
                Err("No kept copies of earlier work")
            }
            New | Open | OpenExample | Recover | Quit | Palette | Help | About | ThemeSystem | ThemeLight
            | ThemeDark | ThemeHighContrast | TextLarger | TextSmaller | TextNormal | NextPane | PreviousPane => Ok(()),
            Find if self.doc.is_some() => Ok(()),
            _ => match &self.doc {
                None => Err("No rota is open"),
                Some(doc) if doc.is_read_only() && changes_rota(verb) => Err(VIEW_ONLY),
                Some(doc) => self.fits(doc, verb),
            },
        }
    }

    /// Whether a verb fits what is chosen and shown.
    fn fits(&self, doc: &Document, verb: Verb) -> Result<(), &'static str> {
        let need = |holds: bool, why| if holds { Ok(()) } else { Err(why) };
        let rota = doc.rota();
        let cells = matches!(self.selection, Selection::Cells(_));
        match verb {
            Verb::SuggestForGap => need(self.who_could.is_some(), "Choose a gap first"),
            Verb::SuggestForDay => need(self.window.is_some(), "There are no days yet"),
            Verb::SuggestAgain | Verb::SuggestLonger => {
                need(self.suggestion.as_ref().is_some_and(|s| !s.is_looking()), "Nothing has been suggested")
            }
            Verb::StopSuggesting => {
                need(self.suggestion.as_ref().is_some_and(Suggestion::is_looking), "No search for cover is running")
            }
            Verb::AcceptSuggested => {
                need(self.proposal().is_some_and(|p| !p.items.is_empty()), "Nothing has been suggested")
            }
            Verb::AcceptTicked => need(self.proposal().is_some_and(|p| p.ticked_count() > 0), "Nothing is ticked"),
            Verb::RejectSuggested => need(self.suggestion.is_some(), "Nothing has been suggested"),
            Verb::Undo => need(doc.undo_label().is_some(), "Nothing to undo"),
            Verb::Redo => need(doc.redo_label().is_some(), "Nothing to redo"),
            Verb::Save => match doc.file_state() {
                FileState::Saving => Err("Saving now"),
                FileState::CannotCheck { saving: true, .. } => {
                    Err("The disk has not answered the last save: save a copy elsewhere")
                }
                FileState::NotConfirmed(_) | FileState::ChangedOnDisk { .. } | FileState::Gone { .. } => Ok(()),
                _ => need(doc.is_unsaved() && !doc.is_read_only(), "Nothing to save"),
            },
            Verb::Cut | Verb::CopyWithHeadings | Verb::FillRight | Verb::FillDown => need(cells, "Choose cells first"),
            Verb::TypeInCell => need(cells && self.view == View::Posts, "Choose cells first"),
            Verb::Copy => {
                let chosen =
                    matches!(self.selection, Selection::Cells(_) | Selection::Person(_) | Selection::Session(_));
                need(chosen, "Choose cells, a person or sessions first")
            }
            Verb::Clear => need(
                matches!(self.selection, Selection::Cells(_) | Selection::Assignments(_)),
                "Choose cells or blocks first",
            ),
            Verb::MoveOn | Verb::Lock if !self.chosen_sessions().is_empty() => Ok(()),
            Verb::MoveOn => {
                need(!self.chosen_assignments().is_empty(), "Choose a block first")?;
                need(self.next_status().is_some(), "Already agreed")
            }
            Verb::SetProposed | Verb::SetAsked | Verb::SetAgreed | Verb::SetDeclined | Verb::Lock => {
                need(!self.chosen_assignments().is_empty(), "Choose a block first")
            }
            Verb::ForgetDeclined => need(self.chosen_declined().is_some(), "Choose a refusal first"),
            Verb::ChangeTime => need(self.chosen_assignments().len() == 1, "Choose one block first"),
            Verb::CopyToWindow => {
                need(!self.chosen_assignments().is_empty(), "Choose a block first")?;
                need(self.next_window().is_some(), "There is one day only")
            }
            Verb::SwapPeople
            | Verb::NotFreeFrom
            | Verb::EditPerson
            | Verb::RemovePerson
            | Verb::ShowInPeople
            | Verb::ShowInPosts => need(self.chosen_person().is_some(), "Choose a person or a block first"),
            Verb::SetForSeveral => need(!rota.people.is_empty(), "There are no people yet"),
            Verb::MarkTraineesNotAvailable => {
                need(rota.people.iter().any(|p| p.rules.is_trainee()), "Nobody is under trainee rules")
            }
            Verb::EditSession | Verb::RemoveSession | Verb::SessionOn | Verb::SessionBack => {
                need(!self.chosen_sessions().is_empty(), "Choose a session first")
            }
            Verb::EditUnit | Verb::RemoveUnit | Verb::SuggestForUnit => {
                need(self.chosen_unit().is_some(), "Choose a unit first")
            }
            Verb::MoveUp | Verb::MoveDown => match self.chosen_place() {
                Some(place) => place.moved(rota, verb == Verb::MoveUp).map(|_| ()),
                None => Err("Choose a unit or a post first"),
            },
            Verb::FoldUnit => need(self.view == View::Posts && self.chosen_unit().is_some(), "Choose a unit first"),
            Verb::EditPost | Verb::RemovePost => need(self.chosen_post().is_some(), "Choose a post first"),
            Verb::AddPost => need(!rota.units.is_empty(), "Add a unit first"),
            Verb::CopyDay | Verb::NextWindow | Verb::PreviousWindow => {
                need(rota.windows.len() > 1, "There is one day only")
            }
            Verb::AcceptFinding => match self.chosen() {
                None => Err("Choose a problem first"),
                Some(finding) if !can_be_accepted(&finding) => Err("Errors must be fixed; they cannot be accepted"),
                Some(finding) => need(doc.acceptance(&finding).is_none(), "It is already accepted"),
            },
            Verb::ExplainRule => need(self.chosen_finding.is_some(), "Choose a problem first"),
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
        let who = || self.chosen_person().map(|id| super::assign::initials(rota, &id));
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
            Verb::NotFreeFrom => who().map(|who| format!("{who} unavailable from…")),
            Verb::ShowInPeople => who().map(|who| format!("Show {who} in People")),
            Verb::ShowInPosts => who().map(|who| format!("Show {who} in Posts")),
            Verb::EditPerson => who().map(|who| format!("Edit {who}…")),
            Verb::RemovePerson => who().map(|who| format!("Remove {who}…")),
            Verb::MarkTraineesNotAvailable => {
                let trainees = rota.people.iter().filter(|p| p.rules.is_trainee()).count();
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
