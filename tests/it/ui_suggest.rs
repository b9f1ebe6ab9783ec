//! Suggested cover in the window: the button, the panel at the right, ticks by keyboard, and what is drawn over the grid.

use cover_rota::checker::Gap;
use cover_rota::editor::suggest::SuggestFor;
use cover_rota::editor::{Action, Answer, Choice, Direction, Effect, Selection, ThemeName, Verb, View};
use cover_rota::model::{
    Availability, Available, Post, PostId, Rota, Session, SessionId, SessionState, Span, Status, Unit, UnitId, WindowId,
};
use cover_rota::planner::{NoDeadline, Progress, Scope, plan};
use egui::{Event, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driver::{act, click, click_at, press, press_with};
use crate::window::{Window, opened, saved, shown};

const EXAMPLE: &str = "norwich-2016-draft";

/// Does what the planner's thread does with all that was asked of it.
fn work(window: &mut Harness<'_, Window>) {
    let effects = std::mem::take(&mut window.state_mut().effects);
    for effect in effects {
        if let Effect::Plan { job, rota, scope, .. } = effect {
            let plan = Box::new(plan(&rota, &scope, &NoDeadline));
            window.state_mut().answer(Answer::Planned { job, plan, millis: 400 });
        }
    }
    window.run();
}

fn suggested(name: &str) -> Harness<'static, Window> {
    let mut window = opened(saved(name));
    click(&mut window, "Suggest cover");
    work(&mut window);
    window
}

/// The same in a window that has room for what stays uncovered and for the changes under it.
fn suggested_in_a_high_window(name: &str) -> Harness<'static, Window> {
    let mut window = suggested(name);
    window.set_size(egui::vec2(1920.0, 1800.0));
    window.run();
    window
}

fn count(window: &Harness<'_, Window>) -> usize {
    window.state().editor.proposal().expect("a proposal").items.len()
}

/// What the suggestion says that it costs.
fn price(window: &Harness<'_, Window>) -> String {
    window.state().editor.proposal().expect("a proposal").price().text()
}

fn proposed(rota: &Rota) -> usize {
    rota.assignments.iter().filter(|a| a.status == Status::Proposed).count()
}

#[test]
fn suggest_accept_all_and_one_undo() {
    let mut window = suggested(EXAMPLE);
    let before = window.state().rota().clone();
    let all = count(&window);
    assert!(all > 0);
    assert!(window.query_all_by_label_contains("with the plan").count() > 1, "verdicts and figures with the plan");
    assert!(window.query_all_by_label_contains(" if all agree (").count() > 0, "what the figures say that are shown");
    assert!(window.query_by_label_contains("Proven best with these handovers: nothing covers more").is_some());
    assert!(window.query_all_by_label_contains("Suggestion 1: ").count() > 0, "it is drawn over the grid");
    click(&mut window, &format!("Accept all {all}"));
    assert!(window.state().editor.suggestion().is_none());
    let rota = window.state().rota();
    assert_ne!(*rota, before);
    let asked =
        |rota: &Rota| rota.assignments.iter().filter(|a| a.status != Status::Proposed).cloned().collect::<Vec<_>>();
    assert_eq!(asked(rota), asked(&before), "nobody agreed by it");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.state().rota(), before, "one step takes all of it back");
}

#[test]
fn ticks_are_set_by_space_and_ctrl_enter_takes_what_is_ticked() {
    let mut window = suggested_in_a_high_window(EXAMPLE);
    let (all, before) = (count(&window), proposed(window.state().rota()));
    click(&mut window, "Tick no change");
    assert!(window.query_by_label(&format!("Changes 0 of {all} ticked")).is_some());
    window.get_by_label_contains("Change 1: ").focus();
    window.run();
    press(&mut window, Key::Space);
    assert!(window.query_by_label(&format!("Changes 1 of {all} ticked")).is_some());
    press(&mut window, Key::Enter);
    assert!(window.state().editor.suggestion().is_some(), "Enter goes to the place, and accepts nothing");
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(window.state().editor.suggestion().is_none());
    assert_eq!(proposed(window.state().rota()), before + 1);
    let label = format!("Accepted 1 of {all} suggestions, on Tue 26-Apr");
    assert_eq!(window.state().editor.toast().map(|toast| toast.text.as_str()), Some(label.as_str()));
}

