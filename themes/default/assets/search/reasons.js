// Reasons: why a document is a result, in sentences.
import { element } from './element.js';
import { NEAR, explain } from './explain.js';
import { languageOf } from './names.js';

/**
 * Why a hit is one, in sentences: which words stand where.
 * @param {import('./results.js').Setting} setting
 * @param {import('./plan.js').Plan} plan
 * @param {import('./score.js').Hit} hit
 * @param {import('./explain.js').Score} score
 * @param {Map<string, string>} spelt words as they were typed, by their normal form
 * @returns {Promise<(Node | string)[]>}
 */
export async function reasons({ index, word }, plan, hit, score, spelt) {
  const parts = await explain(index, plan, hit, score);
  /** @type {Map<string, string[]>} */
  const places = new Map();
  for (const { words, field } of parts) {
    // Where each of the keywords stands is said already.
    if (field === NEAR) continue;
    // To a reader, a kanji is in the same place whether it is a word or part of one.
    const key = hit.tier === 'A' ? words : '';
    places.set(key, [
      ...new Set([...(places.get(key) ?? []), word(`field_${field === 'word' ? 'kanji' : field}`)]),
    ]);
  }
  return [...places].flatMap(([words, fields]) => {
    const where = fields.join(word('search_and'));
    if (!words) return [word('search_why_some', { fields: where })];
    const [before = '', after = ''] = word('search_why_all', { fields: where, words: '\n' }).split('\n');
    return [before, element('span', { lang: languageOf(words) }, [spelt.get(words) ?? words]), after, ' '];
  });
}
