//! Objective 9: as few people as possible newly used whose availability is not known. Days of tasks are made here, as
//! in the published problem of fewest shifts (Krishnamoorthy, Ernst and Baatar 2012): each task has its time and some
//! people who may do it, and it is known how few people are enough.

use std::fmt::Write as _;

use cover_rota::model::Rota;
use cover_rota::planner::{Figure, NoDeadline, Objective, Plan, Scope, plan};

/// Whole numbers by chance from a fixed beginning.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % count
    }
}

/// One task, in minutes from the beginning of the day, and who may do it.
struct Task {
    from: u64,
    to: u64,
    who: Vec<u64>,
}

/// The days of `enough` people cut into tasks, all of them busy at 300 minutes; `more` people besides, and everybody
/// may do a third of all tasks.
fn tasks(enough: u64, more: u64, of_each: u64, chance: &mut Chance) -> Vec<Task> {
    let mut tasks = Vec::new();
    for person in 0..enough {
        let mut edges: Vec<u64> = (0..=of_each).map(|_| chance.below(60) * 10).collect();
        edges.sort_unstable();
        edges.dedup();
        for pair in edges.windows(2) {
            // A pause now and then, but not at 300 minutes.
            let is_pause = chance.below(5) == 0 && !(pair[0]..pair[1]).contains(&300);
            if !is_pause {
                tasks.push(Task { from: pair[0], to: pair[1], who: vec![person] });
            }
        }
        if !tasks.iter().any(|t| t.who == [person] && (t.from..t.to).contains(&300)) {
            tasks.retain(|t| t.who != [person] || t.to <= 300 || t.from >= 310);
            tasks.push(Task { from: 300, to: 310, who: vec![person] });
        }
    }
    for task in &mut tasks {
        let others = (0..enough + more).filter(|person| *person != task.who[0]);
        let able: Vec<u64> = others.filter(|_| chance.below(3) == 0).collect();
        task.who.extend(able);
    }
    tasks
}

/// A rota of one day with a unit for each task, since nobody takes over in the middle of one.
fn rota(tasks: &[Task], people: u64, usually: impl Fn(u64) -> &'static str) -> Rota {
    let clock = |minutes: u64| format!("{:02}:{:02}", 8 + minutes / 60, minutes % 60);
    let mut text =
        "(format: \"cover-rota\", version: 1, rota: (title: \"\", hospital: \"\", region: \"\", zone: \"UTC\",\n\
        windows: [(id: \"w\", label: \"\", from: \"2016-04-26T08:00\", to: \"2016-04-26T18:00\", normal: \"n\")],\n\
        units: ["
            .to_owned();
    let mut add = |part: String| text.push_str(&part);
    for at in 0..tasks.len() {
        add(format!(
            "(id: \"u{at}\", name: \"Task {at}\", tiers: [(id: \"d\", name: \"Doctor\")], senior_from: \"\"),\n"
        ));
    }
    add("], posts: [".to_owned());
    for at in 0..tasks.len() {
        add(format!("(id: \"p{at}\", unit: \"u{at}\", name: \"Task {at}\", tier: \"d\", bleep: \"\"),\n"));
    }
    add("], normals: [(id: \"n\", name: \"\", staffing: [".to_owned());
    for (at, task) in tasks.iter().enumerate() {
        let (from, to) = (clock(task.from), clock(task.to));
        add(format!("(post: \"p{at}\", from: \"{from}\", to: \"{to}\", count: 1),\n"));
    }
    add("])], people: [".to_owned());
    for person in 0..people {
        let mut able = String::new();
        for (at, _) in tasks.iter().enumerate().filter(|(_, task)| task.who.contains(&person)) {
            _ = write!(able, "(unit: \"u{at}\", up_to: \"d\"),");
        }
        add(format!(
            "(id: \"w{person}\", initials: \"W{person}\", family: \"Worker\", given: \"Number {person}\", grade: \"\", \
             specialty: \"\", phone: \"\", rules: Compensatory, may_cover: [{able}], competencies: [], \
             usually: {}),\n",
            usually(person)
        ));
    }
    add("], sessions: [], assignments: []))".to_owned());
    cover_rota::file::read(text.as_bytes()).unwrap_or_else(|fault| panic!("{fault}")).rota
}

fn figure(plan: &Plan, objective: Objective) -> Figure {
    *plan.figures.iter().find(|figure| figure.objective == objective).expect("all thirteen")
}

fn people_not_known(plan: &Plan) -> Figure {
    let settled = plan.figures.iter().take_while(|figure| figure.objective != Objective::PeopleNotKnown);
    settled.for_each(|figure| assert!(figure.value == 0 && figure.is_proven, "{figure:?}"));
    figure(plan, Objective::PeopleNotKnown)
}

/// AN can do both tasks, and so it takes nobody else, though BK comes first for one and CM for the other.
#[test]
fn one_person_does_what_two_could() {
    let tasks = [Task { from: 0, to: 120, who: vec![0, 2] }, Task { from: 180, to: 240, who: vec![1, 2] }];
    let plan = plan(&rota(&tasks, 3, |_| "NotKnown"), &Scope::everything(), &NoDeadline);
    let found = people_not_known(&plan);
    assert_eq!((found.value, found.bound, found.is_proven), (1, 1, true));
}

/// What somebody available can do is not asked of anybody else.
#[test]
fn whoever_is_available_comes_first() {
    let tasks: Vec<Task> = (0..6).map(|at| Task { from: 60 * at, to: 60 * at + 60, who: vec![at, 6, 7] }).collect();
    let usually = |person: u64| if person == 7 { "Available" } else { "NotKnown" };
    let plan = plan(&rota(&tasks, 8, usually), &Scope::everything(), &NoDeadline);
    let found = people_not_known(&plan);
    assert_eq!((found.value, found.is_proven), (0, true));
}

#[test]
fn a_day_of_tasks_takes_as_few_people_as_are_busy_at_once() {
    let mut chance = Chance(2_016);
    for (enough, more, of_each) in [(6, 6, 4), (10, 8, 6), (16, 14, 8), (30, 25, 9)] {
        let tasks = tasks(enough, more, of_each, &mut chance);
        let rota = rota(&tasks, enough + more, |_| "NotKnown");
        let found = plan(&rota, &Scope::everything(), &NoDeadline);
        let figure = people_not_known(&found);
        let is_best = (figure.value, figure.bound, figure.is_proven) == (enough as i64, enough as i64, true);
        assert!(is_best, "{} tasks, {enough} people are enough: {figure:?}", tasks.len());
    }
}

/// Some are available, some are not known: between the bound and everybody, the same twice, and nothing above is dearer.
#[test]
fn the_bound_holds_and_the_plan_is_the_same_again() {
    let mut chance = Chance(27);
    for case in 0..12 {
        let enough = 3 + chance.below(6);
        let tasks = tasks(enough, 4, 4, &mut chance);
        let known = 1 + chance.below(3);
        let rota = rota(&tasks, enough + 4, |person| if person < known { "Available" } else { "NotKnown" });
        let found = plan(&rota, &Scope::everything(), &NoDeadline);
        let figure = people_not_known(&found);
        // Of the days that the tasks were cut from, so many are not of somebody available.
        assert!(figure.bound <= (enough - known.min(enough)) as i64, "case {case}: {figure:?}");
        assert!(
            (figure.bound..=enough as i64 - known.min(enough) as i64 + 1).contains(&figure.value),
            "case {case}: {figure:?}"
        );
        assert_eq!(found, plan(&rota, &Scope::everything(), &NoDeadline), "case {case}");
    }
}
