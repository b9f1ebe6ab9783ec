//! What posts and units ask for besides how many doctors. Where that becomes less, figures that were agreed for more have
//! to be agreed again: until then nothing that is compared with them is covered.

use crate::model::{Change, Command, CompetencyId, History, Normal, Post, PostId, Rota, Tier, Unit, words};

use super::super::same_name::is_plainly_same;
use super::left_out_part::LeftOutPart;
use super::normal::{is_agreed, lapsed};

/// Something that is needed no longer, and the posts that it was needed for.
struct Less<'a> {
    /// Such as `Majors SHO: no longer essential`.
    text: String,
    posts: Vec<&'a PostId>,
}

/// The command, and with it the figures that were agreed for more than it leaves.
pub(super) fn with_figures_to_agree(rota: &Rota, mut command: Command) -> Command {
    let mut history = History::new(rota.clone());
    if history.run(command.clone()).is_err() {
        return command;
    }
    let normals = lapsing(rota, history.rota());
    if !normals.is_empty() {
        command.label = format!("{}: the figures of {} have to be agreed again", command.label, named(&normals));
    }
    command.changes.extend(normals.into_iter().map(|normal| Change::replace(lapsed(normal.clone()))));
    command
}

/// What is asked before a rota becomes one that needs less than was agreed; none where nothing was agreed for more.
pub(super) fn question(before: &Rota, after: &Rota) -> Option<LeftOutPart> {
    let normals = lapsing(before, after);
    if normals.is_empty() {
        return None;
    }
    let staffed: Vec<&PostId> = normals.iter().flat_map(|normal| staffed(normal)).collect();
    let less = less(before, after);
    let lines = less.into_iter().filter(|less| less.posts.iter().any(|post| staffed.contains(post)));
    let about = format!(
        "The figures of {} were agreed for what is needed now. They have to be agreed again; until then nothing compared \
         with them is shown as covered:",
        named(&normals)
    );
    Some(LeftOutPart { about, lines: lines.map(|less| less.text).collect() })
}

/// The agreed kinds of day that staff a post for which less is needed afterwards.
fn lapsing<'a>(before: &'a Rota, after: &Rota) -> Vec<&'a Normal> {
    let less = less(before, after);
    let is_meant = |normal: &&Normal| {
        is_agreed(normal) && less.iter().any(|less| less.posts.iter().any(|post| staffed(normal).any(|id| id == *post)))
    };
    before.normals.iter().filter(is_meant).collect()
}

fn staffed(normal: &Normal) -> impl Iterator<Item = &PostId> {
    normal.staffing.iter().filter(|line| line.count > 0).map(|line| &line.post)
}

/// Such as `Normal weekday and Saturday`.
pub(super) fn named(normals: &[&Normal]) -> String {
    words::list(&normals.iter().map(|normal| words::safe(&normal.name)).collect::<Vec<_>>())
}

/// All that is needed no longer.
fn less<'a>(before: &'a Rota, after: &Rota) -> Vec<Less<'a>> {
    let mut found = Vec::new();
    for (was, is) in before.posts.iter().filter_map(|was| Some((was, after.post(&was.id)?))) {
        let name = words::safe(&was.name);
        found.extend(
            of_post(before, after, was, is)
                .into_iter()
                .map(|text| Less { text: format!("{name}: {text}"), posts: vec![&was.id] }),
        );
    }
    for (was, is) in before.units.iter().filter_map(|was| Some((was, after.unit(&was.id)?))) {
        let name = words::safe(&was.name);
        let posts: Vec<&PostId> = before.posts.iter().filter(|post| post.unit == was.id).map(|post| &post.id).collect();
        found.extend(
            of_unit(was, is).into_iter().map(|text| Less { text: format!("{name}: {text}"), posts: posts.clone() }),
        );
    }
    found
}

