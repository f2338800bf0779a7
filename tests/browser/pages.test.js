/**
 * **Every type of page**: whole and quiet under the strictest policy, readable without JavaScript, no wider
 * than a phone, and without a fault that axe can find (WCAG 2.0 to 2.2 A and AA, best practices) on a phone
 * and on a desktop, in light and dark.
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

/**
 * Every look at a type is taken at one loaded page, which lives under the policy that the site promises: axe is
 * brought in by the debugger, not by the page. What changes between the looks is the window and the scheme.
 */
describe('every type: quiet under the policy, no wider than a phone, without a fault that axe finds', { concurrency: 2 }, () => {
  for (const [type, path] of types) {
    test(type, async (t) => {
      const { page, complaints, close } = await watchedPage(opened, { viewport: DESKTOP });
      const response = await page.goto(`${opened.origin}/${path}`, { waitUntil: 'networkidle' });

      await t.test('one heading, its language, no request outside the origin, nothing on the console', async () => {
        assert.equal(response?.status(), 200);
        assert.notEqual((await page.title()).trim(), '');
        assert.equal(await page.locator('h1').count(), 1);
        assert.equal(await page.locator('html').getAttribute('lang'), path.startsWith('en/') ? 'en' : 'ja');
        const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
        assert.match(await policy.getAttribute('content') ?? '', /default-src 'self'/);
        assert.deepEqual(complaints, []);
      });
      for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
        await page.setViewportSize(viewport);
        await t.test(`no wider than the window, ${size}`, async () => {
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(width <= viewport.width, `the page is ${width} pixels wide`);
        });
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          await page.emulateMedia({ colorScheme });
          await t.test(`axe, ${size}, ${colorScheme}`, async () => assert.deepEqual(await faults(page), []));
        }
      }
      await close();
    });
  }
});

test('axe would find a text too pale in either scheme, a picture without words, and a target too small on a phone', async () => {
  const { page, close } = await watchedPage(opened, { viewport: PHONE, bypassCSP: true });
  await page.goto(`${opened.origin}/index.html`);
  await page.evaluate(() => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<p style="color: #888; background: #999">pale</p><img src="data:,"><p><button style="all: unset; width: 8px; height: 8px">a</button><button style="all: unset; width: 8px; height: 8px">b</button></p>');
  });
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    const found = (await faults(page)).join('\n');
    for (const rule of ['color-contrast', 'image-alt', 'target-size']) assert.match(found, new RegExp(rule));
  }
  await close();
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

describe('readable without JavaScript, and no wider than a phone', { concurrency: 2 }, () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const { page, complaints, close } = await watchedPage(opened, { viewport: PHONE, javaScriptEnabled: false });
      await page.goto(`${opened.origin}/${path}`);
      assert.deepEqual(complaints, []);
      const main = (await page.locator('main').innerText()).trim();
      assert.ok(main.length > 20, `the page says only: ${main}`);
      const width = await page.locator('html').evaluate((html) => html.scrollWidth);
      assert.ok(width <= PHONE.width, `the page is ${width} pixels wide`);
      await close();
    });
  }
});

describe('titles break between phrases, not within one that a line has room for', { concurrency: 2 }, () => {
  for (const width of [360, 390, 1280]) {
    test(`${width} pixels`, async () => {
      const { page, close } = await watchedPage(opened, { viewport: { width, height: 740 } });
      let broken = 0;
      for (const [type, path] of types) {
        if (path.startsWith('en/')) continue;
        await page.goto(`${opened.origin}/${path}`);
        const { torn, turns } = await page.locator('h1, .card-title, .lines li > a').evaluateAll(tornTitles);
        assert.deepEqual(torn, [], type);
        broken += turns;
      }
      assert.ok(width > 1000 || broken > 10, `${broken} lines were broken`);
      await close();
    });
  }

  test('and one that breaks anywhere is noticed', async () => {
    const { page, close } = await watchedPage(opened, { viewport: { width: 360, height: 740 }, bypassCSP: true });
    await page.goto(`${opened.origin}/${types.get('measure with result')}`);
    await page.addStyleTag({ content: 'h1 { word-break: break-all !important; text-wrap: wrap !important; }' });
    await page.locator('h1').evaluate((title) => { title.innerHTML = 'だれもが<wbr>使える<wbr>オンライン手続の<wbr>推進と'.repeat(3); });
    assert.notDeepEqual((await page.locator('h1').evaluateAll(tornTitles)).torn, []);
    await close();
  });
});

/**
 * The titles of which a line ends within a phrase that begins on it, though the next had room for the whole, and how many
 * lines end at all.
 * @param {Element[]} titles
 */
function tornTitles(titles) {
  /** @type {string[]} */
  const torn = [];
  let turns = 0;
  for (const title of titles) {
    const room = title.getBoundingClientRect().width;
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    /** Phrases as boxes of letters. @type {DOMRect[][]} */
    const phrases = [[]];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeName === 'WBR') phrases.push([]);
      if (!(node instanceof Text) || node.parentElement?.closest('rt, rp, .visually-hidden')) continue;
      for (let at = 0; at < node.data.length; at++) {
        const letter = document.createRange();
        letter.setStart(node, at);
        letter.setEnd(node, at + 1);
        const box = letter.getBoundingClientRect();
        const isLetter = /[\p{L}\p{N}]/u.test(node.data[at] ?? '');
        if (isLetter && box.width) phrases.at(-1)?.push(box);
        else phrases.push([]);
      }
    }
    const tops = new Set(phrases.flat().map(({ top }) => Math.round(top)));
    turns += tops.size - 1;
    const isTorn = phrases.some((boxes) => new Set(boxes.map(({ top }) => Math.round(top))).size > 1 && boxes.reduce((sum, { width }) => sum + width, 0) < room * 0.97);
    if (isTorn) torn.push(title.textContent ?? '');
  }
  return { torn, turns };
}

test('the search page says without JavaScript what to do instead', async () => {
  const { page, close } = await watchedPage(opened, { javaScriptEnabled: false });
  await page.goto(`${opened.origin}/search.html`);
  const main = page.locator('main');
  assert.match(await main.innerText(), /JavaScript/);
  assert.ok(await main.locator('a[href]:visible').count() > 0, 'there are links to go on with');
  await close();
});
