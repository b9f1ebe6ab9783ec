//! What the proposal comes to, objective by objective, with what is proven of each.

use egui::FontId;
use egui::text::{LayoutJob, TextFormat};

use crate::editor::suggest::{Proposal, figure_text};
use crate::model::{Rota, Status};
use crate::planner::{Figure, Objective};

use super::super::theme::Type;
use super::lines::{Heading, Lead, Line, PROOF};
use super::writer::Writer;

impl Writer<'_> {
    pub fn figures(&self, lines: &mut Vec<Line>) {
        let plan = &self.proposal.plan;
        lines.push(Line::Rule);
        let title = "By importance".to_owned();
        lines.push(Line::Heading { title, count: String::new(), kind: Heading::Figures });
        for (n, figure) in plan.figures.iter().enumerate() {
            if n == Objective::PROVEN {
                self.words(lines, "Only where all above is equal:", Type::Small, Lead::Nothing, 4.0);
            }
            lines.push(self.figure(n, figure));
        }
        let (agreed, waiting, locked) = kept(self.rota(), self.proposal);
        let text = format!("Kept as it is: {agreed} agreed, {waiting} not yet agreed, {locked} locked.");
        self.words(lines, &text, Type::Small, Lead::Nothing, 4.0);
    }

    fn figure(&self, n: usize, figure: &Figure) -> Line {
        let t = self.t();
        let objective = figure.objective;
        let role = if n < Objective::PROVEN { Type::Body } else { Type::Small };
        let now = figure_text(objective, self.proposal.plan.before[n]);
        let then = figure_text(objective, figure.value);
        let name = objective.words();
        let is_proven = figure.is_proven;
        let proof =
            if is_proven { "proven".to_owned() } else { format!("at least {}", figure_text(objective, figure.bound)) };
        let spoken = format!("{name}: now {now}, with the plan {then}, {proof}");
        let mut job = LayoutJob::default();
        let strong = FontId::new(role.font().size, Type::Strong.font().family);
        job.append(&format!("{now} → "), 0.0, TextFormat::simple(role.font(), t.text2));
        job.append(&then, 0.0, TextFormat::simple(strong, t.text));
        let figures = self.ui.painter().layout_job(job);
        let ink = if n < Objective::PROVEN { t.text } else { t.text2 };
        let room = self.width - 12.0 - PROOF - figures.size().x - 8.0;
        let name = self.lay(name, role, ink, room);
        let proof = self.lay_line(&proof, Type::Small, t.text2, PROOF - 18.0);
        Line::Figure { name, figures, is_proven, proof, spoken }
    }
}

/// Assignments that stay as they are: agreed, not yet agreed, and locked among them.
fn kept(rota: &Rota, proposal: &Proposal) -> (usize, usize, usize) {
    let stays = || rota.assignments.iter().filter(|a| !proposal.plan.removed.contains(&a.id));
    let agreed = stays().filter(|a| a.status == Status::Agreed).count();
    let waiting = stays().filter(|a| matches!(a.status, Status::Asked | Status::Proposed)).count();
    (agreed, waiting, stays().filter(|a| a.locked).count())
}
