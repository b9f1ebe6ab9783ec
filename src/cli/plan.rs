//! `plan FILE`: who could close the gaps and what that costs, for people; `--json` for programs.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::checker::{self, Code, Finding, Report, Severity, UnitVerdict, Verdict};
use crate::editor::other_specialty::taken_last;
use crate::editor::releases::Releases;
use crate::editor::suggest::{gaps_left, nights_before_work};
use crate::file::{self, Opened, Over, RealDisk};
use crate::model::{History, Refusal, Rota, SessionId, words};
use crate::planner::{self, Figure, Gap, Objective, Plan, Scope, WhyNot};

use super::check::{harmless, verdict_table};
use super::desk::Bench;
use super::new::{random_numbers, saved_now};
use super::table::Table;
use super::{NotWritten, Said, complain, plan_json, refused};

/// So many lines say under a gap who cannot close it, those with the fewest reasons first; `--json` says all.
const LINES_MAX: usize = 12;

/// What `plan` was asked for.
pub(super) struct Wanted {
    pub file: PathBuf,
    pub out: Option<PathBuf>,
    pub allowed: Duration,
    pub json: bool,
}

/// Plans, writes the plan if asked to, and gives what is to be said and the exit status.
pub(super) fn run(wanted: &Wanted, err: &mut dyn Write) -> Said {
    // Reading the file is part of the time.
    let desk = Bench::for_up_to(wanted.allowed);
    let opened = match file::open(&RealDisk, &wanted.file) {
        Ok(on_disk) => on_disk.opened,
        Err(faults) if wanted.json => return Said { out: plan_json::of_faults(&faults), status: 2 },
        Err(faults) => return refused(err, &wanted.file, faults.texts()),
    };
    if is_seal_wrong(&opened) {
        complain(err, "changed outside Cover Rota, or damaged: check before use");
    }
    let scope = Scope { last: taken_last(&opened.rota), ..Scope::everything() };
    let plan = match planner::try_plan(&opened.rota, &scope, &desk) {
        Ok(plan) => plan,
        Err(why) => return refused(err, &wanted.file, &[why]),
    };
    let seconds = desk.elapsed().as_secs_f64();
    let planned = match accepted(&opened.rota, &plan) {
        Ok(planned) => planned,
        Err(refusal) => return refused(err, &wanted.file, &[refusal]),
    };
    if let Some(out) = &wanted.out
        && let Err(why) = write(out, &wanted.file, &opened, &planned)
    {
        return refused(err, out, &[why]);
    }
    let out = if wanted.json {
        plan_json::of_plan(&opened, &plan, seconds)
    } else {
        for_people(&opened.rota, &planned, &plan, seconds, wanted.out.as_deref())
    };
    Said { out, status: u8::from(!is_covered_if_agreed(&planned) || is_seal_wrong(&opened)) }
}

/// Whether the file was changed outside Cover Rota, or is damaged.
fn is_seal_wrong(opened: &Opened) -> bool {
    opened.sealed == Some(false)
}

/// The rota with the plan accepted.
fn accepted(rota: &Rota, plan: &Plan) -> Result<Rota, Refusal> {
    let mut history = History::new(rota.clone());
    history.run(plan.command(rota, "accept suggested cover"))?;
    Ok(history.rota().clone())
}

/// Whether every unit that is open is covered once everybody asked agrees.
fn is_covered_if_agreed(rota: &Rota) -> bool {
    matches!(checker::check(rota).verdict, Verdict::Covered | Verdict::IfAgreed)
}

/// Writes the planned rota to a new file, never over the one it was made from.
fn write(path: &Path, from: &Path, opened: &Opened, rota: &Rota) -> Result<(), NotWritten> {
    if is_seal_wrong(opened) {
        return Err(NotWritten::WrongSeal);
    }
    let is_same = path.canonicalize().is_ok_and(|path| from.canonicalize().is_ok_and(|from| path == from));
    if is_same {
        return Err(NotWritten::SameFile);
    }
    let mut random = random_numbers()?;
    let header = opened.header.next(saved_now(), &mut random);
    file::save(&RealDisk, path, rota, &header, Over::Nothing)?;
    Ok(())
}

