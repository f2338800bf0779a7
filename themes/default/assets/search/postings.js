// Postings: which documents have a term in a field, how often, and where; long ones in stretches, each read when it
// may hold what is looked for.
import { Bits, Cursor, hex, remembered } from './reader.js';

/** @typedef {import('./reader.js').Files} Files */
/**
 * @typedef {{first: number, end: number, next: number, past: number, bytes: () => Promise<Uint8Array>}}
 *   Stretch of the documents by index from `first` to before `end`, by number from `next` to before `past`
 */
/** @typedef {Set<number> | Map<number, number> | null} Within documents that are looked for; null is all */

/** The stretches that are read. @type {WeakMap<Stretch, Promise<void>>} */
const decoded = new WeakMap();

/** The postings of one term in one field. */
export class Postings {
  /** @param {number} count @param {boolean} withNorms @param {Stretch[]} list @param {Stretch[]} positions */
  constructor(count, withNorms, list, positions) {
    this.list = list;
    /** Are all documents known without another file? */
    this.near = list[0]?.past === Infinity;
    this.positions = positions;
    /** Below nought while they are not read. */
    this.documents = new Int32Array(count).fill(-1);
    this.frequencies = new Uint32Array(count);
    /** Length classes, where the list has them. */
    this.norms = withNorms ? new Uint8Array(count) : null;
    /** Where the term stands in each document. @type {Uint32Array[]} */
    this.places = [];
  }

  /** Reads the documents that may be `within`. @param {Within} [within] */
  read(within) {
    return each(this.list, within, async (bytes, { first, end, next }) => {
      const one = this.documents.length === 1;
      const [codes = 0, least = 0, width = 0] = bytes;
      const bits = new Bits(bytes, !this.norms ? 1 : one ? 2 : 3);
      const k = codes & 31;
      for (let at = first, document = next; at < end; at++) {
        // Every document from the first on, or distances.
        document += k < 31 ? bits.rice(k) : 0;
        this.documents[at] = document++;
        this.frequencies[at] = bits.rice(codes >> 5) + 1;
        if (this.norms) this.norms[at] = least + (one ? 0 : bits.take(width));
      }
    });
  }

  /** Reads the places in documents that may be `within`. @param {Within} [within] */
  locate(within) {
    return each(this.positions, within, async (bytes, { first, end }) => {
      await this.read(within);
      const bits = new Bits(bytes, 1);
      for (let at = first; at < end; at++) {
        const length = this.frequencies[at] ?? 0;
        // The more places, the nearer they are.
        const k = Math.max(0, (bytes[0] ?? 0) - 30 + Math.clz32(length + 1));
        let next = 0;
        this.places[at] = Uint32Array.from({ length }, () => (next += bits.rice(k) + 1) - 1);
      }
    });
  }
}

/**
 * Decodes, once, each of the stretches that may hold something `within`.
 * @param {Stretch[]} stretches
 * @param {Within | undefined} within
 * @param {(bytes: Uint8Array, stretch: Stretch) => Promise<void>} decode
 */
function each(stretches, within, decode) {
  const documents = within && [...within.keys()];
  return Promise.all(
    stretches
      .filter(
        ({ next, past }) => !documents || documents.some((document) => document >= next && document < past),
      )
      .map((stretch) => remembered(decoded, stretch, async () => decode(await stretch.bytes(), stretch))),
  );
}

/**
 * The stretches of `count` documents: `bytes` themselves, or files that they name.
 * @param {number} count
 * @param {Uint8Array} bytes
 * @param {Files | null} files
 * @returns {Stretch[]}
 */
export function stretches(count, bytes, files) {
  if (!files) return [{ first: 0, end: count, next: 0, past: Infinity, bytes: async () => bytes }];
  const list = [];
  const cursor = new Cursor(bytes);
  for (let first = 0, next = 0; !cursor.done;) {
    const [end, past] = [first + cursor.number(), next + cursor.number()];
    const name = hex(cursor.take(6));
    list.push({ first, end, next, past, bytes: () => files.bytes(name) });
    [first, next] = [end, past];
  }
  return list;
}
