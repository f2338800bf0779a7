// Scores: BM25 as tantivy computes it, in 32-bit floats (src/search/queries.rs has the same queries).
import { BEST } from './index.js';
import { isGrammar, keywordsOf, wantsLoose } from './plan.js';
import { BESIDE, COMMON, FAR, FOLLOWS, HALF, INSIDE, NEAR, SAID, THERE, VARIANT, boostOf } from './worth.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./postings.js').Postings} Postings */
/** @typedef {import('./plan.js').Keyword} Keyword */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./plan.js').Terms} Terms */
/** @typedef {{document: number, score: number, tier: 'A' | 'B'}} Hit */
/** @typedef {Map<number, number>} Scores by document */
/** @typedef {import('./postings.js').Within} Within */

const f32 = Math.fround;
const K1 = f32(1.2);
const B = f32(0.75);

/** With more documents, lists of the field of texts may have no length classes. */
const LARGE = 5000;
/** Numbers of the fields of titles, texts, single kanji and years. */
const TITLE = 0;
const BODY = 2;
const KANJI = 4;
const YEAR = 5;
/** That of whole words in katakana. */
const WORD = 6;

/**
 * What `plan` finds: tier A before tier B, best first, equal ones in their order; of a common word only the
 * first, where they are at least as `many` as asked for.
 * @param {Index} index
 * @param {Plan} plan
 * @param {number} [many] at least one
 * @returns {Promise<{total: number, hits: Hit[]}>}
 */
export async function search(index, plan, many = Infinity) {
  const { keywords, excluded, loose, fragments } = plan;
  if (!keywords.length && !excluded.length) return { total: 0, hits: [] };
  // No text is what a question asks with.
  const ways = await Promise.all(
    (loose?.question ? [] : keywords).map(async (own) => [own, ...(await others(index, own))]),
  );
  const [own, ...more] = ways.flat();
  if (own && !own.year && !own.katakana && own.terms.length + more.length + excluded.length === 1) {
    const best = await alone(index, own, null, BEST);
    const { total } = await index.postings(own.terms[0]?.[1] ?? '');
    if (best.size >= many) return { total, hits: ranked(best, [], 'A') };
  }
  // The length classes of a large index are apart and would else be another wait. What fails is asked for again.
  else if (index.manifest.documents > LARGE) index.norms(BODY).catch(() => {});
  const boost = boostOf(plan);
  const candidates = ways.length > 1 ? await inEach(index, ways) : null;
  const [found, never] = await Promise.all([
    Promise.all(ways.map((ways) => either(index, ways, candidates, boost))),
    Promise.all(excluded.map((keyword) => alone(index, keyword))),
  ]);
  // A query that only excludes begins with everything.
  const strict = found.length
    ? all(found)
    : new Map(Array.from({ length: loose ? 0 : index.manifest.documents }, (_, document) => [document, 1]));
  await addNearness(index, keywords, strict);
  const hits = ranked(strict, never, 'A');
  if (loose && wantsLoose(plan, hits.length)) {
    const [parts = [], optional = [], words = []] = await Promise.all(
      looseByField(loose).map((list) =>
        Promise.all(list.map((fields) => inAny(index, fields, null, 0, loose.texts))),
      ),
    );
    /** @type {Scores} */
    const counts = new Map();
    for (const part of [...parts, ...words])
      for (const document of part.keys()) counts.set(document, (counts.get(document) ?? 0) + 1);
    // Where no document has as many as are needed, the most that one has are enough.
    const needed = Math.min(loose.needed, Math.max(1, ...new Set(counts.values())));
    const said = words.map((word) => times(word, SAID));
    const sums = union([times(counts, THERE), ...parts, ...said, ...optional]);
    for (const document of sums.keys())
      if ((counts.get(document) ?? 0) < needed || strict.has(document)) sums.delete(document);
    await addNearness(index, keywords, sums);
    const quoted = await Promise.all(
      keywords.filter(({ quoted }) => quoted).map((keyword) => alone(index, keyword, sums, 0, boost)),
    );
    hits.push(...ranked(quoted.length ? all([sums, ...quoted]) : sums, never, 'B'));
  }
  if (!hits.length && fragments.length) {
    const pieces = await Promise.all(fragments.map((piece) => alone(index, piece)));
    hits.push(...ranked(union(pieces), never, 'B'));
  }
  return { total: hits.length, hits };
}

/**
 * The documents that have the terms of every keyword somewhere, so that positions are read in no other: lists
 * of documents are short beside lists of positions. Of long lists only that is read where the others have something.
 * @param {Index} index @param {Keyword[][]} keywords each with the other ways to say it
 */
