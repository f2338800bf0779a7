/**
 * **Home answers on the first screen** of a phone: what was promised and what came of it, what it cost, and
 * where to look. And no page of any type scrolls sideways, however narrow the window.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { open, pageTypes, watchedPage } from './site.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

test('home answers above 900 pixels of a phone', async () => {
  const { page, close } = await watchedPage(opened, { viewport: { width: 390, height: 900 } });
  await page.goto(`${opened.origin}/index.html`);
  for (const id of ['promise', 'money', 'by-topic']) {
    const answer = page.locator(`section[aria-labelledby="${id}"]`).locator('.answer, .topic-grid a').first();
    const box = await answer.boundingBox();
    assert.ok(box && box.y + box.height <= 900, `${id} ends at ${box && box.y + box.height}`);
  }
  await close();
});

test('home says how many reached their goal, and the sum that was spent', async () => {
  const { page, close } = await watchedPage(opened, { viewport: { width: 390, height: 900 } });
  await page.goto(`${opened.origin}/index.html`);
  assert.match(await page.locator('section[aria-labelledby="promise"] .answer').innerText(), /\d+件の施策のうち、\d+件/);
  assert.match(await page.locator('section[aria-labelledby="money"] .answer').innerText(), /[\d.,]+(億|万)円/);
  await close();
});

describe('nothing scrolls sideways', { concurrency: 2 }, () => {
  for (const width of [320, 390]) {
    test(`${width} pixels`, async () => {
      const { page, close } = await watchedPage(opened, { viewport: { width, height: 800 } });
      for (const [type, path] of pageTypes()) {
        await page.goto(`${opened.origin}/${path}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${type}: ${over} pixels too wide`);
      }
      await close();
    });
  }
});

describe('charts', () => {
  test('figures stand clear of the lines of their chart', async () => {
    const { page, close } = await watchedPage(opened, { viewport: { width: 360, height: 800 } });
    const measure = pageTypes().get('measure with result') ?? '';
    await page.goto(`${opened.origin}/${measure}`);
    const crossed = await page.evaluate(() => [...document.querySelectorAll('svg.chart[role=img]')].flatMap((chart) => {
      const lines = [...chart.querySelectorAll('line.target, line.baseline')].map((line) => line.getBoundingClientRect());
      return [...chart.querySelectorAll('text.value')].filter((text) => !/年|令和|平成|^\d{4}$/.test(text.textContent ?? '')).flatMap((text) => {
        const box = text.getBoundingClientRect();
        // A box of a text is taller than its digits.
        const [top, bottom] = [box.top + box.height * 0.28, box.bottom - box.height * 0.22];
        return lines.filter((line) => line.left < box.right && line.right > box.left && line.bottom > top && line.top < bottom)
          .map(() => text.textContent);
      });
    }));
    assert.deepEqual(crossed, []);
    const outside = await page.evaluate(() => [...document.querySelectorAll('svg.chart[role=img]')].flatMap((chart) => {
      const frame = chart.getBoundingClientRect();
      return [...chart.querySelectorAll('line.target')].filter((line) => {
        const box = line.getBoundingClientRect();
        return box.top < frame.top || box.bottom > frame.bottom || box.left < frame.left || box.right > frame.right;
      }).map((line) => line.outerHTML);
    }));
    assert.deepEqual(outside, []);
    await close();
  });
});
