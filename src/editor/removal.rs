//! Taking records away together with what refers to them, after saying how much that is.

use crate::model::{
    Assignment, Change, Command, MayCover, Normal, NormalId, Person, PersonId, Post, PostId, Rota, Session, Status,
    Unit, UnitId, Window, words,
};

use super::assign::{initials, names, post_name};
use super::dialogs::to_agree_again;
use super::refused::Refused;
use super::removed::Removed;

/// What goes with the record, one sentence each; empty if nothing refers to it.
pub(super) fn goes_with_it(rota: &Rota, what: &Removed) -> Vec<String> {
    match what {
        Removed::Person(id) => person_lines(rota, id),
        Removed::Post(id) => post_lines(rota, id),
        Removed::Unit(id) => unit_lines(rota, id),
        Removed::Sessions(ids) => ids.iter().filter_map(|id| rota.session(id)).map(session_line).collect(),
        Removed::Normal(id) => normal_lines(rota, id),
    }
}

/// The command that takes it away.
///
/// # Errors
/// One sentence: why not.
pub(super) fn remove(rota: &Rota, what: &Removed) -> Result<Command, Refused> {
    let changes = match what {
        Removed::Person(id) => person_changes(rota, id),
        Removed::Post(id) => post_changes(rota, std::slice::from_ref(id)),
        Removed::Unit(id) => unit_changes(rota, id),
        Removed::Sessions(ids) => ids.iter().cloned().map(Change::remove::<Session>).collect(),
        Removed::Normal(id) => normal_changes(rota, id)?,
    };
    Ok(Command::edit(format!("remove {}", name(rota, what)), changes))
}

/// What the record is called.
pub(super) fn name(rota: &Rota, what: &Removed) -> String {
    match what {
        Removed::Person(id) => initials(rota, id),
        Removed::Post(id) => post_name(rota, id),
        Removed::Unit(id) => rota.unit(id).map_or_else(String::new, |u| words::safe(&u.name).into_owned()),
        Removed::Sessions(ids) => match ids.as_slice() {
            [id] => rota.session(id).map_or_else(String::new, |s| words::safe(&s.title).into_owned()),
            _ => words::count(ids.len() as u64, "session"),
        },
        Removed::Normal(id) => rota.normal(id).map_or_else(String::new, |n| words::safe(&n.name).into_owned()),
    }
}

fn person_lines(rota: &Rota, id: &PersonId) -> Vec<String> {
    let shifts = || rota.assignments.iter().filter(|a| a.person == *id);
    let agreed = shifts().filter(|a| a.status == Status::Agreed).count();
    let held = shifts().count() as u64;
    let in_teams = rota.sessions.iter().filter(|s| s.team.contains(id)).count() as u64;
    let mut parts = Vec::new();
    if held > 0 {
        let agreed = if agreed > 0 { format!(" ({agreed} agreed)") } else { String::new() };
        parts.push(format!("{}{agreed}", words::count(held, "shift")));
    }
    if in_teams > 0 {
        parts.push(words::count(in_teams, "session"));
    }
    if parts.is_empty() {
        Vec::new()
    } else {
        vec![format!("{} is taken off {}", initials(rota, id), words::list(&parts))]
    }
}

fn post_lines(rota: &Rota, id: &PostId) -> Vec<String> {
    let mut lines = held_lines(rota, id);
    lines.extend(lapsing(rota, std::slice::from_ref(id)));
    lines
}

fn held_lines(rota: &Rota, id: &PostId) -> Vec<String> {
    let on_it = rota.assignments.iter().filter(|a| a.post == *id).count() as u64;
    let lines = rota.normals.iter().flat_map(|n| &n.staffing).filter(|line| line.post == *id).count() as u64;
    let mut parts = Vec::new();
    if on_it > 0 {
        let who = names(rota, rota.assignments.iter().filter(|a| a.post == *id).map(|a| &a.person));
        parts.push(format!("{} ({who})", words::count(on_it, "shift")));
    }
    if lines > 0 {
        parts.push(words::count(lines, "line") + " of normal staffing");
    }
    if parts.is_empty() { Vec::new() } else { vec![format!("{} loses {}", post_name(rota, id), words::list(&parts))] }
}

