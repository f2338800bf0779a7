// Rows as they stand in the table, and a single row as a list of all that it has.
import { element } from '../search/element.js';
import { parts } from './select.js';

/** @typedef {import('./files.js').Column} Column */
/** @typedef {import('./table.js').Setting} Setting */

/** Characters of a long text that a cell shows; one row by itself shows all. */
const SHORT = 60;

/** @param {Setting} setting @param {string[][]} rows cells by the manifest's columns @param {number[]} numbers of the rows, from 1 */
export function drawn(setting, rows, numbers) {
  return rows.map((cells, at) => {
    const row = element('tr', {}, setting.heads.map(({ name, head }) => {
      if (!name) return numbered(setting, cells, numbers[at] ?? 0);
      const column = setting.column(name);
      const made = element(head.hasAttribute('data-heads') ? 'th' : 'td', {}, column ? content(setting, column, cells, SHORT) : []);
      if (made.tagName === 'TH') made.setAttribute('scope', 'row');
      if (head.classList.contains('number')) made.className = 'number';
      made.hidden = head.hidden;
      return made;
    }));
    return row;
  });
}

/** The row's number, with an address that stays. @param {Setting} setting @param {string[]} cells @param {number} number */
function numbered(setting, cells, number) {
  const link = setting.link(setting.rowState(cells, number), [String(number)]);
  return element('th', { scope: 'row', class: 'number' }, [link]);
}

/** All that one row has. @param {Setting} setting @param {string[]} cells */
export function record(setting, cells) {
  const shown = setting.manifest.columns.filter(({ name, title }) => title && setting.titles.has(name));
  return shown.map((column) => element('div', {}, [
    element('dt', {}, [setting.titles.get(column.name) ?? column.title]),
    element('dd', {}, content(setting, column, cells, Infinity)),
  ]));
}

/** @param {Setting} setting @param {Column} column @param {string[]} cells @param {number} most @returns {(Node | string)[]} */
function content({ manifest, base }, column, cells, most) {
  const cell = cells[manifest.columns.indexOf(column)] ?? '';
  const text = [...cell].length > most ? `${[...cell].slice(0, most).join('')}…` : cell;
  if (!cell) return [];
  if (column.link) {
    const target = cells[manifest.columns.findIndex(({ name }) => name === column.link?.column)];
    return [tongue(element('a', { href: `${base}${column.link.before}${target}${column.link.after}` }, [cell]))];
  }
  if (column.tones) {
    const shape = element('span', { class: 'shape', 'aria-hidden': 'true' });
    return [element('span', { class: `rating ${column.tones[cell] ?? 'none'}` }, [shape, tongue(element('span', {}, [cell]))])];
  }
  if (column.separator) return parts(cell, column.separator).map((part) => tongue(element('span', { class: 'part' }, [part])));
  if (column.type === 'url') return [element('a', { href: cell, rel: 'noopener' }, [text])];
  return [text];
}

/** Says of Japanese on an English page that it is. @param {HTMLElement} made */
function tongue(made) {
  if (document.documentElement.lang === 'en' && /[ぁ-ヿ一-鿿]/.test(made.textContent ?? '')) made.lang = 'ja';
  return made;
}
