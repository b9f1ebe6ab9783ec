//! Suggested cover from the first press to the last undo: what is taken, what is left, and what is never stale.

use super::super::fixture::{able, person_id, post_id, range, span, with};
use super::super::testing::env;
use super::super::*;
use super::*;
use crate::model::{
    Availability, Available, MayCover, Rota, Session, SessionId, SessionKind, SessionState, Span, Status,
};
use crate::planner::{NoDeadline, plan};

/// Everybody but MW may cover A&E up to consultant; HG has a clinic from 09:00 to 12:00.
fn start() -> Rota {
    let mut rota = able();
    rota.people[4].may_cover.clear();
    rota.sessions.push(clinic("clinic", "hg", SessionState::Running));
    rota
}

fn clinic(id: &str, person: &str, state: SessionState) -> Session {
    Session {
        specialty: "Orthopaedics".to_owned(),
        team: vec![person_id(person)],
        appointments: 14,
        state,
        ..Session::new(SessionId::new(id).unwrap(), SessionKind::Clinic, "Fracture clinic", span("09:00", "12:00"))
    }
}

fn editor(rota: Rota) -> Editor {
    let mut editor = Editor::new(Settings::default());
    editor.show(Document::unsaved(rota));
    editor.take_effects();
    editor
}

fn run(editor: &mut Editor, action: Action) {
    env(|env| editor.run(action, env));
}

/// The jobs that were asked for, with what they answer.
fn jobs(editor: &mut Editor) -> Vec<Answer> {
    let answer = |effect| match effect {
        Effect::Plan { job, rota, scope, .. } => {
            let plan = Box::new(plan(&rota, &scope, &NoDeadline));
            Some(Answer::Planned { job, plan, millis: 400 })
        }
        _ => None,
    };
    editor.take_effects().into_iter().filter_map(answer).collect()
}

fn suggest(editor: &mut Editor, verb: Verb) {
    run(editor, Action::Do(verb));
    for answer in jobs(editor) {
        env(|env| editor.answer(answer, env));
    }
}

/// Everything that could be suggested for a rota.
fn suggested(rota: Rota) -> Editor {
    let mut editor = editor(rota);
    suggest(&mut editor, Verb::SuggestCover);
    editor
}

fn told(rota: &Rota) -> Vec<String> {
    let mut all: Vec<_> = rota.assignments.iter().collect();
    all.sort_by_key(|a| (a.span, a.post.clone(), a.person.clone()));
    all.iter().map(|a| format!("{} {}", assign::sentence(rota, a), a.status.words())).collect()
}

fn now(editor: &Editor) -> &Rota {
    editor.doc().unwrap().rota()
}

fn words(editor: &Editor) -> Vec<String> {
    let proposal = editor.proposal().unwrap();
    proposal.items.iter().map(|item| item_text(proposal, item).spoken(proposal.rota())).collect()
}

fn kept(proposal: &Proposal) -> Rota {
    proposal.preview.rota.clone()
}

#[test]
fn all_of_a_proposal_is_one_step_in_undo_and_makes_nobody_agree() {
    let mut editor = editor(start());
    let before = now(&editor).clone();
    suggest(&mut editor, Verb::SuggestCover);
    let proposal = editor.proposal().expect("a proposal");
    assert!(proposal.plan.is_optimal() && proposal.plan.gaps.is_empty() && !proposal.is_older);
    assert_eq!(*now(&editor), before, "nothing changes before it is accepted");
    let (count, then) = (proposal.items.len(), kept(proposal));
    assert!(count >= 3);
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert_eq!(editor.suggestion(), None);
    assert_eq!(told(now(&editor)), told(&then));
    assert!(now(&editor).assignments.iter().all(|a| a.status == Status::Proposed));
    let label = format!("accepted {count} suggestions");
    assert_eq!(editor.doc().unwrap().undo_label(), Some(label.as_str()));
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(*now(&editor), before);
}

