//! Reading people out of rows of a spreadsheet: what each row says, who is there already, and what stands in the way.

use std::collections::BTreeSet;

use crate::model::{CompetencyId, Person, Rota, Rules, UnitId, words};

use super::dialogs::{
    LeftOut, LeftOutWhy, Outgrown, PasteRow, PersonDraft, Remedy, ScopeRow, keep_to_own_posts, may_cover_of,
};
use super::grades::{Contract, read_grade, usual_scope};
use super::people_columns::PasteColumn;
use super::people_names::{initials_of, names_nobody, split_name, spoken_name, tidy};
use super::possible_same::Letters;
use super::same_text::{is_same, plain};
use super::scope_words::may_cover_words;
use super::{reach, specialties};

/// The rows as people. `before` are the same lines as they were read before: what was set in the preview is kept.
/// Errors are named by row.
pub(super) fn read_person_rows(
    rota: &Rota,
    rows: &[(usize, Vec<String>)],
    columns: &[PasteColumn],
    before: &[PasteRow],
    rules: impl Fn(Contract) -> Rules,
) -> Vec<PasteRow> {
    let mut read: Vec<PasteRow> = Vec::new();
    for (line, cells) in rows {
        let known = before.iter().find(|row| row.line == *line);
        let mut row = read_row(rota, *line, cells, columns, known, &rules);
        if let Some(written) = specialties::spelling_in(rota, &row.specialty).or_else(|| spelled(&read, &row.specialty))
        {
            row.specialty = written;
        }
        let usual = |unit: &crate::model::Unit| {
            let up_to = usual_scope(unit, read_grade(&row.grade).sure_level(), &row.specialty);
            let mut scope = ScopeRow { up_to, ..ScopeRow::of(unit.id.clone(), None) };
            keep_to_own_posts(rota, &mut scope, &row.specialty);
            scope
        };
        let may_cover = known.and_then(|row| row.set.may_cover.clone());
        row.may_cover = may_cover.unwrap_or_else(|| rota.units.iter().map(usual).collect());
        row.compare_grade(rota);
        read.push(row);
    }
    // Initials that a row further down says itself are not made up for one above it.
    let said: BTreeSet<String> =
        read.iter().filter(|row| !row.initials_made).map(|row| row.initials.to_lowercase()).collect();
    for (at, (_, cells)) in rows.iter().enumerate() {
        let (above, rest) = read.split_at_mut(at);
        let row = &mut rest[0];
        let is_free = |initials: &str, own: bool| {
            let same = |other: &str| other.to_lowercase() == initials.to_lowercase();
            let is_said = !own && said.contains(&initials.to_lowercase());
            !is_said
                && !rota.people.iter().any(|p| same(&p.initials))
                && !above.iter().any(|r| r.is_taken() && same(&r.initials))
        };
        let alone = cells.iter().filter(|cell| !cell.trim().is_empty()).count() == 1;
        let written = columns.iter().position(|column| *column == PasteColumn::Name).and_then(|at| cells.get(at));
        let name = written
            .filter(|cell| !cell.trim().is_empty())
            .map_or_else(|| tidy(&format!("{} {}", row.given, row.family)), |cell| tidy(cell));
        row.existing = existing(rota, row).map(|person| person.id.clone());
        row.outgrown =
            row.existing.as_ref().and_then(|id| rota.person(id)).and_then(|person| outgrown(rota, row, person));
        row.error = left_out(rota, row, above, (&name, alone));
        if row.error.is_none() && row.existing.is_none() && row.initials_made {
            row.initials = free_initials(&row.initials, |initials| is_free(initials, false));
        }
        let offered = || {
            let from_name = initials_of(&row.family, &row.given);
            let initials = if row.initials.is_empty() { &from_name } else { &row.initials };
            let name_is_free = from_name.chars().count() > 1 && is_free(&from_name, false);
            if name_is_free { from_name } else { free_initials(initials, |initials| is_free(initials, false)) }
        };
        row.remedy = match &row.error {
            Some(error) if error.why.is_of_initials() => Some(Remedy::Initials(offered())),
            Some(error) if error.why == LeftOutWhy::SamePerson => Some(Remedy::SomebodyElse),
            None if row.existing.is_some() => Some(Remedy::SomebodyElse),
            _ => None,
        };
        row.remarks.extend(remarks(rota, row, above));
    }
    read
}