#[test]
fn a_tick_moves_no_row_under_the_pointer_and_the_keyboard_stays_on_its_change() {
    for (name, size) in [(EXAMPLE, (1366.0, 1000.0)), (EXAMPLE, (1366.0, 696.0)), ("nights-2025", (1920.0, 1400.0))] {
        let mut window = suggested(name);
        window.set_size(egui::vec2(size.0, size.1));
        window.run();
        // The rows of the changes are below the edge of a low window.
        let panel = egui::pos2(size.0 - 100.0, 0.6 * size.1);
        let wheel = egui::vec2(0.0, -240.0);
        window.hover_at(panel);
        for _ in 0..2 {
            let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
            let (modifiers, source) = (Modifiers::NONE, egui::MouseWheelSource::Unknown);
            window.input_mut().events.push(Event::MouseWheel { unit, phase, delta: wheel, modifiers, source });
            window.run();
        }
        let places = |window: &Harness<'_, Window>| -> Vec<(String, Rect)> {
            let boxes = window.query_all_by_label_contains("Take change ");
            let all = boxes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
            all.filter(|(_, rect)| rect.top() > 0.45 * size.1 && rect.bottom() < 0.8 * size.1).collect()
        };
        let mut clicked = 0;
        for (label, rect) in places(&window).into_iter().take(4) {
            // Off, on and off again, without moving the pointer.
            for _ in 0..3 {
                let toggled = |window: &Harness<'_, Window>| window.get_by_label(&label).accesskit_node().toggled();
                let was = toggled(&window);
                click_at(&mut window, rect.center());
                let now = places(&window);
                assert!(now.contains(&(label.clone(), rect)), "{name} {size:?} {label}: {rect:?} in {now:?}");
                assert_ne!(toggled(&window), was, "{name} {size:?} {label}");
                clicked += 1;
            }
        }
        assert!(clicked >= 6, "{name} {size:?} {clicked}");
        let mut window = suggested_in_a_high_window(name);
        window.get_by_label_contains("Change 1: ").focus();
        window.run();
        for _ in 0..2 {
            press(&mut window, Key::Space);
            assert!(window.get_by_label_contains("Change 1: ").is_focused(), "{name}");
        }
        assert_eq!(window.state().editor.proposal().unwrap().ticked_count(), count(&window), "{name}");
    }
}

#[test]
fn ctrl_enter_on_what_stays_uncovered_accepts_and_goes_nowhere() {
    for ticked in [true, false] {
        let mut window = suggested_in_a_high_window("nights-2025");
        act(&mut window, Action::TickAllChanges(ticked));
        let before = proposed(window.state().rota());
        window.query_all_by_label_contains("Still uncovered: ").next().unwrap().focus();
        window.run();
        let was = (window.state().editor.window().cloned(), window.state().editor.selection().clone());
        // Ctrl is let go in the same moment, as by a quick hand.
        let key =
            |pressed, modifiers| Event::Key { key: Key::Enter, physical_key: None, pressed, repeat: false, modifiers };
        window.input_mut().events.extend([key(true, Modifiers::COMMAND), key(false, Modifiers::NONE)]);
        window.run();
        let is = (window.state().editor.window().cloned(), window.state().editor.selection().clone());
        assert_eq!(is, was, "day and choice stay");
        assert_eq!(proposed(window.state().rota()) > before, ticked);
        assert_eq!(window.state().editor.suggestion().is_none(), ticked);
        assert_eq!(window.state().editor.notice(), Some("Nothing is ticked").filter(|_| !ticked));
    }
}

/// The example of five days with nobody on one of them.
fn with_an_empty_day(at: usize) -> Rota {
    let mut rota = saved("five-days-2025");
    let day = rota.windows[at].span;
    rota.assignments.retain(|a| !day.contains(a.span.from));
    rota
}

