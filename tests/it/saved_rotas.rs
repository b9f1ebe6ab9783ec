//! The examples and the start templates: all open, and a file that was not changed is written back byte for byte.

use std::path::{Path, PathBuf};
use std::process::Command;

use cover_rota::checker::{self, Code, Verdict};
use cover_rota::file;
use cover_rota::model::{Rota, Session, SessionState, Status};

/// Where the examples are.
const EXAMPLES: &str = "saved_rotas";
/// Where the templates are.
const TEMPLATES: &str = "assets/templates";

/// Every rota file in a folder of the project, by name.
pub(crate) fn rotas_in(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "ron"));
    paths.sort();
    paths
}

fn opened(path: &Path) -> file::Opened {
    let bytes = std::fs::read(path).unwrap();
    file::read(&bytes).unwrap_or_else(|faults| panic!("{}: {faults}", path.display()))
}

fn example(name: &str) -> Rota {
    opened(&Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLES).join(name)).rota
}

/// Appointments and operations of the sessions in one state.
fn elective(rota: &Rota, state: SessionState) -> (u32, u32) {
    let sessions = rota.sessions.iter().filter(|session| session.state == state);
    sessions.fold((0, 0), |(appointments, operations), session| {
        (appointments + session.appointments, operations + session.operations())
    })
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

#[test]
fn the_examples_and_templates_are_all_there() {
    let examples = rotas_in(EXAMPLES);
    let names: Vec<&str> = examples.iter().map(|path| name_of(path)).collect();
    for name in [
        "dorset-2016.ron",
        "every-rule.ron",
        "five-days-2025.ron",
        "james-paget-2016.ron",
        "nearest-free-2016.ron",
        "nights-2025.ron",
        "norwich-2016-draft.ron",
    ] {
        assert!(names.contains(&name), "{name} is missing from {names:?}");
    }
    let templates = rotas_in(TEMPLATES);
    let names: Vec<&str> = templates.iter().map(|path| name_of(path)).collect();
    assert_eq!(names, ["empty.ron", "five-days.ron", "one-day.ron", "walkout-2016.ron"]);
}

#[test]
fn every_example_is_sealed_and_written_back_byte_for_byte() {
    for path in rotas_in(EXAMPLES) {
        let opened = opened(&path);
        assert_eq!(opened.sealed, Some(true), "{}", path.display());
        let written = file::write(&opened.rota, &opened.header);
        assert!(written == std::fs::read(&path).unwrap(), "{} is written back differently", path.display());
    }
}

#[test]
fn a_name_from_the_newspaper_is_said_to_be_an_illustration() {
    for path in rotas_in(EXAMPLES) {
        let rota = opened(&path).rota;
        if ["Dorset", "Norfolk"].iter().any(|place| rota.properties.region.starts_with(place)) {
            let title = &rota.properties.title;
            assert!(title.contains("invented illustration after a newspaper report"), "{title}");
        }
    }
}

#[test]
fn dorset_postpones_312_appointments_and_11_operations_and_everybody_agreed() {
    let rota = example("dorset-2016.ron");
    assert_eq!(elective(&rota, SessionState::Postponed), (312, 11));
    assert_eq!(elective(&rota, SessionState::ToPostpone), (0, 0));
    assert!(rota.assignments.iter().all(|assignment| assignment.status == Status::Agreed));
    assert!(rota.sessions.iter().any(|session| session.state == SessionState::Running));
}

#[test]
fn every_postponed_session_of_dorset_frees_somebody_who_covers_meanwhile() {
    let rota = example("dorset-2016.ron");
    let covers = |session: &Session| {
        let mut of_team = rota.assignments.iter().filter(|a| session.team.contains(&a.person));
        of_team.any(|a| a.span.overlaps(session.span))
    };
    for session in rota.sessions.iter().filter(|session| session.state == SessionState::Postponed) {
        assert!(covers(session), "{} on {:?} was postponed for nothing", session.title, session.span);
    }
}

/// The verdicts of a rota's units, window by window.
fn verdicts(rota: &Rota) -> Vec<(String, Verdict)> {
    let report = checker::check(rota);
    report.units.iter().map(|unit| (format!("{} {}", unit.window, unit.unit), unit.verdict)).collect()
}

/// What `check` prints of a file, and its exit status.
fn printed(path: &Path) -> String {
    let mut check = Command::new(env!("CARGO_BIN_EXE_cover-rota"));
    let output = check.arg("check").arg(path).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{}", path.display());
    let text = String::from_utf8(output.stdout).unwrap();
    format!("{}\nexit status {}", text.trim_end(), output.status.code().unwrap())
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|name| name.to_str()).unwrap()
}

#[test]
fn what_check_says_of_every_example_and_template_is_known() {
    for path in rotas_in(EXAMPLES) {
        insta::assert_snapshot!(stem(&path), printed(&path));
    }
    for path in rotas_in(TEMPLATES) {
        insta::assert_snapshot!(format!("template-{}", stem(&path)), printed(&path));
    }
}

