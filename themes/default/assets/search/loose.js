// The loose part of a plan: what of a query the texts need not have all of, the same as in the build
// (src/search/loose.rs).
import { isSingleKanji, kindOf, tables, tokens, years } from './analyzer.js';

/** One of so many parts must be there in tier B. */
const SHARE = 3;

/** @typedef {import('./plan.js').Loose} Loose */
/** @typedef {{text: string[], katakana: boolean[], kanji?: boolean}} Part */

export const isKana = (/** @type {string | undefined} */ char) =>
  kindOf(char) === 'J' && !isSingleKanji(char ?? '');
const isHiragana = (/** @type {string} */ char) => /[ぁ-ゖー]/.test(char);

/**
 * The characters of a text with blanks in place of its grammar and of what separates; ア stands for katakana.
 * @param {Part} part
 */
export function contentOf({ text, katakana }) {
  const chars = text
    .map((char, at) => (!kindOf(char) ? ' ' : char.length > 1 ? '一' : katakana[at] ? 'ア' : char))
    .join('')
    .replace(RegExp(tables.grammar, 'g'), (all) => ' '.repeat(all.length))
    .split('');
  for (let at = chars.length; at--;) {
    const [before = ' ', own = '', after = ' '] = [chars[at - 1], chars[at], chars[at + 1]];
    const begins = before === ' ' || isHiragana(before);
    const isEnd = after === ' ' || !begins || (tables.joins.includes(own) && !isHiragana(after));
    if (isEnd && tables.particles.includes(own)) chars[at] = ' ';
  }
  return chars;
}

/**
 * Tier B of what may be taken apart. What every sentence has is no part of it.
 * @param {Part[]} apart
 * @param {string[][]} groups of synonyms of which it has a word
 * @returns {Loose | null}
 */
export function ofParts(apart, groups) {
  /** @type {Set<number>} */
  const mentioned = new Set();
  /** @type {Set<string>[]} */
  const sets = [new Set(), new Set(), new Set(), new Set(), new Set()];
  const [strong = new Set(), single = new Set(), mixed = new Set(), seams = new Set(), spoken = new Set()] =
    sets;
  const isEnglish = !apart.some(({ text }) => text.some((char) => kindOf(char) === 'J'));
  let stretches = 0;
  for (const part of apart) {
    const { text, katakana, kanji } = part;
    const chars = contentOf(part);
    const found = years(text);
    for (const [, , year] of found) mentioned.add(year);
    for (const [at, token] of tokens(text)) {
      // A year is one part, not as many as it has pairs.
      if (found.some(([start, end]) => at >= start && at < end)) continue;
      const places = [...token].map((_, index) => at + index);
      const blank = places.filter((place) => chars[place] === ' ');
      const spelt = places.filter((place) => isKana(text[place]));
      const isEnding = isSingleKanji(chars[at - 1] ?? '') || blank.length;
      if (blank.some((place) => !isKana(text[place])) || (isEnglish && tables.stops.includes(` ${token} `)))
        continue;
      if (spelt.every((place) => katakana[place])) (kanji ? single : strong).add(token);
      else if (spelt.length < places.length) (blank.length ? seams : mixed).add(token);
      else if (!isEnding) mixed.add(token);
    }
    for (const [, other = '', word = ''] of chars.join('').matchAll(/([^ぁ-ゖー ]*)([ぁ-ゖー]*)/g)) {
      if (other.length > 1) stretches++;
      if (word.length > 1 && !isSingleKanji(other.at(-1) ?? '')) spoken.add(word);
    }
  }
  const hasStrong = strong.size || single.size;
  const said = groups.flat();
  const words = [
    ...groups,
    ...(hasStrong && apart.length < 2
      ? []
      : [...spoken].filter((word) => !said.includes(word)).map((word) => [word])),
  ];
  // Where a query has neither, inflected words are what is left.
  const [own, optional] =
    hasStrong || words.length || mentioned.size
      ? [[...strong], [...mixed, ...seams]]
      : [[...mixed], [...seams]];
  const needed = Math.ceil((own.length + single.size + mentioned.size + words.length) / SHARE);
  return needed
    ? {
        tokens: own,
        kanji: [...single],
        years: [...mentioned],
        words,
        needed,
        optional,
        texts: (isEnglish ? strong.size : stretches + spoken.size + apart.length - 1) > 1,
      }
    : null;
}
