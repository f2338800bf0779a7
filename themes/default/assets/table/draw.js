// Rows as they stand in the table, and a single row as a list of all that it has.
import { element } from '../search/element.js';
import { figure } from './figure.js';
import { parts } from './select.js';
import { read } from './state.js';

/** @typedef {import('./files.js').Column} Column */
/** @typedef {import('./files.js').Manifest} Manifest */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./explore.js').Setting} Setting */

/** Characters of a long text that a cell shows; one row by itself shows all. */
const SHORT = 60;

/**
 * @param {Setting} setting
 * @param {string[][]} rows cells by the manifest's columns
 * @param {number[]} numbers of the rows, from 0
 */
export function drawn(setting, rows, numbers) {
  const { manifest, heads, link, current } = setting;
  return rows.map((cells, at) =>
    element(
      'tr',
      {},
      heads.all.map(({ name, cell }) => {
        const isHead = !name || cell.hasAttribute('data-heads');
        const column = manifest.columns.find((column) => column.name === name);
        const number = Number(numbers[at]) + 1;
        const shown = column
          ? content(setting, column, cells, SHORT)
          : name
            ? []
            : [link(alone(manifest, current(), cells, number), [`${number}`])];
        const made = element(isHead ? 'th' : 'td', isHead ? { scope: 'row' } : {}, shown);
        made.className = cell.className;
        made.hidden = cell.hidden;
        return tongue(made);
      }),
    ),
  );
}

/**
 * The state that shows one row: by its key, for that stays when rows come and go.
 * @param {Manifest} manifest
 * @param {State} state
 * @param {string[]} cells
 * @param {number} row
 * @returns {State}
 */
function alone(manifest, state, cells, row) {
  const values = new Map(manifest.key.map((name) => [name, [cellOf(manifest, cells, name)]]));
  return { ...read(''), columns: state.columns, row: values.size ? 0 : row, values };
}

/** All that one row has. @param {Setting} setting @param {string[]} cells */
export function record(setting, cells) {
  const { manifest, heads } = setting;
  return manifest.columns
    .filter(({ title }) => title)
    .map((column) =>
      element('div', {}, [
        element('dt', {}, [heads.title(column.name)]),
        tongue(element('dd', {}, content(setting, column, cells, Infinity))),
      ]),
    );
}

/**
 * @param {Setting} setting
 * @param {Column} column
 * @param {string[]} cells
 * @param {number} most
 * @returns {(Node | string)[]}
 */
function content({ manifest, base, minus }, column, cells, most) {
  const cell = cellOf(manifest, cells, column.name);
  const text = [...cell].length > most ? `${[...cell].slice(0, most).join('')}…` : cell;
  if (!cell) return [];
  if (column.link) {
    return [
      element(
        'a',
        { href: base + column.link.before + cellOf(manifest, cells, column.link.column) + column.link.after },
        [cell],
      ),
    ];
  }
  if (column.tones) {
    const shape = element('span', { class: 'shape', 'aria-hidden': 'true' });
    return [element('span', { class: `rating ${column.tones[cell] ?? 'none'}` }, [shape, cell])];
  }
  if (column.separator)
    return parts(cell, column.separator).map((part) => element('span', { class: 'part' }, [part]));
  if (column.type === 'url') return [element('a', { href: cell, rel: 'noopener' }, [text])];
  // A long text takes four lines at most, as on the page itself.
  if ([...text].length > 28 && most < Infinity) return [element('span', { class: 'clamp' }, [text])];
  return [column.grouped ? figure(cell, column.decimals ?? 0, minus) : text];
}

/** The cell of the column `name`. @param {Manifest} manifest @param {string[]} cells @param {string} name */
const cellOf = ({ columns }, cells, name) => cells[columns.findIndex((column) => column.name === name)] ?? '';

/** Says of Japanese on an English page that it is. @param {HTMLElement} made */
function tongue(made) {
  if (document.documentElement.lang === 'en' && /[ぁ-ヿ一-鿿]/.test(made.textContent ?? '')) made.lang = 'ja';
  return made;
}
