//! Going somewhere: to a problem, to a unit, to what was found, to a person's blocks.

use crate::checker::{Finding, Gap, Reach};
use crate::model::{PersonId, PostId, Span, UnitId, WindowId, words};

use super::action::{ProblemFilter, ProblemKind};
use super::moving::is_same;
use super::palette::FoundWhat;
use super::problems::{Problem, ProblemList, kind_of, next_problem, problem_list};
use super::selection::{Cell, CellRange, Selection};
use super::target::{Target, first_cell, target};
use super::{Document, Editor, Effect, Env, GridWindow, PeopleFilter, Toast, View};

impl Editor {
    /// The problems as they are listed now.
    pub fn problems(&self) -> ProblemList {
        let Some(doc) = &self.doc else { return ProblemList::default() };
        problem_list(doc.rota(), doc.report(), &self.problem_filter, self.window(), |at| doc.is_accepted(at))
    }

    /// Goes to the next problem of the list, from its end on to the next window that has one, and so round.
    pub(super) fn step_problem(&mut self, forward: bool, env: &Env<'_>) {
        let here = self.problems();
        let next = next_problem(&here, self.stepped_from(), forward)
            .or_else(|| self.problem_elsewhere(forward))
            .or_else(|| next_problem(&here, None, forward));
        let Some(finding) = next else {
            let all = self.problem_filter.kind == ProblemKind::All && self.problem_filter.unit.is_none();
            let none = if all { "No problems on any day" } else { "No such problems on any day" };
            self.notice = Some(none.to_owned());
            return;
        };
        let was = self.window.clone();
        self.go_to_finding(finding);
        let shown = self.doc.as_ref().zip(self.window.as_ref()).and_then(|(doc, id)| {
            let window = doc.rota().window(id)?;
            Some(format!("On {}", words::day(doc.rota().zone(), window.span.from)))
        });
        if let Some(text) = shown.filter(|_| self.window != was) {
            self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
        }
    }

    /// Where the list is gone on from: the problem gone to last, while it is there and no better than it was. What was
    /// made better is done with for now, and the worst that is left comes first.
    fn stepped_from(&self) -> Option<usize> {
        let (was, kind) = self.stepped.as_ref()?;
        let doc = self.doc.as_ref()?;
        let at = doc.report().findings.iter().position(|finding| is_same(finding, was))?;
        (kind_in(doc, &doc.report().findings[at]) == *kind).then_some(at)
    }

    fn step_to(&mut self, at: usize) {
        let Some(doc) = &self.doc else { return };
        let finding = doc.report().findings.get(at);
        self.stepped = finding.map(|finding| (finding.clone(), kind_in(doc, finding)));
        self.chosen_finding = Some(at);
    }

    /// A line of the list has the mark: its cells too, where they are in sight.
    pub(super) fn choose_finding(&mut self, at: Option<usize>) {
        let found = self.doc.as_ref().zip(at).and_then(|(doc, at)| Some((at, doc.report().findings.get(at)?.clone())));
        let Some((at, finding)) = found else {
            self.chosen_finding = None;
            return;
        };
        let in_sight = |to: &Target| self.view == View::Posts && Some(&to.cells.window) == self.window.as_ref();
        let (cells, gap) = self.target_of(&finding).filter(in_sight).map(|to| (to.cells, to.gap)).unzip();
        if cells.is_some() {
            self.effects.push(Effect::ScrollToSelection);
        }
        self.choose(cells.map_or(Selection::None, Selection::Cells));
        self.ask_where_no_gap_is(gap.flatten());
        self.step_to(at);
    }

    /// The first problem (or the last) of the next window (or the one before) that has one of its own.
    fn problem_elsewhere(&self, forward: bool) -> Option<usize> {
        let doc = self.doc.as_ref()?;
        let (rota, report) = (doc.rota(), doc.report());
        let count = rota.windows.len();
        let at = rota.windows.iter().position(|w| Some(&w.id) == self.window.as_ref()).unwrap_or(0);
        let others = (1..count).map(|by| &rota.windows[(at + if forward { by } else { count - by }) % count].id);
        others.into_iter().find_map(|window| {
            let list =
                problem_list(rota, report, &self.problem_filter, Some(window), |finding| doc.is_accepted(finding));
            let own = |p: &&Problem| report.findings[p.finding].window.as_ref() == Some(window);
            let mut own = list.problems.iter().filter(own);
            let found = if forward { own.next() } else { own.next_back() };
            found.map(|problem| problem.finding)
        })
    }

