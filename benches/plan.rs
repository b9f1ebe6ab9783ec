//! How long a plan takes, by size: what the README's table of speed says it must, and what was measured.
//!
//! Each size twice: a draft with gaps, and the same hospital with nobody on any post and every session running, where
//! half of the doctors have a clinic or a list each day.

mod sizes;

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use cover_rota::model::{Rota, Session, SessionId, SessionState};
use cover_rota::planner::{Desk, Figure, Objective, Progress, Scope, plan};

/// Two cores and a minute.
struct TwoCores(Instant);

impl Desk for TwoCores {
    fn time_left(&self) -> Duration {
        Duration::from_mins(1).saturating_sub(self.0.elapsed())
    }

    fn progress(&self, _: &Progress) {}

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        let jobs = Mutex::new(jobs.into_iter());
        let next = || jobs.lock().expect("no job panics").next();
        let work = || {
            while let Some(job) = next() {
                job();
            }
        };
        thread::scope(|scope| {
            scope.spawn(work);
            work();
        });
    }
}

/// Nobody on any post; a session for every second person on every day.
fn emptied(mut rota: Rota) -> Rota {
    rota.assignments.clear();
    rota.sessions.iter_mut().for_each(|session| session.state = SessionState::Running);
    let Some(pattern) = rota.sessions.first().cloned() else { return rota };
    let days: Vec<_> = rota.windows.iter().map(|window| window.span.from).collect();
    for (day, from) in days.into_iter().enumerate() {
        for person in (0..rota.people.len()).filter(|at| (at + day).is_multiple_of(2)) {
            let number = rota.sessions.len();
            rota.sessions.push(Session {
                id: SessionId::new(&format!("more-{number}")).expect("generated ids are ids"),
                team: vec![rota.people[person].id.clone()],
                span: cover_rota::model::Span::new(
                    from.plus(60),
                    from.plus(if number.is_multiple_of(3) { 480 } else { 240 }),
                ),
                appointments: 5 + (number % 17) as u32,
                day_case: u32::from(number.is_multiple_of(7)) * 4,
                protected: number.is_multiple_of(19),
                ..pattern.clone()
            });
        }
    }
    rota
}

/// How many of the objectives are proven.
fn proven(figures: &[Figure]) -> String {
    format!("{}/{}", figures.iter().filter(|figure| figure.is_proven).count(), figures.len())
}

fn main() {
    println!(
        "{:<10} {:>8} {:>10} {:>10} {:>11} {:>8} {:>8}",
        "size", "must", "median", "slowest", "proven", "ops", "appts"
    );
    let all = [(sizes::S, "0.1 s", 9), (sizes::L, "2 s", 5), (sizes::XL, "5 s", 3)];
    for (size, must, times) in all {
        let draft = sizes::rota(size);
        for (kind, rota) in [("draft", draft.clone()), ("empty", emptied(draft))] {
            let mut taken: Vec<Duration> = Vec::new();
            let mut found = None;
            for _ in 0..times {
                let begun = Instant::now();
                found = Some(plan(&rota, &Scope::everything(), &TwoCores(begun)));
                taken.push(begun.elapsed());
            }
            taken.sort();
            let Some(plan) = found else { continue };
            let value = |objective: Objective| {
                plan.figures.iter().find(|figure| figure.objective == objective).map_or(0, |figure| figure.value)
            };
            println!(
                "{:<10} {must:>8} {:>8.3} s {:>8.3} s {:>11} {:>8} {:>8}",
                format!("{} {kind}", size.name),
                taken[taken.len() / 2].as_secs_f64(),
                taken[taken.len() - 1].as_secs_f64(),
                format!("{}, {}", proven(&plan.figures[..7]), proven(&plan.figures)),
                value(Objective::Operations),
                value(Objective::Appointments),
            );
        }
    }
}
