//! The **frame** of a map: the part of the projected plane that it shows, and its scale. It is as
//! wide as high or less high, and what it shows lies in its middle.

use super::{LonLat, Projection};

/// Width of a map in its own units, and its greatest height.
pub const SIDE: f64 = 480.0;

/// Least extent of what is shown, in metres, so that a single place has surroundings.
const LEAST: f64 = 400.0;

/// A frame; its units are those of [`SIDE`], from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapFrame {
    projection: Projection,
    /// Units in a metre.
    scale: f64,
    /// The upper left corner, in metres of the projection.
    corner: [f64; 2],
    /// Its height.
    height: f64,
}

impl MapFrame {
    /// The frame that shows all `positions` at least `margin` from its edges; `None` if there are
    /// none.
    pub fn around(positions: impl Iterator<Item = LonLat> + Clone, margin: f64) -> Option<Self> {
        let (east, _) = range(positions.clone().map(|[east, _]| east))?;
        let projection = Projection::about((east[0] + east[1]) / 2.0);
        let projected = positions.map(|position| projection.project(position));
        let (x, width) = range(projected.clone().map(|[x, _]| x))?;
        let (y, height) = range(projected.map(|[_, y]| y))?;
        let room = SIDE - 2.0 * margin;
        let scale = (room / width.max(LEAST)).min(room / height.max(LEAST));
        let tall = height.max(LEAST / 2.0) * scale + 2.0 * margin;
        let middle = [(x[0] + x[1]) / 2.0, (y[0] + y[1]) / 2.0];
        let corner = [middle[0] - SIDE / scale / 2.0, middle[1] + tall / scale / 2.0];
        Some(Self { projection, scale, corner, height: tall.ceil() })
    }

    /// Its height.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Where `position` is in it.
    pub fn place(&self, position: LonLat) -> [f64; 2] {
        let [x, y] = self.projection.project(position);
        [(x - self.corner[0]) * self.scale, (self.corner[1] - y) * self.scale]
    }

    /// Is `position` within it?
    pub fn shows(&self, position: LonLat) -> bool {
        let [x, y] = self.place(position);
        (0.0..=SIDE).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// A round length in metres that is at most a quarter of the width, and its units.
    pub fn round_length(&self) -> (f64, f64) {
        let most = SIDE / 4.0 / self.scale;
        let ten = 10_f64.powf(most.log10().floor());
        let metres = [5.0, 2.0, 1.0].map(|times| times * ten);
        let metres = metres.into_iter().find(|metres| *metres <= most).unwrap_or(ten);
        (metres, metres * self.scale)
    }
}

/// The least and the greatest of some numbers, and their difference.
fn range(numbers: impl Iterator<Item = f64>) -> Option<([f64; 2], f64)> {
    let range = numbers.fold(None, |range: Option<[f64; 2]>, number| {
        let [least, most] = range.unwrap_or([number, number]);
        Some([least.min(number), most.max(number)])
    })?;
    Some((range, range[1] - range[0]))
}

#[cfg(test)]
mod tests {
    use super::{MapFrame, SIDE};

    #[test]
    fn what_it_shows_lies_in_its_middle_and_true_to_scale() {
        let corners = [[136.0, 35.2], [136.1, 35.3]];
        let frame = MapFrame::around(corners.into_iter(), 10.0).unwrap();
        let [[left, bottom], [right, top]] = corners.map(|corner| frame.place(corner));
        assert!((left + right - SIDE).abs() < 0.1, "{left} {right}");
        assert!((bottom + top - frame.height()).abs() < 1.0, "{bottom} {top}");
        // A tenth of a degree is 11.1 km to the north and 9.1 km to the east.
        let ratio = (bottom - top) / (right - left);
        assert!((ratio - 11.096 / 9.106).abs() < 0.002, "{ratio}");
        let (metres, units) = frame.round_length();
        assert_eq!(metres, 2000.0);
        assert!((units - (bottom - top) / 11_096.0 * 2000.0).abs() < 0.1, "{units}");
    }

    #[test]
    fn one_place_has_surroundings() {
        let frame = MapFrame::around([[136.0, 35.2]].into_iter(), 10.0).unwrap();
        assert!(frame.height() < SIDE);
        assert!(frame.shows([136.001, 35.2]) && !frame.shows([136.01, 35.2]));
        assert!(MapFrame::around([].into_iter(), 10.0).is_none());
    }
}
