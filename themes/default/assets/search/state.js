// The state of a search: what is asked for, and by what it is narrowed and sorted.
/** @typedef {import('./score.js').Hit} Hit */

export const FACETS = ['year', 'department', 'topic', 'rating', 'kind'];
export const SORTS = /** @type {const} */ (['relevance', 'year', 'budget']);
/**
 * @typedef {string} Facet one of `FACETS`, or of the fields of the site by which measures are narrowed, `f-`
 *   and an id
 */
/**
 * What is asked for; values as they stand in the address.
 * @typedef {{query: string, page: number, sort: string, from: string, to: string, chosen: Record<Facet, string>}} State
 */

/**
 * What is chosen, where `value` gives what each control or each part of an address says, which are called
 * `names`.
 * @param {(name: string) => string} value
 * @param {Iterable<string>} names
 * @returns {Pick<State, 'sort' | 'from' | 'to' | 'chosen'>}
 */
export const chosenBy = (value, names) => ({
  sort: value('sort') || 'relevance',
  from: value('from'),
  to: value('to'),
  chosen: Object.fromEntries(
    [...names]
      .filter((name) => value(name) && (name.startsWith('f-') || FACETS.includes(name)))
      .map((name) => [name, value(name)]),
  ),
});

/** Is more asked than a query? @param {State} state */
export const isNarrowed = ({ chosen, from, to }) => Boolean(from || to || Object.keys(chosen).length);

/**
 * Hits as results: years of one measure and rows of one dataset together, each at the place of its first hit.
 * @param {Hit[]} hits @param {Uint32Array} groups of each document @returns {Hit[][]}
 */
export function grouped(hits, groups) {
  /** @type {Map<number | undefined, Hit[]>} */
  const results = new Map();
  for (const hit of hits) {
    const group = groups[hit.document];
    const result = results.get(group);
    if (result) result.push(hit);
    else results.set(group, [hit]);
  }
  return [...results.values()];
}