/// The normal days that have to be agreed again without the posts, in a sentence.
fn lapsing(rota: &Rota, ids: &[PostId]) -> Option<String> {
    let lapses = |normal: &&Normal| {
        let without = Normal { staffing: Vec::new(), ..(*normal).clone() };
        normal.staffing.iter().any(|line| ids.contains(&line.post)) && to_agree_again(normal, without).example
    };
    let names: Vec<_> =
        rota.normals.iter().filter(|n| !n.example).filter(lapses).map(|n| words::safe(&n.name)).collect();
    (!names.is_empty()).then(|| format!("The figures of {} have to be agreed again", words::list(&names)))
}

fn unit_lines(rota: &Rota, id: &UnitId) -> Vec<String> {
    let posts: Vec<PostId> = rota.posts.iter().filter(|p| p.unit == *id).map(|p| p.id.clone()).collect();
    let name = self::name(rota, &Removed::Unit(id.clone()));
    let mut lines: Vec<String> = lapsing(rota, &posts).into_iter().collect();
    match posts.len() {
        0 => {}
        1 => lines.push(format!("The post of {name} is removed too")),
        many => lines.push(format!("The {many} posts of {name} are removed too")),
    }
    lines.extend(posts.iter().flat_map(|post| held_lines(rota, post)));
    let scope = rota.people.iter().filter(|p| p.may_cover.iter().any(|c| c.unit == *id)).count();
    match scope {
        0 => {}
        1 => lines.push(format!("{name} is taken out of what 1 person may cover")),
        more => lines.push(format!("{name} is taken out of what {more} people may cover")),
    }
    lines
}

fn session_line(session: &Session) -> String {
    let patients = u64::from(session.appointments);
    let operations = u64::from(session.operations());
    let counts = [words::count(patients, "appointment"), words::count(operations, "operation")];
    format!("{}: {}", words::safe(&session.title), counts.join(", "))
}

fn normal_lines(rota: &Rota, id: &NormalId) -> Vec<String> {
    let windows = rota.windows.iter().filter(|w| w.normal == *id).count() as u64;
    match (windows, other_normal(rota, id)) {
        (0, _) | (_, None) => Vec::new(),
        (_, Some(other)) => vec![format!(
            "{} compared with it: from then on with {}",
            if windows == 1 { "1 day is".to_owned() } else { format!("{windows} days are") },
            words::safe(&other.name)
        )],
    }
}

fn other_normal<'a>(rota: &'a Rota, id: &NormalId) -> Option<&'a Normal> {
    rota.normals.iter().find(|normal| normal.id != *id)
}

fn person_changes(rota: &Rota, id: &PersonId) -> Vec<Change> {
    let held = rota.assignments.iter().filter(|a| a.person == *id);
    let mut changes: Vec<Change> = held.map(|a| Change::remove::<Assignment>(a.id.clone())).collect();
    for session in rota.sessions.iter().filter(|s| s.team.contains(id)) {
        let team = session.team.iter().filter(|p| *p != id).cloned().collect();
        changes.push(Change::replace(Session { team, ..session.clone() }));
    }
    changes.push(Change::remove::<Person>(id.clone()));
    changes
}

fn post_changes(rota: &Rota, ids: &[PostId]) -> Vec<Change> {
    let on_it = rota.assignments.iter().filter(|a| ids.contains(&a.post));
    let mut changes: Vec<Change> = on_it.map(|a| Change::remove::<Assignment>(a.id.clone())).collect();
    for normal in rota.normals.iter().filter(|n| n.staffing.iter().any(|line| ids.contains(&line.post))) {
        let staffing = normal.staffing.iter().filter(|line| !ids.contains(&line.post)).cloned().collect();
        changes.push(Change::replace(to_agree_again(normal, Normal { staffing, ..normal.clone() })));
    }
    changes.extend(rota.people.iter().filter_map(|person| without_posts(person, ids)).map(Change::replace));
    changes.extend(ids.iter().cloned().map(Change::remove::<Post>));
    changes
}