#[test]
fn a_person_with_a_clinic_comes_only_with_the_clinic_postponed() {
    let mut start = start();
    // Nobody but HG and KP is there: without the clinic the places are not filled.
    for person in [2, 3] {
        start.people[person].usually = Availability::NotAvailable;
    }
    let mut editor = suggested(start);
    let proposal = editor.proposal().unwrap();
    let hg = |item: &crate::planner::SuggestedChange| {
        item.added.is_some_and(|at| proposal.plan.assignments[at].person == person_id("hg"))
    };
    assert_eq!(proposal.plan.postpone.len(), 1);
    let of_hg: Vec<usize> = (0..proposal.items.len()).filter(|at| hg(&proposal.items[*at])).collect();
    assert!(
        proposal.price().text().starts_with("Postpones 14 more appointments, no operations."),
        "{}",
        proposal.price().text()
    );
    assert_eq!(proposal.price().specialties(), "Orthopaedics 14 appointments");
    assert!(words(&editor).iter().any(|text| text.contains("Postpones Fracture clinic, 14 appointments.")));
    run(&mut editor, Action::TickAllChanges(false));
    run(&mut editor, Action::TickChange { at: of_hg[0], ticked: true });
    run(&mut editor, Action::Do(Verb::AcceptTicked));
    let rota = now(&editor);
    let overlaps = rota.assignments[0].span.overlaps(rota.sessions[0].span);
    assert_eq!((rota.assignments.len(), overlaps), (1, true));
    assert_eq!(rota.sessions[0].state, SessionState::ToPostpone);
    assert!(
        rota.log[0].text.contains("Fracture clinic") && rota.log[0].text.contains("to postpone"),
        "{}",
        rota.log[0].text
    );
}

#[test]
fn what_is_not_ticked_stays_as_it_is() {
    let mut editor = suggested(start());
    let count = editor.proposal().unwrap().items.len();
    run(&mut editor, Action::TickChange { at: 0, ticked: false });
    let proposal = editor.proposal().unwrap();
    assert_eq!(proposal.ticked_count(), count - 1);
    assert_eq!(kept(proposal).assignments.len(), count - 1, "the preview follows the ticks");
    run(&mut editor, Action::Do(Verb::AcceptTicked));
    assert_eq!(now(&editor).assignments.len(), count - 1);
    let label = format!("accepted {} of {count} suggestions", count - 1);
    assert_eq!(editor.doc().unwrap().undo_label(), Some(label.as_str()));
}

/// Each change with the number it is called by, by what tells it.
fn numbers(editor: &Editor) -> Vec<(String, usize)> {
    let proposal = editor.proposal().unwrap();
    let told = |item: &crate::planner::SuggestedChange| {
        let new = item.added.and_then(|at| proposal.plan.assignments.get(at));
        new.map_or_else(|| format!("{item:?}"), |new| format!("{} {} {:?}", new.person, new.post, new.span))
    };
    proposal.items.iter().enumerate().map(|(at, item)| (told(item), proposal.number(at))).collect()
}

#[test]
fn a_change_keeps_its_number_as_long_as_the_suggestion_is_open() {
    let mut editor = suggested(start());
    let before = numbers(&editor);
    assert!(before.iter().map(|(_, number)| *number).eq(1..=before.len()), "{before:?}");
    type_consultant(&mut editor, "rs");
    let after = numbers(&editor);
    assert!(after.len() < before.len() && after.iter().all(|one| before.contains(one)), "{before:?} {after:?}");
    assert!(after.iter().enumerate().any(|(at, (_, number))| at + 1 != *number), "others went before them");
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(numbers(&editor), before, "undo brings the numbers back too");
}

#[test]
fn what_is_left_after_a_units_changes_are_accepted_keeps_its_numbers() {
    let mut editor = super::super::testing::norwich_suggested();
    let before = numbers(&editor);
    let proposal = editor.proposal().unwrap();
    let unit = proposal.unit_of(proposal.rota(), &proposal.items[0]).unwrap();
    run(&mut editor, Action::AcceptSuggested(Accept::Unit(unit)));
    let after = numbers(&editor);
    assert!(!after.is_empty() && after.len() < before.len() && after.iter().all(|one| before.contains(one)));
}

