//! The second checker on cases worked out by hand from `docs/checker.md`.

use cover_rota::checker::{Code, Severity, Verdict};
use cover_rota::file;

use super::{Answer, Row, judge};

/// One unit of three tiers, a post and one doctor normally at each, 08:00 to 17:00.
const BASE: &str = r#"(format: "cover-rota", version: 1, rota: (
    title: "", hospital: "", zone: "Europe/London",
    windows: [(id: "w", label: "", from: "2016-04-26T08:00", to: "2016-04-26T17:00", normal: "n")],
    units: [(id: "ae", name: "A&E", tiers: [(id: "sho", name: ""), (id: "mg", name: ""), (id: "cons", name: "")],
             senior_from: "cons")],
    posts: [(id: "sho", unit: "ae", name: "", tier: "sho", bleep: "1"), (id: "mg", unit: "ae", name: "", tier: "mg", bleep: "2"),
            (id: "cons", unit: "ae", name: "", tier: "cons", bleep: "3")],
    normals: [(id: "n", name: "", staffing: [(post: "sho", from: "08:00", to: "17:00", count: 1),
               (post: "mg", from: "08:00", to: "17:00", count: 1), (post: "cons", from: "08:00", to: "17:00", count: 1)])],
    people: [PEOPLE], sessions: [SESSIONS], assignments: [ASSIGNMENTS],
))"#;

fn person(id: &str, up_to: &str) -> String {
    format!(
        r#"(id: "{id}", initials: "{id}", family: "{id}", given: "", grade: "", specialty: "", rules: Wtr,
            may_cover: [(unit: "ae", up_to: "{up_to}")], competencies: [], usually: NotKnown),"#
    )
}

/// From words such as `a on mg 08-17 Agreed`.
fn assignment(number: usize, words: &str) -> String {
    let words: Vec<&str> = words.split(' ').collect();
    let [person, "on", post, hours, status] = words[..] else { panic!("not an assignment: {words:?}") };
    let (from, to) = hours.split_once('-').expect("two hours");
    format!(
        r#"(id: "a{number}", post: "{post}", person: "{person}", from: "2016-04-26T{from}:00",
            to: "2016-04-26T{to}:00", status: {status}),"#
    )
}

/// With people a, b and c, who may cover up to SHO, middle grade and consultant.
fn judged(base: &str, sessions: &str, assignments: &[&str]) -> Answer {
    let people = [person("a", "sho"), person("b", "mg"), person("c", "cons")].concat();
    let assignments: String = assignments.iter().enumerate().map(|(i, words)| assignment(i, words)).collect();
    let text = base.replace("PEOPLE", &people).replace("SESSIONS", sessions).replace("ASSIGNMENTS", &assignments);
    judge(&file::read(text.as_bytes()).expect("a sound rota").rota)
}

/// Tier, need, have, have if agreed, short, and who counts.
type Shortage = (Severity, String, [u64; 4], String);

fn shortages(answer: &Answer) -> Vec<Shortage> {
    let rows = answer.rows.iter().filter(|row| row.code == Code::Cov1);
    let figures = |row: &Row| [row.need, row.have, row.have_if_agreed, row.short].map(|n| n.expect("a figure"));
    rows.map(|row| (row.severity, row.tier.clone().expect("a tier"), figures(row), row.people.join(" "))).collect()
}

fn codes(answer: &Answer, severity: Severity) -> Vec<String> {
    answer.rows.iter().filter(|row| row.severity == severity).map(|row| row.code.to_string()).collect()
}

const ALL: [&str; 3] = ["a on sho 08-17 Agreed", "b on mg 08-17 Agreed", "c on cons 08-17 Agreed"];

#[test]
fn as_on_a_normal_day_and_all_agreed_is_covered() {
    let answer = judged(BASE, "", &ALL);
    assert_eq!((answer.verdict, answer.exit_status), (Verdict::Covered, 0));
    assert_eq!(codes(&answer, Severity::Error), [""; 0]);
    assert_eq!((answer.units[0].normal_minutes, answer.units[0].short_minutes), (3 * 540, 0));
}

#[test]
fn nobody_is_short_at_every_tier() {
    let answer = judged(BASE, "", &[]);
    assert_eq!((answer.verdict, answer.exit_status), (Verdict::Short, 1));
    assert_eq!(answer.units[0].short_minutes, 3 * 540);
    assert_eq!(codes(&answer, Severity::Error), ["COV-1", "COV-1", "COV-1", "COV-3"]);
}

#[test]
fn a_proposal_covers_only_if_agreed() {
    let answer = judged(BASE, "", &[ALL[0], "b on mg 08-17 Asked", ALL[2]]);
    assert_eq!((answer.verdict, answer.exit_status), (Verdict::IfAgreed, 1));
    assert_eq!((answer.units[0].short_minutes, answer.units[0].short_minutes_if_agreed), (540, 0));
    // At middle grade or above two are needed and one is there. What is short there is not short again below.
    assert_eq!(shortages(&answer), [(Severity::Error, "mg".to_owned(), [2, 1, 2, 1], "c".to_owned())]);
}

#[test]
fn a_refusal_is_nobody() {
    assert_eq!(judged(BASE, "", &[ALL[0], "b on mg 08-17 Declined", ALL[2]]).verdict, Verdict::Short);
}

