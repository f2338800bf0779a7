/**
 * **Exploring a table as a person does**: sorting, filtering, paging, sending an address, taking the rows home; with the
 * mouse, with the keyboard alone, on a phone, and without JavaScript. What is right is read from the published data.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';

import { faults, json, open, rows, SITE, watchedPage } from './site.js';

/** Bytes of the script, compressed. */
const MOST_BYTES = 8.5 * 1024;
const PHONE = { width: 360, height: 740 };
const PAGE = 20;

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

/** A dataset of the sample with a number, few words, and more rows than a page; and one with names that have a reading. */
const table = (/** @type {string} */ id) => json(`data/${id}/latest/${id}.json`);
const numbers = table('population');
/** As pages show a number. @param {number} number */
const inThrees = (number) => number.toLocaleString('en');
const names = table('public-facilities');

/** @param {string} address @param {import('playwright-core').BrowserContextOptions} [options] */
async function tablePage(address, options) {
  const watched = await watchedPage(opened, { acceptDownloads: true, ...options });
  const { page } = watched;
  await page.goto(`${opened.origin}/${address}`, { waitUntil: 'networkidle' });
  const element = page.locator('kawaraban-table');
  const status = element.locator('[role=status].table-status');
  /** Does something, and waits for the rows that come of it. @param {() => Promise<unknown>} act */
  const answered = async (act) => {
    await page.evaluate(() => Object.assign(window, {
      answer: new Promise((done) => document.querySelector('kawaraban-table')?.addEventListener('rows', done, { once: true })),
    }));
    await act();
    await page.evaluate(async () => { await /** @type {any} */ (window).answer; });
  };
  /** The cells of a column as they stand. @param {string} name */
  const column = (name) => page.evaluate((name) => {
    const table = /** @type {HTMLTableElement} */ (document.querySelector('kawaraban-table table'));
    const at = [...table.tHead?.rows[0]?.cells ?? []].findIndex((cell) => cell.dataset['column'] === name);
    return [...table.tBodies[0]?.rows ?? []].map((row) => row.cells[at]?.textContent ?? '');
  }, name);
  const head = (/** @type {string} */ name) => element.locator(`th[data-column="${name}"]`);
  const sort = (/** @type {string} */ name) => answered(() => head(name).getByRole('button').click());
  /** Opens the filter of a column, and gives it. @param {string} title */
  const filter = async (title) => {
    const panel = element.locator('.table-tools > details').first();
    if (!await panel.evaluate((details) => /** @type {HTMLDetailsElement} */ (details).open)) await panel.locator('> summary').click();
    const own = panel.locator('.table-filters > details').filter({ has: page.locator(`summary:text-is("${title}")`) });
    await own.locator('summary').click();
    return own;
  };
  const said = () => status.innerText();
  return { ...watched, element, status, answered, column, head, sort, filter, said };
}

const title = (/** @type {any} */ { columns }, /** @type {string} */ name) => columns.find((/** @type {any} */ column) => column.name === name).title;
const texts = (/** @type {any[]} */ list, /** @type {string} */ name) => list.map((row) => String(row[name] ?? ''));

test('the script is small', () => {
  const [folder = ''] = readdirSync(join(SITE, 'assets'));
  const script = gzipSync(readFileSync(join(SITE, 'assets', folder, 'table/kawaraban-table.js')), { level: 9 });
  assert.ok(script.length <= MOST_BYTES, `${script.length} bytes`);
});

test('nothing of the table is fetched before somebody asks', async () => {
  opened.requests.length = 0;
  const { complaints, close } = await tablePage('data/population.html');
  assert.deepEqual(opened.requests.filter((path) => path.startsWith('/tables/')), []);
  assert.deepEqual(complaints, []);
  await close();
});