#[test]
fn whoever_is_at_work_after_a_night_on_call_is_named_when_it_is_accepted() {
    let nights = include_bytes!("../../../saved_rotas/nights-2025.ron");
    let mut editor = suggested(crate::file::read(nights).unwrap().rota);
    assert_eq!(at_work_after_nights(editor.proposal().unwrap()), ["CD"]);
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    let said = "CD would be at work after a night on call";
    let toast = editor.toast().unwrap().text.clone();
    assert!(toast.contains(said), "{toast}");
    assert!(now(&editor).log.iter().any(|entry| entry.text.contains(said)), "{:?}", now(&editor).log);
}

#[test]
fn rejecting_changes_nothing() {
    let mut editor = editor(start());
    let before = now(&editor).clone();
    suggest(&mut editor, Verb::SuggestCover);
    run(&mut editor, Action::Do(Verb::RejectSuggested));
    assert_eq!((now(&editor), editor.suggestion()), (&before, None));
    assert!(editor.is_enabled(Verb::AcceptSuggested).is_err());
}

/// Puts somebody onto the consultant's post all day.
fn type_consultant(editor: &mut Editor, who: &str) {
    run(editor, Action::Select(Selection::Cells(range("cons", 0, "08:00", "cons", 0, "16:00"))));
    run(editor, Action::StartTyping(who.to_owned()));
    run(editor, Action::CommitTyping { go: Direction::Here, anyway: false });
}

#[test]
fn of_a_plan_for_an_older_state_what_still_fits_is_kept() {
    let mut editor = editor(start());
    run(&mut editor, Action::Do(Verb::SuggestCover));
    let answers = jobs(&mut editor);
    // Meanwhile somebody is put onto the consultant's post all day, and the planner is told to stop.
    type_consultant(&mut editor, "rs");
    run(&mut editor, Action::Do(Verb::StopSuggesting));
    let typed = now(&editor).clone();
    assert_eq!(typed.assignments.len(), 1);
    for answer in answers {
        env(|env| editor.answer(answer, env));
    }
    assert_eq!(*now(&editor), typed, "nothing of it is applied");
    let proposal = editor.proposal().expect("the rest fits");
    assert!(proposal.is_older && proposal.left_out > 0 && !proposal.left_out_whys.is_empty(), "{proposal:?}");
    let fits = |a: &crate::model::Assignment| a.person != person_id("rs") && a.post != post_id("cons");
    assert!(!proposal.plan.assignments.is_empty() && proposal.plan.assignments.iter().all(fits));
    let then = kept(proposal);
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert_eq!(told(now(&editor)), told(&then));
}

#[test]
fn a_plan_of_which_nothing_fits_any_more_says_so() {
    let mut editor = editor(start());
    run(&mut editor, Action::Select(Selection::Cells(range("cons", 0, "11:00", "cons", 0, "11:00"))));
    suggest(&mut editor, Verb::SuggestForGap);
    assert_eq!(editor.proposal().expect("a proposal").items.len(), 1);
    type_consultant(&mut editor, "rs");
    let Stage::Told(told) = &editor.suggestion().unwrap().stage else { panic!("{:?}", editor.suggestion()) };
    assert!(told.can_look_again && told.title == "The suggestion no longer fits", "{told:?}");
    assert!(
        told.text.starts_with("You changed the rota: ") && told.text.ends_with(". Nothing was applied."),
        "{told:?}"
    );
    let typed = now(&editor).clone();
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert_eq!(*now(&editor), typed, "nothing of it is applied");
    suggest(&mut editor, Verb::SuggestAgain);
    assert!(editor.proposal().is_some());
}

#[test]
fn an_edit_that_touches_nothing_of_the_plan_leaves_it_but_unproven() {
    let mut editor = suggested(start());
    // An SHO is over normal: nobody needs the place, and MW is in nothing of the plan.
    run(&mut editor, Action::Select(Selection::Cells(range("sho", 0, "08:00", "sho", 0, "08:00"))));
    run(&mut editor, Action::StartTyping("mw".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: true });
    let proposal = editor.proposal().expect("it still fits");
    assert!(proposal.is_older && !proposal.plan.is_optimal());
    let then = kept(proposal);
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert_eq!(told(now(&editor)), told(&then));
    assert!(told(&then).iter().any(|a| a.starts_with("MW")), "with what was typed");
}

