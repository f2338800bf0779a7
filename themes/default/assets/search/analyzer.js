// The analyzer: text to tokens, the same as in the build (src/search/analyzer.rs). Its tables come with
// the index, so that both always have the same.

import { stem } from './stem.js';

/** @typedef {[number, number]} Range first and last code point */
/** @typedef {{kind: string, start: number, end: number, before: boolean, after: boolean}} Run */

const ranges = (/** @type {string} */ text) =>
  text.split(' ').map((range) => {
    const [first = '', last = first] = range.split('-');
    return /** @type {Range} */ ([parseInt(first, 16), parseInt(last, 16)]);
  });
const within = (/** @type {Range[]} */ list, /** @type {number} */ code) =>
  list.some(([first, last]) => first <= code && code <= last);
const pairs = (/** @type {string} */ text) => {
  const chars = [...text];
  return new Map(
    chars.flatMap((char, index) =>
      index % 2 ? [] : [/** @type {[string, string]} */ ([char, chars[index + 1] ?? ''])],
    ),
  );
};

/**
 * What the tables say.
 * @typedef {Record<'strip' | 'separate' | 'lower' | 'dashes' | 'kanji' | 'kana' | 'words', Range[]> & {
 *   circled: [Range, number][], fold: Map<string, string>, voiced: Map<string, string>,
 *   plain: Map<string, string>} & Record<'eras' | 'grammar' | 'joins' | 'particles' | 'stops', string>} Tables
 */
/** @type {Tables} */
export let tables;
let known = '';

/**
 * Takes the tables of an index; `anew`: of one that takes another's place.
 * @param {string} text
 * @param {boolean} [anew]
 */
export function useTables(text, anew) {
  if (known && known !== text && !anew) throw new Error('two indexes with different tables');
  const written = JSON.parse((known = text));
  const voiced = pairs(written.voiced);
  tables = {
    .../** @type {any} */ (
      Object.fromEntries(
        Object.entries(written).map(([name, text]) => [name, /^[\dA-F]/.test(text) ? ranges(text) : text]),
      )
    ),
    circled: written.circled.split(' ').map((/** @type {string} */ entry) => {
      const [range = '', number] = entry.split('=');
      return [ranges(range)[0], Number(number)];
    }),
    fold: pairs(written.fold),
    voiced,
    plain: new Map([...voiced].map(([unvoiced, char]) => [char, unvoiced])),
  };
}

const code = (/** @type {string} */ char) => /** @type {number} */ (char.codePointAt(0));
const isKanji = (/** @type {string} */ char) => within(tables.kanji, code(char));
const isHiragana = (/** @type {string} */ char) => /[ぁ-ゖ]/.test(char);

/** `text` in normal form, as code points; positions count these. @param {string} text */
export const normalise = (text) => normaliseWithKatakana(text).chars;

/** A text in normal form, and which of its code points were katakana. @param {string} text */
export function normaliseWithKatakana(text) {
  const { chars, katakana } = fold(text);
  const drop = separators(chars);
  const kept = (/** @type {any[]} */ list) => (drop.size ? list.filter((_, at) => !drop.has(at)) : list);
  return {
    chars: /** @type {string[]} */ (kept(chars)),
    katakana: /** @type {boolean[]} */ (kept(katakana)),
  };
}

