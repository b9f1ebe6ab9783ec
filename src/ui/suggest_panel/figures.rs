//! What the proposal comes to, objective by objective, with what is proven of each.

use egui::FontId;
use egui::text::{LayoutJob, TextFormat};

use crate::editor::suggest::{Proposal, figure_text};
use crate::model::{Rota, Status};
use crate::planner::{Figure, Objective};

use super::super::theme::Type;
use super::lines::{Heading, Lead, PROOF, PanelLine, SCROLL_BAR};
use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn figures(&self, lines: &mut Vec<PanelLine>) {
        lines.push(PanelLine::Rule);
        if !self.proposal.items.is_empty() {
            let title = "In order of priority".to_owned();
            lines.push(PanelLine::Heading { title, count: String::new(), kind: Heading::Figures });
            for (n, figure) in self.proposal.seen().figures.iter().enumerate() {
                if n == Objective::PROVEN {
                    self.words(lines, "Tie-breakers:", Type::Small, Lead::Nothing, 4.0);
                }
                lines.push(self.figure(n, figure));
            }
        }
        let (agreed, waiting, locked) = kept(self.rota(), self.proposal);
        let text = format!("Left unchanged: {agreed} agreed, {waiting} not yet agreed, {locked} locked.");
        self.words(lines, &text, Type::Small, Lead::Nothing, 4.0);
    }

    fn figure(&self, n: usize, figure: &Figure) -> PanelLine {
        let t = self.t();
        let objective = figure.objective;
        let role = if n < Objective::PROVEN { Type::Body } else { Type::Small };
        let now = figure_text(objective, self.proposal.plan.before[objective]);
        let then = figure_text(objective, figure.value);
        let name = objective.words();
        // Nothing is proven of only some of the changes, and no bound is theirs.
        let is_proven = figure.is_proven && self.is_all_ticked();
        let proof = match (is_proven, self.is_all_ticked()) {
            (true, _) => Some("proven".to_owned()),
            (false, true) if figure.bound < figure.value => {
                Some(format!("at least {}", figure_text(objective, figure.bound)))
            }
            (false, _) => None,
        };
        let mut spoken = format!("{name}: now {now}, with the plan {then}");
        spoken.extend(proof.iter().flat_map(|proof| [", ", proof.as_str()]));
        let mut job = LayoutJob::default();
        let strong = FontId::new(role.font().size, Type::Strong.font().family);
        let is_same = now == then;
        if !is_same {
            job.append(&format!("{now} → "), 0.0, TextFormat::simple(role.font(), t.text2));
        }
        job.append(&then, 0.0, TextFormat::simple(strong, t.text));
        if is_same {
            job.append(" as now", 0.0, TextFormat::simple(Type::Small.font(), t.text2));
        }
        let figures = self.ui.painter().layout_job(job);
        let ink = if n < Objective::PROVEN { t.text } else { t.text2 };
        // The list is narrower than the panel by its scroll bar.
        let room = self.width - 12.0 - SCROLL_BAR - PROOF - figures.size().x - 8.0;
        let name = self.lay(name, role, ink, room);
        let proof = proof.map(|proof| self.lay_line(&proof, Type::Small, t.text2, PROOF - 18.0));
        PanelLine::Figure { name, figures, is_proven, proof, spoken }
    }
}

/// Assignments that stay as they are: agreed, not yet agreed, and locked among them.
fn kept(rota: &Rota, proposal: &Proposal) -> (usize, usize, usize) {
    let stays = || rota.assignments.iter().filter(|a| !proposal.plan.removed.contains(&a.id));
    let agreed = stays().filter(|a| a.status == Status::Agreed).count();
    let waiting = stays().filter(|a| matches!(a.status, Status::Asked | Status::Proposed)).count();
    (agreed, waiting, stays().filter(|a| a.locked).count())
}
