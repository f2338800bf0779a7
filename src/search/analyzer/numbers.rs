//! **Numbers** that are written with separators: 7,034 and 087-839-2000 become one token each, the
//! same as 7034 and 0878392000.
//!
//! Not in here: years (`years`).

use std::iter::once;

use super::folding::is_dash;

/// Numbers of digits of a telephone number with its area code.
const TELEPHONE: [usize; 2] = [10, 11];

/// The indices of the separators within numbers of `normal`, in order: commas that group digits in
/// threes, and the hyphens or parentheses of a telephone number, which begins with 0 and has three
/// groups of digits.
pub(super) fn separators(normal: &[char]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < normal.len() {
        if !normal[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let end = past_digits(normal, start);
        if normal[start] == '0' {
            found.extend(in_telephone(normal, start, end).unwrap_or_default());
        } else if end - start <= 3 {
            let mut at = end;
            while normal.get(at) == Some(&',') && past_digits(normal, at + 1) == at + 4 {
                found.push(at);
                at += 4;
            }
            start = at;
            continue;
        }
        start = end;
    }
    found
}

/// The indices of the separators of the telephone number whose first group is `start..end`; `None`
/// where it is no telephone number.
fn in_telephone(normal: &[char], start: usize, end: usize) -> Option<Vec<usize>> {
    let (mut found, mut ends) = (Vec::new(), end);
    let separates = |at: usize| normal.get(at).is_some_and(|&c| is_dash(c) || c == '(' || c == ')');
    while separates(ends) && past_digits(normal, ends + 1) > ends + 1 {
        found.push(ends);
        ends = past_digits(normal, ends + 1);
    }
    let digits = ends - start - found.len();
    (found.len() == 2 && TELEPHONE.contains(&digits)).then_some(found)
}

/// The index after the digits that begin at `at`; `at` itself where there are none.
fn past_digits(normal: &[char], at: usize) -> usize {
    let digits = normal.iter().skip(at).take_while(|c| c.is_ascii_digit()).count();
    at + digits
}

/// Removes the values at the indices `separators`, which are in order.
pub(super) fn without<T>(values: &mut Vec<T>, separators: &[usize]) {
    let mut next = separators.iter().copied().chain(once(usize::MAX)).peekable();
    let mut at = 0;
    values.retain(|_| {
        let drop = next.next_if_eq(&at).is_some();
        at += 1;
        !drop
    });
}
