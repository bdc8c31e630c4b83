//! Reading all values of an edition, to see that nothing of them is damaged.

use super::{ANSWERS, Column, DATE, ListColumn, STATES, VALUES, Values, column, unpacked};
use crate::concerns::Findings;
use crate::index::files::damaged;
use crate::index::query::Listed;
use crate::index::{IndexError, ProjectId, order, tables};

impl Values {
    /// Whether a project's weights are those of what was found in it.
    pub(in crate::index) fn has_weights_of(&self, project: ProjectId, findings: &Findings) -> bool {
        let mut gravest = Vec::new();
        tables::add_gravest(&mut gravest, &findings.concerns);
        self.weights(project) == order::weights(&gravest)
    }

    /// Reads all of it.
    pub(in crate::index) fn examine(&self) -> Result<(), IndexError> {
        let columns = &self.columns;
        let wrong = |what: &str| Err(damaged(VALUES, &what));
        for (one, codes) in [
            (Column::OptOuts, STATES.len()),
            (Column::Commercial, ANSWERS.len()),
            (Column::Sublicensing, ANSWERS.len()),
        ] {
            if columns.bytes(one as usize).iter().any(|code| usize::from(*code) >= codes) {
                return wrong("it holds an answer that is none");
            }
        }
        for one in [Column::Start, Column::End, Column::Released] {
            let dates = columns.bytes(one as usize).as_chunks::<DATE>().0;
            if dates.iter().any(|date| *date != [0; DATE] && unpacked(*date).is_none()) {
                return wrong("it holds a date that is none");
            }
        }
        columns.examine_list(Column::ReleasedStarts as usize, Column::Released as usize, usize::MAX)?;
        columns.examine_list(Column::CountedStarts as usize, Column::Counted as usize, self.numbering.end())?;
        for listed in Listed::ALL {
            let at = |one| column(listed, one);
            let values = columns.rows(at(ListColumn::NameStarts));
            columns.examine_list(at(ListColumn::Starts), at(ListColumn::Numbers), values)?;
            for (starts, texts) in [
                (ListColumn::NameStarts, ListColumn::Names),
                (ListColumn::IdentityStarts, ListColumn::Identities),
                (ListColumn::WordsStarts, ListColumn::Words),
            ] {
                columns.examine_texts(at(starts), at(texts))?;
                if columns.rows(at(starts)) != values {
                    return wrong("its lists are not of one length");
                }
            }
        }
        Ok(())
    }
}