#[test]
fn changes_on_a_day_that_is_not_shown_are_told_and_lead_there() {
    let mut window = opened(with_an_empty_day(2));
    let shown = window.state().editor.window().cloned();
    click(&mut window, "Suggest cover");
    work(&mut window);
    let (all, sunday) = (count(&window), window.state().rota().windows[2].id.clone());
    assert_ne!(shown, Some(sunday.clone()));
    assert!(all > 20);
    assert!(window.query_by_label_contains(&format!(", short, {all} suggested changes")).is_some());
    assert_eq!(window.query_all_by_label_contains(" suggested change").count(), 1, "on no other day");
    click(&mut window, &format!("{all} changes, all on Sun 27-Jul"));
    assert_eq!(window.state().editor.window(), Some(&sunday));
    click(&mut window, &format!("Accept all {all}"));
    let toast = window.state().editor.toast().expect("it is said").text.clone();
    assert!(toast.starts_with(&format!("Accepted {all} suggestions, all on Sun 27-Jul")), "{toast}");
}

#[test]
fn who_could_says_what_a_suggestion_says_of_a_night_on_call() {
    let mut window = opened(saved("nights-2025"));
    let is_on_call = |window: &Harness<'_, Window>| {
        let who = window.state().editor.who_could()?;
        window.state().rota().post(&who.gap.post).map(|post| post.on_call)
    };
    for _ in 0..20 {
        press(&mut window, Key::F8);
        if is_on_call(&window) == Some(true) {
            break;
        }
    }
    assert_eq!(is_on_call(&window), Some(true));
    assert!(
        window
            .query_by_label_contains(
                "CD Campion, consultant. Free, postpones nothing. After this night on call at work"
            )
            .is_some()
    );
}

#[test]
fn a_box_is_ticked_by_the_mouse() {
    let mut window = suggested_in_a_high_window(EXAMPLE);
    let all = count(&window);
    click(&mut window, "Take change 1");
    let ticked = window.state().editor.proposal().expect("a proposal").ticked_count();
    assert!(ticked < all && window.query_by_label(&format!("Changes {ticked} of {all} ticked")).is_some());
    assert!(window.query_by_label_contains("Some changes unticked: no longer proven best.").is_some());
    assert_eq!(window.query_all_by_label_contains("Suggestion 1: ").count(), 0, "what is not ticked is not drawn");
}

#[test]
fn esc_rejects() {
    let mut window = suggested(EXAMPLE);
    let before = window.state().rota().clone();
    press(&mut window, Key::Escape);
    assert!(window.state().editor.suggestion().is_none());
    assert_eq!(*window.state().rota(), before);
    assert!(window.query_by_label("Suggestion rejected: nothing was changed").is_some());
}

#[test]
fn esc_leaves_what_is_typed_before_it_rejects() {
    let mut window = suggested(EXAMPLE);
    act(&mut window, Action::Do(Verb::NextProblem));
    act(&mut window, Action::StartTyping("K".to_owned()));
    press(&mut window, Key::Escape);
    assert!(window.state().editor.typing().is_none());
    assert!(window.state().editor.proposal().is_some(), "the first Esc is the typing's");
}

#[test]
fn editing_goes_on_while_it_works_and_nothing_stale_is_applied() {
    let mut window = opened(saved(EXAMPLE));
    press(&mut window, Key::F9);
    assert!(window.query_by_label_contains("Looking for cover").is_some());
    // Meanwhile somebody whom the plan wants is put there by hand.
    let wanted = plan(window.state().rota(), &Scope::everything(), &NoDeadline).assignments[0].clone();
    let gap = Gap { post: wanted.post, span: wanted.span };
    act(&mut window, Action::Propose { person: wanted.person, gap, asked: true });
    let edited = window.state().rota().clone();
    work(&mut window);
    assert_eq!(*window.state().rota(), edited);
    assert!(count(&window) > 0, "what the edit did not touch is still suggested");
    assert!(window.query_by_label_contains("left out: ").is_some());
    click(&mut window, "Suggest again");
    work(&mut window);
    assert!(window.state().editor.proposal().is_some());
    assert!(window.query_by_label_contains("may no longer be the best").is_none());
}

#[test]
fn stop_keeps_the_best_and_seconds_are_counted() {
    let mut window = opened(saved(EXAMPLE));
    press(&mut window, Key::F9);
    let job = window.state().editor.suggestion().unwrap().job;
    assert!(window.query_by_label("Reading the rota: no plan yet.").is_some());
    let progress =
        Progress { best: [120, 0, 0, 240, 0, 11, 321], bound: [0, 0, 0, 0, 0, 9, 300], parts_done: 3, parts: 7 };
    window.state_mut().answer(Answer::PlanProgress { job, progress, millis: 1300 });
    window.run_steps(3);
    assert!(window.query_by_label("3 of 7 steps done").is_some());
    assert!(window.query_by_label("Appointments postponed: best so far 321, at least 300").is_some());
    window.get_by_label("Stop and use best so far").click();
    window.run_steps(3);
    assert!(window.state().effects.contains(&Effect::StopPlan { job }));
    work(&mut window);
    assert!(window.state().editor.proposal().is_some());
}

