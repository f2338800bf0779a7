// Suggestions (もしかして): what a query may have meant, the same as in the build (src/search/suggestions.rs).
import { edits } from './edits.js';

const SUGGESTED = 3;
/** Likeness of texts of which half is the same, in thousandths, and what puts these after all edits. */
const HALF = 500;
const FAR = 2000;

/**
 * The nearest to what `plan` asks for, in writing or in reading.
 * @param {import('./index.js').Index} index
 * @param {import('./plan.js').Plan} plan
 * @param {(text: string) => string[]} normalise handed over by the script that has the tables
 */
export async function meant(index, { keywords }, normalise) {
  const asked = keywords.flatMap(({ text }) => [...text]);
  const allowed = asked.length < 3 ? 0 : asked.length < 6 ? 1 : 2;
  if (asked.length < 2) return [];
  const found = [];
  /** @type {[string, string?][]} names and words with their readings */
  const suggestions = await index.files.json(index.manifest.suggestions);
  for (const [text, kana] of suggestions) {
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

/**
 * The same as links, with the words before them.
 * @param {import('./index.js').Index} index
 * @param {import('./plan.js').Plan} plan
 * @param {(text: string) => string[]} normalise
 * @param {import('./results.js').Setting['word']} word
 * @param {(query: string) => Node} link
 */
export async function offers(index, plan, normalise, word, link) {
  const links = (await meant(index, plan, normalise)).flatMap((text) => [' ', link(text)]);
  return links.length ? [word('search_mean'), ...links] : [];
}

/** The pairs of neighbouring characters. @param {string[]} text */
const pairs = (text) => new Set(text.slice(1).map((char, at) => `${text[at]}${char}`));

/** How alike two texts are by their pairs (Dice, 1945). @param {Set<string>} a @param {Set<string>} b */
const likeness = (a, b) =>
  Math.floor((2000 * [...a].filter((pair) => b.has(pair)).length) / Math.max(1, a.size + b.size));