#[test]
fn somebody_who_moves_on_to_agreed_leaves_the_proof() {
    let mut editor = suggested(with(start(), "a1", "cons", "hg", "12:00", "17:00", Status::Asked));
    run(&mut editor, Action::Select(Selection::Cells(range("cons", 0, "12:00", "cons", 0, "12:00"))));
    run(&mut editor, Action::Do(Verb::MoveOn));
    assert_eq!(now(&editor).assignments[0].status, Status::Agreed);
    let proposal = editor.proposal().expect("it still fits");
    assert!(proposal.plan.is_optimal() && !proposal.is_older);
}

#[test]
fn after_a_refusal_suggest_again_says_who_declined_and_moves_little() {
    let mut editor = suggested(start());
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    let refused = now(&editor).assignments[0].clone();
    run(&mut editor, Action::Select(Selection::Assignments(vec![refused.id.clone()])));
    run(&mut editor, Action::Do(Verb::SetDeclined));
    run(&mut editor, Action::DialogPress(Choice::NotThisPost));
    assert_eq!(now(&editor).assignment(&refused.id).unwrap().status, Status::Declined);
    suggest(&mut editor, Verb::SuggestCover);
    let proposal = editor.proposal().unwrap();
    assert!(!proposal.items.is_empty());
    let again = |a: &&crate::model::Assignment| {
        a.person == refused.person && a.post == refused.post && a.span.overlaps(refused.span)
    };
    assert!(proposal.plan.assignments.iter().all(|a| !again(&a)), "nobody is asked twice");
    let who = assign::initials(now(&editor), &refused.person);
    assert!(words(&editor).iter().any(|text| text.contains(&format!("{who} declined."))), "{:?}", words(&editor));
    assert!(
        moved_text(editor.proposal().unwrap()).contains("added")
            || moved_text(editor.proposal().unwrap()).contains("moved")
    );
}

#[test]
fn a_session_that_nobody_needs_comes_back() {
    let mut rota = start();
    rota.sessions[0] = clinic("clinic", "mw", SessionState::ToPostpone);
    let mut editor = suggested(rota);
    assert!(
        words(&editor).iter().any(|text| text.starts_with("Fracture clinic, Tue 26-Apr 09:00–12:00, can go ahead")),
        "{:?}",
        words(&editor)
    );
    let text = editor.proposal().unwrap().price().text();
    assert_eq!(text, "Saves 14 appointments; operations unchanged.");
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert_eq!(now(&editor).sessions[0].state, SessionState::Running);
}

#[test]
fn a_gap_alone_is_filled() {
    let mut editor = editor(start());
    run(&mut editor, Action::Select(Selection::Cells(range("mg", 1, "11:00", "mg", 1, "11:00"))));
    assert!(editor.is_enabled(Verb::SuggestForGap).is_ok());
    suggest(&mut editor, Verb::SuggestForGap);
    let proposal = editor.proposal().unwrap();
    assert!(!proposal.items.is_empty());
    assert!(proposal.plan.assignments.iter().all(|a| a.post == post_id("mg") && span("10:00", "17:00").covers(a.span)));
}

#[test]
fn stop_is_told_to_the_planner_and_progress_of_another_job_is_not_heard() {
    let mut editor = editor(start());
    run(&mut editor, Action::Do(Verb::SuggestCover));
    let job = editor.suggestion().unwrap().job;
    let progress = Progress { best: [0; 7], bound: [0; 7], parts_done: 1, parts: 2 };
    env(|env| editor.answer(Answer::PlanProgress { job: job + 1, progress, millis: 900 }, env));
    let Stage::Looking(looking) = &editor.suggestion().unwrap().stage else { panic!() };
    assert_eq!((looking.progress, looking.millis), (None, 0));
    env(|env| editor.answer(Answer::PlanProgress { job, progress, millis: 900 }, env));
    let answers = jobs(&mut editor);
    run(&mut editor, Action::Do(Verb::StopSuggesting));
    assert!(editor.take_effects().contains(&Effect::StopPlan { job }));
    let Stage::Looking(looking) = &editor.suggestion().unwrap().stage else { panic!() };
    assert!(looking.is_stopping && looking.millis == 900);
    for answer in answers {
        env(|env| editor.answer(answer, env));
    }
    assert!(editor.proposal().is_some(), "the best so far is kept");
}

