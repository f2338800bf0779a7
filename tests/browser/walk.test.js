/**
 * **The whole site by keyboard alone, and without JavaScript.** Nothing here clicks, and nothing asks for
 * a class name: a page may look as it likes as long as landmarks, roles and the keyboard hold.
 *
 * Each type of page is walked from its first stop to its last, on a phone and on a desktop: the skip link
 * is first and works, every stop is seen and marked (WCAG 2.4.7, 2.4.11), nothing that works by pointer
 * is left out and nothing holds the focus (2.1.1, 2.1.2), the order is that of reading (2.4.3), targets
 * are large enough (2.5.8). Then the ways that readers take. Each check is shown to fail on a page that
 * was damaged for it.
 */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { prepare, smallTargets, tabTo, walk } from './keyboard.js';
import { SITE, open, pageTypes, rows, watchedPage } from './site.js';

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };
const types = pageTypes();
/** English pages have the same templates; these show that their words fit too. */
const walked = [...types].filter(([type]) => !type.endsWith('(en)') || ['home (en)', 'measure with result (en)', 'search (en)'].includes(type));

const japanese = [...types].filter(([type]) => !type.endsWith('(en)'));
/** A block of data in a frame of another site has neither header nor languages. */
const framed = japanese.filter(([type]) => type !== 'block for other sites');

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

/** @param {string} path @param {import('playwright-core').BrowserContextOptions} [options] */
async function visit(path, options = {}) {
  const watched = await watchedPage(opened, { reducedMotion: 'reduce', viewport: SIZES.desktop, ...options });
  await watched.page.goto(`${opened.origin}/${path}`);
  return watched;
}

/**
 * What is wrong with the walk through a page.
 * @param {import('playwright-core').Page} page @param {{back?: boolean}} [way] Whether to walk back too.
 */
async function faultsOfWalk(page, { back: goesBack = false } = {}) {
  const reachable = await prepare(page);
  const { stops, isWhole } = await walk(page);
  const reached = stops.filter(({ index }) => index >= 0);
  const back = goesBack ? await walk(page, 'Shift+Tab') : undefined;
  const expected = reachable.slice(0, isWhole ? undefined : reached.length);
  return [
    ...expected.filter((_, index) => !reached.some((stop) => stop.index === index)).map(({ says }) => `not reached: ${says}`),
    ...stops.filter(({ index, scrolls }) => index < 0 && !scrolls).map(({ says }) => `reached, and does nothing: ${says}`),
    ...stops.filter(({ isSeen }) => !isSeen).map(({ says }) => `not to be seen: ${says}`),
    ...stops.filter(({ isMarked }) => !isMarked).map(({ says }) => `looks as if it had no focus: ${says}`),
    ...reachable.filter(({ tabIndex }) => tabIndex > 0).map(({ says }) => `pushes itself forward: ${says}`),
    ...reached.slice(1).filter((stop, before) => isBackwards(reachable[reached[before]?.index ?? 0], reachable[stop.index])).map(({ says }) => `out of the order of reading: ${says}`),
    ...(isWhole && back?.isWhole && back.stops.length < stops.length - 1 ? [`backwards the walk ends at ${back.stops.at(-1)?.says}`] : []),
  ];
}

/**
 * Whether the second lies above the first and not in a column to its right.
 * @param {{top: number, left: number, right: number, landmark: string} | undefined} first
 * @param {{bottom: number, left: number, landmark: string} | undefined} second
 */
const isBackwards = (first, second) => first !== undefined && second !== undefined
  && first.landmark === second.landmark && second.bottom <= first.top + 1 && second.left < first.right - 1;

for (const [size, viewport] of Object.entries(SIZES)) {
  describe(`by Tab through every type of page, ${size}`, { concurrency: 2 }, () => {
    for (const [type, path] of walked) {
      test(type, async () => {
        const { page, complaints, close } = await visit(path, { viewport });
        assert.deepEqual(await smallTargets(page), [], 'targets that are too small');
        assert.deepEqual(await faultsOfWalk(page, { back: size === 'phone' }), []);
        assert.deepEqual(complaints, []);
        await close();
      });
    }
  });
}

