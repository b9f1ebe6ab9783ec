//! Posts are added to a unit whose figures were agreed without them: is anybody normally there? Otherwise the unit would
//! go on being shown as covered with nobody on them, though nobody had said so.

use crate::model::{Normal, Rota, UnitId};

use super::super::Editor;
use super::super::env::Env;
use super::Dialog;
use super::draft::DialogDraft;
use super::needed::named;

/// What becomes of figures that were agreed before there were these posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::editor) enum FiguresOf {
    /// Nobody is normally on the posts: the figures stay as they are.
    Nobody,
    /// Somebody is: they are an example until they are agreed again.
    ToAgreeAgain,
}

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPostsDraft {
    /// Such as "Is anybody normally on Paediatric A&E registrar?".
    pub title: String,
    /// Whose figures say nothing of the posts.
    pub about: String,
    /// The posts, where there are several.
    pub lines: Vec<String>,
    /// What was filled in: where Cancel leads, and what is done.
    back: Box<Dialog>,
}

impl NewPostsDraft {
    /// What is asked before posts of these names are added to the unit; none where no figures are agreed for it.
    pub(super) fn of(rota: &Rota, unit: &UnitId, posts: Vec<String>, back: Dialog) -> Option<Self> {
        let normals = agreed_for(rota, unit);
        if normals.is_empty() {
            return None;
        }
        let (title, lines) = match posts.as_slice() {
            [post] => (format!("Is anybody normally on {post}?"), Vec::new()),
            several => (format!("Is anybody normally on these {} posts?", several.len()), posts),
        };
        let (they, it) = if lines.is_empty() { ("this post", "it") } else { ("these posts", "them") };
        let about = format!(
            "The figures of {} were agreed without {they}: nobody is needed on {it}, and no gap is shown.",
            named(&normals)
        );
        Some(Self { title, about, lines, back: Box::new(back) })
    }
}

impl DialogDraft for NewPostsDraft {
    /// Whoever does not know yet goes on where the posts were typed.
    fn cancelled(&self, editor: &mut Editor) {
        editor.dialog = Some((*self.back).clone());
    }
}

/// The kinds of day whose figures are the hospital's own and say who is normally in the unit.
pub(super) fn agreed_for<'a>(rota: &'a Rota, unit: &UnitId) -> Vec<&'a Normal> {
    let is_of = |normal: &Normal| {
        let is_in = |id| rota.post(id).is_some_and(|post| post.unit == *unit);
        normal.staffing.iter().any(|line| line.count > 0 && is_in(&line.post))
    };
    let is_meant = |normal: &&Normal| !normal.example && !normal.closed.contains(unit) && is_of(normal);
    rota.normals.iter().filter(is_meant).collect()
}

impl Editor {
    pub(in crate::editor) fn nobody_normally(&mut self, draft: &NewPostsDraft, env: &mut Env<'_>) {
        self.add_posts(draft, FiguresOf::Nobody, env);
    }

    pub(in crate::editor) fn agree_again(&mut self, draft: &NewPostsDraft, env: &mut Env<'_>) {
        self.add_posts(draft, FiguresOf::ToAgreeAgain, env);
    }

    fn add_posts(&mut self, draft: &NewPostsDraft, figures: FiguresOf, env: &mut Env<'_>) {
        let Dialog::AddPosts(mut posts) = (*draft.back).clone() else { return };
        posts.figures = Some(figures);
        if !self.accept_command(&posts, env) {
            self.dialog = Some((*draft.back).clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::rota;
    use super::super::super::grid_tests::{editor, run};
    use super::super::super::{Action, Ask, Choice, Verb};
    use super::*;

    /// The question asked when posts of these names are added.
    fn asked(editor: &mut Editor, names: &str) -> Option<NewPostsDraft> {
        run(editor, Action::Ask(Ask::AddPosts(None)));
        run(editor, Action::PasteText(names.to_owned()));
        run(editor, Action::DialogOk);
        match editor.dialog() {
            Some(Dialog::NewPosts(question)) => Some(question.clone()),
            _ => None,
        }
    }

    #[test]
    fn whoever_adds_posts_where_figures_are_agreed_says_whether_anybody_is_normally_there() {
        let mut before = rota();
        before.normals[0].agreed_by = "Clinical lead".to_owned();
        let cases = [(Choice::NobodyNormally, (false, "Clinical lead")), (Choice::AgreeAgain, (true, ""))];
        for (choice, becomes) in cases {
            let mut editor = editor(before.clone());
            let question = asked(&mut editor, "Paediatric A&E registrar\tMiddle grade").unwrap();
            assert_eq!(question.title, "Is anybody normally on Paediatric A&E registrar?");
            assert_eq!(*editor.doc().unwrap().rota(), before, "nothing is done yet");
            run(&mut editor, Action::CloseDialog);
            assert!(matches!(editor.dialog(), Some(Dialog::AddPosts(_))), "back where it was typed");
            run(&mut editor, Action::DialogOk);
            run(&mut editor, Action::DialogPress(choice));
            let rota = editor.doc().unwrap().rota();
            let normal = &rota.normals[0];
            assert_eq!((rota.posts.len(), editor.dialog()), (4, None));
            assert_eq!((normal.example, normal.agreed_by.as_str()), becomes);
            run(&mut editor, Action::Do(Verb::Undo));
            assert_eq!(*editor.doc().unwrap().rota(), before, "one step");
        }
        let several = asked(&mut editor(before), "Minors\tSHO\nResus\tConsultant").unwrap();
        assert_eq!(several.title, "Is anybody normally on these 2 posts?");
        assert_eq!(several.lines, ["Minors", "Resus"]);
    }

    #[test]
    fn nothing_is_asked_of_an_example_or_where_the_unit_has_no_figures() {
        let mut example = rota();
        example.normals[0].example = true;
        let mut closed = rota();
        closed.normals[0].closed.push(closed.units[0].id.clone());
        let mut none = rota();
        none.normals[0].staffing.clear();
        for rota in [example, closed, none] {
            let mut editor = editor(rota);
            assert_eq!(asked(&mut editor, "Minors\tSHO"), None);
            assert_eq!((editor.doc().unwrap().rota().posts.len(), editor.dialog()), (4, None));
        }
    }
}