#[test]
fn without_windows_or_people_it_says_what_to_do() {
    let title = |rota: Rota| {
        let editor = suggested(rota);
        match &editor.suggestion().unwrap().stage {
            Stage::Told(told) => told.title.clone(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(title(Rota { windows: vec![], ..start() }), "No walkout times yet");
    assert_eq!(title(Rota { people: vec![], sessions: vec![], ..start() }), "No people yet");
    assert_eq!(title(Rota { normals: vec![], windows: vec![], ..start() }), "No walkout times yet");
}

#[test]
fn where_nobody_can_the_reasons_stand_there() {
    let mut rota = start();
    for person in &mut rota.people {
        person.availability.push(Available { span: span("08:00", "17:00"), is: Availability::NotAvailable });
    }
    let editor = suggested(rota);
    let proposal = editor.proposal().unwrap();
    assert!(proposal.items.is_empty() && !proposal.plan.gaps.is_empty());
    assert!(proposal.plan.gaps.iter().all(|gap| gap.people.iter().all(|who| !who.reasons.is_empty())));
    assert!(editor.is_enabled(Verb::AcceptSuggested).is_err());
}

#[test]
fn a_duty_of_the_night_before_says_on_which_night() {
    let mut rota = start();
    for person in &mut rota.people {
        let (kind, label) = (crate::model::DutyKind::Resident, "Night".to_owned());
        let night = Span::new(span("08:00", "17:00").from.plus(-12 * 60), span("08:00", "17:00").from);
        person.duties.push(crate::model::Duty { span: night, kind, label });
    }
    rota.people[0].duties[0].span.to = span("10:00", "17:00").from;
    let mut editor = editor(rota);
    suggest(&mut editor, Verb::SuggestCover);
    let proposal = editor.proposal().unwrap();
    let all: Vec<&str> =
        proposal.plan.gaps.iter().flat_map(|gap| gap.people.iter()).map(|who| who.text.as_str()).collect();
    let says = |text: &str| all.iter().any(|told| told.contains(text));
    assert!(says("AN would have too little rest (at work 20:00 Mon 25-Apr – 08:00 Tue 26-Apr)"), "{all:?}");
    assert!(says("HG is on duty (Night, 20:00 Mon 25-Apr – 10:00 Tue 26-Apr)"), "{all:?}");
}

#[test]
fn a_unit_is_taken_and_the_rest_stays_proposed() {
    let mut rota = start();
    let mut other = rota.units[0].clone();
    other.id = UnitId::new("mat").unwrap();
    other.name = "Maternity".to_owned();
    let mut post = rota.posts[1].clone();
    (post.id, post.unit, post.name) = (post_id("lw"), other.id.clone(), "Labour ward".to_owned());
    let mut line = rota.normals[0].staffing[0].clone();
    line.post = post.id.clone();
    rota.normals[0].staffing.push(line);
    rota.people[4].may_cover = vec![MayCover::up_to(other.id.clone(), other.tiers[2].id.clone())];
    rota.units.push(other.clone());
    rota.posts.push(post);
    let mut editor = suggested(rota);
    let all = editor.proposal().unwrap().items.len();
    let then = kept(editor.proposal().unwrap());
    run(&mut editor, Action::AcceptSuggested(Accept::Unit(other.id.clone())));
    assert!(told(now(&editor)).iter().all(|a| a.contains("Labour ward")) && !now(&editor).assignments.is_empty());
    let taken = now(&editor).assignments.len();
    let proposal = editor.proposal().expect("the rest");
    assert_eq!(proposal.items.len(), all - taken);
    assert!(proposal.plan.is_optimal(), "it leads to the rota that was proven");
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert_eq!(told(now(&editor)), told(&then));
}

#[test]
fn one_edit_costs_only_what_it_touches_and_undo_brings_that_back() {
    let mut editor = suggested(start());
    let (before, plan) = (now(&editor).clone(), editor.proposal().unwrap().plan.clone());
    let all = plan.assignments.len();
    type_consultant(&mut editor, "rs");
    let proposal = editor.proposal().expect("the rest fits");
    assert!(proposal.left_out > 0 && !proposal.plan.assignments.is_empty() && proposal.plan.assignments.len() < all);
    assert!(
        proposal.plan.assignments.iter().all(|a| plan.assignments.contains(a)),
        "the same people at the same times"
    );
    run(&mut editor, Action::TickChange { at: 0, ticked: false });
    let unticked =
        editor.proposal().unwrap().plan.assignments[editor.proposal().unwrap().items[0].added.unwrap()].clone();
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(*now(&editor), before);
    let proposal = editor.proposal().expect("it fits again");
    assert_eq!((&proposal.plan, proposal.left_out, proposal.is_older), (&plan, 0, false));
    let is_off = |(item, ticked): (&crate::planner::SuggestedChange, &bool)| {
        !ticked && item.added.is_some_and(|at| proposal.plan.assignments[at] == unticked)
    };
    assert!(proposal.items.iter().zip(&proposal.ticked).any(is_off), "what was not ticked still is not");
    run(&mut editor, Action::Do(Verb::AcceptSuggested));
    assert!(!now(&editor).assignments.is_empty());
}

#[test]
fn somebody_who_has_too_little_rest_already_is_named() {
    let mut start = with(start(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
    let night = Span::new(span("08:00", "20:00").to, span("08:00", "20:00").to.plus(12 * 60));
    let (kind, label) = (crate::model::DutyKind::Resident, "Night".to_owned());
    start.people[0].duties.push(crate::model::Duty { span: night, kind, label });
    start.sessions.clear();
    let who = start.people[0].initials.clone();
    let editor = suggested(start);
    assert_eq!(short_rests(editor.proposal().unwrap()), [who]);
}

#[test]
fn figures_and_gaps_follow_the_ticks() {
    let mut editor = suggested(start());
    assert!(editor.proposal().unwrap().seen().is_optimal());
    run(&mut editor, Action::TickAllChanges(false));
    let seen = editor.proposal().unwrap().seen();
    assert_eq!(seen.values(), seen.before);
    assert!(!seen.gaps.is_empty() && !seen.is_optimal());
}

#[test]
fn who_is_on_call_at_the_time_is_told_and_counted_with_the_ticks() {
    let mut start = start();
    for person in &mut start.people {
        let (kind, label) = (crate::model::DutyKind::OnCall, "On call".to_owned());
        person.duties.push(crate::model::Duty { span: span("08:00", "17:00"), kind, label });
    }
    let mut editor = suggested(start);
    let proposal = editor.proposal().unwrap();
    assert_eq!(on_call_clashes(proposal), proposal.items.len());
    assert!(words(&editor).iter().all(|text| text.contains("On call from home at the time.")), "{:?}", words(&editor));
    run(&mut editor, Action::TickAllChanges(false));
    let proposal = editor.proposal().unwrap();
    assert_eq!((on_call_clashes(proposal), moved_text(proposal).as_str()), (0, "Nothing is ticked"));
}

#[test]
fn nobody_is_suggested_for_a_day_before_a_late_shift_that_would_leave_too_little_rest() {
    let mut start = start();
    for person in &mut start.people {
        let (kind, label) = (crate::model::DutyKind::Resident, "Late".to_owned());
        person.duties.push(crate::model::Duty { span: span("20:00", "23:00"), kind, label });
    }
    let editor = suggested(start);
    let plan = &editor.proposal().unwrap().plan;
    assert!(!plan.assignments.is_empty());
    // From ten to eleven at night are thirteen hours, which leave eleven of the day.
    assert!(plan.assignments.iter().all(|a| a.span.from >= span("10:00", "11:00").from), "{plan:?}");
    assert_eq!(short_rests(editor.proposal().unwrap()), Vec::<String>::new());
}

#[test]
fn a_post_from_home_is_suggested_to_nobody_who_is_on_duty() {
    let mut start = start();
    let home = start.posts.iter_mut().find(|post| post.id == post_id("cons")).unwrap();
    home.on_call = true;
    for person in &mut start.people {
        let (kind, label) = (crate::model::DutyKind::OnCall, "On call".to_owned());
        person.duties.push(crate::model::Duty { span: span("08:00", "17:00"), kind, label });
    }
    let editor = suggested(start);
    let all = words(&editor);
    assert!(!all.is_empty() && all.iter().all(|text| !text.contains("Consultant")), "{all:?}");
    assert!(all.iter().all(|text| text.contains("On call from home at the time.")), "{all:?}");
}

/// An example with cover suggested for all of it.
fn example_suggested(bytes: &[u8]) -> Editor {
    suggested(crate::file::read(bytes).unwrap().rota)
}

/// What is said of every unit on every day.
fn all_words(rota: &Rota, report: &crate::checker::Report) -> Vec<(UnitId, WindowId, String)> {
    let words = crate::checker::VerdictWords::new(rota, report);
    report.units.iter().map(|unit| (unit.unit.clone(), unit.window.clone(), words.of(unit))).collect()
}

#[test]
fn what_is_promised_of_a_unit_is_what_is_said_of_it_after_all_is_accepted() {
    let examples: [&[u8]; 7] = [
        include_bytes!("../../../saved_rotas/dorset-2016.ron"),
        include_bytes!("../../../saved_rotas/every-rule.ron"),
        include_bytes!("../../../saved_rotas/five-days-2025.ron"),
        include_bytes!("../../../saved_rotas/james-paget-2016.ron"),
        include_bytes!("../../../saved_rotas/nearest-free-2016.ron"),
        include_bytes!("../../../saved_rotas/nights-2025.ron"),
        include_bytes!("../../../saved_rotas/norwich-2016-draft.ron"),
    ];
    let (mut told, mut only_words) = (0, 0);
    for example in examples {
        let mut editor = example_suggested(example);
        let doc = editor.doc().unwrap();
        let Some(proposal) = editor.proposal().filter(|proposal| !proposal.items.is_empty()) else { continue };
        let promised = proposal.preview.changes(doc.rota(), doc.report());
        let before = all_words(doc.rota(), doc.report());
        run(&mut editor, Action::Do(Verb::AcceptSuggested));
        let doc = editor.doc().unwrap();
        for ((unit, window, was), (.., is)) in before.into_iter().zip(all_words(doc.rota(), doc.report())) {
            match promised.iter().find(|change| change.unit == unit && change.window == window) {
                Some(change) => {
                    assert_eq!((&change.now.1, &change.then.1), (&was, &is));
                    told += 1;
                    only_words += usize::from(change.now.0 == change.then.0 && change.is_change());
                }
                None => assert_eq!(was, is, "{unit} {window} is not told"),
            }
        }
    }
    assert!(told > 5 && only_words > 0, "{told} told, {only_words} of them with other words for the same verdict");
}

/// What the row of each change says, under its person and time.
fn rows(editor: &Editor) -> Vec<String> {
    let proposal = editor.proposal().unwrap();
    proposal.items.iter().map(|item| item_text(proposal, item).spoken(now(editor))).collect()
}

#[test]
fn a_night_on_call_before_work_is_said_beside_the_change() {
    let nights = example_suggested(include_bytes!("../../../saved_rotas/nights-2025.ron"));
    let rows_of = rows(&nights);
    let after = |day: &str| {
        rows_of
            .iter()
            .any(|row| row.starts_with("CD") && row.contains(&format!("After this night on call at work {day}")))
    };
    assert!(after("09:00 Sat 26-Jul-2025 (Day in A&E)") && after("09:00 Mon 28-Jul-2025 (Day in A&E)"), "{rows_of:#?}");
    assert_eq!(at_work_after_nights(nights.proposal().unwrap()), ["CD"]);
    let sunday = rows_of.iter().filter(|row| row.contains("night on call at work")).count();
    assert_eq!(sunday, 2, "{rows_of:#?}");
    let mut kept = editor(crate::checker::testing::rota(
        "person KP: A&E up to SHO; on call 25-Apr 20:00-07:00\n          |08  09  |\nA&E SHO 1 |.   .   |\n",
    ));
    suggest(&mut kept, Verb::SuggestCover);
    let row = rows(&kept).remove(0);
    assert!(row.contains("On call the night before, 20:00 Mon 25-Apr – 07:00 Tue 26-Apr (On call)"), "{row}");
    assert!(!row.contains("Available, postpones nothing"), "{row}");
}
