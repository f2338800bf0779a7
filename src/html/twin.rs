//! The **twin** of a page in Markdown, for programs that read for people: what stands in the page's
//! `<main>`, made from the page itself, so that both say the same whatever the theme lays out.
//!
//! Not in here: Markdown of the content (`markdown`).

use std::borrow::Cow;
use std::fmt::Write as _;

/// Is this an element whose contents are not read: a control, a drawing, a reading above words?
fn is_passed_over(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "svg"
            | "form"
            | "button"
            | "select"
            | "input"
            | "label"
            | "rt"
            | "rp"
            | "template"
    )
}

/// Does this element stand in a line of text? All others begin a new block.
fn is_in_line(name: &str) -> bool {
    match name.len() {
        1 => matches!(name, "a" | "b" | "i" | "q" | "s"),
        2 => matches!(name, "br" | "em"),
        3 => matches!(name, "bdi" | "del" | "img" | "ins" | "sub" | "sup" | "var" | "wbr"),
        4 => matches!(name, "abbr" | "cite" | "code" | "mark" | "ruby" | "span" | "time"),
        _ => matches!(name, "small" | "strong"),
    }
}

/// Has this element no end?
fn is_empty(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "input" | "link" | "source" | "wbr")
}

/// The `<main>` of the page `html` as Markdown, followed by the `address` of the page. `None` if
/// the page has no `<main>`.
pub(super) fn of(html: &str, address: &str) -> Option<String> {
    let begin = html.find("<main")?;
    // Less follows the last one than stands before it.
    let main = &html[begin..begin + html[begin..].rfind("</main>")?];
    let mut writer = TwinWriter::default();
    let mut rest = main;
    while let Some(open) = rest.find('<') {
        writer.text(&rest[..open]);
        let Some(close) = end_of_tag(&rest[open..]) else { break };
        let passed = writer.tag(&rest[open + 1..open + close]);
        rest = &rest[open + close + 1..];
        if let Some(name) = passed {
            rest = behind(rest, name);
        }
    }
    writer.flush();
    let mut text = writer.out;
    text.drain(..text.len() - text.trim_start().len());
    let _ = writeln!(text, "\n<{address}>");
    Some(text)
}

/// Compares one byte, where `str::starts_with` compares texts.
fn begins_with(text: &str, byte: u8) -> bool {
    text.as_bytes().first() == Some(&byte)
}

fn ends_with(text: &str, byte: u8) -> bool {
    text.as_bytes().last() == Some(&byte)
}

/// The place of the `>` that ends the tag at the beginning of `text`; one in an attribute does not.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut place = 0;
    loop {
        match bytes.get(place)? {
            b'>' => return Some(place),
            quote @ (b'"' | b'\'') => {
                place += 1 + bytes[place + 1..].iter().position(|byte| byte == quote)? + 1;
            }
            _ => place += 1,
        }
    }
}

/// What follows the end of an element `name` whose contents begin at the beginning of `html`.
fn behind<'h>(html: &'h str, name: &str) -> &'h str {
    let mut depth = 1_usize;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let ends = begins_with(rest, b'/');
        let tag = &rest[usize::from(ends)..];
        // Most tags differ in their first letter.
        if tag.as_bytes().first() != name.as_bytes().first() {
            continue;
        }
        let Some(after) = tag.strip_prefix(name) else { continue };
        if !after.starts_with(|c: char| matches!(c, '>' | '/') || c.is_ascii_whitespace()) {
            continue;
        }
        if ends {
            depth -= 1
        } else {
            depth += 1
        }
        if depth == 0 {
            return end_of_tag(after).map_or("", |close| &after[close + 1..]);
        }
    }
    ""
}

#[derive(Default)]
struct TwinWriter<'h> {
    out: String,
    /// The block that is being read, in one line.
    line: String,
    /// What the next block begins with: `## `, `- `.
    mark: Cow<'static, str>,
    /// Lists around the block, each with the number of its last item; unordered ones have none.
    lists: Vec<Option<usize>>,
    /// Rows of the table that is being read.
    table: Option<Vec<Vec<String>>>,
    /// Its caption.
    caption: String,
    /// Where open links begin in the line, and where they lead.
    links: Vec<(usize, Cow<'h, str>)>,
    /// Whether text is kept as it is.
    verbatim: bool,
}

