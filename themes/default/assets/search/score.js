// Scores: BM25 as tantivy computes it, in 32-bit floats (src/search/oracle.rs has the same queries).
import { keyword, wantsLoose } from './plan.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./postings.js').Postings} Postings */
/** @typedef {import('./plan.js').Keyword} Keyword */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./plan.js').Terms} Terms */
/** @typedef {{document: number, score: number, tier: 'A' | 'B'}} Hit */
/** @typedef {Map<number, number>} Scores by document */
/** @typedef {Set<number> | null} Within documents beside which none is asked for; null asks for all */

const f32 = Math.fround;
const K1 = f32(1.2);
const B = f32(0.75);
/** What another way to say a keyword is worth beside the keyword itself. */
export const VARIANT = f32(0.8);
/** What it is worth that a stretch of one script stands together. */
export const TOGETHER = f32(0.5);

/** Numbers of the fields of single kanji and of years. */
const KANJI = 4;
const YEAR = 5;

/**
 * What `plan` finds: tier A before tier B, best first, equal ones in their order.
 * @param {Index} index @param {Plan} plan @returns {Promise<Hit[]>}
 */
export async function search(index, plan) {
  const { keywords, excluded, loose } = plan;
  if (!keywords.length && !excluded.length) return [];
  const ways = await Promise.all(keywords.map(async (own) => [own, ...await others(index, own)]));
  const candidates = ways.length > 1 ? await inEach(index, ways) : null;
  const [found, never] = await Promise.all([
    Promise.all(ways.map((ways) => best(index, ways, candidates))),
    Promise.all(excluded.map((keyword) => alone(index, keyword))),
  ]);
  const everything = () => new Map(Array.from({ length: index.manifest.documents }, (_, document) => [document, 1]));
  const strict = found.length ? all(found) : everything();
  const hits = ranked(strict, never, 'A');
  if (!loose || !wantsLoose(plan, hits.length)) return hits;

  const tokens = loose.tokens.map((token) => inTexts(index, [[0, token]]));
  const years = loose.years.map((year) => ofField(index, ...yearByField(year)));
  const parts = await Promise.all([...tokens, ...years]);
  /** @type {Scores} */
  const counts = new Map();
  for (const part of parts) for (const document of part.keys()) counts.set(document, (counts.get(document) ?? 0) + 1);
  const enough = new Set([...counts].filter(([document, count]) => count >= loose.needed && !strict.has(document)).map(([document]) => document));
  const quoted = await Promise.all(keywords.filter(({ quoted }) => quoted).map((keyword) => alone(index, keyword, enough)));
  const together = await Promise.all(loose.phrases.map((terms) => inTexts(index, terms, enough)));
  const sums = union([...parts, ...together.map((scores) => times(scores, TOGETHER))]);
  for (const document of sums.keys()) if (!enough.has(document)) sums.delete(document);
  return [...hits, ...ranked(quoted.length ? all([sums, ...quoted]) : sums, never, 'B')];
}

/**
 * The documents that have the terms of every keyword somewhere, so that positions are read in no other: lists
 * of documents are short beside lists of positions.
 * @param {Index} index @param {Keyword[][]} keywords each with the other ways to say it
 */
async function inEach(index, keywords) {
  const sets = await Promise.all(keywords.map(async (ways) => {
    const found = await Promise.all(ways.flatMap(keywordByField).map(async ([field, terms]) => {
      const lists = await listsOf(index, field, terms);
      return lists ? inAll(lists).documents : [];
    }));
    return new Set(found.flat());
  }));
  const [first = new Set(), ...rest] = sets.sort((a, b) => a.size - b.size);
  return new Set([...first].filter((document) => rest.every((set) => set.has(document))));
}

/** @param {Scores} scores @param {Scores[]} never @param {'A' | 'B'} tier @returns {Hit[]} */
function ranked(scores, never, tier) {
  const hits = [];
  for (const [document, score] of scores) if (!never.some((some) => some.has(document))) hits.push({ document, score, tier });
  return hits.sort((a, b) => b.score - a.score || a.document - b.document);
}

/** The documents that are in each, with the sums. @param {Scores[]} lists */
function all(lists) {
  const [rarest = new Map(), ...others] = [...lists].sort((a, b) => a.size - b.size);
  const sums = new Map();
  for (const [document, score] of rarest) {
    let sum = score;
    if (others.every((other) => (sum = f32(sum + (other.get(document) ?? 0)), other.has(document)))) sums.set(document, sum);
  }
  return sums;
}

/** The documents that are in any, with the sums. @param {Scores[]} lists */
function union(lists) {
  const [first = new Map(), ...others] = lists;
  const sums = new Map(first);
  for (const other of others) for (const [document, score] of other) sums.set(document, f32((sums.get(document) ?? 0) + score));
  return sums;
}

/** @param {Scores} scores @param {number} factor */
const times = (scores, factor) => new Map([...scores].map(([document, score]) => [document, f32(score * factor)]));

/** A keyword, or, worth less, another way to say it. @param {Index} index @param {Keyword[]} ways the keyword first @param {Within} within @returns {Promise<Scores>} */
async function best(index, ways, within) {
  const [best = new Map(), ...rest] = await Promise.all(ways.map((way) => alone(index, way, within)));
  for (const other of rest) {
    for (const [document, score] of times(other, VARIANT)) best.set(document, Math.max(best.get(document) ?? 0, score));
  }
  return best;
}

/** The other ways to say a keyword. @param {Index} index @param {Keyword} own @returns {Promise<Keyword[]>} */
export async function others(index, own) {
  return [...own.variants, ...await near(index, own)].flatMap((text) => keyword([...text]) ?? []);
}

