// Scores: BM25 as tantivy computes it, in 32-bit floats.

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./index.js').Postings} Postings */
/** @typedef {import('./plan.js').Keyword} Keyword */
/** @typedef {{document: number, score: number}} Hit */

const f32 = Math.fround;
const K1 = f32(1.2);
const B = f32(0.75);

/** Numbers of the fields of single kanji and of years. */
const KANJI = 4;
const YEAR = 5;

/** The documents that hold every keyword, best first. @param {Index} index @param {Keyword[]} keywords @returns {Promise<Hit[]>} */
export async function search(index, keywords) {
  if (!keywords.length) return [];
  const norms = await index.norms();
  const found = await Promise.all(keywords.map((keyword) => scores(index, keyword, norms)));
  const [rarest, ...others] = found.sort((a, b) => a.size - b.size);
  const hits = [];
  for (const [document, score] of rarest ?? []) {
    let sum = score;
    if (others.every((other) => (sum = f32(sum + (other.get(document) ?? 0)), other.has(document)))) {
      hits.push({ document, score: sum });
    }
  }
  return hits.sort((a, b) => b.score - a.score || a.document - b.document);
}

/** @param {Index} index @param {Keyword} keyword @param {Uint8Array} norms @returns {Promise<Map<number, number>>} */
async function scores(index, keyword, norms) {
  const { fields, documents: total } = index.manifest;
  /** @type {Map<number, number>} */
  const sums = new Map();
  const add = (/** @type {number} */ field, /** @type {Map<number, number>} */ counts, /** @type {number} */ idf) => {
    const { boost, tokens } = /** @type {Index['manifest']['fields'][0]} */ (fields[field]);
    const weight = f32(f32(idf * f32(1 + K1)) * boost);
    const average = f32(f32(tokens) / f32(total));
    for (const [document, count] of counts) {
      const length = lengthOf(norms[field * total + document] ?? 0);
      const norm = f32(K1 * f32(f32(1 - B) + f32(f32(B * length) / average)));
      const score = f32(weight * f32(count / f32(count + norm)));
      sums.set(document, f32((sums.get(document) ?? 0) + score));
    }
  };
  const terms = await Promise.all(keyword.terms.map(([, term]) => index.postings(term)));
  fields.forEach((spec, field) => {
    if (keyword.kanji ? field !== KANJI : !spec.positions) return;
    const lists = terms.map((term) => term.get(field));
    if (!lists.every((list) => list !== undefined)) return;
    const idf = lists.reduce((sum, list) => f32(sum + rarity(list.documents.length, total)), 0);
    add(field, phrase(lists, keyword.terms.map(([at]) => at)), idf);
  });
  const year = keyword.year && (await index.postings(String(keyword.year))).get(YEAR);
  if (year) add(YEAR, phrase([year], [0]), rarity(year.documents.length, total));
  return sums;
}

/** In which documents the terms stand at their distances, and how often. @param {Postings[]} lists @param {number[]} offsets */
function phrase(lists, offsets) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  const order = lists.map((_, at) => at).sort((a, b) => length(lists, a) - length(lists, b));
  const [first = 0, ...others] = order;
  const cursors = lists.map(() => 0);
  lists[first]?.documents.forEach((document, at) => {
    for (const other of others) {
      const { documents } = /** @type {Postings} */ (lists[other]);
      let cursor = cursors[other] ?? 0;
      while ((documents[cursor] ?? Infinity) < document) cursor++;
      cursors[other] = cursor;
      if (documents[cursor] !== document) return;
    }
    let count = lists[first]?.frequencies[at] ?? 0;
    if (others.length) {
      const places = others.map((other) => new Set([...(lists[other]?.positions[cursors[other] ?? 0] ?? [])]
        .map((place) => place - (offsets[other] ?? 0))));
      const starts = [...(lists[first]?.positions[at] ?? [])].map((place) => place - (offsets[first] ?? 0));
      count = starts.filter((start) => places.every((set) => set.has(start))).length;
    }
    if (count) counts.set(document, count);
  });
  return counts;
}

const length = (/** @type {Postings[]} */ lists, /** @type {number} */ at) => lists[at]?.documents.length ?? 0;

/** idf: how telling a term is that so many documents have. @param {number} count @param {number} total */
const rarity = (count, total) => f32(Math.log(f32(1 + f32(f32(total - count + 0.5) / f32(count + 0.5)))));

/** The length that a class of lengths stands for. @param {number} norm */
function lengthOf(norm) {
  if (norm < 24) return norm;
  const low = (norm - 24) & 7;
  const shift = ((norm - 24) >>> 3) - 1;
  return 24 + (shift < 0 ? low : (low | 8) * 2 ** shift);
}
