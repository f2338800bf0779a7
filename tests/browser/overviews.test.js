/**
 * **Overviews say what the data say**: every count on the pages of missed goals, compared years, departments
 * and ratings is counted again from the published tables, by other code than the build's.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { json, open, rows, watchedPage } from './site.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
/** @type {Awaited<ReturnType<typeof watchedPage>>} */
let watched;
before(async () => {
  opened = await open();
  watched = await watchedPage(opened, { javaScriptEnabled: false });
});
after(async () => { await watched.close(); await opened.close(); });

/** @param {string} path */
async function go(path) {
  await watched.page.goto(`${opened.origin}/${path}`);
  return watched.page;
}

/** What a cell, a list or a heading says. @param {string} selector @returns {Promise<string[]>} */
const texts = async (selector) => (await watched.page.locator(selector).allTextContents())
  .map((text) => text.replace(/\s+/g, ' ').trim());

/** The last parts of the addresses that links lead to. @param {string} selector @returns {Promise<string[]>} */
const targets = (selector) => watched.page.locator(selector).evaluateAll((links) =>
  links.map((link) => /** @type {HTMLAnchorElement} */ (link).pathname.replace(/^.*\/|\.html$/g, '')));

const results = new Map(rows('results').map((row) => [row.measure, row]));
const measures = rows('measures').map((row) => ({ ...row, rating: results.get(row.id)?.rating ?? 'not-yet' }));
const years = [...new Set(measures.map((measure) => measure.fiscal_year))].sort((a, b) => b - a);

/** Ids of the scale, best first, as the page of ratings explains it. */
async function scale() {
  await go('ratings/index.html');
  return targets('.scale a');
}

test('the table of ratings counts every measure of every year', async () => {
  const ratings = await scale();
  const cells = await texts('main table tbody td');
  const expected = ratings.flatMap((rating) => {
    const counts = years.map((year) => measures.filter((m) => m.rating === rating && m.fiscal_year === year).length);
    return [...counts, counts.reduce((a, b) => a + b, 0)].map(String);
  });
  assert.deepEqual(cells, expected);
});

describe('missed goals', () => {
  test('each year lists exactly the measures with such a rating, once each, with the first sentence of the account', async () => {
    await go('missed/index.html');
    const poor = new Set(await targets('main .facts-line a'));
    assert.ok(poor.size > 0);
    let found = 0;
    for (const year of years) {
      const page = await go(`missed/${year}.html`);
      const expected = measures.filter((m) => m.fiscal_year === year && poor.has(m.rating)).map((m) => m.id);
      assert.deepEqual((await targets('main .card-title')).sort(), expected.sort());
      found += expected.length;
      for (const card of await page.locator('main .card').all()) {
        const id = (await card.locator('.card-title').getAttribute('href'))?.replace(/^.*\/|\.html$/g, '');
        const account = results.get(id)?.account ?? '';
        const said = (await card.locator('p').textContent())?.trim() ?? '';
        assert.ok(said.length > 5 && account.startsWith(said.replace(/…$/, '')), `${id}: ${said}`);
      }
    }
    assert.ok(found > 0, 'the sample has measures that missed their goals');
  });

  test('the numbers by department lead to the department on the right page', async () => {
    const page = await go('missed/index.html');
    const links = page.locator('.matrix td a');
    const beside = await watchedPage(opened, { javaScriptEnabled: false });
    for (let index = 0; index < await links.count(); index += 1) {
      const link = links.nth(index);
      const count = Number(await link.textContent());
      const href = await link.getAttribute('href') ?? '';
      const target = new URL(href, page.url());
      await beside.page.goto(target.href);
      const cards = beside.page.locator(`section[aria-labelledby="${target.hash.slice(1)}"] .card`);
      assert.equal(await cards.count(), count, href);
    }
    await beside.close();
  });
});

describe('comparison of a year with the one before', () => {
  for (const [index, newer] of years.slice(0, -1).entries()) {
    const older = years[index + 1];
    test(`${newer} and ${older}`, async () => {
      const ratings = await scale();
      const grade = (/** @type {{rating: string}} */ m) =>
        ['not-yet', 'not-rated'].includes(m.rating) ? null : ratings.indexOf(m.rating);
      const of = (/** @type {number} */ year) => measures.filter((m) => m.fiscal_year === year);
      const before = new Map(of(older).map((m) => [m.series, m]));
      /** @type {Record<string, string[]>} */
      const expected = { fell: [], rose: [], stayed: [], begun: [], ended: [] };
      for (const measure of of(newer)) {
        const was = before.get(measure.series);
        before.delete(measure.series);
        if (!was) expected.begun.push(measure.id);
        else {
          const [a, b] = [grade(was), grade(measure)];
          if (a === null || b === null) continue;
          (b < a ? expected.rose : b > a ? expected.fell : expected.stayed).push(measure.id);
        }
      }
      expected.ended = [...before.values()].map((m) => m.id);
      await go(`compare/${newer}-${older}.html`);
      for (const [list, ids] of Object.entries(expected)) {
        assert.deepEqual((await targets(`section[aria-labelledby="${list}"] .lines a`)).sort(), ids.sort(), list);
      }
      assert.deepEqual(await targets('.choice [aria-current]'), [`${newer}-${older}`]);
    });
  }
});

test('the matrix of departments leads to every policy, and its cells count that policy\'s measures', async () => {
  const page = await go('departments/index.html');
  const policies = rows('policies').map((row) => `${row.fiscal_year}-${row.department}`);
  assert.deepEqual((await targets('.matrix .cell')).sort(), policies.sort());
  const cells = await page.locator('.matrix .cell').evaluateAll((links) => links.map((link) => ({
    id: /** @type {HTMLAnchorElement} */ (link).pathname.replace(/^.*\/|\.html$/g, ''),
    sum: [...link.querySelectorAll('.tally')].reduce((sum, tally) => sum + Number(/\d+$/.exec(tally.textContent ?? '')?.[0]), 0),
  })));
  for (const { id, sum } of cells) {
    assert.equal(sum, json(`policies/${id}.json`).measures.length, id);
  }
});

test('a department\'s money is the sum of its measures\' money, with the departments below it', async () => {
  const department = rows('departments').find((row) => measures.some((m) => m.department === row.id));
  await go(`departments/${department?.id}.html`);
  // With the departments below it, as the page of money counts it.
  const below = new Set([department?.id]);
  for (const row of [...rows('departments'), ...rows('departments')]) if (below.has(row.parent)) below.add(row.id);
  const own = new Map(measures.filter((m) => below.has(m.department)).map((m) => [m.id, m.fiscal_year]));
  const expected = years.flatMap((year) => {
    const budgets = rows('budgets').filter((row) => own.get(row.measure) === year && row.fiscal_year === year);
    const sum = (/** @type {string} */ key) => {
      const known = budgets.map((row) => row[key]).filter((value) => value !== null);
      return known.length ? known.reduce((a, b) => a + b, 0).toLocaleString('en') : '—値なし';
    };
    return budgets.length ? [sum('budget'), sum('settled')] : [];
  });
  assert.deepEqual(await texts('section[aria-labelledby="money"] td'), expected);
});

test('a reorganised department says where it came from and where it went', async () => {
  const departments = rows('departments');
  const former = departments.find((row) => row.valid_to);
  await go(`departments/${former?.id}.html`);
  const successors = await targets('.history a');
  assert.ok(successors.length > 0);
  for (const successor of successors) {
    await go(`departments/${successor}.html`);
    assert.ok((await targets('.history a')).includes(former?.id), successor);
  }
});
