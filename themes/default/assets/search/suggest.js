// Suggestions (もしかして): what a query may have meant, the same as in the build (src/search/suggestions.rs).
import { normalise } from './analyzer.js';

const SUGGESTED = 3;
/** Likeness of texts of which half is the same, in thousandths, and what puts these after all edits. */
const HALF = 500;
const FAR = 2000;

/**
 * The nearest to what `plan` asks for, in writing or in reading.
 * @param {import('./index.js').Index} index
 * @param {import('./plan.js').Plan} plan
 */
export async function meant(index, { keywords }) {
  const asked = keywords.flatMap(({ text }) => [...text]);
  const allowed = asked.length < 3 ? 0 : asked.length < 6 ? 1 : 2;
  if (asked.length < 2) return [];
  const found = [];
  for (const [text, kana] of await index.suggestions()) {
    const own = normalise(text);
    if (own.join('') === asked.join('')) continue;
    const forms = [own, ...(kana ? [normalise(kana)] : [])].filter(
      ({ length }) => Math.abs(length - asked.length) <= allowed,
    );
    const distance = Math.min(...forms.map((form) => edits(asked, form)));
    const alike = likeness(pairs(asked), pairs(own));
    if (distance <= allowed) found.push({ text, distance });
    else if (alike >= HALF) found.push({ text, distance: FAR - alike });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTED)
    .map(({ text }) => text);
}

/** The pairs of neighbouring characters. @param {string[]} text */
const pairs = (text) => new Set(text.slice(1).map((char, at) => `${text[at]}${char}`));

/** How alike two texts are by their pairs (Dice, 1945). @param {Set<string>} a @param {Set<string>} b */
const likeness = (a, b) =>
  Math.floor((2000 * [...a].filter((pair) => b.has(pair)).length) / Math.max(1, a.size + b.size));

/**
 * Letters put in, left out, exchanged, or swapped with their neighbour (optimal string alignment).
 * @param {string[]} a
 * @param {string[]} b
 */
export function edits(a, b) {
  /** @type {number[]} */
  let before = [];
  let above = [0, ...b.map((_, at) => at + 1)];
  const of = (/** @type {number[]} */ row, /** @type {number} */ at) => row[at] ?? Infinity;
  a.forEach((x, i) => {
    const row = [i + 1];
    b.forEach((y, j) => {
      const swapped = x === b[j - 1] && a[i - 1] === y ? of(before, j - 1) + 1 : Infinity;
      row.push(Math.min(of(above, j) + (x === y ? 0 : 1), of(above, j + 1) + 1, of(row, j) + 1, swapped));
    });
    [before, above] = [above, row];
  });
  return above.at(-1) ?? 0;
}
