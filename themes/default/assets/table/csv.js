// CSV as the site's own files have it (RFC 4180), one record a line: for Excel with byte order mark and names
// for people; for
// programs with physical names.

/** @param {string[]} header @param {string[][]} rows @param {boolean} excel */
export function csv(header, rows, excel) {
  const line = (/** @type {string[]} */ cells) => cells.map((cell) => quoted(oneLine(cell))).join(',');
  const lone = header.length === 1;
  const text = [header, ...rows].map((cells) => (lone && cells[0] === '' ? '""' : line(cells))).join('\r\n');
  return `${excel ? '\ufeff' : ''}${text}\r\n`;
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