async function inEach(index, keywords) {
  const each = await Promise.all(
    keywords.map(async (ways) => {
      const found = await Promise.all(
        ways.flatMap(keywordByField).map(async ([field, terms]) => ({
          field,
          lists: await listsOf(index, field, covered(index, terms)),
        })),
      );
      return /** @type {{field: number, lists: Postings[]}[]} */ (found.filter(({ lists }) => lists));
    }),
  );
  const near = each.filter((ways) => !ways.some(({ lists }) => isFar(lists)));
  const shares = async (/** @type {typeof each} */ keywords, /** @type {Within} */ within, hurry = false) =>
    all(
      await Promise.all(
        keywords.map(
          async (ways) =>
            new Map(
              (
                await Promise.all(
                  ways.map(async ({ field, lists }) => {
                    if (hurry && !lists.some(({ norms }) => norms)) index.norms(field);
                    return (await shared(lists, within, hurry)).documents;
                  }),
                )
              )
                .flat()
                .map((document) => [document, 0]),
            ),
        ),
      ),
    );
  return shares(each, near.length ? await shares(near, null) : null, near.length < each.length);
}

/** Must another file be waited for? @param {Postings[]} lists */
const isFar = (lists) => lists.some(({ near }) => !near);

/** @param {Scores} scores @param {Scores[]} never @param {'A' | 'B'} tier @returns {Hit[]} */
function ranked(scores, never, tier) {
  const hits = [];
  for (const [document, score] of scores)
    if (!never.some((some) => some.has(document))) hits.push({ document, score, tier });
  return hits.sort((a, b) => b.score - a.score || a.document - b.document);
}

/** The documents that are in each, with the sums. @param {Scores[]} lists */
function all(lists) {
  const [rarest = new Map(), ...others] = lists.sort((a, b) => a.size - b.size);
  const sums = new Map();
  for (const [document, score] of rarest) {
    let sum = score;
    if (others.every((other) => ((sum = f32(sum + (other.get(document) ?? 0))), other.has(document))))
      sums.set(document, sum);
  }
  return sums;
}

/** The documents that are in any, with the sums. @param {Scores[]} lists */
function union(lists) {
  const sums = new Map();
  for (const list of lists)
    for (const [document, score] of list) sums.set(document, f32((sums.get(document) ?? 0) + score));
  return sums;
}

/** @param {Scores} scores @param {number} factor */
const times = (scores, factor) =>
  new Map([...scores].map(([document, score]) => [document, f32(score * factor)]));

/**
 * A keyword, or, worth less, another way to say it.
 * @param {Index} index
 * @param {Keyword[]} ways the keyword first
 * @param {Within} within
 * @param {boolean} [boost]
 * @returns {Promise<Scores>}
 */
async function either(index, ways, within, boost) {
  const [best = new Map(), ...rest] = await Promise.all(
    ways.map((way) => alone(index, way, within, 0, boost)),
  );
  for (const other of rest) {
    for (const [document, score] of times(other, VARIANT))
      best.set(document, Math.max(best.get(document) ?? 0, score));
  }
  return best;
}

/** The other ways to say a keyword. @param {Index} index @param {Keyword} own @returns {Promise<Keyword[]>} */
export async function others(index, own) {
  const said = keywordsOf([...own.variants, ...own.spelt, ...(await typedOf(index, own))]);
  return [...said, ...((await mayBeSlip(index, own)) ? await index.slips(own) : [])];
}

/** Is a keyword a Latin word that no text has? @param {Index} index @param {Keyword} own */
const mayBeSlip = async (index, { text, terms, quoted }) =>
  !quoted && /^[a-z]{4,}$/.test(text) && !(await index.postings(terms[0]?.[1] ?? '')).fields.size;

/** What a keyword stands for as romaji, where no title or text has it. @param {Index} index @param {Keyword} own */
export async function typedOf(index, { typed, terms }) {
  if (!typed.length) return [];
  const { fields } = await index.postings(terms[0]?.[1] ?? '');
  return fields.has(TITLE) || fields.has(BODY) ? [] : typed;
}

/**
 * A keyword as it stands; a word in katakana is worth less where it is part of a longer one only.
 * @param {Index} index @param {Keyword} keyword @param {Within} [within] @param {number} [best]
 * @param {boolean} [boost]
 */
async function alone(index, keyword, within, best, boost) {
  const [scores, whole] = await Promise.all([
    inAny(index, keywordByField(keyword), within, best, boost),
    keyword.katakana ? wholeWord(index, keyword) : null,
  ]);
  if (whole)
    for (const [document, score] of scores)
      if (!whole.has(document)) scores.set(document, f32(score * INSIDE));
  return scores;
}

/** The documents that have a keyword as a whole word. @param {Index} index @param {Keyword} keyword */
export async function wholeWord(index, { text }) {
  const [list] = (await listsOf(index, WORD, [[0, text]])) ?? [];
  await list?.read();
  return new Set(list?.documents);
}