/// The person where those posts are no longer among the only ones of a unit that they may cover. Whoever may cover no
/// other post of the unit may then cover none of it: an empty list would mean all of them.
fn without_posts(person: &Person, ids: &[PostId]) -> Option<Person> {
    let may_cover = person.may_cover.iter().filter_map(|cover| {
        let only: Vec<PostId> = cover.only.iter().filter(|post| !ids.contains(post)).cloned().collect();
        (cover.only.is_empty() || !only.is_empty()).then(|| MayCover { only, ..cover.clone() })
    });
    let after = Person { may_cover: may_cover.collect(), ..person.clone() };
    (after != *person).then_some(after)
}

fn unit_changes(rota: &Rota, id: &UnitId) -> Vec<Change> {
    let posts: Vec<PostId> = rota.posts.iter().filter(|p| p.unit == *id).map(|p| p.id.clone()).collect();
    let mut changes = Vec::new();
    let on_it = rota.assignments.iter().filter(|a| posts.contains(&a.post));
    changes.extend(on_it.map(|a| Change::remove::<Assignment>(a.id.clone())));
    for normal in &rota.normals {
        let staffing: Vec<_> = normal.staffing.iter().filter(|line| !posts.contains(&line.post)).cloned().collect();
        let loses_figures = staffing.len() != normal.staffing.len();
        let closed = normal.closed.iter().filter(|unit| *unit != id).cloned().collect();
        let shut = normal.shut.iter().filter(|hours| hours.unit != *id).cloned().collect();
        let after = Normal { closed, shut, staffing, ..normal.clone() };
        if loses_figures {
            changes.push(Change::replace(to_agree_again(normal, after)));
        } else if after != *normal {
            changes.push(Change::replace(after));
        }
    }
    for person in rota.people.iter().filter(|p| p.may_cover.iter().any(|c| c.unit == *id)) {
        let may_cover = person.may_cover.iter().filter(|c| c.unit != *id).cloned().collect();
        changes.push(Change::replace(Person { may_cover, ..person.clone() }));
    }
    if rota.sign_offs.iter().any(|s| s.unit == *id) {
        changes.push(Change::SignOffs(rota.sign_offs.iter().filter(|s| s.unit != *id).cloned().collect()));
    }
    changes.extend(posts.into_iter().map(Change::remove::<Post>));
    changes.push(Change::remove::<Unit>(id.clone()));
    changes
}

