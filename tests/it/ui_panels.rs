//! Everything around the view, worked by the sentences it speaks: verdicts, people, problems, who could, palette, find,
//! panes and notices.

use cover_rota::checker::Code;
use cover_rota::editor::{Action, Dialog, Effect, PeopleFilter, SaveWhy, Selection, Settings, ThemeName, Verb, View};
use cover_rota::model::{Rota, Status};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::window::{Window, opened, saved, shown};

type Test = Harness<'static, Window>;

fn norwich() -> Test {
    opened(saved("norwich-2016-draft"))
}

fn click_containing(test: &mut Test, part: &str) {
    test.get_by_label_contains(part).click();
    test.run();
}

fn chosen_code(test: &Test) -> Option<Code> {
    let editor = &test.state().editor;
    Some(editor.doc()?.report().findings.get(editor.chosen_finding()?)?.code)
}

/// What has the keyboard, by its spoken name.
fn focused(test: &Test) -> String {
    let focused = test.root().children_recursive().find(|node| node.accesskit_node().is_focused());
    let spoken = focused.and_then(|node| node.accesskit_node().label().or_else(|| node.accesskit_node().value()));
    spoken.unwrap_or_default()
}

/// Everything that can be clicked or typed into, and where it is.
fn targets(test: &Test) -> Vec<(String, Rect)> {
    let roles = [Role::Button, Role::RadioButton, Role::Tab, Role::ComboBox, Role::TextInput];
    let nodes = test.root().children_recursive();
    let nodes = nodes.filter(|node| roles.contains(&node.accesskit_node().role()));
    nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())).collect()
}

#[test]
fn a_problem_leads_to_its_cells_and_fills_who_could() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    assert_eq!(chosen_code(&test), Some(Code::Cov1));
    assert!(matches!(test.state().editor.selection(), Selection::Cells(_)));
    assert!(test.state().editor.who_could().is_some());
    assert!(
        focused(&test).starts_with("A&E Majors middle grade, lane 2"),
        "ready to be typed into: {}",
        focused(&test)
    );
    test.get_by_label("Who could: Majors middle grade");
    test.get_by_label("Gap: Majors middle grade, 10:00–12:00, 2 h, 1 short on this post, 2 in A&E");
}

#[test]
fn f8_and_the_button_go_from_problem_to_problem() {
    let mut test = norwich();
    press(&mut test, Key::F8);
    let first = test.state().editor.chosen_finding();
    click(&mut test, "Next problem");
    let second = test.state().editor.chosen_finding();
    assert!(first.is_some() && second.is_some() && first != second);
    press_with(&mut test, Modifiers::SHIFT, Key::F8);
    assert_eq!(test.state().editor.chosen_finding(), first);
}

/// From the grid past the problems.
fn to_who_could(test: &mut Test) {
    press(test, Key::F6);
    press(test, Key::F6);
}

fn proposed(rota: &Rota) -> usize {
    rota.assignments.iter().filter(|a| a.status == Status::Proposed).count()
}

#[test]
fn whoever_could_is_proposed_and_undo_is_offered_once() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    let before = proposed(test.state().rota());
    click(&mut test, "Propose RS");
    assert_eq!(proposed(test.state().rota()), before + 1);
    click(&mut test, "Undo: RS to Majors middle grade, 10:00–12:00");
    assert_eq!(proposed(test.state().rota()), before);
    assert!(test.query_by_label_contains("Undo: RS").is_none());
}

#[test]
fn who_could_is_worked_by_keys_alone() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    to_who_could(&mut test);
    assert!(focused(&test).starts_with("1: "), "{}", focused(&test));
    press(&mut test, Key::ArrowDown);
    assert!(focused(&test).starts_with("2: "), "{}", focused(&test));
    let before = test.state().rota().assignments.len();
    press_with(&mut test, Modifiers::COMMAND, Key::Enter);
    let asked = test.state().rota().assignments.last().unwrap();
    assert_eq!((test.state().rota().assignments.len(), asked.status), (before + 1, Status::Asked));
}

