// Grouping: the rows that fit, counted, added up or averaged by one or two columns, as a table with bars, for
// columns in time with a line, and as a file that says where it is from.
import { element } from '../search/element.js';
import { csv, save } from './csv.js';
import { figure } from './figure.js';
import { isNumber, isOrdered } from './select.js';
import { decimalsOf, Sum } from './sums.js';

/** @typedef {import('./files.js').Column} Column */
/** @typedef {import('./files.js').Content} Content */
/** @typedef {import('./explore.js').Setting} Setting */
/** @typedef {{names: string[], rows: number, value: string}} Group */

/** Most values of a column by which rows are grouped: more would be no summary. */
const MOST_VALUES = 1000;
/** Groups that the page shows; the file has all. */
const SHOWN = 200;
/** Points from which a line shows a course. */
const SHORTEST = 3;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The choice of what is grouped, and what comes out.
 * @param {Setting} setting
 * @returns {{panel: HTMLElement, update: () => void}}
 */
export function groups(setting) {
  const { manifest, heads, word, current, go } = setting;
  const columns = manifest.columns.filter(({ title, file }) => title && file);
  const keys = columns.filter(({ distinct }) => distinct > 1 && distinct <= MOST_VALUES);
  const title = (/** @type {Column} */ { name }) => heads.title(name);
  const figures = columns
    .filter(({ type, grouped }) => isNumber(type) && grouped)
    .flatMap((column) => [
      // Shares cannot be added up.
      ...(column.ratio ? [] : [[`sum.${column.name}`, word('table_group_sum', { column: title(column) })]]),
      [`mean.${column.name}`, word('table_group_mean', { column: title(column) })],
    ]);
  const choice = (/** @type {string} */ label, /** @type {string[][]} */ options) => {
    const select = /** @type {HTMLSelectElement} */ (
      element(
        'select',
        { id: label },
        options.map(([value = '', text = '']) => element('option', { value }, [text])),
      )
    );
    return {
      select,
      labelled: element('div', {}, [element('label', { for: label }, [word(label)]), select]),
    };
  };
  const named = keys.map((column) => [column.name, title(column)]);
  const none = ['', word('table_group_none')];
  const first = choice('table_group_by', [none, ...named]);
  const second = choice('table_group_then', [none, ...named]);
  const value = choice('table_group_figure', [['', word('table_group_count')], ...figures]);
  const changed = () => {
    const chosen = [first.select.value, second.select.value].filter(Boolean);
    go({ ...current(), groups: [...new Set(chosen)], figure: value.select.value });
  };
  for (const { select } of [first, second, value]) select.addEventListener('change', changed);
  const shown = element('div', {});
  const said = element('p', { role: 'status' });
  const panel = element('div', {}, [
    element(
      'div',
      { class: 'table-filters' },
      [first, second, value].map(({ labelled }) => labelled),
    ),
    said,
    shown,
  ]);
  let turn = 0;
  const update = async () => {
    const own = ++turn;
    const { groups: asked, figure: chosen } = current();
    first.select.value = asked[0] ?? '';
    second.select.value = asked[1] ?? '';
    value.select.value = chosen;
    const by = keys.filter(({ name }) => asked.includes(name));
    by.sort((a, b) => asked.indexOf(a.name) - asked.indexOf(b.name));
    const isKnown = figures.some(([name]) => name === chosen);
    const found = by.length ? await grouped(setting, by, isKnown ? chosen : '') : null;
    if (own !== turn) return;
    said.textContent = found ? sentence(setting, found) : '';
    shown.replaceChildren(...(found ? drawn(setting, by, found) : []));
  };
  return { panel, update };
}

/**
 * @param {Setting} setting
 * @param {Column[]} by
 * @param {string} chosen `sum.` or `mean.` and the name of a column; nothing for the number of rows
 */
async function grouped({ manifest, files, found, heads, word }, by, chosen) {
  const [how = '', name = ''] = chosen.split('.');
  const column = manifest.columns.find((column) => column.name === name);
  const read = async (/** @type {string} */ name) => /** @type {Content} */ (await files.content(name));
  const keys = await Promise.all(by.map(({ name }) => read(name)));
  const content = column && (await read(name));
  const decimals = content ? decimalsOf(content.values) : 0;
  /** @type {Map<number, {ranks: number[], rows: number, sum: Sum}>} */
  const all = new Map();
  let [rows, blanks] = [0, 0];
  for (const row of await found()) {
    const ranks = keys.map(({ ranks }) => ranks[row] ?? 0);
    // Blanks come last.
    const place = ranks.reduce((place, rank, at) => {
      const last = (keys[at]?.values.length ?? 0) + 1;
      return place * (last + 1) + (rank || last);
    }, 0);
    let group = all.get(place);
    if (!group) all.set(place, (group = { ranks, rows: 0, sum: new Sum(decimals) }));
    group.rows++;
    rows++;
    const rank = content?.ranks[row] ?? 0;
    if (rank) group.sum.add(content?.values[rank - 1] ?? '');
    else if (content) blanks++;
  }
  const places = [...all.keys()].sort((a, b) => a - b);
  const groups = places.map((place) => {
    const { ranks, rows, sum } = /** @type {{ranks: number[], rows: number, sum: Sum}} */ (all.get(place));
    const names = ranks.map((rank, at) => keys[at]?.values[rank - 1] ?? '');
    return { names, rows, value: !content ? String(rows) : how === 'sum' ? sum.sum() : sum.mean() };
  });
  const named = column
    ? word(`table_group_${how}`, { column: heads.title(name) })
    : word('table_group_count');
  return {
    groups,
    rows,
    blanks,
    named,
    hasFigure: Boolean(column),
    decimals: how === 'mean' ? decimals + 1 : decimals,
  };
}

