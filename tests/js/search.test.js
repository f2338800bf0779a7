/**
 * The **client against tantivy**: over the files of the built sample site, the browser's modules return
 * the same documents, scores and order as tantivy does over the index in memory.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { useTables } from '../../themes/default/assets/search/analyzer.js';
import { normalise } from '../../themes/default/assets/search/analyzer.js';
import { Index } from '../../themes/default/assets/search/index.js';
import { explain, sum } from '../../themes/default/assets/search/explain.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import * as score from '../../themes/default/assets/search/score.js';
import { slips } from '../../themes/default/assets/search/slips.js';
import { snippet } from '../../themes/default/assets/search/snippet.js';
import { meant } from '../../themes/default/assets/search/suggest.js';

const { search } = score;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const TOLERANCE = 1e-5;
/** What a page waits for, and what is loaded later. */
const MOST_BYTES = 14 * 1024;
const MOST_BYTES_COMPLETION = 1.5 * 1024;
const MOST_BYTES_LATER = 3.5 * 1024;
const QUERIES = 10_000;
/** So many are explained too, with so many results each. */
const EXPLAINED = 400;
const SHOWN = 5;

const folder = join(SITE, 'search/');
const get = async (/** @type {string} */ path) => new Uint8Array(readFileSync(path));

/** A small generator of numbers, the same in every run. @param {number} seed */
function random(seed) {
  return (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(seed / 2 ** 32 * below);
  };
}

/** Queries drawn from the content: stretches of its text, words of its titles, several at once. */
function draw() {
  const number = random(20260401);
  const texts = readdirSync(join(SITE, 'measures'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const measure = JSON.parse(readFileSync(join(SITE, 'measures', name), 'utf8'));
      return [measure.title, measure.direction, measure.result?.account].map((text) => (typeof text === 'object' ? text?.ja : text));
    })
    .filter((text) => typeof text === 'string' && text.length > 4);
  assert.ok(texts.length > 100, 'the sample has texts to draw from');
  const stretch = (/** @type {string[]} */ text) => {
    const start = number(text.length - 1);
    return text.slice(start, start + 1 + number(7)).join('').replace(/\s/g, '');
  };
  const queries = new Set([
    // Slips that may have been meant for another word, years in every calendar, variants and marks.
    'ふるさと能税', 'ぼうさい', 'こそだて', '子育て支緩', 'デジタル可', 'いりょう', '令和五年度', 'R5', 'r5年', '２０２３年度', '平成30年', '昭和六十四年',
    '㈱', '①保健', '廣域', '髙橋', '葛\u{e0100}城', '人々', 'コンピューター', 'コンピュータ', '々', 'ー', 'ｰ', '〆切', '〇', '一', '1', 'a', 'ａ１', 'が\u3099',
    // What may upset a client.
    '"', '""', '-', '--', '-"', '"-"', '-"道路"', '"道路" "', '-道路 -橋', '" "', '\\', '(a OR b)', 'title:道路', '*', '道*', '[', '😀道路', '\u{1f469}\u200d\u{1f467}', '\u202e道路',
    '道'.repeat(200), 'abc'.repeat(60), '道路 '.repeat(40), '\u0301', 'ﾞ', '\u{2f800}', '🈁',
    'ふるさと納税', 'ﾌﾙｻﾄ納税', '令和３年', '令和3年度', 'R4', '2021', 'DX', 'ＤＸ', '水', '橋 道路', 'ゴミ', 'ごみ', 'バス、高齢者',
    '存在しない言葉ですよ', '!?', '', '-道路', '"ふるさと納税" -返礼', '古里納税', 'センタ', 'センター', 'carbom', '令和4年度の子育て支援はどうなりましたか',
  ]);
  while (queries.size < QUERIES) {
    const text = [...texts[number(texts.length)]];
    const words = Array.from({ length: 1 + number(3) }, () => stretch(text));
    const query = words.join(' ');
    // Other widths, quotation marks, what must not be there, a whole sentence.
    const ways = [query.normalize('NFKD').toUpperCase(), `"${query}"`, `${query} -${stretch(text)}`, text.slice(0, 40).join('').replace(/\s/g, '')];
    queries.add(ways[number(20)] ?? query);
  }
  return [...queries];
}

