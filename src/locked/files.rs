//! Which files can be opened: those of the library, for reading. Landlock decides by where a file is once all links are
//! followed, so that a link which leads out of the library leads nowhere.

use std::path::Path;

#[cfg(target_os = "linux")]
pub(super) fn confine(library: &Path) -> Result<(), String> {
    let has_none = |_| {
        "this kernel has no Landlock (it takes Linux 5.13 or newer, and landlock in /sys/kernel/security/lsm)"
            .to_owned()
    };
    linux::confine(library).map_err(has_none)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn confine(_library: &Path) -> Result<(), String> {
    Err("this system has no Landlock, which is a part of Linux".to_owned())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::error::Error;
    use std::path::Path;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
        RulesetCreatedAttr, Scope,
    };

    /// What the first Landlock refuses is a must: reading, and writing in all its forms but one.
    const LEAST: ABI = ABI::V1;

    /// What later ones refuse beside is taken where it is there: cutting files short, TCP, signals to other processes, sockets
    /// without a file, system calls on devices. The filter of system calls refuses all of these too.
    const MOST: ABI = ABI::V10;

    pub(super) fn confine(library: &Path) -> Result<(), Box<dyn Error>> {
        let readable = AccessFs::ReadFile | AccessFs::ReadDir;
        let library = PathBeneath::new(PathFd::new(library)?, readable);
        Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(AccessFs::from_all(LEAST))?
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(MOST))?
            .handle_access(AccessNet::from_all(MOST))?
            .scope(Scope::from_all(MOST))?
            .create()?
            .set_compatibility(CompatLevel::HardRequirement)
            .add_rule(library)?
            .restrict_self()?;
        Ok(())
    }
}
