// Postings: which documents have a term in a field, how often, and where.
import { Bits, Cursor, names } from './reader.js';

/** @typedef {import('./reader.js').Files} Files */

/** The postings of one term in one field. */
export class Postings {
  /** @param {number} count @param {Uint8Array | null} norms length classes, where the list has them @param {Uint8Array} list @param {Uint8Array} positions @param {Files | null} files where long positions lie */
  constructor(count, norms, list, positions, files) {
    this.norms = norms;
    this.documents = new Uint32Array(count);
    this.frequencies = new Uint32Array(count);
    const bits = new Bits(list, 1);
    const [codes = 0] = list;
    for (let at = 0, next = 0; at < count; at++) {
      this.documents[at] = next + bits.rice(codes & 31);
      this.frequencies[at] = bits.rice(codes >> 5) + 1;
      next = (this.documents[at] ?? 0) + 1;
    }
    /** @type {{first: number, end: number, bytes: () => Promise<Uint8Array> | Uint8Array, read?: Promise<Uint32Array[]>}[]} */
    this.parts = [];
    if (!files) this.parts.push({ first: 0, end: count, bytes: () => positions });
    else {
      const parts = new Cursor(positions);
      for (let first = 0; !parts.done;) {
        const end = first + parts.number();
        const [name = ''] = names(parts.take(6));
        this.parts.push({ first, end, bytes: () => files.bytes(name) });
        first = end;
      }
    }
  }

  /** Where the term stands in the documents `wanted`, given by their ascending index in the list. @param {number[]} wanted @returns {Promise<Uint32Array[]>} */
  async places(wanted) {
    const parts = await Promise.all(this.parts.map(async (part) => {
      const inside = wanted.filter((at) => at >= part.first && at < part.end);
      if (!inside.length) return [];
      part.read ??= this.read(part);
      const read = await part.read.catch((error) => {
        delete part.read;
        throw error;
      });
      return inside.map((at) => /** @type {Uint32Array} */ (read[at - part.first]));
    }));
    return parts.flat();
  }

  /** @param {Postings['parts'][0]} part */
  async read({ first, end, bytes }) {
    const part = await bytes();
    const bits = new Bits(part, 1);
    return Array.from(this.frequencies.subarray(first, end), (frequency) => {
      let next = 0;
      return Uint32Array.from({ length: frequency }, () => {
        const place = next + bits.rice(part[0] ?? 0);
        next = place + 1;
        return place;
      });
    });
  }
}