describe('sorting', () => {
  test('a number goes by its size, up, down, and back to the order of the table', async () => {
    const { column, sort, head, said, complaints, close } = await tablePage('data/population.html');
    const inOrder = numbers.rows.map((/** @type {any} */ row) => inThrees(row.population));
    const up = numbers.rows.map((/** @type {any} */ row) => row.population).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b).map(inThrees);
    await sort('population');
    assert.deepEqual(await column('population'), up.slice(0, PAGE));
    assert.equal(await head('population').getAttribute('aria-sort'), 'ascending');
    assert.match(await said(), /小さい順/);
    await sort('population');
    assert.deepEqual(await column('population'), up.toReversed().slice(0, PAGE));
    assert.equal(await head('population').getAttribute('aria-sort'), 'descending');
    await sort('population');
    assert.deepEqual(await column('population'), inOrder.slice(0, PAGE));
    assert.equal(await head('population').getAttribute('aria-sort'), null);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('blanks come last, whichever way', async () => {
    const { column, sort, page, answered, close } = await tablePage('data/public-facilities.html');
    await answered(() => page.getByLabel('1ページの行数').selectOption('100'));
    const filled = names.rows.filter((/** @type {any} */ row) => row.capacity !== null).length;
    assert.ok(filled > 0 && filled < names.rows.length, 'the sample has blanks');
    for (const _ of ['up', 'down']) {
      await sort('capacity');
      const cells = await column('capacity');
      assert.ok(cells.slice(0, filled).every(Boolean) && cells.slice(filled).every((cell) => cell === ''), cells.join());
    }
    await close();
  });

  test('names go by their reading, a closed vocabulary by its own order', async () => {
    const { column, sort, close } = await tablePage('data/public-facilities.html');
    await sort('name');
    const readings = texts(names.rows, 'name_kana').sort();
    assert.deepEqual(await column('name_kana'), readings.slice(0, PAGE));
    await sort('facility_type');
    const order = names.columns.find((/** @type {any} */ { name }) => name === 'facility_type').values;
    const expected = texts(names.rows, 'facility_type').sort((a, b) => order.indexOf(a) - order.indexOf(b));
    assert.deepEqual(await column('facility_type'), expected.slice(0, PAGE));
    await close();
  });
});

describe('filtering', () => {
  test('by words, folded as the search folds them', async () => {
    const { column, answered, filter, said, close } = await tablePage('data/public-facilities.html');
    const expected = names.rows.filter((/** @type {any} */ row) => String(row.name_kana).includes('コウミンカン'));
    assert.ok(expected.length > 1);
    const box = await filter(title(names, 'name_kana'));
    await answered(() => box.getByRole('searchbox').fill('こうみん ｶﾝ'));
    assert.deepEqual(await column('name'), texts(expected, 'name').slice(0, PAGE));
    assert.match(await said(), new RegExp(`全${names.rows.length}行のうち${expected.length}行`));
    await close();
  });

  test('by values, each with the count that choosing it gives', async () => {
    const { page, answered, filter, said, close } = await tablePage('data/population.html');
    const box = await filter(title(numbers, 'district'));
    const label = box.locator('label').nth(1);
    await page.waitForFunction(() => /\d/.test(document.querySelector('.table-filters .values .muted')?.textContent ?? ''));
    const promised = Number(await label.locator('.muted').innerText());
    assert.ok(promised > 0);
    await answered(() => label.getByRole('checkbox').check());
    assert.match(await said(), new RegExp(`のうち${promised}行`));
    await answered(() => box.locator('label').nth(0).getByRole('checkbox').check());
    assert.match(await said(), new RegExp(`のうち${2 * promised}行`));
    await close();
  });

  test('by a range of numbers and of days', async () => {
    const { answered, filter, said, page, column, close } = await tablePage('data/population.html');
    const people = await filter(title(numbers, 'population'));
    await answered(async () => {
      await people.getByLabel('から').fill('7000');
      await people.getByLabel('から').press('Tab');
    });
    const days = await filter(title(numbers, 'month'));
    await answered(async () => {
      await days.getByLabel('まで').fill('2020-12-31');
      await days.getByLabel('まで').press('Tab');
    });
    const expected = numbers.rows.filter((/** @type {any} */ row) => row.population >= 7000 && row.month <= '2020-12-31');
    assert.match(await said(), new RegExp(`のうち${expected.length}行`));
    assert.deepEqual(await column('month'), texts(expected, 'month').slice(0, PAGE));
    assert.deepEqual([...new URL(page.url()).searchParams], [['r.population', '7000..'], ['r.month', '..2020-12-31']]);
    await close();
  });

  test('a condition is taken back by its button, and the focus stays within the table', async () => {
    const { element, answered, said, page, close } = await tablePage(`data/population.html?v.district=${encodeURIComponent('中央')}&r.population=1..`);
    await element.locator('.chip').first().waitFor();
    assert.equal(await element.locator('.chip').count(), 2);
    await answered(() => element.getByRole('button', { name: '条件をすべて解除' }).click());
    assert.match(await said(), new RegExp(`^全${numbers.rows.length}行、`));
    assert.equal(new URL(page.url()).search, '');
    assert.ok(await page.evaluate(() => document.querySelector('kawaraban-table')?.contains(document.activeElement)));
    await close();
  });
});

test('pages turn, and an address with everything shows what was sent', async () => {
  const { page, element, answered, column, sort, close } = await tablePage('data/population.html');
  await sort('population');
  await answered(() => element.getByRole('link', { name: '次へ' }).click());
  const second = await column('population');
  const up = numbers.rows.map((/** @type {any} */ row) => row.population).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b).map(inThrees);
  assert.deepEqual(second, up.slice(PAGE, 2 * PAGE));
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('rel')), 'next', 'whoever turns pages goes on turning');

  const sent = await tablePage(new URL(page.url()).pathname.slice(1) + new URL(page.url()).search);
  await sent.element.locator('th[aria-sort=ascending]').waitFor();
  await sent.page.waitForFunction((first) => document.querySelector('kawaraban-table tbody')?.textContent?.includes(first), second[0] ?? '');
  assert.deepEqual(await sent.column('population'), second);
  await sent.close();

  await answered(() => page.goBack());
  assert.deepEqual(await column('population'), up.slice(0, PAGE));
  await close();
});

