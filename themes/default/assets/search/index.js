// The index: terms to postings, documents to titles, texts and facets. Its files are described in
// docs/en/search-index.md.
import { normalise, useTables } from './analyzer.js';
import { indexFiles } from './files.js';
import { decode, encode } from './frame.js';
import { Postings, stretches } from './postings.js';
import { Cursor, ENDED, nameOf, once, remembered, shardOf } from './reader.js';

/** Entries in a page of the router. */
const PAGE = 2048;

/** @typedef {{id: string, name: {own: string, en: string | null}, tone?: string}} Label */
/**
 * @typedef {{url: string, title: string, titleEn: string | null, year: number, department: number, rating:
 *   number, kind: number, within: Label['name'] | null}} Document labels count from 1; 0 is none
 */
/** @typedef {{own: string, en: string, answer: Figure | null}} Text that snippets are cut from, by language */
/**
 * @typedef {{name: Label['name'], value: string, unit: Label['name'] | null, year: number}} Figure the last of an
 *   indicator
 */
/**
 * @typedef {{total: number, fields: Map<number, Postings>}} Found what a shard says of a term: in how many
 *   documents it is, where it is common, and by field its postings
 */
/**
 * @typedef {object} Manifest
 * @property {string} format
 * @property {string} check
 * @property {number} documents
 * @property {string} tables
 * @property {{name: string, boost: number, tokens: number, positions: boolean}[]} fields
 * @property {[number, number, number]} shards
 * @property {string} long pairs that have triples
 * @property {string[]} router
 * @property {string[]} norms
 * @property {string} groups
 * @property {string} facets
 * @property {string} budgets
 * @property {number} block
 * @property {string} blocks
 * @property {{shards: number, blocks: number, completions: number}} together how many have names that end alike
 * @property {string} latin
 * @property {string} readings
 * @property {string} suggestions
 * @property {{lists: number, ends: string}} completions
 * @property {Record<string, string>} words
 * @property {string[][]} synonyms
 * @property {{department: Label[], rating: Label[], topic: Label[], kind: string[], own?: {facet: string,
 *   name: Label['name']}[]} & Record<string, (Label | string)[]>} labels
 */

/** The best documents that a common term has in a field stand like another field, so many numbers further. */
export const BEST = 7;

/** The entry of a list of ends of names. @param {Uint8Array} list @param {number} at */
const end = (list, at) => list.subarray(at * 3, at * 3 + 3);

/** The group of a term: 1 with both kana and other characters, 2 for a triple, otherwise 0. @param {string} term */
const groupOf = (term) => (term[0] === ' ' ? 2 : /[ぁ-ゖー]/.test(term) && /[^ぁ-ゖー]/.test(term) ? 1 : 0);

export class Index {
  /** @type {import('./plan.js').Readings | undefined} */
  readings;

  /**
   * The words that may be meant by a Latin word that the index does not have; from a further script (slips.js).
   * @type {(own: import('./plan.js').Keyword) => Promise<import('./plan.js').Keyword[]>}
   */
  slips = async () => [];

  /** @param {Manifest} manifest @param {import('./reader.js').Files} files */
  constructor(manifest, files) {
    this.manifest = manifest;
    this.files = files;
    /** @type {Map<string, Promise<Found>>} */
    this.terms = new Map();
  }

  /** Groups of words that mean the same, in normal form. */
  get synonyms() {
    return this.manifest.synonyms.map((group) => group.map((word) => normalise(word).join('')));
  }

  /**
   * Opens the index in `folder`. `anew`: in place of one opened before.
   * @param {string} folder
   * @param {(url: string) => Promise<Uint8Array>} [get]
   * @param {boolean} [anew]
   */
  static async open(folder, get, anew) {
    const files = indexFiles(folder, get);
    const manifest = /** @type {Manifest} */ (await files.manifest());
    const index = new Index(manifest, files);
    useTables(await files.text(manifest.tables), anew);
    index.readings = await files.json(manifest.readings);
    return index;
  }

  /** Has the site been published anew since the index was opened? */
  async isOld() {
    return (await this.files.manifest()).check !== this.manifest.check;
  }