#[test]
fn what_check_says_to_programs_is_known() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLES).join("every-rule.ron");
    let mut check = Command::new(env!("CARGO_BIN_EXE_cover-rota"));
    let output = check.arg("check").arg(&path).arg("--json").output().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // One line for each field, and for each unit and finding, so that a change is seen where it is.
    let mut lines = Vec::new();
    for (field, value) in answer.as_object().unwrap() {
        match value.as_array() {
            Some(items) => lines.extend(items.iter().map(|item| format!("{field}: {item}"))),
            None => lines.push(format!("{field}: {value}")),
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_rule_has_an_example_in_the_file_of_that_name() {
    let report = checker::check(&example("every-rule.ron"));
    for code in Code::ALL {
        assert!(report.findings.iter().any(|finding| finding.code == *code), "{code} is missing");
    }
}

#[test]
fn what_was_accepted_in_an_example_is_still_accepted() {
    let mut count = 0;
    for path in rotas_in(EXAMPLES) {
        let rota = opened(&path).rota;
        let report = checker::check(&rota);
        for accepted in &rota.accepted {
            let is_known = |finding: &&checker::Finding| checker::acceptance(finding, &rota) == Some(accepted);
            assert!(report.findings.iter().any(|finding| is_known(&finding)), "{}: {accepted:?}", path.display());
            count += 1;
        }
    }
    assert!(count > 1, "some warning and some note are accepted in an example");
}

#[test]
fn templates_are_short_of_people_and_of_bleeps_and_of_nothing_else() {
    use Code::{Con1, Cov1, Cov2, Cov3, Cov6, Edg1, Hnd1};
    for path in rotas_in(TEMPLATES) {
        let report = checker::check(&opened(&path).rota);
        let expected = if stem(&path) == "empty" { Verdict::NoNormalStaffing } else { Verdict::Short };
        assert_eq!(report.verdict, expected, "{}", path.display());
        for finding in &report.findings {
            let code = finding.code;
            assert!(
                [Cov1, Cov2, Cov3, Cov6, Hnd1, Edg1, Con1].contains(&code),
                "{}: {}",
                path.display(),
                finding.message
            );
        }
    }
}

#[test]
fn dorset_and_james_paget_are_covered_throughout() {
    for name in ["dorset-2016.ron", "james-paget-2016.ron"] {
        let rota = example(name);
        assert_eq!(checker::check(&rota).verdict, Verdict::Covered, "{name}");
        for (unit, verdict) in verdicts(&rota) {
            assert_eq!(verdict, Verdict::Covered, "{name}, {unit}");
        }
    }
}

#[test]
fn james_paget_has_exactly_the_doctors_of_a_normal_day_at_every_minute() {
    let rota = example("james-paget-2016.ron");
    let places = rota.windows.iter().flat_map(|window| rota.units.iter().map(|unit| (&window.id, &unit.id)));
    let coverage: Vec<_> = places.map(|(window, unit)| checker::coverage(&rota, window, unit)).collect();
    assert_eq!(coverage.len(), 2);
    for step in coverage.iter().flatten() {
        assert_eq!((step.have, step.short), (step.need, 0), "{:?}", step.span);
    }
}

#[test]
fn the_norwich_draft_has_every_kind_of_verdict_that_a_draft_can_have() {
    use Verdict::{Covered, IfAgreed, Short};
    let told: Vec<Verdict> =
        verdicts(&example("norwich-2016-draft.ron")).into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(told, [Short, Short, Covered, IfAgreed, IfAgreed, Covered]);
}

#[test]
fn five_days_are_covered_if_those_asked_agree() {
    let rota = example("five-days-2025.ron");
    let report = checker::check(&rota);
    assert_eq!(report.verdict, Verdict::IfAgreed);
    assert_eq!(report.to_postpone.sessions, 1);
    let open = rota.assignments.iter().filter(|assignment| assignment.status != Status::Agreed);
    assert_eq!(open.count(), 5);
}

#[test]
fn five_days_run_from_friday_morning_to_wednesday_morning() {
    let rota = example("five-days-2025.ron");
    let zone = rota.zone();
    let edges: Vec<String> = rota
        .windows
        .iter()
        .flat_map(|window| [window.span.from, window.span.to])
        .map(|at| file::offset_date_time(at, zone))
        .collect();
    assert_eq!((rota.windows.len(), rota.units.len()), (5, 3));
    assert_eq!(edges.first().map(String::as_str), Some("2025-07-25T07:00+01:00"));
    assert_eq!(edges.last().map(String::as_str), Some("2025-07-30T07:00+01:00"));
    let at_seven = edges.iter().all(|edge| edge.ends_with("T07:00+01:00"));
    assert!(at_seven, "{edges:?}");
    assert!(rota.posts.iter().any(|post| post.on_call));
}

#[test]
fn templates_bring_posts_and_normal_staffing_and_no_people() {
    for path in rotas_in(TEMPLATES) {
        let opened = opened(&path);
        let rota = &opened.rota;
        assert_eq!(opened.header, file::Header::default(), "{}: the header is made at the first save", path.display());
        assert!(rota.people.is_empty() && rota.sessions.is_empty() && rota.assignments.is_empty());
        assert!(!rota.properties.title.is_empty());
        for normal in &rota.normals {
            assert!(normal.example, "{}: nobody has made {} their own yet", path.display(), normal.name);
            assert_eq!((normal.agreed_by.as_str(), normal.agreed_on.as_str()), ("", ""));
        }
        for post in &rota.posts {
            assert_eq!(post.bleep, "", "{}: a bleep that is not the unit's own rings the wrong person", post.name);
        }
    }
}