/// What the cells of one row say; whether it can be taken is looked at afterwards.
fn read_row(
    rota: &Rota,
    line: usize,
    cells: &[String],
    columns: &[PasteColumn],
    known: Option<&PasteRow>,
    rules: &impl Fn(Contract) -> Rules,
) -> PasteRow {
    let raw = |column: PasteColumn| {
        let at = columns.iter().position(|c| *c == column);
        at.and_then(|at| cells.get(at)).map_or("", String::as_str)
    };
    let cell = |column: PasteColumn| tidy(raw(column));
    let (mut family, mut given) = split_name(&cell(PasteColumn::Name));
    if !cell(PasteColumn::Family).is_empty() {
        family = cell(PasteColumn::Family);
    }
    if !cell(PasteColumn::Given).is_empty() {
        given = cell(PasteColumn::Given);
    }
    let typed: String = cell(PasteColumn::Initials).chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let typed = known.and_then(|row| row.set.initials.clone()).unwrap_or(typed);
    // Whoever clears the field is about to type others.
    let initials_made = typed.is_empty() && known.is_none_or(|row| row.set.initials.is_none());
    let initials = if initials_made { initials_of(&family, &given) } else { typed };
    let grade = cell(PasteColumn::Grade);
    let said = read_grade(&grade);
    let specialty = cell(PasteColumn::Specialty);
    let two = two_specialties(&said.specialty, &specialty);
    let specialty = if specialty.is_empty() { specialties::of_a_doctor(&said.specialty) } else { specialty };
    let (competencies, unknown) = read_competencies(rota, raw(PasteColumn::Competencies));
    let (phone, was_mended) = with_zero(cell(PasteColumn::Phone));
    let mended = was_mended.then(|| "0 put before the telephone".to_owned());
    PasteRow {
        line,
        initials,
        initials_made,
        rules: known.and_then(|row| row.set.rules).unwrap_or_else(|| said.sure_contract().map(rules)),
        may_cover: Vec::new(),
        family,
        given,
        grade,
        specialty,
        phone,
        competencies,
        unknown,
        above_grade: None,
        doubt: said.doubt,
        all_of_another: None,
        outgrown: None,
        set: known.map(|row| row.set.clone()).unwrap_or_default(),
        existing: None,
        error: None,
        remedy: None,
        remarks: two.into_iter().chain(mended).collect(),
    }
}

/// What is to be checked where the grade names one specialty and the column of specialties another.
fn two_specialties(in_grade: &str, in_column: &str) -> Option<String> {
    let keys = [in_grade, in_column].map(specialties::key);
    let differ = keys[0] != keys[1] && keys.iter().all(|key| !key.is_empty());
    differ.then(|| format!("grade says {}, specialty {}", words::safe(in_grade), words::safe(in_column)))
}

/// What somebody who is there already may no longer cover, where another grade was pasted that does not fit it.
fn outgrown(rota: &Rota, row: &PasteRow, person: &Person) -> Option<Outgrown> {
    if row.grade.is_empty() || is_same(&row.grade, &person.grade) || person.may_cover.is_empty() {
        return None;
    }
    let scopes = PersonDraft::of(rota, Some(&person.id)).may_cover;
    let fits = |scope: &ScopeRow| row.doubt.is_none() && scope.above_grade(rota, &row.grade).is_none();
    let has = |scope: &&ScopeRow| scope.up_to.is_some();
    if scopes.iter().filter(has).all(fits) {
        return None;
    }
    let specialty = if row.specialty.is_empty() { &person.specialty } else { &row.specialty };
    let usual = |unit: &UnitId| usual_scope(rota.unit(unit)?, read_grade(&row.grade).sure_level(), specialty);
    let left = |scope: ScopeRow| {
        if scope.up_to.is_none() || fits(&scope) { scope } else { ScopeRow { up_to: usual(&scope.unit), ..scope } }
    };
    let left: Vec<ScopeRow> = scopes.into_iter().map(left).collect();
    let becomes = may_cover_of(rota, &left);
    let after = Person { may_cover: becomes.clone(), ..person.clone() };
    let becomes_words = Some(may_cover_words(rota, &after)).filter(|text| !text.is_empty());
    Some(Outgrown {
        was: may_cover_words(rota, person),
        becomes,
        becomes_words: becomes_words.unwrap_or_else(|| "nothing".to_owned()),
    })
}

