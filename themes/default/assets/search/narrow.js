// Narrowing and sorting: which of the documents found have a year, a department, a budget.
/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./score.js').Hit} Hit */

export const FACETS = ['year', 'department', 'topic', 'rating', 'kind'];
export const SORTS = /** @type {const} */ (['relevance', 'year', 'budget']);
/** @typedef {string} Facet one of `FACETS`, or of the fields of the site by which measures are narrowed, `f-` and an id */
/**
 * What is asked for; values as they stand in the address.
 * @typedef {{query: string, page: number, sort: string, from: string, to: string, chosen: Record<Facet, string>}} State
 */

/** What is chosen, where `value` gives what each control or each part of an address says, which are called `names`. @param {(name: string) => string} value @param {Iterable<string>} names @returns {Pick<State, 'sort' | 'from' | 'to' | 'chosen'>} */
export const chosenBy = (value, names) => ({
  sort: value('sort') || 'relevance', from: value('from'), to: value('to'),
  chosen: Object.fromEntries([...names].filter((name) => value(name) && (name.startsWith('f-') || FACETS.includes(name))).map((name) => [name, value(name)])),
});

/** The id of a label, or what is a word by itself. @param {any} label @returns {string | undefined} */
export const idOf = (label) => label?.id ?? label;

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

/**
 * The hits that fit `state` in its order, and how many there would be with each other value of a facet.
 * @param {Index} index @param {Hit[]} hits @param {State} state
 * @returns {Promise<{hits: Hit[], counts: Record<Facet, Map<string, number>>}>}
 */
export async function narrow(index, hits, { chosen, from, to, sort }) {
  const { labels } = index.manifest;
  const [facets, budgets] = await Promise.all([
    index.facets(),
    from || to || sort === 'budget' ? index.budgets() : /** @type {(number | null)[]} */ ([]),
  ]);
  const values = (/** @type {Facet} */ facet, /** @type {number} */ document) =>
    [facets[facet]?.[document] ?? []].flat().flatMap((number) => facet === 'year' ? number ? String(number) : [] : idOf(labels[facet]?.[number - 1]) ?? []);
  const budget = (/** @type {Hit} */ { document }) => budgets[document] ?? -Infinity;
  const year = (/** @type {Hit} */ { document }) => Number(facets.year[document]);
  const affordable = from || to
    ? hits.filter((hit) => budget(hit) >= (from ? Number(from) : -Number.MAX_VALUE) && budget(hit) <= (to ? Number(to) : Infinity))
    : hits;
  const counts = /** @type {Record<Facet, Map<string, number>>} */ ({});
  const unfit = (/** @type {number} */ document) =>
    Object.keys(chosen).filter((facet) => !values(facet, document).includes(chosen[facet] ?? ''));
  const fitting = affordable.filter(({ document }) => {
    const [first, second] = unfit(document);
    if (second) return false;
    for (const facet of first ? [first] : Object.keys(facets)) {
      const found = counts[facet] ??= new Map();
      for (const value of values(facet, document)) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return !first;
  });
  // Documents that have every word stay before those that have some of them.
  const by = sort === 'year' ? year : sort === 'budget' ? budget : null;
  if (by) fitting.sort((a, b) => a.tier < b.tier ? -1 : a.tier > b.tier ? 1 : by(b) === by(a) ? 0 : by(b) - by(a));
  return { hits: fitting, counts };
}
