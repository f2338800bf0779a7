/**
 * **What a page weighs and how it settles**: bytes on the wire from a host that compresses texts, everything included
 * that the browser asks for by itself; nothing moves once it is drawn; what is kept for ever is named by its content.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { open, pageTypes, watchedPage } from './site.js';

const PHONE = { width: 360, height: 740 };
const KB = 1024;

/** The most that a page of a type may weigh. A page that is not named may weigh as much as home. */
const LIMITS = new Map(Object.entries({
  'home': 50 * KB,
  'measure with result': 30 * KB,
  'measure without result': 30 * KB,
}));

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open({ compress: true }); });
after(() => opened.close());

const types = [...pageTypes()].filter(([type]) => !type.endsWith('(en)'));

/** What came of a page that was loaded once for all tests. @typedef {{url: string, all: [string, number][], bytes: number, shift: number}} Loaded */

/** @type {Map<string, Promise<Loaded>>} */
const loaded = new Map();

/** A page once it has settled: the bytes of every answer, heads included, and how far its content moved. @param {string} path */
function settled(path) {
  const known = loaded.get(path) ?? load(path);
  loaded.set(path, known);
  return known;
}

/** @param {string} path @returns {Promise<Loaded>} */
async function load(path) {
  const { page, close } = await watchedPage(opened, { viewport: PHONE });
  /** @type {Promise<[string, number]>[]} */
  const answers = [];
  page.on('requestfinished', (request) => {
    answers.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) =>
      [request.url(), responseBodySize + responseHeadersSize]));
  });
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) /** @type {any} */ (window).shift += /** @type {any} */ (entry).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${opened.origin}/${path}`, { waitUntil: 'networkidle' });
  const all = await Promise.all(answers);
  // A frame after the last script has run.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shift = await page.evaluate(() => /** @type {any} */ (window).shift);
  const url = page.url();
  await close();
  return { url, all, bytes: all.reduce((sum, [, size]) => sum + size, 0), shift };
}

describe('no page is heavier than it may be', () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const { all, bytes } = await settled(path);
      const limit = LIMITS.get(type) ?? 50 * KB;
      assert.ok(all.some(([url]) => url.endsWith('site.css')), 'the style is among what was weighed');
      assert.ok(bytes <= limit, `${bytes} bytes of at most ${limit}: ${JSON.stringify(all)}`);
    });
  }
});

test('all styles together have at most 12 KB', async () => {
  const sheets = new Map();
  for (const [, path] of types) {
    const { all } = await settled(path);
    for (const [url, size] of all) if (url.endsWith('.css')) sheets.set(url, size);
  }
  const bytes = [...sheets.values()].reduce((sum, size) => sum + size, 0);
  assert.ok(sheets.size > 0);
  assert.ok(bytes <= 12 * KB, `${bytes} bytes: ${JSON.stringify([...sheets])}`);
});

describe('nothing moves while a page loads', () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const { shift } = await settled(path);
      assert.ok(shift <= 0.01, `the content moved by ${shift}`);
    });
  }
});

test('whatever a page loads beside itself is named by its content', async () => {
  for (const [type, path] of types) {
    const { url: own, all } = await settled(path);
    // The index's manifest is the one file whose content changes under its name; it names all others.
    const others = all.map(([url]) => url).filter((url) => url !== own && !/search\/manifest\.json$|\.html$/.test(url));
    for (const url of others) assert.match(new URL(url).pathname, /\/[0-9a-f]{12}[/.]|\/favicon\./, `${type} loads ${url}`);
  }
});
