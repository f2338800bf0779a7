/**
 * **Hostile content**: the sample's content with a text in every field that would do harm if a page, a
 * file or a script took it for more than a text. A field that takes no such text (an id, a date, an
 * address) says so by an error at its place; it gets its own text back.
 *
 * What is hostile is told apart by a number, so that a test can ask whether it is shown as it was written.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that end what they stand in, each in another place. `hit` is what a script would call. @type {((n: number) => string)[]} */
const TEXTS = [
  (n) => `<script>hit(${n})</script>`,
  (n) => `"><img src=x onerror=hit(${n})>`,
  (n) => `' onmouseover='hit(${n})' autofocus onfocus='hit(${n})`,
  (n) => `</title></textarea></style></script><svg onload=hit(${n})>`,
  (n) => `{{ hit(${n}) }}{% set x = ${n} %}{# ${n} #}`,
  (n) => `]]><hit n="${n}"/>&hit --> <?php ?>`,
  (n) => `[a${n}](javascript:hit(${n})) ![b](https://hit.example/${n}.png)`,
  (n) => `=HYPERLINK("https://hit.example/${n}","${n}")`,
  (n) => `\${hit(${n})}\`\\u003cimg src=x onerror=hit(${n})\\u003e`,
  (n) => `<iframe srcdoc="<script>parent.hit(${n})</script>"></iframe>`,
  (n) => `*|_~#>-+.!hit(${n})\\ & < > " ' % $ ; : @ ^ = / ,`,
  (n) => `<a href="data:text/html,<script>hit(${n})</script>">${n}</a>`,
];

/** The number of a hostile text that is quoted. */
const NUMBERED = /hit(?:\(|\.example\/| n=")(\d+)/g;

/** What is hostile in Markdown has numbers from here on. */
const PAGES = 100_000;

/** How often fields get their own text back; what is refused in the end is a fault of the test. */
const ROUNDS = 12;

/**
 * Writes hostile texts into the content of the site at `root`, until nothing is refused.
 * @param {string} binary @param {string} root @param {string[]} spared texts that mean something to another file, such as units that tell a sum from a share
 * @returns {Map<string, string>} the hostile text by its field
 */
export function poison(binary, root, spared) {
  const content = join(root, 'content');
  const files = new Map(readdirSync(content, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(toml|csv)$/.test(path) && !path.startsWith('versions/'))
    .sort()
    .map((path) => [`content/${path}`, decoded(readFileSync(join(content, path)))]));
  /** The number of each text, for one that stands in two places must stay one: a name and what refers to it. @type {Map<string, number>} */
  const numbers = new Map();
  /** Texts that stay as they are. */
  const kept = new Set(spared);
  /** @type {Map<string, {text: string, hostile: string}>} */
  let fields = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    fields = new Map();
    for (const [path, source] of files) {
      const put = (/** @type {string} */ place, /** @type {string} */ text) => {
        if (text.trim() === '' || kept.has(text)) return text;
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        const n = /** @type {number} */ (numbers.get(text));
        const hostile = /** @type {(n: number) => string} */ (TEXTS[n % TEXTS.length])(n);
        fields.set(`${path} ${place}`, { text, hostile });
        return text + hostile;
      };
      writeFileSync(join(root, path), path.endsWith('.csv') ? inCells(source, put) : inStrings(source, put));
    }
    const errors = check(binary, root);
    if (errors.length === 0) {
      return new Map([...fields].map(([place, { hostile }]) => [place, hostile]));
    }
    const before = kept.size;
    const texts = [...numbers.keys()];
    for (const { place, message, related } of errors) {
      for (const { file, cell, line } of [place, ...related.map((one) => one.place)]) {
        const field = fields.get(`${file} ${cell ?? line}`);
        if (field) kept.add(field.text);
      }
      // An error elsewhere quotes what refers to a text, hostile or as it was.
      for (const [, n] of message.en.matchAll(NUMBERED)) kept.add(texts[Number(n)] ?? '');
      const quoted = [...message.en.matchAll(/`([^`]+)`/g)].flatMap(([, text]) => text?.split(' › ') ?? []);
      for (const text of quoted) if (numbers.has(text)) kept.add(text);
    }
    if (kept.size === before) break;
  }
  throw new Error(`the site has errors: ${JSON.stringify(check(binary, root).slice(0, 5), null, 1)}`);
}

/** @typedef {{file: string, cell?: string, line?: number}} Place */
/** @typedef {{place: Place, message: {en: string}, related: {place: Place}[]}} Refusal */

/** The errors of the site. @param {string} binary @param {string} root @returns {Refusal[]} */
function check(binary, root) {
  const run = spawnSync(binary, ['check', '--root', root, '--format', 'json', '--lang', 'en'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return run.stdout.split('\n').filter((line) => line.startsWith('{"code"')).map((line) => JSON.parse(line))
    .filter(({ severity }) => severity === 'error');
}

/** A file as text; what is no UTF-8 is Shift_JIS, as Excel saves it. @param {Buffer} bytes */
function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

/**
 * `source` with `put` in every text in quotation marks that is alone on its line, and in the last line of each
 * that has several.
 * @param {string} source @param {(place: string, text: string) => string} put
 */
function inStrings(source, put) {
  const inside = (/** @type {string} */ text) => JSON.stringify(text).slice(1, -1);
  const lines = source.split('\n');
  let isOpen = false;
  return lines.map((line, at) => {
    const isLast = isOpen && lines[at + 1]?.startsWith('"""') === true;
    if (line.includes('"""')) isOpen = !isOpen;
    if (isLast) return inside(put(String(at + 1), JSON.parse(`"${line.replaceAll('"', '\\"')}"`)));
    const found = isOpen ? null : /^(\s*(?:[\w-]+\s*=\s*)?)("(?:[^"\\]|\\.)*")(,?\s*)$/.exec(line);
    return found ? `${found[1]}"${inside(put(String(at + 1), JSON.parse(found[2] ?? '')))}"${found[3]}` : line;
  }).join('\n');
}

/**
 * Adds a paragraph of each hostile text to the Markdown page `path`, but for links and pictures, which are
 * refused there.
 * @param {string} path
 */
export function poisonPage(path) {
  const texts = TEXTS.map((text, at) => text(PAGES + at)).filter((text) => !text.includes(']('));
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n${texts.join('\n\n')}\n`);
}

/**
 * `source` with `put` in the cells of its first rows, which are as many as there are texts.
 * @param {string} source @param {(place: string, text: string) => string} put
 */
function inCells(source, put) {
  const rows = [...source.matchAll(/(?:"(?:[^"]|"")*"|[^"\n])+/g)].map(([row]) => row.replace(/\r$/, ''));
  return rows.map((row, at) => {
    if (at === 0 || at > TEXTS.length) return row;
    const cells = [...`${row},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell]) => cell ?? '');
    return cells.map((cell, column) => {
      const text = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      const place = `${columnName(column)}${at + 1}`;
      return `"${put(place, text).replaceAll('"', '""')}"`;
    }).join(',');
  }).join('\n') + '\n';
}

/** @param {number} column */
function columnName(column) {
  return (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') + String.fromCharCode(65 + column % 26);
}