fn normal_changes(rota: &Rota, id: &NormalId) -> Result<Vec<Change>, Refused> {
    let windows: Vec<&Window> = rota.windows.iter().filter(|w| w.normal == *id).collect();
    let mut changes = Vec::new();
    if !windows.is_empty() {
        let other = other_normal(rota, id).ok_or(Refused::LastNormal)?;
        for window in windows {
            changes.push(Change::replace(Window { normal: other.id.clone(), ..window.clone() }));
        }
    }
    changes.push(Change::remove::<Normal>(id.clone()));
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{person_id, post_id, rota, span, with};
    use super::*;
    use crate::model::{History, SessionId, SessionKind, faults};

    fn start() -> Rota {
        let mut rota = with(rota(), "a1", "mg", "rs", "08:00", "13:00", Status::Agreed);
        rota = with(rota, "a2", "cons", "rs", "13:00", "14:00", Status::Proposed);
        rota.sessions.push(Session {
            team: vec![person_id("rs"), person_id("an")],
            appointments: 14,
            day_case: 1,
            ..Session::new(
                SessionId::new("s1").unwrap(),
                SessionKind::Clinic,
                "Fracture clinic",
                span("09:00", "12:00"),
            )
        });
        rota.people[0]
            .may_cover
            .push(crate::model::MayCover::up_to(rota.units[0].id.clone(), rota.units[0].tiers[0].id.clone()));
        rota
    }

    fn after(what: &Removed) -> Rota {
        let mut history = History::new(start());
        history.run(remove(history.rota(), what).unwrap()).unwrap();
        let after = history.rota().clone();
        assert_eq!(faults(&after), []);
        history.undo();
        assert_eq!(*history.rota(), start(), "one step takes it all back");
        after
    }

    #[test]
    fn a_person_goes_with_what_they_hold() {
        let what = Removed::Person(person_id("rs"));
        assert_eq!(goes_with_it(&start(), &what), ["RS is taken off 2 shifts (1 agreed) and 1 session"]);
        let after = after(&what);
        assert_eq!((after.assignments.len(), after.people.len(), after.sessions[0].team.len()), (0, 4, 1));
        assert_eq!(goes_with_it(&start(), &Removed::Person(person_id("mw"))), [] as [&str; 0]);
    }

    #[test]
    fn a_post_goes_with_its_lines_of_normal_staffing() {
        let what = Removed::Post(post_id("mg"));
        assert_eq!(goes_with_it(&start(), &what), ["Middle grade loses 1 shift (RS) and 2 lines of normal staffing"]);
        let after = after(&what);
        assert_eq!((after.assignments.len(), after.posts.len(), after.normals[0].staffing.len()), (1, 2, 1));
    }

    #[test]
    fn figures_that_lose_a_post_have_to_be_agreed_again() {
        let mut start = start();
        start.normals[0].agreed_by = "Clinical lead".to_owned();
        let what = Removed::Post(post_id("mg"));
        let told = goes_with_it(&start, &what);
        assert_eq!(told[1], format!("The figures of {} have to be agreed again", start.normals[0].name));
        let mut history = History::new(start.clone());
        history.run(remove(&start, &what).unwrap()).unwrap();
        let normal = &history.rota().normals[0];
        assert_eq!((normal.example, normal.agreed_by.as_str()), (true, ""));
    }

    #[test]
    fn a_unit_goes_with_its_posts_and_scopes() {
        let what = Removed::Unit(start().units[0].id.clone());
        let lines = goes_with_it(&start(), &what);
        assert_eq!(
            (lines[0].as_str(), lines.last().map(String::as_str)),
            ("The 3 posts of A&E are removed too", Some("A&E is taken out of what 1 person may cover"))
        );
        let after = after(&what);
        assert!(after.units.is_empty() && after.posts.is_empty() && after.assignments.is_empty());
        assert!(after.people[0].may_cover.is_empty() && after.normals[0].staffing.is_empty());
    }

    #[test]
    fn figures_that_lose_a_unit_have_to_be_agreed_again() {
        let mut start = start();
        start.normals[0].agreed_by = "Clinical lead".to_owned();
        // Another kind of day in which the unit is shut, and has no figures.
        let shut = Normal {
            id: NormalId::new("shut").unwrap(),
            name: "Shut".to_owned(),
            closed: vec![start.units[0].id.clone()],
            staffing: Vec::new(),
            ..start.normals[0].clone()
        };
        start.normals.push(shut);
        let what = Removed::Unit(start.units[0].id.clone());
        let told = goes_with_it(&start, &what);
        assert_eq!(told[0], format!("The figures of {} have to be agreed again", start.normals[0].name));
        let mut history = History::new(start.clone());
        history.run(remove(&start, &what).unwrap()).unwrap();
        let agreed: Vec<_> = history.rota().normals.iter().map(|n| (n.example, n.agreed_by.as_str())).collect();
        assert_eq!(agreed, [(true, ""), (false, "Clinical lead")]);
    }

    #[test]
    fn a_normal_day_that_windows_need_stays_until_there_is_another() {
        let start = start();
        let what = Removed::Normal(start.normals[0].id.clone());
        assert!(remove(&start, &what).is_err());
        let mut more = start;
        more.normals.push(Normal {
            id: NormalId::new("weekend").unwrap(),
            name: "Weekend".into(),
            ..more.normals[0].clone()
        });
        assert_eq!(goes_with_it(&more, &what), ["1 day is compared with it: from then on with Weekend"]);
        let mut history = History::new(more);
        history.run(remove(history.rota(), &what).unwrap()).unwrap();
        assert_eq!(history.rota().windows[0].normal.as_str(), "weekend");
    }

    #[test]
    fn whoever_may_cover_only_a_post_that_goes_may_cover_nothing_there() {
        let what = Removed::Post(post_id("mg"));
        let after = |only: &[&str]| {
            let mut rota = start();
            rota.people[0].may_cover[0].only = only.iter().map(|post| post_id(post)).collect();
            let mut history = History::new(rota);
            history.run(remove(history.rota(), &what).unwrap()).unwrap();
            assert_eq!(faults(history.rota()), []);
            history.rota().people[0].may_cover.clone()
        };
        assert_eq!(after(&["mg"]), []);
        assert_eq!(after(&["mg", "cons"])[0].only, [post_id("cons")]);
        assert_eq!(after(&[])[0].only, []);
    }
}
