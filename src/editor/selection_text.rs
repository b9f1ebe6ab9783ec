//! The status bar: what is chosen, in one sentence, and what cover costs so far.

use crate::checker::context::Judged;
use crate::checker::{CoverStep, Elective, Lacks, MINUTES_IN_7_DAYS_MAX, Report, person_work};
use crate::model::{
    Assignment, DutyKind, PersonId, Rota, Session, SessionId, SessionState, Span, Status, WindowId, words,
};

use super::assign::{NAMED_MAX, initials, names, post_name, sentence};
use super::cells::assignments_in;
use super::held_hours::HeldHours;
use super::moving::gap_of_cells;
use super::other_specialty::of_another_specialty;
use super::reach::{phone_text, reach_text};
use super::selection::{CellRange, Selection};
use super::surnames::Surnames;
use super::{Document, Zoom};

/// What is chosen, in one sentence; empty if nothing is.
pub fn selection_text(doc: &Document, selection: &Selection, zoom: Zoom) -> String {
    let rota = doc.rota();
    match selection {
        Selection::None => String::new(),
        Selection::Cells(range) => cells_text(doc, range, zoom),
        Selection::Assignments(ids) => {
            let all: Vec<&Assignment> = ids.iter().filter_map(|id| rota.assignment(id)).collect();
            blocks_text(rota, None, &all)
        }
        Selection::Person(id) => person_text(doc, id),
        Selection::Session(ids) => sessions_text(rota, ids),
        Selection::Post(id) => {
            let bleep = rota.post(id).map(|p| p.bleep.trim()).unwrap_or_default();
            let bleep = if bleep.is_empty() { String::new() } else { format!(", bleep {}", words::safe(bleep)) };
            format!("Post: {}{bleep}", post_name(rota, id))
        }
        Selection::Unit(id) => {
            let posts = rota.posts.iter().filter(|p| p.unit == *id).count() as u64;
            let name = rota.unit(id).map(|u| words::safe(&u.name).into_owned()).unwrap_or_default();
            format!("Unit: {name}, {}", words::count(posts, "post"))
        }
    }
}

/// The same of one block where there is less room: who and how they are reached first, then the post. Nothing of
/// anything else, or of a block without a number.
pub fn reach_first(doc: &Document, selection: &Selection) -> Option<String> {
    let rota = doc.rota();
    let ids = match selection {
        Selection::Cells(range) => assignments_in(doc.grid().window(&range.window)?, range),
        Selection::Assignments(ids) => ids.clone(),
        _ => return None,
    };
    let [one] = ids.as_slice() else { return None };
    let one = rota.assignment(one)?;
    let reach = reach_text(rota, &one.person, &one.post);
    let (who, post, times) =
        (initials(rota, &one.person), post_name(rota, &one.post), words::times(rota.zone(), one.span));
    (!reach.is_empty()).then(|| format!("{who} {reach} · {post}, {times}, {}", one.status.words()))
}