#[test]
fn after_a_refusal_suggest_again_changes_only_what_must() {
    let mut window = suggested(EXAMPLE);
    let all = count(&window);
    click(&mut window, &format!("Accept all {all}"));
    let new = |a: &&cover_rota::model::Assignment| a.id.as_str().starts_with("plan-");
    let ids: Vec<_> = window.state().rota().assignments.iter().filter(new).map(|a| a.id.clone()).collect();
    // The first of those for whom somebody else can be found.
    let mut again = 0;
    for refused in ids {
        window.state_mut().act(Action::Select(Selection::Assignments(vec![refused.clone()])));
        window.state_mut().act(Action::Do(Verb::SetDeclined));
        act(&mut window, Action::DialogPress(Choice::NotThisPost));
        assert_eq!(window.state().rota().assignment(&refused).map(|a| a.status), Some(Status::Declined));
        press(&mut window, Key::F9);
        work(&mut window);
        let place = window.state().rota().assignment(&refused).expect("it is remembered").clone();
        let suggested = &window.state().editor.proposal().expect("a proposal").plan.assignments;
        again = if suggested.iter().any(|a| a.post == place.post && a.span.overlaps(place.span)) {
            count(&window)
        } else {
            0
        };
        if again > 0 {
            break;
        }
        press(&mut window, Key::Escape);
        window.state_mut().act(Action::Do(Verb::Undo));
    }
    assert!(again > 0 && again < all, "{again} of {all}");
    assert!(window.query_all_by_label_contains(" declined.").count() > 0, "it says why");
    window.set_size(egui::vec2(1920.0, 1080.0));
    window.run();
    assert!(window.query_by_label_contains(" added").is_some());
}

#[test]
fn the_chosen_gap_alone() {
    let mut window = opened(saved(EXAMPLE));
    for _ in 0..20 {
        press(&mut window, Key::F8);
        if window.state().editor.who_could().is_some_and(|who| !who.could.is_empty()) {
            break;
        }
    }
    let gap = window.state().editor.who_could().unwrap().gap.clone();
    press_with(&mut window, Modifiers::SHIFT, Key::F9);
    work(&mut window);
    let proposal = window.state().editor.proposal().expect("a proposal");
    assert!(!proposal.items.is_empty());
    assert!(proposal.plan.assignments.iter().all(|a| a.post == gap.post));
}

#[test]
fn a_change_leads_to_its_place() {
    let mut window = suggested_in_a_high_window(EXAMPLE);
    act(&mut window, Action::Do(Verb::ViewSessions));
    window.get_by_label_contains("Change 1: ").click();
    window.run();
    assert_eq!(window.state().editor.view(), View::Posts);
    assert!(matches!(window.state().editor.selection(), Selection::Cells(_)));
}

#[test]
fn what_no_plan_can_cover_says_why() {
    let mut window = suggested("nights-2025");
    assert!(window.query_all_by_label_contains("Still uncovered: ").count() > 0);
    let first = window.query_all_by_label_contains("Why not? (").next().expect("reasons");
    first.focus();
    window.run();
    press(&mut window, Key::Space);
    assert!(window.query_all_by_label_contains("people): hide").count() > 0);
}

#[test]
fn a_covered_rota_needs_nothing() {
    let mut window = suggested("dorset-2016");
    assert_eq!(count(&window), 0);
    assert!(window.query_by_label("Every post is filled.").is_some());
    assert!(window.query_by_label_contains(": now ").is_none(), "no table of zeros");
    click(&mut window, "Close");
    assert!(window.state().editor.suggestion().is_none());
}

#[test]
fn it_is_drawn_in_every_theme_and_a_narrow_window() {
    for theme in [ThemeName::System, ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast] {
        let mut window = shown(Window::on(saved(EXAMPLE), cover_rota::editor::Settings::default()), theme);
        press(&mut window, Key::F9);
        work(&mut window);
        window.set_size(egui::vec2(800.0, 480.0));
        window.run();
        assert!(window.query_by_label_contains("Accept all").is_some());
    }
}

