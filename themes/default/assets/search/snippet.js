// Snippets: the first stretch of a text that has most of the keywords, with its hits.
import { kindOf, normalise, runs, separators, word } from './analyzer.js';

/** @typedef {import('./plan.js').Keyword} Keyword */

/** A base with the marks that may join it; what lies between such pieces is normal by itself. */
const PIECE = /[^][\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f]*/gu;

/**
 * Where the keywords stand.
 * @param {string} text
 * @param {Keyword[]} keywords
 * @returns {{start: number, end: number, keyword: number}[]}
 */
export function hits(text, keywords) {
  /** @type {string[]} */
  let normal = [];
  /** @type {number[]} */
  let origins = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    // Iteration marks look at what stands before them.
    const before = normal.at(-1);
    const joined =
      before && /^[々〻ゝゞヽヾ\-\u2010-\u2015\u2212\u2500\u2501]/.test(piece)
        ? normalise(before + piece).slice(1)
        : normalise(piece);
    for (const char of joined) {
      normal.push(char);
      origins.push(index);
    }
  }
  const drop = separators(normal);
  if (drop.size) {
    normal = normal.filter((_, at) => !drop.has(at));
    origins = origins.filter((_, at) => !drop.has(at));
  }
  origins.push(text.length);
  const words = runs(normal).filter(({ kind }) => kind === 'W');
  const found = keywords.flatMap(({ text: keyword, terms }, number) => {
    const place = (/** @type {number} */ at, /** @type {number} */ end) => ({
      start: origins[at] ?? 0,
      end: origins[end] ?? text.length,
      keyword: number,
    });
    // Every form of an English word.
    if (/^[a-z]+$/.test(keyword))
      return words
        .filter((run) => word(normal, run) === terms[0]?.[1])
        .map(({ start, end }) => place(start, end));
    const chars = [...keyword];
    const list = [];
    for (
      let at = normal.indexOf(chars[0] ?? '');
      at >= 0 && chars[0];
      at = normal.indexOf(chars[0], at + 1)
    ) {
      const end = at + chars.length;
      if (
        chars.every((char, index) => normal[at + index] === char) &&
        apart(normal, at - 1) &&
        apart(normal, end - 1)
      ) {
        list.push(place(at, end));
      }
    }
    return list;
  });
  return found.sort((a, b) => a.start - b.start);
}

/** Does no word or number go on from `at` to the next character? @param {string[]} normal @param {number} at */
function apart(normal, at) {
  const kind = kindOf(normal[at]);
  return kind === '' || kind === 'J' || kind !== kindOf(normal[at + 1]);
}

/**
 * About `length` characters around the most keywords, in pieces; those with `hit` are marked.
 * @param {string} text @param {Keyword[]} keywords @param {number} [length]
 * @returns {{text: string, hit?: boolean | undefined}[]}
 */
export function snippet(text, keywords, length = 120) {
  const found = hits(text, keywords);
  let best = 0;
  let most = 0;
  for (const { start } of found) {
    const inside = found.filter((hit) => hit.start >= start && hit.end <= start + length);
    const different = new Set(inside.map(({ keyword }) => keyword)).size;
    if (different > most) [best, most] = [start, different];
  }
  let from = text.length > length ? Math.max(0, best - Math.floor(length / 4)) : 0;
  const sentence = text.slice(from, best).search(/[。\n](?!$)/);
  if (from > 0 && sentence >= 0) from += sentence + 1;
  let to = Math.min(text.length, from + length);
  // Not within a pair of surrogates.
  if (/[\udc00-\udfff]/.test(text[from] ?? '')) from -= 1;
  if (/[\udc00-\udfff]/.test(text[to] ?? '')) to += 1;
  /** @type {ReturnType<snippet>} */
  const pieces = [{ text: from > 0 ? '…' : '' }];
  let at = from;
  for (const { start, end } of found) {
    if (start < from || end <= at || end > to) continue;
    const last = pieces.at(-1);
    // The pairs of a word overlap.
    if (last && start < at) last.text += text.slice(at, end);
    else pieces.push({ text: text.slice(at, start) }, { text: text.slice(start, end), hit: true });
    at = end;
  }
  pieces.push({ text: text.slice(at, to) }, { text: to < text.length ? '…' : '' });
  return pieces.map(({ text, hit }) => ({ text: text.replace(/\s+/g, ' '), hit })).filter(({ text }) => text);
}