describe('the skip link is the first stop and leads to the main part', { concurrency: 2 }, () => {
  for (const [type, path] of framed) {
    test(type, async () => {
      const { page, close } = await visit(path, { viewport: SIZES.phone });
      await page.keyboard.press('Tab');
      assert.match(await page.evaluate(() => document.activeElement?.getAttribute('href') ?? ''), /^#/);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.hash);
      const top = await page.locator('main').evaluate((main) => main.getBoundingClientRect().top);
      assert.ok(top < SIZES.phone.height / 2, `the main part begins at ${top}`);
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => document.activeElement?.closest('main, aside, footer')?.localName);
      const has = await page.locator('main :is(a[href], button, input, summary, [tabindex="0"]):visible').count();
      // What follows the main part is the row of ways to take part, where the page has one.
      const next = await page.locator('main ~ aside').count() ? 'aside' : 'footer';
      assert.equal(where, has ? 'main' : next);
      await close();
    });
  }
});

describe('parts that scroll', { concurrency: 2 }, () => {
  for (const [type, path] of japanese) {
    test(type, async () => {
      const { page, close } = await visit(path, { viewport: SIZES.phone });
      const parts = page.locator('main *').filter({ visible: true });
      const scrolling = await parts.evaluateAll((all) => all
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
        .map((element, index) => {
          element.setAttribute('data-scrolls', String(index));
          const names = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
          return { says: element.textContent?.trim().slice(0, 30), isReached: /** @type {HTMLElement} */ (element).tabIndex >= 0, isText: element.localName === 'pre', role: element.getAttribute('role'), name: names || element.getAttribute('aria-label') };
        }));
      for (const { says, isReached, isText, role, name } of scrolling) {
        assert.ok(isReached, `no key scrolls ${says}`);
        assert.ok(isText || (role && name?.trim()), `no role or name: ${says}`);
      }
      for (const index of scrolling.keys()) {
        const part = page.locator(`[data-scrolls="${index}"]`);
        await part.focus();
        await page.keyboard.press('ArrowRight');
        await page.waitForFunction((index) => Number(document.querySelector(`[data-scrolls="${index}"]`)?.scrollLeft) > 0, index, { timeout: 5000 });
      }
      await close();
    });
  }
});

describe('what is folded opens and closes by Enter and by Space', { concurrency: 2 }, () => {
  for (const [type, path] of japanese) {
    test(type, async () => {
      const { page, close } = await visit(path, { viewport: SIZES.phone });
      const summaries = page.locator('summary');
      for (let index = 0; index < await summaries.count(); index++) {
        const summary = summaries.nth(index);
        if (!await summary.isVisible()) continue;
        const isOpen = () => summary.evaluate((element) => /** @type {HTMLDetailsElement} */ (element.parentElement).open);
        const [before, says] = [await isOpen(), await summary.innerText()];
        await summary.focus();
        await page.keyboard.press('Enter');
        assert.equal(await isOpen(), !before, says);
        await page.keyboard.press('Space');
        assert.equal(await isOpen(), before, says);
      }
      await close();
    });
  }
});

describe('the ways that readers take', () => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`the menu leads to its pages, ${size}`, async () => {
      const { page, close } = await visit(types.get('measure with result') ?? '', { viewport });
      const link = page.locator('header nav a[href$="departments/index.html"]');
      if (!await link.isVisible()) {
        await tabTo(page, page.locator('header summary'));
        await page.keyboard.press('Enter');
      }
      await tabTo(page, link);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/departments/index.html');
      await close();
    });

    test(`from the home page by a query to a result, narrowed by a filter, ${size}`, async () => {
      const { page, complaints, close } = await visit('index.html', { viewport });
      await tabTo(page, page.locator('input[name=q]'));
      await page.keyboard.type('市民');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search.html?q=*');
      const status = page.getByRole('status').first();
      const count = async () => Number(/\d+/.exec(await status.innerText())?.[0]);
      await page.waitForFunction(() => /\d/.test(document.querySelector('[role=status]')?.textContent ?? ''));
      const all = await count();

      await tabTo(page, page.locator('main summary').first());
      await page.keyboard.press('Enter');
      const year = page.getByRole('combobox').first();
      await year.locator('option').nth(1).waitFor({ state: 'attached' });
      await tabTo(page, year);
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction((all) => Number(/\d+/.exec(document.querySelector('[role=status]')?.textContent ?? '')?.[0] ?? all) < all, all);
      assert.ok(await count() > 0);
      assert.equal(await year.evaluate((element) => element === document.activeElement), true, 'the focus stays where it was');

      const result = page.locator('main ol li a').first();
      const href = await result.getAttribute('href') ?? '';
      await tabTo(page, result);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => new URL(href, `${opened.origin}/search.html`).pathname === url.pathname);
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  test('a breadcrumb leads up', async () => {
    const { page, close } = await visit(types.get('measure with result') ?? '');
    const trail = page.locator('nav ol a').last();
    const up = new URL(await trail.getAttribute('href') ?? '', page.url()).pathname;
    await tabTo(page, trail);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === up);
    await page.locator('nav ol a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/index.html');
    await close();
  });
});

