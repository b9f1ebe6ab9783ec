//! Two checkers, one page: the program's own against the slow one in `oracle`, over random rotas.
//!
//! The long run is one command; it says how far it is, and stops at the first rota on which the two disagree, made as
//! small as it will go:
//! `COVER_ROTA_SEEDS=1000000 cargo test --release --test it second_checker -- --nocapture`.
//! `COVER_ROTA_FIRST_SEED` begins elsewhere, so that one seed can be tried again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use cover_rota::checker::{self, Code, Finding, Report, Verdict};
use cover_rota::file::{self, Header};
use cover_rota::model::{Rota, Zone};

use crate::oracle::{self, Answer, Row, UnitAnswer};
use crate::random::{self, Trick};

/// So many seeds where nothing else is asked for.
const SEEDS: u64 = 2_000;

#[test]
fn second_checker() {
    let asked = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect("a number of seeds"));
    let first: u64 = asked("COVER_ROTA_FIRST_SEED").unwrap_or(0);
    let seeds = asked("COVER_ROTA_SEEDS").unwrap_or(SEEDS);
    let next = AtomicU64::new(first);
    let stop = AtomicBool::new(false);
    let failed: Mutex<Option<u64>> = Mutex::new(None);
    let tally: Mutex<Tally> = Mutex::default();
    let worker = || {
        while !stop.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + seeds {
                break;
            }
            if (seed - first).is_multiple_of(20_000) && seed > first {
                println!("{} of {seeds} random rotas, no disagreement", seed - first);
            }
            let (rota, tricks) = random::made(seed);
            let answer = oracle::judge(&rota);
            tally.lock().expect("no panic").count(&answer, &tricks);
            let report = checker::check(&rota);
            if answer != answer_of(&report) || !is_in_order(&rota, &report) {
                stop.store(true, Ordering::Relaxed);
                failed.lock().expect("no panic").get_or_insert(seed);
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for i in 0..cores {
            let thread = std::thread::Builder::new().name(format!("checkers {i}"));
            thread.spawn_scoped(scope, worker).expect("a thread");
        }
    });
    if let Some(seed) = *failed.lock().expect("no panic") {
        panic!("{}", disagreement(seed));
    }
    println!("{seeds} random rotas from seed {first}: no disagreement\n{}", tally.lock().expect("no panic"));
}

/// How often what was met in the random rotas, each by the overall verdicts.
#[derive(Default)]
struct Tally {
    /// Rotas with this trick, or this finding; the empty name is all of them.
    rotas: BTreeMap<String, BTreeMap<Verdict, u64>>,
}