fn cells_text(doc: &Document, range: &CellRange, zoom: Zoom) -> String {
    let rota = doc.rota();
    let Some((window, rect)) = doc.grid().window(&range.window).and_then(|w| Some((w, range.resolve(w)?))) else {
        return String::new();
    };
    let post = post_name(rota, &range.last.row.post);
    // 07:00–07:00 alone would say nothing.
    let is_long = rect.span.minutes() >= 24 * 60;
    let times = if is_long { words::span(rota.zone(), rect.span) } else { words::times_told(rota.zone(), rect.span) };
    let length = words::length(rect.span.minutes());
    let all: Vec<&Assignment> = assignments_in(window, range).iter().filter_map(|id| rota.assignment(id)).collect();
    if rect.rows.len() > 1 {
        let columns = (rect.span.minutes() + zoom.minutes() - 1) / zoom.minutes();
        let cells = words::count(rect.rows.len() as u64 * u64::try_from(columns).unwrap_or(0), "cell");
        return format!("{cells}, {times}, {}", blocks_text(rota, Some(&range.window), &all))
            .trim_end_matches(", ")
            .to_owned();
    }
    match all.as_slice() {
        [] => {
            let is_gap =
                window.lane(&range.last.row).is_some_and(|lane| lane.gaps.iter().any(|g| g.overlaps(rect.span)));
            let short = short_there(doc, range, rect.span);
            if !is_gap && lacks_on(doc, range, rect.span) != Lacks::default() {
                // An empty part of a line more, beside somebody who does not count.
                return format!("{post}, {times}, {length}{short}");
            }
            if !is_gap {
                return format!("Not normally staffed: {post}, {times}, {length}");
            }
            // Of all that Who could and Propose are about; of a part that is chosen of it, that too.
            let asked = gap_of_cells(doc, range).map_or(rect.span, |gap| gap.span);
            if asked.overlap(window.span) == Some(rect.span) {
                let (times, length) = (words::times_told(rota.zone(), asked), words::length(asked.minutes()));
                let times = if asked.minutes() >= 24 * 60 { words::span(rota.zone(), asked) } else { times };
                return format!("Gap: {post}, {times}, {length}{short}");
            }
            let all = words::times_told(rota.zone(), asked);
            format!("Gap: {post}, {times}, {length} of {all}{short}")
        }
        all => blocks_text(rota, Some(&range.window), all),
    }
}

fn lacks_on(doc: &Document, range: &CellRange, span: Span) -> Lacks {
    let row = &range.last.row;
    doc.lacks_on(&range.window, &row.unit, &row.post, span)
}

/// What the post, and all of its unit, lacks at most at that time: such as ", 1 short on this post, 2 short and 1 to agree
/// in A&E".
fn short_there(doc: &Document, range: &CellRange, span: Span) -> String {
    let row = &range.last.row;
    let steps = doc.coverage(&range.window, &row.unit).iter().filter(|step| step.span.overlaps(span));
    let post = lacks_on(doc, range, span);
    let unit = steps.map(CoverStep::lacks).max().unwrap_or_default();
    let name = || doc.rota().unit(&row.unit).map(|u| words::safe(&u.name).into_owned()).unwrap_or_default();
    let was = if doc.is_current() { "" } else { "was " };
    let nothing = Lacks::default();
    match (post == nothing, unit == nothing) {
        (true, true) => String::new(),
        (true, false) => format!(", {was}{unit} in {}", name()),
        (false, true) => format!(", {was}{post} on this post"),
        (false, false) if post == unit => format!(", {was}{post}"),
        (false, false) if post.to_agree == 0 && unit.to_agree == 0 => {
            format!(", {was}{post} on this post, {} in {}", unit.short, name())
        }
        (false, false) => format!(", {was}{post} on this post, {unit} in {}", name()),
    }
}

fn blocks_text(rota: &Rota, shown: Option<&WindowId>, all: &[&Assignment]) -> String {
    match all {
        [] => String::new(),
        [one] => {
            let (day, hours) = day_hours(rota, shown, one);
            let day = rota.zone().civil(day.from).local.format("%a");
            let hours = hours.text();
            let who = initials(rota, &one.person);
            let last =
                last_on_call(rota, &one.person, one.span).map(|at| format!(", last on call {at}")).unwrap_or_default();
            let status = one.status.words();
            let reach = reach_text(rota, &one.person, &one.post);
            let reach = if reach.is_empty() { reach } else { format!(" · {reach}") };
            let other = rota.person(&one.person).and_then(|person| of_another_specialty(rota, person, &one.post));
            let other = other.map_or_else(String::new, |other| format!(" · {other}"));
            format!("{}, {status}{reach}{other} · {who} {hours} on {day}{last}", sentence(rota, one))
        }
        many => {
            let mut people: Vec<&PersonId> = many.iter().map(|a| &a.person).collect();
            people.sort();
            people.dedup();
            let minutes: i64 = many.iter().map(|a| a.span.minutes()).sum();
            let who = names(rota, people.iter().copied());
            let people = if people.len() > NAMED_MAX { format!("{}: {who}", words::people(people.len())) } else { who };
            format!("{}, {}, {people}", words::count(many.len() as u64, "block"), words::length(minutes))
        }
    }
}