#[test]
fn where_one_rings_the_number_stands_beside_the_name() {
    let mut rota = saved("norwich-2016-draft");
    for (at, person) in rota.people.iter_mut().enumerate() {
        person.phone = format!("020 7946 {at:04}");
    }
    let phone = |window: &Harness<'_, Window>, id: &cover_rota::model::PersonId| {
        window.state().rota().person(id).unwrap().phone.clone()
    };
    let mut test = opened(rota);
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    let first = test.state().editor.who_could().unwrap().could[0].person.clone();
    let number = phone(&test, &first);
    test.get_by_label_contains(&format!("Telephone {number}"));
    let post = test.state().editor.who_could().unwrap().gap.post.clone();
    let bleep = test.state().rota().post(&post).unwrap().bleep.clone();
    assert!(!bleep.is_empty());
    assert!(test.query_all_by_label_contains(&format!(" short, bleep {bleep}")).count() > 0);
    to_who_could(&mut test);
    press(&mut test, Key::Num1);
    // The status bar of what was just put there.
    test.get_by_label_contains(&format!(", proposed · {number}, bleep {bleep} · "));
}

#[test]
fn a_number_proposes_from_who_could() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    to_who_could(&mut test);
    let before = proposed(test.state().rota());
    press(&mut test, Key::Num3);
    assert_eq!(proposed(test.state().rota()), before + 1);
}

#[test]
fn the_others_are_told_by_reason() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    assert!(test.query_by_label_contains("On another post").is_none());
    let others = " people)";
    // The list is longer than its room: the keyboard gets there.
    to_who_could(&mut test);
    press(&mut test, Key::End);
    assert!(focused(&test).starts_with("Why not? (") && focused(&test).ends_with(others), "{}", focused(&test));
    press(&mut test, Key::Enter);
    press(&mut test, Key::ArrowDown);
    assert!(focused(&test).contains("On another post"), "{}", focused(&test));
}

#[test]
fn chips_filter_the_problems_and_count_them() {
    let mut test = norwich();
    let all = test.state().editor.problems().counts;
    click(&mut test, &format!("{} to agree", all.to_agree));
    let rows = labels(&test, Role::ListItem);
    let shown = rows.iter().filter(|label| label.starts_with("To agree: ")).count();
    assert_eq!(shown, all.to_agree);
    assert!(!rows.iter().any(|label| label.starts_with("Error: ")));
    click(&mut test, &format!("{} all problems", all.all()));
    assert!(labels(&test, Role::ListItem).iter().any(|label| label.starts_with("Error: ")));
}

#[test]
fn problems_are_walked_and_copied_by_keyboard() {
    let mut test = norwich();
    test.get_by_label_contains("Error: A&E: 4 of 5 at middle grade").focus();
    test.run();
    press(&mut test, Key::ArrowDown);
    let row = focused(&test);
    assert!(row.starts_with("Error: "), "{row}");
    test.event(Event::Copy);
    test.step();
    let copied = test.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(copied) => Some(copied.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), row.strip_prefix("Error: "));
}

#[test]
fn people_are_found_by_initials_and_by_name() {
    let mut test = norwich();
    press_with(&mut test, Modifiers::COMMAND, Key::F);
    assert_eq!(focused(&test), "Find a person");
    write(&mut test, "seth");
    let people: Vec<String> =
        labels(&test, Role::ListItem).into_iter().filter(|label| label.contains("Sethi")).collect();
    assert_eq!(people.len(), 1, "{people:?}");
    assert!(people[0].starts_with("RS Sethi, Rohan, Specialty doctor"), "{people:?}");
    assert!(test.query_by_label_contains("KP Pereira, Keith").is_none());
    press(&mut test, Key::ArrowDown);
    assert!(focused(&test).starts_with("RS Sethi"), "{}", focused(&test));
}

#[test]
fn staff_pasted_into_the_list_is_shown_before_it_is_taken() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    press_with(&mut test, Modifiers::SHIFT, Key::F6);
    assert!(focused(&test).starts_with("HG Grant, Helen"), "{}", focused(&test));
    test.event(Event::Paste("QX\tQuill, Xavier\tConsultant\tEmergency medicine".to_owned()));
    test.run();
    assert!(matches!(test.state().editor.dialog(), Some(Dialog::PastePeople(_))));
}

#[test]
fn the_filter_of_people_is_named_and_taken_off() {
    let mut test = norwich();
    click(&mut test, "Filter the people");
    click(&mut test, "Free");
    assert_eq!(test.state().editor.people_filter(), PeopleFilter::Free);
    assert!(test.query_by_label_contains("KP Pereira, Keith").is_none(), "KP is on the rota all day");
    click_containing(&mut test, "show everybody again");
    test.get_by_label_contains("KP Pereira, Keith");
}

