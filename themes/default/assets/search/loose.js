// The loose part of a plan: what of a query the texts need not have all of, the same as in the build
// (src/search/loose.rs).
import { isSingleKanji, isStop, kindOf, tables, tokens, years } from './analyzer.js';

/** One of so many parts must be there in tier B. */
const SHARE = 3;

/** @typedef {import('./plan.js').Loose} Loose */
/** @typedef {{text: string[], katakana: boolean[], kanji?: boolean}} Part */

export const isKana = (/** @type {string | undefined} */ char) =>
  kindOf(char) === 'J' && !isSingleKanji(char ?? '');
const isHiragana = (/** @type {string} */ char) => /[ぁ-ゖー]/.test(char);

/**
 * The characters of a text with blanks in place of its grammar, and ends of lines of what separates; ア stands for
 * katakana.
 * @param {Part} part
 */
export function contentOf({ text, katakana }) {
  const chars = text
    .map((char, at) => (!kindOf(char) ? '\n' : char.length > 1 ? '一' : katakana[at] ? 'ア' : char))
    .join('')
    .replace(RegExp(tables.grammar, 'g'), (all) => ' '.repeat(all.length))
    .split('');
  for (let at = chars.length; at--;) {
    const [before = ' ', own = '', after = ' '] = [chars[at - 1], chars[at], chars[at + 1]];
    const begins = /[ぁ-ゖー\s]/.test(before);
    const isEnd = /\s/.test(after) || !begins || (tables.joins.includes(own) && !isHiragana(after));
    if (isEnd && tables.particles.includes(own)) chars[at] = ' ';
  }
  return chars;
}

/** Is a text a question: does its content end with much grammar? @param {string} content */
export const isQuestion = (content) => / {3}\n*$/.test(content);

/**
 * Tier B of what may be taken apart. What every sentence has is no part of it.
 * @param {Part[]} apart
 * @param {string[][]} groups of synonyms of which it has a word
 * @returns {Loose | null}
 */
export function ofParts(apart, groups) {
  /** @type {Set<number>} */
  const mentioned = new Set();
  /** @returns {Set<string>} */
  const set = () => new Set();
  const [strong, single, mixed, seams, spoken] = [set(), set(), set(), set(), set()];
  const isEnglish = !apart.some(({ text }) => text.some((char) => kindOf(char) === 'J'));
  let stretches = 0;
  let question = false;
  for (const part of apart) {
    const { text, katakana, kanji } = part;
    const chars = contentOf(part);
    question = apart.length < 2 && isQuestion(chars.join(''));
    const found = years(text);
    for (const [, , year] of found) mentioned.add(year);
    for (const [at, token] of tokens(text)) {
      // A year is one part, not as many as it has pairs.
      if (found.some(([start, end]) => at >= start && at < end)) continue;
      const places = [...token].map((_, index) => at + index);
      const blank = places.filter((place) => chars[place] === ' ');
      const spelt = places.filter((place) => isKana(text[place]));
      const isEnding = isSingleKanji(chars[at - 1] ?? '') || blank.length;
      if (blank.some((place) => !isKana(text[place])) || (isEnglish && isStop(token))) continue;
      if (spelt.every((place) => katakana[place])) (kanji ? single : strong).add(token);
      else if (spelt.length < places.length) (blank.length ? seams : mixed).add(token);
      else if (!isEnding) mixed.add(token);
    }
    for (const [, other = '', word = ''] of chars.join('').matchAll(/([^ぁ-ゖー\s]*)([ぁ-ゖー]*)/g)) {
      if (other.length > 1) stretches++;
      if (word.length > 1 && !isSingleKanji(other.at(-1) ?? '')) spoken.add(word);
    }
  }
  const hasStrong = strong.size || single.size;
  const words = [...groups];
  if (!hasStrong || apart.length > 1)
    for (const word of spoken) if (!groups.flat().includes(word)) words.push([word]);
  // Where a query has neither, inflected words are what is left.
  const isInflected = !hasStrong && !words.length && !mentioned.size;
  const own = [...(isInflected ? mixed : strong)];
  const needed = Math.ceil((own.length + single.size + mentioned.size + words.length) / SHARE);
  return needed
    ? {
        tokens: own,
        kanji: [...single],
        years: [...mentioned],
        words,
        needed,
        optional: [...(isInflected ? [] : mixed), ...seams],
        question,
        texts: (isEnglish ? strong.size : stretches + spoken.size + apart.length - 1) > 1,
      }
    : null;
}