describe('the language switch keeps the place, there and back', { concurrency: 2 }, () => {
  for (const [type, path] of framed) {
    if (type === 'not found') continue;
    test(type, async () => {
      const { page, close } = await visit(path, { viewport: SIZES.phone });
      for (const [lang, wanted] of [['en', `/en/${path}`], ['ja', `/${path}`]]) {
        const link = page.locator(`a[hreflang=${lang}]`).first();
        if (!await link.isVisible()) {
          await tabTo(page, page.locator('header summary'));
          await page.keyboard.press('Enter');
        }
        await tabTo(page, link);
        await page.keyboard.press('Enter');
        await page.waitForURL((url) => url.pathname === wanted);
        assert.equal(await page.locator('html').getAttribute('lang'), lang);
      }
      await close();
    });
  }
});

describe('without JavaScript', { concurrency: 2 }, () => {
  for (const [type, path] of japanese) {
    test(`${type}: no control without effect, whole tables, forms that lead somewhere`, async () => {
      const { page, complaints, close } = await visit(path, { javaScriptEnabled: false });
      assert.deepEqual(await idleControls(page), []);
      for (const action of await page.locator('form').evaluateAll((forms) => forms.map((form) => /** @type {HTMLFormElement} */ (form).action))) {
        assert.ok(existsSync(join(SITE, decodeURIComponent(new URL(action).pathname))), `a form is sent to ${action}`);
      }
      const plain = await tables(page);
      assert.deepEqual(plain.filter(({ isWhole }) => !isWhole).map(({ says }) => says), [], 'tables with hidden or missing cells');
      const leadsToRows = await hasLinkToRows(page);
      assert.deepEqual(complaints, []);
      await close();
      const scripted = await visit(path);
      const there = await tables(scripted.page);
      assert.ok(there.length <= plain.length, 'scripts add tables');
      for (const [index, { rows, says }] of there.entries()) {
        assert.ok(rows <= (plain[index]?.rows ?? 0) || leadsToRows, `${says} has more rows with scripts`);
      }
      assert.deepEqual(scripted.complaints, []);
      await scripted.close();
    });
  }

  test('a query is sent to a page that says what to do instead', async () => {
    const { page, close } = await visit('index.html', { javaScriptEnabled: false, viewport: SIZES.phone });
    await tabTo(page, page.locator('input[name=q]'));
    await page.keyboard.type('防災');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search.html?q=*');
    assert.match(await page.locator('main').innerText(), /JavaScript/);
    assert.ok(await page.locator('main a[href]:visible').count() > 10, 'links to go on with');
    await close();
  });

  test('every indicator of a measure stands in a table', async () => {
    const path = types.get('measure with result') ?? '';
    const id = path.replace(/.*\/|\.html/g, '');
    const indicators = rows('indicators').filter((row) => row.measure_id === id || row.measure === id);
    assert.ok(indicators.length > 0, 'the measure has indicators');
    const { page, close } = await visit(path, { javaScriptEnabled: false });
    const cells = new Set((await page.locator('main td:visible').allInnerTexts()).map((text) => text.replace(/[,\s]/g, '')));
    for (const value of indicators.flatMap(({ target, actual }) => [target, actual]).filter((value) => value !== null)) {
      assert.ok([...cells].some((cell) => cell.includes(String(value))), `${value} is in no cell`);
    }
    await close();
  });
});

