//! `sitrep`: doctors present at given times of day by unit and grade against a normal day, and what is postponed.

use std::collections::BTreeSet;

use super::format::{Choice, Choices, Document, Format, NotExported, Source};
use super::shifts::{as_of, date, time};
use super::stopped::cannot_run;
use super::table::{Cell, Table};
use crate::checker::{Context, CoverStep, Elective, UnitVerdict, coverage_in};
use crate::model::{Instant, PersonId, Post, Rota, Session, SessionState, Tier, TimeOfDay, Unit, Window};

pub(super) const FORMAT: Format = Format {
    name: "sitrep",
    ending: "csv",
    title: "Daily return (CSV)",
    purpose: "Doctors present at 09:00, or at other times, by unit and grade against a normal day, and operations and appointments postponed",
    readers: "managers, the region and NHS England: it names nobody",
    choices: &[Choice::Times],
    is_folder: false,
    write,
};

const HEADINGS: [&str; 13] = [
    "Hospital", "Region", "Date", "Time", "Return", "Unit", "Grade", "Normal", "Now", "If all agree",
    "Short or postponed", "Note", "As of",
];

fn write(source: &Source<'_>, choices: &Choices) -> Result<Vec<Document>, NotExported> {
    let mut table = Table::new(&HEADINGS);
    present(source, choices, &mut table);
    postponed(source, &mut table)?;
    table.rows.iter_mut().for_each(|row| row.push(as_of(source).into()));
    Ok(Document::only(table.csv()))
}

/// Somebody's place in the return: a grade, and whether its posts are held from home.
type Grade<'a> = (&'a Tier, bool);

/// A row for each day, time, unit and grade; days and units in which nothing can be said have one that says why.
fn present(source: &Source<'_>, choices: &Choices, table: &mut Table) {
    let rota = source.rota;
    let ctx = Context::new(rota);
    for (at_window, window) in rota.windows.iter().enumerate() {
        let covers: Vec<Vec<CoverStep>> =
            rota.units.iter().map(|unit| coverage_in(&ctx, &window.id, &unit.id)).collect();
        // A time that was asked for twice is told once.
        for of_day in choices.times.iter().collect::<BTreeSet<_>>() {
            let moments = moments(rota, window, *of_day);
            if moments.is_empty() {
                let when = [date(rota, window.span.from).into(), of_day.to_string().into()];
                let note = format!("{of_day} is not in the walkout times of {}", name_of_day(rota, window));
                table.rows.push(row(rota, when, "Doctors present", ["", ""], [const { Cell::Empty }; 4], &note));
            }
            for at in moments {
                for (at_unit, (unit, steps)) in rota.units.iter().zip(&covers).enumerate() {
                    let verdict = &source.report.units[at_window * rota.units.len() + at_unit];
                    let step = steps.iter().find(|step| step.span.contains(at));
                    of_unit(rota, at, (unit, verdict, step), table);
                }
            }
        }
    }
}

fn name_of_day(rota: &Rota, window: &Window) -> String {
    if window.label.is_empty() { date(rota, window.span.from) } else { window.label.clone() }
}

/// When clocks show that time of day in the window: twice on the day they go back.
fn moments(rota: &Rota, window: &Window, of_day: TimeOfDay) -> Vec<Instant> {
    let next = TimeOfDay::from_minutes((of_day.minutes() + 1) % (24 * 60)).unwrap_or(of_day);
    rota.zone().daily_parts(window.span, of_day, next).into_iter().map(|part| part.from).collect()
}

fn of_unit(
    rota: &Rota,
    at: Instant,
    (unit, verdict, step): (&Unit, &UnitVerdict, Option<&CoverStep>),
    table: &mut Table,
) {
    let note = note(verdict, at);
    for grade in grades(rota, unit) {
        let (tier, on_call) = grade;
        let count = step.map_or_else(Count::default, |step| Count::of(rota, step, grade));
        let figures = match note {
            // With nothing to compare with, nobody is said to be missing: silence is not taken for zero.
            Some(Note::NotOpen | Note::NotEntered) => [Cell::Empty, count.now(), count.if_agreed(), Cell::Empty],
            _ => [count.normal.into(), count.now(), count.if_agreed(), count.normal.saturating_sub(count.now).into()],
        };
        let kind = if on_call { "Doctors on call from home" } else { "Doctors present" };
        let when = [date(rota, at).into(), time(rota, at).into()];
        table.rows.push(row(rota, when, kind, [&unit.name, &tier.name], figures, note.map_or("", Note::words)));
    }
}

/// Why a figure is not what it seems.
#[derive(Debug, Clone, Copy)]
enum Note {
    NotOpen,
    NotEntered,
    Example,
}

