// Slips: Latin words that the index does not have, and those that were meant, the same as in the build
// (src/search/words.rs).
import { edits } from './edits.js';

/** @typedef {import('./plan.js').Keyword} Keyword */

/** So many words are looked up in place of one. */
const MOST = 4;

/**
 * Words of the index that differ in one letter from a Latin word that it does not have.
 * @param {import('./index.js').Index} index
 * @param {Keyword} keyword
 * @returns {Promise<Keyword[]>}
 */
export async function slips(index, keyword) {
  const own = [...(keyword.terms[0]?.[1] ?? '')];
  const lines = (await index.files.text(index.manifest.latin)).split('\n').map((line) => line.split(' '));
  return lines
    .filter(([word = '']) => edits(own, [...word]) === 1)
    .sort(([, a], [, b]) => Number(b) - Number(a))
    .slice(0, MOST)
    .map(([text = '']) => ({ ...keyword, text, terms: [[0, text]] }));
}