#[test]
fn who_is_not_available_is_folded_at_the_end() {
    let mut test = norwich();
    press_with(&mut test, Modifiers::COMMAND, Key::F);
    // Whoever is looked for is found, folded or not; emptied, the group is folded again.
    let away = |test: &Test| labels(test, Role::ListItem).iter().filter(|l| l.ends_with(": not available")).count();
    assert_eq!(away(&test), 0);
    act(&mut test, Action::FilterPeople(PeopleFilter::NotAvailable));
    assert!(away(&test) > 1);
}

#[test]
fn a_person_in_the_list_is_chosen_and_shown_on_the_grid() {
    let mut test = norwich();
    click_containing(&mut test, "KP Pereira, Keith");
    assert!(matches!(test.state().editor.selection(), Selection::Person(id) if id.as_str() == "kp"));
    test.get_by_label_contains("KP Pereira, Keith").focus();
    test.run();
    press(&mut test, Key::Enter);
    assert!(!matches!(test.state().editor.selection(), Selection::Person(_) | Selection::None));
    assert_eq!(test.state().editor.view(), View::Posts);
}

#[test]
fn verdict_cards_speak_and_lead_to_their_unit() {
    let mut test = norwich();
    let card = test.get_by_label_contains("A&E: SHORT 7 h, 28 h TO AGREE. Tue");
    card.click();
    test.run();
    let editor = &test.state().editor;
    let finding = &editor.doc().unwrap().report().findings[editor.chosen_finding().unwrap()];
    assert_eq!(finding.unit.as_ref().map(cover_rota::model::UnitId::as_str), Some("ae"));
    test.get_by_label_contains("Neonatal: COVERED. Tue and Wed");
}

#[test]
fn an_empty_rota_has_no_problems_list_that_sounds_as_if_all_were_well() {
    let mut rota = Rota::empty();
    let window = opened(rota.clone());
    assert!(window.query_by_label_contains("No problems").is_none());
    window.get_by_label_contains("Enter the walkout times first");
    rota.windows = saved("norwich-2016-draft").windows;
    rota.normals = saved("norwich-2016-draft").normals;
    for normal in &mut rota.normals {
        normal.staffing.clear();
        normal.shut.clear();
        normal.closed.clear();
    }
    let mut window = opened(rota);
    assert!(window.query_by_label_contains("No problems").is_none());
    window.get_by_label_contains("Add the units to be covered first");
    let lowest = window.get_all_by_label("Add unit…").max_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    lowest.unwrap().click();
    window.run();
    assert!(window.state().editor.dialog().is_some());
}

#[test]
fn the_mark_of_another_window_leads_there() {
    let mut test = norwich();
    let before = test.state().editor.window().cloned();
    click_containing(&mut test, "A&E, Wed 3 to agree");
    assert_ne!(test.state().editor.window().cloned(), before);
}

#[test]
fn the_palette_runs_what_it_finds() {
    let mut test = norwich();
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    assert_eq!(focused(&test), "Search commands");
    write(&mut test, "sess");
    press(&mut test, Key::Enter);
    assert!(test.state().editor.dialog().is_none() || test.state().editor.view() == View::Sessions);
    press_with(&mut test, Modifiers::COMMAND, Key::Num1);
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    write(&mut test, "30 min");
    press(&mut test, Key::Enter);
    assert!(test.state().editor.dialog().is_none());
    assert_eq!(test.state().editor.zoom().minutes(), 30);
}

#[test]
fn the_palette_says_how_many_commands_stand_below_and_reads_a_menu_with_a_colon() {
    let mut test = norwich();
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    assert_eq!(test.query_all_by_label_contains(" more below").count(), 1);
    write(&mut test, "theme: light");
    test.get_by_label_contains("Light theme, View");
    assert_eq!(test.query_all_by_label_contains(" more below").count(), 0);
    press(&mut test, Key::Escape);
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    write(&mut test, "recover");
    test.get_by_label_contains("Recover…, No kept copies of earlier work");
}

