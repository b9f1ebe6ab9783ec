//! What is known of one block besides the block itself: who asked and when, what was postponed for it, the rest around
//! it. The card that comes when the pointer rests on a block says it, and so does the block's spoken sentence.

use crate::checker::context::Judged;
use crate::checker::{CoverStep, person_work};
use crate::model::{Assignment, Rota, Session, SessionState, Status, words};

use super::other_specialty::of_another_specialty;
use super::reach::{bleep_text, phone_text};
use super::{Block, Document, GridRow, GridWindow, Lane, who_said};

/// So much of a user's name is shown.
const NAME_LETTERS: usize = 60;

/// Such as `Asked by t.ester, 15:10 Wed 20-Apr-2016; does not count yet`.
pub fn status_text(rota: &Rota, assignment: &Assignment) -> String {
    let who = who_said(rota, assignment).map_or_else(String::new, |said| {
        let by = words::who(&said.by).unwrap_or("somebody".into());
        let by = words::safe_up_to(&by, NAME_LETTERS);
        format!(" by {by}, {}", words::moment(rota.zone(), said.at))
    });
    let locked = if assignment.locked { ", locked" } else { "" };
    match assignment.status {
        Status::Proposed => format!("Proposed{locked}: not asked yet; does not count yet"),
        Status::Asked if who.is_empty() => format!("Asked{locked}: no answer; does not count yet"),
        Status::Asked => format!("Asked{who}{locked}; does not count yet"),
        Status::Agreed if who.is_empty() => format!("Agreed{locked}"),
        Status::Agreed => format!("Agreed, noted{who}{locked}"),
        Status::Declined => format!("Declined{who}"),
    }
}

/// How many there are more than normal on its post for as long as the block lasts, if all agree: 0 where somebody is
/// needed there at any time of it, because others on the post do not count.
pub fn over_normal(doc: &Document, window: &GridWindow, (row, lane): (&GridRow, &Lane), block: &Block) -> u32 {
    // Most lines are of doctors who are normally there.
    let Some(here) = block.span.overlap(window.span).filter(|_| lane.over > 0) else { return 0 };
    let more = |step: &CoverStep| {
        let post = step.posts.iter().find(|post| post.post == row.post)?;
        Some(u32::try_from(post.counts_if_agreed.len()).unwrap_or(u32::MAX).saturating_sub(post.need))
    };
    let steps = doc.coverage(&window.id, &row.unit).iter().filter(|step| step.span.overlaps(here));
    steps.filter_map(more).min().unwrap_or(0).min(lane.over)
}

/// How to reach whoever holds it, such as `Telephone 020 7946 0472. Post bleep 2145`, and that they are of another
/// specialty; empty if nothing of it is so.
pub fn ring_text(rota: &Rota, assignment: &Assignment) -> String {
    let phone = phone_text(rota, &assignment.person).map(|phone| format!("Telephone {phone}"));
    let bleep = bleep_text(rota, &assignment.post).map(|bleep| format!("Post {bleep}"));
    let other = rota.person(&assignment.person).and_then(|p| of_another_specialty(rota, p, &assignment.post));
    let other = other.map(|other| words::capital(&other));
    phone.into_iter().chain(bleep).chain(other).collect::<Vec<_>>().join(". ")
}

/// What is postponed, or still to be postponed, so that the person can be there: such as `Postponed for it:
/// Orthopaedic list, 3 operations`.
pub fn postponed_texts(rota: &Rota, assignment: &Assignment) -> Vec<String> {
    let on_call = rota.post(&assignment.post).is_some_and(|post| post.on_call);
    let theirs = |session: &&Session| {
        !on_call && session.team.contains(&assignment.person) && session.span.overlaps(assignment.span)
    };
    let text = |session: &Session| {
        let how = match session.state {
            SessionState::Running => return None,
            SessionState::ToPostpone => "Still to postpone for it",
            SessionState::Postponed => "Postponed for it",
        };
        Some(format!("{how}: {}{}", words::safe(&session.title), patients(session)))
    };
    rota.sessions.iter().filter(theirs).filter_map(text).collect()
}

fn patients(session: &Session) -> String {
    let counts = [(u64::from(session.operations()), "operation"), (u64::from(session.appointments), "appointment")];
    counts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .fold(String::new(), |text, (number, noun)| format!("{text}, {}", words::count(number, noun)))
}

