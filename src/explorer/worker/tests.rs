//! The race: what is asked last is what is answered.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::*;
use crate::explorer::document::Subject;
use crate::explorer::lock::Lock;
use crate::explorer::message::Rows;
use crate::explorer::sheet::Sheet;
use crate::index::{Found, ProjectId, Request};

/// How long to wait before a test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// A desk that stands still at each search until it is told to go on.
struct Slow {
    begun: Sender<u64>,
    go_on: Mutex<Receiver<()>>,
    heeds_cancelling: bool,
}

impl Desk for Slow {
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
        let Job::Find { asked, request, .. } = job else { return None };
        self.begun.send(*asked).unwrap();
        self.go_on.lock().unwrap().recv().unwrap();
        assert_ne!(request.query, "fault", "a fault, on purpose");
        if self.heeds_cancelling && cancelled() {
            return None;
        }
        Some(Answer::Found { asked: *asked, found: Found::default(), rows: Rows::default() })
    }

    fn lock(&self) -> Lock {
        Lock::Open
    }
}

fn find(asked: u64, query: &str) -> Job {
    Job::Find { asked, request: Request { query: query.to_owned(), ..Request::default() }, rows: 7, columns: 80 }
}

struct Race {
    worker: Worker,
    begun: Receiver<u64>,
    go_on: Sender<()>,
    answers: Receiver<Answer>,
}

fn race(heeds_cancelling: bool) -> Race {
    let (begun_sender, begun) = channel();
    let (go_on, go_on_receiver) = channel();
    let (answer_sender, answers) = channel();
    let desk = Slow { begun: begun_sender, go_on: Mutex::new(go_on_receiver), heeds_cancelling };
    let worker = Worker::start(desk, move |answer| answer_sender.send(answer).is_ok()).unwrap();
    Race { worker, begun, go_on, answers }
}

fn answered(race: &Race) -> u64 {
    match race.answers.recv_timeout(DEADLINE).unwrap() {
        Answer::Found { asked, .. } => asked,
        other => panic!("no search was answered: {other:?}"),
    }
}

#[test]
fn the_newest_request_wins_whether_or_not_the_older_one_heeds() {
    for heeds_cancelling in [true, false] {
        let race = race(heeds_cancelling);
        race.worker.give(find(1, "d"));
        assert_eq!(race.begun.recv_timeout(DEADLINE), Ok(1));
        // While the first is running three more are asked for: those between are never begun.
        for asked in 2..=4 {
            race.worker.give(find(asked, "de"));
        }
        race.go_on.send(()).unwrap();
        assert_eq!(race.begun.recv_timeout(DEADLINE), Ok(4));
        race.go_on.send(()).unwrap();
        assert_eq!(answered(&race), 4);
        assert!(race.answers.try_recv().is_err(), "an older search was answered");
    }
}

#[test]
fn a_new_search_drops_what_was_asked_of_the_old_one() {
    let race = race(true);
    race.worker.give(find(1, "d"));
    assert_eq!(race.begun.recv_timeout(DEADLINE), Ok(1));
    race.worker.give(Job::Open { asked: 1, subject: Subject::Project(ProjectId(0)), request: Request::default() });
    race.worker.give(find(2, "de"));
    let slots = race.worker.mailbox.slots();
    assert!(slots.open.is_none() && slots.find.is_some());
    drop(slots);
    race.go_on.send(()).unwrap();
    race.go_on.send(()).unwrap();
    assert_eq!(answered(&race), 2);
}

/// A desk at which home counts until it has to give way, the first time.
struct Counting {
    begun: Sender<&'static str>,
    times: Mutex<usize>,
}

impl Desk for Counting {
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
        let Job::Find { asked, .. } = job else {
            self.begun.send("home").unwrap();
            *self.times.lock().unwrap() += 1;
            while *self.times.lock().unwrap() == 1 {
                if cancelled() {
                    return None;
                }
                thread::yield_now();
            }
            return Some(Answer::Sheet { view: View::Home, sheet: Sheet::default() });
        };
        self.begun.send("find").unwrap();
        Some(Answer::Found { asked: *asked, found: Found::default(), rows: Rows::default() })
    }

    fn lock(&self) -> Lock {
        Lock::Open
    }
}

