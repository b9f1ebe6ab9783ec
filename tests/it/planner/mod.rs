//! The planner against PLANNER.md: in small hospitals every plan that the page permits is tried, and every plan is judged
//! by the checker.
//!
//! The long run is one command: `COVER_ROTA_HOSPITALS=10000 cargo test --release --test it planner`;
//! `COVER_ROTA_FIRST_HOSPITAL` begins elsewhere, so that one seed can be tried again.

mod count;
mod enumeration;
mod hospitals;
mod hours;
pub mod laws;
mod page;

/// So many hospitals where nothing else is asked for.
const SEEDS: u64 = 60;

#[test]
fn small_hospitals_are_planned_as_the_page_says() {
    let asked = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect("a number of seeds"));
    let first: u64 = asked("COVER_ROTA_FIRST_HOSPITAL").unwrap_or(0);
    let seeds = asked("COVER_ROTA_HOSPITALS").unwrap_or(SEEDS);
    let next = std::sync::atomic::AtomicU64::new(first);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let failed = std::sync::Mutex::new(Vec::new());
    let worker = || {
        loop {
            let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let found = if seed < first + seeds { laws::faults(seed) } else { break };
            if !found.is_empty() {
                failed.lock().expect("no panic").push((seed, found));
            }
        }
    };
    std::thread::scope(|scope| (0..cores).for_each(|_| _ = scope.spawn(worker)));
    let mut failed = failed.into_inner().expect("no panic");
    failed.sort();
    if let Some((seed, _)) = failed.first() {
        let (rota, scope, best) = laws::small(*seed);
        let file = cover_rota::file::write(&rota, &cover_rota::file::Header::default());
        let faults: Vec<String> =
            failed.iter().map(|(seed, faults)| format!("seed {seed}: {}", faults.join("\n  "))).collect();
        panic!("{}\n{scope:?}, best {best:?}\n{}", String::from_utf8_lossy(&file), faults.join("\n"));
    }
}

#[test]
fn random_hospitals_are_sound() {
    for seed in 0..200 {
        assert_eq!(cover_rota::model::faults(&hospitals::hospital(seed, 0).0), [], "seed {seed}");
    }
}