#[test]
fn what_cannot_be_done_now_does_not_give_way_to_something_else() {
    let mut test = norwich();
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    write(&mut test, "fill");
    press(&mut test, Key::Enter);
    assert!(test.state().editor.doc().is_some(), "the file was not closed");
    test.get_by_label_contains("Fill right, Choose cells first");
}

#[test]
fn what_was_told_under_the_pointer_goes_when_the_palette_comes() {
    let mut test = norwich();
    let told = "Look for who could fill what is left and postpone the least; nothing changes until you accept";
    let at = test.get_by_label("Suggest cover").rect().center();
    test.hover_at(at);
    test.run_steps(1);
    test.hover_at(at + egui::vec2(1.0, 0.0));
    test.run_steps(8);
    assert!(test.query_by_label(told).is_some(), "it is told");
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    test.run_steps(8);
    assert!(test.query_by_label(told).is_none(), "not over the palette");
}

#[test]
fn the_palette_closes_with_esc_and_gives_the_keyboard_back() {
    let mut test = norwich();
    press_with(&mut test, Modifiers::COMMAND, Key::K);
    press(&mut test, Key::Escape);
    assert!(test.state().editor.dialog().is_none());
}

#[test]
fn find_leads_to_a_post_where_no_field_is_in_sight() {
    let mut test = shown(
        Window::on(saved("norwich-2016-draft"), Settings { people_panel: false, ..Settings::default() }),
        ThemeName::Dark,
    );
    press_with(&mut test, Modifiers::COMMAND, Key::F);
    write(&mut test, "labour ward reg");
    press(&mut test, Key::Enter);
    let Selection::Post(post) = test.state().editor.selection() else { panic!("no post is chosen") };
    assert!(test.state().rota().post(post).unwrap().name.starts_with("Labour ward registrar"));
}

#[test]
fn f6_goes_round_all_panes_and_back() {
    let mut test = norwich();
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    press(&mut test, Key::F6);
    let mut stops = Vec::new();
    for _ in 0..6 {
        press(&mut test, Key::F6);
        stops.push(focused(&test));
    }
    let mut distinct = stops.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 6, "{stops:?}");
    assert!(stops[0].starts_with("1: "), "who could comes after problems: {stops:?}");
    assert!(stops[1].starts_with("Gap: "), "the status bar comes after it: {stops:?}");
    assert!(stops[2].starts_with("A&E: SHORT"), "then the verdicts: {stops:?}");
    press_with(&mut test, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&test), stops[4]);
}

#[test]
fn a_verdict_that_is_not_current_is_told_as_was() {
    use cover_rota::editor::{Answer, OnDisk, Stands};
    let mut test = norwich();
    let changed = OnDisk::Changed { by: "j.harris".to_owned(), at: None, stands: Stands::Another };
    test.state_mut().answer(Answer::OnDisk(changed));
    test.run();
    test.get_by_label_contains("A&E: was SHORT 7 h, 28 h TO AGREE. Not current: the file has changed. Review.");
    assert!(test.query_all_by_label_contains("j.harris has changed the file").next().is_some());
    assert!(test.query_by_label_contains("A&E: SHORT").is_none());
}

#[test]
fn recovered_work_whose_file_has_changed_is_not_current_and_says_so_until_it_is_a_new_file() {
    use cover_rota::editor::{Answer, OnDisk, OpenedFile, Stands};
    let mut test = norwich();
    let rota = test.state().rota().clone();
    let opened = OpenedFile { rota, sealed: Some(true), read_only: false, saved_at: None, saved_by: String::new() };
    let theirs = OnDisk::Changed { by: String::new(), at: None, stands: Stands::Another };
    let file = Some(("/rotas/d4.ron".into(), theirs));
    test.state_mut().answer(Answer::KeptRead { path: "/data/x.kept.ron".into(), file, result: Ok(Box::new(opened)) });
    test.run();
    let banner = "The file has been changed. This window shows it as it was before, with changes that cannot be saved \
                  over it: save them as a new file.";
    press(&mut test, Key::F8);
    press(&mut test, Key::ArrowDown);
    press(&mut test, Key::ArrowRight);
    assert!(test.query_all_by_label_contains(banner).next().is_some(), "it stays");
    test.get_by_label_contains("A&E: was SHORT 7 h, 28 h TO AGREE. Not current: the file has changed. Review.");
    assert!(test.query_by_label_contains("A&E: SHORT").is_none());
    assert!(test.state().effects.iter().any(|e| matches!(e, Effect::SetTitle(title) if title.starts_with("d4.ron"))));
    test.get_by_label("Save as…").click();
    test.run();
    assert!(test.state().effects.iter().any(|e| matches!(e, Effect::AskSavePath { why: SaveWhy::Save, .. })));
}

