// CSV as the site's own files have it (RFC 4180), one record a line: for Excel with byte order mark and names
// for people; for programs with physical names.
import { element } from '../search/element.js';

/** @param {string[]} header @param {string[][]} rows @param {boolean} excel */
export function csv(header, rows, excel) {
  const line = (/** @type {string[]} */ cells) => cells.map((cell) => quoted(oneLine(cell))).join(',');
  const lone = header.length === 1;
  const text = [header, ...rows].map((cells) => (lone && cells[0] === '' ? '""' : line(cells))).join('\r\n');
  return `${excel ? '\ufeff' : ''}${text}\r\n`;
}

/** Gives `text` to the reader as the file `name`. @param {string} name @param {string} text */
export function save(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** @param {string} cell */
const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
/** @param {string} cell */
const oneLine = (cell) =>
  /[\r\n]/.test(cell)
    ? cell
        .split(/[\r\n]/)
        .map((part) => part.trim())
        .filter(Boolean)
        .join(' ')
    : cell;