/// How a row above writes the same specialty.
fn spelled(above: &[PasteRow], specialty: &str) -> Option<String> {
    let wanted = specialties::key(specialty);
    let same = |row: &&PasteRow| !wanted.is_empty() && specialties::key(&row.specialty) == wanted;
    above.iter().find(same).map(|row| row.specialty.clone())
}

/// Spreadsheets take the 0 off "07700 900123" where they hold it as a number.
fn with_zero(phone: String) -> (String, bool) {
    let is_cut = phone.len() == 10 && phone.starts_with('7') && phone.bytes().all(|b| b.is_ascii_digit());
    if is_cut { (format!("0{phone}"), true) } else { (phone, false) }
}

/// The competencies that a cell names, and what in it is none: commas, semicolons, slashes and new lines stand between.
fn read_competencies(rota: &Rota, cell: &str) -> (Vec<CompetencyId>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let whole = rota.competencies.iter().find(|c| plain(&c.name) == plain(cell));
    let parts: Vec<&str> = if whole.is_some() { vec![cell] } else { cell.split([',', ';', '/', '+', '\n']).collect() };
    for part in parts.into_iter().map(str::trim).filter(|part| !plain(part).is_empty()) {
        let same = rota.competencies.iter().find(|c| plain(&c.name) == plain(part));
        let mut begins = rota.competencies.iter().filter(|c| plain(&c.name).starts_with(&plain(part)));
        let like = begins.next().filter(|_| begins.next().is_none() && plain(part).len() >= 3);
        match same.or(like) {
            Some(found) if !known.contains(&found.id) => known.push(found.id.clone()),
            Some(_) => {}
            None => unknown.push(part.to_owned()),
        }
    }
    (known, unknown)
}

/// The initials, or with a number behind them where they are not free.
fn free_initials(initials: &str, is_free: impl Fn(&str) -> bool) -> String {
    let numbered = (2..1000).map(|n| format!("{initials}{n}"));
    let mut all = std::iter::once(initials.to_owned()).chain(numbered);
    all.find(|text| is_free(text)).unwrap_or_else(|| initials.to_owned())
}

/// The person that the row is about: of the same name, or of the same initials where one of them has no name.
fn existing<'a>(rota: &'a Rota, row: &PasteRow) -> Option<&'a Person> {
    if row.set.somebody_else {
        return None;
    }
    let names = |p: &&Person| {
        is_same(&p.family, &row.family) && (is_same(&p.given, &row.given) || p.given.is_empty() || row.given.is_empty())
    };
    if !row.family.is_empty()
        && let Some(person) = rota.people.iter().find(names)
    {
        return Some(person);
    }
    let nameless = |p: &Person| p.family.is_empty() || row.family.is_empty();
    rota.people.iter().find(|p| !row.initials_made && is_same(&p.initials, &row.initials) && nameless(p))
}

