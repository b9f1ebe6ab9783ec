//! The command line as a person and a script see it: what is printed, where, and the exit status.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// A small rota as somebody might write it by hand: everything that may be left out is.
pub(crate) const HAND_WRITTEN: &str = r#"(
    format: "cover-rota",
    version: 1,
    rota: (
        title: "By hand",
        hospital: "Example District General",
        zone: "Europe/London",
        windows: [(id: "w1", label: "Day 1", from: "2016-04-26T08:00", to: "2016-04-26T17:00", normal: "weekday")],
        units: [
            (id: "ae", name: "A&E", tiers: [(id: "mg", name: "Middle grade"), (id: "cons", name: "Consultant")],
             senior_from: "mg"),
        ],
        posts: [(id: "ae-mg", unit: "ae", name: "Majors middle grade", tier: "mg", bleep: "2145")],
        normals: [(id: "weekday", name: "Weekday", staffing: [(post: "ae-mg", from: "08:00", to: "17:00", count: 2)])],
        people: [
            (id: "hg", initials: "HG", family: "Grant", given: "Helen", grade: "Consultant",
             specialty: "Emergency medicine", rules: Compensatory, may_cover: [(unit: "ae", up_to: "cons")],
             usually: Available,
             duties: [(from: "2016-04-26T07:00", to: "2016-04-26T08:00", kind: Resident, label: "Ward"),
                      (from: "2016-04-26T17:00", to: "2016-04-26T18:00", kind: Resident, label: "Ward")]),
            (id: "kp", initials: "KP", family: "Patel", given: "Kiran", grade: "SAS", specialty: "Emergency medicine",
             rules: Compensatory, may_cover: [(unit: "ae", up_to: "mg")], usually: Available),
        ],
        sessions: [
            (id: "s1", kind: Clinic, title: "Review clinic", specialty: "Emergency medicine",
             from: "2016-04-26T09:00", to: "2016-04-26T10:00", team: ["kp"], appointments: 6, inpatient: 0,
             day_case: 0, state: Postponed),
        ],
        assignments: [
            (id: "a1", post: "ae-mg", person: "hg", from: "2016-04-26T08:00", to: "2016-04-26T17:00", status: Agreed),
            (id: "a2", post: "ae-mg", person: "kp", from: "2016-04-26T08:00", to: "2016-04-26T12:00", status: Agreed),
            (id: "a3", post: "ae-mg", person: "kp", from: "2016-04-26T12:00", to: "2016-04-26T17:00", status: Asked),
        ],
    ),
)
"#;

fn cover_rota(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cover-rota"));
    command.args(words);
    command
}

