/**
 * **A measure's page**: its charts are read by keyboard, say what the tables beside them say, and are still told
 * apart in the dark, in the system's colours and on paper; what can be downloaded of them is whole; and without
 * JavaScript nothing of it is missing.
 *
 * What the figures are is read from the published JSON, so that neither chart nor table vouches for the other.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';

import { json, open, pageTypes, rows, watchedPage } from './site.js';

const DESKTOP = { width: 1280, height: 900 };
/** A4 between its margins, in CSS pixels. */
const PAPER = { width: 673, height: 987 };
const A4 = [594, 842];

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

const measures = rows('measures').map((row) => json(`measures/${row.id}.json`));
/** What one page says of its figures: each indicator, the money. @param {any} measure */
const figuresOf = (measure) => measure.indicators.length * 10 + measure.budgets.length;
/** The page with the most charts, where something is to be read year by year. */
const richest = measures.filter((measure) => measure.indicators.length && measure.budgets.length)
  .sort((a, b) => figuresOf(b) - figuresOf(a))[0];
const path = `measures/${richest?.id}.html`;

/** @param {import('playwright-core').BrowserContextOptions} [options] @param {string} [where] */
async function visit(options = {}, where = path) {
  const watched = await watchedPage(opened, { reducedMotion: 'reduce', viewport: DESKTOP, ...options });
  await watched.page.goto(`${opened.origin}/${where}`, { waitUntil: 'networkidle' });
  return watched;
}

/** The digits of a text, as they are written: `1,234.5人` has `1234.5`. @param {string} text */
const numbers = (text) => (text.replaceAll(',', '').match(/-?\d+(\.\d+)?/g) ?? []);

describe('a chart is read by keyboard', () => {
  test('Tab reaches it, arrows go from year to year, Home and End to the ends, and each year says what its row says', async () => {
    const { page, complaints, close } = await visit();
    const parts = await page.locator('.chart-and-table').filter({ has: page.locator('[role=slider]') }).all();
    assert.ok(parts.length > 0, 'the sample has a chart of several years');
    for (const part of parts) {
      const slider = part.getByRole('slider');
      const years = Number(await slider.getAttribute('aria-valuemax'));
      const said = async () => await slider.getAttribute('aria-valuetext') ?? '';
      assert.notEqual(await slider.getAttribute('aria-label'), '');
      await slider.focus();
      assert.ok(await slider.evaluate((element) => getComputedStyle(element).outlineStyle !== 'none'), 'the focus is seen');
      await page.keyboard.press('Home');
      const all = [await said()];
      for (let year = 1; year < years; year += 1) {
        await page.keyboard.press(year % 2 ? 'ArrowRight' : 'ArrowUp');
        all.push(await said());
      }
      const end = await said();
      await page.keyboard.press('ArrowRight');
      assert.equal(await said(), end, 'beyond the last year there is nothing');
      await page.keyboard.press('Home');
      assert.equal(await said(), all[0]);
      await page.keyboard.press('ArrowLeft');
      assert.equal(await said(), all[0], 'nor before the first');
      await page.keyboard.press('End');
      assert.equal(await said(), end);
      assert.equal(new Set(all).size, years, 'every year has words of its own');

      assert.equal((await part.locator('.reading').textContent())?.trim(), end, 'who sees reads the same');
      assert.equal(await part.locator('.is-read').count(), 1, 'one year is marked');
      for (const row of await part.locator('table').first().locator('tbody tr').all()) {
        const year = /（(\d{4})）/.exec(await row.locator('th').textContent() ?? '')?.[1] ?? '';
        const words = all.find((text) => text.startsWith(year)) ?? assert.fail(`no words of ${year}`);
        const figures = await row.locator('td.number').allTextContents();
        const known = numbers(words.slice(words.indexOf('：')));
        for (const figure of known) assert.ok(figures.some((cell) => numbers(cell)[0] === figure), `${year}: ${figure} is not among ${figures}`);
      }
    }
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('.is-read').count(), 0, 'nothing stays marked when the focus has gone');
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the pointer reads the year below it', async () => {
    const { page, close } = await visit();
    const slider = page.getByRole('slider').first();
    await slider.scrollIntoViewIfNeeded();
    const first = page.locator('.chart-and-table').filter({ has: slider }).locator('.year').first();
    const box = await first.boundingBox() ?? assert.fail('the year is drawn');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal(await slider.getAttribute('aria-valuenow'), '1');
    assert.match(await first.getAttribute('class') ?? '', /is-read/);
    await close();
  });
});