#[test]
fn a_changed_file_is_shown_at_once_where_nothing_is_unsaved_and_only_then() {
    use cover_rota::editor::{Answer, OnDisk, Stands};
    let changed = |stands| Answer::OnDisk(OnDisk::Changed { by: "j.harris".to_owned(), at: None, stands });
    let says = |test: &Harness<'_, Window>, text: &str| test.query_all_by_label_contains(text).next().is_some();
    let mut test = norwich();
    test.state_mut().answer(changed(Stands::Another));
    test.state_mut().act(Action::ShowChangedOnDisk);
    test.run();
    assert!(says(&test, "j.harris saved the file. This window shows it as it was before."));
    assert!(!says(&test, "Your unsaved changes"), "there are none");
    press(&mut test, Key::Enter);
    let read = |test: &Harness<'_, Window>| {
        test.state().effects.iter().filter(|effect| matches!(effect, Effect::ReadFile { .. })).count()
    };
    assert_eq!(read(&test), 1, "the main button shows what is there");

    let mut test = norwich();
    press(&mut test, Key::F8);
    test.state_mut().act(Action::Do(Verb::SelectAll));
    test.state_mut().act(Action::Do(Verb::Clear));
    test.state_mut().answer(changed(Stands::Older));
    test.state_mut().act(Action::ShowChangedOnDisk);
    test.run();
    assert!(says(&test, "An older version of the file is there now"));
    assert!(says(&test, "Your unsaved changes are not in it"));
    assert!(says(&test, "Save them as a copy and enter them again in the other file, or look at what is there now."));
    test.get_by_label("Show what is there now").click();
    test.run();
    assert!(says(&test, "cannot be saved over it. Save them as a copy first?"));
    test.get_by_label("Keep mine for recovery, show theirs");
    press(&mut test, Key::Enter);
    assert!(test.state().effects.iter().any(|e| matches!(e, Effect::AskSavePath { why: SaveWhy::Copy, .. })));
    assert_eq!(read(&test), 0);

    let mut test = norwich();
    test.state_mut().answer(changed(Stands::Unreadable));
    test.run();
    assert!(says(&test, "test.ron cannot be read any more: it was damaged, cut short or written by another program."));
    assert!(says(&test, "Not current: the file cannot be read. Review."));
}

#[test]
fn a_file_that_is_gone_is_said_over_the_rota_and_asked_about() {
    use cover_rota::editor::{Answer, OnDisk};
    let mut test = norwich();
    test.state_mut().answer(Answer::OnDisk(OnDisk::Gone));
    test.run();
    let told = "test.ron was moved, renamed or deleted. This window has the whole rota.";
    assert!(test.query_all_by_label_contains(told).next().is_some());
    test.get_by_label_contains(
        "A&E: was SHORT 7 h, 28 h TO AGREE. Not current: the file was moved, renamed or deleted.",
    );
    test.get_by_label("The file is not there: save it again");
    assert!(test.query_by_label("Current").is_none());
    act(&mut test, Action::Do(Verb::Quit));
    test.get_by_label(
        "test.ron was moved, renamed or deleted. This window has the whole rota. Save it before closing?",
    );
}

#[test]
fn whoever_may_be_the_same_person_is_noted_in_the_list() {
    let mut rota = saved("norwich-2016-draft");
    let kp = rota.people.iter().find(|person| person.initials == "KP").unwrap().clone();
    let other = rota.people.iter_mut().find(|person| person.initials != "KP").unwrap();
    (other.family, other.given) = (kp.family.clone(), kp.given.chars().take(1).collect());
    let called = format!("{} {} ({})", other.given, other.family, other.initials);
    let test = opened(rota);
    test.get_by_label_contains(&format!("may be the same person as {called}"));
}