/** A keyword as it stands. @param {Index} index @param {Keyword} keyword @param {Within} [within] */
const alone = async (index, keyword, within) => union(await Promise.all(keywordByField(keyword).map(([field, terms]) => ofField(index, field, terms, within))));

/** A keyword as it stands: what is looked up in which field. @param {Keyword} keyword @returns {[number, Terms][]} */
export function keywordByField({ terms, kanji, year }) {
  return [...kanji ? [/** @type {[number, Terms]} */ ([KANJI, terms])] : termsByField(terms), ...year ? [yearByField(year)] : []];
}

/** @param {Terms} terms in each of the fields that hold positions @returns {[number, Terms][]} */
export const termsByField = (terms) => Array.from({ length: KANJI }, (_, field) => [field, terms]);

/** @param {number} year @returns {[number, Terms]} */
export const yearByField = (year) => [YEAR, [[0, String(year)]]];

/** Terms at their distances in any of the fields that hold positions. @param {Index} index @param {Terms} terms @param {Within} [within] */
const inTexts = async (index, terms, within) => union(await Promise.all(termsByField(terms).map(([field]) => ofField(index, field, terms, within))));

/**
 * What a field's hits are worth; of a phrase only those `within` some documents.
 * @param {Index} index @param {number} field @param {Terms} terms @param {Within} [within] @returns {Promise<Scores>}
 */
export async function ofField(index, field, terms, within) {
  const lists = await listsOf(index, field, terms);
  /** @type {Scores} */
  const scores = new Map();
  if (!lists) return scores;
  const { fields, documents: total } = index.manifest;
  const { boost, tokens } = /** @type {Index['manifest']['fields'][0]} */ (fields[field]);
  // A short list has the lengths of its documents with it.
  const short = lists.find(({ norms }) => norms);
  const [norms, counts] = await Promise.all([short ? null : index.norms(field), phrase(lists, terms.map(([at]) => at), within)]);
  const normOf = short ? new Map([...short.documents].map((document, at) => [document, short.norms?.[at]])) : null;
  const idf = lists.reduce((sum, list) => f32(sum + rarity(list.documents.length, total)), 0);
  const weight = f32(f32(idf * f32(1 + K1)) * boost);
  const average = f32(f32(tokens) / f32(total));
  for (const [document, count] of counts) {
    const length = lengthOf((normOf ? normOf.get(document) : norms?.[document]) ?? 0);
    const norm = f32(K1 * f32(f32(1 - B) + f32(f32(B * length) / average)));
    scores.set(document, f32(weight * f32(count / f32(count + norm))));
  }
  return scores;
}

/** The lists of `terms` in a field; null where one is missing. @param {Index} index @param {number} field @param {Terms} terms */
async function listsOf(index, field, terms) {
  const found = await Promise.all(terms.map(([, term]) => index.postings(term)));
  const lists = found.flatMap((fields) => fields.get(field) ?? []);
  return lists.length === terms.length ? Promise.all(lists.map((open) => open())) : null;
}

/** In which documents the terms stand at their distances, and how often. @param {Postings[]} lists @param {number[]} offsets @param {Within} [within] */
async function phrase(lists, offsets, within) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  const [only] = lists;
  if (only && lists.length === 1) {
    only.documents.forEach((document, at) => counts.set(document, only.frequencies[at] ?? 0));
    return counts;
  }
  const { documents, shared, order: [first = 0, ...others] } = inAll(lists, within);
  const places = await Promise.all(lists.map((list, which) => list.places(shared[which] ?? [])));
  documents.forEach((document, number) => {
    const starts = others.map((other) => new Set([...(places[other]?.[number] ?? [])].map((place) => place - (offsets[other] ?? 0))));
    const count = [...(places[first]?.[number] ?? [])].filter((place) => starts.every((set) => set.has(place - (offsets[first] ?? 0)))).length;
    if (count) counts.set(document, count);
  });
  return counts;
}

/** The documents that all lists have, and where in each list; the shortest leads. @param {Postings[]} lists @param {Within} [within] */
function inAll(lists, within) {
  /** @type {number[][]} */
  const shared = lists.map(() => []);
  /** @type {number[]} */
  const documents = [];
  const order = lists.map((_, at) => at).sort((a, b) => length(lists, a) - length(lists, b));
  const [first = 0, ...others] = order;
  const cursors = lists.map(() => 0);
  lists[first]?.documents.forEach((document, at) => {
    if (within && !within.has(document)) return;
    cursors[first] = at;
    for (const other of others) {
      const { documents } = /** @type {Postings} */ (lists[other]);
      let cursor = cursors[other] ?? 0;
      while ((documents[cursor] ?? Infinity) < document) cursor++;
      cursors[other] = cursor;
      if (documents[cursor] !== document) return;
    }
    documents.push(document);
    shared.forEach((list, which) => list.push(cursors[which] ?? 0));
  });
  return { documents, shared, order };
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

/** Words of the index that differ in one letter from a Latin word that it does not have. @param {Index} index @param {Keyword} keyword */
export async function near(index, { text, quoted }) {
  if (quoted || !/^[a-z]{4,}$/.test(text) || [...(await index.postings(text)).keys()].some((field) => field < KANJI)) return [];
  const words = (await index.latin()).filter(([word]) => differInOne(text, word));
  return words.sort((a, b) => b[1] - a[1]).slice(0, 4).map(([word]) => word);
}

/** @param {string} a @param {string} b */
function differInOne(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [x, y] = [a.slice(same), b.slice(same)];
  return x !== y && (x === y.slice(1) || x.slice(1) === y || x.slice(1) === y.slice(1)
    || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2)));
}
