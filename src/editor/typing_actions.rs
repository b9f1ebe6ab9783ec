//! Typing into cells, as actions.

use crate::checker::{Candidate, Gap, Obstacle};
use crate::model::{PersonId, Rota, Span, words};

use super::dialogs::{Dialog, PersonDraft};
use super::lanes::Block;
use super::refused::Refused;
use super::selection::{CellRange, Selection};
use super::typing::GAP_FIRST;
use super::{Direction, Document, Editor, Env, Toast, Typing, assign, cells, typed_times};

impl Editor {
    /// Begins to type into the chosen cells.
    pub(super) fn start_typing(&mut self, text: String) {
        let Some(doc) = &self.doc else { return };
        let Selection::Cells(range) = &self.selection else {
            let is_number = matches!(text.as_bytes(), [b'1'..=b'9']);
            let first = if is_number { GAP_FIRST } else { "Choose a cell first: letters put somebody there" };
            self.notice = Some(first.to_owned());
            return;
        };
        if doc.is_read_only() {
            self.refuse(&Refused::ViewOnly);
            return;
        }
        if let Some(why) = doc.grid().window(&range.window).and_then(|window| too_many_posts(window, range)) {
            self.notice = Some(why);
            return;
        }
        let Some(gap) = doc.grid().window(&range.window).and_then(|window| gap_of(window, range)) else { return };
        let ranked = ranked(doc, range, &gap);
        self.typing = Some(Typing::new(doc.rota(), range.clone(), gap, ranked, text));
    }

    pub(super) fn typing_changed(&mut self, text: String) {
        let Some(doc) = &self.doc else { return };
        match &mut self.typing {
            Some(typing) => typing.set_text(doc.rota(), text),
            None => self.start_typing(text),
        }
    }

    pub(super) fn typing_mark(&mut self, at: usize) {
        if let Some(typing) = &mut self.typing
            && at < typing.choices.len()
        {
            typing.marked = Some(at);
        }
    }

    /// Takes what is typed: the marked line, or "Add person…" where it means nobody.
    pub(super) fn commit_typing(&mut self, go: Direction, anyway: bool, env: &mut Env<'_>) {
        let Some(typing) = &self.typing else { return };
        if let Some(choice) = typing.choice() {
            let person = choice.person.clone();
            self.typing_choose(&person, anyway, go, env);
        } else if typing.is_whole_cell() {
            let typing = typing.clone();
            if self.enter_hours(&typing, anyway, env) {
                self.typing = None;
                self.go_on(&typing.cells, go);
            } else if let Some(typing) = &mut self.typing {
                typing.was_refused = true;
            }
        } else if typing.is_number_of_list() {
            self.leave_typing(env);
        } else if typing.is_unknown() {
            self.add_person_typed();
        } else {
            let cells = typing.cells.clone();
            self.typing = None;
            self.go_on(&cells, go);
        }
    }

    /// Ends the typing without Enter or Tab: the whole initials of one person are entered, anything else is not. In either
    /// case it is said, nothing is typed any more, and what is chosen stays as it is.
    pub(super) fn leave_typing(&mut self, env: &mut Env<'_>) {
        let (Some(typing), Some(doc)) = (self.typing.take(), &self.doc) else { return };
        if typing.name().is_empty() {
            return;
        }
        let range = typing.cells.clone();
        let why_not = match typing.choice() {
            _ if typing.is_unknown() => {
                let why = typing.unknown_text(self.who_could.is_some());
                Some(if typing.is_number_of_list() { why } else { format!("{why}: nobody was put there") })
            }
            _ if !typing.is_whole(doc.rota()) => Some(not_entered(doc.rota(), &typing)),
            Some(choice) if !choice.could => {
                let who = cells::initials(doc.rota(), &choice.person);
                Some(format!("{who} was not put there{}", why_not(&choice.text)))
            }
            Some(choice) => {
                let done = self.edit_in(Some(&range.window), env, |sheet| cells::put(sheet, &range, &choice.person));
                if done { None } else { self.notice.take() }
            }
            None => {
                let done = self.enter_hours(&typing, false, env);
                if done { None } else { self.notice.take() }
            }
        };
        if let Some(why_not) = why_not {
            self.toast = Some(Toast { text: why_not, can_undo: false, said: env.moment() });
            self.half_typed.refused_in_cell(typing);
        } else if let Some(toast) = &self.toast {
            self.half_typed.entered_by_leaving(toast.text.clone());
        }
        self.toast_stays = self.toast.is_some();
    }