fn of_post(before: &Rota, after: &Rota, was: &Post, is: &Post) -> Vec<String> {
    let mut found = Vec::new();
    let grades = after.unit(&is.unit).map_or(&[][..], |unit| &unit.tiers);
    let place = |post: &Post| grades.iter().position(|tier| tier.id == post.tier);
    if let (Some(old), Some(new)) = (place(was), place(is))
        && new < old
    {
        let name = |at: usize| words::safe(&grades[at].name);
        found.push(format!("{} is enough, no longer {}", name(new), name(old)));
    }
    if was.is_essential() && !is.is_essential() {
        found.push("no longer essential".to_owned());
    }
    if is.on_call && !was.on_call {
        found.push("held from home, so nobody has to be here for it".to_owned());
    }
    let gone: Vec<&CompetencyId> = was.requires.iter().filter(|id| !is.requires.contains(id)).collect();
    let names: Vec<_> =
        gone.into_iter().filter_map(|id| before.competency(id)).map(|known| words::safe(&known.name)).collect();
    if !names.is_empty() {
        found.push(format!("no longer requires {}", words::list(&names)));
    }
    found
}

fn of_unit(was: &Unit, is: &Unit) -> Vec<String> {
    let mut found = Vec::new();
    let kept = |tiers: &[Tier], others: &[Tier]| -> Vec<crate::model::TierId> {
        tiers.iter().map(|tier| tier.id.clone()).filter(|id| others.iter().any(|other| other.id == *id)).collect()
    };
    if kept(&was.tiers, &is.tiers) != kept(&is.tiers, &was.tiers) {
        found.push("its grades are in another order".to_owned());
    }
    // Whoever is cleared up to a grade is cleared up to what has its name now, and so are posts of that grade.
    for (old, new) in was.tiers.iter().filter_map(|old| Some((old, is.tiers.iter().find(|new| new.id == old.id)?))) {
        if !is_plainly_same(&old.name, &new.name) {
            let (old, new) = (words::safe(&old.name), words::safe(&new.name));
            found.push(format!("the grade {old} is called {new}: check who may cover it"));
        }
    }
    let place = |unit: &Unit| unit.senior_from.as_ref().and_then(|tier| is.tier_index(tier));
    if let Some(old) = was.senior_from.as_ref().and_then(|tier| was.tiers.iter().find(|known| known.id == *tier))
        && place(is) < place(was)
    {
        found.push(format!("no longer always one {} or above", words::safe(&old.name)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota};
    use super::super::super::grid_tests::{editor, run};
    use super::super::super::{Action, Ask, Dialog, Editor, Verb};
    use super::super::{CompetenciesDraft, PostDraft, UnitDraft};
    use super::*;
    use crate::model::Competency;

    /// Figures that were agreed, for a middle grade who is essential and can do Airway.
    fn agreed() -> Rota {
        let mut rota = rota();
        let airway = CompetencyId::new("airway").unwrap();
        rota.competencies.push(Competency { id: airway.clone(), name: "Airway".to_owned() });
        rota.posts[1].essential = true;
        rota.posts[1].requires.push(airway);
        rota.normals[0].agreed_by = "Clinical lead".to_owned();
        rota
    }

    /// What is asked when that dialog is filled in and OK pressed.
    fn asked(editor: &mut Editor, ask: Ask, filled_in: Dialog) -> Vec<String> {
        run(editor, Action::Ask(ask));
        run(editor, Action::DialogEdited(Box::new(filled_in)));
        run(editor, Action::DialogOk);
        let Some(Dialog::LeftOut(question)) = editor.dialog() else { return Vec::new() };
        question.parts.iter().flat_map(|part| part.lines.clone()).collect()
    }

    #[test]
    fn whatever_makes_a_post_need_less_is_asked_about_and_the_figures_have_to_be_agreed_again() {
        let rota = agreed();
        let post = PostDraft::of(&rota, &post_id("mg")).unwrap();
        let sho = rota.units[0].tiers[0].id.clone();
        let unit = UnitDraft::of(&rota, Some(&rota.units[0].id));
        let mut other_names = UnitDraft::of(&rota, Some(&rota.units[0].id));
        (other_names.tiers[0].name, other_names.tiers[1].name) = ("Middle grade".to_owned(), "SHO".to_owned());
        let mut other_order = unit.clone();
        other_order.swap_tiers(0, 1);
        let of_post = || Ask::Post(post_id("mg"));
        let without = PostDraft { essential: false, requires: Vec::new(), ..post.clone() };
        let cases = [
            (
                of_post(),
                Dialog::Post(PostDraft { tier: Some(sho), ..post.clone() }),
                vec!["Middle grade: SHO is enough, no longer Middle grade"],
            ),
            (
                of_post(),
                Dialog::Post(without),
                vec!["Middle grade: no longer essential", "Middle grade: no longer requires Airway"],
            ),
            (
                of_post(),
                Dialog::Post(PostDraft { on_call: true, ..post }),
                vec!["Middle grade: held from home, so nobody has to be here for it"],
            ),
            (
                Ask::Unit(Some(rota.units[0].id.clone())),
                Dialog::Unit(other_names),
                vec![
                    "A&E: the grade SHO is called Middle grade: check who may cover it",
                    "A&E: the grade Middle grade is called SHO: check who may cover it",
                ],
            ),
            (
                Ask::Unit(Some(rota.units[0].id.clone())),
                Dialog::Unit(other_order),
                vec!["A&E: its grades are in another order"],
            ),
            (
                Ask::Competencies,
                Dialog::Competencies(CompetenciesDraft { rows: Vec::new() }),
                vec!["Middle grade: no longer requires Airway"],
            ),
        ];
        for (ask, filled_in, lines) in cases {
            let mut editor = editor(rota.clone());
            assert_eq!(asked(&mut editor, ask, filled_in.clone()), lines);
            assert_eq!(*editor.doc().unwrap().rota(), rota, "nothing is done yet");
            run(&mut editor, Action::CloseDialog);
            assert_eq!(editor.dialog(), Some(&filled_in), "back where it was changed");
            run(&mut editor, Action::DialogOk);
            run(&mut editor, Action::DialogOk);
            let normal = &editor.doc().unwrap().rota().normals[0];
            assert_eq!((normal.example, normal.agreed_by.as_str(), editor.dialog()), (true, "", None), "{lines:?}");
            run(&mut editor, Action::Do(Verb::Undo));
            assert_eq!(*editor.doc().unwrap().rota(), rota, "{lines:?}");
        }
    }

    #[test]
    fn nothing_is_asked_where_more_is_needed_or_nobody_agreed_to_the_figures() {
        let rota = agreed();
        let post = PostDraft::of(&rota, &post_id("mg")).unwrap();
        let consultant = Some(rota.units[0].tiers[2].id.clone());
        // What is required makes it essential, ticked or not.
        let more = PostDraft { tier: consultant, exclusive: true, essential: false, ..post.clone() };
        let editor_of = |rota: Rota, filled_in: Dialog| {
            let mut editor = editor(rota);
            assert_eq!(asked(&mut editor, Ask::Post(post_id("mg")), filled_in), [""; 0]);
            assert_eq!(editor.dialog(), None);
            editor.doc().unwrap().rota().normals[0].clone()
        };
        assert_eq!(editor_of(rota.clone(), Dialog::Post(more)).agreed_by, "Clinical lead");
        let mut nobody = rota;
        nobody.normals[0].agreed_by.clear();
        let less = Dialog::Post(PostDraft { essential: false, requires: Vec::new(), ..post });
        assert!(!editor_of(nobody, less).example);
    }

    #[test]
    fn a_unit_that_needs_no_senior_any_more_is_asked_about() {
        let mut rota = agreed();
        rota.units[0].senior_from = Some(rota.units[0].tiers[1].id.clone());
        let ask = Ask::Unit(Some(rota.units[0].id.clone()));
        let unit = UnitDraft { senior_from: None, ..UnitDraft::of(&rota, Some(&rota.units[0].id)) };
        let told = asked(&mut editor(rota), ask, Dialog::Unit(unit));
        assert_eq!(told, ["A&E: no longer always one Middle grade or above"]);
    }
}
