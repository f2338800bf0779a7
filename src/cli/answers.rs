//! **Answers** to a search in the terminal, for people and as JSON.
//!
//! Not in here: the search itself (`crate::search`).

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::search::{Answer, Corpus, Document, DocumentHit, Explanation, Tier};
use crate::text::Language;

/// An answer with the data that are needed to show it.
pub(super) struct ShownAnswer<'a> {
    pub corpus: &'a Corpus,
    pub query: &'a str,
    pub answer: &'a Answer,
    /// An explanation for each hit; empty unless requested.
    pub reasons: &'a [Explanation],
}

impl ShownAnswer<'_> {
    /// The answer as a JSON object on one line, with the parts of the score and tantivy's
    /// explanation if there are `reasons`.
    pub fn json(&self) -> String {
        let hits = self.answer.hits.iter().enumerate().map(|(number, hit)| {
            let document = self.document(hit);
            let mut shown = json!({
                "document": hit.document, "score": hit.score, "tier": tier(*hit),
                "url": document.url, "title": document.title.own,
            });
            if let Some(reason) = self.reasons.get(number) {
                shown["parts"] = json!(reason.parts);
                // The explanation of tantivy is JSON itself.
                shown["tantivy"] = serde_json::from_str(&reason.tree).unwrap_or(Value::Null);
            }
            shown
        });
        let hits: Vec<Value> = hits.collect();
        let answer = self.answer;
        json!({ "query": self.query, "total": answer.total, "meant": answer.meant, "hits": hits })
            .to_string()
    }

    /// The answer as text: a line with the number of results, a line with suggestions if there are
    /// any, and a line for each result, followed by its explanation if there are `reasons`.
    pub fn text(&self, language: Language) -> String {
        let (query, answer) = (self.query, self.answer);
        let mut text = match language {
            Language::Ja => format!("{query}: {}件", answer.total),
            Language::En => format!("{query}: {} found", answer.total),
        };
        if !answer.meant.is_empty() {
            let (meant, comma) = match language {
                Language::Ja => ("もしかして", "、"),
                Language::En => ("did you mean", ", "),
            };
            let _ = write!(text, "\n{meant}: {}", answer.meant.join(comma));
        }
        for (number, hit) in answer.hits.iter().enumerate() {
            let document = self.document(hit);
            let _ = write!(text, "\n{:8.3}  {}  {}", hit.score, document.url, document.title.own);
            if let Some(reason) = self.reasons.get(number) {
                let _ = write!(text, "{}", reason_text(*hit, reason));
            }
        }
        text
    }

    fn document(&self, hit: &DocumentHit) -> &Document {
        &self.corpus.documents[hit.document as usize]
    }
}

fn tier(hit: DocumentHit) -> &'static str {
    match hit.tier {
        Tier::A => "A",
        Tier::B => "B",
    }
}

fn reason_text(hit: DocumentHit, reason: &Explanation) -> String {
    let mut text = format!("\n          {} =", tier(hit));
    for part in &reason.parts {
        let _ = write!(text, "\n          {:8.3}  {}: {}", part.score, part.field, part.words);
    }
    for line in reason.tree.lines() {
        let _ = write!(text, "\n            {line}");
    }
    text
}