    /// Letters that may not be entered yet stay in their cell while the rota is saved, and it is said that they are not
    /// in it.
    pub(super) fn type_on_after_saving(&mut self, typing: Typing, env: &Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let text = not_entered(doc.rota(), &typing) + ", so it is not saved";
        self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
        self.toast_stays = true;
        if self.dialog.is_none() {
            self.typing = Some(typing);
        }
    }

    /// Puts a person on the cells. Who cannot count there is placed only if that is asked for.
    pub(super) fn typing_choose(&mut self, person: &PersonId, anyway: bool, go: Direction, env: &mut Env<'_>) {
        let (Some(typing), Some(doc)) = (&self.typing, &self.doc) else { return };
        let choice = typing.choices.iter().find(|choice| choice.person == *person);
        if let Some(choice) = choice.filter(|choice| !choice.could && !anyway) {
            let who = cells::initials(doc.rota(), person);
            let why = why_not(&choice.text);
            self.notice = Some(format!("{who} would not count{why}. Ctrl+Enter proposes {who} anyway"));
            if let Some(typing) = &mut self.typing {
                typing.was_refused = true;
            }
            return;
        }
        let range = typing.cells.clone();
        let person = person.clone();
        if let Some(block) = own_block(doc, &range, &person) {
            let (who, held) = (cells::initials(doc.rota(), &person), cells::times(doc.rota().zone(), block.span));
            self.notice = Some(format!("{who} is here already, {held}: nothing changed"));
            self.typing = None;
            self.go_on(&range, go);
            return;
        }
        self.typing = None;
        if self.edit_in(Some(&range.window), env, |sheet| cells::put(sheet, &range, &person)) {
            self.go_on(&range, go);
        }
    }

    /// Enters hours as they were typed with initials; or says why not.
    fn enter_hours(&mut self, typing: &Typing, anyway: bool, env: &mut Env<'_>) -> bool {
        let (range, Some(doc)) = (&typing.cells, &self.doc) else { return false };
        let Some(window) = doc.grid().window(&range.window) else { return false };
        let Some(chosen) = range.resolve(window).map(|rect| rect.span) else { return false };
        let typed = match typed_times::read(doc.rota(), window.span, chosen, typing.name()) {
            Ok(typed) => typed,
            Err(why) => {
                self.notice = Some(why.to_string());
                return false;
            }
        };
        let would_not_count = |(person, span): &(PersonId, Span)| {
            let gap = Gap { post: typing.gap.post.clone(), span: *span };
            let found = ranked(doc, range, &gap).into_iter().find(|found| found.person == *person)?;
            // On the post itself nobody can be put twice, whatever is pressed.
            let is_there = |obstacle: &Obstacle| matches!(obstacle, Obstacle::OnPost(held) if doc.rota().assignment(&held.id).is_some_and(|a| a.post == gap.post));
            (!found.obstacles.is_empty() && !found.obstacles.iter().any(is_there)).then_some(found)
        };
        if let Some(found) = typed.iter().filter(|_| !anyway).find_map(would_not_count) {
            let (who, why) = (cells::initials(doc.rota(), &found.person), why_not(&found.text));
            self.notice = Some(format!("{who} would not count{why}. Ctrl+Enter proposes {who} anyway"));
            return false;
        }
        let outside = typed_times::outside(doc.rota(), window.span, &typed);
        let done = self.edit_in(Some(&range.window), env, |sheet| cells::put_hours(sheet, range, &typed));
        if let (true, Some(toast)) = (done, &mut self.toast) {
            toast.text += &outside;
        }
        done
    }

    /// "Add person…": a draft with the initials typed; OK puts the person on the cells too.
    pub(super) fn add_person_typed(&mut self) {
        let (Some(typing), Some(doc)) = (self.typing.take(), &self.doc) else { return };
        let mut draft = PersonDraft::of(doc.rota(), None);
        let typed = typing.name().to_owned();
        if typed.chars().any(char::is_whitespace) || typed.chars().count() > 4 {
            draft.family = typed;
        } else {
            draft.initials = typed.to_uppercase();
        }
        draft.then_place = Some(typing.cells);
        self.dialog = Some(Dialog::Person(draft));
    }
}

/// The shift of that person which has all of the chosen cells of one line: entering the name again changes nothing, and
/// what was agreed stays agreed.
fn own_block<'a>(doc: &'a Document, range: &CellRange, person: &PersonId) -> Option<&'a Block> {
    let window = doc.grid().window(&range.window).filter(|_| range.anchor.row == range.last.row)?;
    let chosen = range.span();
    let is_theirs = |block: &&Block| block.person == *person && block.span.covers(chosen);
    window.lane(&range.last.row)?.blocks.iter().find(is_theirs)
}

