// Explanation: what of a result's score comes from which words in which field, in the same parts as in
// the build (src/search/explanation.rs).
import { INSIDE, SAID, THERE, VARIANT, boostOf } from './worth.js';

/** Takes the place of the field where keywords are near each other. */
export const NEAR = 'near';

/** @typedef {{words: string, field: string, score: number}} Part */
/** @typedef {import('./plan.js').Terms} Terms */
/**
 * What a score is made of, handed over by the script that has it.
 * @typedef {Pick<typeof import('./score.js'), 'addNearness' | 'keywordByField' | 'looseByField' |
 *   'ofField' | 'others' | 'wholeWord'>} Score
 */

/**
 * Why `hit` answers `plan`; the parts add up to its score.
 * @param {import('./index.js').Index} index
 * @param {import('./plan.js').Plan} plan
 * @param {import('./score.js').Hit} hit
 * @param {Score} score
 * @returns {Promise<Part[]>}
 */
export async function explain(
  index,
  plan,
  { document, tier },
  { addNearness, keywordByField, looseByField, ofField, others, wholeWord },
) {
  const { keywords, loose, fragments } = plan;
  /** @param {string} words @param {[number, Terms][]} fields @param {number} [worth] @param {boolean} [boost] */
  const each = async (words, fields, worth = 1, boost) =>
    (
      await Promise.all(
        fields.map(async ([field, terms]) => {
          const score = (await ofField(index, field, terms, new Set([document]), 0, boost)).get(document);
          return score === undefined
            ? []
            : [{ words, field: index.manifest.fields[field]?.name ?? '', score: Math.fround(score * worth) }];
        }),
      )
    ).flat();
  // Less where a word in katakana is part of a longer one only.
  const worthOf = async (/** @type {import('./plan.js').Keyword} */ own) =>
    !own.katakana || (await wholeWord(index, own)).has(document) ? 1 : INSIDE;
  const asItStands = async (/** @type {import('./plan.js').Keyword} */ own, worth = 1) =>
    each(own.text, keywordByField(own), worth * (await worthOf(own)), boostOf(plan));
  // What it adds that keywords are near each other.
  const near = async () => {
    const scores = new Map([[document, 0]]);
    await addNearness(index, keywords, scores);
    const score = scores.get(document) ?? 0;
    return score ? [{ words: keywords.map(({ text }) => text).join(' '), field: NEAR, score }] : [];
  };
  if (tier === 'B' && !loose) return (await Promise.all(fragments.map((piece) => asItStands(piece)))).flat();
  if (tier === 'A' || !loose) {
    return (
      await Promise.all([
        ...keywords.map(async (own) => {
          const ways = await Promise.all(
            [own, ...(await others(index, own))].map((way, at) => asItStands(way, at ? VARIANT : 1)),
          );
          return ways.reduce((best, way) => (sum(way) > sum(best) ? way : best));
        }),
        near(),
      ])
    ).flat();
  }
  // That a part is there at all is told with the first field that has it.
  const token = async (/** @type {[number, Terms][]} */ fields, there = 0, worth = 1) => {
    const found = await each(fields[0]?.[1][0]?.[1] ?? '', fields, worth, loose.texts);
    if (found[0]) found[0].score += there;
    return found;
  };
  const [parts = [], optional = [], words = []] = looseByField(loose);
  return (
    await Promise.all([
      ...parts.map((fields) => token(fields, THERE)),
      ...words.map((fields) => token(fields, THERE, SAID)),
      ...keywords.filter(({ quoted }) => quoted).map((own) => asItStands(own)),
      ...optional.map((fields) => token(fields)),
      near(),
    ])
  ).flat();
}

/** @param {Part[]} parts */
export const sum = (parts) => parts.reduce((sum, { score }) => Math.fround(sum + score), 0);
