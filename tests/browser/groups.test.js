// Grouping the rows of a table: counted, added up and averaged, drawn, kept in the address, and taken home.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { decimalsOf, Sum } from '../../themes/default/assets/table/sums.js';
import { faults, json, open, watchedPage } from './site.js';

const PHONE = { width: 390, height: 844 };

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

const rowsOf = (/** @type {string} */ id) => json(`data/${id}/latest/${id}.json`).rows;

/** The page `address` with its groups open. @param {string} address @param {import('playwright-core').BrowserContextOptions} [options] */
async function grouping(address, options) {
  const watched = await watchedPage(opened, { acceptDownloads: true, ...options });
  const { page } = watched;
  await page.goto(`${opened.origin}/${address}`, { waitUntil: 'networkidle' });
  const box = page.locator('.table-tools > details').nth(2);
  if (!await box.getAttribute('open').then((open) => open !== null)) await box.locator('> summary').click();
  const choose = async (/** @type {string} */ label, /** @type {string} */ option) => {
    await box.getByLabel(label, { exact: true }).selectOption({ label: option });
    await page.waitForLoadState('networkidle');
    // Every choice is named at the head of a column. Until the rows are there, that of the choice before stands.
    await box.locator('thead th', { hasText: option }).first().waitFor();
  };
  const status = box.locator('[role=status]');
  /** Waits until the groups are said to be `text`. @param {string} text */
  const says = async (text) => {
    for (let wait = 0; wait < 50 && await status.innerText() !== text; wait++) await page.waitForTimeout(50);
    assert.equal(await status.innerText(), text);
  };
  /** The cells of the groups. @returns {Promise<string[][]>} */
  const cells = () => box.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => [...row.children].slice(0, -1).map((cell) => cell.textContent ?? '')));
  return { ...watched, box, choose, says, cells };
}

/** Sums of `figure` by what `key` gives, in the order in which keys come. */
function sums(/** @type {any[]} */ rows, /** @type {(row: any) => string} */ key, /** @type {string} */ figure) {
  /** @type {Map<string, {rows: number, sum: number, known: number}>} */
  const all = new Map();
  for (const row of rows) {
    const group = all.get(key(row)) ?? { rows: 0, sum: 0, known: 0 };
    group.rows++;
    if (row[figure] !== null && row[figure] !== undefined) { group.sum += row[figure]; group.known++; }
    all.set(key(row), group);
  }
  return all;
}

test('sums and means are exact, and a mean has a decimal more', () => {
  const of = (/** @type {string[]} */ numbers) => {
    const sum = new Sum(decimalsOf(numbers));
    numbers.forEach((number) => sum.add(number));
    return [sum.sum(), sum.mean()];
  };
  assert.deepEqual(of(['0.1', '0.2']), ['0.3', '0.15']);
  assert.deepEqual(of(['-0.1', '-0.2', '-0.2']), ['-0.5', '-0.17']);
  assert.deepEqual(of(['9007199254740993', '1']), ['9007199254740994', '4503599627370497.0']);
  assert.deepEqual(of(['1', '2']), ['3', '1.5']);
  assert.deepEqual(of(['-3', '3.00']), ['0.00', '0.000']);
  assert.deepEqual(of([]), ['', '']);
});

test('rows that fit are added up by one column, and the address keeps it', async () => {
  const { page, choose, says, cells, complaints, close } = await grouping('data/population.html?r.month=2023-12-01..2023-12-01');
  await choose('まとめる列', '地区');
  const rows = rowsOf('population').filter((/** @type {any} */ row) => row.month === '2023-12-01');
  await says(`${rows.length}行を6組に集計。`);
  assert.deepEqual((await cells()).map(([, count]) => count), Array(6).fill('1'));
  await choose('求める値', '人口の合計');
  const expected = rows.map((/** @type {any} */ row) => [row.district, '1', row.population.toLocaleString('en')]);
  assert.deepEqual((await cells()).sort(), expected.sort());
  const asked = new URL(page.url()).searchParams;
  assert.deepEqual([asked.get('group'), asked.get('figure')], ['district', 'sum.population']);
  const address = page.url().slice(opened.origin.length + 1);
  const sent = await grouping(address);
  await sent.box.locator('tbody tr').first().waitFor();
  assert.deepEqual(await sent.cells(), await cells());
  // The filter goes, the groups stay.
  await page.locator('.chip').first().click();
  await says('270行を6組に集計。');
  assert.equal((await cells())[0]?.[1], '45');
  assert.deepEqual(complaints, []);
  await close();
  await sent.close();
});

