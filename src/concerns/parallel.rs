//! The same work for many things, on as many cores as there are. Answers come in the order of the things.

use std::thread;

/// More threads than this bring nothing to an edition.
const MOST: usize = 8;

/// What a function says of each thing, with its place among them.
pub(super) fn map<'a, T: Sync, R: Send>(things: &'a [T], work: impl Fn(usize, &'a T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).clamp(1, MOST);
    let share = things.len().div_ceil(threads * 8).max(1);
    if threads == 1 || things.len() < 2 {
        return things.iter().enumerate().map(|(at, thing)| work(at, thing)).collect();
    }
    // Small shares, taken as threads come free: projects differ in size a thousandfold.
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = &work;
    let mut parts: Vec<(usize, Vec<R>)> = thread::scope(|scope| {
        let take = || {
            let mut done = Vec::new();
            loop {
                let start = next.fetch_add(share, std::sync::atomic::Ordering::Relaxed);
                let Some(mine) = things.get(start..things.len().min(start + share)).filter(|mine| !mine.is_empty())
                else {
                    return done;
                };
                done.push((start, mine.iter().enumerate().map(|(at, thing)| work(start + at, thing)).collect()));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        // A fault of a thread goes on in this one.
        let done = workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        done.collect()
    });
    parts.sort_unstable_by_key(|(start, _)| *start);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_order() {
        for count in [0, 1, 2, 17, 1000] {
            let things: Vec<usize> = (0..count).collect();
            let answers = map(&things, |at, thing| (at, thing * 2));
            assert_eq!(answers, things.iter().map(|thing| (*thing, thing * 2)).collect::<Vec<_>>());
        }
    }
}
