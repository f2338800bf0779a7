/**
 * **Damaged files** of the search index: a flipped bit, a file that was cut or is empty, an error page, a file of another
 * build. Whatever file it is, the client gives the right answer or an error; it neither gives another answer nor hangs.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Index } from '../../themes/default/assets/search/index.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import { nameOf } from '../../themes/default/assets/search/reader.js';
import { search } from '../../themes/default/assets/search/score.js';
import { meant } from '../../themes/default/assets/search/suggest.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const FOLDER = join(SITE, 'search/');
const MUTATIONS = 500;
/** Milliseconds after which an answer counts as hanging. */
const HANGS = 10_000;

/** Of common and rare words, of several, of a kanji, with a slip in Latin letters and one in Japanese. */
const QUERIES = ['ふるさと納税', '市民', '道路 2023年度', '"地域" -道路', '水', 'carbom', 'ふるさと能税'];

const read = (/** @type {string} */ path) => new Uint8Array(readFileSync(path));

/** A small generator of numbers, the same in every run. @param {number} seed */
function random(seed) {
  return (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(seed / 2 ** 32 * below);
  };
}

/** All that the client says of the index, read through `get`. @param {(path: string) => Promise<Uint8Array>} get */
async function answers(get) {
  const index = await Index.open(FOLDER, get);
  const said = [];
  for (const query of QUERIES) {
    const planned = plan(query, index.synonyms, index.readings);
    const { total, hits } = await search(index, planned);
    const shown = hits.slice(0, 3).map(({ document }) => Promise.all([index.document(document), index.text(document)]));
    said.push([total, hits, await Promise.all(shown), await meant(index, planned)]);
  }
  return JSON.stringify([said, await index.facets(), await index.budgets(), await index.words('ja'), index.manifest]);
}

/** The same, within a time. @param {Parameters<typeof answers>[0]} get */
const inTime = (get) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => resolve('it hangs'), HANGS);
  answers(get).then(resolve, reject).finally(() => clearTimeout(timer));
});

/** Another build's files. */
const other = mkdtempSync(join(tmpdir(), 'kawaraban-damage-'));
/** @type {string[]} */
let foreign = [];

before(() => {
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(join(other, 'content', path, '..'), { recursive: true });
    writeFileSync(join(other, 'content', path), text);
  };
  write('site.toml', `title = "別のサイト"\nbase_url = "https://example.org/"\n\n[publisher]\nname = "見本市"\ncode = "131016"\n
[[ratings]]\nid = "met"\nlabel = "達成"\nmeaning = "目標に届いた。"\ntone = "good"\n`);
  write('departments.csv', 'id,name\r\nplanning,企画部\r\n');
  const rows = Array.from({ length: 40 }, (_, at) => `m${at},2023,planning,met,ふるさと納税の推進${at},市民の暮らしを守ります。地域の道路を直します。`);
  write('measures/list.csv', `id,fiscal_year,department,rating,title,direction\r\n${rows.join('\r\n')}\r\n`);
  const built = spawnSync(BINARY, ['build', '--root', other, '--out', join(other, 'site'), '--format', 'short'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  const folder = join(other, 'site/search');
  foreign = readdirSync(folder).filter((name) => name.endsWith('.kwb')).map((name) => join(folder, name));
});
after(() => rmSync(other, { recursive: true }));

/** What a file is, by its name. @param {Index['manifest']} manifest */
function kinds(manifest) {
  /** @type {Map<string, string>} */
  const known = new Map([['manifest.json', 'manifest']]);
  const note = (/** @type {string} */ kind, /** @type {Iterable<string>} */ names) => {
    for (const name of names) known.set(`${name}.kwb`, kind);
  };
  for (const name of /** @type {const} */ (['tables', 'facets', 'budgets', 'blocks', 'latin', 'suggestions'])) note(name, [manifest[name]]);
  note('router', manifest.router);
  note('norms', manifest.norms);
  note('words', Object.values(manifest.words));
  const beginnings = new Map();
  for (let at = 0; at < Math.max(manifest.shards, manifest.documents); at++) {
    for (const kind of ['terms', 'block', 'text']) beginnings.set(nameOf(`${kind} ${at}`, []), kind);
  }
  return (/** @type {string} */ name) => known.get(name) ?? beginnings.get(name.slice(0, 6)) ?? 'apart';
}

const HTML = new TextEncoder().encode('<!doctype html><html lang="ja"><title>404</title><p>お探しのページは見つかりません。</p></html>\n');

test(`${MUTATIONS} damaged files give the right answer or an error`, async () => {
  /** @type {Set<string>} */
  const used = new Set();
  const right = await answers(async (path) => {
    used.add(path);
    return read(path);
  });
  const kindOf = kinds(JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')));
  /** @type {Map<string, string[]>} */
  const byKind = new Map();
  for (const path of used) {
    const kind = kindOf(basename(path));
    byKind.set(kind, [...byKind.get(kind) ?? [], path]);
  }
  for (const kind of ['manifest', 'tables', 'router', 'terms', 'facets', 'budgets', 'blocks', 'block', 'text', 'latin', 'suggestions', 'words']) {
    assert.ok(byKind.has(kind), `no query reads a file of the kind ${kind}`);
  }
  const number = random(20_261_128);
  const pick = (/** @type {string[]} */ list) => list[number(list.length)] ?? '';
  /** @type {Record<string, (bytes: Uint8Array, path: string) => Uint8Array>} */
  const mutations = {
    flip: (bytes) => {
      const at = number(bytes.length);
      return bytes.with(at, (bytes[at] ?? 0) ^ 1 << number(8));
    },
    cut: (bytes) => bytes.slice(0, number(bytes.length)),
    empty: () => new Uint8Array(),
    html: () => HTML,
    foreign: (_, path) => read(path.endsWith('.json') ? join(other, 'site/search/manifest.json') : pick(foreign)),
    // A file of the same kind beside the one that was asked for.
    neighbour: (bytes, path) => read(pick(byKind.get(kindOf(basename(path)))?.filter((own) => own !== path) ?? []) || pick(foreign)),
  };
  const names = Object.keys(mutations);
  const list = [...byKind];
  let refused = 0;
  for (let turn = 0; turn < MUTATIONS; turn++) {
    const [kind, paths] = /** @type {[string, string[]]} */ (list[turn % list.length]);
    const path = pick(paths);
    const name = names[Math.floor(turn / list.length) % names.length] ?? '';
    const damaged = mutations[name]?.(read(path), path) ?? new Uint8Array();
    const what = `${name} of ${kind}, mutation ${turn}`;
    /** @type {unknown} */
    let said;
    try {
      said = await inTime(async (asked) => asked === path ? damaged : read(asked));
    } catch {
      refused += 1;
      continue;
    }
    // Another build's manifest is whole by itself; its files are not there.
    assert.ok(said === right, `${what}: another answer`);
  }
  assert.ok(refused > MUTATIONS * 0.9, `only ${refused} were refused`);
});

test('a damaged copy in a cache is asked for once more, past the cache', async () => {
  const damaged = new Set();
  const right = await answers(async (path) => read(path));
  const said = await answers(/** @type {any} */ (async (/** @type {string} */ path, /** @type {RequestInit} */ options) => {
    if (path.endsWith('manifest.json') || options?.cache === 'reload') return read(path);
    damaged.add(path);
    return HTML;
  }));
  assert.equal(said, right);
  assert.ok(damaged.size > 20);
});
