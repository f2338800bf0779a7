// Explanation: what of a result's score comes from which words in which field, in the same parts as in
// the build (src/search/explanation.rs).
import { keywordByField, ofField, others, termsByField, TOGETHER, VARIANT, yearByField } from './score.js';

/** @typedef {{words: string, field: string, score: number}} Part */
/** @typedef {import('./plan.js').Terms} Terms */

/**
 * Why `hit` answers `plan`; the parts add up to its score.
 * @param {import('./index.js').Index} index @param {import('./plan.js').Plan} plan @param {import('./score.js').Hit} hit
 * @returns {Promise<Part[]>}
 */
export async function explain(index, { keywords, loose }, { document, tier }) {
  /** @param {string} words @param {[number, Terms][]} fields @param {number} worth */
  const each = async (words, fields, worth = 1) => (await Promise.all(fields.map(async ([field, terms]) => {
    const score = (await ofField(index, field, terms, new Set([document]))).get(document);
    return score === undefined ? [] : [{ words, field: index.manifest.fields[field]?.name ?? '', score: Math.fround(score * worth) }];
  }))).flat();
  if (tier === 'A' || !loose) {
    return (await Promise.all(keywords.map(async (own) => {
      const ways = await Promise.all([own, ...await others(index, own)]
        .map((way, at) => each(way.text, keywordByField(way), at ? VARIANT : 1)));
      return ways.reduce((best, way) => sum(way) > sum(best) ? way : best);
    }))).flat();
  }
  return (await Promise.all([
    ...loose.tokens.map((token) => each(token, termsByField([[0, token]]))),
    ...loose.years.map((year) => each(String(year), [yearByField(year)])),
    ...keywords.filter(({ quoted }) => quoted).map((own) => each(own.text, keywordByField(own))),
    ...loose.phrases.map((terms) => each(textOf(terms), termsByField(terms), TOGETHER)),
  ])).flat();
}

/** @param {Part[]} parts */
export const sum = (parts) => parts.reduce((sum, { score }) => Math.fround(sum + score), 0);

/** The stretch that overlapping pairs cover. @param {Terms} terms */
const textOf = (terms) => terms.reduce((text, [at, term]) => [...text].slice(0, at).join('') + term, '');
