//! The **projection** from the ellipsoid to a plane: transverse Mercator about a meridian, as the
//! maps of Japan use it, by Krüger's series. Angles are true everywhere, and so is the scale near
//! the meridian.

use super::LonLat;

/// The ellipsoid of WGS 84, which differs from that of JGD2011 by less than a millimetre.
const RADIUS: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// Transverse Mercator about one meridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// The meridian, in degrees.
    meridian: f64,
}

impl Projection {
    /// The projection about `meridian`, in degrees.
    pub fn about(meridian: f64) -> Self {
        Self { meridian }
    }

    /// The meridian about which it is, in degrees.
    pub fn meridian(&self) -> f64 {
        self.meridian
    }

    /// Metres east of the meridian and north of the equator.
    pub fn project(&self, [east, north]: LonLat) -> [f64; 2] {
        let n = FLATTENING / (2.0 - FLATTENING);
        let alpha = [
            n / 2.0 - n.powi(2) * 2.0 / 3.0 + n.powi(3) * 5.0 / 16.0,
            n.powi(2) * 13.0 / 48.0 - n.powi(3) * 3.0 / 5.0,
            n.powi(3) * 61.0 / 240.0,
        ];
        let mean = RADIUS / (1.0 + n) * (1.0 + n.powi(2) / 4.0 + n.powi(4) / 64.0);
        let (sine, along) = (north.to_radians().sin(), (east - self.meridian).to_radians());
        let c = 2.0 * n.sqrt() / (1.0 + n);
        let t = (sine.atanh() - c * (c * sine).atanh()).sinh();
        let xi = t.atan2(along.cos());
        let eta = (along.sin() / t.hypot(along.cos())).asinh();
        let (mut x, mut y) = (eta, xi);
        for (j, alpha) in (1..).zip(alpha) {
            let j = 2.0 * f64::from(j);
            x += alpha * (j * xi).cos() * (j * eta).sinh();
            y += alpha * (j * xi).sin() * (j * eta).cosh();
        }
        [mean * x, mean * y]
    }
}

#[cfg(test)]
mod tests {
    use super::Projection;

    /// Of pyproj 3.7.2, `+proj=tmerc +lon_0=… +ellps=WGS84`.
    const REFERENCE: [(f64, [f64; 2], [f64; 2]); 4] = [
        (136.05, [136.05511, 35.23753], [465.131, 3900945.145]),
        (136.05, [136.20000, 35.10000], [13676.551, 3885697.345]),
        (138.00, [123.00000, 24.40000], [-1533104.431, 2783795.605]),
        (138.00, [145.80000, 43.30000], [633030.856, 4825694.738]),
    ];

    #[test]
    fn it_is_that_of_proj() {
        for (meridian, position, [x, y]) in REFERENCE {
            let [east, north] = Projection::about(meridian).project(position);
            assert!((east - x).abs() < 0.01 && (north - y).abs() < 0.01, "{east} {north}");
        }
    }
}
