//! Normal staffing that hides a gap: left out, partial, an example, shut, closed, raised unseen.

use cover_rota::model::{PersonId, TierId, UnitId};

use super::made::{
    add_line, add_post, add_unit, assign, at, line, normal, on, only, person, post, shut, staffed, time,
};
use super::{AS_MADE, Case};

fn ae() -> UnitId {
    UnitId::new("ae").expect("an id")
}

pub(super) const CASES: &[Case] = &[
    ("no staffing lines", AS_MADE, |r| normal(r).staffing.clear()),
    ("lines that need nobody", AS_MADE, |r| normal(r).staffing.iter_mut().for_each(|line| line.count = 0)),
    ("staffing begins at noon", AS_MADE, |r| staffed(r, "12:00", "17:00")),
    ("staffing ends an hour early", AS_MADE, |r| staffed(r, "08:00", "16:00")),
    ("staffing begins a minute late", AS_MADE, |r| staffed(r, "08:01", "17:00")),
    ("staffing is that of the night", AS_MADE, |r| staffed(r, "20:00", "08:00")),
    ("staffing is for one minute", AS_MADE, |r| staffed(r, "12:00", "12:01")),
    ("a minute at noon for which nobody is entered", AS_MADE, |r| {
        staffed(r, "08:00", "12:00");
        for id in ["sho", "mg", "cons", "home"] {
            add_line(r, id, "12:01", "17:00", 1);
        }
    }),
    ("only the post held from home is staffed", AS_MADE, |r| {
        normal(r).staffing.retain(|line| line.post.as_str() == "home");
    }),
    ("example figures", AS_MADE, |r| normal(r).example = true),
    ("example figures, and shut all day", |r| shut(r, "ae", "00:00", "00:00"), |r| normal(r).example = true),
    ("the unit is closed", AS_MADE, |r| normal(r).closed.push(ae())),
    ("the unit is closed and shut", AS_MADE, |r| {
        normal(r).closed.push(ae());
        shut(r, "ae", "00:00", "00:00");
    }),
    ("shut all day with nobody entered", AS_MADE, |r| {
        normal(r).staffing.clear();
        shut(r, "ae", "00:00", "00:00");
    }),
    ("shut all day with lines, and nobody there", |r| shut(r, "ae", "00:00", "00:00"), |r| r.assignments.clear()),
    (
        "shut just when somebody is missing",
        |r| shut(r, "ae", "12:00", "13:00"),
        |r| {
            on(r, "mg").span.to = at(r, "26T12:00");
            assign(r, "mg", "b", "26T13:00", "26T17:00");
        },
    ),
    (
        "the hours of another unit are shut",
        |r| {
            staffed(r, "09:00", "17:00");
            shut(r, "ae", "08:00", "09:00");
            add_unit(r, "icu");
            add_post(r, "icu", "icu");
            add_line(r, "icu", "08:00", "17:00", 1);
            assign(r, "icu", "e", "26T08:00", "26T17:00");
        },
        |r| normal(r).shut[0].unit = UnitId::new("icu").expect("an id"),
    ),
    (
        "shut a minute less than nobody is entered",
        |r| {
            staffed(r, "09:00", "17:00");
            shut(r, "ae", "22:00", "09:00");
        },
        |r| normal(r).shut[0].to = time("08:59"),
    ),
    (
        "shut hours the wrong way round",
        |r| {
            staffed(r, "09:00", "17:00");
            shut(r, "ae", "17:00", "09:00");
        },
        |r| {
            let shut = &mut normal(r).shut[0];
            (shut.from, shut.to) = (shut.to, shut.from);
        },
    ),
    ("one more is normally there", AS_MADE, |r| line(r, "sho").count = 2),
    ("a crowd is normally there", AS_MADE, |r| line(r, "sho").count = 100_000),
    ("a second line of the same post adds up", AS_MADE, |r| add_line(r, "cons", "08:00", "17:00", 1)),
    ("one more for the first minute", AS_MADE, |r| add_line(r, "sho", "08:00", "08:01", 1)),
    ("one more for the last minute", AS_MADE, |r| add_line(r, "sho", "16:59", "17:00", 1)),
    ("a unit without posts", AS_MADE, |r| add_unit(r, "icu")),
    ("a unit without staffing", AS_MADE, |r| {
        add_unit(r, "icu");
        add_post(r, "icu", "icu");
        assign(r, "icu", "e", "26T08:00", "26T17:00");
    }),
    (
        "a second unit that nobody covers",
        |r| {
            add_unit(r, "icu");
            normal(r).closed.push(UnitId::new("icu").expect("an id"));
            add_post(r, "icu", "icu");
            add_line(r, "icu", "08:00", "17:00", 1);
        },
        |r| normal(r).closed.clear(),
    ),
    ("a post has gone to another unit", AS_MADE, |r| {
        add_unit(r, "icu");
        let (icu, any) = (UnitId::new("icu").expect("an id"), TierId::new("any").expect("an id"));
        (post(r, "sho").unit, post(r, "sho").tier) = (icu, any);
    }),
    (
        "a post at the door is covered by two at the back",
        |r| {
            add_post(r, "ae", "door");
            assign(r, "door", "e", "26T08:00", "26T17:00");
            post(r, "sho").essential = true;
        },
        |r| r.assignments.retain(|a| a.post.as_str() != "sho"),
    ),
    (
        "the post that asks for a skill is empty, and another has two",
        |r| {
            assign(r, "cons", "e", "26T08:00", "26T17:00");
            line(r, "mg").count = 0;
        },
        |r| {
            r.assignments.retain(|a| a.post.as_str() != "mg");
            line(r, "mg").count = 1;
        },
    ),
    (
        "tiers the other way round",
        |r| {
            r.units[0].senior_from = None;
            on(r, "mg").person = PersonId::new("e").expect("an id");
        },
        |r| r.units[0].tiers.reverse(),
    ),
    (
        "a junior beside the juniors instead of a senior",
        |r| {
            line(r, "sho").count = 2;
            assign(r, "sho", "e", "26T08:00", "26T17:00");
        },
        |r| {
            line(r, "sho").count = 1;
            line(r, "cons").count = 2;
        },
    ),
    (
        "no senior, though each post is filled",
        |r| {
            r.units[0].senior_from = Some(TierId::new("mg").expect("an id"));
            normal(r).staffing.retain(|line| line.post.as_str() != "cons");
            r.assignments.retain(|a| a.post.as_str() != "cons");
        },
        |r| r.units[0].senior_from = Some(TierId::new("cons").expect("an id")),
    ),
    ("the senior may cover one post only", AS_MADE, |r| only(r, "c", &["cons"])),
    (
        "the senior may cover each post by name, and so no unit",
        |r| assign(r, "sho", "e", "26T08:00", "26T17:00"),
        |r| {
            only(r, "c", &["sho", "mg", "cons", "home"]);
            person(r, "e").may_cover[0].up_to = TierId::new("mg").expect("an id");
        },
    ),
];
