//! Writes what the panel says of a proposal, line by line, laid out for its width: what it gives and costs first.

use std::sync::Arc;

use egui::{Color32, Galley, Ui};

use crate::editor::Document;
use crate::editor::suggest::{Proposal, SuggestFor};
use crate::model::{Instant, Rota, words};

use super::super::row_list::LaidLines;
use super::super::theme::{self, Tokens, Type};
use super::lines::{Lead, PanelLine, PanelLines, RIGHT};

/// Lays out a proposal. `open` says what is unfolded.
pub(super) struct Writer<'a> {
    pub ui: &'a Ui,
    pub doc: &'a Document,
    pub what: &'a SuggestFor,
    pub proposal: &'a Proposal,
    pub open: &'a [usize],
    pub width: f32,
    /// A low window has room for the most important alone.
    pub is_low: bool,
}

impl Writer<'_> {
    pub(super) fn laid(&self) -> PanelLines {
        let mut lines = Vec::new();
        self.summary(&mut lines);
        self.shortages(&mut lines);
        self.changes(&mut lines);
        self.figures(&mut lines);
        LaidLines::new(lines, PanelLine::height)
    }

    pub(super) fn t(&self) -> &'static Tokens {
        theme::tokens(self.ui)
    }

    pub(super) fn rota(&self) -> &Rota {
        self.doc.rota()
    }

    pub(super) fn is_open(&self, at: usize) -> bool {
        self.open.contains(&at)
    }

    /// Whether all of it would be taken.
    pub(super) fn is_all_ticked(&self) -> bool {
        self.proposal.ticked_count() == self.proposal.items.len()
    }

    pub(super) fn lay(&self, text: &str, role: Type, ink: Color32, width: f32) -> Arc<Galley> {
        self.ui.painter().layout(text.to_owned(), role.font(), ink, width.max(60.0))
    }

    /// Words on one line, with "…" where they do not fit.
    pub(super) fn lay_line(&self, text: &str, role: Type, ink: Color32, width: f32) -> Arc<Galley> {
        role.elided(self.ui.painter(), text, ink, width.max(20.0))
    }

    pub(super) fn words(&self, lines: &mut Vec<PanelLine>, text: &str, role: Type, lead: Lead, above: f32) {
        let ink = match lead {
            Lead::Link(_) => self.t().link,
            Lead::Warning => self.t().amber_text,
            _ => self.t().text,
        };
        let left = if matches!(lead, Lead::Nothing | Lead::Link(_)) { 12.0 } else { 34.0 };
        let galley = self.lay(text, role, ink, self.width - left - RIGHT);
        lines.push(PanelLine::Words { galley, lead, above });
    }

    /// Such as `Tue`, or the date where two windows begin on such a day.
    pub(super) fn day(&self, at: Instant) -> String {
        let rota = self.rota();
        let of = |at| rota.zone().civil(at).local.format("%a").to_string();
        let short = of(at);
        if rota.windows.iter().filter(|w| of(w.span.from) == short).count() <= 1 {
            short
        } else {
            words::day(rota.zone(), at)
        }
    }

    /// Whether the rota has more than one day: then a time alone says too little.
    pub(super) fn has_several_days(&self) -> bool {
        let rota = self.rota();
        let day = |at: Instant| rota.zone().civil(at).local.date();
        let mut edges = rota.windows.iter().flat_map(|w| [day(w.span.from), day(w.span.to)]);
        let first = edges.next();
        edges.any(|other| Some(other) != first)
    }
}
