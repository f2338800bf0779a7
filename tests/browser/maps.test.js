/**
 * **Maps as people meet them**: places lead to their rows and are listed, nothing runs over the edge of a telephone, in
 * light and dark, with and without scripts, under the policy of pages.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { faults, json, open, rows, SITE, watchedPage } from './site.js';

/** Bytes of a map of the sample on its way. */
const MOST_BYTES = 30 * 1024;

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

/** The datasets of the sample that have places. @type {string[]} */
const withPlaces = json('catalog.json').datasets.map((/** @type {{id: string}} */ { id }) => id)
  .filter((/** @type {string} */ id) => 'latitude' in (rows(id)[0] ?? {}));

/** The page at `address`, and what goes wrong on it. @param {string} address @param {object} [options] */
async function at(address, options) {
  const watched = await watchedPage(opened, options);
  await watched.page.goto(`${opened.origin}/${address}`, { waitUntil: 'networkidle' });
  return watched;
}

test('the sample has datasets with places', () => assert.ok(withPlaces.length >= 3, `${withPlaces}`));

describe('without scripts', () => {
  for (const id of withPlaces) {
    test(`every place of ${id} is in the list, once, and leads to its row`, async () => {
      const { page, complaints, close } = await at(`data/${id}.html`, { javaScriptEnabled: false });
      const placed = rows(id).map((row, index) => ({ ...row, number: index + 1 })).filter((row) => row.latitude !== null);
      const list = page.locator('section:has(#map) .places');
      assert.equal(await list.isVisible(), false, 'the list is folded');
      await page.locator('section:has(#map) summary').click();
      assert.equal(await list.isVisible(), true);
      const links = await list.locator('a').evaluateAll((all) => all.map((link) => [
        link.textContent ?? '', /** @type {HTMLAnchorElement} */ (link).href.replace(/^.*#row-/, ''),
      ]));
      const expected = placed.map((row) => [row.name, `${row.number}`]);
      const sorted = (/** @type {string[][]} */ pairs) => pairs.map((pair) => pair.join(' ')).sort();
      assert.deepEqual(sorted(links), sorted(expected));
      // The marks have the numbers of the list.
      const marks = await page.locator('svg.map a').count();
      assert.equal(await list.locator('li').count(), marks);
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  test('a mark leads to its row, and the mark of several places to the list', async () => {
    const { page, close } = await at('data/public-facilities.html', { javaScriptEnabled: false });
    const single = page.locator('svg.map a:not(:has(.course))').first();
    const name = await single.locator('title').textContent();
    await single.click();
    await page.waitForURL(/rows\/1\.html#row-\d+$/);
    assert.match(await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).innerText(), new RegExp(name ?? '-'));
    await page.goBack();
    const many = page.locator('svg.map a:has(.course)').first();
    const names = (await many.locator('title').textContent() ?? '').split('、');
    await many.click();
    const item = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
    const listed = await item.locator('a').allTextContents();
    assert.ok(listed.length > 1);
    assert.deepEqual(listed.slice(0, 2), names.slice(0, 2));
    await close();
  });
});

describe('on any screen', () => {
  for (const width of [320, 390, 1280]) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      for (const address of ['data/public-facilities.html', 'numbers.html', 'en/numbers.html']) {
        test(`${address} at ${width} pixels, ${colorScheme}`, async () => {
          const { page, complaints, close } = await at(address, { viewport: { width, height: 800 }, colorScheme });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${wide} pixels`);
          for (const box of await page.locator('svg.map').evaluateAll((maps) => maps.map((map) => {
            const { left, right, height } = map.getBoundingClientRect();
            return { left, right, height };
          }))) {
            assert.ok(box.left >= 0 && box.right <= width + 0.5, JSON.stringify(box));
            assert.ok(box.height > 150, JSON.stringify(box));
          }
          assert.deepEqual(complaints, []);
          assert.deepEqual(await faults(page), []);
          await close();
        });
      }
    }
  }

  test('numbers can be read on a narrow telephone', async () => {
    const { page, close } = await at('data/public-facilities.html', { viewport: { width: 320, height: 640 } });
    const sizes = await page.locator('svg.map .on').evaluateAll((texts) =>
      texts.map((text) => text.getBoundingClientRect().height));
    assert.ok(sizes.every((size) => size >= 10), `${sizes}`);
    await close();
  });
});

test('areas differ by their hatching, and the legend shows the same in words', async () => {
  const { page, close } = await at('numbers.html');
  const figure = page.locator('figure.map-block:has(svg[role=img])').first();
  const used = await figure.locator('svg.map g[fill]').evaluateAll((groups) => groups.map((group) => group.getAttribute('fill')));
  const shown = await figure.locator('.key g[fill]').evaluateAll((groups) => groups.map((group) => group.getAttribute('fill')));
  assert.ok(used.length > 1);
  assert.deepEqual(shown, used);
  const lines = await figure.locator('svg.map pattern').evaluateAll((patterns) =>
    patterns.map((pattern) => pattern.lastElementChild?.getAttribute('d')));
  assert.equal(new Set(lines).size, lines.length, 'no two classes have the same hatching');
  const words = await figure.locator('.key li').allTextContents();
  assert.ok(words.every((text) => /\d|値なし/.test(text)), `${words}`);
  assert.match(await figure.locator('svg.map desc').textContent() ?? '', /最も多いのは.+最も少ないのは/);
  await close();
});

test('a map of the sample is small', () => {
  for (const path of ['numbers.html', 'data/public-facilities.html']) {
    const page = readFileSync(join(SITE, path), 'utf8');
    const maps = page.match(/<svg class="chart map".*?<\/svg>/gs) ?? [];
    assert.ok(maps.length > 0);
    for (const map of maps) assert.ok(gzipSync(map).length <= MOST_BYTES, `${gzipSync(map).length} bytes`);
  }
});

test('another site can show a map', async () => {
  const { page, complaints, close } = await at('embed/numbers/population-map.html', { viewport: { width: 360, height: 640 } });
  assert.equal(await page.locator('svg.map[role=img]').count(), 1);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  assert.deepEqual(complaints, []);
  await close();
});

describe('with scripts', () => {
  const NEAR = { latitude: 35.2527, longitude: 136.0832 };

  /** Metres between two positions on a sphere, by another formula than the page's. @param {any} row */
  const metres = (row) => {
    const [a, b, c] = [row.latitude, NEAR.latitude, row.longitude - NEAR.longitude].map((degrees) => degrees * Math.PI / 180);
    return 6371000 * Math.acos(Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(c)));
  };

  test('a reader zooms in until places stand apart, by buttons and keys, and back', async () => {
    const { page, complaints, close } = await at('data/public-facilities.html', { viewport: { width: 390, height: 800 } });
    const map = page.locator('kawaraban-map');
    const shown = () => map.locator('svg.map a').evaluateAll((marks) =>
      marks.filter((mark) => mark.getAttribute('display') !== 'none').length);
    const box = () => map.locator('svg.map').getAttribute('viewBox');
    const size = () => map.locator('a:not([display=none]) .point').first().evaluate((circle) => circle.getBoundingClientRect().width);
    const [whole, marks, circle] = [await box(), await shown(), await size()];
    assert.equal(await map.getByRole('button', { name: '縮小' }).isDisabled(), true);
    for (let step = 0; step < 5; step++) await map.getByRole('button', { name: '拡大' }).click();
    assert.equal(await map.getByRole('button', { name: '拡大' }).isDisabled(), true);
    assert.ok(await shown() > marks, 'more marks stand apart');
    assert.equal(await map.locator('svg.map a.apart .course').count() < marks, true);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'nothing leaves the map');
    assert.equal(await map.locator('svg.map').evaluate((svg) => getComputedStyle(svg).overflow), 'hidden');
    assert.ok(Math.abs(await size() - circle) < 1, 'a circle stays as large as it was');
    const before = await box();
    await map.getByRole('group').first().focus();
    await page.keyboard.press('ArrowLeft');
    assert.notEqual(await box(), before);
    // What stands apart leads to its row.
    const apart = map.locator('svg.map a.apart:not(:has(.course))').first();
    assert.match(await apart.getAttribute('href') ?? '', /rows\/1\.html#row-\d+$/);
    assert.deepEqual(await faults(page), []);
    await map.getByRole('button', { name: '全体を表示' }).click();
    assert.equal(await box(), whole);
    assert.equal(await shown(), marks);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the list is sorted by distance when the reader asks, and the position goes nowhere', async () => {
    const { page, complaints, close } = await at('data/public-facilities.html', { geolocation: NEAR, permissions: ['geolocation'] });
    const list = page.locator('kawaraban-map .places');
    const order = () => list.locator('a').allTextContents();
    const written = await order();
    opened.requests.length = 0;
    await page.getByRole('button', { name: '現在地から近い順' }).click();
    await page.locator('kawaraban-map [role=status]').filter({ hasText: '並べました' }).waitFor();
    const expected = rows('public-facilities').filter((row) => row.latitude !== null)
      .sort((one, other) => metres(one) - metres(other));
    assert.deepEqual(await order(), expected.map((row) => row.name));
    assert.notDeepEqual(await order(), written);
    assert.equal(await list.isVisible(), true);
    assert.match(await list.locator('li').first().innerText(), /約\d+m/);
    assert.deepEqual(opened.requests, []);
    assert.deepEqual(complaints, []);
    assert.deepEqual(await faults(page), []);
    await close();
  });

  test('a reader who does not share the position is told, and keeps the list', async () => {
    const { page, complaints, close } = await at('data/public-facilities.html', { permissions: [] });
    await page.getByRole('button', { name: '現在地から近い順' }).click();
    await page.locator('kawaraban-map [role=status]').filter({ hasText: '現在地が分かりませんでした' }).waitFor();
    assert.ok(await page.locator('kawaraban-map .places a').count() > 40);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the script is small, and only pages with places load it', async () => {
    const loads = (/** @type {string} */ path) => /\/map\.js"/.test(readFileSync(join(SITE, path), 'utf8'));
    assert.deepEqual(['data/public-facilities.html', 'numbers.html', 'data/population.html', 'index.html'].map(loads),
      [true, true, false, false]);
    const [address = ''] = readFileSync(join(SITE, 'numbers.html'), 'utf8').match(/assets\/[^"]*map\.js/) ?? [];
    assert.ok(gzipSync(readFileSync(join(SITE, address))).length <= 4 * 1024);
  });
});
