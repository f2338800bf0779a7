/**
 * **What people set for themselves**: larger text, wider spacing, fewer movements, colours of their own; and a second
 * engine (HTML_CodeSniffer, WCAG 2 AA) that judges what axe has judged already.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { open, pageTypes, rows, watchedPage } from './site.js';

const DESKTOP = { width: 1280, height: 900 };
const sniffer = readFileSync(createRequire(import.meta.url).resolve('html_codesniffer/build/HTMLCS.js'), 'utf8');

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

const types = pageTypes();

/** @param {string} path @param {import('playwright-core').BrowserContextOptions} options */
async function at(path, options) {
  const watched = await watchedPage(opened, { bypassCSP: true, ...options });
  await watched.page.goto(`${opened.origin}/${path}`);
  return watched;
}

/** What the second engine calls an error. @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
async function sniffed(page) {
  await page.evaluate(sniffer);
  return page.evaluate(() => new Promise((done) => {
    const { HTMLCS } = /** @type {any} */ (window);
    HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages()
      .filter((/** @type {any} */ message) => message.type === HTMLCS.ERROR)
      .map((/** @type {any} */ message) => `${message.code}: ${message.msg} ${message.element.outerHTML?.slice(0, 160)}`)));
  }));
}

/**
 * Texts that their own box cuts off, or that reach beyond the window without a box that scrolls.
 * @param {import('playwright-core').Page} page @returns {Promise<string[]>}
 */
function cutOff(page) {
  return page.evaluate(() => {
    const scrolls = (/** @type {Element} */ element) => {
      for (let box = /** @type {Element | null} */ (element); box; box = box.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('body *')].filter((element) => {
      if (!(element instanceof HTMLElement) || element.closest('.visually-hidden, .skip') || !element.innerText?.trim()) return false;
      const style = getComputedStyle(element);
      if (style.display === 'inline' || style.visibility === 'hidden') return false;
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
      const cut = hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      const outside = element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !scrolls(element);
      return cut || outside;
    }).map((element) => element.outerHTML.slice(0, 160));
  });
}

/** Movements that last. @param {import('playwright-core').Page} page @returns {Promise<string[]>} */
function movements(page) {
  return page.evaluate(() => [document.documentElement, ...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    const lasts = (/** @type {string} */ times) => times.split(',').some((time) => parseFloat(time) > 0);
    return lasts(style.animationDuration) || lasts(style.transitionDuration) || style.scrollBehavior === 'smooth';
  }).map((element) => element.outerHTML.slice(0, 120)));
}

const WIDER_SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

/** Every look at a type is taken at one loaded page; what changes between the looks is what its reader has set. */
describe('every type for every reader', { concurrency: 2 }, () => {
  for (const [type, path] of types) {
    test(type, async (t) => {
      const { page, close } = await at(path, { viewport: { width: 320, height: 256 } });

      await t.test('at 400 % (320 pixels wide) nothing is cut off, and the page scrolls in one direction', async () => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
        assert.deepEqual(await cutOff(page), []);
      });
      await t.test('with the spacing of WCAG 1.4.12 nothing is cut off', async () => {
        await page.setViewportSize({ width: 360, height: 740 });
        const spacing = await page.addStyleTag({ content: WIDER_SPACING });
        assert.deepEqual(await cutOff(page), []);
        await spacing.evaluate((style) => style.parentNode?.removeChild(style));
      });
      await page.setViewportSize(DESKTOP);
      await t.test('who wants fewer movements sees none', async () => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        assert.deepEqual(await movements(page), []);
        await page.emulateMedia({ reducedMotion: 'no-preference' });
      });
      await t.test('no fault that HTML_CodeSniffer finds', async () => assert.deepEqual(await sniffed(page), []));
      await close();
    });
  }
});

