// Frames: every file of the index begins with a magic number and ends with its length and a check over its name and
// content (docs/en/search-index.md). What a host gives instead, an error page or a file of another build, is refused.
import { decode, encode, Files, fnv } from './reader.js';

const MAGIC = 'KWB5';
/** Bytes of the length and the check. */
const END = 8;

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

/** The manifest, whose last key is the check of what stands before it. @param {Uint8Array} bytes */
export function readManifest(bytes) {
  const text = decode(bytes);
  const manifest = JSON.parse(text);
  // An index of another form may have another check.
  if (manifest.format !== FORMAT)
    throw new Error(`the index is ${manifest.format}; this client reads ${FORMAT}`);
  const [before = '', check = ''] = text.split(',"check":"');
  if (fnv(encode(before)) !== parseInt(check, 16)) throw new Error('the manifest is damaged');
  return manifest;
}

/** The form that this client reads. */
const FORMAT = 'kawaraban-search/6';

/** The files of an index. @param {string} folder @param {ConstructorParameters<typeof Files>[1]} [get] */
export const indexFiles = (folder, get) => new Files(folder, get, unframe);
