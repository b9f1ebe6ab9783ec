//! How long a full check takes, and one after an edit: `cargo bench --bench check` prints the table.

mod sizes;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cover_rota::checker::{Checker, Gap, check, coverage, who_could};
use cover_rota::model::{Assignment, Change, Command, History, Rota, Status};
use sizes::{L, S, Size, XL};

/// Each line is measured for so long, and at least so many times.
const MEASURED: Duration = Duration::from_millis(1_500);
const TIMES_MIN: usize = 20;

fn main() {
    println!("| what | must | median | 99 % under | times |");
    println!("|---|---|---|---|---|");
    for (size, must) in [(S, None), (L, Some(0.5)), (XL, Some(3.0))] {
        let rota = sizes::rota(size);
        row(&format!("full check, {}", describe(size, &rota)), must, || timed(|| check(&rota)));
    }
    for (size, must) in [(S, None), (L, None), (XL, Some(0.1))] {
        let (mut history, mut number) = (History::new(sizes::rota(size)), 0);
        let mut checker = Checker::new(history.rota());
        row(&format!("re-check after one edit, {}", size.name), must, || {
            number += 1;
            let command = Command::status("edit", edit(history.rota(), number));
            let step = history.run(command).expect("a sound edit").expect("an edit that changes something");
            timed(|| checker.update(history.rota(), &step.inverse))
        });
        assert_eq!(*checker.report(), check(history.rota()), "the two agree after all those edits");
    }
    let rota = sizes::rota(XL);
    let (window, unit) = (rota.windows[0].id.clone(), rota.units[0].id.clone());
    let gap = Gap { post: rota.posts[3].id.clone(), span: rota.windows[0].span };
    let checker = Checker::new(&rota);
    row("who could, XL", None, || timed(|| checker.who_could(&rota, &gap)));
    row("who could, XL, from nothing", None, || timed(|| who_could(&rota, &gap)));
    row("cover of one unit and window, XL", None, || timed(|| checker.coverage(&rota, &window, &unit)));
    row("cover of one unit and window, XL, from nothing", None, || timed(|| coverage(&rota, &window, &unit)));
}

fn describe(size: Size, rota: &Rota) -> String {
    let findings = check(rota).findings.len();
    format!(
        "{} ({} people × {} days × {} posts; {} assignments, {findings} findings)",
        size.name,
        size.people,
        size.days,
        size.posts,
        rota.assignments.len()
    )
}

/// Every other edit moves somebody on in status; the others give an assignment to somebody else, or shorten it.
fn edit(rota: &Rota, number: usize) -> Vec<Change> {
    let old = &rota.assignments[number * 37 % rota.assignments.len()];
    let next = match old.status {
        Status::Proposed => Status::Asked,
        Status::Asked | Status::Declined => Status::Agreed,
        Status::Agreed => Status::Proposed,
    };
    let other = rota.people[number * 101 % rota.people.len()].id.clone();
    let edited = match number % 4 {
        0 if old.person != other => Assignment { person: other, ..old.clone() },
        1 if old.span.minutes() > 60 => {
            let mut shorter = old.clone();
            shorter.span.to = shorter.span.to.plus(-15);
            shorter
        }
        _ => Assignment { status: next, ..old.clone() },
    };
    vec![Change::replace(edited)]
}

fn timed<T>(what: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(what());
    start.elapsed()
}

/// Measures and prints one line of the table.
fn row(what: &str, must: Option<f64>, mut once: impl FnMut() -> Duration) {
    let began = Instant::now();
    let mut times: Vec<Duration> = Vec::new();
    while times.len() < TIMES_MIN || began.elapsed() < MEASURED {
        times.push(once());
    }
    times.sort_unstable();
    let ms = |at: usize| format!("{:.3} ms", times[at].as_secs_f64() * 1_000.0);
    let must = must.map_or_else(|| "–".to_owned(), |must| format!("{must} ms"));
    println!("| {what} | {must} | {} | {} | {} |", ms(times.len() / 2), ms(times.len() * 99 / 100), times.len());
}
