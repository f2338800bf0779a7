/**
 * **Digests** of what the client's analyzer makes of strings, the same as `tests/agreement.rs` computes. Runs
 * in Node and in browsers.
 */

/**
 * @typedef {{normalise: (text: string) => string[], tokens: (normal: string[]) => [number, string][],
 *   years: (normal: string[]) => number[]}} Analyzer
 */

const ALONE = 0x1000;
const DRAWN = 100_000;
const CHUNK = 1000;

/** @type {[number, number][]} */
const STRETCHES = [
  [0x3041, 0x309f], [0x3041, 0x309f], [0x30a0, 0x30ff], [0x30a0, 0x30ff], [0x4e00, 0x9fff], [0x4e00, 0x9fff],
  [0x4e00, 0x9fff], [0x30, 0x39], [0x30, 0x39], [0x20, 0x7e], [0xff01, 0xff9f], [0xff61, 0xff9f],
  [0x2460, 0x24ff], [0x3220, 0x33ff], [0x3000, 0x3020], [0x2000, 0x206f], [0xc0, 0x17f], [0x300, 0x36f],
  [0xfe00, 0xfe0f], [0x2e80, 0x2fdf], [0xf900, 0xfaff], [0x1f300, 0x1faff], [0x20000, 0x2a6df], [0xe0100, 0xe01ef],
];
const WORDS = [
  '令和', '平成', '昭和', '元年', '年度', '十', '二', 'R', 'H', '々', 'ゝ', 'ゞ', 'ヽ', 'ー', '-', '―', 'が', 'ﾞ', '①', '㈱',
];
const encoder = new TextEncoder();

/** @param {Analyzer} analyzer @param {Iterable<string>} texts */
function digest({ normalise, tokens, years }, texts) {
  let hash = 0x811c9dc5;
  for (const text of texts) {
    const normal = normalise(text);
    const said = [normal.join(''), ...tokens(normal).map(([at, token]) => `${at} ${token}`), ...years(normal).map(([,, year]) => year)].join('|');
    for (const byte of encoder.encode(`${said}\n`)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Every code point by itself, in chunks. @param {Analyzer} analyzer */
export function alone(analyzer) {
  const chunks = [];
  for (let start = 0; start <= 0x10ffff; start += ALONE) {
    const codes = Array.from({ length: ALONE }, (_, at) => start + at).filter((code) => code < 0xd800 || code > 0xdfff);
    chunks.push(digest(analyzer, codes.map((code) => String.fromCodePoint(code))));
  }
  return chunks;
}

/** Strings drawn by chance, in chunks. @param {Analyzer} analyzer */
export function drawn(analyzer) {
  let seed = 20260401;
  const below = (/** @type {number} */ limit) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(seed * limit / 2 ** 32);
  };
  const text = () => {
    let text = '';
    for (let left = below(12); left >= 0; left--) {
      if (below(5) === 0) text += WORDS[below(WORDS.length)];
      else {
        const [first, last] = /** @type {[number, number]} */ (STRETCHES[below(STRETCHES.length)]);
        text += String.fromCodePoint(first + below(last - first + 1));
      }
    }
    return text;
  };
  return Array.from({ length: DRAWN / CHUNK }, () => digest(analyzer, Array.from({ length: CHUNK }, text)));
}

/** The lines of a file. @param {Analyzer} analyzer @param {string} text */
export const lines = (analyzer, text) => digest(analyzer, text.split('\n'));
