//! A canvas as **PNG** with a palette.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::canvas::{Canvas, HEIGHT, WIDTH};

/// The PNG file with the pixels of `canvas` and the colours of `palette`.
pub(super) fn png(canvas: &Canvas, palette: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    // Neighbouring indices need not be similar colours, so filters only make the file longer.
    encoder.set_filter(Filter::NoFilter);
    encoder.set_compression(Compression::Balanced);
    let mut writer = encoder.write_header().expect("memory takes every byte");
    writer.write_image_data(&canvas.pixels).expect("the canvas is as large as it is said to be");
    writer.finish().expect("memory takes every byte");
    bytes
}