test('every measure\'s tables have the figures that are published of it', async () => {
  const { page, close } = await visit();
  // All pages at once: they are read, not drawn.
  const texts = await page.evaluate((ids) => Promise.all(ids.map(async (id) => {
    const file = new DOMParser().parseFromString(await (await fetch(`${id}.html`)).text(), 'text/html');
    return [...file.querySelectorAll('section[aria-labelledby="indicators"] td, section[aria-labelledby="budget"] td')].map((cell) => cell.textContent ?? '');
  })), measures.map((measure) => measure.id));
  for (const [index, measure] of measures.entries()) {
    const cells = (texts[index] ?? []).flatMap(numbers);
    const figures = [
      ...measure.indicators.flatMap((/** @type {any} */ one) => one.years.flatMap((/** @type {any} */ year) => [year.target, year.actual])),
      ...measure.budgets.flatMap((/** @type {any} */ row) => [row.budget, row.settled]),
    ].filter((figure) => figure !== null && figure !== undefined);
    for (const figure of figures) assert.ok(cells.some((cell) => Number(cell) === Number(figure)), `${measure.id}: ${figure}`);
  }
  await close();
});

/** What a click on `button` saves: its name, and its bytes. @param {import('playwright-core').Page} page @param {import('playwright-core').Locator} button */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

