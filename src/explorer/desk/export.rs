//! Writing a dossier to a file.

use color_eyre::eyre::{Report, eyre};

use super::IndexDesk;
use crate::explorer::message::{Answer, Dossier};
use crate::register::Date;
use crate::report::dossier::{self, Asked, DossierError, Format};
use crate::report::projects_counted;
use crate::report::saving::{self, Existing};

impl IndexDesk {
    /// Writes a dossier; none where nobody waits for it any more. What is there already stays.
    pub(super) fn export(
        &self,
        wanted: &Dossier,
        path: &str,
        date: Option<Date>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Answer>, Report> {
        let Dossier { projects, query, quoted } = wanted;
        let index = self.index();
        let Some(folder) = &self.folder else { return Err(eyre!("there is no folder here to write files into")) };
        let path = &folder.join(path);
        let format = Format::named(path)?;
        let asked = Asked { query, projects, found: projects.len(), quoted: *quoted, accessed: date };
        let saved = saving::save(path, Existing::Kept, |out| dossier::write(&index, &asked, format, out, cancelled));
        match saved {
            Ok(bytes) => {
                let (written, name) =
                    (projects_counted(projects.len()), path.file_name().unwrap_or_default().display());
                let folder = folder.display();
                Ok(Some(Answer::Kept {
                    notice: Some(format!("{written} written to {name} ({bytes} bytes), in {folder}")),
                }))
            }
            Err(DossierError::Cancelled) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
