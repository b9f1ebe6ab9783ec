//! Rotas as large and as odd as the format allows, through the real program: how long, and how much memory.
//!
//! `cargo bench --bench hostile` writes each file into a folder of its own, runs `check`, `check --json` and
//! `plan --seconds 2` on it, and prints a table. Words after `--` choose files by their names.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cover_rota::file;

/// Longer than this nothing is waited for.
const PATIENCE: Duration = Duration::from_mins(2);
const CALLS: &[&[&str]] = &[&["check"], &["check", "--json"], &["plan", "--seconds", "2"]];
/// A file may be nearly as large as the largest that is read.
const TEXT_MAX: usize = file::SIZE_MAX as usize - 1024;

/// A name, and the text of the file.
type Shape = (&'static str, fn() -> String);

const SHAPES: &[Shape] = &[
    ("2,000 people, 28 days, 200 posts", hospital),
    ("50,000 namesakes", namesakes),
    ("duties of one person", duties_of_one),
    ("assignments of one person", assignments_of_one),
    ("1,610 posts in one unit", || one_unit(1_610)),
    ("2,000 posts in one unit", || one_unit(2_000)),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let dir = tempfile::tempdir().expect("a folder for the files");
    println!("A call must take at most half a second over the time asked for, and 1 GiB.\n");
    println!("| file | size | call | exit status | time | memory |");
    println!("|---|---|---|---|---|---|");
    for (name, text) in SHAPES.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| name.contains(w))) {
        let path = dir.path().join("hostile.ron");
        let text = text();
        std::fs::write(&path, &text).expect("room for the file");
        for call in CALLS {
            let Run { status, took, memory } = run(call, &path);
            let status = status.map_or_else(|| "stopped".to_owned(), |status| status.to_string());
            let memory = memory.map_or_else(|| "not known".to_owned(), |mb| format!("{mb} MB"));
            let (megabytes, call) = (text.len() as f64 / 1e6, call.join(" "));
            println!("| {name} | {megabytes:.1} MB | {call} | {status} | {:.1} s | {memory} |", took.as_secs_f64());
        }
    }
}

/// How one call went.
struct Run {
    /// `None` where it had to be stopped, or ended by itself without a status.
    status: Option<i32>,
    took: Duration,
    /// The most it had at once, in megabytes; Linux only.
    memory: Option<u64>,
}

