//! The nodes of the **plan** that paths in it name, as a table of their own.

use std::collections::BTreeMap;

use crate::artifact::Artifact;
use crate::form::PATH_SIGN;

/// `content/plan.csv` with the nodes of `paths`, each once; `None` if there are none. An id
/// consists of the codes from the top down; a node without a code gets a number.
pub fn plan_table(paths: &[String]) -> Option<Artifact> {
    let mut ids: BTreeMap<Vec<&str>, String> = BTreeMap::new();
    let mut below: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let mut write = |record: [&str; 4]| {
        writer.write_record(record).expect("records of one length in memory can be written");
    };
    write(["id", "parent", "code", "title"]);
    for path in paths {
        let parts: Vec<&str> = path.split(PATH_SIGN).map(str::trim).collect();
        for depth in 1..=parts.len() {
            let way = parts[..depth].to_vec();
            if ids.contains_key(&way) {
                continue;
            }
            let parent = ids.get(&parts[..depth - 1]).cloned().unwrap_or_default();
            let (code, title) = code_and_title(parts[depth - 1]);
            let number = below.entry(parts[..depth - 1].to_vec()).or_default();
            *number += 1;
            let own = code.map_or_else(|| number.to_string(), str::to_owned).to_lowercase();
            let id = if parent.is_empty() { own } else { format!("{parent}-{own}") };
            write([&id, &parent, code.unwrap_or_default(), title]);
            ids.insert(way, id);
        }
    }
    let bytes = writer.into_inner().expect("memory takes all");
    (!ids.is_empty()).then(|| Artifact::new("content/plan.csv", bytes))
}

/// `01 安全に暮らせるまち` as code and title.
fn code_and_title(part: &str) -> (Option<&str>, &str) {
    match part.split_once(' ') {
        Some((code, title))
            if code.len() <= 8 && code.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            (Some(code), title.trim())
        }
        _ => (None, part),
    }
}

#[cfg(test)]
mod tests {
    use super::plan_table;

    #[test]
    fn each_node_stands_once_below_its_parent() {
        let paths =
            ["01 安全 › 02 交通 › 道路", "01 安全 › 02 交通 › 歩道", "暮らし"].map(str::to_owned);
        let table = plan_table(&paths).expect("there are nodes");
        let text = String::from_utf8(table.body.whole().into_owned()).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}id,parent,code,title\n01,,01,安全\n01-02,01,02,交通\n01-02-1,01-02,,道路\n\
             01-02-2,01-02,,歩道\n2,,,暮らし\n"
        );
        assert!(plan_table(&[]).is_none());
    }
}
