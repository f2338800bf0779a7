// Frames: every file of an index or a table begins with a magic number and ends with its length and a check over its
// name and content (docs/en/search-index.md). What a host gives instead, an error page or a file of another build, is
// refused.

const MAGIC = 'KWB5';
/** Bytes of the length and the check. */
const END = 8;

/** @param {string} text */
export const encode = (text) => new TextEncoder().encode(text);
/** @param {Uint8Array} bytes @param {string} [encoding] */
export const decode = (bytes, encoding) => new TextDecoder(encoding).decode(bytes);

/** FNV-1a, on from the hash of what stands before. @param {Uint8Array} bytes @param {number} [before] */
export const fnv = (bytes, before = 0x811c9dc5) =>
  bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), before) >>> 0;

/** The content of a framed file. @param {string} name @param {Uint8Array} bytes */
export function unframe(name, bytes) {
  const at = Math.max(MAGIC.length, bytes.length - END);
  const content = bytes.subarray(MAGIC.length, at);
  const end = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // Where the file is too short, reading its end is an error as well.
  const isWhole =
    end.getUint32(at, true) === content.length &&
    end.getUint32(at + 4, true) === fnv(content, fnv(encode(name)));
  if (!isWhole || decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new Error(`${name} is damaged`);
  return content;
}

/** Files of another form than this script reads. */
export class OtherFormat extends Error {}

/**
 * A manifest, whose last key is the check of what stands before it.
 * @param {string} format that this script reads
 * @param {Uint8Array} bytes
 */
export function readManifest(format, bytes) {
  const text = decode(bytes);
  const manifest = JSON.parse(text);
  // One of another form may have another check.
  if (manifest.format !== format)
    throw new OtherFormat(`the files are ${manifest.format}; this script reads ${format}`);
  const before = text.slice(0, text.lastIndexOf(',"check":"'));
  if (fnv(encode(before)) !== parseInt(manifest.check, 16)) throw new Error('manifest is damaged');
  return manifest;
}
