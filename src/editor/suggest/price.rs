//! What a proposal costs in clinics and operations, and what is proven of it.

use std::collections::BTreeMap;

use crate::model::{Rota, SessionId, words};
use crate::planner::{Figure, Objective, Part, Plan};

/// Operations and appointments that a proposal postpones more (or, where negative, fewer) than the rota as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Price {
    /// Inpatient and day case.
    pub operations: i64,
    /// Outpatient.
    pub appointments: i64,
    /// Sessions postponed that were not.
    pub postponed: usize,
    /// Sessions that run after all.
    pub restored: usize,
    /// The same by specialty: operations and appointments.
    by_specialty: BTreeMap<String, (i64, i64)>,
}

impl Price {
    pub(super) fn of(rota: &Rota, part: &Part) -> Self {
        let mut price = Self { postponed: part.postpone.len(), restored: part.restore.len(), ..Self::default() };
        let mut add = |ids: &[SessionId], sign: i64| {
            for session in ids.iter().filter_map(|id| rota.session(id)) {
                let (operations, appointments) =
                    (sign * i64::from(session.operations()), sign * i64::from(session.appointments));
                price.operations += operations;
                price.appointments += appointments;
                let name = words::safe(session.specialty.trim()).into_owned();
                let of = price.by_specialty.entry(name).or_default();
                *of = (of.0 + operations, of.1 + appointments);
            }
        };
        add(&part.postpone, 1);
        add(&part.restore, -1);
        price
    }

    /// Such as `Costs 9 appointments more and no operation.`
    #[must_use]
    pub fn text(&self) -> String {
        match (self.operations, self.appointments) {
            (0, 0) if self.postponed == 0 && self.restored == 0 => {
                "Costs nothing: no session is postponed for it.".to_owned()
            }
            (0, 0) => "Costs as many operations and appointments as now.".to_owned(),
            (operations, appointments) if operations >= 0 && appointments >= 0 => {
                let more = |number: i64, noun: &str| match number {
                    0 => format!("no {noun}"),
                    _ => format!("{} more", counted(number, noun)),
                };
                // What is postponed stands first.
                if appointments > 0 {
                    format!("Costs {} and {}.", more(appointments, "appointment"), more(operations, "operation"))
                } else {
                    format!("Costs {} and {}.", more(operations, "operation"), more(appointments, "appointment"))
                }
            }
            (operations, appointments) => {
                let change = |number: i64, noun: &str| match number {
                    0 => format!("as many {noun}s"),
                    _ if number > 0 => format!("{} more", counted(number, noun)),
                    _ => format!("{} fewer", counted(-number, noun)),
                };
                let mut parts = [change(operations, "operation"), change(appointments, "appointment")];
                if operations == 0 {
                    parts.reverse();
                }
                format!("Postpones {} and {}.", parts[0], parts[1])
            }
        }
    }

    /// The same by specialty, where it costs anything; such as `Orthopaedics 9 appointments; Urology 2 operations`.
    #[must_use]
    pub fn specialties(&self) -> String {
        let signed = |number: i64, noun: &str| {
            let sign = if number < 0 { "−" } else { "" };
            (number != 0).then(|| format!("{sign}{}", counted(number.abs(), noun)))
        };
        let one = |(name, (operations, appointments)): (&String, &(i64, i64))| {
            let name = if name.is_empty() { "No specialty" } else { name };
            let parts: Vec<String> = [signed(*operations, "operation"), signed(*appointments, "appointment")]
                .into_iter()
                .flatten()
                .collect();
            (!parts.is_empty()).then(|| format!("{name} {}", parts.join(" and ")))
        };
        self.by_specialty.iter().filter_map(one).collect::<Vec<_>>().join("; ")
    }
}

pub(super) fn counted(number: i64, noun: &str) -> String {
    words::count(number.unsigned_abs(), noun)
}

/// A figure as it stands in the table: a length or a number.
#[must_use]
pub fn figure_text(objective: Objective, value: i64) -> String {
    if objective.is_minutes() && value != 0 { words::length(value) } else { value.to_string() }
}

/// Whether no plan is better, in words; and whether that is proven.
#[must_use]
pub fn proof_text(plan: &Plan) -> (bool, String) {
    let figures = &plan.figures[..Objective::PROVEN.min(plan.figures.len())];
    let is_short = figures.iter().any(|f| f.objective.is_minutes() && f.value > 0);
    let Some(open) = figures.iter().find(|figure| !figure.is_proven) else {
        let text = if is_short {
            "no plan under these rules leaves less uncovered, and none that leaves as little postpones fewer."
        } else {
            "no plan under these rules postpones fewer."
        };
        return (true, text.to_owned());
    };
    (false, format!("Best found so far; {}.", possible(open)))
}

/// How much better it could be at the most.
fn possible(figure: &Figure) -> String {
    let most = (figure.value - figure.bound).max(0);
    let name = words::inside(figure.objective.words());
    if most == 0 {
        return format!("it is not known whether another is better ({name})");
    }
    if figure.objective.is_minutes() {
        format!("at most {} less possible ({name})", words::length(most))
    } else {
        format!("at most {most} fewer possible ({name})")
    }
}
