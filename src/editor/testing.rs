//! A world for the tests: a clock that stands still and ids that count up.

use std::cell::Cell;
use std::time::Duration;

use super::fixture::at;
use super::{Action, Answer, Document, Editor, Effect, Env, Settings, Verb};
use crate::model::Rota;
use crate::planner::{NoDeadline, plan};

/// Runs where it is 26-Apr-2016 07:00:00 and J Harris sits there.
pub(crate) fn env<T>(run: impl FnOnce(&mut Env<'_>) -> T) -> T {
    env_at(at("07:00"), 0, run)
}

/// The same at another time; the program has run since 1970.
pub(crate) fn env_at<T>(now: crate::model::Instant, second: u8, run: impl FnOnce(&mut Env<'_>) -> T) -> T {
    thread_local!(static NEXT: Cell<u128> = const { Cell::new(0) });
    let mut random = || {
        NEXT.with(|next| {
            next.set(next.get() + 1);
            next.get()
        })
    };
    let running = Duration::from_secs(u64::try_from(now.0 * 60).unwrap_or(0) + u64::from(second));
    run(&mut Env { now, second, running, user: "j.harris", random: &mut random })
}

/// The example of Norwich with everything that could be suggested for it.
pub(crate) fn norwich_suggested() -> Editor {
    suggested_for(crate::file::read(include_bytes!("../../saved_rotas/norwich-2016-draft.ron")).unwrap().rota)
}

/// Any rota with everything that could be suggested for it.
pub(crate) fn suggested_for(rota: Rota) -> Editor {
    let mut editor = Editor::new(Settings::default());
    editor.show(Document::unsaved(rota));
    env(|env| editor.run(Action::Do(Verb::SuggestCover), env));
    for effect in editor.take_effects() {
        let Effect::Plan { job, rota, scope, .. } = effect else { continue };
        let plan = Box::new(plan(&rota, &scope, &NoDeadline));
        env(|env| editor.answer(Answer::Planned { job, plan, millis: 1 }, env));
    }
    editor
}
