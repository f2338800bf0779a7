// Reading files of the index: fetched once, opened, and taken apart number by number.

const opened = new WeakMap();

/** A file's bytes. @param {string} url @returns {Promise<Uint8Array>} */
async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Some hosts unpack by themselves what they take for gzip.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Files by name, each fetched once; one that failed is asked for again. */
export class Files {
  /** @param {string} folder @param {(url: string) => Promise<Uint8Array>} [get] */
  constructor(folder, get = fetchBytes) {
    this.folder = folder;
    this.get = get;
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.files = new Map();
  }

  /** @param {string} name @returns {Promise<Uint8Array>} */
  bytes(name) {
    let file = this.files.get(name);
    if (!file) {
      file = this.get(`${this.folder}${name}.kwb`);
      file.catch(() => this.files.delete(name));
      this.files.set(name, file);
    }
    return file;
  }

  /** A file of JSON. @param {string} name @returns {Promise<any>} */
  async json(name) {
    const bytes = await this.bytes(name);
    if (!opened.has(bytes)) opened.set(bytes, JSON.parse(new TextDecoder().decode(bytes)));
    return opened.get(bytes);
  }
}

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
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** @param {number} length */
  take(length) {
    return this.bytes.subarray(this.at, this.at += length);
  }

  /** A term without the bytes that it shares with the last one. @param {Uint8Array} last */
  term(last) {
    const shared = this.number();
    const own = this.take(this.number());
    const term = new Uint8Array(shared + own.length);
    term.set(last.subarray(0, shared));
    term.set(own, shared);
    return term;
  }
}

/** Order of terms: by bytes. @param {Uint8Array} a @param {Uint8Array} b */
export function compare(a, b) {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = /** @type {number} */ (a[at]) - /** @type {number} */ (b[at]);
    if (difference) return difference;
  }
  return a.length - b.length;
}

/** Names of files, six bytes each. @param {Uint8Array} bytes */
export function names(bytes) {
  const list = [];
  for (let at = 0; at < bytes.length; at += 6) {
    list.push([...bytes.subarray(at, at + 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return list;
}