/** @type {Index} */
let index;
before(async () => {
  index = await Index.open(folder, get);
  index.slips = (own) => slips(index, own);
});

/** What tantivy answers. @param {string[]} queries @param {string[]} options */
function oracle(queries, ...options) {
  const answered = spawnSync(BINARY, ['search', '--root', ROOT, '--each-line', '--json', ...options], {
    input: `${queries.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30,
  });
  assert.equal(answered.status, 0, answered.stderr);
  const answers = answered.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, queries.length);
  return answers;
}

/** @param {number} score @param {number} expected @param {string} what */
const close = (score, expected, what) =>
  assert.ok(Math.abs(score - expected) <= TOLERANCE * expected, `${what}: ${score} and ${expected}`);

test(`tantivy and the client agree on ${QUERIES} queries`, async () => {
  const queries = draw();
  const answers = oracle(queries, '--limit', '1000000');
  let withHits = 0;
  let loose = 0;
  let meantSome = 0;
  for (const [at, query] of queries.entries()) {
    const expected = answers[at];
    assert.equal(expected.query, query);
    const planned = plan(query, index.synonyms, index.readings);
    const { hits: found, total } = await search(index, planned);
    assert.equal(found.length, total);
    const scores = new Map(found.map(({ document, score }) => [document, score]));
    const tiers = new Map(found.map(({ document, tier }) => [document, tier]));
    assert.equal(found.length, expected.total, `number of results of ${query}`);
    let last = Infinity;
    let tier = 'A';
    for (const hit of expected.hits) {
      assert.equal(tiers.get(hit.document), hit.tier, `tier of ${hit.url} for ${query}`);
      if (hit.tier !== tier) [tier, last] = [hit.tier, Infinity];
      if (tier === 'B') loose += 1;
      const score = scores.get(hit.document) ?? NaN;
      close(score, hit.score, `score of ${hit.url} for ${query}`);
      // The same order, where the scores do not tie.
      assert.ok(score <= last * (1 + TOLERANCE), `order of ${hit.url} for ${query}`);
      last = score;
    }
    if (found.length) withHits += 1;
    const suggested = found[0]?.tier === 'A' ? [] : await meant(index, planned, normalise);
    assert.deepEqual(suggested, expected.meant, `what ${query} may have meant`);
    if (suggested.length) meantSome += 1;
  }
  assert.ok(withHits > QUERIES / 2, `only ${withHits} queries found anything`);
  assert.ok(loose > QUERIES, `only ${loose} results of tier B`);
  assert.ok(meantSome >= 4, `only ${meantSome} queries have suggestions`);
});

test('tantivy and the client explain a score by the same parts, which add up to it', async () => {
  const queries = draw().slice(0, EXPLAINED);
  const answers = oracle(queries, '--limit', String(SHOWN), '--explain');
  let explained = 0;
  for (const [at, query] of queries.entries()) {
    const planned = plan(query, index.synonyms, index.readings);
    for (const hit of answers[at].hits) {
      const parts = await explain(index, planned, hit, score);
      const told = (/** @type {{words: string, field: string}[]} */ parts) => parts.map(({ words, field }) => `${field}: ${words}`);
      assert.deepEqual(told(parts), told(hit.parts), `parts of ${hit.url} for ${query}`);
      for (const [part, { score }] of parts.entries()) close(score, hit.parts[part].score, `part ${part} of ${hit.url} for ${query}`);
      // A query that only excludes has no parts: every document is worth the same.
      if (parts.length) close(sum(parts), hit.score, `sum for ${hit.url} and ${query}`);
      close(hit.tantivy.value, hit.score, `tantivy's own explanation of ${hit.url} for ${query}`);
      explained += 1;
    }
  }
  assert.ok(explained > EXPLAINED, `only ${explained} results were explained`);
});

