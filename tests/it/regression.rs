//! Bad input: whatever is no good rota file gets a clear sentence, exit status 2, and is left as it is on disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;

use crate::cli::HAND_WRITTEN;

/// What is wrong with a file, and its bytes.
fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let good = HAND_WRITTEN;
    let changed = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1).into_bytes()
    };
    let half = good.len() / 2;
    let unclosed =
        |open: &str| format!("(format: \"cover-rota\", version: 1, x: {}", open.repeat(400_000)).into_bytes();
    vec![
        ("not-ron", b"%PDF-1.7\nfour pages of a rota".to_vec()),
        ("json", br#"{"format": "cover-rota"}"#.to_vec()),
        ("truncated", good.as_bytes()[..half].to_vec()),
        ("zero-bytes", Vec::new()),
        ("bom-alone", b"\xef\xbb\xbf".to_vec()),
        ("nul-bytes", vec![0; 4096]),
        ("nul-tail", [good.as_bytes(), &[0; 512]].concat()),
        ("nul-in-a-name", changed("Grant", "Gr\0nt")),
        ("latin-1", changed("Grant", "Gr?nt").into_iter().map(|b| if b == b'?' { 0xe4 } else { b }).collect()),
        ("utf-16", good.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("deep-lists", unclosed("[")),
        ("deep-records", unclosed("(")),
        ("deep-some", unclosed("Some(")),
        ("deep-in-a-field", changed("windows: [", &format!("windows: {}", "[".repeat(400_000)))),
        ("unknown-field", changed("title:", "subtitle: \"x\", title:")),
        ("missing-field", changed("hospital: \"Example District General\",", "")),
        ("wrong-type", changed("count: 2", "count: \"two\"")),
        ("some", changed("senior_from: \"mg\"", "senior_from: Some(\"mg\")")),
        ("huge-number", changed("count: 2", &format!("count: {}", "9".repeat(10_000)))),
        ("negative-count", changed("count: 2", "count: -1")),
        ("large-count", changed("count: 2", "count: 100001")),
        ("unknown-id", changed("person: \"hg\"", "person: \"nobody\"")),
        ("unknown-tier", changed("up_to: \"cons\"", "up_to: \"king\"")),
        (
            "unit-without-tiers",
            changed("tiers: [(id: \"mg\", name: \"Middle grade\"), (id: \"cons\", name: \"Consultant\")]", "tiers: []"),
        ),
        ("bad-id", changed("(id: \"w1\"", "(id: \"W 1\"")),
        ("long-id", changed("(id: \"w1\"", &format!("(id: \"{}\"", "w".repeat(10_000)))),
        (
            "id-twice",
            changed(
                "people: [",
                "people: [(id: \"hg\", initials: \"\", family: \"\", given: \"\", grade: \"\", specialty: \"\", rules: Wtr, may_cover: [], usually: NotKnown),",
            ),
        ),
        ("from-after-to", changed("to: \"2016-04-26T17:00\"", "to: \"2016-04-26T07:00\"")),
        ("skipped-time", changed("from: \"2016-04-26T08:00\", to", "from: \"2016-03-27T01:30\", to")),
        ("year-262142", changed("from: \"2016-04-26T08:00\", to", "from: \"262142-04-26T08:00\", to")),
        ("seconds", changed("from: \"2016-04-26T08:00\", to", "from: \"2016-04-26T08:00:00\", to")),
        ("midnight-as-24", changed("to: \"17:00\"", "to: \"24:00\"")),
        ("unknown-zone", changed("Europe/London", "Europe/Lundun")),
        ("newer-version", changed("version: 1", "version: 2, colours: []")),
        ("no-version", changed("version: 1,", "")),
        ("no-format", changed("format: \"cover-rota\",", "")),
        ("other-format", changed("\"cover-rota\"", "\"cover-rota-check\"")),
        ("bad-document-id", changed("version: 1,", "version: 1, document: \"mine\",")),
        ("hostile-id", changed("person: \"hg\"", "person: \"\\u{202e}\\u{7}\\u{1b}[31m\"")),
        ("17-mib", vec![b' '; 17 * 1024 * 1024]),
    ]
}

fn check(path: &Path, json: bool) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cover-rota"));
    command.arg("check").arg(path).args(json.then_some("--json")).timeout(Duration::from_secs(20));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", path.display());
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn faults_in(json: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!((&value["format"], &value["version"]), (&"cover-rota-check".into(), &1.into()));
    let faults = value["faults"].as_array().unwrap();
    faults.iter().map(|fault| fault.as_str().unwrap().to_owned()).collect()
}

fn files_in(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_bad_file_gets_a_clear_sentence_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    for (name, bytes) in bad_files() {
        let path = dir.path().join(format!("{name}.ron"));
        fs::write(&path, &bytes).unwrap();
        let (json, quiet) = check(&path, true);
        assert_eq!(quiet, "", "{name}");
        for fault in faults_in(&json) {
            assert!(fault.chars().count() < 300 && !fault.contains(char::is_control), "{name}: {fault}");
            told.push(format!("{name}: {fault}"));
        }
        assert!(fs::read(&path).unwrap() == bytes, "{name} was changed");
    }
    assert_eq!(files_in(dir.path()).len(), bad_files().len(), "nothing was written beside them");
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn for_people_the_sentence_goes_to_standard_error_with_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("empty.ron");
    fs::write(&path, "").unwrap();
    let (out, err) = check(&path, false);
    assert_eq!(out, "");
    assert!(err.ends_with("empty.ron: the file is empty: use a copy that is not\n"), "{err}");
}

#[test]
fn what_is_no_file_is_told_too() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(faults_in(&check(dir.path(), true).0), ["this is a folder, not a file: choose the rota in it"]);
    let gone = dir.path().join("gone.ron");
    assert_eq!(faults_in(&check(&gone, true).0), ["there is no such file: choose another"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("secret.ron");
    fs::write(&path, HAND_WRITTEN).unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
    // The administrator may read everything: then there is nothing to see here.
    if fs::read(&path).is_err() {
        assert!(faults_in(&check(&path, true).0)[0].starts_with("you have no permission to read this file"));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_not_waited_for() {
    assert!(faults_in(&check(Path::new("/dev/zero"), true).0)[0].contains("not an ordinary file"));
}
