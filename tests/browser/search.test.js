/**
 * **Searching as a citizen does**: on the built site, served by a plain static server under the strict
 * policy; by keyboard, by an input method, with filters, and by an address that somebody has sent.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { json, open, rows, watchedPage } from './site.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

/** Measures of the site that `fits`, by the data that the site publishes. @param {(measure: any) => boolean} fits */
const measuresThat = (fits) => rows('measures').map((row) => json(`measures/${row.id}.json`)).filter(fits);
const says = (/** @type {string} */ word) => measuresThat((measure) => JSON.stringify(measure).includes(word));

/** @param {string} address @param {import('playwright-core').BrowserContextOptions} [options] */
async function searchPage(address, options) {
  const watched = await watchedPage(opened, options);
  await watched.page.goto(`${opened.origin}/${address}`);
  const results = watched.page.locator('kawaraban-search .results > li');
  const status = watched.page.locator('kawaraban-search [role=status]');
  const links = async () => {
    await results.first().waitFor();
    return results.locator('a').evaluateAll((all) => all.map((link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname));
  };
  /** How many, once the page says so. */
  const count = async () => {
    await watched.page.waitForFunction(() => /\d/.test(document.querySelector('kawaraban-search [role=status]')?.textContent ?? ''));
    return Number(/\d+/.exec(await status.innerText())?.[0]);
  };
  return { ...watched, results, status, links, count };
}

describe('the words of the promise find the right measures', () => {
  for (const query of ['ふるさと納税', 'ﾌﾙｻﾄ納税']) {
    test(query, async () => {
      const { page, complaints, links, count, close } = await searchPage('search.html');
      await page.getByRole('searchbox').fill(query);
      const found = await links();
      const expected = says('ふるさと納税').map((measure) => `/measures/${measure.id}.html`);
      assert.ok(expected.length > 0, 'the sample speaks of ふるさと納税');
      assert.ok(await count() >= expected.length);
      for (const url of expected.slice(0, 10)) assert.ok(found.includes(url), `${url} is not among ${found}`);
      const marked = await page.locator('.results mark').allInnerTexts();
      assert.ok(marked.includes('ふるさと納税'), `marked is ${marked}`);
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  test('令和３年', async () => {
    const { page, complaints, links, count, close } = await searchPage('search.html');
    await page.getByRole('searchbox').fill('令和３年');
    const found = await links();
    assert.ok(await count() >= measuresThat((measure) => measure.fiscal_year === 2021).length);
    const years = found.filter((url) => url.startsWith('/measures/')).map((url) => json(url.slice(1).replace('.html', '.json')));
    assert.ok(years.length > 0);
    for (const measure of years) {
      assert.ok(measure.fiscal_year === 2021 || /令和3|2021|R3/.test(JSON.stringify(measure)), `${measure.id} has nothing to do with 2021`);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
});

test('an address with query, filter and page shows what was sent, and stepping back returns', async () => {
  const { page, links, count, close } = await searchPage(`search.html?q=${encodeURIComponent('市民')}`);
  const all = await count();
  const first = await links();
  const year = page.getByRole('combobox').first();
  await year.selectOption({ index: 1 });
  await page.waitForFunction((all) => {
    const said = /\d+/.exec(document.querySelector('kawaraban-search [role=status]')?.textContent ?? '');
    return said && Number(said[0]) < all;
  }, all);
  const chosen = await year.inputValue();
  const narrowed = await count();
  assert.ok(narrowed > 0 && narrowed < all);
  assert.equal(new URL(page.url()).searchParams.get('year'), chosen);
  for (const url of (await links()).filter((url) => url.startsWith('/measures/'))) {
    assert.equal(String(json(url.slice(1).replace('.html', '.json')).fiscal_year), chosen);
  }

  const sent = await searchPage(new URL(page.url()).pathname.slice(1) + new URL(page.url()).search);
  assert.equal(await sent.count(), narrowed);
  await sent.close();

  await page.goBack();
  await page.waitForFunction((all) => document.querySelector('kawaraban-search [role=status]')?.textContent?.includes(String(all)), all);
  assert.deepEqual(await links(), first);
  await close();
});

test('every count of a filter is what choosing it gives', async () => {
  const { page, count, close } = await searchPage(`search.html?q=${encodeURIComponent('地域')}`);
  await count();
  for (const facet of ['year', 'department', 'topic', 'rating', 'kind']) {
    const select = page.locator(`#filter-${facet}`);
    const [value, label] = await select.evaluate((element) => {
      const option = /** @type {HTMLSelectElement} */ (element).options[1];
      return [option?.value ?? '', option?.textContent ?? ''];
    });
    const promised = Number(/(\d+)\D*$/.exec(label)?.[1]);
    assert.ok(promised > 0, `${facet} offers ${label}`);
    const other = await searchPage(`search.html?q=${encodeURIComponent('地域')}&${facet}=${encodeURIComponent(value)}`);
    assert.equal(await other.count(), promised, `${facet}: ${label}`);
    await other.close();
  }
  await close();
});

test('nothing is searched for while an input method composes', async () => {
  const { page, results, close } = await searchPage('search.html');
  const box = page.getByRole('searchbox');
  await box.focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'ほいく', selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(500);
  assert.equal(await results.count(), 0);
  assert.equal(new URL(page.url()).search, '');
  await session.send('Input.insertText', { text: '保育' });
  await results.first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get('q'), '保育');
  await close();
});

test('the keyboard alone is enough', async () => {
  const { page, links, close } = await searchPage('index.html');
  for (let steps = 0; steps < 40; steps++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.getAttribute('name') === 'q')) break;
  }
  await page.keyboard.type('防災');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search.html?q=*');
  const [first] = await links();
  let reached = '';
  for (let steps = 0; steps < 60 && reached !== first; steps++) {
    await page.keyboard.press('Tab');
    reached = await page.evaluate(() => document.activeElement instanceof HTMLAnchorElement ? document.activeElement.pathname : '');
  }
  assert.equal(reached, first);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${first}`);
  await close();
});

test('a word that is nowhere is said to be nowhere, with what to try instead', async () => {
  const { page, status, results, complaints, close } = await searchPage(`search.html?q=${encodeURIComponent('鵺鵼鸞')}`);
  await page.waitForFunction(() => document.querySelector('kawaraban-search [role=status]')?.textContent?.trim());
  assert.match(await status.innerText(), /見つかりませんでした/);
  assert.equal(await results.count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('the English page searches the same documents and speaks English', async () => {
  const { page, status, links, close } = await searchPage(`en/search.html?q=${encodeURIComponent('ふるさと納税')}`);
  const found = await links();
  assert.ok(found.every((url) => url.startsWith('/en/')), String(found));
  assert.match(await status.innerText(), /^\d+ found Also searched for: ふるさと寄附, 寄附金\.$/);
  await page.goto(`${opened.origin}${found[0]}`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await close();
});
