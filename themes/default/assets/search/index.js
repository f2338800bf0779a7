// The index: terms to postings, documents to titles, texts and facets. Its files are described in
// docs/en/search-index.md.
import { useTables } from './analyzer.js';
import { Postings } from './postings.js';
import { compare, Cursor, decode, encode, Files, nameOf, names, once, shardOf } from './reader.js';

const FORMAT = 'kawaraban-search/1';
const BLOCK = 8;
/** Lists of so many documents have the length classes of these with them. */
const SHORT = 128;
/** Shards in a page of the router. */
const PAGE = 1024;
/** So many pages are fetched at once; of a larger index each when it is needed. */
const PAGES = 16;

/** @typedef {{id: string, name: {own: string, en: string | null}, tone?: string}} Label */
/** @typedef {{url: string, title: string, titleEn: string | null, year: number, department: number, rating: number, kind: number, within: Label['name'] | null}} Document labels count from 1; 0 is none */
/** @typedef {Record<'year' | 'department' | 'rating' | 'kind', number[]> & {topic: number[][]}} Facets one value a document */
/**
 * @typedef {object} Manifest
 * @property {string} format
 * @property {number} documents
 * @property {string} tables
 * @property {{name: string, boost: number, tokens: number, positions: boolean}[]} fields
 * @property {number} shards
 * @property {string[]} router
 * @property {string[]} norms
 * @property {string} facets
 * @property {string} budgets
 * @property {string} blocks
 * @property {string} latin
 * @property {string} suggestions
 * @property {Record<string, string>} words
 * @property {string[][]} synonyms
 * @property {{department: Label[], rating: Label[], topic: Label[], kind: string[]}} labels
 */

export class Index {
  /** @param {Manifest} manifest @param {Files} files */
  constructor(manifest, files) {
    this.manifest = manifest;
    this.files = files;
    /** @type {Map<string, Promise<Map<number, () => Promise<Postings>>>>} */
    this.terms = new Map();
  }

  /** Opens the index in `folder`, and asks at once for what every query needs. @param {string} folder @param {(url: string) => Promise<Uint8Array>} [get] */
  static async open(folder, get) {
    const files = new Files(folder, get);
    const manifest = /** @type {Manifest} */ (await files.manifest());
    if (manifest.format !== FORMAT) throw new Error(`the index is ${manifest.format}; this client reads ${FORMAT}`);
    const index = new Index(manifest, files);
    const pages = manifest.router.length > PAGES ? [] : manifest.router;
    const [tables] = await Promise.all([manifest.tables, manifest.blocks, ...pages].map((name) => files.bytes(name)));
    useTables(decode(tables));
    return index;
  }

  /** The postings of `term`, by number of the field; read when asked for. @param {string} term */
  postings(term) {
    let found = this.terms.get(term);
    if (!found) {
      found = this.look(encode(term));
      found.catch(() => this.terms.delete(term));
      this.terms.set(term, found);
    }
    return found;
  }

  /** @param {Uint8Array} term @returns {Promise<Map<number, () => Promise<Postings>>>} */
  async look(term) {
    const found = new Map();
    if (!this.manifest.router.length) return found;
    const { shards, router, fields } = this.manifest;
    const shard = shardOf(term, shards);
    const page = await this.files.bytes(router[Math.floor(shard / PAGE)] ?? '');
    const own = page.subarray(shard % PAGE * 3, shard % PAGE * 3 + 3);
    if (!own.some(Boolean)) return found;
    const cursor = new Cursor(await this.files.bytes(nameOf(`terms ${shard}`, own)));
    for (let last = new Uint8Array(); !cursor.done;) {
      last = cursor.term(last);
      const [mask = 0] = cursor.take(1);
      const order = compare(last, term);
      if (order > 0) break;
      for (let field = 0; field < fields.length; field++) {
        if (!(mask & 1 << field)) continue;
        const [count, listed, placed] = [cursor.number(), cursor.number(), cursor.number()];
        const norms = count > SHORT ? null : cursor.take(count);
        const [list, places] = [cursor.take(listed >> 1), cursor.take(placed >> 1)];
        if (order) continue;
        found.set(field, once(async () => {
          const whole = listed & 1 ? await this.files.bytes(names(list)[0] ?? '') : list;
          return new Postings(count, norms, whole, places, placed & 1 ? this.files : null);
        }));
      }
    }
    return found;
  }

  /** Length classes of a field, one byte a document. @param {number} field */
  norms(field) {
    return this.files.bytes(this.manifest.norms[field] ?? '');
  }

  /** Latin words with how often they stand. @returns {Promise<[string, number][]>} */
  async latin() {
    const lines = decode(await this.files.bytes(this.manifest.latin)).split('\n');
    return lines.filter(Boolean).map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]);
  }

  /** Names and words that a query may have meant, with their readings. @returns {Promise<[string, string?][]>} */
  suggestions() {
    return this.files.json(this.manifest.suggestions);
  }

  /** Words of the interface. @param {string} language @returns {Promise<Record<string, string>>} */
  words(language) {
    const { words } = this.manifest;
    return this.files.json(words[language] ?? Object.values(words)[0] ?? '');
  }

  /** What results are narrowed and sorted by, one column each. */
  facets = once(() => this.readFacets());

  async readFacets() {
    const cursor = new Cursor(await this.files.bytes(this.manifest.facets));
    const column = () => Array.from({ length: this.manifest.documents }, () => cursor.number());
    const [year, department, rating, kind] = [column(), column(), column(), column()];
    const topic = Array.from(year, () => Array.from({ length: cursor.number() }, () => cursor.number()));
    return /** @type {Facets} */ ({ year, department, rating, kind, topic });
  }

  /** Budgets in the site's unit. @returns {Promise<(number | null)[]>} */
  budgets() {
    return this.files.json(this.manifest.budgets);
  }

  /** @param {number} document */
  async block(document) {
    const number = Math.floor(document / BLOCK);
    const blocks = await this.files.bytes(this.manifest.blocks);
    return this.files.json(nameOf(`block ${number}`, blocks.subarray(number * 3, number * 3 + 3)));
  }

  /** What is shown of a document. @param {number} document @returns {Promise<Document>} */
  async document(document) {
    const [url, title, titleEn, year, department, rating, kind, within] = (await this.block(document)).documents[document % BLOCK];
    return { url, title, titleEn, year, department, rating, kind, within };
  }

  /** The text that snippets are cut from. @param {number} document */
  async text(document) {
    const { texts } = await this.block(document);
    return decode(await this.files.bytes(texts[document % BLOCK]));
  }
}
