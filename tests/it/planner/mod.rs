//! The planner against `docs/planner.md`: in small hospitals every plan that the page permits is tried, and every plan
//! is judged by the checker.
//!
//! The long run is one command: `COVER_ROTA_HOSPITALS=10000 cargo test --release --test it planner`;
//! `COVER_ROTA_FIRST_HOSPITAL` begins elsewhere, so that one seed can be tried again.

mod count;
mod enumeration;
mod fewest;
mod hospitals;
mod hours;
pub(crate) mod laws;
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

/// Hospitals in which hours and rest forbid much, and where something went wrong once.
#[test]
fn whoever_is_tired_does_not_keep_a_plan_from_being_proven() {
    use cover_rota::planner::{NoDeadline, plan};
    // Three trainees over five nights; a senior doctor at work who must not change places with one on call.
    for seed in [294, 427, 609, 938] {
        let (rota, scope) = hospitals::hospital(seed, 0);
        assert!(plan(&rota, &scope, &NoDeadline).is_optimal(), "seed {seed}");
    }
}

/// A place that two windows ask for is one place, and takes one person.
#[test]
fn windows_that_overlap_share_their_places() {
    for seed in [5991, 6481, 6596] {
        assert_eq!(laws::faults(seed), Vec::<String>::new(), "seed {seed}");
    }
}

/// Minutes that each unit in each window is short if all agree.
fn short(rota: &cover_rota::model::Rota) -> Vec<u64> {
    cover_rota::checker::check(rota).units.iter().map(|unit| unit.short_minutes_if_agreed).collect()
}

/// What no rule permits any more goes from a plan though nobody comes for it; apart from that no tick makes it worse.
#[test]
fn no_part_of_a_plan_leaves_a_unit_shorter_than_it_is() {
    use cover_rota::model::{History, Rota};
    use cover_rota::planner::{NoDeadline, Part, plan, settle};
    let after = |rota: &Rota, part: &Part| {
        let mut history = History::new(rota.clone());
        history.run(part.command(rota, "x", Vec::new())).expect("it can be done");
        short(history.rota())
    };
    let (mut prevented, mut parts) = (0, 0);
    for seed in 0..240 {
        let (rota, scope) = hospitals::hospital(seed, 0);
        let plan = plan(&rota, &scope, &NoDeadline);
        let items = plan.items(&rota);
        if items.len() > 7 {
            continue;
        }
        let whole = after(&rota, &plan.part(&items, &vec![true; items.len()]));
        let most: Vec<u64> = short(&rota).into_iter().zip(whole).map(|(now, whole)| now.max(whole)).collect();
        let is_worse = |ticked: &[bool]| {
            after(&rota, &plan.part(&items, ticked)).iter().zip(&most).any(|(then, most)| then > most)
        };
        for bits in 0..1_u32 << items.len() {
            let mut ticked: Vec<bool> = (0..items.len()).map(|at| bits & (1 << at) != 0).collect();
            let asked = ticked.clone();
            settle(&items, &mut ticked);
            if ticked == asked {
                assert!(!is_worse(&ticked), "seed {seed}: {ticked:?} of {items:?}");
                parts += 1;
            } else {
                prevented += usize::from(is_worse(&asked));
            }
        }
    }
    assert!(prevented > 5 && parts > 200, "{prevented} prevented, {parts} parts");
}
