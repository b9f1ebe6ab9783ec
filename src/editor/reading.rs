//! What views read of the editor. They change nothing.

use crate::model::WindowId;

use super::dialogs::Dialog;
use super::{
    Document, Editor, KeptWork, Moment, PeopleFilter, PeopleOrder, ProblemFilter, RecentFile, Selection, Settings,
    Toast, Typing, View, WhoCould, Zoom,
};

impl Editor {
    /// The open rota.
    pub fn doc(&self) -> Option<&Document> {
        self.doc.as_ref()
    }

    /// Which view is shown.
    pub fn view(&self) -> View {
        self.view
    }

    /// How long a slot is.
    pub fn zoom(&self) -> Zoom {
        self.settings.zoom
    }

    /// How the window is set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// When the world was last heard of: seconds ago where somebody works, for telling today from another day.
    pub fn now(&self) -> Option<Moment> {
        self.now
    }

    /// The window shown in Posts and Sessions.
    pub fn window(&self) -> Option<&WindowId> {
        self.window.as_ref()
    }

    /// What is chosen.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What is open over the window.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// What was just done, with Undo.
    pub fn toast(&self) -> Option<&Toast> {
        self.toast.as_ref()
    }

    /// Why the last action was not done; shown until the next.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// The text of the people list's find field.
    pub fn find_text(&self) -> &str {
        &self.find_text
    }

    /// What is being typed into the grid.
    pub fn typing(&self) -> Option<&Typing> {
        self.typing.as_ref()
    }

    /// Who could fill the chosen gap.
    pub fn who_could(&self) -> Option<&WhoCould> {
        self.who_could.as_ref()
    }

    /// The chosen finding, by its place in the report.
    pub fn chosen_finding(&self) -> Option<usize> {
        self.chosen_finding
    }

    /// Which problems are listed.
    pub fn problem_filter(&self) -> &ProblemFilter {
        &self.problem_filter
    }

    /// Which people are listed.
    pub fn people_filter(&self) -> PeopleFilter {
        self.people_filters[self.people_filter_at()]
    }

    pub(super) fn people_filter_mut(&mut self) -> &mut PeopleFilter {
        let at = self.people_filter_at();
        &mut self.people_filters[at]
    }

    /// The People view has a filter of its own.
    fn people_filter_at(&self) -> usize {
        usize::from(self.view != View::People)
    }

    /// The order of the People view.
    pub fn people_order(&self) -> PeopleOrder {
        self.people_order
    }

    /// Files of the start page.
    pub fn recent(&self) -> &[RecentFile] {
        &self.recent
    }

    /// Work that an earlier run kept.
    pub fn kept(&self) -> &[KeptWork] {
        &self.kept
    }

    /// Kept work that was thrown away and can still be had back.
    pub fn thrown_away(&self) -> &[KeptWork] {
        &self.thrown_away
    }
}
