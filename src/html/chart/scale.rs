//! A **scale**: from figures to fractions of a length, with the round values at which lines are
//! drawn.

/// A scale of values from its first tick to its last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AxisScale {
    pub ticks: Vec<f64>,
}

/// Whether zero must be on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zero {
    /// Lengths are compared, so they begin at zero.
    Needed,
    /// Positions are compared; zero is included if it is near.
    IfNear,
}

/// Approximate number of steps; fewer lines would not make a chart calmer.
const STEPS: f64 = 4.0;

impl AxisScale {
    /// A scale with round ticks that covers all `values`, which must be finite and at least one.
    pub fn of(values: &[f64], zero: Zero) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let near = least > 0.0 && least < most * 0.5 || most < 0.0 && most > least * 0.5;
        let (mut low, mut high) = match zero == Zero::Needed || near {
            true => (least.min(0.0), most.max(0.0)),
            false => (least, most),
        };
        if low == high {
            // All values are equal: the scale gets room on both sides of the value, or above zero.
            let room = if low == 0.0 { 1.0 } else { low.abs() * 0.1 };
            (low, high) = if low == 0.0 { (0.0, room) } else { (low - room, high + room) };
        }
        let step = round_step((high - low) / STEPS);
        // Rounding errors may put a value that is on a tick slightly beside it.
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let count = (last - first).round() as usize;
        // Ticks are multiplied, not added up, so that errors do not grow: 0.3, not
        // 0.30000000000000004.
        let decimals = decimals(step);
        let tick = |n: usize| rounded((first + n as f64) * step, decimals);
        Self { ticks: (0..=count).map(tick).collect() }
    }

    /// Where `value` lies between the first tick, 0, and the last, 1.
    pub fn place(&self, value: f64) -> f64 {
        let (first, last) = (self.first(), self.last());
        (value - first) / (last - first)
    }

    pub fn first(&self) -> f64 {
        self.ticks.first().copied().unwrap_or_default()
    }

    pub fn last(&self) -> f64 {
        self.ticks.last().copied().unwrap_or_default()
    }

    /// Decimals that its ticks are written with.
    pub fn decimals(&self) -> usize {
        match self.ticks.as_slice() {
            [first, second, ..] => decimals(second - first),
            _ => 0,
        }
    }
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that is not below `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|step| step * power >= rough * 0.999_999);
    step.unwrap_or(10.0) * power
}

fn decimals(step: f64) -> usize {
    (0..12).find(|&n| (step - rounded(step, n)).abs() < step * 1e-6).unwrap_or(12)
}

fn rounded(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::{AxisScale, Zero};

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        let ticks = |values: &[f64], zero| AxisScale::of(values, zero).ticks;
        assert_eq!(ticks(&[62.0, 163.0], Zero::Needed), [0.0, 50.0, 100.0, 150.0, 200.0]);
        assert_eq!(ticks(&[0.0], Zero::Needed), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(ticks(&[-3.0, 5.0], Zero::Needed), [-4.0, -2.0, 0.0, 2.0, 4.0, 6.0]);
        assert_eq!(ticks(&[98.1, 98.4], Zero::IfNear), [98.1, 98.2, 98.3, 98.4]);
        assert_eq!(ticks(&[30.0, 98.0], Zero::IfNear), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(ticks(&[0.1, 0.3], Zero::Needed), [0.0, 0.1, 0.2, 0.3]);
    }

    #[test]
    fn extremes_do_no_harm() {
        for values in [[1e15, 1.0], [-1e-9, 0.0], [5.0, 5.0], [-7.0, -7.0], [1e300, -1e300]] {
            let scale = AxisScale::of(&values, Zero::IfNear);
            assert!(scale.ticks.len() >= 2 && scale.ticks.len() < 12, "{values:?}: {scale:?}");
            for value in values {
                let place = scale.place(value);
                assert!((-1e-9..=1.0 + 1e-9).contains(&place), "{value} at {place} of {scale:?}");
            }
        }
    }
}