/// Why the row cannot be taken. `name` as it is written, and `alone` if only one cell is filled in.
fn left_out(rota: &Rota, row: &PasteRow, above: &[PasteRow], (name, alone): (&str, bool)) -> Option<LeftOut> {
    let left_out = |why, text| Some(LeftOut { why, text });
    if row.set.initials.is_none()
        && let Some(not) = names_nobody(name, alone)
    {
        return left_out(LeftOutWhy::NoName, format!("“{}” {not}", words::safe(name)));
    }
    if row.initials.is_empty() && row.set.initials.is_some() {
        return left_out(LeftOutWhy::InitialsMissing, "initials: enter them, e.g. KP".to_owned());
    }
    if row.initials.is_empty() && !name.is_empty() {
        return left_out(
            LeftOutWhy::InitialsMissing,
            "initials: enter them, none can be made from the name".to_owned(),
        );
    }
    if row.initials.is_empty() {
        return left_out(LeftOutWhy::NoName, "no name and no initials".to_owned());
    }
    if row.initials.contains(['?', '*', '/']) {
        let text = format!("initials {}: letters and digits only", words::safe(&row.initials));
        return left_out(LeftOutWhy::InitialsNotUsable, text);
    }
    if name.is_empty() && row.existing.is_none() {
        return left_out(LeftOutWhy::NoName, format!("{} has no name", row.initials));
    }
    let is_twin = |other: &&PasteRow| {
        other.error.is_none()
            && is_same(&other.family, &row.family)
            && is_same(&other.given, &row.given)
            && !row.family.is_empty()
            && !row.set.somebody_else
            && row.set.initials.is_none()
    };
    if let Some(twin) = above.iter().find(is_twin) {
        let text = format!("the same person as in row {}", twin.line);
        return left_out(LeftOutWhy::SamePerson, text);
    }
    if row.existing.is_none() && !row.initials_made {
        if let Some(other) = above.iter().find(|o| o.error.is_none() && is_same(&o.initials, &row.initials)) {
            return left_out(
                LeftOutWhy::InitialsTaken,
                format!("initials {} are also in row {}", row.initials, other.line),
            );
        }
        if let Some(person) = rota.people.iter().find(|p| is_same(&p.initials, &row.initials)) {
            let text = format!("initials {} already belong to {}", row.initials, spoken_name(person));
            return left_out(LeftOutWhy::InitialsTaken, text);
        }
    }
    None
}