/// Such as `15 h rest before, 15 h rest after; 39 h in 7 days (limit 72 h)`, if all agree; empty where no work is known.
pub fn rest_text(doc: &Document, assignment: &Assignment) -> String {
    let rota = doc.rota();
    let Some(at) = rota.people.iter().position(|person| person.id == assignment.person) else { return String::new() };
    let work = person_work(&doc.checker().context(rota), at, Judged::IfAllAgree);
    let spell = work.spells.iter().position(|spell| spell.span.overlaps(assignment.span));
    let rest = |at: Option<usize>, when: &str| {
        let rest = at.and_then(|at| work.rests.get(at))?;
        let short = if rest.missing > 0 { format!(" ({} short)", words::length(rest.missing)) } else { String::new() };
        Some(format!("{} rest {when}{short}", words::length(rest.span.minutes())))
    };
    let before = spell.and_then(|spell| rest(spell.checked_sub(1), "before"));
    let rests: Vec<String> = before.into_iter().chain(rest(spell, "after")).collect();
    let limit = words::length(crate::checker::MINUTES_IN_7_DAYS_MAX);
    let week =
        (work.most_in_7_days > 0).then(|| format!("{} in 7 days (limit {limit})", words::length(work.most_in_7_days)));
    let rests = (!rests.is_empty()).then(|| rests.join(", "));
    rests.into_iter().chain(week).collect::<Vec<_>>().join("; ")
}

/// All of it in one sentence, as it is spoken.
pub fn spoken(doc: &Document, assignment: &Assignment) -> String {
    let rota = doc.rota();
    let mut parts = vec![status_text(rota, assignment), ring_text(rota, assignment)];
    parts.extend(postponed_texts(rota, assignment));
    parts.push(rest_text(doc, assignment));
    parts.retain(|part| !part.is_empty());
    parts.join(". ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{able, assignment_id, person_id, rota, span, with};
    use super::*;
    use crate::model::{Availability, Available, Duty, DutyKind, SessionId, SessionKind};

    #[test]
    fn nobody_who_is_needed_is_over_normal() {
        // HG, KP and RS on the one place of the consultant.
        let mut rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        rota = with(rota, "a2", "cons", "kp", "09:00", "12:00", Status::Agreed);
        let over = |rota: &Rota, block: &str| {
            let doc = Document::unsaved(rota.clone());
            let window = &doc.grid().windows[0];
            let row = window.row_of(&assignment_id(block)).unwrap();
            let lane = window.lane(&row).unwrap();
            let block = lane.blocks.iter().find(|b| b.assignment == assignment_id(block)).unwrap();
            over_normal(&doc, window, (&row, lane), block)
        };
        assert_eq!((over(&rota, "a1"), over(&rota, "a2")), (0, 1));
        let away = |rota: &Rota, from: &str, to: &str| {
            let mut rota = rota.clone();
            let away = Available { span: span(from, to), is: Availability::NotAvailable };
            rota.people.iter_mut().find(|p| p.id == person_id("hg")).unwrap().availability.push(away);
            rota
        };
        assert_eq!(over(&away(&rota, "08:00", "17:00"), "a2"), 0, "HG does not count: KP is needed");
        assert_eq!(over(&away(&rota, "11:00", "17:00"), "a2"), 0, "for a part of the time too");
        assert_eq!(over(&away(&rota, "13:00", "17:00"), "a2"), 1, "HG is away when KP has gone");
        rota.assignments[0].status = Status::Asked;
        assert_eq!(over(&rota, "a2"), 1, "if all agree");
        let three = with(rota, "a3", "cons", "rs", "09:00", "12:00", Status::Agreed);
        assert_eq!(over(&three, "a3"), 2);
        assert_eq!(over(&away(&three, "08:00", "17:00"), "a3"), 1);
    }

    #[test]
    fn a_block_says_what_was_postponed_and_how_much_rest_is_left() {
        let mut rota = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Asked);
        rota.people[1].phone = "020 7946 0472".to_owned();
        rota.people[1].duties.push(Duty {
            span: span("2016-04-25T08:00", "2016-04-25T20:00"),
            kind: DutyKind::Resident,
            label: String::new(),
        });
        rota.sessions.push(Session {
            team: vec![person_id("kp")],
            inpatient: 1,
            day_case: 2,
            state: SessionState::Postponed,
            ..Session::new(
                SessionId::new("s1").unwrap(),
                SessionKind::Theatre,
                "Orthopaedic list",
                span("09:00", "12:00"),
            )
        });
        let doc = Document::unsaved(rota);
        let block = &doc.rota().assignments[0];
        assert_eq!(
            spoken(&doc, block),
            "Asked: no answer; does not count yet. Telephone 020 7946 0472. Post bleep 2145. Postponed for it: \
             Orthopaedic list, 3 operations. 12 h rest before; 21 h in 7 days (limit 72 h)"
        );
    }

    #[test]
    fn whoever_the_system_does_not_name_is_somebody() {
        let start = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Asked);
        let block = super::super::fixture::assignment_id("a1");
        let agreed = |env: &mut super::super::Env<'_>| {
            super::super::status::set_status(&start, std::slice::from_ref(&block), Status::Agreed, env)
        };
        let mut history = crate::model::History::new(start.clone());
        history.run(super::super::testing::env(agreed).unwrap()).unwrap();
        let mut rota = history.rota().clone();
        let told = |rota: &Rota| status_text(rota, &rota.assignments[0]);
        assert!(told(&rota).starts_with("Agreed, noted by j.harris, "), "{}", told(&rota));
        rota.log[0].by = "unknown".to_owned();
        assert!(told(&rota).starts_with("Agreed, noted by somebody, "), "{}", told(&rota));
    }
}