/** The same with the separators within numbers. @param {string} text */
export function fold(text) {
  let prepared = '';
  for (const char of text) {
    const at = code(char);
    if (at < 128) prepared += char;
    else if (within(tables.separate, at)) prepared += ' ';
    else if (!within(tables.strip, at)) {
      const number = tables.circled.find(([range]) => within([range], at));
      prepared += number ? ` ${number[1] + at - number[0][0]} ` : char;
    }
  }
  /** @type {string[]} */
  const chars = [];
  /** @type {boolean[]} */
  const katakana = [];
  for (let char of prepared.normalize('NFKC')) {
    if (/[\u3099\u309a]/.test(char)) continue;
    char = tables.fold.get(char) ?? char;
    const at = code(char);
    if (within(tables.lower, at)) {
      const small = char.toLowerCase();
      if ([...small].length === 1) char = small;
    }
    const isKatakana = /[ァ-ヶヽヾ]/.test(char);
    if (isKatakana) char = String.fromCharCode(at - 0x60);
    const before = chars.at(-1) ?? '';
    const base = tables.plain.get(before) ?? before;
    if (/[々〻]/.test(char) && isKanji(before)) char = before;
    else if (char === 'ゝ' && isHiragana(before)) char = base;
    else if (char === 'ゞ' && isHiragana(before)) char = tables.voiced.get(base) ?? base;
    else if (/[ぁ-ゖー]/.test(before) && isDash(char)) char = 'ー';
    katakana.push(isKatakana || (char === 'ー' && (katakana.at(-1) ?? false)));
    chars.push(char);
  }
  return { chars, katakana };
}

/**
 * The separators within numbers, by index: commas that group digits in threes, and what parts the three groups of a
 * telephone number. @param {string[]} normal
 */
export function separators(normal) {
  /** @type {Set<number>} */
  const found = new Set();
  for (let start = 0; start < normal.length; start++) {
    const length = countDigits(normal, start);
    if (!length) continue;
    let at = start + length;
    if (normal[start] === '0') {
      const inside = [];
      for (let more = 0; /^[()]$/.test(normal[at] ?? '') || isDash(normal[at] ?? ' '); at += 1 + more) {
        more = countDigits(normal, at + 1);
        if (!more) break;
        inside.push(at);
      }
      const digits = at - start - inside.length;
      if (inside.length === 2 && (digits === 10 || digits === 11))
        inside.forEach((place) => found.add(place));
      at = start + length;
    } else if (length <= 3) {
      for (; normal[at] === ',' && countDigits(normal, at + 1) === 3; at += 4) found.add(at);
    }
    start = at - 1;
  }
  return found;
}

/** @param {string} char */
export const isDash = (char) => within(tables.dashes, code(char));

const isDigit = (/** @type {string | undefined} */ char = '') => '0' <= char && char <= '9';

/** J, W or D; empty for what separates. @param {string | undefined} char */
export function kindOf(char) {
  if (char === undefined) return '';
  if (isDigit(char)) return 'D';
  const at = code(char);
  return within(tables.words, at) ? 'W' : within(tables.kana, at) || within(tables.kanji, at) ? 'J' : '';
}

/** Stretches of one kind. @param {string[]} normal @returns {Run[]} */
export function runs(normal) {
  /** @type {Run[]} */
  const list = [];
  normal.forEach((char, position) => {
    const kind = kindOf(char);
    if (!kind) return;
    const last = list.at(-1);
    const touches = last?.end === position;
    if (last && touches && last.kind === kind) last.end += 1;
    else {
      if (last) last.after = touches;
      list.push({ kind, start: position, end: position + 1, before: touches, after: false });
    }
  });
  return list;
}

/**
 * The word or number of a run, by its stem; what it has beyond 64 code points does not count.
 * @param {string[]} normal
 * @param {Run} run
 */
export const word = (normal, run) =>
  stem(normal.slice(run.start, Math.min(run.end, run.start + 64)).join(''));

/** The tokens, each with its position. @param {string[]} normal @returns {[number, string][]} */
export function tokens(normal) {
  return runs(normal).flatMap((run) => {
    const { kind, start, end } = run;
    if (kind !== 'J') return [[start, word(normal, run)]];
    if (end - start === 1) return [[start, normal[start]]];
    const list = [];
    if (run.before) list.push([start, normal[start]]);
    for (let at = start; at < end - 1; at++) list.push([at, `${normal[at]}${normal[at + 1]}`]);
    if (run.after) list.push([end - 1, normal[end - 1]]);
    return /** @type {any} */ (list);
  });
}