#[test]
fn typing_goes_on_beside_a_proposal_that_it_does_not_touch() {
    let mut window = suggested(EXAMPLE);
    let before = count(&window);
    // A note changes nothing that the planner reads.
    let chosen =
        window.state().rota().assignments.iter().find(|a| a.status == Status::Asked).expect("asked").id.clone();
    window.state_mut().act(Action::Select(Selection::Assignments(vec![chosen])));
    act(&mut window, Action::Do(Verb::MoveOn));
    assert_eq!(count(&window), before);
    assert!(
        window.query_by_label_contains("Proven best with these handovers: nothing covers more").is_some(),
        "somebody agreed: the proof holds"
    );
    window.state_mut().act(Action::CommitTyping { go: Direction::Here, anyway: false });
}

#[test]
fn a_session_that_is_to_be_postponed_for_nobody_says_so() {
    let mut rota = saved(EXAMPLE);
    let session = rota.sessions.iter().find(|s| s.state == SessionState::ToPostpone).expect("one is").clone();
    rota.assignments.retain(|a| !session.team.contains(&a.person) || !a.span.overlaps(session.span));
    let mut window = opened(rota);
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    let label = format!("{}, to postpone", session.title);
    let labels: Vec<String> = window
        .query_all_by_label_contains("Can go ahead: none of its team is needed then")
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(labels.iter().any(|text| text.starts_with(&label)), "{labels:?}");
}

#[test]
fn a_session_whose_team_is_not_there_is_not_said_to_go_ahead() {
    let mut rota = saved(EXAMPLE);
    let session = rota.sessions.iter().find(|s| s.state == SessionState::ToPostpone).expect("one is").clone();
    rota.assignments.retain(|a| !session.team.contains(&a.person) || !a.span.overlaps(session.span));
    let person = rota.people.iter_mut().find(|person| session.team.contains(&person.id)).expect("a team");
    let away = Available { span: session.span, is: Availability::NotAvailable };
    (person.usually, person.availability) = (Availability::Available, vec![away]);
    let mut window = opened(rota);
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    let of_it = format!("{}, to postpone", session.title);
    let labels = |text: &str| -> usize {
        let nodes = window.query_all_by_label_contains(text);
        nodes.filter_map(|node| node.accesskit_node().label()).filter(|label| label.starts_with(&of_it)).count()
    };
    assert_eq!(labels("Can go ahead"), 0);
    assert!(labels("Cannot go ahead without its team") > 0 && labels("is not available") > 0);
}

#[test]
fn cost_and_what_stays_uncovered_stand_before_the_changes() {
    let window = suggested_in_a_high_window(EXAMPLE);
    let cost = window.get_by_label(&price(&window)).rect();
    let rest = window.get_by_label_contains(" still uncovered in ").rect();
    let changes: Vec<_> = window.query_all_by_label_contains("Change ").map(|node| node.rect()).collect();
    let foot = window.get_by_label_contains("Accept all ").rect();
    assert!(cost.bottom() <= rest.top() && changes.iter().all(|change| rest.bottom() <= change.top()));
    let in_sight = changes.iter().filter(|change| change.bottom() <= foot.top()).count();
    assert!(in_sight >= 2, "{in_sight} changes in sight");
}

fn focused(window: &Harness<'_, Window>) -> Option<String> {
    let node = window.root().children_recursive().find(|node| node.accesskit_node().is_focused())?;
    node.accesskit_node().label()
}

#[test]
fn what_it_gives_comes_first_then_the_price_then_the_proof() {
    let window = suggested_in_a_high_window(EXAMPLE);
    let top = |label: &str| window.get_by_label_contains(label).rect().top();
    let gives: Vec<f32> = window.query_all_by_label_contains(": now SHORT").map(|node| node.rect().top()).collect();
    let price = window.get_by_label(&price(&window)).rect().top();
    let proof = top("Proven best with");
    assert!(!gives.is_empty() && gives.iter().all(|gives| *gives < price), "{gives:?} above {price}");
    assert!(price < proof && proof < top(&format!("Changes {all} of {all} ticked", all = count(&window))));
}