describe('a damaged file of a table is an error that can be tried again', () => {
  /** @type {[string, string, (route: import('playwright-core').Route) => Promise<void>][]} */
  const damages = [
    ['an error page for a column', '**/tables/**/column-*.kwb', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>404</title>' })],
    ['an empty chunk of rows', '**/tables/**/rows-*.kwb', (route) => route.fulfill({ body: '' })],
    ['a changed manifest', '**/tables/**/manifest.json', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('"rows":', '"rows":1') });
    }],
  ];
  for (const [name, files, damage] of damages) {
    test(name, async () => {
      const { page, status, head, column, answered, close } = await tablePage('data/population.html');
      await page.route(files, damage);
      await head('population').getByRole('button').click();
      const retry = status.getByRole('button', { name: 'もう一度試す' });
      await retry.waitFor();
      await page.unroute(files);
      await answered(() => retry.click());
      const sorted = numbers.rows.map((/** @type {any} */ row) => row.population).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
      assert.equal((await column('population'))[0], inThrees(sorted[0]));
      await close();
    });
  }
});

test('a row has an address that stays, and shows all that it holds', async () => {
  const { page, element, answered, close } = await tablePage('data/indicators.html?size=50');
  const row = rows('indicators')[30];
  await element.locator('tbody tr').nth(30).waitFor();
  await answered(() => element.locator('tbody tr').nth(30).getByRole('link').first().click());
  const asked = new URL(page.url()).searchParams;
  for (const name of table('indicators').primary_key) assert.equal(asked.get(`v.${name}`), String(row[name]));
  assert.equal(await element.locator('tbody tr').count(), 1);
  const record = await element.locator('.record').innerText();
  for (const value of [row.measure, row.name, row.actual]) assert.ok(record.includes(String(value ?? '')), `${value} in ${record}`);
  await close();
});

describe('the rows that fit can be taken home', () => {
  /** A small reader of CSV. @param {string} text */
  const read = (text) => text.split('\r\n').slice(0, -1).map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1)
    .map(([, cell = '']) => cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));

  for (const [button, excel] of /** @type {const} */ ([['CSV（Excel向け）', true], ['CSV（プログラム向け）', false]])) {
    test(button, async () => {
      const { page, element, close } = await tablePage('data/population.html?r.population=7000..8000&sort=-population');
      await element.locator('.chip').waitFor();
      const waiting = page.waitForEvent('download');
      await element.getByRole('button', { name: button }).click();
      const download = await waiting;
      const bytes = readFileSync(/** @type {string} */ (await download.path()));
      assert.equal(bytes.subarray(0, 3).toString('hex') === 'efbbbf', excel);
      const [header = [], ...lines] = read(bytes.toString('utf8').replace('\ufeff', ''));
      assert.deepEqual(header, numbers.columns.map((/** @type {any} */ column) => excel ? column.title : column.name));
      const expected = numbers.rows.filter((/** @type {any} */ row) => row.population >= 7000 && row.population <= 8000)
        .sort((/** @type {any} */ a, /** @type {any} */ b) => b.population - a.population);
      assert.deepEqual(lines.map((cells) => cells[3]), texts(expected, 'population'));
      assert.deepEqual([...lines].sort(), expected.map((/** @type {any} */ row) => Object.values(row).map(String)).sort());
      assert.match(download.suggestedFilename(), new RegExp(`^population-${expected.length}.*\\.csv$`));
      await close();
    });
  }
});

