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