impl Note {
    fn words(self) -> &'static str {
        match self {
            Self::NotOpen => "the unit is closed on this day",
            Self::NotEntered => "normal staffing not entered for this time",
            Self::Example => "figures of the normal day not agreed",
        }
    }
}

fn note(verdict: &UnitVerdict, at: Instant) -> Option<Note> {
    if verdict.verdict == crate::checker::Verdict::Closed {
        Some(Note::NotOpen)
    } else if verdict.not_compared.iter().any(|span| span.contains(at)) {
        Some(Note::NotEntered)
    } else {
        verdict.is_example.then_some(Note::Example)
    }
}

/// The grades of a unit, highest first, as on the sheet; those with posts held from home once more.
fn grades<'a>(rota: &Rota, unit: &'a Unit) -> Vec<Grade<'a>> {
    let has_posts = |tier: &Tier, on_call| {
        rota.posts.iter().any(|post| post.unit == unit.id && post.tier == tier.id && post.on_call == on_call)
    };
    let present = unit.tiers.iter().rev().map(|tier| (tier, false));
    let on_call = unit.tiers.iter().rev().filter(|tier| has_posts(tier, true)).map(|tier| (tier, true));
    present.chain(on_call).collect()
}

/// Doctors of one grade at one moment.
#[derive(Debug, Default)]
struct Count {
    normal: u32,
    now: u32,
    if_agreed: u32,
}

impl Count {
    fn of(rota: &Rota, step: &CoverStep, (tier, on_call): Grade<'_>) -> Self {
        let is_of_grade = |post: &&Post| post.tier == tier.id && post.on_call == on_call;
        let posts = step.posts.iter().filter(|it| rota.post(&it.post).as_ref().is_some_and(is_of_grade));
        let mut normal = 0_u32;
        let (mut now, mut if_agreed) = (BTreeSet::<&PersonId>::new(), BTreeSet::<&PersonId>::new());
        for post in posts {
            normal = normal.saturating_add(post.need);
            now.extend(&post.counts);
            if_agreed.extend(&post.counts_if_agreed);
        }
        let number = |all: BTreeSet<&PersonId>| u32::try_from(all.len()).unwrap_or(u32::MAX);
        Self { normal, now: number(now), if_agreed: number(if_agreed) }
    }

    fn now(&self) -> Cell {
        self.now.into()
    }

    fn if_agreed(&self) -> Cell {
        self.if_agreed.into()
    }
}

/// Operations and appointments: planned, those that certainly go ahead, and postponed. What is to be postponed, or whose
/// doctor cannot be there, is neither: it is counted in the note.
fn postponed(source: &Source<'_>, table: &mut Table) -> Result<(), NotExported> {
    let report = source.report;
    let counted = |it: &Elective| [it.inpatient, it.day_case, it.appointments];
    let [running, to_postpone, postponed] = [&report.running, &report.to_postpone, &report.postponed].map(counted);
    let stopped = cannot_run(source)?;
    let is_stopped = |it: &&Session| it.state == SessionState::Running && stopped.contains_key(&it.id);
    let mut open = [0_u64; 3];
    for session in source.rota.sessions.iter().filter(is_stopped) {
        let patients = [session.inpatient, session.day_case, session.appointments];
        open.iter_mut().zip(patients).for_each(|(sum, patients)| *sum += u64::from(patients));
    }
    for (at, kind) in ["Inpatient operations", "Day-case operations", "Outpatient appointments"].iter().enumerate() {
        let [running, to_postpone, postponed, open] = [running[at], to_postpone[at], postponed[at], open[at]];
        let certain = running - open;
        let figures = [running + to_postpone + postponed, certain, certain, postponed].map(Cell::from);
        let mut notes = vec!["all days of the walkout".to_owned()];
        notes.extend((to_postpone > 0).then(|| format!("{to_postpone} more are to be postponed; nobody has been told")));
        notes.extend((open > 0).then(|| format!("{open} more not decided: a doctor cannot be there")));
        let when = [Cell::Empty, Cell::Empty];
        table.rows.push(row(source.rota, when, kind, ["", ""], figures, &notes.join("; ")));
    }
    Ok(())
}

fn row(rota: &Rota, when: [Cell; 2], kind: &str, [unit, grade]: [&str; 2], figures: [Cell; 4], note: &str) -> Vec<Cell> {
    let place = [rota.properties.hospital.as_str(), rota.properties.region.as_str()].map(Cell::from);
    let about = [kind, unit, grade].map(Cell::from);
    place.into_iter().chain(when).chain(about).chain(figures).chain([note.into()]).collect()
}