/**
 * What is looked up in which field.
 * @param {Index} index
 * @param {[number, Terms][]} fields
 * @param {Within} [within]
 * @param {number} [best]
 * @param {boolean} [boost]
 */
const inAny = async (index, fields, within, best, boost) =>
  union(await Promise.all(fields.map(([field, terms]) => ofField(index, field, terms, within, best, boost))));

/** A keyword as it stands: what is looked up in which field. @param {Keyword} keyword @returns {[number, Terms][]} */
export function keywordByField({ terms, kanji, year }) {
  return [...termsByField(terms, kanji ? [KANJI, WORD] : undefined), ...(year ? inField(YEAR, year) : [])];
}

/** @param {Terms} terms in each of the fields that hold positions, or others @returns {[number, Terms][]} */
const termsByField = (terms, fields = [0, 1, 2, 3]) => fields.map((field) => [field, terms]);

/** A term in one field. @param {number} field @param {string | number} term @returns {[number, Terms][]} */
const inField = (field, term) => [[field, [[0, `${term}`]]]];

/**
 * Tier B: of each part, of each seam, and of each word with other ways to say it, what is looked up in which field.
 * @param {import('./plan.js').Loose} loose
 * @returns {[number, Terms][][][]}
 */
export function looseByField({ tokens, kanji, years, words, optional }) {
  const inTexts = (/** @type {string[]} */ list) => list.map((token) => termsByField([[0, token]]));
  return [
    [
      ...inTexts(tokens),
      ...kanji.map((token) => inField(WORD, token)),
      ...years.map((year) => inField(YEAR, year)),
    ],
    inTexts(optional),
    words.map((ways) => keywordsOf(ways).flatMap(keywordByField)),
  ];
}

/**
 * What a field's hits are worth, those `within` some documents; with `best` those that are kept of a common term.
 * With a `boost` titles, headings and readings are worth little beside the text.
 * @param {Index} index
 * @param {number} field
 * @param {Terms} terms
 * @param {Within} [within]
 * @param {number} [best]
 * @param {boolean} [boost]
 * @returns {Promise<Scores>}
 */
export async function ofField(index, field, terms, within, best = 0, boost) {
  const cover = covered(index, terms);
  const [whole, lists] = await Promise.all([
    listsOf(index, field, terms),
    listsOf(index, field + best, cover),
  ]);
  /** @type {Scores} */
  const scores = new Map();
  if (!lists) return scores;
  const which = lists.findIndex(({ norms }) => norms);
  const [found, norms] = await Promise.all([
    phrase(lists, cover, within),
    which < 0 ? index.norms(field) : null,
  ]);
  const { fields, documents: total } = index.manifest;
  const { boost: own, tokens } = /** @type {Index['manifest']['fields'][0]} */ (fields[field]);
  const idf = whole?.reduce((sum, { documents }) => f32(sum + rarity(documents.length, total)), 0) ?? 0;
  const weight = f32(f32(idf * f32(1 + K1)) * (boost && field < KANJI && field !== BODY ? BESIDE : own));
  const average = f32(f32(tokens) / f32(total));
  for (const { document, count, at } of found) {
    const length = lengthOf((norms ? norms[document] : lists[which]?.norms?.[at[which] ?? 0]) ?? 0);
    const norm = f32(K1 * f32(f32(1 - B) + f32(f32(B * length) / average)));
    scores.set(document, f32(weight * f32(count / f32(count + norm))));
  }
  return scores;
}

/**
 * The lists of `terms` in a field, read where they are near; null where one is missing.
 * @param {Index} index
 * @param {number} field
 * @param {Terms} terms
 */
async function listsOf(index, field, terms) {
  const found = await Promise.all(terms.map(([, term]) => index.postings(term)));
  const lists = found.flatMap(({ fields }) => fields.get(field) ?? []);
  await Promise.all(lists.map((list) => list.near && list.read()));
  return lists.length === terms.length ? lists : null;
}

/**
 * What a phrase is found by: in place of a pair with long positions a triple, the pair with a character beside it.
 * @param {Index} index
 * @param {Terms} terms
 * @returns {Terms}
 */
function covered({ manifest }, terms) {
  /** @type {string[]} */
  const chars = [];
  for (const [at, term] of terms) [...term].forEach((char, from) => (chars[at + from] = char));
  const triples = terms.flatMap(([at, term]) =>
    manifest.long.includes(` ${term} `)
      ? [at, at - 1]
          .map((at) => /** @type {Terms[0]} */ ([at, ` ${chars.slice(at, at + 3).join('')}`]))
          .filter(([, triple]) => /^ ([ぁ-ゖー]{3}|[一-\u9fff]{3})$/.test(triple))
          .slice(0, 1)
      : [],
  );
  return [
    ...triples,
    ...terms.filter(([at, { length }]) => !triples.some(([from]) => at >= from && at + length <= from + 3)),
  ];
}