test('a hit is found in its text, whatever its width', async () => {
  const { hits: [hit] } = await search(index, plan('ﾌﾙｻﾄ納税'));
  assert.ok(hit);
  const pieces = snippet((await index.text(hit.document)).own, plan('ﾌﾙｻﾄ納税').keywords);
  assert.ok(pieces.some((piece) => piece.hit && piece.text === 'ふるさと納税'), JSON.stringify(pieces));
});

test('a snippet marks whole words, in the spelling of the text', () => {
  const marks = (/** @type {string} */ text, /** @type {string} */ query) =>
    snippet(text, plan(query).keywords).filter((piece) => piece.hit).map((piece) => piece.text);
  assert.deepEqual(marks('庁内のＤＸを進め、DXSは使わない。', 'dx'), ['ＤＸ']);
  assert.deepEqual(marks('ｻｰﾋﾞｽとサービス', 'さーびす'), ['ｻｰﾋﾞｽ', 'サービス']);
  assert.deepEqual(marks('人々と佐々木', '人人'), ['人々']);
  // Pairs that overlap are one mark, and a mark that begins before the excerpt is none.
  assert.deepEqual(marks('市立図書館の本', '図書 書館 館の'), ['図書館の']);
  assert.deepEqual(marks('図書館の図書と書館', '図書 書館'), ['図書館', '図書', '書館']);
  assert.deepEqual(marks('なにもない', '水道'), []);
  const whole = snippet('かわら市立図書館', plan('図書館').keywords, 8).map(({ text }) => text).join('');
  assert.equal(whole, 'かわら市立図書館', 'what fits is not cut');
});

test('files that every search needs stand in the manifest, and only there', () => {
  const { inline, tables, groups, blocks, readings, words, router } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const needed = [tables, groups, blocks, readings, ...Object.values(words), ...router];
  assert.deepEqual([...new Set(needed)].sort(), Object.keys(inline).sort());
  const files = new Set(readdirSync(folder));
  assert.deepEqual(needed.filter((name) => files.has(`${name}.kwb`)), []);
});

test('an index of another format is refused, and a second one with other tables', async () => {
  const other = async (/** @type {string} */ path) => {
    const bytes = await get(path);
    if (!path.endsWith('manifest.json')) return bytes;
    const manifest = JSON.parse(new TextDecoder().decode(bytes));
    return new TextEncoder().encode(JSON.stringify({ ...manifest, format: 'kawaraban-search/0' }));
  };
  await assert.rejects(Index.open(folder, other), /the files are kawaraban-search\/0; this script reads kawaraban-search\/12/);
  const text = readFileSync(join(ROOT, 'src/search/analyzer/tables.json'), 'utf8');
  const tables = JSON.stringify({ ...JSON.parse(text), fold: '' });
  assert.throws(() => useTables(tables), /two indexes with different tables/);
  // An index that was published anew takes the place of the one before.
  useTables(tables, true);
  useTables(text, true);
});

test('the client is small, and so is what it loads later', () => {
  const [assets = ''] = readdirSync(join(SITE, 'assets'));
  for (const [name, most] of /** @type {[string, number][]} */ ([['kawaraban-search', MOST_BYTES], ['kawaraban-search-complete', MOST_BYTES_COMPLETION], ['kawaraban-search-more', MOST_BYTES_LATER]])) {
    const script = readFileSync(join(SITE, 'assets', assets, `search/${name}.js`));
    assert.ok(!/^\s*(import|export)\b/m.test(script.toString('utf8')), 'it is one script');
    const bytes = gzipSync(script, { level: 9 }).length;
    assert.ok(bytes <= most, `${name}: ${bytes} bytes`);
  }
});