#[test]
fn a_suggestion_opened_again_begins_at_the_top_with_the_keyboard() {
    let mut window = suggested(EXAMPLE);
    let first = focused(&window).expect("the panel has the keyboard");
    press(&mut window, Key::End);
    assert_ne!(focused(&window).as_ref(), Some(&first));
    press(&mut window, Key::Escape);
    act(&mut window, Action::Do(Verb::NextProblem));
    press(&mut window, Key::F9);
    work(&mut window);
    assert_eq!(focused(&window).as_ref(), Some(&first));
    let price = window.get_by_label(&price(&window)).rect();
    let panel = window.get_by_label_contains("Suggested cover: ").rect();
    assert!(price.top() >= panel.bottom() - 1.0, "not scrolled away");
    press(&mut window, Key::ArrowDown);
    assert_ne!(focused(&window).as_ref(), Some(&first), "the arrows work");
}

#[test]
fn figures_agree_with_the_ticks() {
    let mut window = suggested_in_a_high_window(EXAMPLE);
    click(&mut window, "Tick no change");
    let said: Vec<String> = window
        .query_all_by_label_contains(", with the plan ")
        .filter_map(|node| node.accesskit_node().value())
        .filter(|said| said.starts_with("Appointments postponed: ") || said.starts_with("Short of normal"))
        .collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for said in said {
        let (now, then) = said.split_once(": now ").unwrap().1.split_once(", with the plan ").unwrap();
        assert_eq!(now, then, "nothing is ticked, and nothing is proven of it");
    }
}

#[test]
fn the_button_says_its_key_and_enter_alone_accepts_nothing() {
    let mut window = suggested(EXAMPLE);
    let before = window.state().rota().clone();
    for _ in 0..3 {
        press(&mut window, Key::Enter);
    }
    assert_eq!(*window.state().rota(), before);
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_ne!(*window.state().rota(), before);
}

#[test]
fn all_hours_stay_beside_the_panel_on_a_small_screen() {
    for name in [EXAMPLE, "nights-2025"] {
        let window = suggested(name);
        let panel = window.get_by_label_contains("Suggested cover: ").rect();
        let blocks: Vec<_> = window.query_all_by_label_contains("Suggestion ").map(|node| node.rect()).collect();
        // Fewer people are asked on a day since nobody is at work while on call from home.
        assert!(!blocks.is_empty());
        // Right of the last hour some of the time after it is in sight, so the hour is not cut off.
        let end = panel.left() - if name == EXAMPLE { 12.0 } else { 0.0 };
        assert!(blocks.iter().all(|block| block.right() + 10.0 <= end), "{name}: {blocks:?} beside {panel:?}");
    }
}

#[test]
fn the_button_does_what_the_ticks_say() {
    let mut window = suggested(EXAMPLE);
    let (all, before) = (count(&window), window.state().rota().clone());
    let last = all - 1;
    act(&mut window, Action::TickChange { at: last, ticked: false });
    let ticked = window.state().editor.proposal().expect("a proposal").ticked_count();
    assert!(ticked < all && window.query_by_label_contains("Accept all ").is_none());
    click(&mut window, &format!("Accept {ticked} of {all}"));
    let label = format!("Accepted {ticked} of {all} suggestions, 4 on Tue 26-Apr and 2 on Wed 27-Apr");
    assert_eq!(window.state().editor.toast().map(|toast| toast.text.as_str()), Some(label.as_str()));
    assert_ne!(*window.state().rota(), before);
}

#[test]
fn nothing_ticked_is_nothing_to_accept() {
    let mut window = suggested_in_a_high_window(EXAMPLE);
    let (all, before) = (count(&window), window.state().rota().clone());
    click(&mut window, "Tick no change");
    click(&mut window, &format!("Accept 0 of {all}"));
    assert_eq!(*window.state().rota(), before);
    assert!(window.state().editor.proposal().is_some());
}

#[test]
fn what_it_was_asked_for_is_said() {
    let mut window = opened(saved(EXAMPLE));
    let unit = window.state().rota().units[0].clone();
    act(&mut window, Action::Suggest(SuggestFor::Unit(unit.id)));
    work(&mut window);
    assert!(window.query_by_label("For A&E only: cover elsewhere stays unchanged.").is_some());
    act(&mut window, Action::Do(Verb::SuggestForDay));
    work(&mut window);
    assert!(window.query_by_label("For Tue 26-Apr only: cover elsewhere stays unchanged.").is_some());
    act(&mut window, Action::Do(Verb::SuggestCover));
    work(&mut window);
    assert!(window.query_by_label_contains("only: cover elsewhere").is_none());
}

