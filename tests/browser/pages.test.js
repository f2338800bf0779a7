/**
 * **Every type of page**: whole and quiet under the strictest policy, readable without JavaScript, as
 * wide as a phone, and without a fault that axe can find (WCAG 2.2 AA).
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { everyPage, faults, open, pageTypes, watchedPage } from './site.js';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

const types = pageTypes();

test('the sample has a page of every type', () => {
  const there = new Set(everyPage());
  const without = [...types].filter(([, path]) => !there.has(path));
  assert.deepEqual(without, []);
});

describe('quiet: no request outside the origin, no breach of the policy, nothing on the console', () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const { page, complaints, close } = await watchedPage(opened, { viewport: DESKTOP });
      const response = await page.goto(`${opened.origin}/${path}`, { waitUntil: 'networkidle' });
      assert.equal(response?.status(), 200);
      assert.deepEqual(complaints, []);
      assert.notEqual((await page.title()).trim(), '');
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.locator('html').getAttribute('lang'), path.startsWith('en/') ? 'en' : 'ja');
      const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
      assert.match(await policy.getAttribute('content') ?? '', /default-src 'self'/);
      await close();
    });
  }
});

test('a page that is not there is the 404 page, whole and quiet', async () => {
  const { page, complaints, close } = await watchedPage(opened);
  await page.goto(`${opened.origin}/nowhere.html`, { waitUntil: 'networkidle' });
  assert.equal(await page.locator('h1').count(), 1);
  // Chromium itself says on the console that the page was answered with 404.
  const own = complaints.filter((complaint) => !complaint.includes('status of 404'));
  assert.deepEqual(own, []);
  await close();
});

describe('readable without JavaScript, and no wider than a phone', () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const { page, complaints, close } = await watchedPage(opened, { viewport: PHONE, javaScriptEnabled: false });
      await page.goto(`${opened.origin}/${path}`);
      assert.deepEqual(complaints, []);
      const main = (await page.locator('main').innerText()).trim();
      assert.ok(main.length > 20, `the page says only: ${main}`);
      await close();

      const phone = await watchedPage(opened, { viewport: PHONE });
      await phone.page.goto(`${opened.origin}/${path}`, { waitUntil: 'networkidle' });
      const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= PHONE.width, `the page is ${width} pixels wide`);
      await phone.close();
    });
  }
});

test('the search page says without JavaScript what to do instead', async () => {
  const { page, close } = await watchedPage(opened, { javaScriptEnabled: false });
  await page.goto(`${opened.origin}/search.html`);
  const main = page.locator('main');
  assert.match(await main.innerText(), /JavaScript/);
  assert.ok(await main.locator('a[href]:visible').count() > 0, 'there are links to go on with');
  await close();
});

describe('no fault that axe finds', () => {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [type, path] of types) {
      test(`${type}, ${scheme}`, async () => {
        const { page, close } = await watchedPage(opened, { viewport: DESKTOP, colorScheme: scheme, bypassCSP: true });
        await page.goto(`${opened.origin}/${path}`, { waitUntil: 'networkidle' });
        assert.deepEqual(await faults(page), []);
        await close();
      });
    }
  }
});
