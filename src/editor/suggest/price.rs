//! What a proposal costs in clinics and operations.

use std::collections::BTreeMap;

use crate::model::{Rota, Session, SessionId, SessionState, words};
use crate::planner::{Objective, Part};

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
    /// Sessions that are to be postponed already, and stay so.
    pub already: usize,
    /// The same by specialty: operations and appointments.
    by_specialty: BTreeMap<String, (i64, i64)>,
}

impl Price {
    pub(super) fn of(rota: &Rota, part: &Part) -> Self {
        let stays = |s: &&Session| s.state == SessionState::ToPostpone && !part.restore.contains(&s.id);
        let mut price = Self {
            postponed: part.postpone.len(),
            restored: part.restore.len(),
            already: rota.sessions.iter().filter(stays).count(),
            ..Self::default()
        };
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

    /// Such as `Postpones 9 more appointments, no operations.`
    pub fn text(&self) -> String {
        let (operations, appointments) = (self.operations, self.appointments);
        let more = |number: i64, noun: &str| format!("{number} more {noun}{}", if number == 1 { "" } else { "s" });
        let fewer = |number: i64, noun: &str| counted(-number, noun);
        match (operations.signum(), appointments.signum()) {
            (0, 0) if self.postponed == 0 && self.restored == 0 && self.already > 0 => {
                "Nothing more needs to be postponed.".to_owned()
            }
            (0, 0) if self.postponed == 0 && self.restored == 0 => "Nothing needs to be postponed.".to_owned(),
            (0, 0) => "Operations and appointments unchanged.".to_owned(),
            (0, 1) => format!("Postpones {}, no operations.", more(appointments, "appointment")),
            (1, 0) => format!("Postpones {}, no appointments.", more(operations, "operation")),
            (1, 1) => {
                format!("Postpones {} and {}.", more(operations, "operation"), more(appointments, "appointment"))
            }
            (0, _) => format!("Saves {}; operations unchanged.", fewer(appointments, "appointment")),
            (_, 0) => format!("Saves {}; appointments unchanged.", fewer(operations, "operation")),
            (1, _) => {
                format!("Saves {}; postpones {}.", fewer(appointments, "appointment"), more(operations, "operation"))
            }
            (_, 1) => {
                format!("Saves {}; postpones {}.", fewer(operations, "operation"), more(appointments, "appointment"))
            }
            (..) => format!("Saves {} and {}.", fewer(operations, "operation"), fewer(appointments, "appointment")),
        }
    }

    /// The same by specialty, where it costs anything; such as `Orthopaedics 9 appointments; Urology 2 operations`.
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
pub fn figure_text(objective: Objective, value: i64) -> String {
    if objective.is_minutes() && value != 0 { words::length(value) } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_what_is_saved_and_what_is_postponed() {
        let text =
            |operations, appointments| Price { operations, appointments, postponed: 1, ..Price::default() }.text();
        assert_eq!(Price::default().text(), "Nothing needs to be postponed.");
        let already = Price { already: 1, ..Price::default() };
        assert_eq!(already.text(), "Nothing more needs to be postponed.");
        assert_eq!(text(0, 22), "Postpones 22 more appointments, no operations.");
        assert_eq!(text(1, 0), "Postpones 1 more operation, no appointments.");
        assert_eq!(text(2, 1), "Postpones 2 more operations and 1 more appointment.");
        assert_eq!(text(0, -24), "Saves 24 appointments; operations unchanged.");
        assert_eq!(text(-2, 0), "Saves 2 operations; appointments unchanged.");
        assert_eq!(text(-2, -24), "Saves 2 operations and 24 appointments.");
        assert_eq!(text(1, -9), "Saves 9 appointments; postpones 1 more operation.");
        assert_eq!(text(-1, 9), "Saves 1 operation; postpones 9 more appointments.");
    }
}
