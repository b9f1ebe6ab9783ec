//! The windows of the People view: what their headings say, and from when to when anything is drawn.

use crate::model::{Instant, Rota, Span, words};

/// So much of the time before the first window and after the last is drawn.
const BESIDE_MINUTES: i64 = 15 * 60;

/// One window in the heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowHead {
    pub span: Span,
    /// The window's place in the rota's list.
    pub at: usize,
    /// Such as `Tue`.
    pub day: String,
    /// Such as `Tue 26-Apr-2016`.
    pub date: String,
    /// Such as `walkout 08:00–17:00`.
    pub times: String,
}

/// From the first moment drawn to the last.
pub fn drawn(windows: &[WindowHead]) -> Span {
    let from = windows.iter().map(|w| w.span.from).min().unwrap_or(Instant(0));
    let to = windows.iter().map(|w| w.span.to).max().unwrap_or(Instant(0));
    Span::new(from.plus(-BESIDE_MINUTES), to.plus(BESIDE_MINUTES))
}

/// The windows of a rota from left to right.
pub(super) fn window_heads(rota: &Rota) -> Vec<WindowHead> {
    let zone = rota.zone();
    let mut order: Vec<usize> = (0..rota.windows.len()).collect();
    order.sort_by_key(|at| rota.windows[*at].span);
    let head = |at: usize| {
        let span = rota.windows[at].span;
        WindowHead {
            span,
            at,
            day: zone.civil(span.from).local.format("%a").to_string(),
            date: words::date(zone, span.from),
            times: format!("walkout {}", words::times(zone, span)),
        }
    };
    order.into_iter().map(head).collect()
}
