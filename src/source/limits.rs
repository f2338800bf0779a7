//! The **limits** of what is read: larger files are refused before they use up memory and time.
//!
//! Each limit is a setting of `site.toml` (`[limits]`); its default is larger than any ordinary
//! file needs.

use crate::diagnostic::Message;
use crate::message;

/// The limits of the files of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, unless another limit is for its kind. Static files have none.
    pub file: u64,
    /// Bytes of a TOML file.
    pub toml: u64,
    /// Bytes of a Markdown file.
    pub markdown: u64,
    /// Bytes of a font.
    pub font: u64,
    /// Bytes of all files together, which are in memory at the same time.
    pub content: u64,
    /// Bytes of a workbook when it is unpacked.
    pub unpacked: u64,
    /// Cells of one sheet or CSV file, from its first column to the last filled one of each row.
    pub cells: u64,
    /// Columns of one sheet or CSV file.
    pub columns: u64,
    /// Bytes of one cell.
    pub cell: u64,
    /// Bytes of memory that the cells of a worksheet may take beyond twice the unpacked size, for
    /// texts and cells that the file stores once and repeats.
    pub repeated: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 1 << 30,
            toml: 16 << 20,
            markdown: 16 << 20,
            font: 512 << 20,
            content: 8 << 30,
            unpacked: 1 << 30,
            cells: 50_000_000,
            // As in Excel.
            columns: 16_384,
            cell: 1 << 20,
            repeated: 1 << 27,
        }
    }
}

/// A limit that was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceiling {
    key: &'static str,
    most: u64,
}

impl Limits {
    /// The limit for the file at `path` of the content or a theme, by its ending.
    pub fn of(&self, path: &str) -> Ceiling {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "toml" => Ceiling { key: "toml", most: self.toml },
            "md" => Ceiling { key: "markdown", most: self.markdown },
            _ => self.file_met(),
        }
    }

    /// The limit for a font.
    pub fn of_font(&self) -> Ceiling {
        Ceiling { key: "font", most: self.font }
    }

    /// All files together are too large.
    pub fn content_met(&self) -> Ceiling {
        Ceiling { key: "content", most: self.content }
    }

    /// The file is too large.
    pub fn file_met(&self) -> Ceiling {
        Ceiling { key: "file", most: self.file }
    }

    /// The workbook is too large unpacked.
    pub fn unpacked_met(&self) -> Ceiling {
        Ceiling { key: "unpacked", most: self.unpacked }
    }

    /// There are too many cells.
    pub fn cells_met(&self) -> Ceiling {
        Ceiling { key: "cells", most: self.cells }
    }

    /// There are too many columns.
    pub fn columns_met(&self) -> Ceiling {
        Ceiling { key: "columns", most: self.columns }
    }

    /// A cell is too long.
    pub fn cell_met(&self) -> Ceiling {
        Ceiling { key: "cell", most: self.cell }
    }

    /// Repeated texts and cells take too much memory.
    pub fn repeated_met(&self) -> Ceiling {
        Ceiling { key: "repeated", most: self.repeated }
    }
}

impl Ceiling {
    /// Is a file of so many bytes too large?
    pub fn is_below(&self, bytes: u64) -> bool {
        self.most < bytes
    }

    /// The message about the exceeded limit, and advice.
    pub fn told(&self) -> (Message, Message) {
        let Self { key, most } = self;
        let message = match *key {
            "file" | "toml" | "markdown" | "font" => {
                message!(ja: "ファイルが{most}バイトを超えています", en: "the file has more than {most} bytes")
            }
            "content" => message!(
                ja: "ファイルを合わせた大きさが{most}バイトを超えています",
                en: "the files have more than {most} bytes together",
            ),
            "unpacked" => message!(
                ja: "ブックを展開した大きさが{most}バイトを超えています",
                en: "the workbook takes more than {most} bytes when unpacked",
            ),
            "cells" => {
                message!(ja: "セルが{most}個を超えています", en: "there are more than {most} cells")
            }
            "columns" => {
                message!(ja: "列が{most}列を超えています", en: "there are more than {most} columns")
            }
            "repeated" => message!(
                ja: "同じ値の繰り返しが{most}バイトを超えています",
                en: "values that are repeated take more than {most} bytes",
            ),
            _ => message!(
                ja: "{most}バイトを超えるセルがあります",
                en: "a cell has more than {most} bytes",
            ),
        };
        let help = message!(
            ja: "ファイルが壊れていないか確認してください。必要な大きさの場合は、「site.toml」の「[limits]」の「{key}」を増やしてください",
            en: "check that the file is not damaged; if it has to be this large, raise `{key}` of `[limits]` in `site.toml`",
        );
        (message, help)
    }
}