impl Tally {
    fn count(&mut self, answer: &Answer, tricks: &BTreeSet<Trick>) {
        let found = answer.rows.iter().map(|row| format!("{} {:?}", row.code, row.severity));
        let mut names: BTreeSet<String> = found.chain(tricks.iter().map(|trick| format!("{trick:?}"))).collect();
        names.insert(String::new());
        for name in names {
            *self.rotas.entry(name).or_default().entry(answer.verdict).or_default() += 1;
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verdicts =
            [Verdict::Covered, Verdict::IfAgreed, Verdict::Errors, Verdict::NoNormalStaffing, Verdict::Short];
        write!(f, "{:<26}", "random rotas with")?;
        verdicts.iter().try_for_each(|verdict| write!(f, "{:>17}", format!("{verdict:?}")))?;
        for (name, counts) in &self.rotas {
            write!(f, "\n{:<26}", if name.is_empty() { "anything" } else { name })?;
            verdicts.iter().try_for_each(|verdict| write!(f, "{:>17}", counts.get(verdict).unwrap_or(&0)))?;
        }
        Ok(())
    }
}

/// What the program's own checker says.
fn own_answer(rota: &Rota) -> Answer {
    let report = checker::check(rota);
    for finding in &report.findings {
        assert!(finding.severity >= finding.code.rule().worst, "{} is worse than its rule says", finding.code);
    }
    answer_of(&report)
}

/// By window, unit (none last), code and time.
fn is_in_order(rota: &Rota, report: &Report) -> bool {
    let place = |finding: &Finding| {
        let window = finding.window.as_ref().map(|id| rota.windows.iter().position(|w| w.id == *id));
        let unit = finding.unit.as_ref().map(|id| rota.units.iter().position(|u| u.id == *id));
        (window.is_none(), window, unit.is_none(), unit, finding.code, finding.span)
    };
    report.findings.is_sorted_by_key(place)
}

fn answer_of(report: &Report) -> Answer {
    let units = report.units.iter().map(|unit| UnitAnswer {
        window: unit.window.to_string(),
        unit: unit.unit.to_string(),
        verdict: unit.verdict,
        normal_minutes: unit.normal_minutes,
        short_minutes: unit.short_minutes,
        short_minutes_if_agreed: unit.short_minutes_if_agreed,
    });
    let mut rows: Vec<Row> = report.findings.iter().map(row_of).collect();
    rows.sort();
    let exit_status = u8::from(report.verdict != Verdict::Covered);
    Answer { verdict: report.verdict, exit_status, units: units.collect(), rows }
}

fn row_of(finding: &Finding) -> Row {
    fn sorted<T: ToString>(ids: &[T]) -> Vec<String> {
        let mut names: Vec<String> = ids.iter().map(ToString::to_string).collect();
        names.sort();
        names
    }
    let mut not_counted: Vec<(String, Vec<Code>)> =
        finding.not_counted.iter().map(|n| (n.person.to_string(), n.why.clone())).collect();
    not_counted.sort();
    Row {
        window: finding.window.as_ref().map(ToString::to_string),
        unit: finding.unit.as_ref().map(ToString::to_string),
        code: finding.code,
        severity: finding.severity,
        span: finding.span.map(|span| (span.from.0, span.to.0)),
        tier: finding.tier.as_ref().map(ToString::to_string),
        posts: sorted(&finding.posts),
        people: sorted(&finding.people),
        not_counted,
        sessions: sorted(&finding.sessions),
        need: finding.need.map(u64::from),
        have: finding.have.map(u64::from),
        have_if_agreed: finding.have_if_agreed.map(u64::from),
        short: finding.short.map(u64::from),
    }
}

/// The smallest rota of that seed on which the two still disagree, and over what.
fn disagreement(seed: u64) -> String {
    let rota = shrunk(random::rota(seed));
    let mut text = format!("seed {seed}: the two checkers disagree. Made smaller:\n");
    text += &String::from_utf8_lossy(&file::write(&rota, &Header::default()));
    if !is_in_order(&rota, &checker::check(&rota)) {
        text += "the findings are out of order\n";
    }
    text += &difference(&oracle::judge(&rota), &own_answer(&rota), rota.zone());
    text
}

/// Lines with what only one of them says.
fn difference(page: &Answer, own: &Answer, zone: Zone) -> String {
    let mut text = String::new();
    for (who, this, other) in [("only docs/checker.md, slowly", page, own), ("only the program", own, page)] {
        let _ = writeln!(text, "{who}:");
        if this.verdict != other.verdict {
            let _ = writeln!(text, "  overall {:?}", this.verdict);
        }
        for unit in this.units.iter().filter(|unit| !other.units.contains(unit)) {
            let _ = writeln!(text, "  {unit:?}");
        }
        let mut others = other.rows.clone();
        for row in &this.rows {
            if let Some(same) = others.iter().position(|o| o == row) {
                others.remove(same);
                continue;
            }
            let span = row.span.map(|(from, to)| {
                let civil = |minute| zone.civil(cover_rota::model::Instant(minute)).local;
                format!("{} to {}", civil(from), civil(to))
            });
            let _ = writeln!(text, "  {} {:?} {}\n    {row:?}", row.code, row.severity, span.unwrap_or_default());
        }
    }
    text
}

/// Drops what can be dropped while the two still disagree over the same codes (or more).
fn shrunk(mut rota: Rota) -> Rota {
    let matters = differing(&rota);
    loop {
        let smaller = smaller_ones(&rota).into_iter().find(|smaller| {
            let differs = differing(smaller);
            cover_rota::model::faults(smaller).is_empty()
                && !differs.is_empty()
                && (differs.iter().all(|d| matters.contains(d)))
        });
        match smaller {
            Some(smaller) => rota = smaller,
            None => return rota,
        }
    }
}

/// The codes over which the two disagree, and "verdict" where they disagree over a figure or a verdict.
fn differing(rota: &Rota) -> Vec<String> {
    if !cover_rota::model::faults(rota).is_empty() {
        return vec![];
    }
    let (page, own) = (oracle::judge(rota), own_answer(rota));
    let mut differing = Vec::new();
    if (page.verdict, &page.units) != (own.verdict, &own.units) {
        differing.push("verdict".to_owned());
    }
    for (this, other) in [(&page, &own), (&own, &page)] {
        let only = this.rows.iter().filter(|row| {
            let count = |rows: &[Row]| rows.iter().filter(|r| r == row).count();
            count(&this.rows) > count(&other.rows)
        });
        differing.extend(only.map(|row| row.code.to_string()));
    }
    differing
}

/// The same rota with one thing less, for each thing. Some of them are unsound.
fn smaller_ones(rota: &Rota) -> Vec<Rota> {
    let mut all = Vec::new();
    let mut without = |count: usize, drop: &dyn Fn(&mut Rota, usize)| {
        for i in 0..count {
            let mut smaller = rota.clone();
            drop(&mut smaller, i);
            all.push(smaller);
        }
    };
    without(rota.assignments.len(), &|r, i| drop(r.assignments.remove(i)));
    without(rota.sessions.len(), &|r, i| drop(r.sessions.remove(i)));
    without(rota.windows.len(), &|r, i| drop(r.windows.remove(i)));
    without(rota.people.len(), &|r, i| {
        let gone = r.people.remove(i).id;
        r.assignments.retain(|a| a.person != gone);
        for session in &mut r.sessions {
            session.team.retain(|p| *p != gone);
        }
    });
    without(rota.posts.len(), &|r, i| {
        let gone = r.posts.remove(i).id;
        r.assignments.retain(|a| a.post != gone);
        for normal in &mut r.normals {
            normal.staffing.retain(|line| line.post != gone);
        }
        for said in r.people.iter_mut().flat_map(|p| &mut p.may_cover) {
            said.only.retain(|q| *q != gone);
        }
    });
    without(rota.units.len(), &|r, i| {
        let gone = r.units.remove(i).id;
        for person in &mut r.people {
            person.may_cover.retain(|m| m.unit != gone);
        }
        for normal in &mut r.normals {
            normal.closed.retain(|u| *u != gone);
            normal.shut.retain(|shut| shut.unit != gone);
        }
    });
    for p in 0..rota.people.len() {
        without(rota.people[p].duties.len(), &|r, i| drop(r.people[p].duties.remove(i)));
        without(rota.people[p].availability.len(), &|r, i| {
            r.people[p].availability.remove(i);
        });
        without(rota.people[p].may_cover.len(), &|r, i| drop(r.people[p].may_cover.remove(i)));
        without(rota.people[p].competencies.len(), &|r, i| drop(r.people[p].competencies.remove(i)));
    }
    for s in 0..rota.sessions.len() {
        without(rota.sessions[s].team.len(), &|r, i| drop(r.sessions[s].team.remove(i)));
    }
    for n in 0..rota.normals.len() {
        without(rota.normals[n].staffing.len(), &|r, i| drop(r.normals[n].staffing.remove(i)));
        without(rota.normals[n].shut.len(), &|r, i| drop(r.normals[n].shut.remove(i)));
        without(1, &|r, _| r.normals[n].example = false);
    }
    without(rota.normals.len(), &|r, i| drop(r.normals.remove(i)));
    without(rota.posts.len(), &|r, i| r.posts[i].requires.clear());
    without(rota.units.len(), &|r, i| drop(r.units[i].tiers.pop()));
    without(rota.competencies.len(), &|r, i| drop(r.competencies.remove(i)));
    all.retain(|smaller| smaller != rota);
    all
}
