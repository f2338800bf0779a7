// Reading files of an index or a table: fetched once, opened, and taken apart number by number.
import { decode, encode, fnv, readManifest, unframe } from './frame.js';

/** What files of JSON say. @type {WeakMap<Uint8Array, Promise<any>>} */
const opened = new WeakMap();

/** Milliseconds for which a host may send nothing before a request ends. */
export const STALL = 10_000;

/** A file's bytes. @param {string} url @param {RequestInit} [options] @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function fetchBytes(url, options) {
  const control = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(new Error(`${url} does not arrive`)), STALL);
  };
  wait();
  try {
    const response = await fetch(url, { ...options, signal: control.signal });
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    const body = response.body?.pipeThrough(
      new TransformStream({
        transform(chunk, on) {
          wait();
          on.enqueue(chunk);
        },
      }),
    );
    return new Uint8Array(await new Response(body).arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}

/** Some hosts unpack by themselves what they take for gzip. @param {Uint8Array<ArrayBuffer>} bytes */
async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/**
 * What `make` gives for a key, made when first asked for; once more where that failed.
 * @template {object | string} K
 * @template T
 * @param {{get(key: K): Promise<T> | undefined, set(key: K, made: Promise<T>): unknown, delete(key: K):
 *   unknown}} known
 * @param {K} key
 * @param {() => Promise<T>} make
 */
export function remembered(known, key, make) {
  const made = known.get(key) ?? make();
  made.catch(() => known.delete(key));
  known.set(key, made);
  return made;
}

/** The same for a single thing. @template T @param {() => Promise<T>} make */
export function once(make) {
  /** @type {Map<string, Promise<T>>} */
  const known = new Map();
  return () => remembered(known, '', make);
}

/** Files by name, each fetched once; one that failed is asked for again. */
export class Files {
  /**
   * @param {string} folder
   * @param {string} format of the manifest
   * @param {string} encoding of texts
   * @param {(url: string, options?: RequestInit) => Promise<Uint8Array>} [get]
   */
  constructor(folder, format, encoding, get = /** @type {any} */ (globalThis).kawarabanRead ?? fetchBytes) {
    this.folder = folder;
    this.format = format;
    this.encoding = encoding;
    this.get = get;
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.files = new Map();
    /** Files that stand in the manifest, by name, in Base64. @type {Record<string, string>} */
    this.inline = {};
  }

  /** The only file whose name stays when the content changes. @returns {Promise<any>} */
  async manifest() {
    const bytes = await this.get(`${this.folder}manifest.json`, { cache: 'no-cache' });
    const manifest = readManifest(this.format, bytes);
    this.inline = manifest.inline ?? {};
    return manifest;
  }

  /** @param {string} name @returns {Promise<Uint8Array>} */
  bytes(name) {
    const read = async (/** @type {Uint8Array} */ bytes) =>
      unframe(name, await unpack(/** @type {any} */ (bytes)));
    return remembered(this.files, name, async () => {
      const inline = this.inline[name];
      if (inline) return read(Uint8Array.from(atob(inline), (byte) => byte.charCodeAt(0)));
      const url = `${this.folder}${name}.kwb`;
      const bytes = await this.get(url);
      // A cache may have kept a damaged copy.
      return read(bytes).catch(async () => read(await this.get(url, { cache: 'reload' })));
    });
  }

  /** A file of text. @param {string} name */
  async text(name) {
    return decode(await this.bytes(name), this.encoding);
  }

  /** A file of JSON. @param {string} name @returns {Promise<any>} */
  async json(name) {
    const bytes = await this.bytes(name);
    return remembered(opened, bytes, async () => JSON.parse(decode(bytes, this.encoding)));
  }
}

export const ENDED = 'a file ends early';

/** Takes numbers and bytes from the front. */
export class Cursor {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  /** Seven bits a byte, the lowest first. */
  number() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error(ENDED);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** @param {number} length */
  take(length) {
    if (this.at + length > this.bytes.length) throw new Error(ENDED);
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** A term without the bytes that it shares with the last one. @param {Uint8Array} last */
  term(last) {
    const [lengths = 0] = this.take(1);
    const [shared = 0, length = 0] = [lengths >> 4, lengths & 15].map((length) =>
      length < 15 ? length : length + this.number(),
    );
    const term = new Uint8Array(shared + length);
    term.set(last.subarray(0, shared));
    term.set(this.take(length), shared);
    return term;
  }
}

/** Takes bits from the front, the lowest of a byte first. */
export class Bits {
  /** @param {Uint8Array} bytes @param {number} at where they begin */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at * 8;
  }

  bit() {
    const byte = this.bytes[this.at >> 3];
    if (byte === undefined) throw new Error(ENDED);
    return (byte >> (this.at++ & 7)) & 1;
  }

  /** A number in Rice's code: its upper part in ones ended by a nought, then `k` bits. @param {number} k */
  rice(k) {
    let number = 0;
    while (this.bit()) number += 2 ** k;
    return number + this.take(k);
  }

  /** A number of so many bits. @param {number} count */
  take(count) {
    let number = 0;
    for (let at = 0; at < count; at++) if (this.bit()) number += 2 ** at;
    return number;
  }
}

/** A file's name as it is spelt. @param {Iterable<number>} bytes */
export const hex = (bytes) => [...bytes].map((byte) => (byte + 256).toString(16).slice(1)).join('');

/**
 * A file's name: three bytes of the hash of what is known of it, and its own three.
 * @param {string} known
 * @param {Iterable<number>} own
 */
export function nameOf(known, own) {
  const hash = fnv(encode(known));
  return hex([(hash >>> 16) & 255, (hash >>> 8) & 255, hash & 255, ...own]);
}

/**
 * Which of so many shards has a term: by its hash, stirred as MurmurHash3 does in the end.
 * @param {Uint8Array} term
 * @param {number} shards
 */
export function shardOf(term, shards) {
  let hash = fnv(term);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % shards;
}