/** Is `text` a single kanji? @param {string} text */
export const isSingleKanji = (text) => [...text].length === 1 && isKanji(text);

/** Is a token the stem of an English word that every sentence has? @param {string} token */
export const isStop = (token) => tables.stops.includes(` ${token} `);

/** The Western year that the keyword is, and nothing else. @param {string[]} normal @returns {number | null} */
export function wholeYear(normal) {
  const [end, year] = eraYear(normal, 0) ?? westernYear(normal, 0, true) ?? [];
  return end === normal.length ? (year ?? null) : null;
}

/**
 * The years that a text names, each with where it begins and ends.
 * @param {string[]} normal
 * @returns {[number, number, number][]}
 */
export function years(normal) {
  /** @type {[number, number, number][]} */
  const found = [];
  for (let at = 0; at < normal.length;) {
    const mention = eraYear(normal, at) ?? westernYear(normal, at, false);
    if (mention) found.push([at, ...mention]);
    at = mention ? mention[0] : at + 1;
  }
  return found;
}

/** @param {string[]} normal @param {number} start @returns {[number, number] | null} where it ends, and the year */
function eraYear(normal, start) {
  let at = 0;
  let byLetter = false;
  const era = tables.eras
    .split(' ')
    .map((era) => {
      const [, name = '', letter = '', year] = /^(\D+)([a-z])(\d+)$/.exec(era) ?? [];
      return { name: [...name], letter, first: Number(year) };
    })
    .find(({ name, letter }) => {
      at = start + name.length;
      byLetter = false;
      if (at < normal.length && name.every((char, index) => char === normal[start + index])) return true;
      at = start + 1;
      byLetter = true;
      return (
        normal[start] === letter &&
        !'WD'.includes(kindOf(normal[start - 1]) || '-') &&
        kindOf(normal[at]) === 'D'
      );
    });
  if (!era) return null;
  const [number, length] = normal[at] === '元' ? [1, 1] : smallNumber(normal, at);
  const end = at + length;
  const after = kindOf(normal[end]);
  if (!length || number < 1 || number > 64 || after === 'D' || (byLetter && after === 'W')) return null;
  return [pastYear(normal, end), era.first + number - 1];
}

/**
 * One or two digits, or kanji numerals up to 99.
 * @param {string[]} normal
 * @param {number} at
 * @returns {[number, number]}
 */
function smallNumber(normal, at) {
  const digits = countDigits(normal, at);
  if (digits) return digits > 2 ? [0, 0] : [Number(normal.slice(at, at + digits).join('')), digits];
  let tens = 0,
    ones = 0,
    length = 0;
  for (; ; length++) {
    const char = normal[at + length];
    const digit = '一二三四五六七八九'.indexOf(char ?? '-') + 1;
    if (digit && !ones) ones = digit;
    else if (char === '十' && !tens) {
      tens = ones || 1;
      ones = 0;
    } else break;
  }
  return [tens * 10 + ones, length];
}

/** @param {string[]} normal @param {number} start @param {boolean} alone @returns {[number, number] | null} */
function westernYear(normal, start, alone) {
  if (countDigits(normal, start) !== 4 || kindOf(normal[start - 1]) === 'D') return null;
  const year = Number(normal.slice(start, start + 4).join(''));
  const end = pastYear(normal, start + 4);
  return year >= 1868 && year <= 2199 && (alone || end > start + 4) ? [end, year] : null;
}

function countDigits(/** @type {string[]} */ normal, /** @type {number} */ at) {
  let count = 0;
  while (isDigit(normal[at + count])) count++;
  return count;
}

const pastYear = (/** @type {string[]} */ normal, /** @type {number} */ end) =>
  normal[end] !== '年' ? end : normal[end + 1] === '度' ? end + 2 : end + 1;