test('the keyboard alone sorts, filters and turns pages', async () => {
  const { page, element, answered, column, close } = await tablePage('data/population.html');
  const tab = async (/** @type {import('playwright-core').Locator} */ target) => {
    for (let presses = 0; presses < 120; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`the focus never came to ${target}`);
  };
  await tab(element.locator('.table-tools summary').first());
  await page.keyboard.press('Enter');
  const district = element.locator('.table-filters > details').filter({ hasText: title(numbers, 'district') });
  await district.waitFor();
  await tab(district.locator('summary'));
  await page.keyboard.press('Enter');
  await tab(district.getByRole('checkbox').first());
  await answered(() => page.keyboard.press('Space'));
  const expected = numbers.rows.filter((/** @type {any} */ row) => row.district === numbers.rows[0].district);
  assert.deepEqual(await column('month'), texts(expected, 'month').slice(0, PAGE));
  await tab(element.locator('th[data-column=population] button'));
  await answered(() => page.keyboard.press('Enter'));
  await tab(element.getByRole('link', { name: '次へ' }));
  await answered(() => page.keyboard.press('Enter'));
  const up = expected.map((/** @type {any} */ row) => row.population).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b).map(inThrees);
  assert.deepEqual(await column('population'), up.slice(PAGE, 2 * PAGE));
  await close();
});

test('a phone shows the columns that lead, and any other that is chosen', async () => {
  const { page, element, close } = await tablePage('data/public-facilities.html', { viewport: PHONE });
  const shown = () => element.locator('thead th[data-column]:visible').count();
  assert.equal(await shown(), 3);
  await element.locator('.table-tools > details').nth(1).locator('> summary').click();
  await element.getByLabel(title(names, 'phone'), { exact: true }).check();
  assert.equal(await shown(), 4);
  assert.ok(new URL(page.url()).searchParams.get('cols')?.split('.').includes('phone'));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  await element.getByRole('button', { name: 'すべての列' }).click();
  assert.equal(await shown(), names.columns.length);
  await close();
});

describe('without JavaScript', () => {
  test('the first rows, and links to the others', async () => {
    const { page, element, close } = await tablePage('data/population.html', { javaScriptEnabled: false });
    assert.equal(await element.locator('tbody tr').count(), PAGE);
    assert.equal(await element.getByRole('button').count(), 0);
    await page.getByRole('link', { name: 'すべての行を見る' }).click();
    assert.ok(await page.locator('tbody tr').count() > PAGE);
    await close();
  });

  test('every measure can be reached from the page of all of them', async () => {
    const { page, close } = await tablePage('measures/index.html', { javaScriptEnabled: false });
    const policies = await page.locator('a[href*="policies/"]').evaluateAll((links) => links.map((link) => /** @type {HTMLAnchorElement} */ (link).pathname));
    const ids = new Set(policies.map((path) => json(path.slice(1).replace('.html', '.json'))).flatMap((policy) => policy.measures.map((/** @type {any} */ { id }) => id)));
    assert.deepEqual([...ids].sort(), rows('measures').map(({ id }) => id).sort());
    await close();
  });
});