#[test]
fn a_file_that_is_read_again_is_shown_anew() {
    let mut test = norwich();
    let mut rota = saved("norwich-2016-draft");
    let kp = rota.people.iter_mut().find(|person| person.initials == "KP").unwrap();
    kp.family = "Quill".to_owned();
    *test.state_mut() = Window::on(rota, Settings::default());
    test.run();
    test.get_by_label_contains("KP Quill, Keith");
}

#[test]
fn an_empty_rota_says_what_to_do() {
    let test = opened(Rota::empty());
    test.get_by_label("No staff yet: paste your staff list here");
    test.get_by_label("Paste people…");
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_window_at_any_size() {
    for (name, width, height) in [
        ("norwich-2016-draft", 1366.0, 696.0),
        ("norwich-2016-draft", 1100.0, 640.0),
        ("five-days-2025", 1366.0, 696.0),
        ("five-days-2025", 800.0, 480.0),
        ("norwich-2016-draft", 800.0, 480.0),
        ("every-rule", 1024.0, 700.0),
        ("dorset-2016", 1920.0, 1048.0),
    ] {
        let mut test = opened(saved(name));
        test.set_size(vec2(width, height));
        test.run();
        let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
        // Bars do not scroll, so what stands in them has to fit.
        let bars: Vec<(String, Rect)> = targets(&test)
            .into_iter()
            .filter(|(label, _)| !label.starts_with("Propose") && !label.contains(": show that day"))
            .filter(|(_, rect)| rect.top() < 230.0)
            .collect();
        assert!(bars.len() > 8, "{name} at {width}×{height}: {bars:?}");
        for (i, (label, rect)) in bars.iter().enumerate() {
            assert!(window.expand(0.5).contains_rect(*rect), "{name} at {width}×{height}: {label} at {rect:?}");
            for (other, place) in &bars[i + 1..] {
                let inside_field = place.width() < 40.0 && rect.contains_rect(*place);
                let overlap = rect.shrink(1.0).intersect(place.shrink(1.0));
                assert!(
                    inside_field || !overlap.is_positive(),
                    "{name} at {width}×{height}: {label} and {other} overlap at {overlap:?}"
                );
            }
        }
    }
}

#[test]
fn side_panels_fold_in_a_narrow_window_and_open_over_the_view() {
    let mut test = norwich();
    test.set_size(vec2(900.0, 640.0));
    test.run();
    assert!(test.query_by_label("Find a person").is_none());
    assert!(test.query_by_label_contains("Error: A&E: 4 of 5 at middle grade").is_none());
    click(&mut test, "Show Problems over the view");
    click_containing(&mut test, "Error: A&E: 4 of 5 at middle grade");
    assert_eq!(chosen_code(&test), Some(Code::Cov1));
    press(&mut test, Key::Escape);
    assert!(test.query_by_label_contains("Error: A&E: 4 of 5 at middle grade").is_none());
    click(&mut test, "Show People over the view");
    test.get_by_label_contains("KP Pereira, Keith");
    press(&mut test, Key::Escape);
    for view in [Verb::ViewSessions, Verb::ViewPosts] {
        act(&mut test, Action::Do(view));
    }
    assert!(test.query_by_label("Find a person").is_none(), "coming back to Posts asks for nothing");
}

#[test]
fn with_large_text_the_cards_keep_their_sentences() {
    let mut test = norwich();
    // A screen of 1366×768 at 150 %.
    test.set_size(vec2(911.0, 464.0));
    test.run();
    let cards = test.get_all_by_label_contains("SHORT 7 h").map(|node| node.rect());
    assert!(cards.into_iter().any(|card| card.height() > 40.0), "the sentence stands under the pill");
}

#[test]
fn five_hundred_people_cost_only_the_rows_in_sight() {
    let mut rota = saved("norwich-2016-draft");
    let first = rota.people[0].clone();
    for at in 0..500 {
        let mut person = first.clone();
        person.id = cover_rota::model::PersonId::new(&format!("x{at}")).unwrap();
        person.initials = format!("X{at}");
        rota.people.push(person);
    }
    let test = opened(rota);
    let drawn = labels(&test, Role::ListItem).iter().filter(|label| label.contains("Consultant")).count();
    assert!(drawn < 60, "{drawn} rows drawn");
}

#[test]
fn what_can_be_done_with_a_row_is_opened_by_keyboard_everywhere() {
    // View, what is chosen first, and how often F6 is pressed to come to the row.
    for (view, pane, entry) in [
        (View::Posts, "grid", "Declined…"),
        (View::Posts, "people", "Edit several people…"),
        (View::Posts, "problems", "Go there"),
        (View::People, "grid", "Edit several people…"),
        (View::Sessions, "grid", "Remove session…"),
    ] {
        for (modifiers, key) in [(Modifiers::SHIFT, Key::F10), (Modifiers::NONE, Key::Menu)] {
            let mut test = norwich();
            let verb = match view {
                View::Posts => Verb::ViewPosts,
                View::People => Verb::ViewPeople,
                View::Sessions => Verb::ViewSessions,
            };
            act(&mut test, Action::Do(verb));
            let at = match (view, pane) {
                (_, "people") => "HG Grant",
                (_, "problems") => "Error: A&E: 9 of 11 at SHO",
                _ => "",
            };
            if at.is_empty() {
                press(&mut test, Key::F6);
                press(&mut test, Key::ArrowDown);
            } else {
                let row = test.query_all_by_label_contains(at).next().expect(at);
                row.focus();
                test.run();
            }
            let before = focused(&test);
            press_with(&mut test, modifiers, key);
            assert!(test.query_by_label(entry).is_some(), "{view:?} {pane}: {before}");
            let first = test.root().children_recursive().find(|node| node.accesskit_node().is_focused()).unwrap();
            assert_eq!(first.accesskit_node().role(), Role::MenuItem, "{view:?} {pane}: the keyboard is in the menu");
            press(&mut test, Key::Escape);
            assert!(test.query_by_label(entry).is_none(), "{view:?} {pane}: Esc closes it");
            assert_ne!(focused(&test), "", "{view:?} {pane}: and gives the keyboard back");
        }
    }
}

#[test]
fn the_width_of_a_panel_is_remembered() {
    let mut test = norwich();
    let edge = test.get_by_label("Find a person").rect().right() + 8.0;
    let at = egui::pos2(edge, 400.0);
    test.hover_at(at);
    test.run();
    test.drag_at(at);
    test.run();
    test.hover_at(at + vec2(60.0, 0.0));
    test.run();
    test.drop_at(at + vec2(60.0, 0.0));
    test.run();
    let settings = test.state().editor.settings().clone();
    let width = settings.people_width.expect("it was dragged");
    assert_eq!(settings.right_width, None);
    let kept = |effect: &cover_rota::editor::Effect| matches!(effect, cover_rota::editor::Effect::KeepSettings(kept) if *kept == settings);
    assert!(test.state().effects.iter().any(kept), "it is kept for the next start");
    let next = shown(Window::on(saved("norwich-2016-draft"), settings.clone()), ThemeName::Light);
    let field = |test: &Test| test.get_by_label("Find a person").rect();
    assert!((field(&next).right() - field(&test).right()).abs() < 1.5, "{width}");
}
use crate::driver::{act, click, labels, press, press_with, write};

#[test]
fn up_and_down_pass_over_the_heading_of_those_who_are_not_available() {
    let mut test = norwich();
    test.query_all_by_role(Role::ListItem).next().expect("somebody is listed").focus();
    test.run();
    test.key_press(Key::End);
    test.run();
    let on_heading = focused(&test);
    assert!(on_heading.starts_with("Not available, "), "{on_heading}");
    test.key_press(Key::ArrowUp);
    test.run();
    assert_ne!(focused(&test), on_heading, "Up goes on to a person");
    test.key_press(Key::ArrowDown);
    test.run();
    assert_eq!(focused(&test), on_heading, "and Down comes back");
}

#[test]
fn a_long_sentence_of_what_was_done_stands_whole_in_the_window_with_undo() {
    let mut test = opened(saved("five-days-2025"));
    press(&mut test, Key::F8);
    press_with(&mut test, Modifiers::COMMAND, Key::A);
    press(&mut test, Key::Delete);
    let undo = test.get_by_label_contains("Undo: Removed");
    let said = test.query_all_by_role(Role::Label).find(|node| {
        node.accesskit_node().value().is_some_and(|label| label.starts_with("Removed ") && label.len() > 200)
    });
    let window = test.ctx.content_rect();
    for rect in [undo.rect(), said.expect("the neighbouring days are named").rect()] {
        assert!(window.contains_rect(rect), "{rect:?} in {window:?}");
    }
}