#[test]
fn what_is_folded_on_a_small_screen_opens() {
    let mut window = suggested(EXAMPLE);
    window.set_size(egui::vec2(1366.0, 760.0));
    window.run();
    assert!(window.query_by_label_contains("Acute medicine 16 appointments; ").is_none());
    window.get_by_label_contains("Show by ").focus();
    window.run();
    press(&mut window, Key::Space);
    assert!(window.query_by_label_contains("Acute medicine 16 appointments; ").is_some(), "what it costs by specialty");
}

#[test]
fn nothing_pops_up_over_the_figures() {
    let mut window = suggested("nearest-free-2016");
    window.set_size(egui::vec2(1920.0, 1800.0));
    window.run();
    let row = window.get_by_label_contains("Appointments postponed: now ");
    let (words, at) = (row.accesskit_node().value().unwrap(), row.rect().center());
    window.hover_at(at);
    for _ in 0..20 {
        window.step();
    }
    assert_eq!(window.query_all_by_label(&words).count(), 1);
}

/// A session that the suggestion for the example would put to postpone, and one that it lets run.
fn moved_sessions(window: &Harness<'_, Window>) -> (Session, Session) {
    let proposal = window.state().editor.proposal().expect("a proposal");
    let session = |ids: &[SessionId]| window.state().rota().session(&ids[0]).expect("it is there").clone();
    (session(&proposal.plan.postpone), session(&proposal.plan.restore))
}

#[test]
fn sessions_are_marked_before_anything_is_accepted() {
    let mut window = suggested(EXAMPLE);
    let (postponed, runs) = moved_sessions(&window);
    window.state_mut().act(Action::Do(Verb::ViewSessions));
    act(&mut window, Action::Select(Selection::Session(vec![postponed.id.clone(), runs.id.clone()])));
    let label = |window: &Harness<'_, Window>, title: &str| {
        let mut labels = window.query_all_by_label_contains(title).filter_map(|node| node.accesskit_node().label());
        labels.find(|label| label.contains("Suggestion "))
    };
    let (told, told_runs) = (label(&window, &postponed.title), label(&window, &runs.title));
    assert!(told.as_ref().is_some_and(|text| text.contains(": to postpone, for ")), "{told:?}");
    assert!(told_runs.as_ref().is_some_and(|text| text.contains(": can go ahead")), "{told_runs:?}");
    assert!(window.query_by_label_contains("; suggested: 1 to postpone").is_some(), "the heading counts them");
    assert_eq!(window.state().rota().session(&postponed.id), Some(&postponed), "nothing is accepted yet");
    // What is not ticked is not marked.
    act(&mut window, Action::TickAllChanges(false));
    assert_eq!(label(&window, &postponed.title), None);
    window.state_mut().act(Action::TickAllChanges(true));
    act(&mut window, Action::AcceptSuggested(cover_rota::editor::suggest::Accept::All));
    assert_eq!(label(&window, &postponed.title), None, "accepted, it says itself what it buys");
    assert!(window.query_by_label_contains(&format!("{}, to postpone", postponed.title)).is_some());
}

#[test]
fn the_postpone_dialog_knows_of_the_suggestion() {
    let mut window = suggested(EXAMPLE);
    let (_, runs) = moved_sessions(&window);
    window.state_mut().act(Action::Do(Verb::ViewSessions));
    act(&mut window, Action::SetSessions(vec![runs.id.clone()], SessionState::Postponed));
    let would = format!("The suggestion would let {} go ahead: nothing has been accepted yet.", runs.title);
    assert!(window.query_by_label(&would).is_some());
    assert!(window.query_by_label_contains("1 suggested change would no longer fit afterwards: ").is_some());
    let before = count(&window);
    click(&mut window, "Postpone");
    assert_eq!(count(&window), before - 1, "and so it is");
    assert!(window.query_by_label_contains("You changed the rota: 1 suggested change no longer fits").is_some());
    // Without a suggestion nothing is said of one.
    window.state_mut().act(Action::CloseSuggestion);
    window.state_mut().act(Action::Do(Verb::Undo));
    act(&mut window, Action::SetSessions(vec![runs.id.clone()], SessionState::Postponed));
    assert!(window.query_by_label_contains("The suggestion").is_none());
}