describe('the checks notice', () => {
  /** @param {(page: import('playwright-core').Page) => Promise<unknown>} damage @param {import('playwright-core').BrowserContextOptions} [options] */
  const damaged = async (damage, options) => {
    const watched = await visit('index.html', options);
    await damage(watched.page);
    return watched;
  };
  const style = (/** @type {string} */ rules) => (/** @type {import('playwright-core').Page} */ page) => page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, rules);
  const add = (/** @type {string} */ html) => (/** @type {import('playwright-core').Page} */ page) => page.evaluate((html) => document.querySelector('main')?.insertAdjacentHTML('afterbegin', html), html);
  /** @type {[string, RegExp, (page: import('playwright-core').Page) => Promise<unknown>][]} */
  const damages = [
    ['a focus that is not shown', /as if it had no focus/, style(':focus-visible { outline: none !important; box-shadow: none !important } a:focus { clip-path: none }')],
    ['a bar that covers the page', /not to be seen/, style('body::after { content: ""; position: fixed; inset: 0; background: #888; z-index: 99 }')],
    ['an order of its own', /pushes itself forward/, add('<a href="index.html" tabindex="3">x</a>')],
    ['columns turned round', /order of reading/, style('main { display: flex !important; flex-direction: column-reverse }')],
    ['a trap', /not reached/, (page) => page.evaluate(() => {
      const link = /** @type {HTMLElement} */ (document.querySelector('main a'));
      link.addEventListener('keydown', (event) => event.preventDefault());
    })],
    ['a stop that does nothing', /not reached|does nothing/, (page) => page.evaluate(() => {
      const link = /** @type {HTMLElement} */ (document.querySelector('main a'));
      link.addEventListener('focus', () => link.blur());
    })],
  ];
  for (const [name, fault, damage] of damages) {
    test(name, async () => {
      const { page, close } = await damaged(damage);
      assert.match((await faultsOfWalk(page)).join('\n'), fault);
      await close();
    });
  }

  test('targets too small and too near', async () => {
    const { page, close } = await damaged(add('<div><a href="index.html">あ</a> <a href="index.html">い</a></div>'));
    await style('main > div:first-child > a { display: inline-block; font-size: 8px; line-height: 1 }')(page);
    assert.equal((await smallTargets(page)).length, 2);
    await close();
  });

  test('a button that only scripts would answer, and a table with a hidden row', async () => {
    const { page, close } = await damaged(add('<button type="button">並べ替え</button><table><tr><th>a</th></tr><tr hidden><td>b</td></tr></table>'), { javaScriptEnabled: false });
    assert.deepEqual(await idleControls(page), ['<button> 並べ替え']);
    assert.equal((await tables(page))[0]?.isWhole, false);
    await close();
  });
});

/** Controls to be seen that do nothing without scripts: all but those of a form that can be sent. @param {import('playwright-core').Page} page */
const idleControls = (page) => page.evaluate(() => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('button, input:not([type=hidden]), select, textarea, [role=button], [role=tab], [role=slider], [role=switch]'))]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => {
    const form = element.closest('form');
    const isSent = form?.action && form.querySelector('button:not([type]), [type=submit]');
    return !isSent || element.matches('button[type=button]') || !element.matches('button, input, select, textarea');
  })
  .map((element) => `<${element.localName}> ${element.innerText || element.getAttribute('name')}`));

/** The tables of the main part. @param {import('playwright-core').Page} page */
const tables = (page) => page.locator('main table').evaluateAll((all) => all.map((element) => {
  const table = /** @type {HTMLTableElement} */ (element);
  const widths = [...table.rows].map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0));
  const spans = [...table.querySelectorAll('[rowspan]')].length > 0;
  // A closed fold hides its table, but not for good: open, it must be whole.
  for (let fold = table.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  return {
    says: table.innerText.slice(0, 40),
    rows: table.rows.length,
    isWhole: (spans || new Set(widths).size === 1) && [...table.rows].every((row) => row.checkVisibility({ visibilityProperty: true })),
  };
}));

/** Whether the page leads to the whole of a table that it shows in part. @param {import('playwright-core').Page} page */
const hasLinkToRows = async (page) => await page.locator('main a[href*="/rows/"]').count() > 0;