    pub(super) fn go_to_finding(&mut self, at: usize) {
        let Some(finding) = self.doc.as_ref().and_then(|doc| doc.report().findings.get(at)).cloned() else { return };
        if let Some(window) = &finding.window {
            self.show_window(window.clone());
        }
        let about_time = finding.code.rule().reach == Reach::Spells;
        let mut gap = None;
        let selection = if self.view == View::People && about_time && !finding.people.is_empty() {
            Selection::Person(finding.people[0].clone())
        } else if let Some(to) = self.target_of(&finding) {
            self.view = View::Posts;
            gap = to.gap;
            Selection::Cells(to.cells)
        } else if let [_, ..] = finding.sessions.as_slice() {
            self.view = View::Sessions;
            Selection::Session(finding.sessions.clone())
        } else if let Some(person) = finding.people.first() {
            self.view = View::People;
            Selection::Person(person.clone())
        } else if let Some(post) = finding.posts.first() {
            self.view = View::Posts;
            Selection::Post(post.clone())
        } else if let Some(to) = self.first_cell_of(&finding) {
            self.view = View::Posts;
            gap = to.gap;
            Selection::Cells(to.cells)
        } else {
            finding.unit.clone().map_or(Selection::None, Selection::Unit)
        };
        self.choose(selection);
        self.step_to(at);
        self.ask_where_no_gap_is(gap);
        self.effects.push(Effect::ScrollToSelection);
    }

    /// Somebody may stand on the post who does not count: then no gap is chosen, and still somebody else is needed.
    fn ask_where_no_gap_is(&mut self, gap: Option<Gap>) {
        if let (Some(gap), None) = (gap, &self.who_could) {
            self.who_could = self.ask_who_could(gap);
        }
    }

    fn first_cell_of(&self, finding: &Finding) -> Option<Target> {
        let doc = self.doc.as_ref()?;
        first_cell(doc, doc.grid().window(finding.window.as_ref()?)?, finding, self.settings.zoom.minutes())
    }

    fn target_of(&self, finding: &Finding) -> Option<Target> {
        let doc = self.doc.as_ref()?;
        target(doc, doc.grid().window(finding.window.as_ref()?)?, finding, self.settings.zoom.minutes())
    }

    pub(super) fn go_to(&mut self, what: FoundWhat) {
        self.dialog = None;
        match what {
            FoundWhat::Person(id) => self.show_person(id),
            FoundWhat::Session(id) => {
                self.view = View::Sessions;
                let span = self.doc.as_ref().and_then(|doc| doc.rota().session(&id)).map(|s| s.span);
                if let Some(window) = span.and_then(|span| self.window_of(span)) {
                    self.show_window(window);
                }
                self.choose(Selection::Session(vec![id]));
            }
            FoundWhat::Post(id) => {
                self.view = View::Posts;
                self.choose(Selection::Post(id));
            }
        }
        self.effects.push(Effect::ScrollToSelection);
    }

    pub(super) fn show_person(&mut self, id: PersonId) {
        self.view = View::People;
        *self.people_filter_mut() = PeopleFilter::All;
        self.choose(Selection::Person(id));
        self.effects.push(Effect::ScrollToSelection);
    }

    /// Shows where somebody is on the grid: their first block in the window shown, else in any.
    pub(super) fn show_in_posts(&mut self, person: &PersonId) {
        let Some(doc) = &self.doc else { return };
        let shown = self.window.as_ref();
        let mut windows: Vec<&GridWindow> = doc.grid().windows.iter().collect();
        windows.sort_by_key(|w| Some(&w.id) != shown);
        let found = windows.into_iter().find_map(|window| {
            let posts = window.units.iter().flat_map(|u| &u.posts);
            let block = posts
                .flat_map(|p| p.blocks().map(|(_, b)| b))
                .filter(|b| b.person == *person)
                .min_by_key(|b| b.span)?;
            let span = block.span.overlap(window.span)?;
            let cell = Cell { row: window.row_of(&block.assignment)?, at: span.from, until: span.to };
            Some(CellRange::one(window.id.clone(), cell))
        });
        let Some(range) = found else {
            self.notice = Some(format!("{} is on no post", super::assign::initials(doc.rota(), person)));
            return;
        };
        if self.window.as_ref() != Some(&range.window) {
            self.chosen_finding = None;
            let who = super::assign::initials(doc.rota(), person);
            let day = doc.rota().window(&range.window).map(|w| words::day(doc.rota().zone(), w.span.from));
            let told = day.map(|day| format!("{who} is on {day}"));
            self.toast = told.zip(self.now).map(|(text, said)| Toast { text, can_undo: false, said });
        }
        // Who was looked for is found: everybody is listed again.
        self.find_text.clear();
        self.view = View::Posts;
        self.show_cells(range);
    }