/// The plan in words.
fn for_people(rota: &Rota, planned: &Rota, plan: &Plan, seconds: f64, out: Option<&Path>) -> String {
    let mut text = String::new();
    let report = checker::check(planned);
    let open = gaps_left(planned, &report, &plan.gaps, |_| true);
    _ = writeln!(text, "{}\n", headline(plan, open));
    text.push_str(&changes(rota, plan));
    text.push_str(&nights(rota, plan));
    let mut table = Table::default();
    table.row(["In order of priority", "now", "plan", "at best", ""].map(str::to_owned).to_vec());
    for (n, figure) in plan.figures.iter().enumerate() {
        if n == Objective::PROVEN {
            table.row(["Tie-breakers", "", "", "", ""].map(str::to_owned).to_vec());
        }
        table.row(figure_row(*figure, plan.before[figure.objective]));
    }
    _ = writeln!(text, "{table}");
    text.push_str(&if_all_agree(planned, &report));
    text.push_str(&gaps(rota, plan, open));
    text.push_str(&prices(rota, plan));
    _ = writeln!(text, "Found in {seconds:.1} s. Everybody in the plan is only proposed: nobody has been asked.");
    if let Some(out) = out {
        _ = writeln!(text, "{}: written", words::safe(&out.to_string_lossy()));
    }
    text.trim_end().to_owned()
}

fn headline(plan: &Plan, open: usize) -> String {
    let value = |objective: Objective| plan.figures.iter().find(|f| f.objective == objective).map_or(0, |f| f.value);
    let count = |number: i64, noun: &str| words::count(number.unsigned_abs(), noun);
    let cost: Vec<String> = [(Objective::Operations, "operation"), (Objective::Appointments, "appointment")]
        .into_iter()
        .filter(|(objective, _)| value(*objective) != 0)
        .map(|(objective, noun)| count(value(objective), noun))
        .collect();
    let cost = if cost.is_empty() { "No operations or appointments".to_owned() } else { cost.join(" and ") };
    let short = match open {
        0 => String::new(),
        1 => "; 1 gap remains".to_owned(),
        gaps => format!("; {gaps} gaps remain"),
    };
    let nothing = match (plan.is_empty(), plan.is_optimal()) {
        (true, true) => "Nothing to change. ",
        (true, false) => "Nothing better was found in the time. ",
        _ => "",
    };
    format!("{nothing}{cost} postponed{short}. {}.", plan.proof(None))
}

/// Verdicts of the planned rota, and what stands in their way besides gaps.
fn if_all_agree(planned: &Rota, report: &Report) -> String {
    let verdict = checker::overall_words(planned, report);
    let mut text = format!("With the plan: {verdict}\n{}", verdict_table(planned, report, ""));
    let blocks = |finding: &&Finding| {
        let is_of_errors = |unit: &UnitVerdict| {
            unit.verdict == Verdict::Errors
                && Some(&unit.unit) == finding.unit.as_ref()
                && Some(&unit.window) == finding.window.as_ref()
        };
        let is_gap = matches!(finding.code, Code::Cov1 | Code::Cov2 | Code::Cov3);
        finding.severity == Severity::Error && !is_gap && report.units.iter().any(is_of_errors)
    };
    for finding in report.findings.iter().filter(blocks) {
        _ = writeln!(text, "  {}", harmless(&finding.message));
    }
    text.push('\n');
    // Nothing that is proposed makes it so; whoever is rung about the rest should know.
    let mut rest = report.findings.iter().filter(|finding| finding.code == Code::Rst1).peekable();
    if rest.peek().is_some() {
        _ = writeln!(text, "Too little rest in the rota already");
        rest.for_each(|finding| _ = writeln!(text, "  {}", harmless(&finding.message)));
        text.push('\n');
    }
    text
}

fn changes(rota: &Rota, plan: &Plan) -> String {
    let mut text = String::new();
    let mut table = Table::default();
    let initials = |id| rota.person(id).map_or("", |person| person.initials.as_str());
    let post = |id| rota.post(id).map_or("", |post| post.name.as_str());
    let mut row = |what: &str, cells: [&str; 2], when: String| {
        let [who, place] = cells.map(|cell| words::safe(cell).into_owned());
        table.row(vec![format!("  {what}"), who, place, when]);
    };
    for a in &plan.assignments {
        row("propose", [initials(&a.person), post(&a.post)], words::span(rota.zone(), a.span));
    }
    for a in plan.removed.iter().filter_map(|id| rota.assignment(id)) {
        row("drop", [initials(&a.person), post(&a.post)], words::span(rota.zone(), a.span));
    }
    let sessions = |ids: &[SessionId]| ids.iter().filter_map(|id| rota.session(id)).cloned().collect::<Vec<_>>();
    for (what, sessions) in [("postpone", sessions(&plan.postpone)), ("can go ahead", sessions(&plan.restore))] {
        for session in sessions {
            row(what, ["", &session.title], words::span(rota.zone(), session.span));
        }
    }
    if !plan.is_empty() {
        _ = writeln!(text, "Changes\n{table}");
    }
    text
}