describe('a chart is saved from the page', () => {
  test('the CSV has a row for each row of the table, with the same figures', async () => {
    const { page, complaints, close } = await visit({ acceptDownloads: true });
    let checked = 0;
    for (const part of await page.locator('[data-save]').all()) {
      const { name, bytes } = await saved(page, part.locator('button[data-format=csv]'));
      assert.match(name, new RegExp(`^${richest.id}\\..+\\.csv$`));
      const text = bytes.toString('utf8');
      assert.ok(text.startsWith('\uFEFF') && text.endsWith('\r\n'));
      const lines = text.slice(1).trimEnd().split('\r\n').map((line) => line.split(','));
      const table = await part.locator('table').first().locator('tbody tr').all();
      assert.equal(lines.length, table.length + 1);
      assert.equal(new Set(lines.map((line) => line.length)).size, 1, 'every row has every column');
      for (const [index, row] of table.entries()) {
        const line = lines[index + 1] ?? [];
        const year = await row.getAttribute('data-year');
        if (year !== null) assert.equal(line[0], year);
        const cells = await row.locator('td.number').allTextContents();
        // A dash in the table is a blank in the file.
        for (const [at, cell] of cells.entries()) assert.deepEqual(numbers(line[1 + at] ?? ''), numbers(cell), `${year}: ${cell} is not in ${line}`);
        checked += cells.flatMap(numbers).length;
      }
    }
    assert.ok(checked > 0);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the SVG stands by itself, in light colours: title, source, no style and no script', async () => {
    const { page, complaints, close } = await visit({ acceptDownloads: true, colorScheme: 'dark' });
    const buttons = await page.locator('button[data-format=svg]').all();
    assert.ok(buttons.length > 0);
    for (const button of buttons) {
      const { bytes } = await saved(page, button);
      const found = await page.evaluate((text) => {
        const file = new DOMParser().parseFromString(text, 'image/svg+xml');
        return {
          broken: file.querySelector('parsererror')?.textContent,
          title: file.querySelector('title')?.textContent ?? '',
          texts: file.documentElement.textContent ?? '',
          foreign: file.querySelectorAll('script, style, [style], [class], [id], image, foreignObject').length,
          paper: file.querySelector('rect')?.getAttribute('fill'),
          marks: file.querySelectorAll('svg svg rect, svg svg circle').length,
          size: ['width', 'height'].map((side) => Number(file.documentElement.getAttribute(side))),
        };
      }, bytes.toString('utf8'));
      assert.equal(found.broken, undefined);
      assert.notEqual(found.title.trim(), '');
      assert.match(found.texts, /出典/);
      assert.equal(found.foreign, 0);
      assert.match(found.paper ?? '', /255, 255, 255|#fff/i);
      assert.ok(found.marks > 0);
      assert.ok(found.size.every((side) => side > 100), `${found.size}`);
    }
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the PNG is drawn: as large as it should be, on white, with something on it', async () => {
    const { page, complaints, close } = await visit({ acceptDownloads: true, bypassCSP: true });
    const { name, bytes } = await saved(page, page.locator('button[data-format=png]').first());
    assert.match(name, /\.png$/);
    const found = await page.evaluate(async (base64) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${base64}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.drawImage(picture, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return { width: canvas.width, height: canvas.height, corner: pixels[0], painted: pixels.filter((pixel) => pixel !== pixels[0]).length / pixels.length };
    }, bytes.toString('base64'));
    assert.equal(found.width, 1280);
    assert.ok(found.height > 200);
    assert.equal(found.corner, 0xFFFFFFFF);
    assert.ok(found.painted > 0.01 && found.painted < 0.6, `${found.painted}`);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('without JavaScript there is no button, and the tables are there', async () => {
    const { page, close } = await visit({ javaScriptEnabled: false });
    assert.equal(await page.locator('[data-format]').count(), 0);
    assert.ok(await page.locator('[data-save] table').count() > 0);
    await close();
  });
});

/**
 * The marks of the page's charts and their contrast with what they lie on, for shapes 3:1 (WCAG 1.4.11), for texts 4.5:1.
 * @param {import('playwright-core').Page} page @returns {Promise<string[]>}
 */
const pale = (page) => page.evaluate(() => {
  const parts = (/** @type {string} */ colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (/** @type {string} */ colour) => parts(colour).slice(0, 3)
    .map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * (/** @type {number[]} */ ([.2126, .7152, .0722])[index] ?? 0), 0);
  const ratio = (/** @type {string} */ a, /** @type {string} */ b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
    return (Number(high) + .05) / (Number(low) + .05);
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll('.plot :is(.column, .point, .target, .course, .budget, .missing), .plot text:not(.on)')].flatMap((mark) => {
    const style = getComputedStyle(mark);
    const isText = mark instanceof SVGTextElement;
    const seen = isText ? [style.fill] : [style.fill, style.stroke].filter((colour) => colour !== 'none' && parts(colour)[3] !== 0);
    const best = Math.max(...seen.map((colour) => ratio(colour, paper)));
    return best >= (isText ? 4.5 : 3) ? [] : [`${mark.getAttribute('class')} ${seen} on ${paper}: ${best.toFixed(2)}`];
  });
});

describe('charts keep their contrast', () => {
  for (const [name, options] of /** @type {[string, import('playwright-core').BrowserContextOptions][]} */ ([
    ['in the light', { colorScheme: 'light' }],
    ['in the dark', { colorScheme: 'dark' }],
    ['in the colours of the system', { forcedColors: 'active' }],
    ['in dark colours of the system', { forcedColors: 'active', colorScheme: 'dark' }],
  ])) {
    test(name, async () => {
      const { page, close } = await visit(options);
      assert.ok(await page.locator('.plot .year').count() > 0);
      assert.deepEqual(await pale(page), []);
      const slider = page.getByRole('slider').first();
      const band = page.locator('.chart-and-table').filter({ has: slider }).locator('.year .band').first();
      const look = () => band.evaluate((element) => { const { fill, stroke } = getComputedStyle(element); return `${fill} ${stroke}`; });
      const before = await look();
      await slider.focus();
      await page.keyboard.press('Home');
      assert.notEqual(await look(), before, 'the year that is read is marked');
      await close();
    });
  }

  test('a mark too pale would be found', async () => {
    const { page, close } = await visit({ bypassCSP: true });
    await page.addStyleTag({ content: '.chart .column, .chart .point { fill: #ddd !important; stroke: none !important }' });
    assert.notDeepEqual(await pale(page), []);
    await close();
  });
});

describe('on paper', () => {
  test('sheets are A4, no chart is cut in two, and few sheets do', async () => {
    const { page, close } = await visit();
    const sheets = (await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString('latin1');
    const boxes = [...sheets.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map((match) => (match[1] ?? '').split(' ').slice(2).map(Number));
    assert.ok(boxes.length > 0);
    for (const box of boxes) assert.ok(box.every((side, index) => Math.abs(side - Number(A4[index])) < 2), `${box}`);
    assert.ok(boxes.length <= 5, `${boxes.length} sheets`);
    await page.setViewportSize(PAPER);
    await page.emulateMedia({ media: 'print' });
    const parts = await page.locator('.indicator, .figure, .series').evaluateAll((all) => all.map((part) => {
      const box = part.getBoundingClientRect();
      return { breaks: getComputedStyle(part).breakInside, height: box.height, right: box.right };
    }));
    for (const { breaks, height, right } of parts) {
      assert.equal(breaks, 'avoid');
      assert.ok(height < PAPER.height, `${height} pixels do not fit on a sheet`);
      assert.ok(right <= PAPER.width + 1);
    }
    await close();
  });
});

describe('without JavaScript', () => {
  for (const type of ['measure with result', 'measure without result']) {
    test(`${type}: what the script adds is nothing that was not there`, async () => {
      const where = pageTypes().get(type) ?? '';
      const plain = await visit({ javaScriptEnabled: false }, where);
      const scripted = await visit({}, where);
      const headings = (/** @type {import('playwright-core').Page} */ page) => page.locator('main :is(h1, h2, h3)').allTextContents();
      assert.deepEqual(await headings(plain.page), await headings(scripted.page));
      const links = (/** @type {import('playwright-core').Page} */ page) => page.locator('main a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      assert.deepEqual(await links(plain.page), await links(scripted.page));
      const sliders = scripted.page.getByRole('slider');
      for (const [index, slider] of (await sliders.all()).entries()) {
        const words = await plain.page.locator('.plot[data-read]').filter({ has: plain.page.locator('.year:nth-of-type(2)') }).nth(index).locator('.year title').allTextContents();
        assert.ok(words.includes(await slider.getAttribute('aria-valuetext') ?? ''), 'what is read stands in the drawing');
      }
      await plain.close();
      await scripted.close();
    });
  }
});