/// Everybody, ranked for that gap; whoever is in those cells already is no obstacle to themselves.
fn ranked(doc: &Document, range: &CellRange, gap: &Gap) -> Vec<Candidate> {
    let mut ranked = doc.who_could(gap);
    let lane = doc.grid().window(&range.window).and_then(|window| window.lane(&range.last.row));
    for block in lane.into_iter().flat_map(|lane| &lane.blocks).filter(|block| block.span.overlaps(gap.span)) {
        let there = ranked.iter_mut().find(|candidate| candidate.person == block.person);
        let is_all = |obstacle: &Obstacle| matches!(obstacle, Obstacle::OnPost(held) if held.id == block.assignment);
        if let Some(candidate) = there.filter(|candidate| candidate.obstacles.iter().all(is_all)) {
            candidate.obstacles.clear();
            let held = cells::times(doc.rota().zone(), block.span);
            let lengthens = if block.span.covers(gap.span) { "" } else { ": this lengthens it" };
            candidate.text = format!("Is here already, {held}{lengthens}");
        }
    }
    ranked
}

/// Such as "“c” was typed for Majors SHO, 08:00–09:00, but not entered: Enter was not pressed".
fn not_entered(rota: &Rota, typing: &Typing) -> String {
    let (post, times) = (assign::post_name(rota, &typing.gap.post), cells::times(rota.zone(), typing.gap.span));
    let why = if typing.was_refused { "" } else { ": Enter was not pressed" };
    format!("“{}” was typed for {post}, {times}, but not entered{why}", words::safe(typing.name()))
}

/// Such as ": Lacks Resus lead".
fn why_not(text: &str) -> String {
    let why = text.trim_end_matches('.');
    if why.is_empty() { String::new() } else { format!(": {why}") }
}

/// Why letters mean nothing on cells of so many posts: one person would be on all of them at once.
fn too_many_posts(window: &super::GridWindow, range: &CellRange) -> Option<String> {
    let rect = range.resolve(window)?;
    let mut rows = window.rows[rect.rows].to_vec();
    rows.dedup_by(|a, b| a.post == b.post);
    let one_unit = rows.iter().all(|row| row.unit == rows[0].unit);
    (!one_unit || rows.len() > POSTS_MAX).then(|| {
        format!("You have chosen cells of {} posts. Initials go on one post at a time: choose its cells", rows.len())
    })
}

/// Nobody is put on more posts than this by one typing.
const POSTS_MAX: usize = 3;

