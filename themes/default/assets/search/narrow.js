// Narrowing and sorting: which of the documents found have a year, a department, a budget.
/** @typedef {import('./index.js').Index} Index */
/** @typedef {import('./score.js').Hit} Hit */

export const FACETS = /** @type {const} */ (['year', 'department', 'topic', 'rating', 'kind']);
export const SORTS = /** @type {const} */ (['relevance', 'year', 'budget']);
/** What stands before the id of a field of the site that narrows, so that no field is called as another part of an address. */
export const OWN = 'f-';
/** @typedef {string} Facet one of `FACETS`, or `OWN` with the id of a field */
/**
 * What is asked for; values as they stand in the address.
 * @typedef {{query: string, page: number, sort: string, from: string, to: string, chosen: Record<Facet, string>}} State
 */

/** What is chosen, where `value` gives what each control or each part of an address says, and `names` are these. @param {(name: string) => string} value @param {Iterable<string>} names @returns {Pick<State, 'sort' | 'from' | 'to' | 'chosen'>} */
export const chosenBy = (value, names) => ({
  sort: value('sort') || 'relevance', from: value('from'), to: value('to'),
  chosen: Object.fromEntries([...FACETS, ...[...names].filter((name) => name.startsWith(OWN))].map((facet) => [facet, value(facet)]).filter(([, value]) => value)),
});

/** Is more asked than a query? @param {State} state */
export const isNarrowed = ({ chosen, from, to }) => Boolean(from || to || Object.keys(chosen).length);

/**
 * The hits that fit `state` in its order, and how many there would be with each other value of a facet.
 * @param {Index} index @param {Hit[]} hits @param {State} state
 * @returns {Promise<{hits: Hit[], counts: Record<Facet, Map<string, number>>}>}
 */
export async function narrow(index, hits, { chosen, from, to, sort }) {
  const { labels } = index.manifest;
  const ids = (/** @type {import('./index.js').Label[]} */ list, /** @type {(number | undefined)[]} */ numbers = []) =>
    numbers.flatMap((number = 0) => list[number - 1]?.id ?? []);
  const [facets, budgets] = await Promise.all([
    index.facets(),
    from || to || sort === 'budget' ? index.budgets() : /** @type {(number | null)[]} */ ([]),
  ]);
  const own = (labels.own ?? []).map(({ id, values }, at) =>
    /** @type {const} */ ([OWN + id, (/** @type {number} */ document) => ids(values, facets.own[at]?.[document])]));
  /** @type {Record<Facet, (document: number) => string[]>} */
  const values = {
    year: (document) => facets.year[document] ? [String(facets.year[document])] : [],
    kind: (document) => labels.kind.slice((facets.kind[document] ?? 0) - 1, facets.kind[document]),
    department: (document) => ids(labels.department, [facets.department[document]]),
    rating: (document) => ids(labels.rating, [facets.rating[document]]),
    topic: (document) => ids(labels.topic, facets.topic[document]),
    ...Object.fromEntries(own),
  };
  const all = Object.entries(values);
  const budget = (/** @type {Hit} */ { document }) => budgets[document] ?? -Infinity;
  const year = (/** @type {Hit} */ { document }) => facets.year[document] ?? 0;
  const affordable = from || to
    ? hits.filter((hit) => budget(hit) >= (from ? Number(from) : -Number.MAX_VALUE) && budget(hit) <= (to ? Number(to) : Infinity))
    : hits;
  const counts = /** @type {Record<Facet, Map<string, number>>} */ ({});
  const unfit = (/** @type {number} */ document) => all.filter(([facet, of]) => {
    const value = chosen[facet];
    return value && !of(document).includes(value);
  });
  for (const [facet] of all) counts[facet] = new Map();
  const fitting = affordable.filter(({ document }) => {
    const [first, second] = unfit(document);
    if (second) return false;
    for (const [facet, of] of first ? [first] : all) {
      for (const value of of(document)) counts[facet]?.set(value, (counts[facet].get(value) ?? 0) + 1);
    }
    return !first;
  });
  // Documents that have every word stay before those that have some of them.
  const by = sort === 'year' ? year : sort === 'budget' ? budget : null;
  if (by) fitting.sort((a, b) => a.tier < b.tier ? -1 : a.tier > b.tier ? 1 : by(b) === by(a) ? 0 : by(b) - by(a));
  return { hits: fitting, counts };
}
