//! The organisations and datasets of an edition, from the same groups of names as on the command line.

use color_eyre::eyre::{Report, eyre};

use super::IndexDesk;
use crate::explorer::sheet::{self, Paths, Sheet};
use crate::explorer::state::{Counted, View};
use crate::report::{Datasets, GridReport, Organisations};

impl IndexDesk {
    /// The organisations as a list.
    pub(super) fn organisations(&self) -> Result<Sheet, Report> {
        let index = self.index();
        let all = Organisations::of(&index, &self.names)?;
        let listed = all
            .list()?
            .into_iter()
            .map(|report| (sheet::leads(all.groups().of_spelling(&report.name), View::Organisation), report));
        Ok(sheet::of_organisations(&index.header().edition.slug, all.groups().spellings(), listed.collect()))
    }

    /// The datasets as a list.
    pub(super) fn datasets(&self) -> Result<Sheet, Report> {
        let index = self.index();
        let all = Datasets::of(&index, &self.names)?;
        let listed = all
            .list()
            .into_iter()
            .map(|report| (sheet::leads(all.groups().of_spelling(&report.name), View::Dataset), report));
        Ok(sheet::of_datasets(&index.header().edition.slug, all.groups().spellings(), listed.collect()))
    }

    /// An organisation, whole.
    pub(super) fn organisation(&self, at: usize, cancelled: &dyn Fn() -> bool) -> Result<Sheet, Report> {
        let index = self.index();
        let (organisations, datasets) = (Organisations::of(&index, &self.names)?, Datasets::of(&index, &self.names)?);
        if at >= organisations.groups().len() {
            return Err(eyre!("this edition no longer names this organisation; go to the organisations again"));
        }
        let paths = Paths { index: &index, organisations: &organisations, datasets: &datasets, cancelled };
        Ok(sheet::of_organisation(&organisations.detail(at)?, &paths)?)
    }

    /// A dataset, whole.
    pub(super) fn dataset(&self, at: usize, cancelled: &dyn Fn() -> bool) -> Result<Sheet, Report> {
        let index = self.index();
        let (organisations, datasets) = (Organisations::of(&index, &self.names)?, Datasets::of(&index, &self.names)?);
        if at >= datasets.groups().len() {
            return Err(eyre!("this edition no longer names this dataset; go to the datasets again"));
        }
        let paths = Paths { index: &index, organisations: &organisations, datasets: &datasets, cancelled };
        Ok(sheet::of_dataset(&datasets.detail(at)?, &paths)?)
    }

    /// Organisations by datasets; none where nobody waits for it any more.
    pub(super) fn grid(&self, counted: Counted, cancelled: &dyn Fn() -> bool) -> Result<Option<Sheet>, Report> {
        let index = self.index();
        let (organisations, datasets) = (Organisations::of(&index, &self.names)?, Datasets::of(&index, &self.names)?);
        let mut report = GridReport::of(&index, &organisations, &datasets)?;
        if counted == Counted::Months && !report.count_months(&index, cancelled)? {
            return Ok(None);
        }
        let paths = Paths { index: &index, organisations: &organisations, datasets: &datasets, cancelled };
        Ok(Some(sheet::of_grid(report, counted, &paths)?))
    }
}
