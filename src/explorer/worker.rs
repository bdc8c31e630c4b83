//! A worker off the screen's thread. The newest request wins: an older search is dropped before it begins and
//! cancelled while it runs.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::lock::Lock;
use super::message::{Answer, Job};
use super::state::View;

/// Who does the work: the index, or what a test puts in its place.
pub trait Desk: Send + 'static {
    /// Does a piece of work. Once `cancelled` says yes nobody waits for the answer any more, and `None` will do.
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer>;

    /// How much of the explorer is there.
    fn lock(&self) -> Lock;
}

/// Gives work to a thread that does it.
#[derive(Debug)]
pub struct Worker {
    mailbox: Arc<Mailbox>,
}

/// The newest request of each kind; an older one that has not begun is gone.
#[derive(Debug, Default)]
struct Slots {
    find: Option<Job>,
    open: Option<Job>,
    rows: Option<Job>,
    facets: Option<Job>,
    hints: Option<Job>,
    /// What is asked once and in order: lists of other views, another edition, what is to be kept.
    others: VecDeque<Job>,
    elsewhere: Option<Job>,
    months: Option<Job>,
    is_closed: bool,
}

#[derive(Debug, Default)]
struct Mailbox {
    slots: Mutex<Slots>,
    filled: Condvar,
    newest: AtomicU64,
}

impl Slots {
    /// Puts a request where the newest of its kind is kept.
    fn put(&mut self, job: Job) {
        match &job {
            Job::Find { .. } => {
                // Rows and marks of the results before are of no use any more.
                (self.rows, self.open, self.facets) = (None, None, None);
                (self.hints, self.elsewhere) = (None, None);
                self.find = Some(job);
            }
            Job::Rows { .. } => self.rows = Some(job),
            Job::Facets { .. } => self.facets = Some(job),
            Job::Open { .. } => self.open = Some(job),
            Job::Hints { .. } => self.hints = Some(job),
            Job::Elsewhere { .. } => self.elsewhere = Some(job),
            Job::Months => self.months = Some(job),
            Job::LayOver
            | Job::Judge { .. }
            | Job::Mark { .. }
            | Job::Sheet(_)
            | Job::Examples
            | Job::Switch(_)
            | Job::Queries
            | Job::Keep(_)
            | Job::Export { .. } => {
                if !self.others.contains(&job) {
                    self.others.push_back(job);
                }
            }
        }
    }
}

impl Worker {
    /// Starts a worker; `answer` is called on its thread with each answer, and says whether anybody still listens.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(desk: impl Desk, answer: impl Fn(Answer) -> bool + Send + 'static) -> std::io::Result<Self> {
        let mailbox = Arc::new(Mailbox::default());
        let worker = Self { mailbox: Arc::clone(&mailbox) };
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            while let Some(job) = mailbox.next() {
                let done = do_one(&desk, &job, &mailbox);
                if done.is_none() && mailbox.gives_way(&job) {
                    mailbox.put_back(job);
                }
                if done.is_some_and(|done| !answer(done)) {
                    break;
                }
            }
        })?;
        Ok(worker)
    }

    /// Gives it work.
    pub fn give(&self, job: Job) {
        let mut slots = self.mailbox.slots();
        if let Job::Find { asked, .. } = &job {
            self.mailbox.newest.store(*asked, Ordering::SeqCst);
        }
        slots.put(job);
        drop(slots);
        self.mailbox.filled.notify_one();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.mailbox.slots().is_closed = true;
        self.mailbox.filled.notify_one();
    }
}

impl Mailbox {
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for work: a search first, then a project, then rows, then what is said beside them, then what is asked once, and at last
    /// what nobody asked for.
    fn next(&self) -> Option<Job> {
        let mut slots = self.slots();
        loop {
            if slots.is_closed {
                return None;
            }
            let asked = slots.find.take().or_else(|| slots.open.take()).or_else(|| slots.rows.take());
            let asked = asked.or_else(|| slots.facets.take()).or_else(|| slots.hints.take());
            let asked = asked.or_else(|| slots.others.pop_front());
            let next = asked.or_else(|| slots.elsewhere.take()).or_else(|| slots.months.take());
            match next {
                Some(job) => return Some(job),
                None => slots = self.filled.wait(slots).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Whether a piece of work stops for a search, to be begun anew after it: what is counted for home and for the help takes many searches, a
    /// dossier can hold a register, and no letter that is typed waits for them. Nothing that is asked for waits for what nobody asked
    /// for: what is said beside a list, what other editions have, the files by month. What gives way gives way to what comes before
    /// it alone ([`Self::next`]), or it would be taken and put back for ever.
    fn gives_way(&self, job: &Job) -> bool {
        let slots = self.slots();
        let is_read = || slots.find.is_some() || slots.open.is_some() || slots.rows.is_some() || slots.facets.is_some();
        let is_asked = || is_read() || slots.hints.is_some() || !slots.others.is_empty();
        match job {
            Job::Hints { .. } => is_read(),
            Job::Elsewhere { .. } => is_asked(),
            Job::Months => is_asked() || slots.elsewhere.is_some(),
            Job::Sheet(View::Home | View::Grid(_)) | Job::Examples | Job::Export { .. } => slots.find.is_some(),
            _ => false,
        }
    }

    /// Takes work back that gave way. What is asked for meanwhile comes after it, as it was asked.
    fn put_back(&self, job: Job) {
        let is_old = self.is_old(&job);
        let mut slots = self.slots();
        match job {
            _ if is_old => {}
            Job::Hints { .. } => slots.hints = slots.hints.take().or(Some(job)),
            Job::Elsewhere { .. } => slots.elsewhere = slots.elsewhere.take().or(Some(job)),
            Job::Months => slots.months = Some(job),
            job if slots.others.contains(&job) => {}
            job => slots.others.push_front(job),
        }
    }

    fn is_old(&self, job: &Job) -> bool {
        let asked = match job {
            Job::Find { asked, .. }
            | Job::Rows { asked, .. }
            | Job::Open { asked, .. }
            | Job::Facets { asked, .. }
            | Job::Hints { asked, .. }
            | Job::Elsewhere { asked, .. } => *asked,
            Job::LayOver
            | Job::Judge { .. }
            | Job::Mark { .. }
            | Job::Sheet(_)
            | Job::Months
            | Job::Examples
            | Job::Switch(_)
            | Job::Queries
            | Job::Keep(_)
            | Job::Export { .. } => {
                return false;
            }
        };
        asked < self.newest.load(Ordering::SeqCst)
    }
}

/// Does one piece of work, unless nobody waits for it any more.
fn do_one(desk: &impl Desk, job: &Job, mailbox: &Mailbox) -> Option<Answer> {
    let cancelled = || mailbox.is_old(job) || mailbox.gives_way(job);
    work(desk, job, &cancelled).filter(|_| !mailbox.is_old(job))
}

/// Does one piece of work. A fault in it is an answer, and not the end of the program.
pub(super) fn work(desk: &impl Desk, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
    catch_unwind(AssertUnwindSafe(|| desk.work(job, cancelled))).unwrap_or_else(|_| {
        let message = "a fault in the program stopped this; the rest works: try it another way".to_owned();
        Some(Answer::Failed { of: job.clone(), message })
    })
}

#[cfg(test)]
mod tests;
