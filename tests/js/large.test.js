/**
 * The **client on a large site**: where words are so common that their best documents are kept and their lists lie in
 * stretches, the client answers as tantivy does, and without reading what it need not.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { explain, sum } from '../../themes/default/assets/search/explain.js';
import { Index } from '../../themes/default/assets/search/index.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import { nameOf } from '../../themes/default/assets/search/reader.js';
import * as score from '../../themes/default/assets/search/score.js';
import { random, read as readFile, refused } from './mutations.js';

const { search } = score;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const TOLERANCE = 1e-5;
/** Rows in each of the tables; no page shows more. */
const ROWS = 10_000;
const TABLES = ['north', 'south'];
const QUERIES = 300;
/** So many results are compared one by one: more than an index keeps of a common word. */
const COMPARED = 60;
const PAGE = 10;
const MUTATIONS = 120;

/** Most rows have the first of these words, few the last. */
const WORDS = [...'道路 公園 施設 整備 水道 保育 学校 防災 観光 農業 福祉 医療 下水道 図書館 公民館 市営住宅 国際交流 地域包括支援 男女共同参画 サービス センター ポンプ場 DX GIS 2023年度 橋'.split(' ')];

const number = random(20_260_402);
/** A word, the first ones more often. */
const word = () => WORDS[Math.min(number(WORDS.length), number(WORDS.length), number(WORDS.length))] ?? '';
const words = (/** @type {number} */ count) => Array.from({ length: count }, word);
/** Words with something between them, or not. */
const text = (/** @type {number} */ count) => words(count).reduce((text, word) => text + ['', 'の', '、', 'を', '。\n'][number(5)] + word);

const folder = mkdtempSync(join(tmpdir(), 'kawaraban-large-'));
const site = join(folder, 'site');
/** @type {string[]} */
const read = [];
/** @type {Index} */
let index;

before(async () => {
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(join(folder, 'content', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'content', path), text);
  };
  write('site.toml', `title = "大きなサイト"\nbase_url = "https://example.org/"\n\n[publisher]\nname = "見本市"\ncode = "131016"\n
[[ratings]]\nid = "met"\nlabel = "達成"\nmeaning = "目標に届いた。"\ntone = "good"\n`);
  write('departments.csv', 'id,name\r\nplanning,企画部\r\n');
  for (const table of TABLES) {
    const column = (/** @type {string} */ name) => `\n[[columns]]\nname = "${name}"\ntitle = "${name}"\ntype = "text"\n`;
    write(`datasets/${table}/dataset.toml`, `title = "${table}"\ndescription = "${table}"\n${column('name')}${column('note')}`);
    // A number that only rows beside each other have.
    const rows = Array.from({ length: ROWS }, (_, row) => `"${words(2 + number(2)).join('')}${Math.floor(row / 100)}","${text(8 + number(30))}"`);
    write(`datasets/${table}/rows.csv`, `name,note\r\n${rows.join('\r\n')}\r\n`);
  }
  // The texts have line breaks, and each is a line of the report.
  const options = /** @type {const} */ ({ encoding: 'utf8', maxBuffer: 2 ** 26 });
  const built = spawnSync(BINARY, ['build', '--root', folder, '--out', site, '--format', 'short'], options);
  assert.equal(built.status, 0, built.stdout + built.stderr);
  index = await Index.open(join(site, 'search/'), async (path) => {
    read.push(path);
    return readFile(path);
  });
});
after(() => rmSync(folder, { recursive: true }));

/** Common words by themselves, several, stretches across words, what must not be there, and what is not. */
function draw() {
  const queries = new Set([...WORDS, '道', '水', '橋', '令和5年度', '道路の', '公園道路', '"公園道路"', '道路 -公園', '-道路', 'センタ', 'さーびす', '道路 存在しない',
    // A word of neighbouring rows beside one of nearly all.
    ...Array.from({ length: 30 }, (_, at) => `"${at * 3}" ${['道路', '公園'][at % 2]}`)]);
  while (queries.size < QUERIES) {
    const own = [...text(2 + number(3)).replace(/\s/g, '')];
    const start = number(own.length);
    const stretch = own.slice(start, start + 2 + number(5)).join('');
    const ways = [words(2).join(' '), words(3).join(' '), `${stretch} ${word()}`, `${word()} -${stretch}`, `${word()}${number(100)}`, `"${stretch}"`, `${number(100)} ${word()}`];
    queries.add(ways[number(14)] ?? stretch);
  }
  return [...queries];
}

