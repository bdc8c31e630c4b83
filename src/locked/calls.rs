//! Which system calls can be made. A list of what the explorer, its threads and the two C libraries (glibc and musl) need; all
//! others answer as on a kernel that does not have them, which is what C libraries are prepared for: those of tomorrow try new
//! calls first, and fall back.
//!
//! Some calls do both what is needed and what is not, and are allowed with certain arguments only: a file can be opened but not
//! for writing, a thread started but no process, a terminal set but not typed into.

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
pub(super) fn confine() -> Result<(), String> {
    let filter =
        linux::filter().map_err(|error| format!("system calls cannot be refused on this machine ({error})"))?;
    seccompiler::apply_filter(&filter).map_err(|error| {
        format!("this kernel cannot refuse system calls (it takes one with CONFIG_SECCOMP_FILTER: {error})")
    })
}

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
pub(super) fn confine() -> Result<(), String> {
    Err("this system has no seccomp, which is a part of Linux on 64-bit processors".to_owned())
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
mod linux {
    use std::collections::BTreeMap;

    use libc::{c_int, c_long};
    use seccompiler::SeccompCmpArgLen::{Dword, Qword};
    use seccompiler::SeccompCmpOp::{Eq, MaskedEq};
    use seccompiler::{BackendError, BpfProgram, SeccompAction, SeccompCondition, SeccompFilter, SeccompRule};

    /// Calls that are allowed whatever their arguments.
    const ALLOWED: &[c_long] = &[
        // Reading: by number, so that what can be read is what could be opened.
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_pread64,
        libc::SYS_preadv,
        libc::SYS_lseek,
        libc::SYS_close,
        libc::SYS_close_range,
        libc::SYS_getdents64,
        libc::SYS_fstat,
        libc::SYS_newfstatat,
        libc::SYS_statx,
        libc::SYS_fstatfs,
        libc::SYS_faccessat,
        libc::SYS_faccessat2,
        libc::SYS_readlinkat,
        libc::SYS_getcwd,
        libc::SYS_fadvise64,
        libc::SYS_dup,
        libc::SYS_dup3,
        // Writing, into what is open: the terminal.
        libc::SYS_write,
        libc::SYS_writev,
        // Memory of its own. What can be written cannot be run: see below.
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        // Threads and time.
        libc::SYS_futex,
        libc::SYS_set_robust_list,
        libc::SYS_get_robust_list,
        libc::SYS_rseq,
        libc::SYS_set_tid_address,
        libc::SYS_membarrier,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_gettid,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_nanosleep,
        libc::SYS_clock_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_gettimeofday,
        libc::SYS_restart_syscall,
        // Signals that come.
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_rt_sigtimedwait,
        libc::SYS_sigaltstack,
        // Waiting for the keyboard.
        libc::SYS_ppoll,
        libc::SYS_pselect6,
        libc::SYS_epoll_create1,
        libc::SYS_epoll_ctl,
        libc::SYS_epoll_pwait,
        libc::SYS_epoll_pwait2,
        libc::SYS_eventfd2,
        libc::SYS_pipe2,
        libc::SYS_recvfrom,
        // Who and where one is.
        libc::SYS_getpid,
        libc::SYS_getppid,
        libc::SYS_getuid,
        libc::SYS_geteuid,
        libc::SYS_getgid,
        libc::SYS_getegid,
        libc::SYS_uname,
        libc::SYS_sysinfo,
        libc::SYS_getrandom,
    ];

    /// Calls that open a file, with which of their arguments the flags are.
    #[cfg(target_arch = "x86_64")]
    const OPENING: &[(c_long, u8)] = &[(libc::SYS_openat, 2), (libc::SYS_open, 1)];
    #[cfg(not(target_arch = "x86_64"))]
    const OPENING: &[(c_long, u8)] = &[(libc::SYS_openat, 2)];

    /// Older names of the same, which the C libraries use on this processor.
    #[cfg(target_arch = "x86_64")]
    const OLDER: &[c_long] = &[
        libc::SYS_stat,
        libc::SYS_lstat,
        libc::SYS_access,
        libc::SYS_readlink,
        libc::SYS_dup2,
        libc::SYS_poll,
        libc::SYS_select,
        libc::SYS_epoll_create,
        libc::SYS_epoll_wait,
        libc::SYS_pipe,
        libc::SYS_time,
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const OLDER: &[c_long] = &[];

    /// Flags with which opening a file could change something, or reach what is only a name.
    const CHANGING: c_int =
        libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND | (libc::O_TMPFILE & !libc::O_DIRECTORY);

    /// What can be asked of a terminal: its mode and its size; and of a pipe, not to wait. Not to type into it (`TIOCSTI`), which
    /// would be commands to whoever has it next.
    const OF_TERMINALS: [libc::Ioctl; 11] = [
        libc::TCGETS,
        libc::TCSETS,
        libc::TCSETSW,
        libc::TCSETSF,
        libc::TCGETS2,
        libc::TCSETS2,
        libc::TCSETSW2,
        libc::TCSETSF2,
        libc::TIOCGWINSZ,
        libc::FIONBIO,
        libc::FIOCLEX,
    ];

    /// What can be asked of an open file: to be known by a second number, to be closed when another program starts, not to wait.
    const OF_FILES: [c_int; 6] =
        [libc::F_DUPFD, libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_SETFL];

    /// The filter as the kernel takes it.
    pub(super) fn filter() -> Result<BpfProgram, BackendError> {
        let mut rules: BTreeMap<c_long, Vec<SeccompRule>> =
            ALLOWED.iter().chain(OLDER).map(|call| (*call, Vec::new())).collect();
        rules.extend(with_arguments()?);
        let otherwise = SeccompAction::Errno(u32::try_from(libc::ENOSYS).unwrap_or_default());
        SeccompFilter::new(rules, otherwise, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?.try_into()
    }

    /// The calls that are allowed with some arguments only.
    fn with_arguments() -> Result<BTreeMap<c_long, Vec<SeccompRule>>, BackendError> {
        // A file is opened for reading. What `openat2` opens stands in memory, where a filter cannot look: it is not allowed.
        let reading = |flags| Ok::<_, BackendError>(vec![all([without(flags, CHANGING)?])?]);
        // A thread, which shares the memory, and no process. `clone3` is to `clone` as `openat2` to `openat`.
        let thread = number(libc::CLONE_VM | libc::CLONE_THREAD | libc::CLONE_SIGHAND);
        let thread = all([SeccompCondition::new(0, Qword, MaskedEq(thread), thread)?])?;
        // A pair of ends within the process, by which a signal wakes a thread. Not of letters, which could be sent elsewhere.
        let pair = all([
            equal(0, number(libc::AF_UNIX))?,
            SeccompCondition::new(1, Dword, MaskedEq(0xf), number(libc::SOCK_STREAM))?,
        ])?;
        // Into such a pair: to nobody by name.
        let unaddressed = all([SeccompCondition::new(4, Qword, Eq, 0)?])?;
        // A signal to itself alone, as ending by a fault does. The account's other visitors run under the same number.
        let itself = all([equal(0, u64::from(std::process::id()))?])?;
        let name = all([equal(0, number(libc::PR_SET_NAME))?])?;
        // Its own limits, to know them.
        let own_limits = all([equal(0, 0)?, SeccompCondition::new(2, Qword, Eq, 0)?])?;
        // What is in memory is never run: there is no way in for a program that is no file either.
        let unrun = all([without(2, libc::PROT_EXEC)?])?;
        let mut rules = BTreeMap::from([
            (libc::SYS_clone, vec![thread]),
            (libc::SYS_socketpair, vec![pair]),
            (libc::SYS_sendto, vec![unaddressed]),
            (libc::SYS_tgkill, vec![itself]),
            (libc::SYS_prctl, vec![name]),
            (libc::SYS_prlimit64, vec![own_limits]),
            (libc::SYS_mmap, vec![unrun.clone()]),
            (libc::SYS_mprotect, vec![unrun]),
            (libc::SYS_ioctl, each(OF_TERMINALS.map(request))?),
            (libc::SYS_fcntl, each(OF_FILES.map(number))?),
        ]);
        for (call, flags) in OPENING {
            rules.insert(*call, reading(*flags)?);
        }
        Ok(rules)
    }

    /// A rule for which all of these hold.
    fn all<const COUNT: usize>(conditions: [SeccompCondition; COUNT]) -> Result<SeccompRule, BackendError> {
        SeccompRule::new(conditions.into())
    }

    /// The second argument is one of these.
    fn each<const COUNT: usize>(values: [u64; COUNT]) -> Result<Vec<SeccompRule>, BackendError> {
        values.into_iter().map(|value| all([equal(1, value)?])).collect()
    }

    fn equal(argument: u8, value: u64) -> Result<SeccompCondition, BackendError> {
        SeccompCondition::new(argument, Dword, Eq, value)
    }

    /// None of these flags is in an argument.
    fn without(argument: u8, flags: c_int) -> Result<SeccompCondition, BackendError> {
        SeccompCondition::new(argument, Dword, MaskedEq(number(flags)), 0)
    }

    /// A C number as a filter sees it.
    fn number(value: c_int) -> u64 {
        u64::from(value.cast_unsigned())
    }

    /// A request of a terminal as a filter sees it.
    #[allow(clippy::cast_sign_loss, clippy::unnecessary_cast, reason = "its type is another in each C library")]
    fn request(request: libc::Ioctl) -> u64 {
        (request as u64) & u64::from(u32::MAX)
    }
}
