//! Runs **work** in parallel: long tasks first, then short ones for the workers that are free.
//!
//! Not in here: what the tasks are (`index`, `blocks`).

use rayon::iter::Either;
use rayon::prelude::*;

/// Runs the `long` tasks in parallel, started in their order, then the `short` ones, so that
/// workers have something to do until the last long task ends. Returns the results of both in the
/// order of the tasks.
pub(super) fn long_first<L: Sync, S: Sync, A: Send, B: Send>(
    long: &[L],
    do_long: impl Fn(&L) -> A + Sync,
    short: &[S],
    do_short: impl Fn(&S) -> B + Sync,
) -> (Vec<A>, Vec<B>) {
    let tasks = long.iter().map(Either::Left).chain(short.iter().map(Either::Right));
    // A worker takes the next task when it has finished one. If the list were divided beforehand,
    // one worker would get all short tasks.
    let (long, short) = tasks.enumerate().par_bridge().partition_map(|(number, task)| match task {
        Either::Left(task) => Either::Left((number, do_long(task))),
        Either::Right(task) => Either::Right((number, do_short(task))),
    });
    (in_order(long), in_order(short))
}

fn in_order<T>(mut done: Vec<(usize, T)>) -> Vec<T> {
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::long_first;

    #[test]
    fn long_tasks_are_begun_first_and_all_come_back_in_order() {
        let begun = Mutex::new(Vec::new());
        let note = |task: usize| {
            begun.lock().expect("no task panics").push(task);
            task * 10
        };
        let workers = rayon::current_num_threads();
        let many = 8 * workers;
        let (long, short): (Vec<usize>, Vec<usize>) =
            ((0..many).collect(), (many..9 * many).collect());
        let given = long_first(&long, |&task| note(task), &short, |&task| note(task));
        assert_eq!(given.0, long.iter().map(|task| task * 10).collect::<Vec<usize>>());
        assert_eq!(given.1, short.iter().map(|task| task * 10).collect::<Vec<usize>>());
        let begun = begun.into_inner().expect("no task panics");
        let first_short = begun.iter().position(|&task| task >= many).expect("there are some");
        // Whoever has taken a long task may note it a moment later than another a short one.
        assert!(first_short + workers >= many, "{begun:?}");
    }
}