impl<'h> TwinWriter<'h> {
    /// Reads a tag. Gives its name if the contents of its element are not to be read.
    fn tag(&mut self, tag: &'h str) -> Option<&'h str> {
        let ends = begins_with(tag, b'/');
        let tag = if ends { &tag[1..] } else { tag.trim_end_matches('/') };
        let length = tag.bytes().position(|byte| byte.is_ascii_whitespace());
        let name = &tag[..length.unwrap_or(tag.len())];
        if begins_with(name, b'!') {
            return None;
        }
        if is_passed_over(name) {
            // A drawing says its figures in its name.
            if let ("svg", false) = (name, ends) {
                attribute(tag, "aria-label=\"").iter().for_each(|label| self.plain(label));
            }
            return (!ends && !is_empty(name)).then_some(name);
        }
        if !is_in_line(name) {
            match self.table {
                None => self.flush(),
                Some(_) => self.space(),
            }
        }
        match ends {
            true => self.end(name),
            false => self.begin(name, tag),
        }
        None
    }

    fn begin(&mut self, name: &str, tag: &'h str) {
        match name {
            "h1" => self.mark = "# ".into(),
            "h2" => self.mark = "## ".into(),
            "h3" => self.mark = "### ".into(),
            "h4" => self.mark = "#### ".into(),
            "h5" => self.mark = "##### ".into(),
            "h6" => self.mark = "###### ".into(),
            "ul" | "dl" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "li" | "dt" => {
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ").into()
                    }
                    _ => "- ".into(),
                }
            }
            "dd" => self.mark = "  ".into(),
            "a" => {
                let address = attribute(tag, "href=\"").unwrap_or_default();
                self.links.push((self.line.len(), address));
            }
            "img" => {
                let [alt, address] =
                    ["alt=\"", "src=\""].map(|name| attribute(tag, name).unwrap_or_default());
                self.line.push_str("![");
                push_escaped(&mut self.line, &unescaped(&alt));
                let _ = write!(self.line, "]({address})");
            }
            "br" => self.space(),
            "strong" | "b" => self.line.push_str("**"),
            "del" | "s" => self.line.push_str("~~"),
            "code" if !self.verbatim => self.line.push('`'),
            "pre" => {
                self.out.push_str("\n```\n");
                self.verbatim = true;
            }
            "table" => self.table = Some(Vec::new()),
            "tr" => self.table.iter_mut().for_each(|rows| rows.push(Vec::new())),
            "th" | "td" => self.line.clear(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "ul" | "ol" | "dl" => drop(self.lists.pop()),
            "a" => {
                let Some((start, address)) = self.links.pop() else { return };
                let start = start.min(self.line.len());
                let text = self.line[start..].trim();
                if !text.is_empty() && !address.is_empty() {
                    let link = format!("[{text}]({address})");
                    self.line.truncate(start);
                    self.line.push_str(&link);
                }
            }
            "strong" | "b" => self.line.push_str("**"),
            "del" | "s" => self.line.push_str("~~"),
            "code" if !self.verbatim => self.line.push('`'),
            "pre" => {
                self.verbatim = false;
                self.out.push_str("\n```\n");
            }
            "th" | "td" => {
                let cell = self.line.trim().replace('|', "\\|");
                self.line.clear();
                self.links.clear();
                if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            "caption" => self.caption = std::mem::take(&mut self.line),
            "table" => self.end_of_table(),
            _ => {}
        }
    }

    /// Writes the table. Its first row is the header.
    fn end_of_table(&mut self) {
        let Some(rows) = self.table.take() else { return };
        let caption = std::mem::take(&mut self.caption);
        self.line.clear();
        if !caption.trim().is_empty() {
            let _ = write!(self.out, "\n{}\n", caption.trim());
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        self.out.push('\n');
        for (index, row) in rows.iter().filter(|row| !row.is_empty()).enumerate() {
            self.out.push('|');
            for place in 0..width {
                self.out.push(' ');
                self.out.push_str(row.get(place).map_or("", String::as_str));
                self.out.push_str(" |");
            }
            self.out.push('\n');
            if index == 0 {
                let _ = writeln!(self.out, "|{}", "---|".repeat(width));
            }
        }
    }

    fn text(&mut self, html: &str) {
        if !html.is_empty() {
            self.plain(&unescaped(html));
        }
    }

    /// Adds `text`, in which nothing stands for another character.
    fn plain(&mut self, text: &str) {
        if self.verbatim {
            self.out.push_str(text);
            return;
        }
        let is_code = ends_with(&self.line, b'`');
        if text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.space();
        }
        for word in text.split_ascii_whitespace() {
            match is_code {
                true => self.line.push_str(word),
                false => push_escaped(&mut self.line, word),
            }
            self.line.push(' ');
        }
        if !text.ends_with(|c: char| c.is_ascii_whitespace()) && ends_with(&self.line, b' ') {
            self.line.pop();
        }
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !ends_with(&self.line, b' ') {
            self.line.push(' ');
        }
    }

    /// Writes the block that has been read, if there is one.
    fn flush(&mut self) {
        self.links.clear();
        let line = self.line.trim();
        if !line.is_empty() {
            let mark = std::mem::take(&mut self.mark);
            // Items follow each other without a blank line.
            if !mark.starts_with(['-', ' ']) && !mark.starts_with(|c: char| c.is_ascii_digit()) {
                self.out.push('\n');
            }
            (1..self.lists.len()).for_each(|_| self.out.push_str("  "));
            self.out.push_str(&mark);
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.line.clear();
    }
}

/// The value of an attribute in double quotes. `given` is its name with what stands before the
/// value: `href="`.
fn attribute<'h>(tag: &'h str, given: &str) -> Option<Cow<'h, str>> {
    let stands_alone = |place: &usize| tag[..*place].ends_with(|c: char| c.is_ascii_whitespace());
    let (begin, _) = tag.match_indices(given).find(|(place, _)| stands_alone(place))?;
    let value = &tag[begin + given.len()..];
    Some(unescaped(&value[..value.find('"')?]))
}

