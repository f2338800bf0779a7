// Narrowing and sorting: which of the documents found have a year, a department, a budget.
import { budgetsOf, facetsOf } from './facets.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./score.js').Hit} Hit */
/** @typedef {import('./state.js').Facet} Facet */
/** @typedef {import('./state.js').State} State */

/** The id of a label, or what is a word by itself. @param {any} label @returns {string | undefined} */
export const idOf = (label) => label?.id ?? label;

/** @param {unknown} _ @param {number} document @returns {Hit} */
const everyOne = (_, document) => ({ document, score: 0, tier: 'A' });

/**
 * The hits that fit `state` in its order, and how many there would be with each other value of a facet.
 * @param {Index} index @param {Hit[]} hits @param {State} state
 * @returns {Promise<{hits: Hit[], counts: Record<Facet, Map<string, number>>}>}
 */
export async function narrow(index, hits, { query, chosen, from, to, sort }) {
  // Without a query every document is a hit.
  const found = query.trim() ? hits : Array.from({ length: index.manifest.documents }, everyOne);
  const { labels } = index.manifest;
  const [facets, budgets] = await Promise.all([
    facetsOf(index),
    from || to || sort === 'budget' ? budgetsOf(index) : /** @type {(number | null)[]} */ ([]),
  ]);
  const values = (/** @type {Facet} */ facet, /** @type {number} */ document) =>
    [facets[facet]?.[document] ?? []]
      .flat()
      .flatMap((number) =>
        facet === 'year' ? (number ? String(number) : []) : (idOf(labels[facet]?.[number - 1]) ?? []),
      );
  const budget = (/** @type {Hit} */ { document }) => budgets[document] ?? -Infinity;
  const year = (/** @type {Hit} */ { document }) => Number(facets.year[document]);
  const affordable =
    from || to
      ? found.filter(
          (hit) =>
            budget(hit) >= (from ? Number(from) : -Number.MAX_VALUE) &&
            budget(hit) <= (to ? Number(to) : Infinity),
        )
      : found;
  const counts = /** @type {Record<Facet, Map<string, number>>} */ ({});
  const unfit = (/** @type {number} */ document) =>
    Object.keys(chosen).filter((facet) => !values(facet, document).includes(chosen[facet] ?? ''));
  const fitting = affordable.filter(({ document }) => {
    const [first, second] = unfit(document);
    if (second) return false;
    for (const facet of first ? [first] : Object.keys(facets)) {
      const found = (counts[facet] ??= new Map());
      for (const value of values(facet, document)) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return !first;
  });
  // Documents that have every word stay before those that have some of them.
  const by = sort === 'year' ? year : sort === 'budget' ? budget : null;
  if (by)
    fitting.sort((a, b) =>
      a.tier < b.tier ? -1 : a.tier > b.tier ? 1 : by(b) === by(a) ? 0 : by(b) - by(a),
    );
  return { hits: fitting, counts };
}
