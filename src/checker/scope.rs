//! Running rules over what they look at: all of it, or only what an edit has touched.

use super::RULES;
use super::context::{Context, PersonIx, WindowIx};
use super::rule::{Check, Found, Rule};
use super::sweep::Sweep;

/// Something that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    Person(PersonIx),
    /// A group of namesakes, by its place.
    Namesakes(usize),
    /// A unit in a window, by the place of its sweep.
    Unit(usize),
    Window(WindowIx),
    /// The rota as a whole.
    Rota,
}

/// Every scope of the rota.
pub(super) fn all(ctx: &Context) -> impl Iterator<Item = Scope> {
    let windows = ctx.windows.len();
    (0..ctx.people.len())
        .map(Scope::Person)
        .chain((0..ctx.namesakes.len()).map(Scope::Namesakes))
        .chain((0..windows * ctx.units.len()).map(Scope::Unit))
        .chain((0..windows).map(Scope::Window))
        .chain([Scope::Rota])
}

/// The sweeps of every unit in every window, by window and then unit.
pub(super) fn sweeps(ctx: &Context) -> Vec<Sweep> {
    let units = ctx.units.len();
    (0..ctx.windows.len() * units).map(|at| Sweep::new(ctx, at / units, at % units)).collect()
}

/// What all rules say of that scope.
pub(super) fn run(ctx: &Context, sweeps: &[Sweep], scope: Scope, found: &mut Found) {
    for rule in RULES {
        run_rule(ctx, sweeps, scope, rule, found);
    }
}

/// What one rule says of that scope, if it looks at such.
pub(super) fn run_rule(ctx: &Context, sweeps: &[Sweep], scope: Scope, rule: &Rule, found: &mut Found) {
    match (rule.check, scope) {
        (Check::Person(check), Scope::Person(person)) => check(ctx, person, found),
        (Check::Namesakes(check), Scope::Namesakes(group)) => check(ctx, &ctx.namesakes[group], found),
        (Check::Unit(check), Scope::Unit(at)) => check(ctx, &sweeps[at], found),
        (Check::Window(check), Scope::Window(window)) => {
            let units = ctx.units.len();
            check(ctx, window, &sweeps[window * units..(window + 1) * units], found);
        }
        (Check::Rota(check), Scope::Rota) => check(ctx, found),
        _ => {}
    }
}