test('a column in time is drawn as a line, and two columns give a row for each pair', async () => {
  const { box, choose, says, cells, close } = await grouping('data/population.html');
  await choose('まとめる列', '基準日');
  await choose('求める値', '人口の合計');
  const months = sums(rowsOf('population'), (row) => row.month, 'population');
  assert.deepEqual(await cells(), [...months].map(([month, { rows, sum }]) => [month, String(rows), sum.toLocaleString('en')]));
  assert.equal(await box.locator('path.group-line').count(), 1);
  assert.equal(await box.getByText('縦軸は0から始まっていません').count(), 1);
  await choose('さらに分ける列', '地区');
  await says('270行を270組に集計、先頭の200組を表示。');
  assert.equal(await box.locator('path.group-line').count(), 0);
  assert.equal((await cells()).length, 200);
  await close();
});

test('blank cells are left out of a mean, and that is said', async () => {
  const { choose, says, cells, close } = await grouping('data/library-use-2022.html');
  await choose('まとめる列', '館名');
  await choose('求める値', '入館者数の平均');
  const rows = rowsOf('library-use-2022');
  const blanks = rows.filter((/** @type {any} */ row) => row.visitors === null).length;
  assert.ok(blanks > 0, 'the sample has a broken counter');
  const libraries = sums(rows, (row) => row.library, 'visitors');
  await says(`${rows.length}行を${libraries.size}組に集計、値が空欄の${blanks}行は含みません。`);
  const mean = (/** @type {string} */ text) => Number(text.replaceAll(',', ''));
  for (const [name = '', count, shown = ''] of await cells()) {
    const { rows, sum, known } = libraries.get(name) ?? { rows: 0, sum: 0, known: 0 };
    assert.equal(count, String(rows));
    assert.ok(Math.abs(mean(shown) - sum / known) <= 0.05, `${name}: ${shown}`);
  }
  await close();
});

test('the groups are taken home with their source, their filter and their address', async () => {
  const { page, box, choose, close } = await grouping(`data/population.html?v.district=${encodeURIComponent('中央')}`);
  await choose('まとめる列', '地区');
  await choose('求める値', '人口の合計');
  const waiting = page.waitForEvent('download');
  await box.getByRole('button', { name: '集計の結果をダウンロード（CSV）' }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), 'population-groups.csv');
  const text = readFileSync(/** @type {string} */ (await download.path()), 'utf8');
  const sum = rowsOf('population').filter((/** @type {any} */ row) => row.district === '中央')
    .reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.population, 0);
  assert.equal(text, `\ufeff${[
    '# 出典：かわら市「地区別人口と世帯数」（CC BY 4.0）',
    '# 絞り込みの条件: 地区: 中央',
    `# ${page.url()}`,
    '地区,行数,人口の合計',
    `中央,45,${sum}`,
  ].join('\r\n')}\r\n`);
  await close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`nothing that axe finds, and nothing sideways on a phone: ${colorScheme}`, async () => {
    const options = { colorScheme, viewport: PHONE, bypassCSP: true };
    const { page, box, choose, close } = await grouping('data/population.html', options);
    await choose('まとめる列', '基準日');
    await choose('求める値', '世帯数の合計');
    await box.locator('tbody tr').first().waitFor();
    assert.deepEqual(await faults(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    await close();
  });
}

test('the measures can be counted too, in English', async () => {
  const { choose, cells, box, close } = await grouping('en/measures/index.html');
  await choose('Group by', 'Rating');
  assert.ok((await cells()).length > 3, 'there are several ratings');
  await box.getByLabel('Figure', { exact: true }).selectOption({ index: 1 });
  await close();
});