/// The hours of the block's person in the walkout day that is shown, else the first that the block is in; on the day of
/// its start where it is in none.
fn day_hours(rota: &Rota, shown: Option<&WindowId>, block: &Assignment) -> (Span, HeldHours) {
    let zone = rota.zone();
    let shown = shown.and_then(|id| rota.window(id)).filter(|window| window.span.overlaps(block.span));
    let first = || rota.windows.iter().filter(|w| w.span.overlaps(block.span)).min_by_key(|w| w.span);
    let day = shown.or_else(first).map_or_else(
        || {
            let day = zone.civil(block.span.from).local.date();
            Span::new(zone.midnight(day), zone.midnight(day.succ_opt().unwrap_or(day)))
        },
        |window| window.span,
    );
    let theirs = rota.assignments.iter().filter(|a| a.person == block.person);
    (day, HeldHours::of(rota, theirs, day))
}

/// The day of the latest on-call duty or on-call post that ended before the block, within a week.
fn last_on_call(rota: &Rota, person: &PersonId, span: Span) -> Option<String> {
    let record = rota.person(person)?;
    let duties = record.duties.iter().filter(|d| d.kind == DutyKind::OnCall).map(|d| d.span);
    let posts = rota.assignments.iter().filter(|a| {
        a.person == *person && a.status != Status::Declined && rota.post(&a.post).is_some_and(|p| p.on_call)
    });
    let all = duties.chain(posts.map(|a| a.span));
    let last = all.filter(|s| s.to <= span.to && s.to >= span.from.plus(-7 * 24 * 60)).max_by_key(|s| s.to)?;
    Some(rota.zone().civil(last.from).local.format("%-d %b").to_string())
}

/// Such as `LR Rahman: 18 h on the rota, 58 h in 7 days (limit 72 h)`, if all agree.
fn person_text(doc: &Document, id: &PersonId) -> String {
    let rota = doc.rota();
    let Some((at, person)) = rota.people.iter().enumerate().find(|(_, p)| p.id == *id) else { return String::new() };
    let work = person_work(&doc.checker().context(rota), at, Judged::IfAllAgree);
    let theirs = rota.assignments.iter().filter(|a| a.person == *id);
    let on_rota: HeldHours = rota.windows.iter().map(|w| HeldHours::of(rota, theirs.clone(), w.span)).sum();
    let name = format!("{} {}", words::safe(&person.initials), Surnames::of(&rota.people).name(person));
    let limit = words::length(MINUTES_IN_7_DAYS_MAX);
    let week = match work.most_in_7_days {
        0 => String::new(),
        minutes => format!(", {} in 7 days (limit {limit})", words::length(minutes)),
    };
    let phone = phone_text(rota, id).map_or_else(String::new, |phone| format!(" · {phone}"));
    let hours = if on_rota.minutes() == 0 { "not".to_owned() } else { on_rota.text() };
    format!("{}{phone}: {hours} on the rota{week}", name.trim())
}

fn sessions_text(rota: &Rota, ids: &[SessionId]) -> String {
    let all = || ids.iter().filter_map(|id| rota.session(id));
    let (appointments, operations) =
        all().fold((0, 0), |(a, o), s| (a + u64::from(s.appointments), o + u64::from(s.operations())));
    let mut parts = Vec::new();
    if appointments > 0 || operations == 0 {
        parts.push(words::count(appointments, "appointment"));
    }
    if operations > 0 {
        parts.push(words::count(operations, "operation"));
    }
    format!("{} selected: {}", words::count(all().count() as u64, "session"), parts.join(", "))
}

