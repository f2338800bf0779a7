// The files of a table, as docs/en/table-files.md describes them.
import { decode } from '../search/frame.js';
import { Files, remembered } from '../search/reader.js';

const FORMAT = 'kawaraban-table/2';
/** So many files are asked for at once. */
const AT_ONCE = 8;
/** More chunks than these cost more than the columns. */
const FEW_CHUNKS = 64;

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} title
 * @property {string} type
 * @property {number} distinct
 * @property {number} blanks
 * @property {string} [file] a column without one can be neither sorted nor filtered
 * @property {number} [bytes]
 * @property {string[]} [values] the few that it has, in its order
 * @property {string} [reading] the column that it is sorted by
 * @property {string} [separator] between the several values of a cell
 * @property {Record<string, string>} [tones] of ratings
 * @property {boolean} [grouped] its numbers are shown with their digits in threes
 * @property {boolean} [ratio] its numbers cannot be added up
 * @property {number} [decimals] that each number is shown with
 * @property {{column: string, before: string, after: string}} [link]
 */
/**
 * @typedef {{format: string, rows: number, rows_in_chunk: number, chunks: string, key: string[], columns:
 *   Column[]}} Manifest
 */
/** @typedef {{values: string[], ranks: Uint32Array, folded?: string[]}} Content ranks count from 1; 0 is blank */

export class Table {
  /** @param {Manifest} manifest @param {Files} files */
  constructor(manifest, files) {
    this.manifest = manifest;
    this.files = files;
    /** @type {Map<string, Promise<Content>>} */
    this.contents = new Map();
  }

  /** @param {string} folder @param {(url: string) => Promise<Uint8Array>} [get] */
  static async open(folder, get) {
    const files = new Files(folder, FORMAT, 'utf-8', get);
    return new Table(/** @type {Manifest} */ (await files.manifest()), files);
  }

  /** @param {string} name */
  column(name) {
    return this.manifest.columns.find((column) => column.name === name);
  }

  /** What a column holds; nothing where it has no file. @param {string} name @returns {Promise<Content | null>} */
  async content(name) {
    const file = this.column(name)?.file;
    if (!file) return null;
    return remembered(this.contents, name, async () =>
      unpack(await this.files.bytes(`column-${name}-${file}`), this.manifest.rows),
    );
  }

  /**
   * The cells of the rows with these numbers, from 0.
   * @param {Iterable<number>} numbers
   * @returns {Promise<string[][]>}
   */
  async rows(numbers) {
    const wanted = [...numbers];
    const { rows_in_chunk: size, chunks: names, columns } = this.manifest;
    const chunkOf = (/** @type {number} */ row) => Math.floor(row / size);
    const chunks = [...new Set(wanted.map(chunkOf))];
    if (chunks.length > FEW_CHUNKS && columns.every(({ file }) => file)) {
      const contents = /** @type {Content[]} */ (
        await Promise.all(columns.map(({ name }) => this.content(name)))
      );
      return wanted.map((row) => contents.map(({ values, ranks }) => values[(ranks[row] ?? 0) - 1] ?? ''));
    }
    /** @type {Map<number, string[][]>} */
    const read = new Map();
    const next = async () => {
      for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) {
        read.set(chunk, await this.files.json(`rows-${chunk}-${names.slice(chunk * 6, chunk * 6 + 6)}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return wanted.map((row) => read.get(chunkOf(row))?.[row % size] ?? []);
  }
}

/**
 * A column's file: the length of the values, these as JSON, then the ranks, bytes of one weight side by side.
 * @param {Uint8Array} bytes
 * @param {number} rows
 * @returns {Content}
 */
function unpack(bytes, rows) {
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const values = JSON.parse(decode(bytes.subarray(4, end)));
  const ranks = new Uint32Array(rows);
  for (let at = end, scale = 1; at < bytes.length; at += rows, scale *= 256) {
    for (let row = 0; row < rows; row++) ranks[row] += (bytes[at + row] ?? 0) * scale;
  }
  return { values, ranks };
}
