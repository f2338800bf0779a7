// What is asked of a table, and how an address says it: `sort=-population`, `v.district=中央` for one of
// several values, `t.name=保育` for words, `r.population=100..2000` for a range. Names of columns have no point.

/**
 * @typedef {object} State
 * @property {string} sort name of a column, or nothing for the order of the table
 * @property {boolean} descending
 * @property {number} page from 1
 * @property {number} size rows on a page; 0 for as many as the page had at first
 * @property {number} row the only row to show, from 1; 0 for all
 * @property {string[]} columns the columns to show; none for those that the page chooses
 * @property {string[]} groups the columns by which rows are grouped
 * @property {string} figure of each group: `sum.` or `mean.` and a column, or nothing for the number of rows
 * @property {Map<string, string[]>} values
 * @property {Map<string, string>} texts
 * @property {Map<string, string[]>} ranges from and to, each perhaps empty
 */

/** @param {string} search @returns {State} */
export function read(search) {
  const asked = new URLSearchParams(search);
  const number = (/** @type {string} */ name) => Math.max(0, Number.parseInt(asked.get(name) ?? '', 10) || 0);
  const sort = asked.get('sort') ?? '';
  const descending = sort.startsWith('-');
  const names = (/** @type {string} */ key) => (asked.get(key) ?? '').split('.').filter(Boolean);
  /** @type {State} */
  const state = {
    sort: descending ? sort.slice(1) : sort,
    descending,
    page: number('page') || 1,
    size: Math.min(number('size'), 500),
    row: number('row'),
    columns: names('cols'),
    groups: names('group').slice(0, 2),
    figure: asked.get('figure') ?? '',
    values: new Map(),
    texts: new Map(),
    ranges: new Map(),
  };
  for (const [name, value] of asked) {
    const column = name.slice(2);
    if (name.startsWith('v.')) state.values.set(column, [...(state.values.get(column) ?? []), value]);
    else if (name.startsWith('t.') && value) state.texts.set(column, value);
    else if (name.startsWith('r.') && value.includes('..')) state.ranges.set(column, value.split('..', 2));
  }
  return state;
}

/** @param {State} state */
export function write({ sort, descending, page, size, row, columns, groups, figure, values, texts, ranges }) {
  const asked = new URLSearchParams();
  for (const [name, chosen] of values) for (const value of chosen) asked.append(`v.${name}`, value);
  for (const [name, text] of texts) asked.set(`t.${name}`, text);
  for (const [name, ends] of ranges) asked.set(`r.${name}`, ends.join('..'));
  if (sort) asked.set('sort', `${descending ? '-' : ''}${sort}`);
  for (const [name, number] of Object.entries({ row, size, page: page > 1 ? page : 0 }))
    if (number) asked.set(name, String(number));
  if (columns.length) asked.set('cols', columns.join('.'));
  if (groups.length) asked.set('group', groups.join('.'));
  if (figure) asked.set('figure', figure);
  return `?${asked}`;
}

/**
 * `state` with another choice for one column; an empty one is none.
 * @param {State} state
 * @param {'values' | 'texts' | 'ranges'} kind
 * @param {string} name
 * @param {string | string[]} choice
 * @returns {State}
 */
export function choose(state, kind, name, choice) {
  const chosen = new Map(/** @type {Map<string, any>} */ (state[kind]));
  const isEmpty = !choice.length || (kind === 'ranges' && !choice[0] && !choice[1]);
  if (isEmpty) chosen.delete(name);
  else chosen.set(name, choice);
  return { ...state, page: 1, row: 0, [kind]: chosen };
}

/** Is anything but the order asked? @param {State} state */
export const isNarrowed = ({ row, values, texts, ranges }) =>
  Boolean(row || values.size || texts.size || ranges.size);
