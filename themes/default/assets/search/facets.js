// Facets: what the documents of an index are narrowed and sorted by (docs/en/search-index.md).
import { Cursor, remembered } from './reader.js';

/** @typedef {import('./index.js').Index} Index */
/**
 * @typedef {Record<'year' | 'department' | 'rating' | 'kind', number[]> & {[facet: string]: (number |
 *   number[])[]}} Facets a value or several of each document
 */

/** @type {WeakMap<Index, Promise<Facets>>} */
const known = new WeakMap();

/** One column for each facet. @param {Index} index */
export const facetsOf = (index) =>
  remembered(known, index, async () => {
    const { files, manifest } = index;
    const cursor = new Cursor(await files.bytes(manifest.facets));
    const column = () => Array.from({ length: manifest.documents }, () => cursor.number());
    /** @type {Facets} */
    const facets = { year: column(), department: column(), rating: column(), kind: column() };
    for (const facet of ['topic', ...(manifest.labels.own ?? []).map(({ facet }) => facet)]) {
      facets[facet] = Array.from(facets.year, () =>
        Array.from({ length: cursor.number() }, () => cursor.number()),
      );
    }
    return facets;
  });

/** Budgets in the site's unit. @param {Index} index @returns {Promise<(number | null)[]>} */
export const budgetsOf = ({ files, manifest }) => files.json(manifest.budgets);