/// Text with its character references resolved.
fn unescaped(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(place) = rest.find('&') {
        text.push_str(&rest[..place]);
        rest = &rest[place..];
        let end = rest.find(';').filter(|end| *end <= 8);
        let known = end.and_then(|end| character(&rest[1..end]).map(|c| (c, end + 1)));
        let (c, length) = known.unwrap_or(('&', 1));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Adds `text`, with the characters that Markdown would take for marks behind backslashes.
fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    let is_mark = |byte: &u8| matches!(byte, b'\\' | b'`' | b'*' | b'[' | b']' | b'<');
    while let Some(place) = rest.as_bytes().iter().position(is_mark) {
        out.push_str(&rest[..place]);
        out.push('\\');
        out.push_str(&rest[place..=place]);
        rest = &rest[place + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_page_is_read_as_it_stands() {
        let page = "<nav>menu</nav><main id=\"main\"><h1>表<wbr>題 &amp; *</h1>\n<p>全<strong>12</strong>件。\
            <a href=\"../a.html\">次\n  へ</a></p><ul><li>一</li><li>二<ul><li>三</li></ul></li></ul>\
            <dl><div><dt>版</dt><dd>1</dd><dd>2</dd></div></dl>\
            <table><caption>値</caption><thead><tr><th>年</th><th>額</th></tr></thead>\
            <tbody><tr><th>2023</th><td><span>1|2</span></td></tr></tbody></table>\
            <svg aria-label=\"2014: 7 &amp;amp; 8\"><text>9</text></svg><form><input>x</form>\
            <pre><code>a &lt; b\n  c</code></pre></main><footer>end</footer>";
        assert_eq!(
            of(page, "https://x.example/a.html").expect("it has a main"),
            "# 表題 & \\*\n\n全**12**件。[次 へ](../a.html)\n- 一\n- 二\n  - 三\n- 版\n  1\n  2\n\n値\n\n\
             | 年 | 額 |\n|---|---|\n| 2023 | 1\\|2 |\n\n2014: 7 &amp; 8\n\n```\na < b\n  c\n```\n\n\
             <https://x.example/a.html>\n"
        );
    }

    #[test]
    fn a_page_without_main_has_no_twin() {
        assert_eq!(of("<body>x</body>", "https://x.example/"), None);
    }
}
