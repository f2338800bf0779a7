/**
 * **The search in Firefox**, as `search.test.js` has it in Chromium: every state by axe, the keyboard, an input
 * method, and what assistive technology calls the search box. `engines.test.js` compares the tokens of both.
 *
 * Playwright drives only a Firefox of its own; Debian's understands WebDriver BiDi, which puppeteer-core speaks.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import puppeteer from 'puppeteer-core';

import { AXE_TAGS, SITE } from './site.js';
import { serve } from './server.js';

/** @typedef {import('puppeteer-core').Page} Page */

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BOX = 'kawaraban-search [name=q]';

/** @type {import('puppeteer-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  server = await serve(SITE);
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
  });
});
after(async () => {
  await browser.close();
  await server.close();
});

/** A page of the site, and what went wrong on it. @param {string} address @param {(page: Page) => Promise<unknown>} [prepare] */
async function open(address, prepare) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 900 });
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await prepare?.(page);
  await page.goto(`${server.origin}/${address}`);
  return { page, complaints };
}

const query = (/** @type {string} */ text) => `search.html?q=${encodeURIComponent(text)}`;
/** What the search says, once it fits. @param {Page} page @param {string} pattern */
const says = (page, pattern) => page.waitForFunction((pattern) =>
  new RegExp(pattern).test(document.querySelector('kawaraban-search [role=status]')?.textContent ?? ''), {}, pattern);

/** What axe finds on a page as it is now. @param {Page} page @returns {Promise<string[]>} */
async function faults(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => node.html).join(' … ')}`);
  }, AXE_TAGS);
}

/** Answers nothing for the files of the index, or refuses them. @param {'wait' | 'refuse'} how */
const withoutIndex = (how) => async (/** @type {Page} */ page) => {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (!request.url().endsWith('.kwb')) request.continue();
    else if (how === 'refuse') request.abort();
  });
};

describe('axe finds nothing in any state of the search', () => {
  /** @type {[string, string, (page: Page) => Promise<unknown>, ((page: Page) => Promise<unknown>)?][]} */
  const states = [
    ['empty', 'search.html', async () => {}],
    ['results', query('市民'), (page) => page.waitForSelector('.results li .snippet[lang]')],
    ['results of both tiers, with why', query('令和4年度の子育て支援はどうなりましたか'), async (page) => {
      await (await page.waitForSelector('.why summary'))?.click();
      await page.waitForSelector('.why p');
    }],
    ['none, with a suggestion', query('ふるさと能税'), (page) => page.waitForSelector('.search-meant a')],
    ['filters open', query('道路'), async (page) => {
      await page.click('.narrow > summary');
      await page.waitForSelector('#filter-year option:nth-child(2)');
    }],
    ['completions open', 'search.html', async (page) => {
      await page.focus(BOX);
      await page.keyboard.type('子');
      await page.waitForSelector('[role=option]');
      await page.keyboard.press('ArrowDown');
    }],
    ['loading', query('橋梁'), (page) => says(page, '検索しています'), withoutIndex('wait')],
    ['error', query('公園'), (page) => says(page, '読み込めませんでした'), withoutIndex('refuse')],
    ['in English', `en/${query('防災')}`, (page) => page.waitForSelector('.results li .snippet[lang]')],
  ];
  for (const [state, address, reach, prepare] of states) {
    test(state, async () => {
      const { page } = await open(address, prepare);
      await reach(page);
      assert.deepEqual(await faults(page), []);
      await page.close();
    });
  }
});

test('the keyboard alone is enough', async () => {
  const { page, complaints } = await open('search.html');
  await page.focus(BOX);
  await page.keyboard.type('ふるさと納税');
  await page.keyboard.press('Enter');
  await says(page, '^\\d+件');
  const first = await page.$eval('.results h2 a', (link) => link.href);
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((href) => document.activeElement instanceof HTMLAnchorElement && document.activeElement.href === href, first)) break;
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(page.url().replace(/[?#].*/, ''), first.replace(/[?#].*/, ''));
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the search box has its name and role, and arrows choose completions', async () => {
  const { page, complaints } = await open('search.html');
  await page.focus(BOX);
  await page.keyboard.type('子');
  await page.waitForSelector('[role=option]');
  // As the browser's own accessibility tree calls them.
  const box = await page.$('aria/施策・データを検索する[role="combobox"]');
  const list = await page.$('aria/検索の候補[role="listbox"]');
  assert.ok(box && list);
  const attribute = (/** @type {string} */ name) => page.$eval(BOX, (box, name) => box.getAttribute(name), name);
  assert.equal(await attribute('aria-expanded'), 'true');
  assert.equal(await attribute('aria-autocomplete'), 'list');
  assert.equal(await attribute('aria-controls'), await list.evaluate((list) => list.id));
  await page.keyboard.press('ArrowDown');
  const active = await attribute('aria-activedescendant');
  const chosen = await page.$eval(`#${active}`, (option) => [option.getAttribute('aria-selected'), option.textContent]);
  assert.equal(chosen[0], 'true');
  await page.keyboard.press('Enter');
  await says(page, '\\d+件|見つかりません');
  assert.equal(await page.$eval(BOX, (box) => /** @type {HTMLInputElement} */ (box).value), chosen[1]);
  await page.keyboard.type('の');
  await page.waitForFunction((box) => document.querySelector(box)?.getAttribute('aria-expanded') !== null, {}, BOX);
  await page.keyboard.press('Escape');
  assert.notEqual(await attribute('aria-expanded'), 'true');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('nothing is searched for while an input method composes', async () => {
  const { page } = await open('search.html');
  /** What an input method sends. @param {string} value @param {boolean} composes */
  const compose = (value, composes) => page.$eval(BOX, (element, value, composes) => {
    const box = /** @type {HTMLInputElement} */ (element);
    if (!box.value) box.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    box.value = /** @type {string} */ (value);
    box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: /** @type {boolean} */ (composes), data: box.value }));
    if (!composes) box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: box.value }));
  }, value, composes);
  await compose('ほいく', true);
  await new Promise((done) => setTimeout(done, 400));
  assert.equal(await page.$$eval('.results li', (all) => all.length), 0);
  assert.equal(new URL(page.url()).search, '');
  await compose('保育', false);
  await says(page, '^\\d+件');
  assert.ok(await page.$$eval('.results li', (all) => all.length) > 0);
  await page.close();
});