describe('all measures', () => {
  test('are filtered by rating and topic, and sorted by budget', async () => {
    const { element, answered, filter, sort, column, said, close } = await tablePage('measures/index.html');
    const rated = rows('results');
    const label = rated[0].rating_label;
    const expected = rated.filter((row) => row.rating_label === label).length;
    const box = await filter('達成度');
    await answered(() => box.getByLabel(label, { exact: false }).first().check());
    assert.match(await said(), new RegExp(`のうち${expected}行`));
    assert.ok(await element.locator('tbody .rating .shape').count() > 0, 'ratings have their shape');
    await sort('budget');
    await sort('budget');
    const budgets = (await column('budget')).map((cell) => Number(cell.replaceAll(',', '')));
    assert.deepEqual(budgets, [...budgets].sort((a, b) => b - a));
    const topics = await filter('分野');
    const topic = topics.locator('label').filter({ hasText: /[^\d]\s*[1-9]/ }).first();
    await answered(() => topic.getByRole('checkbox').check());
    const name = await topic.locator('span').first().innerText();
    assert.ok((await column('topics')).every((cell) => cell.includes(name)));
    await close();
  });

  test('amounts have their digits in threes, in what the page brings and in what the script makes, and plain ones in what is taken home', async () => {
    const digits = /^(-?\d{1,3}(,\d{3})*(\.\d+)?)?$/;
    for (const base of ['', 'en/']) {
      const { page, element, column, answered, head, close } = await tablePage(`${base}measures/index.html`);
      const brought = await column('budget');
      assert.ok(brought.some((cell) => cell.includes(',')), brought.join());
      assert.ok(brought.every((cell) => digits.test(cell)), brought.join());
      const click = () => head('fiscal_year').getByRole('button').click();
      for (const _ of ['up', 'down', 'back']) await answered(click);
      assert.deepEqual(await column('budget'), brought);
      const waiting = page.waitForEvent('download');
      await element.locator('.table-downloads button').last().click();
      const saved = readFileSync(/** @type {string} */ (await (await waiting).path()), 'utf8');
      for (const cell of brought.filter((cell) => cell.includes(','))) assert.ok(saved.includes(`,${cell.replaceAll(',', '')},`), cell);
      await close();
    }
  });

  test('titles lead to the measures, in both languages', async () => {
    for (const base of ['', 'en/']) {
      const { page, element, answered, complaints, close } = await tablePage(`${base}measures/index.html`);
      await answered(() => element.locator('th[data-column=title] button').click());
      const link = element.locator('tbody a').first();
      const text = await link.innerText();
      await link.click();
      assert.equal(await page.locator('h1').innerText(), text);
      assert.deepEqual(complaints, []);
      await close();
    }
  });
});

test('a table of another format is refused in words', async () => {
  const { page, status, sort, close } = await tablePage('data/population.html');
  await page.route('**/tables/population/manifest.json', (route) => route.fulfill({ json: { format: 'kawaraban-table/0' } }));
  sort('population').catch(() => {});
  await status.filter({ hasText: 'ページを再読み込みしてください' }).waitFor();
  assert.equal(await page.locator('kawaraban-table tbody tr').count(), PAGE, 'the rows stay');
  await close();
});

test('citation and attribution are copied by a button', async () => {
  const { page, close } = await tablePage('data/population.html', { permissions: ['clipboard-read', 'clipboard-write'] });
  const copy = page.locator('kawaraban-copy').first();
  await copy.getByRole('button').click();
  await copy.getByText('コピーしました').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await copy.locator('[data-text]').innerText());
  await close();
});

describe('no fault that axe finds in any state', () => {
  const asked = `?v.district=${encodeURIComponent('中央')}&r.population=1..&sort=-population`;
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
      test(`${colorScheme}, ${viewport.width}`, async () => {
        const { page, element, filter, close } = await tablePage(`data/population.html${asked}`, { colorScheme, viewport, bypassCSP: true });
        await element.locator('.chip').first().waitFor();
        for (const name of ['month', 'district', 'population']) await filter(title(numbers, name));
        await element.locator('.table-tools > details').nth(1).locator('> summary').click();
        for (const details of await page.locator('details.more > summary').all()) await details.click();
        assert.deepEqual(await faults(page), []);
        await close();
      });
    }
  }
});

test('the language switch keeps the state of a dataset\'s table, and of the measures it keeps the page alone', async () => {
  const { page, close } = await tablePage('data/population.html?sort=year');
  await page.locator('nav a[hreflang=en]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/en/data/population.html' && url.search === '?sort=year');
  // What a measure's columns hold is worded in each language.
  await page.goto(`${opened.origin}/measures/index.html?sort=title`);
  await page.locator('nav a[hreflang=en]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/en/measures/index.html' && url.search === '');
  await close();
});
