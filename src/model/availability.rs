//! When somebody is available: at a moment, and over a stretch of time.

use super::{Availability, Instant, Person, Span};

impl Person {
    /// What is known of the person's availability at `at`: not available beats not known beats available.
    pub fn availability_at(&self, at: Instant) -> Availability {
        let said = self.availability.iter().filter(|a| a.span.contains(at)).map(|a| a.is);
        said.max().unwrap_or(self.usually)
    }

    /// The availability from the beginning of `whole` to its end; it differs from each part to the next.
    pub fn availability_in(&self, whole: Span) -> Vec<(Span, Availability)> {
        let mut edges = vec![whole.from, whole.to];
        for said in &self.availability {
            edges.extend([said.span.from, said.span.to].into_iter().filter(|at| whole.contains(*at)));
        }
        edges.sort_unstable();
        edges.dedup();
        let mut parts: Vec<(Span, Availability)> = Vec::new();
        for pair in edges.windows(2) {
            let availability = self.availability_at(pair[0]);
            match parts.last_mut() {
                Some((span, last)) if *last == availability => span.to = pair[1],
                _ => parts.push((Span::new(pair[0], pair[1]), availability)),
            }
        }
        parts
    }

    /// The parts of `whole` over which the availability is `wanted`, in order and apart.
    pub fn times_with(&self, wanted: Availability, whole: Span) -> Vec<Span> {
        let parts = self.availability_in(whole).into_iter();
        parts.filter(|(_, availability)| *availability == wanted).map(|(span, _)| span).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Available, PersonId};

    #[test]
    fn what_is_said_in_pieces_is_one_stretch() {
        let span = |from: i64, to: i64| Span::new(Instant(from * 60), Instant(to * 60));
        let said = |from: i64, to: i64, is: Availability| Available { span: span(from, to), is };
        let person = Person {
            usually: Availability::NotKnown,
            availability: vec![
                said(12, 14, Availability::Available),
                said(14, 16, Availability::Available),
                said(15, 20, Availability::NotAvailable),
            ],
            ..Person::new(PersonId::new("kp").unwrap(), "KP")
        };
        let day = span(8, 17);
        let parts = [
            (span(8, 12), Availability::NotKnown),
            (span(12, 15), Availability::Available),
            (span(15, 17), Availability::NotAvailable),
        ];
        assert_eq!(person.availability_in(day), parts);
        assert_eq!(person.times_with(Availability::Available, day), [span(12, 15)]);
    }
}