#[test]
fn a_senior_stands_in_for_a_junior_and_never_the_reverse() {
    let up = judged(BASE, "", &["a on sho 08-17 Agreed", "b on sho 08-17 Agreed", "c on cons 08-17 Agreed"]);
    assert_eq!(shortages(&up), [(Severity::Error, "mg".to_owned(), [2, 1, 1, 1], "c".to_owned())]);
    let beyond = judged(BASE, "", &["a on mg 08-17 Agreed", "b on sho 08-17 Agreed", "c on cons 08-17 Agreed"]);
    assert!(codes(&beyond, Severity::Error).contains(&"SCP-1".to_owned()));
    assert_eq!(beyond.verdict, Verdict::Short);
}

#[test]
fn whoever_is_on_two_posts_counts_on_neither() {
    let answer = judged(BASE, "", &[ALL[0], ALL[1], ALL[2], "b on sho 16-17 Proposed"]);
    // Covered as agreed; but if all agree, b would be on two posts, which is told as warnings.
    assert_eq!(answer.verdict, Verdict::Covered);
    assert_eq!(shortages(&answer), [(Severity::Warning, "mg".to_owned(), [2, 2, 1, 1], "c".to_owned())]);
    let answer = judged(BASE, "", &[ALL[0], ALL[1], ALL[2], "b on sho 16-17 Agreed"]);
    assert_eq!((answer.verdict, answer.units[0].short_minutes), (Verdict::Short, 60));
    assert!(codes(&answer, Severity::Error).contains(&"DBL-1".to_owned()));
}

#[test]
fn a_session_to_postpone_still_runs_until_it_is() {
    let session = |state: &str| {
        format!(
            r#"(id: "s", kind: Clinic, title: "", specialty: "", from: "2016-04-26T09:00", to: "2016-04-26T11:00",
                team: ["b"], appointments: 9, inpatient: 0, day_case: 0, state: {state}),"#
        )
    };
    assert_eq!(judged(BASE, &session("Running"), &ALL).verdict, Verdict::Short);
    let answer = judged(BASE, &session("ToPostpone"), &ALL);
    assert_eq!((answer.verdict, answer.units[0].short_minutes), (Verdict::IfAgreed, 120));
    assert_eq!(answer.rows.iter().filter(|row| row.code == Code::Ses1).count(), 1);
    assert_eq!(judged(BASE, &session("Postponed"), &ALL).verdict, Verdict::Covered);
}

#[test]
fn what_must_never_look_safe() {
    assert_eq!(judge(&cover_rota::model::Rota::empty()).verdict, Verdict::NoNormalStaffing);
    let nothing_normal = judged(&BASE.replace("count: 1", "count: 0"), "", &ALL);
    assert_eq!((nothing_normal.verdict, nothing_normal.exit_status), (Verdict::NoNormalStaffing, 1));
    let closed = judged(&BASE.replace(r#"name: "", staffing"#, r#"name: "", closed: ["ae"], staffing"#), "", &ALL);
    assert_eq!((closed.units[0].verdict, closed.verdict), (Verdict::Closed, Verdict::NoNormalStaffing));
    let elsewhere = judged(&BASE.replace("2016-04-26", "2016-05-03"), "", &ALL);
    assert_eq!(elsewhere.verdict, Verdict::Short);
}

#[test]
fn the_night_the_clocks_go_back_has_one_hour_more() {
    let night = BASE.replace("2016-04-26T08:00", "2026-10-25T00:00").replace("2016-04-26T17:00", "2026-10-25T08:00");
    let night = night.replace(r#"from: "08:00", to: "17:00""#, r#"from: "20:00", to: "08:00""#);
    assert_eq!(judged(&night, "", &[]).units[0].normal_minutes, 3 * 9 * 60);
    let spring = night.replace("2026-10-25", "2026-03-29");
    assert_eq!(judged(&spring, "", &[]).units[0].normal_minutes, 3 * 7 * 60);
    // From 01:00 to 02:00 is two hours in the one night, and none in the other.
    let hour = |night: &str| night.replace(r#"from: "20:00", to: "08:00""#, r#"from: "01:00", to: "02:00""#);
    assert_eq!(judged(&hour(&night), "", &[]).units[0].normal_minutes, 3 * 120);
    assert_eq!(judged(&hour(&spring), "", &[]).units[0].normal_minutes, 0);
}

#[test]
fn eleven_hours_of_rest_are_enough_and_a_minute_less_is_not() {
    let rest = |from: &str| {
        let text = format!(r#"duties: [(from: "2016-04-25T12:00", to: "{from}", kind: Resident, label: "")]),"#);
        let people = person("b", "mg").replace("usually: NotKnown),", &format!("usually: NotKnown, {text}"));
        let base = BASE.replace("PEOPLE", &format!("PEOPLE {people}").replace("\"b\"", "\"d\""));
        let answer = judged(&base, "", &["d on mg 08-17 Agreed"]);
        answer.rows.iter().filter(|row| row.code == Code::Rst1).count()
    };
    assert_eq!([rest("2016-04-25T21:00"), rest("2016-04-25T21:01")], [0, 1]);
}