/**
 * Adds what it is worth that a text has keywords in their order and near each other, as the build does
 * (src/search/nearness.rs). Common ones are left out: their positions are long.
 * @param {Index} index @param {Keyword[]} keywords @param {Scores} scores
 */
export async function addNearness(index, keywords, scores) {
  // Grammar is near everything, and the index has no places of single kanji.
  const own = keywords.filter((keyword) => !keyword.kanji && !isGrammar(keyword));
  if (own.length < 2) return;
  const found = await Promise.all(
    own.map(async ({ terms }) => {
      const lists = await listsOf(index, BODY, terms);
      return lists?.every(({ documents }) => documents.length <= COMMON)
        ? phrase(lists, terms, scores, true)
        : [];
    }),
  );
  /** Where the keyword before ends, by document. @type {Map<number, Set<number>>} */
  let before = new Map();
  found.forEach((places, at) => {
    const { length } = [...(own[at]?.text ?? '')];
    for (const { document, starts } of places)
      for (let gap = 0; gap <= FAR; gap++)
        if (starts.some((start) => before.get(document)?.has(start - gap))) {
          scores.set(document, f32((scores.get(document) ?? 0) + FOLLOWS + NEAR / (1 + gap / HALF)));
          break;
        }
    before = new Map(
      places.map(({ document, starts }) => [document, new Set(starts.map((start) => start + length))]),
    );
  });
}

/**
 * In which documents the terms stand at their distances, how often, and where each list has them.
 * @param {Postings[]} lists
 * @param {Terms} terms
 * @param {Within} [within]
 * @param {boolean} [located] are the places asked for?
 */
async function phrase(lists, terms, within, located = lists.length > 1) {
  const { documents, places } = await shared(lists, within, isFar(lists));
  if (located) await Promise.all(lists.map((list) => list.locate(new Set(documents))));
  return documents.flatMap((document, number) => {
    const at = places.map((list) => list[number] ?? 0);
    const [first = [], ...others] = lists.map(
      (list, which) =>
        new Set([...(list.places[at[which] ?? 0] ?? [])].map((place) => place - (terms[which]?.[0] ?? 0))),
    );
    const starts = [...first].filter((start) => others.every((other) => other.has(start)));
    const count = located ? starts.length : lists[0]?.frequencies[at[0] ?? 0];
    return count ? { document, count, at, starts } : [];
  });
}

/**
 * The documents that all lists have; of long lists only that is read which may hold them. In a hurry, positions are
 * asked for beside: waiting for the host twice takes longer than some bytes more.
 * @param {Postings[]} lists @param {Within | undefined} within @param {boolean} hurry
 */
async function shared(lists, within, hurry) {
  const near = lists.filter(({ near }) => near);
  const may = near.length && isFar(lists) ? new Set(inAll(near, within).documents) : within;
  // What fails is asked for again by whoever needs it.
  if (hurry && lists.length > 1) lists.forEach((list) => list.locate(may).catch(() => {}));
  await Promise.all(lists.map((list) => list.read(may)));
  return inAll(lists, within);
}

/**
 * The documents that all lists have, and where in each list; the shortest leads.
 * @param {Postings[]} lists
 * @param {Within} [within]
 */
function inAll(lists, within) {
  /** @type {number[][]} */
  const places = lists.map(() => []);
  /** @type {number[]} */
  const documents = [];
  const length = (/** @type {number} */ at) => lists[at]?.documents.length ?? 0;
  const order = lists.map((_, at) => at).sort((a, b) => length(a) - length(b));
  const [first = 0, ...others] = order;
  const cursors = lists.map(() => 0);
  lists[first]?.documents.forEach((document, at) => {
    if (document < 0 || (within && !within.has(document))) return;
    cursors[first] = at;
    for (const other of others) {
      const { documents } = /** @type {Postings} */ (lists[other]);
      let cursor = cursors[other] ?? 0;
      while ((documents[cursor] ?? Infinity) < document) cursor++;
      cursors[other] = cursor;
      if (documents[cursor] !== document) return;
    }
    documents.push(document);
    places.forEach((list, which) => list.push(cursors[which] ?? 0));
  });
  return { documents, places };
}

/** idf: how telling a term is that so many documents have. @param {number} count @param {number} total */
const rarity = (count, total) => f32(Math.log(f32(1 + f32(f32(total - count + 0.5) / f32(count + 0.5)))));

/** The length that a class of lengths stands for. @param {number} norm */
function lengthOf(norm) {
  if (norm < 24) return norm;
  const low = (norm - 24) & 7;
  const shift = ((norm - 24) >>> 3) - 1;
  return 24 + (shift < 0 ? low : (low | 8) * 2 ** shift);
}