    /// Chooses cells and brings them into sight.
    pub(super) fn show_cells(&mut self, range: CellRange) {
        self.window = Some(range.window.clone());
        self.choose(Selection::Cells(range));
        self.effects.push(Effect::ScrollToSelection);
    }

    /// Goes to a unit's first problem in a window, or to the unit where it has none.
    pub(super) fn go_to_unit(&mut self, unit: &UnitId, window: Option<WindowId>) {
        let Some(doc) = &self.doc else { return };
        let window = window.or_else(|| self.window.clone());
        let filter = ProblemFilter { kind: ProblemKind::All, unit: Some(unit.clone()), ..ProblemFilter::default() };
        let is_accepted = |at| doc.is_accepted(at);
        let list = problem_list(doc.rota(), doc.report(), &filter, window.as_ref(), is_accepted);
        let first = list.problems.first().map(|problem| problem.finding);
        if let Some(window) = window {
            self.show_window(window);
        }
        if let Some(finding) = first {
            self.go_to_finding(finding);
        } else {
            self.view = View::Posts;
            self.choose(Selection::Unit(unit.clone()));
            self.effects.push(Effect::ScrollToSelection);
        }
    }

    /// Goes to where a change of the proposal would be: its place on the grid, or its session.
    pub(super) fn go_to_change(&mut self, at: usize) {
        let Some(proposal) = self.proposal() else { return };
        let Some(item) = proposal.items.get(at) else { return };
        let rota = proposal.rota();
        let added = item.added.and_then(|at| proposal.plan.assignments.get(at));
        let gone = item.removed.first().and_then(|id| rota.assignment(id));
        let place = added.or(gone).map(|a| (a.post.clone(), a.span));
        let session = item.postpone.first().or(item.restore.first()).cloned();
        match (place, session) {
            (Some((post, span)), _) => self.go_to_place(&post, span),
            (None, Some(session)) => self.go_to(FoundWhat::Session(session)),
            (None, None) => {}
        }
    }

    /// Goes to what the proposal leaves short.
    pub(super) fn go_to_plan_gap(&mut self, at: usize) {
        let Some(gap) = self.proposal().and_then(|proposal| proposal.plan.gaps.get(at)) else { return };
        let (span, unit) = (gap.span, gap.unit.clone());
        match gap.posts.first().cloned() {
            Some(post) => self.go_to_place(&post, span),
            None => self.go_to_unit(&unit, Some(gap.window.clone())),
        }
    }

    /// Shows a post at a time: the gap there, or whatever is there.
    fn go_to_place(&mut self, post: &PostId, span: Span) {
        let Some(doc) = &self.doc else { return };
        let found = self.window_of(span).and_then(|id| {
            let window = doc.grid().window(&id)?;
            let span = span.overlap(window.span)?;
            let rows = || window.rows.iter().filter(|row| row.post == *post);
            let is_gap = |row: &&super::GridRow| {
                window.lane(row).is_some_and(|lane| lane.gaps.iter().any(|gap| gap.overlaps(span)))
            };
            let row = rows().find(is_gap).or_else(|| rows().next())?;
            Some(CellRange::one(id, Cell { row: row.clone(), at: span.from, until: span.to }))
        });
        if let Some(range) = found {
            self.view = View::Posts;
            self.show_cells(range);
        }
    }

    /// Goes to the gap on a post at that time, if there is one.
    pub(super) fn go_to_gap(&mut self, post: &PostId, span: Span) {
        let Some(doc) = &self.doc else { return };
        let found = self.window_of(span).and_then(|id| {
            let window = doc.grid().window(&id)?;
            let row = window.rows.iter().find(|row| {
                row.post == *post && window.lane(row).is_some_and(|lane| lane.gaps.iter().any(|gap| gap.overlaps(span)))
            })?;
            let gap = window.lane(row)?.gaps.iter().find_map(|gap| gap.overlap(span))?;
            Some(CellRange::one(id, Cell { row: row.clone(), at: gap.from, until: gap.to }))
        });
        if let Some(range) = found {
            self.view = View::Posts;
            self.show_cells(range);
        }
    }
}

/// What a finding is in the list of problems.
fn kind_in(doc: &Document, finding: &Finding) -> ProblemKind {
    kind_of(finding, doc.report())
}
