//! What the planner is asked to fill: everything, a unit, a day, or one gap.

use std::collections::BTreeSet;

use crate::model::{PersonId, PostId, Rota, Span, UnitId, WindowId};

/// Which places may be filled and which Proposed assignments changed; the rest of the rota stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only this window.
    pub window: Option<WindowId>,
    /// Only these posts; all if empty.
    pub posts: Vec<PostId>,
    /// Only what lies in this time.
    pub span: Option<Span>,
    /// Who is taken for a post only where nobody else is as good. It narrows nothing.
    pub last: BTreeSet<(PersonId, PostId)>,
}

impl Scope {
    /// The whole rota.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Whether it is the whole rota, whoever is taken last.
    pub fn is_everything(&self) -> bool {
        self.unit.is_none() && self.window.is_none() && self.posts.is_empty() && self.span.is_none()
    }

    /// Whether some of `span` on `post` is within it.
    pub fn touches(&self, rota: &Rota, post: &PostId, span: Span) -> bool {
        let window = self.window.as_ref().and_then(|id| rota.window(id)).map(|window| window.span);
        let is_in_unit = |wanted: &UnitId| rota.post(post).is_some_and(|post| post.unit == *wanted);
        self.unit.as_ref().is_none_or(is_in_unit)
            && (self.window.is_none() || window.is_some_and(|window| window.overlaps(span)))
            && (self.posts.is_empty() || self.posts.contains(post))
            && self.span.is_none_or(|wanted| wanted.overlaps(span))
    }

    /// Whether an assignment to `post` over `span` is within it, whole.
    pub fn holds(&self, rota: &Rota, post: &PostId, span: Span) -> bool {
        let window = self.window.as_ref().and_then(|id| rota.window(id)).map(|window| window.span);
        let is_in_unit = |wanted: &UnitId| rota.post(post).is_some_and(|post| post.unit == *wanted);
        self.unit.as_ref().is_none_or(is_in_unit)
            && (self.window.is_none() || window.is_some_and(|window| window.covers(span)))
            && (self.posts.is_empty() || self.posts.contains(post))
            && self.span.is_none_or(|wanted| wanted.covers(span))
    }
}