#[test]
fn what_home_counts_gives_way_to_a_search_and_is_counted_after_it() {
    let (begun_sender, begun) = channel();
    let (answer_sender, answers) = channel();
    let desk = Counting { begun: begun_sender, times: Mutex::new(0) };
    let worker = Worker::start(desk, move |answer| answer_sender.send(answer).is_ok()).unwrap();
    worker.give(Job::Sheet(View::Home));
    assert_eq!(begun.recv_timeout(DEADLINE), Ok("home"));
    worker.give(find(1, "d"));
    assert!(matches!(answers.recv_timeout(DEADLINE), Ok(Answer::Found { asked: 1, .. })));
    assert!(matches!(answers.recv_timeout(DEADLINE), Ok(Answer::Sheet { view: View::Home, .. })));
    assert_eq!([begun.recv_timeout(DEADLINE), begun.recv_timeout(DEADLINE)], [Ok("find"), Ok("home")]);
}

/// A desk at which everything but a search stands still until it has to give way, the first time.
struct GivingWay {
    begun: Sender<&'static str>,
    is_first: Mutex<bool>,
}

impl Desk for GivingWay {
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
        let name = name(job);
        self.begun.send(name).unwrap();
        while name != "find" && *self.is_first.lock().unwrap() {
            if cancelled() {
                *self.is_first.lock().unwrap() = false;
                return None;
            }
            thread::yield_now();
        }
        Some(Answer::Kept { notice: Some(name.to_owned()) })
    }

    fn lock(&self) -> Lock {
        Lock::Open
    }
}

fn name(job: &Job) -> &'static str {
    match job {
        Job::Find { .. } => "find",
        Job::Open { .. } => "open",
        Job::Hints { .. } => "hints",
        Job::Sheet(_) => "sheet",
        Job::Elsewhere { .. } => "elsewhere",
        Job::Months => "months",
        _ => "another",
    }
}

fn hints(asked: u64) -> Job {
    Job::Hints { asked, request: Request::default(), found: 0 }
}

fn elsewhere(asked: u64) -> Job {
    Job::Elsewhere { asked, request: Request::default() }
}

/// What is begun where a piece of work is under way and others are asked for: in which order, to the last of them.
fn begun(first: Job, others: Vec<Job>, last: &str) -> Vec<&'static str> {
    let (begun_sender, begun) = channel();
    let (answer_sender, answers) = channel();
    let desk = GivingWay { begun: begun_sender, is_first: Mutex::new(true) };
    let worker = Worker::start(desk, move |answer| answer_sender.send(answer).is_ok()).unwrap();
    worker.give(first);
    let mut order = vec![begun.recv_timeout(DEADLINE).unwrap()];
    // All at once, so that the worker cannot take one before the next is there.
    let mut slots = worker.mailbox.slots();
    for job in others {
        if let Job::Find { asked, .. } = job {
            worker.mailbox.newest.store(asked, Ordering::SeqCst);
        }
        slots.put(job);
    }
    drop(slots);
    while !matches!(answers.recv_timeout(DEADLINE).unwrap(), Answer::Kept { notice: Some(name) } if name == last) {}
    order.extend(begun.try_iter());
    order
}

#[test]
fn what_nobody_asked_for_gives_way_to_what_is_asked_for_and_is_done_after_it() {
    let open = || Job::Open { asked: 1, subject: Subject::Project(ProjectId(0)), request: Request::default() };
    let all = |last: Job| vec![last, Job::Sheet(View::Home), open()];
    assert_eq!(begun(hints(1), vec![open(), elsewhere(1)], "elsewhere"), ["hints", "open", "hints", "elsewhere"]);
    assert_eq!(begun(elsewhere(1), all(hints(1)), "elsewhere"), ["elsewhere", "open", "hints", "sheet", "elsewhere"]);
    assert_eq!(begun(Job::Months, all(elsewhere(1)), "months"), ["months", "open", "sheet", "elsewhere", "months"]);
}

#[test]
fn what_is_said_beside_an_older_list_is_given_up_for_a_new_search() {
    for old in [hints(1), elsewhere(1)] {
        let old_name = name(&old);
        let order = begun(old, vec![find(2, "d"), Job::Months], "months");
        assert_eq!(order, [old_name, "find", "months"]);
    }
}

#[test]
fn a_fault_is_answered_and_the_worker_goes_on() {
    let race = race(true);
    race.worker.give(find(1, "fault"));
    race.go_on.send(()).unwrap();
    assert!(matches!(race.answers.recv_timeout(DEADLINE), Ok(Answer::Failed { .. })));
    race.worker.give(find(2, "d"));
    race.go_on.send(()).unwrap();
    assert_eq!(answered(&race), 2);
}