/// Such as `Postponed in all: 7 operations, 214 appointments. Still to postpone: 4 operations, 98 appointments`, and how
/// many of these sessions lie outside the walkout's days.
pub fn elective_text(rota: &Rota, report: &Report) -> String {
    let operations = |e: &Elective| e.inpatient + e.day_case;
    let (done, open) = (&report.postponed, &report.to_postpone);
    if done.sessions == 0 && open.sessions == 0 {
        return "Nothing postponed".to_owned();
    }
    let counts = |e: &Elective| {
        format!("{}, {}", words::count(operations(e), "operation"), words::count(e.appointments, "appointment"))
    };
    let text = match (done.sessions, open.sessions) {
        (0, _) => format!("Still to postpone: {}", counts(open)),
        (_, 0) => format!("Postponed in all: {}", counts(done)),
        _ => format!("Postponed in all: {}. Still to postpone: {}", counts(done), counts(open)),
    };
    let is_outside = |s: &&Session| {
        s.state != SessionState::Running && !rota.windows.iter().any(|window| window.span.overlaps(s.span))
    };
    match rota.sessions.iter().filter(is_outside).count() as u64 {
        0 => text,
        all if all == done.sessions + open.sessions => format!("{text}, all outside the walkout’s days"),
        some => format!("{text}; {} outside the walkout’s days", words::count(some, "session")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{able, assignment_id, person_id, range, rota, span, with};
    use super::*;
    use crate::model::{Availability, Available, Duty};

    fn doc() -> Document {
        let mut rota = with(rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed);
        rota = with(rota, "a2", "cons", "kp", "14:00", "16:00", Status::Asked);
        rota.people[1].duties.push(Duty {
            span: span("2016-04-24T20:00", "2016-04-25T08:00"),
            kind: DutyKind::OnCall,
            label: String::new(),
        });
        Document::unsaved(rota)
    }

    fn told(selection: &Selection) -> String {
        selection_text(&doc(), selection, Zoom::Hour)
    }

    #[test]
    fn a_gap_says_where_when_and_how_short() {
        assert_eq!(
            told(&Selection::Cells(range("mg", 1, "10:00", "mg", 1, "11:00"))),
            "Gap: Middle grade, 10:00–12:00, 2 h, 2 short on this post, 3 in A&E"
        );
        assert_eq!(
            told(&Selection::Cells(range("sho", 0, "10:00", "sho", 0, "10:00"))),
            "Not normally staffed: SHO, 10:00–11:00, 1 h"
        );
    }

    #[test]
    fn an_empty_part_of_an_extra_line_never_says_that_a_short_post_needs_nobody() {
        // KP stands on the only place and does not count from 10:00; RS stands beside from 12:00.
        let mut rota = with(able(), "a1", "cons", "kp", "08:00", "17:00", Status::Agreed);
        rota = with(rota, "a2", "cons", "rs", "12:00", "17:00", Status::Agreed);
        let away = Available { span: span("10:00", "17:00"), is: Availability::NotAvailable };
        rota.people.iter_mut().find(|person| person.id == person_id("kp")).unwrap().availability.push(away);
        let doc = Document::unsaved(rota);
        let text = |at: &str| selection_text(&doc, &Selection::Cells(range("cons", 1, at, "cons", 1, at)), Zoom::Hour);
        assert_eq!(text("08:00"), "Not normally staffed: Consultant, 08:00–09:00, 1 h");
        assert!(text("10:00").starts_with("Consultant, 10:00–11:00, 1 h, 1 short on this post"), "{}", text("10:00"));
    }

    #[test]
    fn who_is_named_and_has_not_agreed_is_to_agree_and_not_short() {
        let text = |cons: Status, at: &str| {
            let rota = with(rota(), "a1", "cons", "hg", "08:00", "17:00", cons);
            let rota = with(rota, "a2", "mg", "kp", "10:00", "17:00", Status::Asked);
            let rota = Rota { people: able().people, ..rota };
            selection_text(&Document::unsaved(rota), &Selection::Cells(range("mg", 1, at, "mg", 1, at)), Zoom::Hour)
        };
        let gap = "Gap: Middle grade, 11:00–12:00, 1 h of 10:00–17:00";
        assert_eq!(text(Status::Agreed, "11:00"), format!("{gap}, 1 short and 1 to agree"));
        let both = ", 1 short and 1 to agree on this post, 1 short and 2 to agree in A&E";
        assert_eq!(text(Status::Asked, "11:00"), format!("{gap}{both}"));
    }

    #[test]
    fn a_block_says_who_and_how_long_that_day() {
        let expected =
            "KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016, agreed · bleep 2145 · KP 7 h on Tue, last on call 24 Apr";
        assert_eq!(told(&Selection::Cells(range("mg", 0, "10:00", "mg", 0, "10:00"))), expected);
        assert_eq!(told(&Selection::Assignments(vec![assignment_id("a1")])), expected);
        assert_eq!(
            told(&Selection::Cells(range("cons", 0, "14:00", "mg", 0, "14:00"))),
            "2 cells, 14:00–15:00, KP, Consultant, 14:00–16:00 Tue 26-Apr-2016, asked · bleep 2145 · KP 7 h on Tue, last on call 24 Apr"
        );
    }

    #[test]
    fn hours_on_call_are_said_as_such() {
        let mut rota = with(rota(), "a1", "sho", "kp", "08:00", "17:00", Status::Agreed);
        rota.posts[0].on_call = true;
        let at_home = Selection::Assignments(vec![assignment_id("a1")]);
        let told = |rota: Rota| selection_text(&Document::unsaved(rota), &at_home, Zoom::Hour);
        assert!(told(rota.clone()).contains("KP 9 h on call on Tue"), "{}", told(rota.clone()));
        let both = with(rota, "a2", "mg", "kp", "08:00", "10:00", Status::Agreed);
        assert!(told(both.clone()).contains("KP 2 h and 7 h on call on Tue"), "{}", told(both));
    }

    #[test]
    fn a_person_says_the_hours_on_the_rota() {
        assert_eq!(
            told(&Selection::Person(person_id("kp"))),
            "KP Pereira: 7 h on the rota, 7 h in 7 days (limit 72 h)"
        );
        assert_eq!(told(&Selection::Person(person_id("hg"))), "HG Grant: not on the rota");
        assert_eq!(told(&Selection::None), "");
    }

    #[test]
    fn the_price_names_what_is_done_and_what_is_open() {
        let mut report = doc().report().clone();
        assert_eq!(elective_text(&rota(), &report), "Nothing postponed");
        report.postponed = Elective { sessions: 3, appointments: 214, inpatient: 1, day_case: 6 };
        assert_eq!(elective_text(&rota(), &report), "Postponed in all: 7 operations, 214 appointments");
        report.to_postpone = Elective { sessions: 3, appointments: 98, inpatient: 4, day_case: 0 };
        assert_eq!(
            elective_text(&rota(), &report),
            "Postponed in all: 7 operations, 214 appointments. Still to postpone: 4 operations, 98 appointments"
        );
    }

    #[test]
    fn what_was_left_behind_on_other_days_is_told_as_outside_the_walkout() {
        let mut rota = crate::editor::fixture::rota();
        let session = |id: &str, day: u32| Session {
            appointments: 38,
            state: SessionState::Postponed,
            ..Session::new(
                crate::model::SessionId::new(id).unwrap(),
                crate::model::SessionKind::Clinic,
                "Fracture clinic",
                span(&format!("2016-04-{day}T09:00"), &format!("2016-04-{day}T12:00")),
            )
        };
        rota.sessions = vec![session("s1", 12), session("s2", 13)];
        let told = |rota: &Rota| elective_text(rota, &crate::checker::check(rota));
        let both = "Postponed in all: 0 operations, 76 appointments";
        assert_eq!(told(&rota), format!("{both}, all outside the walkout’s days"));
        rota.sessions[1] = session("s2", 26);
        assert_eq!(told(&rota), format!("{both}; 1 session outside the walkout’s days"));
    }
}