  /** What is known of `term`. @param {string} term */
  postings(term) {
    return remembered(this.terms, term, () => this.look(term));
  }

  /** @param {string} term @returns {Promise<Found>} */
  async look(term) {
    /** @type {Found} */
    const found = { total: 0, fields: new Map() };
    const { shards, router, together } = this.manifest;
    const group = groupOf(term);
    const shard = shards.reduce(
      (sum, count, at) => (at < group ? sum + count : sum),
      shardOf(encode(term), shards[group] ?? 1),
    );
    const entry = Math.floor(shard / together.shards);
    const page = await this.files.bytes(router[Math.floor(entry / PAGE)] ?? '');
    const own = end(page, entry % PAGE);
    if (!own.some(Boolean)) return found;
    const cursor = new Cursor(await this.files.bytes(nameOf(`terms ${shard}`, own)));
    for (let last = new Uint8Array(), here = false; !here && !cursor.done;) {
      last = cursor.term(last);
      here = decode(last) === term;
      const mask = cursor.number();
      const total = mask >> BEST ? cursor.number() : 0;
      if (here) found.total = total;
      for (let field = 0; mask >> field; field++) {
        if (!(mask & (1 << field))) continue;
        const [count, listed, placed] = [cursor.number(), cursor.number(), cursor.number()];
        const [list, places] = [cursor.take(listed >> 2), cursor.take(placed >> 1)];
        const read = (/** @type {Uint8Array} */ bytes, /** @type {number} */ apart) =>
          stretches(count, bytes, apart ? this.files : null);
        if (here)
          found.fields.set(
            field,
            new Postings(count, (listed & 2) > 0, read(list, listed & 1), read(places, placed & 1)),
          );
      }
    }
    return found;
  }

  /** Length classes of a field, one byte a document. @param {number} field */
  norms(field) {
    return this.files.bytes(this.manifest.norms[field] ?? '');
  }

  /**
   * Names and words that begin with a character, with their readings.
   * @param {string} first
   * @returns {Promise<[string, string?][]>}
   */
  async completions(first) {
    const { completions, together } = this.manifest;
    const list = shardOf(encode(first), completions.lists);
    const at = 6 * Math.floor(list / together.completions);
    return this.files.json(nameOf(`completions ${list}`, []) + completions.ends.slice(at, at + 6));
  }

  /** Words of the interface. @param {string} language @returns {Promise<Record<string, string>>} */
  words(language) {
    const { words } = this.manifest;
    return this.files.json(words[language] ?? Object.values(words)[0] ?? '');
  }

  /** The number of each document's group: the years of a measure, newest first, or the rows of a dataset. */
  groups = once(async () => {
    const cursor = new Cursor(await this.files.bytes(this.manifest.groups));
    const groups = new Uint32Array(this.manifest.documents);
    for (let group = 0, next = 0; !cursor.done; group++) groups.fill(group, next, (next += cursor.number()));
    return groups;
  });

  /**
   * The block that a document is in, and its place there.
   * @param {number} document
   * @returns {Promise<[any, number]>}
   */
  async block(document) {
    const { block, blocks, together } = this.manifest;
    const number = Math.floor(document / block);
    const ends = await this.files.bytes(blocks);
    const name = nameOf(`block ${number}`, end(ends, Math.floor(number / together.blocks)));
    return [await this.files.json(name), document % block];
  }

  /** What is shown of a document. @param {number} document @returns {Promise<Document>} */
  async document(document) {
    const [{ documents }, at] = await this.block(document);
    const [url, title, titleEn, year, department, rating, kind, within] = documents[at];
    return { url, title, titleEn, year, department, rating, kind, within };
  }

  /** What is shown of a document when it comes into view. @param {number} document @returns {Promise<Text>} */
  async text(document) {
    const [{ texts }, at] = await this.block(document);
    let first = document - at;
    for (const [count, end] of texts) {
      if (document < first + count) {
        const shown = await this.files.json(nameOf(`text ${first}`, []) + end);
        const [own, en, figure] = shown[document - first];
        const [name, value, unit, year] = figure ?? [];
        return { own, en, answer: figure && { name, value, unit, year } };
      }
      first += count;
    }
    throw new Error(ENDED);
  }
}
