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
import { gunzipSync } from 'node:zlib';

import { Index } from '../../themes/default/assets/search/index.js';
import { plan } from '../../themes/default/assets/search/plan.js';
import { search } from '../../themes/default/assets/search/score.js';
import { snippet } from '../../themes/default/assets/search/snippet.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const TOLERANCE = 1e-5;
const QUERIES = 1500;

const folder = join(SITE, 'search/');
const get = async (/** @type {string} */ path) => {
  const bytes = readFileSync(path);
  return path.endsWith('.kwb') ? new Uint8Array(gunzipSync(bytes)) : new Uint8Array(bytes);
};

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
before(async () => { index = await Index.open(folder, get); });

test(`tantivy and the client agree on ${QUERIES} queries`, async () => {
  const queries = draw();
  const answered = spawnSync(BINARY, ['search', '--root', ROOT, '--each-line', '--json', '--limit', '1000000'], {
    input: `${queries.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30,
  });
  assert.equal(answered.status, 0, answered.stderr);
  const answers = answered.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, queries.length);
  let withHits = 0;
  let loose = 0;
  for (const [at, query] of queries.entries()) {
    const expected = answers[at];
    assert.equal(expected.query, query);
    const found = await search(index, plan(query, index.manifest.synonyms));
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
      assert.ok(Math.abs(score - hit.score) <= TOLERANCE * hit.score, `score of ${hit.url} for ${query}: ${score} and ${hit.score}`);
      // The same order, where the scores do not tie.
      assert.ok(score <= last * (1 + TOLERANCE), `order of ${hit.url} for ${query}`);
      last = score;
    }
    if (found.length) withHits += 1;
  }
  assert.ok(withHits > QUERIES / 2, `only ${withHits} queries found anything`);
  assert.ok(loose > QUERIES, `only ${loose} results of tier B`);
});

test('a hit is found in its text, whatever its width', async () => {
  const [hit] = await search(index, plan('ﾌﾙｻﾄ納税'));
  assert.ok(hit);
  const pieces = snippet(await index.text(hit.document), plan('ﾌﾙｻﾄ納税').keywords);
  assert.ok(pieces.some((piece) => piece.hit && piece.text === 'ふるさと納税'), JSON.stringify(pieces));
});

test('a snippet marks whole words, in the spelling of the text', () => {
  const marks = (/** @type {string} */ text, /** @type {string} */ query) =>
    snippet(text, plan(query).keywords).filter((piece) => piece.hit).map((piece) => piece.text);
  assert.deepEqual(marks('庁内のＤＸを進め、DXSは使わない。', 'dx'), ['ＤＸ']);
  assert.deepEqual(marks('ｻｰﾋﾞｽとサービス', 'さーびす'), ['ｻｰﾋﾞｽ', 'サービス']);
  assert.deepEqual(marks('人々と佐々木', '人人'), ['人々']);
  assert.deepEqual(marks('なにもない', '水道'), []);
});

test('an index of another format or with other tables is refused', async () => {
  for (const change of [{ format: 'kawaraban-search/0' }, { analyzer: '00000000' }]) {
    const other = async (/** @type {string} */ path) => {
      const bytes = await get(path);
      if (!path.endsWith('manifest.json')) return bytes;
      return new TextEncoder().encode(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(bytes)), ...change }));
    };
    await assert.rejects(Index.open(folder, other), /this client reads kawaraban-search\/1/);
  }
});