/** What tantivy answers. @param {string[]} queries @param {string[]} options */
function oracle(queries, ...options) {
  const answered = spawnSync(BINARY, ['search', '--root', folder, '--each-line', '--json', ...options], {
    input: `${queries.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30,
  });
  assert.equal(answered.status, 0, answered.stderr);
  return answered.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
}

/** @param {{document: number, score: number, tier: string}[]} hits @param {{document: number, score: number, tier: string, url: string}[]} expected @param {string} query */
function same(hits, expected, query) {
  const close = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) <= TOLERANCE * b;
  for (const [at, hit] of expected.entries()) {
    const own = hits[at];
    assert.ok(own && own.tier === hit.tier && close(own.score, hit.score), `result ${at + 1} of ${query}: ${JSON.stringify(own)} and ${JSON.stringify(hit)}`);
    // Another document only where the scores tie.
    const here = hits.find(({ document }) => document === hit.document);
    assert.ok(here ? close(here.score, hit.score) : close(hits.at(-1)?.score ?? 0, hit.score), `${hit.url} for ${query}`);
  }
}

test(`tantivy and the client agree on ${QUERIES} queries of a large site`, async () => {
  const queries = draw();
  const answers = oracle(queries, '--limit', String(COMPARED));
  let [early, far] = [0, 0];
  for (const [at, query] of queries.entries()) {
    const expected = answers[at];
    assert.equal(expected.query, query);
    // Each by itself: nothing has been read for another.
    index.terms.clear();
    const planned = plan(query, index.synonyms, index.readings);
    const first = await search(index, planned, PAGE);
    assert.equal(first.total, expected.total, `number of results of ${query}`);
    same(first.hits.slice(0, COMPARED), expected.hits.slice(0, Math.min(PAGE, first.hits.length)), query);
    if (first.hits.length < first.total) {
      early += 1;
      same(first.hits, expected.hits.slice(0, first.hits.length), query);
    }
    const whole = await search(index, planned);
    assert.equal(whole.hits.length, expected.total, `all results of ${query}`);
    same(whole.hits, expected.hits, query);
    for (const found of await Promise.all(index.terms.values())) {
      for (const list of found.fields.values()) if (!list.near && list.documents.includes(-1) && list.documents.some((document) => document >= 0)) far += 1;
    }
  }
  assert.ok(early >= 15, `only ${early} queries were answered by the best documents`);
  assert.ok(far >= 20, `only ${far} lists were read in part`);
});

test('a common word costs its shard and nothing else, a page far behind its list', async () => {
  for (const query of ['道路', '公園', '水']) {
    index.terms.clear();
    index.files.files.clear();
    const planned = plan(query, index.synonyms, index.readings);
    read.length = 0;
    const first = await search(index, planned, PAGE);
    assert.equal(first.hits.length, 50, query);
    assert.equal(read.length, 1, `${query}: a shard`);
    const whole = await search(index, planned, 51);
    assert.equal(whole.hits.length, first.total, query);
    assert.ok(read.length > 1, `${query}: the list lies apart`);
  }
});

test('a word that stands in a few rows reads a part of a common one\'s list', async () => {
  index.terms.clear();
  const [expected] = oracle(['"37" "道路"']);
  const { total } = await search(index, plan('"37" "道路"'));
  assert.equal(total, expected.total);
  const list = (await index.postings('道路')).fields.get(0);
  assert.ok(list && !list.near);
  const read = list.documents.filter((document) => document >= 0).length;
  assert.ok(read > 0 && read < list.documents.length, `${read} of ${list.documents.length} documents are read`);
});

test('a phrase of common words is found by triples, without the positions of the pairs', async () => {
  for (const query of ['道路公園', '"公園道路"', '施設道路公園']) {
    index.terms.clear();
    const planned = plan(query, index.synonyms, index.readings);
    const pairs = planned.keywords.flatMap(({ terms }) => terms.map(([, term]) => term));
    assert.ok(pairs.every((pair) => index.manifest.long.includes(` ${pair} `)), `${pairs} are long`);
    const { total } = await search(index, planned);
    const [expected] = oracle([query]);
    assert.equal(total, expected.total, query);
    assert.ok(total > 0, query);
    for (const pair of pairs)
      for (const { places } of (await index.postings(pair)).fields.values()) assert.equal(places.length, 0, `${pair} of ${query}`);
  }
});

test('what early answers are made of is explained as tantivy does', async () => {
  const queries = ['道路', '公園', '水', 'DX'];
  const answers = oracle(queries, '--limit', '3', '--explain');
  for (const [at, query] of queries.entries()) {
    for (const hit of answers[at].hits) {
      const parts = await explain(index, plan(query), hit, score);
      assert.ok(Math.abs(sum(parts) - hit.score) <= TOLERANCE * hit.score, `sum for ${hit.url} and ${query}`);
    }
  }
});

test(`${MUTATIONS} damaged lists, positions and lengths give the right answer or an error`, async () => {
  // The rest of a common word's list, triples of two common words, and the lengths of fields.
  const answers = async (/** @type {(path: string) => Promise<Uint8Array>} */ get) => {
    const own = await Index.open(join(site, 'search/'), get);
    const { total, hits } = await search(own, plan('"37" 道路 道路公園'));
    return JSON.stringify([total, hits]);
  };
  /** @type {Map<string, string[]>} */
  const byKind = new Map([['norms', []], ['apart', []], ['triples', []]]);
  const { norms, router, words, ...others } = index.manifest;
  const known = new Set([...router, ...Object.values(words), ...Object.values(others)]);
  const [plain, mixed, ofTriples] = others.shards;
  const shards = Array.from({ length: plain + mixed + ofTriples }, (_, at) => nameOf(`terms ${at}`, []));
  const [terms, triples] = [new Set(shards.slice(0, plain + mixed)), new Set(shards.slice(plain + mixed))];
  await answers(async (path) => {
    const name = basename(path, '.kwb');
    const kind = norms.includes(name) ? 'norms' : triples.has(name.slice(0, 6)) ? 'triples' : path.endsWith('.json') || known.has(name) || terms.has(name.slice(0, 6)) ? '' : 'apart';
    byKind.get(kind)?.push(path);
    return readFile(path);
  });
  assert.ok([...byKind.values()].every(({ length }) => length), 'all kinds are read');
  const folder = join(site, 'search');
  const files = readdirSync(folder).filter((name) => name.endsWith('.kwb')).map((name) => join(folder, name));
  await refused(MUTATIONS, byKind, answers, { files, manifest: join(folder, 'manifest.json') });
});