/** @typedef {Awaited<ReturnType<typeof grouped>>} Found */

/** @param {Setting} setting @param {Found} found */
function sentence({ word }, { groups, rows, blanks }) {
  const pieces = [word('table_group_found', { found: rows, count: groups.length })];
  if (blanks) pieces.push(word('table_group_blanks', { count: blanks }));
  if (groups.length > SHOWN) pieces.push(word('table_group_cut', { count: SHOWN }));
  return pieces.join(word('table_comma')) + word('table_stop');
}

/** @param {Setting} setting @param {Column[]} by @param {Found} found */
function drawn(setting, by, found) {
  const { heads, word, minus } = setting;
  const { groups, named, hasFigure, decimals } = found;
  const titles = by.map(({ name }) => heads.title(name));
  const header = [...titles, ...(hasFigure ? [word('table_group_count')] : []), named];
  const values = groups.map(({ value }) => Number(value) || 0);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const percent = (/** @type {number} */ value) => ((value - low) * 100) / (high - low || 1);
  const number = (/** @type {string} */ text) => element('td', { class: 'number' }, [text]);
  const rows = groups.slice(0, SHOWN).map(({ names, rows, value }, at) => {
    const ends = [percent(0), percent(values[at] ?? 0)].sort((a, b) => a - b);
    const bar = { x: String(ends[0]), width: String((ends[1] ?? 0) - (ends[0] ?? 0)), height: '8' };
    const attributes = { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' };
    return element('tr', {}, [
      ...names.map((name) => element('th', { scope: 'row' }, [name || word('table_blank')])),
      ...(hasFigure ? [number(figure(String(rows), 0, minus))] : []),
      number(value && figure(value, decimals, minus)),
      element('td', { class: 'track' }, [svg('svg', attributes, [svg('rect', bar)])]),
    ]);
  });
  const head = header.map((title, at) =>
    element('th', { scope: 'col', class: at < titles.length ? '' : 'number' }, [title]),
  );
  const [key] = by;
  const isCourse = by.length === 1 && key && isOrdered(key.type) && groups.length >= SHORTEST;
  const label = `${named} (${titles.join(', ')})`;
  return [
    ...(isCourse ? line(setting, found, values, label) : []),
    element('div', { class: 'scroll profile', tabindex: '0', role: 'group', 'aria-label': label }, [
      element('table', { class: 'plain counts' }, [
        element('caption', { class: 'visually-hidden' }, [label]),
        element('thead', {}, [element('tr', {}, [...head, element('td')])]),
        element('tbody', {}, rows),
      ]),
    ]),
    file(setting, header, found),
  ];
}

/**
 * The groups as a line, which is interrupted where nothing is known.
 * @param {Setting} setting
 * @param {Found} found
 * @param {number[]} values
 * @param {string} label
 */
function line({ minus, word }, { groups, decimals }, values, label) {
  const known = values.filter((_, at) => groups[at]?.value);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (/** @type {number} */ at) => (at * 100) / (groups.length - 1);
  const y = (/** @type {number} */ value) => 36 - ((value - low) * 32) / (high - low || 1);
  let path = '';
  let pen = 'M';
  groups.forEach(({ value }, at) => {
    if (value) path += `${pen}${x(at).toFixed(2)} ${y(Number(value)).toFixed(2)}`;
    pen = value ? 'L' : 'M';
  });
  const said = (/** @type {Group} */ { names, value }) =>
    `${names[0]}: ${value ? figure(value, decimals, minus) : '—'}`;
  const ends = [groups[0], groups.at(-1)].map((group) => element('span', {}, [group ? said(group) : '']));
  const attributes = { viewBox: '0 0 100 40', preserveAspectRatio: 'none', role: 'img', 'aria-label': label };
  const look = { d: path, class: 'group-line', 'vector-effect': 'non-scaling-stroke' };
  // Zero is left out, and that is said.
  const cut = low > 0 || high < 0 ? [element('p', { class: 'muted' }, [word('chart_cut')])] : [];
  return [
    element('div', { class: 'profile spark' }, [
      svg('svg', attributes, [svg('path', look)]),
      element('p', { class: 'ends', 'aria-hidden': 'true' }, ends),
    ]),
    ...cut,
  ];
}

/**
 * A button that gives all groups as a file, whose first lines say where it is from and what was asked.
 * @param {Setting} setting
 * @param {string[]} header
 * @param {Found} found
 */
function file({ word, about, name, conditions }, header, { groups, hasFigure }) {
  const button = element('button', { type: 'button', class: 'quiet' }, [word('table_group_file')]);
  button.addEventListener('click', () => {
    const chosen = conditions();
    const lines = [
      about,
      ...(chosen.length ? [`${word('table_chosen')}: ${chosen.join(word('table_comma'))}`] : []),
      location.href,
    ].map((line) => [`# ${line}`]);
    const rows = groups.map(({ names, rows, value }) => [
      ...names,
      ...(hasFigure ? [String(rows)] : []),
      value,
    ]);
    const text = `\ufeff${lines.map((line) => csv(line, [], false)).join('')}${csv(header, rows, false)}`;
    save(`${name}-groups.csv`, text);
  });
  return element('p', {}, [button]);
}

/** @param {string} tag @param {Record<string, string>} attributes @param {Node[]} [children] */
function svg(tag, attributes, children = []) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