#[test]
fn a_days_button_has_a_menu_by_mouse_and_by_keyboard() {
    for by_key in [false, true] {
        let mut window = opened(saved(EXAMPLE));
        let wednesday = window.state().rota().windows[1].id.clone();
        let button = window.get_by_label_contains("Wed 27-Apr, ");
        if by_key {
            button.focus();
            window.run();
            window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
        } else {
            button.click_secondary();
        }
        window.run();
        assert_eq!(window.state().editor.window(), Some(&wednesday), "what the menu is about is shown");
        let first = window.root().children_recursive().find(|node| node.accesskit_node().is_focused()).unwrap();
        assert_eq!(first.accesskit_node().role(), egui::accesskit::Role::MenuItem, "the keyboard is in the menu");
        click(&mut window, "Suggest cover for Wed 27-Apr");
        assert_eq!(window.state().editor.suggestion().map(|s| s.what.clone()), Some(SuggestFor::Window(wednesday)));
        assert!(window.query_by_label("Windows…").is_none(), "the menu has closed");
    }
}

/// The example with so many units and days that their verdicts would leave no room for anything else.
fn many_units_and_days() -> Rota {
    let mut rota = saved(EXAMPLE);
    let (unit, window) = (rota.units[0].clone(), rota.windows[1].clone());
    let post = rota.posts.iter().find(|post| post.unit == unit.id).expect("a post").clone();
    for n in 0..12 {
        let id = UnitId::new(&format!("more-{n}")).expect("an id");
        rota.posts.push(Post {
            id: PostId::new(&format!("more-{n}")).expect("an id"),
            unit: id.clone(),
            ..post.clone()
        });
        rota.units.push(Unit { id, name: format!("Ward {n}"), ..unit.clone() });
    }
    for n in 1..8 {
        let span = Span::new(window.span.from.plus(n * 1440), window.span.to.plus(n * 1440));
        let id = WindowId::new(&format!("more-{n}")).expect("an id");
        rota.windows.push(cover_rota::model::Window { id, span, ..window.clone() });
    }
    rota
}

#[test]
fn verdicts_of_many_units_leave_room_for_the_grid_and_the_panel() {
    let mut window = opened(many_units_and_days());
    press(&mut window, Key::F9);
    let panel = window.get_by_label("Suggested cover: looking").rect();
    assert!(panel.top() < 0.5 * 696.0, "{panel:?}");
}

#[test]
fn the_list_of_people_makes_room_for_the_hours_and_comes_back() {
    let mut window = opened(saved("norwich-2016-draft"));
    assert!(window.query_by_label("Find a person").is_some());
    press(&mut window, Key::F9);
    work(&mut window);
    assert!(window.state().editor.proposal().is_some());
    assert!(window.query_by_label("Find a person").is_none(), "the hours go before the list");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Find a person").is_some());
}

#[test]
fn what_cover_costs_most_is_folded_on_a_small_screen_and_a_units_button_says_what_it_takes() {
    let mut window = suggested("norwich-2016-draft");
    window.set_size(egui::vec2(1366.0, 780.0));
    window.run();
    assert!(window.query_by_label_contains("Most costly cover").is_none(), "the changes come before it");
    click(&mut window, "Show by unit and specialty");
    window.set_size(egui::vec2(1366.0, 798.0));
    window.run();
    let all = window.query_all_by_label_contains("Most costly cover in ").count();
    assert!(all > 0);
    assert!(window.query_by_label_contains("Without it").is_none());
}

#[test]
fn where_every_post_is_filled_it_says_what_is_still_to_be_done() {
    let mut window = suggested("nearest-free-2016");
    let all = count(&window);
    click(&mut window, &format!("Accept all {all}"));
    click(&mut window, "Suggest cover");
    work(&mut window);
    assert_eq!(count(&window), 0);
    let rota = window.state().rota();
    let stopped = rota.sessions.iter().filter(|session| session.state == SessionState::ToPostpone).count();
    assert!(stopped > 1);
    let shifts = format!("{} shifts not asked yet", proposed(rota));
    let told = format!("Every post is filled: {shifts}, {stopped} sessions still to be postponed.");
    assert!(window.query_by_label(&told).is_some(), "{told}");
}
