//! A small rota for the tests of the grid, and a drawing of the grid as text.

use std::fmt::Write as _;

use chrono::NaiveDateTime;

use super::cells::{self, Edit, Sheet};
use super::refused::Refused;
use super::{Cell, CellRange, Grid, GridRow, GridWindow, Slots, clipboard};
use crate::model::{
    Assignment, AssignmentId, Availability, History, Instant, MayCover, Normal, NormalId, Person, PersonId, Post,
    PostId, Rota, Span, StaffingLine, Status, Tier, TierId, Unit, UnitId, Window, WindowId,
};

/// The moment at which London clocks show `text`, such as `2016-04-26T08:00`; a bare `08:00` is on that day.
pub(crate) fn at(text: &str) -> Instant {
    let text = if text.len() == 5 { format!("2016-04-26T{text}") } else { text.to_owned() };
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").unwrap();
    crate::model::Zone::LONDON.instant(local, false).unwrap()
}

pub(crate) fn span(from: &str, to: &str) -> Span {
    Span::new(at(from), at(to))
}

pub(crate) fn window_id() -> WindowId {
    WindowId::new("w1").unwrap()
}

pub(crate) fn person_id(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

pub(crate) fn post_id(id: &str) -> PostId {
    PostId::new(id).unwrap()
}

pub(crate) fn assignment_id(id: &str) -> AssignmentId {
    AssignmentId::new(id).unwrap()
}

pub(crate) fn assignment(id: &str, post: &str, person: &str, when: Span, status: Status) -> Assignment {
    Assignment { status, ..Assignment::new(assignment_id(id), post_id(post), person_id(person), when) }
}

pub(crate) fn person(id: &str, family: &str) -> Person {
    Person {
        family: family.to_owned(),
        grade: "Consultant".to_owned(),
        usually: Availability::Available,
        ..Person::new(person_id(id), id.to_uppercase())
    }
}

/// A&E with a consultant (need 1), middle grades (need 2, from 10:00; 1 before) and an SHO that nobody normally is,
/// Tue 26-Apr-2016 08:00–17:00.
pub(crate) fn rota() -> Rota {
    let unit = UnitId::new("ae").unwrap();
    let tier = |id: &str, name: &str| Tier { id: TierId::new(id).unwrap(), name: name.to_owned() };
    let post = |id: &str, name: &str, tier: &str| Post {
        bleep: "2145".to_owned(),
        ..Post::new(post_id(id), unit.clone(), TierId::new(tier).unwrap(), name)
    };
    let line = |post: &str, from: &str, to: &str, count| StaffingLine {
        post: post_id(post),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        count,
    };
    let normal = NormalId::new("weekday").unwrap();
    Rota {
        windows: vec![Window {
            id: window_id(),
            label: "Day 1".to_owned(),
            span: span("08:00", "17:00"),
            normal: normal.clone(),
        }],
        units: vec![Unit {
            handovers: vec!["13:00".parse().unwrap()],
            ..Unit::new(
                unit.clone(),
                "A&E",
                vec![tier("sho", "SHO"), tier("mg", "Middle grade"), tier("cons", "Consultant")],
            )
        }],
        posts: vec![post("sho", "SHO", "sho"), post("mg", "Middle grade", "mg"), post("cons", "Consultant", "cons")],
        normals: vec![Normal {
            staffing: vec![
                line("cons", "08:00", "17:00", 1),
                line("mg", "08:00", "17:00", 1),
                line("mg", "10:00", "18:00", 1),
            ],
            ..Normal::new(normal, "Normal weekday")
        }],
        people: vec![
            person("hg", "Grant"),
            person("kp", "Pereira"),
            person("rs", "Sethi"),
            person("an", "Nwosu"),
            person("mw", "Whitlock"),
        ],
        ..Rota::empty()
    }
}

/// The same rota where everybody may cover everything.
pub(crate) fn able() -> Rota {
    let mut rota = rota();
    for person in &mut rota.people {
        person.may_cover = vec![MayCover::up_to(rota.units[0].id.clone(), rota.units[0].tiers[2].id.clone())];
    }
    rota
}

/// Adds a second day, `w2`, compared with the same normal day.
pub(crate) fn with_day(mut rota: Rota, span: Span) -> Rota {
    let day = Window { id: WindowId::new("w2").unwrap(), span, ..rota.windows[0].clone() };
    rota.windows.push(day);
    rota
}

/// Adds an assignment without a command.
pub(crate) fn with(mut rota: Rota, id: &str, post: &str, person: &str, from: &str, to: &str, status: Status) -> Rota {
    rota.assignments.push(assignment(id, post, person, span(from, to), status));
    rota
}

/// KP on the first lane of the middle grades all day, RS on the second with edges that are off the zoom.
pub(crate) fn filled() -> Rota {
    let rota = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
    with(rota, "a2", "mg", "rs", "10:20", "13:40", Status::Asked)
}

/// One line a lane, one column a slot: `KP`, `KP?` asked, `KP*` proposed, `###` gap, `.` nobody normally, several with
/// `/` between them; `+1` after a lane that is over normal; who declined in brackets.
pub(crate) fn drawn(grid: &Grid, rota: &Rota, minutes: i64) -> String {
    let mut text = String::new();
    for window in &grid.windows {
        text.push_str(&drawn_window(window, rota, minutes));
    }
    text
}

fn drawn_window(window: &GridWindow, rota: &Rota, minutes: i64) -> String {
    let slots = Slots::new(window.span, rota.zone(), minutes);
    let mut text = String::new();
    for post in window.units.iter().flat_map(|unit| &unit.posts) {
        for lane in &post.lanes {
            let mut line = format!("{:<5}|", post.id.as_str());
            for slot in slots.iter() {
                let mut parts: Vec<(Instant, String)> = Vec::new();
                for block in lane.blocks.iter().filter(|block| block.span.overlaps(slot)) {
                    let sign = match block.status {
                        Status::Proposed => "*",
                        Status::Asked => "?",
                        Status::Agreed => "",
                        Status::Declined => "!",
                    };
                    parts.push((block.span.from, block.person.as_str().to_uppercase() + sign));
                }
                parts.extend(lane.gaps.iter().filter(|gap| gap.overlaps(slot)).map(|gap| (gap.from, "###".to_owned())));
                parts.extend(lane.idle.iter().filter(|gap| gap.overlaps(slot)).map(|gap| (gap.from, ".".to_owned())));
                parts.sort();
                let cell: Vec<String> = parts.into_iter().map(|(_, part)| part).collect();
                let _ = write!(line, "{:<5}", cell.join("/"));
            }
            line.push('|');
            if lane.over > 0 {
                let _ = write!(line, " +{}", lane.over);
            }
            for block in &lane.declined {
                let _ = write!(line, " ({})", block.person.as_str().to_uppercase());
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// A rectangle of 60-minute cells between two corners, each a post, a lane and the hour it starts at.
pub(crate) fn range(post: &str, lane: usize, from: &str, last_post: &str, last_lane: usize, last: &str) -> CellRange {
    let cell = |post: &str, lane, from: &str| {
        let row = GridRow { unit: UnitId::new("ae").unwrap(), post: post_id(post), lane };
        Cell { row, at: at(from), until: at(from).plus(60) }
    };
    CellRange { window: window_id(), anchor: cell(post, lane, from), last: cell(last_post, last_lane, last) }
}

/// A rota with its history and its lanes, to run edits on.
pub(crate) struct TestSheet {
    history: History,
    pub grid: Grid,
    pub window: WindowId,
    random: u128,
}

impl TestSheet {
    pub(crate) fn new(rota: Rota) -> Self {
        let grid = Grid::new(&rota, None);
        let window = rota.windows[0].id.clone();
        Self { history: History::new(rota), grid, window, random: 0 }
    }

    pub(crate) fn rota(&self) -> &Rota {
        self.history.rota()
    }

    pub(crate) fn shown(&self) -> &GridWindow {
        self.grid.window(&self.window).unwrap()
    }

    pub(crate) fn slots(&self, minutes: i64) -> Slots {
        Slots::new(self.shown().span, self.rota().zone(), minutes)
    }

    /// Runs an edit, checks that the model takes it, and gives its notes.
    pub(crate) fn run(
        &mut self,
        edit: impl FnOnce(&mut Sheet<'_>) -> Result<Edit, Refused>,
    ) -> Result<Vec<String>, Refused> {
        let random = &mut self.random;
        let mut chance = || {
            *random += 1;
            *random
        };
        let mut sheet =
            Sheet { rota: self.history.rota(), grid: &self.grid, window: &self.window, random: &mut chance };
        let edit = edit(&mut sheet)?;
        self.history.run(edit.command).unwrap();
        self.grid = Grid::with_wishes(self.history.rota(), Some(&self.grid), &edit.wishes);
        Ok(edit.notes)
    }

    pub(crate) fn undo(&mut self) -> Option<String> {
        let step = self.history.undo()?;
        self.grid = Grid::new(self.history.rota(), Some(&self.grid));
        Some(step.label)
    }

    pub(crate) fn copied(&self, range: &CellRange) -> String {
        clipboard::copy(self.rota(), self.shown(), self.slots(60), range).unwrap()
    }

    pub(crate) fn with_headings(&self, range: &CellRange) -> String {
        let doc = super::Document::unsaved(self.rota().clone());
        clipboard::copy_with_headings(&doc, self.shown(), self.slots(60), range, at("07:00")).unwrap()
    }

    pub(crate) fn paste(&mut self, range: &CellRange, text: &str) -> Vec<String> {
        let slots = self.slots(60);
        self.run(|sheet| clipboard::paste(sheet, slots, range, text)).unwrap()
    }

    pub(crate) fn drawn(&self, minutes: i64) -> String {
        drawn(&self.grid, self.rota(), minutes)
    }

    /// Every assignment of a post as `KP* 08:00–10:00`, by start.
    pub(crate) fn spans_on(&self, post: &str) -> Vec<String> {
        let mut all: Vec<&Assignment> = self.rota().assignments.iter().filter(|a| a.post == post_id(post)).collect();
        all.sort_by_key(|a| (a.span.from, a.person.clone()));
        let text =
            |a: &&Assignment| format!("{} {} {:?}", a.person, cells::times(self.rota().zone(), a.span), a.status);
        all.iter().map(text).collect()
    }
}
