// The index: terms to postings, documents to titles, texts and facets. Its files are described in
// docs/en/search-index.md.
import { fingerprint } from './analyzer.js';
import { compare, Cursor, Files, names } from './reader.js';

const FORMAT = 'kawaraban-search/1';
const BLOCK = 32;
const TEXTS = 2;

/** @typedef {{id: string, name: {own: string, en: string | null}, tone?: string}} Label */
/** @typedef {{year: number, department: number, rating: number, kind: number, topic: number[]}} Facets labels count from 1; 0 is none */
/** @typedef {{url: string, title: string, titleEn: string | null}} Document */
/**
 * @typedef {object} Manifest
 * @property {string} format
 * @property {string} analyzer
 * @property {number} documents
 * @property {{name: string, boost: number, tokens: number, positions: boolean}[]} fields
 * @property {[string, string][]} router
 * @property {string[]} norms
 * @property {string} facets
 * @property {string} blocks
 * @property {string} words
 * @property {string[][]} synonyms
 * @property {{department: Label[], rating: Label[], topic: Label[], kind: string[]}} labels
 */

/** The postings of one term in one field. */
export class Postings {
  /** @param {number} count @param {Uint8Array} list @param {Uint8Array} positions @param {Files | null} files where long positions lie */
  constructor(count, list, positions, files) {
    this.documents = new Uint32Array(count);
    this.frequencies = new Uint32Array(count);
    const cursor = new Cursor(list);
    for (let at = 0, document = 0; at < count; at++) {
      const number = cursor.number();
      this.documents[at] = document += Math.floor(number / 2);
      this.frequencies[at] = number % 2 ? 1 : cursor.number();
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
    const cursor = new Cursor(await bytes());
    return Array.from(this.frequencies.subarray(first, end), (frequency) => {
      let position = 0;
      return Uint32Array.from({ length: frequency }, () => position += cursor.number());
    });
  }
}

export class Index {
  /** @param {Manifest} manifest @param {Files} files */
  constructor(manifest, files) {
    this.manifest = manifest;
    this.files = files;
    this.router = manifest.router.map(([first, file]) => ({ first: new TextEncoder().encode(first), file }));
    /** @type {Map<string, Promise<Map<number, Postings>>>} */
    this.terms = new Map();
    /** @type {Promise<Facets[]> | undefined} */
    this.columns = undefined;
  }

  /** Opens the index in `folder`. @param {string} folder @param {(url: string) => Promise<Uint8Array>} [get] */
  static async open(folder, get) {
    const url = `${folder}manifest.json`;
    let manifest;
    if (get) manifest = JSON.parse(new TextDecoder().decode(await get(url)));
    else {
      const response = await fetch(url, { cache: 'no-cache' });
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      manifest = await response.json();
    }
    if (manifest.format !== FORMAT || manifest.analyzer !== fingerprint) {
      throw new Error(`the index is ${manifest.format} (${manifest.analyzer}); this client reads ${FORMAT} (${fingerprint})`);
    }
    return new Index(manifest, new Files(folder, get));
  }

  /** The postings of `term`, by number of the field. @param {string} term */
  postings(term) {
    let found = this.terms.get(term);
    if (!found) {
      found = this.look(new TextEncoder().encode(term));
      found.catch(() => this.terms.delete(term));
      this.terms.set(term, found);
    }
    return found;
  }

  /** @param {Uint8Array} term @returns {Promise<Map<number, Postings>>} */
  async look(term) {
    const page = this.router.findLast(({ first }) => compare(first, term) <= 0);
    if (!page) return new Map();
    const router = new Cursor(await this.files.bytes(page.file));
    let shard;
    for (let last = new Uint8Array(); !router.done;) {
      last = router.term(last);
      const [name] = names(router.take(6));
      if (compare(last, term) > 0) break;
      shard = name;
    }
    const cursor = new Cursor(await this.files.bytes(shard ?? ''));
    const found = new Map();
    for (let last = new Uint8Array(); !cursor.done;) {
      last = cursor.term(last);
      const [mask = 0] = cursor.take(1);
      const order = compare(last, term);
      if (order > 0) break;
      for (let field = 0; field < this.manifest.fields.length; field++) {
        if (!(mask & 1 << field)) continue;
        const [count, list, where] = [cursor.number(), cursor.number(), cursor.number()];
        const [documents, places] = [cursor.take(list), cursor.take(Math.floor(where / 2))];
        if (!order) found.set(field, new Postings(count, documents, places, where % 2 ? this.files : null));
      }
    }
    return found;
  }

  /** Length classes of a field, one byte a document. @param {number} field */
  norms(field) {
    return this.files.bytes(this.manifest.norms[field] ?? '');
  }

  /** Latin words with how often they stand. @returns {Promise<[string, number][]>} */
  async words() {
    const lines = new TextDecoder().decode(await this.files.bytes(this.manifest.words)).split('\n');
    return lines.filter(Boolean).map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]);
  }

  /** What results are narrowed by, for each document. @returns {Promise<Facets[]>} */
  facets() {
    return this.columns ??= this.readFacets();
  }

  async readFacets() {
    const cursor = new Cursor(await this.files.bytes(this.manifest.facets));
    const length = this.manifest.documents;
    const column = () => Array.from({ length }, () => cursor.number());
    const [year, department, rating, kind] = [column(), column(), column(), column()];
    return Array.from({ length }, (_, at) => ({
      year: year[at] ?? 0,
      department: department[at] ?? 0,
      rating: rating[at] ?? 0,
      kind: kind[at] ?? 0,
      topic: Array.from({ length: cursor.number() }, () => cursor.number()),
    }));
  }

  /** @param {number} document */
  async block(document) {
    const blocks = names(await this.files.bytes(this.manifest.blocks));
    return this.files.json(blocks[Math.floor(document / BLOCK)] ?? '');
  }

  /** Address and title. @param {number} document @returns {Promise<Document>} */
  async document(document) {
    const [url, title, titleEn] = (await this.block(document)).documents[document % BLOCK];
    return { url, title, titleEn };
  }

  /** The text that snippets are cut from. @param {number} document @returns {Promise<string>} */
  async text(document) {
    const { texts } = await this.block(document);
    return (await this.files.json(texts[Math.floor(document % BLOCK / TEXTS)]))[document % TEXTS];
  }
}