/// Who would work after a night on call, with each new assignment that brings the two together.
fn nights(rota: &Rota, plan: &Plan) -> String {
    let mut text = String::new();
    for (new, said) in plan.assignments.iter().zip(nights_before_work(rota, plan)) {
        let who = rota.person(&new.person).map_or("", |person| person.initials.as_str());
        let post = rota.post(&new.post).map_or("", |post| post.name.as_str());
        let when = words::span(rota.zone(), new.span);
        for sentence in said {
            _ = writeln!(text, "  {}, {}, {when}: {sentence}", words::safe(who), words::safe(post));
        }
    }
    if text.is_empty() { text } else { format!("Nights on call before work\n{text}\n") }
}

fn figure_row(figure: Figure, before: i64) -> Vec<String> {
    let number = |value: i64| if figure.objective.is_minutes() { words::length(value) } else { value.to_string() };
    let proof = if figure.is_proven { "proven" } else { "not proven" };
    vec![
        format!("  {}", figure.objective.words()),
        number(before),
        number(figure.value),
        number(figure.bound),
        proof.to_owned(),
    ]
}

fn gaps(rota: &Rota, plan: &Plan, open: usize) -> String {
    let mut text = String::new();
    if !plan.gaps.is_empty() {
        _ = writeln!(text, "Still uncovered: {}", words::count(open as u64, "gap"));
        let releases = Releases::of(rota);
        plan.gaps.iter().for_each(|gap| text.push_str(&gap_text(rota, gap, &releases)));
        text.push('\n');
    }
    text
}

fn gap_text(rota: &Rota, gap: &Gap, releases: &Releases<'_>) -> String {
    let unit = rota.unit(&gap.unit);
    let tier = unit.and_then(|unit| unit.tiers.iter().find(|tier| tier.id == gap.tier));
    let unit = words::safe(unit.map_or("", |unit| unit.name.as_str())).into_owned();
    let tier = words::inside(&words::safe(tier.map_or("", |tier| tier.name.as_str())));
    let short = if gap.short == 0 { "no senior".to_owned() } else { format!("{} short", gap.short) };
    let mut text = format!("  {unit}, {tier} or above: {short}, {}\n", words::span(rota.zone(), gap.span));
    if let Some(line) = &gap.bottleneck {
        _ = writeln!(text, "    {line}.");
    }
    for release in releases.told(gap) {
        _ = writeln!(text, "    Could be covered {release}.");
    }
    let groups = why_not(gap);
    for (people, why) in groups.iter().take(LINES_MAX) {
        // One person's sentence says more than the kind of reason.
        _ = if let [one] = people[..] {
            writeln!(text, "    {}", one.text)
        } else {
            let who = people.iter().map(|it| rota.person(&it.person).map_or("", |p| p.initials.as_str()));
            writeln!(text, "    {}: {why}", words::safe_up_to(&who.collect::<Vec<_>>().join(", "), 200))
        };
    }
    let left: usize = groups.iter().skip(LINES_MAX).map(|(people, _)| people.len()).sum();
    if left > 0 {
        _ = writeln!(text, "    and {left} more people: --json gives every reason");
    }
    text
}

/// Who cannot close the gap, together with whoever has the same reasons; those with the fewest reasons first.
fn why_not(gap: &Gap) -> Vec<(Vec<&WhyNot>, String)> {
    let mut groups: Vec<(Vec<&WhyNot>, String)> = Vec::new();
    let mut people: Vec<&WhyNot> = gap.people.iter().collect();
    people.sort_by_key(|it| it.reasons.len());
    for it in people {
        let why: Vec<&str> = it.reasons.iter().map(|reason| reason.words()).collect();
        let why = why.join("; ");
        match groups.iter_mut().find(|(_, of)| *of == why) {
            Some((people, _)) => people.push(it),
            None => groups.push((vec![it], why)),
        }
    }
    groups
}

fn prices(rota: &Rota, plan: &Plan) -> String {
    let mut text = String::new();
    for price in &plan.prices {
        let unit = rota.unit(&price.unit).map_or("", |unit| unit.name.as_str());
        let who = rota.person(&price.person).map_or("", |person| person.initials.as_str());
        _ = writeln!(
            text,
            "  {}: {} {} costs {} and {}",
            words::safe(unit),
            words::safe(who),
            words::span(rota.zone(), price.span),
            words::count(price.operations.unsigned_abs(), "operation"),
            words::count(price.appointments.unsigned_abs(), "appointment"),
        );
    }
    if text.is_empty() { text } else { format!("Most costly cover, by unit\n{text}\n") }
}
