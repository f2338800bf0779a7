//! The **twin** of a page in Markdown, for programs that read for people: what stands in the page's
//! `<main>`, made from the page itself, so that both say the same whatever the theme lays out.
//!
//! Not in here: Markdown of the content (`markdown`).

use std::fmt::Write as _;

/// Elements whose contents are not read: controls, drawings, and readings above words.
const PASSED_OVER: [&str; 11] = [
    "script", "style", "svg", "form", "button", "select", "input", "label", "rt", "rp", "template",
];

/// Elements that stand in a line of text; all others begin a new block.
const IN_LINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "img", "ins", "mark", "q",
    "ruby", "s", "small", "span", "strong", "sub", "sup", "time", "var", "wbr",
];

/// Elements without an end.
const EMPTY: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "source", "wbr"];

/// The `<main>` of the page `html` as Markdown, followed by the `address` of the page. `None` if
/// the page has no `<main>`.
pub(super) fn of(html: &str, address: &str) -> Option<String> {
    let begin = html.find("<main")?;
    let main = &html[begin..begin + html[begin..].find("</main>")?];
    let mut writer = TwinWriter::default();
    let mut rest = main;
    while let Some(open) = rest.find('<') {
        writer.text(&rest[..open]);
        let Some(close) = end_of_tag(&rest[open..]) else { break };
        writer.tag(&rest[open + 1..open + close]);
        rest = &rest[open + close + 1..];
    }
    writer.flush();
    let mut text = writer.out.trim_start().to_owned();
    let _ = writeln!(text, "\n<{address}>");
    Some(text)
}

/// The place of the `>` that ends the tag at the beginning of `text`; one in an attribute does not.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = None;
    for (place, byte) in text.bytes().enumerate() {
        match (quoted, byte) {
            (None, b'>') => return Some(place),
            (None, b'"' | b'\'') => quoted = Some(byte),
            (Some(quote), byte) if quote == byte => quoted = None,
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct TwinWriter {
    out: String,
    /// The block that is being read, in one line.
    line: String,
    /// What the next block begins with: `## `, `- `.
    mark: String,
    /// Lists around the block, each with the number of its last item; unordered ones have none.
    lists: Vec<Option<usize>>,
    /// Rows of the table that is being read.
    table: Option<Vec<Vec<String>>>,
    /// Its caption.
    caption: String,
    /// The element that is passed over, and how often it was opened.
    passed: Option<(String, usize)>,
    /// Where open links begin in the line, and where they lead.
    links: Vec<(usize, String)>,
    /// Whether text is kept as it is.
    verbatim: bool,
}

impl TwinWriter {
    fn tag(&mut self, tag: &str) {
        let (ends, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag.trim_end_matches('/')),
        };
        let name = tag.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        if let Some((passed, depth)) = &mut self.passed {
            if passed == name {
                if ends { *depth -= 1 } else { *depth += 1 }
            }
            if *depth == 0 {
                self.passed = None;
            }
            return;
        }
        if PASSED_OVER.contains(&name) || tag.starts_with('!') {
            // A drawing says its figures in its name.
            if let Some(label) = attribute(tag, "aria-label").filter(|_| name == "svg" && !ends) {
                self.plain(label);
            }
            if !ends && !EMPTY.contains(&name) && !tag.starts_with('!') {
                self.passed = Some((name.to_owned(), 1));
            }
            return;
        }
        if !IN_LINE.contains(&name) && self.table.is_none() {
            self.flush();
        } else if !IN_LINE.contains(&name) {
            self.space();
        }
        match ends {
            true => self.end(name),
            false => self.begin(name, tag),
        }
    }

    fn begin(&mut self, name: &str, tag: &str) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                self.mark = format!("{} ", "#".repeat(level));
            }
            "ul" | "dl" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "li" | "dt" => {
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ")
                    }
                    _ => "- ".to_owned(),
                }
            }
            "dd" => self.mark = "  ".to_owned(),
            "a" => {
                let address = attribute(tag, "href").unwrap_or_default();
                self.links.push((self.line.len(), address));
            }
            "img" => {
                let [alt, address] =
                    ["alt", "src"].map(|name| attribute(tag, name).unwrap_or_default());
                let _ = write!(self.line, "![{}]({address})", escaped(&unescaped(&alt)));
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
                let named = self.line.split_off(start.min(self.line.len()));
                let text = named.trim();
                match text.is_empty() || address.is_empty() {
                    true => self.line.push_str(&named),
                    false => {
                        let _ = write!(self.line, "[{text}]({address})");
                    }
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
                let cell = std::mem::take(&mut self.line).trim().replace('|', "\\|");
                self.links.clear();
                let row = self.table.as_mut().and_then(|rows| rows.last_mut());
                row.into_iter().for_each(|row| row.push(cell.clone()));
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
            let blank = std::iter::repeat_n("", width - row.len());
            let cells: Vec<&str> = row.iter().map(String::as_str).chain(blank).collect();
            let _ = writeln!(self.out, "| {} |", cells.join(" | "));
            if index == 0 {
                let _ = writeln!(self.out, "|{}", "---|".repeat(width));
            }
        }
    }

    fn text(&mut self, html: &str) {
        if self.passed.is_none() && !html.is_empty() {
            self.plain(unescaped(html));
        }
    }

    /// Adds `text`, in which nothing stands for another character.
    fn plain(&mut self, text: String) {
        if self.verbatim {
            self.out.push_str(&text);
            return;
        }
        let text = if self.line.ends_with('`') { text } else { escaped(&text) };
        if text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.space();
        }
        for word in text.split_ascii_whitespace() {
            self.line.push_str(word);
            self.line.push(' ');
        }
        if !text.ends_with(|c: char| c.is_ascii_whitespace()) && self.line.ends_with(' ') {
            self.line.pop();
        }
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// Writes the block that has been read, if there is one.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.links.clear();
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        let mark = std::mem::take(&mut self.mark);
        let depth = self.lists.len().saturating_sub(1);
        let indent = "  ".repeat(if self.lists.is_empty() { 0 } else { depth });
        // Items follow each other without a blank line.
        if !mark.starts_with(['-', ' ']) && !mark.starts_with(|c: char| c.is_ascii_digit()) {
            self.out.push('\n');
        }
        let _ = writeln!(self.out, "{indent}{mark}{line}");
    }
}

/// The value of an attribute in double quotes.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let given = format!("{name}=\"");
    let stands_alone = |place: &usize| tag[..*place].ends_with(|c: char| c.is_ascii_whitespace());
    let (begin, _) = tag.match_indices(&given).find(|(place, _)| stands_alone(place))?;
    let value = &tag[begin + given.len()..];
    Some(unescaped(&value[..value.find('"')?]))
}

/// Text with its character references resolved.
fn unescaped(html: &str) -> String {
    if !html.contains('&') {
        return html.to_owned();
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
    text
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

/// Text with the characters that Markdown would take for marks behind backslashes.
fn escaped(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<') {
            marked.push('\\');
        }
        marked.push(c);
    }
    marked
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
