//! Limits of a process that only reads.
//!
//! How many processes the account may have (`RLIMIT_NPROC`) is not among them: it counts the threads of all who are logged in to
//! it, so that one visitor would lock out another. That no process is started is the filter of system calls' to see to.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Memory of its own, in bytes. The explorer has a hundredth of that on the full register; the files of the library are
/// mapped, shared by all readers, and not counted.
const MEMORY: u64 = 2 << 30;

/// Seconds of computing: more than a day of reading takes. What would spin for ever ends then.
const SECONDS: u64 = 60 * 60;

/// Sets them, so that they cannot be raised again.
pub(super) fn set() -> Result<(), String> {
    let limits = [
        // A memory image would be a file, with all that was searched for in it.
        (Resource::Core, 0),
        // Not one byte into a file, through whatever hole: terminals are no files in this sense.
        (Resource::Fsize, 0),
        (Resource::Data, MEMORY),
        (Resource::Cpu, SECONDS),
    ];
    for (resource, most) in limits {
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        setrlimit(resource, limit).map_err(|error| format!("a limit of the process could not be set ({error})"))?;
    }
    Ok(())
}