test('HTML_CodeSniffer would find a picture without words, and a text too pale', async () => {
  const { page, close } = await at('index.html', { viewport: DESKTOP });
  await page.evaluate(() => {
    const picture = document.createElement('img');
    picture.src = 'data:,';
    const pale = document.createElement('p');
    pale.textContent = 'pale';
    pale.setAttribute('style', 'color: #ccc; background: #fff');
    document.querySelector('main')?.append(picture, pale);
  });
  const found = (await sniffed(page)).join('\n');
  assert.match(found, /H37/);
  assert.match(found, /1_4_3/);
  await close();
});

test('a cut text would be found', async () => {
  const { page, close } = await at('about.html', { viewport: DESKTOP });
  await page.addStyleTag({ content: 'main h1 { height: 4px; overflow: hidden; } main p { width: 200vw; }' });
  const found = (await cutOff(page)).join('\n');
  assert.match(found, /<h1/);
  assert.match(found, /<p/);
  await close();
});

test('a movement would be seen', async () => {
  const { page, close } = await at('about.html', { viewport: DESKTOP });
  await page.addStyleTag({ content: 'main h1 { transition-duration: 1s !important; }' });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.match((await movements(page)).join('\n'), /<h1/);
  await close();
});

test('in colours of the system the ratings keep their shapes, and controls their borders', async () => {
  const { page, close } = await at('ratings/index.html', { forcedColors: 'active', viewport: DESKTOP });
  const shapes = await page.locator('main .rating .shape').evaluateAll((all) => all.map((shape) => {
    const style = getComputedStyle(shape);
    const isHollow = style.backgroundColor === getComputedStyle(document.body).backgroundColor;
    return [style.borderStyle, style.borderRadius, style.clipPath, style.backgroundImage, style.boxShadow, isHollow].join(' ');
  }));
  const looks = await page.locator('main .rating').evaluateAll((all) => all.map((rating) => rating.className));
  const byLook = new Map(looks.map((look, index) => [look, shapes[index]]));
  assert.ok(byLook.size >= 5, 'the sample has several ratings');
  assert.equal(new Set(byLook.values()).size, byLook.size, 'every rating has a shape of its own');
  await close();
});

describe('the tones of charts and bars differ on paper, and in colours of the system those of charts', () => {
  const policies = [...new Set(rows('policies').map(({ id }) => `policies/${id}.html`))];
  for (const [name, options, marks] of /** @type {[string, Parameters<typeof at>[1] & {media?: 'print'}, string][]} */ ([
    ['paper', { media: 'print' }, '.chart .segment:not([class*=step], [class*=not-]), .bar rect:not([class*=step], [class*=not-])'],
    ['system', { forcedColors: 'active' }, '.chart .segment:not([class*=step], [class*=not-])'],
  ])) {
    test(name, async () => {
      const { media, ...context } = options;
      /** @type {Map<string, Set<string>>} */
      const colours = new Map();
      for (const path of policies.slice(0, 8)) {
        const { page, close } = await at(path, { viewport: DESKTOP, ...context });
        if (media) await page.emulateMedia({ media });
        const found = await page.locator(marks).evaluateAll((all) => all.map((mark) => [
          mark.matches('.bar *') ? 'bar' : 'chart',
          ['good', 'fair', 'poor', 'none'].find((tone) => mark.classList.contains(tone)) ?? '',
          getComputedStyle(mark).fill,
        ]));
        for (const [kind = '', tone = '', fill = ''] of found) colours.set(`${kind} ${tone}`, (colours.get(`${kind} ${tone}`) ?? new Set()).add(fill));
        await close();
      }
      for (const kind of new Set([...colours.keys()].map((key) => key.split(' ')[0]))) {
        const own = [...colours].filter(([key]) => key.startsWith(`${kind} `)).map(([, fills]) => [...fills]);
        assert.ok(own.length >= 3, `${kind}: ${[...colours.keys()]}`);
        assert.ok(own.every((fills) => fills.length === 1), 'a tone has one colour');
        assert.equal(new Set(own.flat()).size, own.length, `${kind}: ${own.join(' | ')}`);
      }
    });
  }
});