/// What is worth a look before the row is taken.
fn remarks(rota: &Rota, row: &PasteRow, above: &[PasteRow]) -> Vec<String> {
    if row.error.is_some() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let own = row.existing.as_ref();
    if let Some(own) = own.and_then(|id| rota.person(id)) {
        if !row.phone.is_empty() && !own.phone.trim().is_empty() && !reach::same_phone(&own.phone, &row.phone) {
            found.push("another telephone than in the rota".to_owned());
        }
        return found;
    }
    let others = rota.people.iter().map(|p| (p.initials.as_str(), &p.phone, &p.family, &p.given));
    let rows = above.iter().filter(|r| r.is_new()).map(|r| (r.initials.as_str(), &r.phone, &r.family, &r.given));
    let others: Vec<_> = others.chain(rows).collect();
    if let Some((initials, ..)) = others.iter().find(|(_, phone, ..)| reach::share_phone(phone, &row.phone)) {
        found.push(format!("same telephone as {}", words::safe(initials)));
    }
    let named = |family: &str, given: &str| {
        !row.family.is_empty() && is_same(family, &row.family) && is_same(given, &row.given)
    };
    let letters = Letters::of(&row.family, &row.given);
    if let Some((initials, ..)) = others.iter().find(|(.., family, given)| named(family, given)) {
        found.push(format!("same name as {}", words::safe(initials)));
    } else if let Some((initials, _, family, given)) =
        others.iter().find(|(.., family, given)| letters.may_be(&Letters::of(family, given)))
    {
        let name = |family: &str, given: &str| words::safe(tidy(&format!("{given} {family}")).trim()).into_owned();
        let (one, other) = (name(&row.family, &row.given), name(family, given));
        found.push(format!("{one} may be {other} ({})", words::safe(initials)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::rota;
    use super::super::people_columns::find_columns;
    use super::super::rows::numbered_rows;
    use super::*;

    fn rows_of(text: &str) -> Vec<PasteRow> {
        let rows = numbered_rows(text);
        let columns = find_columns(&rows);
        let rows = &rows[columns.heading.map_or(0, |at| at + 1)..];
        read_person_rows(&rota(), rows, &columns.columns, &[], |_| Rules::Wtr)
    }

    fn read(text: &str) -> Vec<String> {
        rows_of(text)
            .into_iter()
            .map(|r| {
                let there = r.existing.map(|id| format!(" = {id}")).unwrap_or_default();
                r.error.map_or_else(
                    || format!("{}: {}, {}{there} {}", r.initials, r.family, r.given, r.phone),
                    |error| error.text,
                )
            })
            .collect()
    }

    #[test]
    fn rows_without_headings_are_read_in_the_usual_order() {
        assert_eq!(
            read("JF\tFielding, Joanna\tConsultant\tED\t07700 900123\nTO\tTunde Osei\tConsultant\tED\t07700 900124"),
            ["JF: Fielding, Joanna 07700 900123", "TO: Osei, Tunde 07700 900124"]
        );
        assert_eq!(
            read("Joanna Fielding,07700900123\nTunde Osei,07700900124"),
            ["JF: Fielding, Joanna 07700900123", "TO: Osei, Tunde 07700900124"]
        );
    }

    #[test]
    fn a_grade_of_one_specialty_in_a_row_of_another_is_to_be_checked() {
        let text = "Name\tGrade\tSpecialty\nJoan Bird\tST4 psychiatry\tA&E\nTom Reed\tED reg\tEmergency medicine\n\
                    Ann Wood\tO&G reg\tObs gynae";
        let rows = rows_of(text);
        assert_eq!(rows[0].remarks, ["grade says psychiatry, specialty A&E"]);
        assert!(rows[0].wants_a_look());
        assert!(rows[1..].iter().all(|row| row.remarks.is_empty()), "{rows:?}");
    }

    #[test]
    fn initials_that_are_made_never_clash() {
        assert_eq!(
            read("Surname\tForename\nPower\tKaren\nPenn\tKit\nGrant\tHugo"),
            ["KP2: Power, Karen ", "KP3: Penn, Kit ", "HG: Grant, Hugo = hg "]
        );
    }

    #[test]
    fn whoever_may_be_somebody_else_is_remarked_with_both_names() {
        let text = "Surname\tForename\nFilby\tSarah\nFilby\tSara\nFilby\tS\nFilby-Jones\tDr Sarah\nF\u{ed}lby\tSarah";
        let rows = numbered_rows(text);
        let columns = find_columns(&rows);
        let read = read_person_rows(&rota(), &rows[1..], &columns.columns, &[], |_| Rules::Wtr);
        assert!(read.iter().all(|row| row.error.is_none()), "a remark refuses nobody");
        let remarks: Vec<String> = read.into_iter().map(|row| row.remarks.join("; ")).collect();
        let like = |name: &str| format!("{name} may be Sarah Filby (SF)");
        assert_eq!(
            remarks,
            [
                String::new(),
                like("Sara Filby"),
                like("S Filby"),
                like("Dr Sarah Filby-Jones"),
                like("Sarah F\u{ed}lby"),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_said_by_line() {
        assert_eq!(
            read("Initials\tName\nKP\tKaren Power\nXY\t\nAB\tAnn Bell\nAB\tAl Burr\nAC\tAnn Bell\nKP\t"),
            [
                "initials KP already belong to Pereira",
                "XY has no name",
                "AB: Bell, Ann ",
                "initials AB are also in row 4",
                "the same person as in row 4",
                "KP: ,  = kp ",
            ]
        );
    }

    #[test]
    fn competencies_are_read_by_name_and_what_is_none_is_told() {
        let mut rota = rota();
        for (id, name) in [("resus", "Resus lead"), ("ae", "Children in A&E"), ("als", "ALS, APLS")] {
            let id = CompetencyId::new(id).unwrap();
            rota.competencies.push(crate::model::Competency { id, name: name.to_owned() });
        }
        let told = |cell: &str| {
            let (known, unknown) = read_competencies(&rota, cell);
            format!("{} | {}", known.iter().map(CompetencyId::as_str).collect::<Vec<_>>().join(" "), unknown.join(" "))
        };
        assert_eq!(told("Resus lead, children in a&e; resus"), "resus ae | ");
        assert_eq!(told("ALS, APLS"), "als | ", "a name may have a comma");
        assert_eq!(told("Resus lead / Airway"), "resus | Airway");
        assert_eq!(told(" , "), " | ");
    }
}