/// Exit status, standard output, standard error.
fn run(words: &[&str]) -> (i32, String, String) {
    let output = cover_rota(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The rota in a file of its own, with one text in it changed.
fn written(dir: &Path, from: &str, to: &str) -> String {
    assert!(HAND_WRITTEN.contains(from), "{from}");
    let path = dir.join("rota.ron");
    fs::write(&path, HAND_WRITTEN.replacen(from, to, 1)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn check_for_programs_prints_the_object_of_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let (status, out, err) = run(&["check", &written(dir.path(), "By hand", "By hand"), "--json"]);
    assert_eq!((status, err.as_str()), (1, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn check_for_people_says_it_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let (status, out, err) = run(&["check", &written(dir.path(), "By hand", "By hand")]);
    assert_eq!((status, err.as_str()), (1, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn check_and_the_window_count_the_same() {
    use cover_rota::checker::Acceptances;
    use cover_rota::editor::ProblemFilter;
    use cover_rota::editor::problems::problem_list;

    let dir = tempfile::tempdir().unwrap();
    let mut paths: Vec<_> = crate::saved_rotas::rotas_in("saved_rotas");
    // A senior who has still to agree, and a clinic to postpone of somebody who has agreed: both are cured by answers.
    paths.push(written(dir.path(), "person: \"hg\"", "person: \"hg\", locked: true").into());
    let waiting = fs::read_to_string(paths.last().unwrap()).unwrap();
    let asked = waiting.replace("status: Agreed", "status: Asked").replace("state: Postponed", "state: ToPostpone");
    let path = dir.path().join("asked.ron");
    fs::write(&path, &asked).unwrap();
    paths.push(path.clone());
    for path in &paths {
        let (_, out, _) = run(&["check", path.to_str().unwrap()]);
        let opened = cover_rota::file::read(&fs::read(path).unwrap()).unwrap();
        let report = cover_rota::checker::check(&opened.rota);
        let acceptances = Acceptances::new(&opened.rota);
        let all = ProblemFilter { all_windows: true, ..ProblemFilter::default() };
        let is_accepted = |at: usize| acceptances.of(&report.findings[at]).is_some();
        let counts = problem_list(&opened.rota, &report, &all, None, is_accepted).counts;
        let said = |title: &str| {
            let line = out.lines().find_map(|line| line.strip_prefix(&format!("{title} (")));
            line.map_or(0, |rest| rest.trim_end_matches(')').parse::<usize>().unwrap())
        };
        let printed = ["Errors", "To agree", "Warnings", "Good to know"].map(said);
        assert_eq!(printed, [counts.errors, counts.to_agree, counts.warnings, counts.infos], "{}", path.display());
    }
    let (_, out, _) = run(&["check", path.to_str().unwrap()]);
    assert!(!out.contains("\nErrors (") && out.contains("COV-3"), "{out}");
}

#[test]
fn covered_is_exit_status_0() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(dir.path(), "status: Asked", "status: Agreed");
    let (status, out, _) = run(&["check", &path]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("\nCOVERED\n"), "{out}");
    let (status, out, _) = run(&["check", &path, "--json"]);
    assert_eq!(status, 0);
    assert!(out.contains("\"verdict\": \"covered\"") && out.contains("\"sealed\": null"), "{out}");
}

#[test]
fn what_still_has_to_happen_is_named_and_never_begins_with_covered() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(dir.path(), "state: Postponed", "state: ToPostpone");
    let (status, out, _) = run(&["check", &path]);
    assert_eq!(status, 1);
    assert!(out.contains("\n1 TO AGREE, 1 CLINIC TO POSTPONE\n"), "{out}");
    let path = written(dir.path(), "status: Asked", "status: Declined");
    assert!(run(&["check", &path]).1.contains("\nSHORT 5 h\n"));
}

#[test]
fn what_was_accepted_is_folded_away() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(dir.path(), "By hand", "By hand");
    let opened = cover_rota::file::read(&fs::read(&path).unwrap()).unwrap();
    let report = cover_rota::checker::check(&opened.rota);
    let warning = report.findings.iter().find(|finding| finding.code.as_str() == "COV-2").unwrap();
    let about = cover_rota::checker::acceptance_key(warning);
    let accepted = format!(
        "accepted: [(code: \"COV-2\", about: {about:?}, by: \"j\", at: \"2016-04-20T15:05Z\", reason: \"\")], sessions: ["
    );
    let path = written(dir.path(), "sessions: [", &accepted);
    let (_, out, _) = run(&["check", &path]);
    assert!(!out.contains("COV-2") && out.contains("\nAccepted (1)\n"), "{out}");
    assert!(run(&["check", &path, "--json"]).1.contains("COV-2"), "a program is told everything");
}

#[test]
fn one_long_shift_over_two_days_is_told_once_unless_it_is_an_error_of_both() {
    let dir = tempfile::tempdir().unwrap();
    let day =
        "(id: \"w1\", label: \"Day 1\", from: \"2016-04-26T08:00\", to: \"2016-04-26T17:00\", normal: \"weekday\")";
    let evening = day.replace("w1", "w2").replace("T17:00", "T23:00").replace("T08:00", "T17:00");
    let long = HAND_WRITTEN.replacen(day, &format!("{day}, {evening}"), 1).replacen(
        "to: \"2016-04-26T17:00\", status: Agreed",
        "to: \"2016-04-26T22:30\", status: Agreed",
        1,
    );
    for (rules, severity, times) in [("Compensatory", "warning", 1), ("Trainee2016", "error", 2)] {
        let path = dir.path().join("long.ron");
        fs::write(&path, long.replacen("Compensatory", rules, 1)).unwrap();
        let (_, out, _) = run(&["check", path.to_str().unwrap(), "--json"]);
        let told: serde_json::Value = serde_json::from_str(&out).unwrap();
        let is_long = |finding: &&serde_json::Value| finding["code"] == "HRS-1" && finding["severity"] == severity;
        assert_eq!(told["findings"].as_array().unwrap().iter().filter(is_long).count(), times, "{rules}: {out}");
    }
}

#[test]
fn an_empty_rota_is_not_covered() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("empty.ron");
    let path = path.to_str().unwrap();
    assert_eq!(run(&["new", "--template", "empty", "--out", path]).0, 0);
    let (status, out, _) = run(&["check", path]);
    assert_eq!(status, 1);
    assert!(out.contains("NO NORMAL STAFFING"), "{out}");
}

#[test]
fn a_wrong_seal_is_told_and_never_covered() {
    let dir = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas/dorset-2016.ron");
    let text = fs::read_to_string(example).unwrap();
    let path = dir.path().join("changed.ron");
    fs::write(&path, text.replacen("hospital: \"", "hospital: \"The ", 1)).unwrap();
    let path = path.to_str().unwrap();
    let (status, out, err) = run(&["check", path, "--json"]);
    assert_eq!((status, err.as_str()), (1, "changed outside Cover Rota, or damaged: check before use\n"));
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&answer["sealed"], &answer["verdict"]), (&serde_json::json!(false), &serde_json::json!("unconfirmed")));
    assert_eq!(answer["units"][0]["verdict"], "covered", "the units keep theirs");
    let (status, out, err) = run(&["check", path]);
    assert_eq!((status, err.lines().count()), (1, 1));
    let verdicts: Vec<&str> = out.lines().filter(|line| line.contains("COVERED")).collect();
    assert!(!verdicts.is_empty() && verdicts.iter().all(|line| !line.replace("was COVERED", "").contains("COVERED")));
}

#[test]
fn the_same_rota_prints_the_same_bytes() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas/every-rule.ron");
    let example = example.to_str().unwrap();
    assert_eq!(run(&["check", example, "--json"]), run(&["check", example, "--json"]));
}

#[test]
fn hostile_names_are_printed_harmlessly() {
    let dir = tempfile::tempdir().unwrap();
    let name = format!("\\u{{202e}}\\u{{1b}}[31m\\n{}", "x".repeat(10_000));
    let path = written(dir.path(), "family: \"Patel\"", &format!("family: \"{name}\""));
    let hostile = fs::read_to_string(&path).unwrap();
    let hostile = ["A&E", "Day 1", "By hand", "\"KP\"", "Majors middle grade", "Review clinic"]
        .iter()
        .fold(hostile, |text, word| text.replacen(word.trim_matches('"'), &name, 1));
    fs::write(&path, hostile).unwrap();
    let (status, out, _) = run(&["check", &path]);
    assert_eq!(status, 1);
    assert!(!out.contains(['\u{202e}', '\u{1b}']), "{out}");
    assert!(out.lines().all(|line| line.chars().count() < 1000));
}

#[test]
fn new_writes_a_rota_that_opens_and_never_over_another_file() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["walkout-2016", "five-days", "one-day", "empty"] {
        let path = dir.path().join(format!("{name}.ron"));
        let words = ["new", "--template", name, "--out", path.to_str().unwrap()];
        assert_eq!(run(&words).0, 0, "{name}");
        let bytes = fs::read(&path).unwrap();
        let opened = cover_rota::file::read(&bytes).unwrap();
        assert_eq!((opened.sealed, opened.header.document.unwrap().len()), (Some(true), 32));
        let (status, _, err) = run(&words);
        assert_eq!(status, 2);
        assert!(err.ends_with("not saved, there is a file of that name: choose another\n"), "{err}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
}

#[test]
fn two_new_rotas_are_two_documents() {
    let dir = tempfile::tempdir().unwrap();
    let document = |name: &str| {
        let path = dir.path().join(name);
        assert_eq!(run(&["new", "--out", path.to_str().unwrap()]).0, 0);
        cover_rota::file::read(&fs::read(&path).unwrap()).unwrap().header.document
    };
    assert_ne!(document("a.ron"), document("b.ron"));
}

#[test]
fn new_that_cannot_write_says_why() {
    let (status, out, err) = run(&["new", "--out", "/no/such/folder/rota.ron"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.starts_with("/no/such/folder/rota.ron: not saved"), "{err}");
    let (status, _, err) = run(&["new", "--template", "strike", "--out", "/no/such/folder/rota.ron"]);
    assert_eq!(status, 2);
    assert!(err.contains("there is no template \"strike\": use walkout-2016, five-days, one-day, empty"), "{err}");
}

#[test]
fn help_can_be_read_by_a_person() {
    let (status, out, _) = run(&["--help"]);
    assert_eq!(status, 0);
    for word in ["cover-rota check walkout.ron", "Exit status of check: 0 covered everywhere", "--renderer"] {
        assert!(out.contains(word), "{word}\n{out}");
    }
    let (status, out, _) = run(&["new", "--help"]);
    assert_eq!(status, 0);
    assert!(out.contains("five-days"), "{out}");
    assert_eq!(run(&["--version"]).1, format!("cover-rota {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_arguments_are_exit_status_2() {
    for words in [&["check"][..], &["check", "a", "b"], &["new"], &["--renderer", "paper"], &["plan", "a", "b"]] {
        let (status, out, err) = run(words);
        assert_eq!((status, out.as_str()), (2, ""), "{words:?}");
        assert!(err.starts_with("error: "), "{err}");
    }
}

#[test]
fn plan_says_it_in_words_and_never_writes_the_file_it_planned_for() {
    let dir = tempfile::tempdir().unwrap();
    let draft = dir.path().join("draft.ron");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas/nights-2025.ron"), &draft).unwrap();
    let before = fs::read(&draft).unwrap();
    let draft = draft.to_str().unwrap();
    let (status, text, errors) = run(&["plan", draft]);
    let text = text.lines().filter(|line| !line.starts_with("Found in")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(text);
    assert_eq!((status, errors.as_str()), (1, ""));
    let (status, _, errors) = run(&["plan", draft, "--out", draft]);
    assert_eq!(status, 2);
    assert!(errors.contains("give another name after --out"), "{errors}");
    assert_eq!(fs::read(draft).unwrap(), before);
}

#[test]
fn plan_writes_a_rota_that_is_covered_if_all_agree() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("planned.ron");
    let out = out.to_str().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas/nearest-free-2016.ron");
    let example = example.to_str().unwrap();
    let (status, json, _) = run(&["plan", example, "--out", out, "--json"]);
    assert_eq!(status, 0);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["status"], "optimal");
    let (status, check, _) = run(&["check", out, "--json"]);
    let check: serde_json::Value = serde_json::from_str(&check).unwrap();
    assert_eq!((status, &check["verdict"], &check["sealed"]), (1, &"if-agreed".into(), &true.into()));
    let (status, again, _) = run(&["plan", out, "--json"]);
    let again: serde_json::Value = serde_json::from_str(&again).unwrap();
    assert_eq!((status, &again["assignments"]), (0, &serde_json::json!([])), "planned again, it stays");
    assert_eq!(run(&["plan", example, "--out", out]).0, 2, "what is there already is left alone");
}

#[test]
fn plan_without_time_gives_the_rota_as_it_is_with_honest_bounds() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas/norwich-2016-draft.ron");
    let (status, json, _) = run(&["plan", example.to_str().unwrap(), "--seconds", "0", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["status"]), (1, &"feasible".into()));
    for list in ["assignments", "removed", "postpone", "restore"] {
        assert_eq!(json[list], serde_json::json!([]), "{list}");
    }
    for objective in json["objectives"].as_array().unwrap() {
        assert!(objective["bound"].as_i64() <= objective["value"].as_i64(), "{objective}");
    }
    assert_eq!(run(&["plan", "no such file", "--json"]).0, 2);
}

#[test]
fn a_file_without_a_name_is_told_like_any_other_that_cannot_be_read() {
    let (status, out, err) = run(&["check", "", "--json"]);
    assert_eq!((status, err.as_str()), (2, ""));
    assert!(out.contains("\"faults\""), "{out}");
    let (status, out, err) = run(&["check", ""]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("there is no such file"), "{err}");
}

/// A full disk never looks like a check that found nothing.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_told_and_is_status_2() {
    let dir = tempfile::tempdir().unwrap();
    let path = written(dir.path(), "status: Asked", "status: Agreed");
    let new = dir.path().join("new.ron").to_str().unwrap().to_owned();
    assert_eq!(run(&["check", &path]).0, 0, "it is covered");
    for words in [&["check", &path][..], &["check", &path, "--json"], &["new", "--out", &new]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cover-rota"));
        let output = command.args(words).stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {err}");
        assert!(err.starts_with("standard output cannot be written: "), "{words:?}: {err}");
    }
}

#[test]
fn a_list_that_was_shortened_is_told_on_standard_error() {
    let duty = r#"(from: "2016-04-26T09:00", to: "2016-04-26T10:00", kind: Other, label: "Teaching"),"#;
    let duties = duty.repeat(1_001);
    let dir = tempfile::tempdir().unwrap();
    let path = written(dir.path(), "duties: [", &format!("duties: [{duties}"));
    let (status, out, err) = run(&["check", &path, "--json"]);
    assert_eq!((status, out.matches("\"code\": \"DTY-1\"").count()), (1, 1_000));
    assert!(err.contains("only the first are listed"), "{err}");
    assert_eq!(run(&["check", &written(dir.path(), "", "")]).2, "");
}

#[test]
fn a_plan_of_a_file_that_was_tampered_with_is_told_and_never_written() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (dir.path().join("tampered.ron"), dir.path().join("planned.ron"));
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas/dorset-2016.ron");
    let text = fs::read_to_string(example).unwrap();
    fs::write(&file, text.replacen("Dorset", "Dorsal", 2)).unwrap();
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
    let (status, json, errors) = run(&["plan", file, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["sealed"]), (1, &false.into()));
    assert!(errors.contains("changed outside Cover Rota"), "{errors}");
    let (status, _, errors) = run(&["plan", file, "--out", out]);
    assert_eq!(status, 2);
    assert!(errors.contains("not written"), "{errors}");
    assert!(!Path::new(out).exists(), "a new seal would make it look as if it could be trusted");
}

#[test]
fn export_prints_one_text_and_writes_files_only_where_nothing_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = written(dir.path(), "", "");
    let (status, out, err) = run(&["export", &file, "--to", "sitrep"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(
        out.contains("Example District General,,2016-04-26,09:00,Doctors present,A&E,Middle grade,2,2,2,0,"),
        "{out}"
    );
    let to = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    let (status, out, err) = run(&["export", &file, "--to", "csv", "--out", &to("shifts.csv")]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out, format!("{}: written\n", to("shifts.csv")));
    let (status, out, err) = run(&["export", &file, "--to", "csv", "--out", &to("shifts.csv")]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.ends_with("there is a file of that name: choose another\n"), "{err}");
    let (status, out, _) = run(&["export", &file, "--to", "messages", "--out", &to("messages")]);
    assert_eq!((status, out), (0, format!("{}: written, 2 files\n", to("messages"))));
    assert!(fs::read_to_string(dir.path().join("messages/KP-Patel.txt")).unwrap().contains("Review clinic"));
    let (status, out, err) = run(&["export", &file, "--to", "messages"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.ends_with("messages is several files: name a folder after --out\n"), "{err}");
}

#[test]
fn export_says_which_formats_there_are_and_gives_nothing_out_that_was_changed_outside() {
    let (status, _, err) = run(&["export", "x.ron", "--to", "paper"]);
    assert_eq!(status, 2);
    assert!(err.contains("there is no such format: use messages, csv, ics"), "{err}");
    let (status, _, err) = run(&["export", "x.ron", "--to", "sitrep", "--at", "9am"]);
    assert_eq!((status, err.contains("not a time of day such as 09:00")), (2, true), "{err}");
    let dir = tempfile::tempdir().unwrap();
    let example = fs::read_to_string("saved_rotas/dorset-2016.ron").unwrap();
    let file = dir.path().join("changed.ron");
    fs::write(&file, example.replace("Grant", "Grunt").replacen("status: Agreed", "status: Asked", 1)).unwrap();
    let (status, out, err) = run(&["export", file.to_str().unwrap(), "--to", "csv"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("changed outside Cover Rota, or is damaged"), "{err}");
}
