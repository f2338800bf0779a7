// The plan of a query, the same as in the build (src/search/plan.rs).
import { isSingleKanji, normalise, runs, wholeYear, word } from './analyzer.js';

/**
 * @typedef {object} Keyword
 * @property {string} text the keyword in normal form
 * @property {[number, string][]} terms tokens with their distance from the keyword's beginning
 * @property {boolean} kanji is it a single kanji?
 * @property {number | null} year the Western year, where it is one and nothing else
 */

/** What `query` asks for; every keyword must be found. @param {string} query @returns {Keyword[]} */
export function plan(query) {
  /** @type {string[][]} */
  const parts = [[]];
  for (const char of normalise(query)) {
    if (char === '、' || /\s/.test(char)) parts.push([]);
    else parts.at(-1)?.push(char);
  }
  return parts.flatMap((normal) => keyword(normal) ?? []);
}

/** @param {string[]} normal @returns {Keyword | null} */
function keyword(normal) {
  const stretches = runs(normal);
  /** @type {[number, string][]} */
  let terms = [];
  /** @type {[number, string][]} */
  const stray = [];
  for (const run of stretches) {
    const { start, end } = run;
    if (run.kind !== 'J') terms.push([start, word(normal, run)]);
    else if (end - start === 1) (run.before || run.after ? terms : stray).push([start, normal[start] ?? '']);
    else {
      for (let at = start; at < end - 2; at += 2) terms.push([at, `${normal[at]}${normal[at + 1]}`]);
      terms.push([end - 2, `${normal[end - 2]}${normal[end - 1]}`]);
    }
  }
  if (!terms.length) terms = stray;
  const first = terms[0];
  if (!first) return null;
  return {
    text: normal.join(''),
    terms: terms.map(([at, term]) => [at - first[0], term]),
    kanji: stretches.length === 1 && terms.length === 1 && isSingleKanji(first[1]),
    year: wholeYear(normal),
  };
}