fn run(call: &[&str], path: &Path) -> Run {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cover-rota"))
        .arg(call[0])
        .arg(path)
        .args(&call[1..])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut memory = None;
    loop {
        memory = most_megabytes(&child).or(memory);
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            return Run { status: status.code(), took: began.elapsed(), memory };
        }
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Run { status: None, took: began.elapsed(), memory };
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The most memory it ever had: `None` elsewhere than on Linux, and once it has ended.
fn most_megabytes(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// The parts of a rota as text; what is left out is empty.
#[derive(Default)]
struct Parts {
    windows: String,
    units: String,
    posts: String,
    staffing: String,
    people: String,
    assignments: String,
}

impl Parts {
    fn text(self) -> String {
        let Self { windows, units, posts, staffing, people, assignments } = self;
        format!(
            "(format:\"cover-rota\",version:1,rota:(title:\"Hostile\",hospital:\"\",zone:\"Europe/London\",\
             windows:[{windows}],units:[{units}],posts:[{posts}],\
             normals:[(id:\"n\",name:\"\",staffing:[{staffing}])],people:[{people}],sessions:[],\
             assignments:[{assignments}]))"
        )
    }

    fn window(&mut self, number: usize, from: &str, to: &str) {
        let _ = write!(self.windows, "(id:\"w{number}\",label:\"\",from:\"{from}\",to:\"{to}\",normal:\"n\"),");
    }

    fn unit(&mut self, number: usize) {
        let _ = write!(self.units, "(id:\"u{number}\",name:\"Unit {number}\",tiers:[(id:\"t\",name:\"\")]),");
    }

    /// With one doctor on it at all hours.
    fn post(&mut self, number: usize, unit: usize) {
        let _ = write!(self.posts, "(id:\"q{number}\",unit:\"u{unit}\",name:\"Post {number}\",tier:\"t\"),");
        let _ = write!(self.staffing, "(post:\"q{number}\",from:\"00:00\",to:\"00:00\",count:1),");
    }

    /// May cover one unit; the duties as text.
    fn person(&mut self, number: usize, name: &str, unit: usize, duties: &str) {
        let _ = write!(
            self.people,
            "(id:\"p{number}\",initials:\"{name}\",family:\"{name}\",given:\"\",grade:\"\",specialty:\"\",rules:Wtr,\
             may_cover:[(unit:\"u{unit}\",up_to:\"t\")],usually:NotKnown,duties:[{duties}]),"
        );
    }

    fn assignment(&mut self, number: usize, post: usize, person: usize, from: &str, to: &str) {
        let _ = write!(
            self.assignments,
            "(id:\"a{number}\",post:\"q{post}\",person:\"p{person}\",from:\"{from}\",to:\"{to}\",status:Agreed),"
        );
    }
}

const FROM: &str = "2016-04-26T08:00";
const TO: &str = "2016-04-26T17:00";

/// So many hours after the first one of 2001, as the file writes it, in months of 28 days and without summer time.
fn hour(number: usize) -> String {
    let (day, hour) = (number / 16, number % 16 + 6);
    let (month, day) = (day / 28, day % 28 + 1);
    format!("{}-{:02}-{day:02}T{hour:02}:00", 2001 + month / 12, month % 12 + 1)
}

fn hospital() -> String {
    let mut parts = Parts::default();
    for day in 1..=28 {
        parts.window(day, &format!("2016-02-{day:02}T08:00"), &format!("2016-02-{day:02}T20:00"));
    }
    (0..10).for_each(|unit| parts.unit(unit));
    (0..200).for_each(|post| parts.post(post, post / 20));
    (0..2_000).for_each(|person| parts.person(person, &format!("P{person}"), person % 10, ""));
    parts.text()
}

fn namesakes() -> String {
    let mut parts = Parts::default();
    parts.window(0, FROM, TO);
    parts.unit(0);
    parts.post(0, 0);
    for person in 0..50_000 {
        parts.person(person, "AA", 0, "");
        parts.assignment(person, 0, person, FROM, TO);
    }
    parts.text()
}

fn duties_of_one() -> String {
    let mut parts = Parts::default();
    parts.window(0, "2010-04-26T08:00", "2010-04-26T17:00");
    parts.unit(0);
    parts.post(0, 0);
    parts.assignment(0, 0, 0, "2010-04-26T08:00", "2010-04-26T17:00");
    let mut duties = String::new();
    for number in 0.. {
        if duties.len() > TEXT_MAX - 2_000 {
            break;
        }
        let (from, to) = (hour(number * 2 % 500_000), hour(number * 2 % 500_000 + 1));
        let _ = write!(duties, "(from:\"{from}\",to:\"{to}\",kind:Resident,label:\"\"),");
    }
    parts.person(0, "AA", 0, &duties);
    parts.text()
}

fn assignments_of_one() -> String {
    let mut parts = Parts::default();
    parts.window(0, "2010-04-26T08:00", "2010-04-26T17:00");
    parts.unit(0);
    parts.post(0, 0);
    parts.person(0, "AA", 0, "");
    for number in 0.. {
        if parts.assignments.len() > TEXT_MAX - 2_000 {
            break;
        }
        parts.assignment(number, 0, 0, &hour(number * 2), &hour(number * 2 + 1));
    }
    parts.text()
}

fn one_unit(posts: usize) -> String {
    let mut parts = Parts::default();
    parts.window(0, FROM, TO);
    parts.unit(0);
    (0..posts).for_each(|post| parts.post(post, 0));
    (0..posts).for_each(|person| parts.person(person, &format!("P{person}"), 0, ""));
    parts.text()
}
