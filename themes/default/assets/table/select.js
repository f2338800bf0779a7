// Choosing and ordering: which rows of a table fit what is asked, and in which order. Conditions are judged once
// a value, not once a row.

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./files.js').Table} Table */
/** @typedef {import('./files.js').Content} Content */
/**
 * @typedef {() => Promise<(text: string) => string>} Folding what folds a text as the search does, loaded
 *   when first needed
 */

/** Texts folded before the page may breathe. */
const STRETCH = 5000;
const NUMBERS = new Set(['integer', 'number', 'fiscal_year', 'latitude', 'longitude']);

/** @param {string} type */
export const isNumber = (type) => NUMBERS.has(type);
/** Does a range make sense of it? @param {string} type */
export const isOrdered = (type) => isNumber(type) || type === 'date' || type === 'time';

/**
 * Numbers of the rows that fit, from 0, in the order asked for.
 * @param {Table} table
 * @param {State} state
 * @param {Folding} folding
 */
export async function select(table, state, folding) {
  return sorted(table, state, await fitting(table, state, folding));
}

/**
 * How many rows have each value of a column, were no value of it chosen; the blank's is ''.
 * @param {Table} table
 * @param {State} state
 * @param {Folding} folding
 * @param {string} name
 */
export async function counted(table, state, folding, name) {
  const content = await table.content(name);
  const counts = /** @type {Map<string, number>} */ (new Map());
  if (!content) return counts;
  const values = new Map(state.values);
  values.delete(name);
  const byRank = new Uint32Array(content.values.length + 1);
  for (const row of await fitting(table, { ...state, values }, folding)) byRank[content.ranks[row] ?? 0]++;
  const separator = table.column(name)?.separator;
  byRank.forEach((count, rank) => {
    for (const part of parts(content.values[rank - 1] ?? '', separator))
      counts.set(part, (counts.get(part) ?? 0) + count);
  });
  return counts;
}

/** The values of a cell. @param {string} cell @param {string} [separator] */
export const parts = (cell, separator) => (separator ? cell.split(separator) : [cell]);

/** @param {Table} table @param {State} state @param {Folding} folding @returns {Promise<Uint32Array>} */
async function fitting(table, state, folding) {
  const { rows } = table.manifest;
  if (state.row) return Uint32Array.from(state.row <= rows ? [state.row - 1] : []);
  const names = new Set([...state.values.keys(), ...state.texts.keys(), ...state.ranges.keys()]);
  const conditions = await Promise.all([...names].map((name) => condition(table, state, folding, name)));
  const real = conditions.flatMap((condition) => condition ?? []);
  const fit = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (real.every(({ ranks, allowed }) => allowed[ranks[row] ?? 0])) fit[count++] = row;
  }
  return fit.subarray(0, count);
}

/**
 * Which ranks of a column are asked for; nothing where the table has no such column.
 * @param {Table} table
 * @param {State} state
 * @param {Folding} folding
 * @param {string} name
 */
async function condition(table, state, folding, name) {
  const content = await table.content(name);
  const column = table.column(name);
  if (!content || !column) return null;
  const { values, ranks } = content;
  const allowed = new Uint8Array(values.length + 1).fill(1);
  const keep = (
    /** @type {(value: string, index: number) => boolean} */ fits,
    /** @type {boolean} */ blank,
  ) => {
    allowed[0] &&= Number(blank);
    values.forEach((value, index) => {
      allowed[index + 1] &&= Number(fits(value, index));
    });
  };
  const chosen = state.values.get(name);
  if (chosen)
    keep(
      (value) => parts(value, column.separator).some((part) => chosen.includes(part)),
      chosen.includes(''),
    );
  const range = state.ranges.get(name);
  if (range) keep(within(range, isNumber(column.type)), false);
  const text = state.texts.get(name);
  if (text) {
    const fold = await folding();
    const words = fold(text).split(/\s+/).filter(Boolean);
    const folded = (content.folded ??= await foldAll(values, fold));
    keep((_, index) => words.every((word) => folded[index]?.includes(word)), false);
  }
  return { ranks, allowed };
}

/** @param {string[]} ends @param {boolean} numeric @returns {(value: string) => boolean} */
function within([from = '', to = ''], numeric) {
  if (!numeric) return (value) => (!from || value >= from) && (!to || value <= to);
  const [low, high] = [from ? Number(from) : -Infinity, to ? Number(to) : Infinity];
  return (value) => Number(value) >= low && Number(value) <= high;
}

/** @param {string[]} values @param {(text: string) => string} fold */
async function foldAll(values, fold) {
  const folded = [];
  for (let at = 0; at < values.length; at += STRETCH) {
    if (at) await new Promise((resolve) => setTimeout(resolve));
    for (const value of values.slice(at, at + STRETCH)) folded.push(fold(value));
  }
  return folded;
}

/**
 * By counting: a rank is a place. Blanks come last either way, and equal rows keep their order.
 * @param {Table} table
 * @param {State} state
 * @param {Uint32Array} rows
 */
async function sorted(table, { sort, descending }, rows) {
  const content = sort ? await table.content(table.column(sort)?.reading ?? sort) : null;
  if (!content) return rows;
  const {
    ranks,
    values: { length: last },
  } = content;
  const place = (/** @type {number} */ row) => {
    const rank = ranks[row] ?? 0;
    return rank === 0 ? last : descending ? last - rank : rank - 1;
  };
  const starts = new Uint32Array(last + 2);
  for (const row of rows) starts[place(row) + 1]++;
  for (let at = 0; at <= last; at++) starts[at + 1] += starts[at] ?? 0;
  const ordered = new Uint32Array(rows.length);
  for (const row of rows) ordered[starts[place(row)]++] = row;
  return ordered;
}
