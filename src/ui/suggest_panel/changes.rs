//! The changes of a proposal, unit by unit: who, when, where, instead of whom, and what that costs.

use egui::text::{LayoutJob, TextFormat};

use crate::editor::suggest::{ItemText, Note, item_text};
use crate::model::UnitId;

use super::super::theme::Type;
use super::lines::{CHANGE_LEFT, Heading, Lead, PanelLine, RIGHT};
use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn changes(&self, lines: &mut Vec<PanelLine>) {
        let proposal = self.proposal;
        if proposal.items.is_empty() {
            return;
        }
        lines.push(PanelLine::Rule);
        let count = match proposal.items.len() {
            1 => String::new(),
            all => format!("{} of {all} ticked", proposal.ticked_count()),
        };
        lines.push(PanelLine::Heading { title: "Changes".to_owned(), count, kind: Heading::Changes });
        let texts: Vec<ItemText> = proposal.items.iter().map(|item| item_text(proposal, item)).collect();
        let is_once = texts.len() > 1;
        if is_once && !self.is_low && texts.iter().any(ItemText::is_free) {
            // Under every change it would drown what somebody has to know.
            let text = if texts.iter().all(ItemText::is_free) {
                "All are available, and nothing is postponed."
            } else {
                "Unless said otherwise: available, nothing postponed."
            };
            self.words(lines, text, Type::Small, Lead::Nothing, 0.0);
        }
        let units: Vec<Option<UnitId>> =
            proposal.items.iter().map(|item| proposal.unit_of(self.rota(), item)).collect();
        let several = units.iter().flatten().any(|unit| Some(unit) != units.iter().flatten().next());
        let with_day = self.has_several_days();
        let mut last: Option<&UnitId> = None;
        let mut has_sessions_heading = false;
        for (at, unit) in units.iter().enumerate() {
            let item = &proposal.items[at];
            if item.added.is_none() && item.removed.is_empty() {
                if several && !std::mem::replace(&mut has_sessions_heading, true) {
                    let title = "Sessions".to_owned();
                    lines.push(PanelLine::Heading { title, count: String::new(), kind: Heading::Group });
                }
            } else if let Some(unit) = unit.as_ref().filter(|unit| several && last != Some(*unit)) {
                let name = self.unit_name(unit);
                let is_here = |(other, ticked): (&Option<UnitId>, &bool)| *ticked && other.as_ref() == Some(unit);
                let count = units.iter().zip(&proposal.ticked).filter(|pair| is_here(*pair)).count();
                lines.push(PanelLine::Unit { unit: unit.clone(), name, count });
                last = Some(unit);
            }
            lines.push(self.change(at, &texts[at], with_day, is_once));
        }
    }

    fn change(&self, at: usize, text: &ItemText, with_day: bool, is_once: bool) -> PanelLine {
        let t = self.t();
        let mut job = LayoutJob::default();
        let format = |role: Type| TextFormat::simple(role.font(), t.text);
        if !text.instead_of.is_empty() {
            let from = TextFormat { color: t.text2, ..format(Type::Body) };
            job.append(&format!("{} → ", text.instead_of.join(", ")), 0.0, from);
        }
        job.append(&text.who, 0.0, format(Type::Strong));
        // The row says its day whichever day the grid shows, so that the row stays as it was read.
        let day = if with_day { format!("{} ", self.day(text.span.from)) } else { String::new() };
        job.append(&format!("{day}{}", text.what), 7.0, format(Type::Body));
        job.wrap.max_width = (self.width - CHANGE_LEFT - RIGHT).max(60.0);
        let title = self.ui.painter().layout_job(job);
        let notes = self.notes(text, is_once);
        PanelLine::Change { at, title, notes, spoken: text.spoken(self.rota()) }
    }

    /// What is said of a change in one paragraph; where there is little room, or it is said once for all, only what
    /// somebody has to know.
    fn notes(&self, text: &ItemText, is_once: bool) -> Option<std::sync::Arc<egui::Galley>> {
        let t = self.t();
        let mut job = LayoutJob::default();
        for note in text.notes.iter().filter(|note| !((self.is_low || is_once) && matches!(note, Note::Free(_)))) {
            let ink = if matches!(note, Note::Price(_)) { t.amber_text } else { t.text2 };
            let before = if job.is_empty() { 0.0 } else { 4.0 };
            job.append(note.text(), before, TextFormat::simple(Type::Small.font(), ink));
        }
        job.wrap.max_width = (self.width - CHANGE_LEFT - RIGHT).max(60.0);
        (!job.is_empty()).then(|| self.ui.painter().layout_job(job))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::PanelLines;
    use super::*;
    use crate::ui::suggest_panel::testing::in_lines;

    /// What the rows of the changes say on the screen.
    fn titles(laid: &PanelLines) -> Vec<String> {
        let title = |line: &PanelLine| match line {
            PanelLine::Change { title, .. } => Some(title.text().to_owned()),
            _ => None,
        };
        laid.lines.iter().filter_map(title).collect()
    }

    #[test]
    fn every_change_says_its_day_where_there_are_two() {
        let said = in_lines(336.0, true, &[], titles);
        assert!(said.len() > 4, "{said:?}");
        assert!(said.iter().all(|title| title.contains("Tue ") || title.contains("Wed ")), "{said:?}");
        assert!(said.iter().any(|title| title.contains("Wed ")), "{said:?}");
    }
}
