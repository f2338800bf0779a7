/**
 * **Damaged files** of the search index and of tables: a flipped bit, a file that was cut or is empty, an error page, a
 * file of another build (mutations.js). `large.test.js` does the same with the kinds that only a large site has.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { nameOf } from '../../themes/default/assets/search/reader.js';
import { ofIndex, ofTables } from './answers.js';
import { HTML, read, refused } from './mutations.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const FOLDER = join(SITE, 'search/');
const TABLES = ['measures.ja', 'public-facilities'].map((name) => join(SITE, `tables/${name}/`));
const MUTATIONS = 500;

const answers = ofIndex(FOLDER);
const rows = ofTables(TABLES);

/** Another build's files. */
const other = mkdtempSync(join(tmpdir(), 'kawaraban-damage-'));

/** Those of a folder. @param {string} folder */
const foreign = (folder) => ({
  files: readdirSync(join(other, folder)).filter((name) => name.endsWith('.kwb')).map((name) => join(other, folder, name)),
  manifest: join(other, folder, 'manifest.json'),
});

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
});
after(() => rmSync(other, { recursive: true }));

/** What a file of the index is, by its name. @param {any} manifest */
function kinds(manifest) {
  /** @type {Map<string, string>} */
  const known = new Map([['manifest.json', 'manifest']]);
  const note = (/** @type {string} */ kind, /** @type {Iterable<string>} */ names) => {
    for (const name of names) known.set(`${name}.kwb`, kind);
  };
  for (const name of /** @type {const} */ (['facets', 'budgets', 'latin', 'suggestions'])) note(name, [manifest[name]]);
  note('norms', manifest.norms);
  const beginnings = new Map();
  for (let at = 0; at < Math.max(...manifest.shards) * 3 + manifest.documents; at++) {
    for (const kind of ['terms', 'block', 'text', 'completions']) beginnings.set(nameOf(`${kind} ${at}`, []), kind);
  }
  return (/** @type {string} */ name) => known.get(name) ?? beginnings.get(name.slice(0, 6)) ?? 'apart';
}

/** The files that a client reads, by kind. @param {import('./mutations.js').Answers} answers @param {(name: string) => string} kindOf */
async function used(answers, kindOf) {
  /** @type {Map<string, Set<string>>} */
  const byKind = new Map();
  await answers(async (path) => {
    const kind = kindOf(basename(path));
    byKind.set(kind, new Set([...byKind.get(kind) ?? [], path]));
    return read(path);
  });
  return new Map([...byKind].map(([kind, paths]) => /** @type {[string, string[]]} */ ([kind, [...paths]])));
}

const KINDS = ['manifest', 'terms', 'facets', 'budgets', 'block', 'text', 'latin', 'suggestions', 'completions'];

test(`${MUTATIONS} damaged files of the index give the right answer or an error`, async () => {
  const byKind = await used(answers, kinds(JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'))));
  for (const kind of KINDS) assert.ok(byKind.has(kind), `no query reads a file of the kind ${kind}`);
  await refused(MUTATIONS, byKind, answers, foreign('site/search'));
});

test(`${MUTATIONS} damaged files of tables give the right rows or an error`, async () => {
  const byKind = await used(rows, (name) => name.replace(/[-.].*/, ''));
  assert.deepEqual([...byKind.keys()].sort(), ['column', 'manifest', 'rows']);
  await refused(MUTATIONS, byKind, rows, foreign('site/tables/measures.ja'));
});

test('a damaged copy in a cache is asked for once more, past the cache', async () => {
  for (const [client, least] of /** @type {const} */ ([[answers, 15], [rows, 10]])) {
    const damaged = new Set();
    const right = await client(async (path) => read(path));
    const said = await client(/** @type {any} */ (async (/** @type {string} */ path, /** @type {RequestInit} */ options) => {
      if (path.endsWith('manifest.json') || options?.cache === 'reload') return read(path);
      damaged.add(path);
      return HTML;
    }));
    assert.equal(said, right);
    assert.ok(damaged.size > least, `${damaged.size}`);
  }
});