/// The topmost chosen post over the chosen time.
fn gap_of(window: &super::GridWindow, range: &CellRange) -> Option<Gap> {
    let rect = range.resolve(window)?;
    Some(Gap { post: window.rows.get(rect.rows.start)?.post.clone(), span: rect.span })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{span, with};
    use super::super::grid_tests::{able, choose, editor, run, told};
    use super::super::{Action, Verb};
    use super::*;
    use crate::model::Status;

    const ENTER: Action = Action::CommitTyping { go: Direction::Here, anyway: false };

    fn toast(editor: &Editor) -> &str {
        editor.toast().map_or("", |toast| toast.text.as_str())
    }

    /// Letters and Enter in cells of the middle grades.
    fn typed(rota: Rota, cells: (&str, &str), text: &str) -> Editor {
        let mut editor = editor(rota);
        choose(&mut editor, "mg", 0, cells.0, cells.1);
        run(&mut editor, Action::StartTyping(text.to_owned()));
        run(&mut editor, ENTER);
        editor
    }

    #[test]
    fn hours_typed_into_a_long_block_are_entered_once_and_as_typed() {
        let start = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let editor = typed(start, ("08:00", "16:00"), "RS 08:00-08:30");
        let there = [
            "RS, Middle grade, 08:00–08:30 Tue 26-Apr-2016 proposed",
            "KP, Middle grade, 08:30–17:00 Tue 26-Apr-2016 agreed",
        ];
        assert_eq!(told(&editor), there);
        assert_eq!(toast(&editor), "RS 08:00–08:30 on Middle grade (KP had agreed)");
        assert_eq!(editor.doc().unwrap().undo_label(), Some("RS 08:00–08:30 on Middle grade"));
    }

    #[test]
    fn hours_within_ones_own_block_leave_the_rest_of_it_as_it_is() {
        let start = with(able(), "a1", "mg", "rs", "10:00", "12:00", Status::Agreed);
        let editor = typed(start, ("10:00", "11:00"), "rs 10:30-11:45");
        let there = [
            "RS, Middle grade, 10:00–10:30 Tue 26-Apr-2016 agreed",
            "RS, Middle grade, 10:30–11:45 Tue 26-Apr-2016 proposed",
            "RS, Middle grade, 11:45–12:00 Tue 26-Apr-2016 agreed",
        ];
        assert_eq!(told(&editor), there);
        assert_eq!(toast(&editor), "RS 10:30–11:45 on Middle grade (RS had agreed)");
    }

    #[test]
    fn hours_that_cannot_be_meant_change_nothing_and_say_why() {
        for (text, why) in [
            (
                "RS 14:00-15:30",
                "RS 14:00–15:30 is outside the chosen hours, 10:00–12:00: choose cells at that time first",
            ),
            ("RS 12:00-10:30", "RS 12:00–10:30 ends before it starts"),
            ("RS 10:30-25:00", "“25:00” is not a time: write the time as 08:00, 24-hour"),
            ("MW 10:00-10:30", "MW would not count: "),
        ] {
            let mut editor = typed(able(), ("10:00", "11:00"), text);
            assert!(editor.notice().unwrap().starts_with(why), "{:?}", editor.notice());
            assert!(editor.typing().is_some() && told(&editor).is_empty(), "{text}");
            run(&mut editor, Action::LeaveTyping);
            assert!(!toast(&editor).contains("Enter was not pressed"), "it was: {}", toast(&editor));
        }
    }

    #[test]
    fn hours_beyond_the_chosen_cells_are_entered_as_typed_and_those_outside_the_day_are_told() {
        let there = |typed: Editor| (told(&typed).concat(), toast(&typed).to_owned());
        let (entered, said) = there(typed(able(), ("10:00", "11:00"), "RS 08:00-17:00"));
        assert_eq!(entered, "RS, Middle grade, 08:00–17:00 Tue 26-Apr-2016 proposed");
        assert_eq!(said, "RS 08:00–17:00 on Middle grade");
        let (entered, said) = there(typed(able(), ("08:00", "16:00"), "RS 08:00-20:00"));
        assert_eq!(entered, "RS, Middle grade, 08:00–20:00 Tue 26-Apr-2016 proposed");
        let outside = "; 17:00–20:00 is outside the walkout times, where nothing is checked";
        assert_eq!(said, format!("RS 08:00–20:00 on Middle grade{outside}"));
        let (_, said) = there(typed(able(), ("08:00", "16:00"), "KP 07-12 / RS 12-20"));
        let before = "; 07:00–08:00 is outside the walkout times, where nothing is checked";
        assert_eq!(said, format!("KP 07:00–12:00 and RS 12:00–20:00 on Middle grade{before}{outside}"));
        let mut two = able();
        two.windows[1].span = span("17:00", "19:00");
        let label = two.windows[1].label.clone();
        let (_, said) = there(typed(two, ("08:00", "16:00"), "RS 08:00-20:00"));
        assert_eq!(
            said,
            format!(
                "RS 08:00–20:00 on Middle grade; 17:00–19:00 is on {label}; 19:00–20:00 is outside the walkout times, \
                 where nothing is checked"
            )
        );
    }

    #[test]
    fn two_people_are_typed_into_one_gap_with_their_hours() {
        let mut editor = typed(able(), ("10:00", "11:00"), "KP 10-11:15 / RS 11:15-12");
        let there = [
            "KP, Middle grade, 10:00–11:15 Tue 26-Apr-2016 proposed",
            "RS, Middle grade, 11:15–12:00 Tue 26-Apr-2016 proposed",
        ];
        assert_eq!(told(&editor), there);
        assert_eq!(toast(&editor), "KP 10:00–11:15 and RS 11:15–12:00 on Middle grade");
        run(&mut editor, Action::Do(Verb::Undo));
        assert!(told(&editor).is_empty(), "one step");
    }

    #[test]
    fn whoever_is_in_another_lane_then_is_not_entered_in_pieces() {
        let start = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let start = with(start, "a2", "mg", "rs", "10:15", "10:45", Status::Asked);
        let editor = typed(start.clone(), ("10:00", "11:00"), "RS 10:00-11:30");
        assert_eq!(*editor.doc().unwrap().rota(), start);
        assert_eq!(editor.notice(), Some("RS is already on Middle grade, 10:15–10:45"));
    }

    #[test]
    fn initials_with_a_hyphen_are_not_named_twice() {
        let mut start = with(able(), "a1", "mg", "kp", "10:00", "12:00", Status::Proposed);
        start.people.iter_mut().filter(|p| p.initials == "RS").for_each(|p| p.initials = "R-S".to_owned());
        let editor = typed(start, ("10:00", "11:00"), "r-s");
        assert_eq!(toast(&editor), "R-S to Middle grade, 10:00–12:00; also changed: KP");
    }
}
