//! Windows and clocks: elsewhere, too long, overlapping, at midnight, and when the clocks change.

use cover_rota::model::Zone;

use super::made::{add_line, add_window, assign, at, covered, normal, on, person, span, staffed, time};
use super::{AS_MADE, Case};
use cover_rota::model::Rota;

/// The same rota through one night, 20:00 to 08:00, of these days.
fn night(rota: &mut Rota, evening: &str, morning: &str) {
    staffed(rota, "20:00", "08:00");
    let span = span(rota, &format!("{evening}T20:00"), &format!("{morning}T08:00"));
    rota.windows[0].span = span;
    rota.assignments.iter_mut().for_each(|a| a.span = span);
}

/// The night of 2016 at whose end the clocks go back has 13 hours.
fn long_night(rota: &mut Rota) {
    night(rota, "2016-10-29", "2016-10-30");
}

fn short_night(rota: &mut Rota) {
    night(rota, "2016-03-26", "2016-03-27");
}

pub(super) const CASES: &[Case] = &[
    ("an empty rota", AS_MADE, |r| *r = Rota::empty()),
    ("no window", AS_MADE, |r| r.windows.clear()),
    ("no unit", AS_MADE, |r| {
        let empty = Rota::empty();
        let windows = std::mem::take(&mut r.windows);
        normal(r).staffing.clear();
        *r = Rota { windows, normals: std::mem::take(&mut r.normals), ..empty };
    }),
    ("windows a week later than everybody", AS_MADE, |r| {
        let span = span(r, "2016-05-03T08:00", "2016-05-03T17:00");
        r.windows[0].span = span;
    }),
    ("everybody is there the day before", AS_MADE, |r| {
        let span = span(r, "25T08:00", "25T17:00");
        r.assignments.iter_mut().for_each(|a| a.span = span);
    }),
    ("everybody is there the year after", AS_MADE, |r| {
        let span = span(r, "2017-04-26T08:00", "2017-04-26T17:00");
        r.assignments.iter_mut().for_each(|a| a.span = span);
    }),
    ("the window ends an hour after everybody", AS_MADE, |r| {
        r.windows[0].span.to = at(r, "26T18:00");
    }),
    ("the window begins a minute before everybody", AS_MADE, |r| {
        r.windows[0].span.from = at(r, "26T07:59");
    }),
    (
        "the window begins a minute before everybody, who are needed all day",
        |r| staffed(r, "00:00", "00:00"),
        |r| r.windows[0].span.from = at(r, "26T07:59"),
    ),
    ("a second day with nobody", AS_MADE, |r| add_window(r, "27T08:00", "27T17:00", "n")),
    ("a second day for which nothing is entered", AS_MADE, |r| add_window(r, "27T08:00", "27T17:00", "other")),
    ("a window of one minute for which nothing is entered", AS_MADE, |r| {
        add_window(r, "26T17:00", "26T17:01", "n");
    }),
    ("two windows at once, of which one needs more", AS_MADE, |r| {
        add_window(r, "26T10:00", "26T12:00", "other");
        let lines = r.normals[0].staffing.clone();
        r.normals[1].staffing = lines;
        r.normals[1].staffing[0].count = 2;
    }),
    ("two windows at once, of which one is an example", AS_MADE, |r| {
        add_window(r, "26T10:00", "26T12:00", "other");
        let lines = r.normals[0].staffing.clone();
        r.normals[1].staffing = lines;
        r.normals[1].example = true;
    }),
    ("two windows at once, and one has no staffing", AS_MADE, |r| add_window(r, "26T10:00", "26T12:00", "other")),
    (
        "nobody for the first minute of the second window",
        |r| {
            add_window(r, "26T17:00", "26T20:00", "n");
            staffed(r, "08:00", "20:00");
            for (post, who) in [("sho", "a"), ("mg", "b"), ("cons", "c"), ("home", "d")] {
                assign(r, post, who, "26T17:00", "26T20:00");
            }
        },
        |r| r.assignments[4].span.from = at(r, "26T17:01"),
    ),
    ("nobody after midnight", |r| night(r, "26", "27"), |r| on(r, "sho").span.to = at(r, "27T00:00")),
    ("staffing stops at midnight", |r| night(r, "26", "27"), |r| staffed(r, "20:00", "00:00")),
    ("the night is entered as the day", |r| night(r, "26", "27"), |r| staffed(r, "08:00", "20:00")),
    ("twelve hours of a night of thirteen", long_night, |r| {
        let to = r.windows[0].span.from.plus(12 * 60);
        on(r, "sho").span.to = to;
    }),
    ("nobody in the second of two hours", long_night, |r| {
        let first = at(r, "2016-10-30T01:00");
        on(r, "mg").span.to = first.plus(60);
        assign(r, "mg", "b", "2016-10-30T02:00", "2016-10-30T08:00");
    }),
    (
        "one more in the hour that happens twice, who comes for the first",
        |r| {
            long_night(r);
            add_line(r, "sho", "01:00", "02:00", 1);
            assign(r, "sho", "e", "2016-10-30T01:00", "2016-10-30T02:00");
        },
        |r| {
            let last = r.assignments.len() - 1;
            r.assignments[last].span.to = r.assignments[last].span.from.plus(60);
        },
    ),
    ("staffed only in the hour that the clocks skip", short_night, |r| staffed(r, "01:00", "02:00")),
    ("the hospital lies elsewhere", AS_MADE, |r| r.properties.zone = Zone::named("America/New_York").expect("a zone")),
    (
        "a day and a night, and a minute between them",
        |r| {
            night(r, "26", "27");
            add_window(r, "26T08:00", "26T20:00", "other");
            r.normals[1].staffing.clone_from(&covered().normals[0].staffing);
            for line in &mut r.normals[1].staffing {
                (line.from, line.to) = (time("08:00"), time("20:00"));
            }
            for id in ["a", "b", "c", "d"] {
                let mut twin = person(r, id).clone();
                twin.id = cover_rota::model::PersonId::new(&format!("{id}2")).expect("an id");
                twin.initials = format!("{id}2");
                twin.family = format!("Other{id}");
                r.people.push(twin);
            }
            for (post, who) in [("sho", "a2"), ("mg", "b2"), ("cons", "c2"), ("home", "d2")] {
                assign(r, post, who, "26T08:00", "26T20:00");
            }
        },
        |r| r.assignments[4].span.to = at(r, "26T19:59"),
    ),
];
