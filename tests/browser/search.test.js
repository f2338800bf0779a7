/**
 * **Searching as a citizen does**: on the built site, served by a plain static server under the strict
 * policy; by keyboard, by an input method, with filters, and by an address that somebody has sent.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { faults, json, open, rows, watchedPage } from './site.js';

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
  const paths = async (/** @type {string} */ selector) => {
    await results.first().waitFor();
    return results.locator(selector).evaluateAll((all) => all.map((link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname));
  };
  /** Where the results lead to. */
  const links = () => paths('h2 a');
  /** The same with other years of a measure. */
  const allLinks = () => paths('a');
  /** How many, once the page says so. */
  const count = async () => {
    await watched.page.waitForFunction(() => /\d/.test(document.querySelector('kawaraban-search [role=status]')?.textContent ?? ''));
    return Number(/\d+/.exec(await status.innerText())?.[0]);
  };
  /** Does something, and waits for the answer to it. @param {() => Promise<unknown>} act */
  const answered = async (act) => {
    await watched.page.evaluate(() => {
      Object.assign(window, { answer: new Promise((done) => document.querySelector('kawaraban-search')?.addEventListener('results', done, { once: true })) });
    });
    await act();
    await watched.page.evaluate(async () => { await /** @type {any} */ (window).answer; });
  };
  return { ...watched, results, status, links, allLinks, count, answered };
}

describe('the words of the promise find the right measures', () => {
  for (const query of ['ふるさと納税', 'ﾌﾙｻﾄ納税']) {
    test(query, async () => {
      const { page, complaints, allLinks, count, close } = await searchPage('search.html');
      await page.locator('kawaraban-search [name=q]').fill(query);
      const found = await allLinks();
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
    await page.locator('kawaraban-search [name=q]').fill('令和３年');
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
  await page.locator('.narrow > summary').click();
  const year = page.locator('#filter-year');
  await page.locator('#filter-year option').nth(1).waitFor({ state: 'attached' });
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
  await page.locator('.narrow > summary').click();
  await page.locator('#filter-year option').nth(1).waitFor({ state: 'attached' });
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
  const box = page.locator('kawaraban-search [name=q]');
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
  await page.waitForURL((url) => url.pathname === first);
  await close();
});

describe('completion while typing', () => {
  /** @param {string} address @param {string} text */
  const typing = async (address, text) => {
    const opened = await searchPage(address);
    const { page } = opened;
    const box = page.locator('kawaraban-search [name=q]');
    await box.focus();
    await page.keyboard.type(text);
    const options = page.getByRole('listbox').getByRole('option');
    const active = async () => page.evaluate(() => document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '');
    return { ...opened, box, options, active };
  };

  test('arrows choose, Enter searches for what was chosen, Escape closes', async () => {
    const { page, box, options, active, status, links, complaints, close } = await typing('search.html', 'ぼうさ');
    await options.first().waitFor();
    assert.ok((await options.allInnerTexts()).includes('防災・安全'), String(await options.allInnerTexts()));
    // What a screen reader says of it.
    const combobox = page.getByRole('combobox', { name: '施策・データを検索する', expanded: true });
    assert.equal(await combobox.count(), 1);
    assert.equal(await combobox.getAttribute('aria-autocomplete'), 'list');
    assert.equal(await combobox.getAttribute('aria-controls'), await page.getByRole('listbox', { name: '検索の候補' }).getAttribute('id'));
    assert.equal(await active(), '');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(), await options.first().innerText());
    assert.equal(await page.getByRole('option', { selected: true }).count(), 1);
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(), '');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(), await options.last().innerText());
    await page.keyboard.press('Escape');
    assert.equal(await options.count(), 0);
    assert.equal(await box.inputValue(), 'ぼうさ');
    await page.keyboard.press('ArrowDown');
    await options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = await active();
    await page.keyboard.press('Enter');
    assert.equal(await box.inputValue(), chosen);
    assert.equal(await options.count(), 0);
    await page.waitForURL((url) => url.searchParams.get('q') === chosen);
    assert.ok((await links()).length > 0, await status.innerText());
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'q');
    assert.deepEqual(complaints, []);
    await close();
  });

  test('a click chooses, and what is typed by a slip is completed in kanji', async () => {
    const { page, box, options, close } = await typing('search.html', 'kosod');
    const option = options.filter({ hasText: '子育て' }).first();
    await option.waitFor();
    const text = await option.innerText();
    await option.click();
    assert.equal(await box.inputValue(), text);
    await page.waitForURL((url) => url.searchParams.get('q') === text);
    await close();
  });

  test('an English page completes English names', async () => {
    const { options, close } = await typing('en/search.html', 'disast');
    await options.first().waitFor();
    for (const text of await options.allInnerTexts()) assert.match(text, /^disast/i);
    await close();
  });

  test('while an input method composes, keys belong to it and nothing is offered', async () => {
    const { page, options, close } = await typing('search.html', '防');
    await options.first().waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'さい', selectionStart: 2, selectionEnd: 2 });
    await options.first().waitFor({ state: 'detached' });
    await page.waitForTimeout(300);
    assert.equal(await options.count(), 0);
    await session.send('Input.insertText', { text: '災' });
    await options.first().waitFor();
    await close();
  });

  test('axe finds nothing while completions are open', async () => {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const { page, close } = await watchedPage(opened, { bypassCSP: true, colorScheme });
      await page.goto(`${opened.origin}/search.html`);
      await page.locator('kawaraban-search [name=q]').focus();
      await page.keyboard.type('子');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      assert.deepEqual(await faults(page), []);
      await close();
    }
  });
});

test('a word that is nowhere is said to be nowhere, with what to try instead', async () => {
  const { page, status, results, complaints, close } = await searchPage(`search.html?q=${encodeURIComponent('鵺鵼鸞')}`);
  await status.filter({ hasText: '見つかりませんでした' }).waitFor();
  assert.equal(await results.count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('the English page searches the same documents and speaks English', async () => {
  const { page, status, links, close } = await searchPage(`en/search.html?q=${encodeURIComponent('ふるさと納税')}`);
  const found = await links();
  assert.ok(found.every((url) => url.startsWith('/en/')), String(found));
  assert.match(await status.innerText(), /^\d+ found\. Also searched for: ふるさと寄附, 寄附金\.$/);
  await page.goto(`${opened.origin}${found[0]}`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await close();
});

test('without a query, filters and their order browse everything', async () => {
  const { page, links, count, answered, close } = await searchPage('search.html');
  await page.locator('.narrow > summary').click();
  await page.locator('#filter-kind option').nth(1).waitFor({ state: 'attached' });
  await answered(() => page.locator('#filter-kind').selectOption('measure'));
  assert.equal(await count(), rows('measures').length);
  await answered(() => page.locator('#filter-sort').selectOption('budget'));
  const budgets = (await links()).map((url) => own(json(url.slice(1).replace('.html', '.json'))) ?? -1);
  const most = Math.max(...rows('measures').map((row) => own(json(`measures/${row.id}.json`)) ?? -1));
  assert.ok(most > 0);
  assert.equal(budgets[0], most);
  assert.deepEqual(budgets, [...budgets].sort((a, b) => b - a));
  await answered(async () => {
    await page.locator('#filter-from').fill(String(most));
    await page.locator('#filter-from').press('Enter');
  });
  assert.equal(new URL(page.url()).search, `?kind=measure&from=${most}&sort=budget`);
  for (const url of await links()) assert.equal(own(json(url.slice(1).replace('.html', '.json'))), most);
  await close();
});

/** A measure's budget of its own year. @param {any} measure @returns {number | null} */
function own(measure) {
  const amounts = measure.budgets.filter((/** @type {any} */ row) => row.fiscal_year === measure.fiscal_year && row.budget !== null);
  return amounts.length ? amounts.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + Number(row.budget), 0) : null;
}

test('a slip leads to the word that was meant', async () => {
  const { page, status, results, close } = await searchPage(`search.html?q=${encodeURIComponent('ふるさと能税')}`);
  const meant = page.locator('.search-meant a').first();
  assert.equal(await meant.innerText(), 'ふるさと納税');
  await meant.click();
  await page.waitForFunction(() => /^\d+件/.test(document.querySelector('kawaraban-search [role=status]')?.textContent ?? ''));
  assert.equal(await page.locator('kawaraban-search [name=q]').inputValue(), 'ふるさと納税');
  assert.equal(await page.locator('.search-meant a').count(), 0);
  assert.ok(await results.count() > 0, await status.innerText());
  await close();
});

test('the page says what it read a query as, but not that width, ー or separators differ', async () => {
  const kanji = await searchPage(`search.html?q=${encodeURIComponent('圖書館')}`);
  await kanji.count();
  assert.match(await kanji.status.innerText(), /「図書館」と読み替えて検索しました/);
  await kanji.close();
  for (const query of ['ﾌﾙｻﾄ納税', '１，０００', 'コンピューター']) {
    const { page, status, close } = await searchPage(`search.html?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.querySelector('kawaraban-search [role=status]')?.textContent);
    assert.doesNotMatch(await status.innerText(), /読み替え/, query);
    await close();
  }
});

test('other words that were looked for are shown as the content spells them', async () => {
  const { status, count, close } = await searchPage(`search.html?q=${encodeURIComponent('SNS')}`);
  await count();
  assert.match(await status.innerText(), /次の言葉でも検索しました：ソーシャルメディア。/);
  await close();
  // 備蓄 is a synonym of びちく and what びちく reads as: it is named once.
  const reading = await searchPage(`search.html?q=${encodeURIComponent('びちく')}`);
  await reading.count();
  assert.match(await reading.status.innerText(), /次の言葉でも検索しました：備蓄、stockpile。/);
  await reading.close();
});

test('a result says in a sentence why it is there, in the words that were typed', async () => {
  const { results, links, close } = await searchPage(`search.html?q=${encodeURIComponent('ﾌﾙｻﾄ納税')}`);
  await links();
  await results.first().locator('.why summary').click();
  const reason = results.first().locator('.why p');
  await reason.filter({ hasText: 'があります' }).waitFor();
  assert.match(await reason.innerText(), /に「ﾌﾙｻﾄ納税」があります。/);
  await close();
  // Of a single kanji, and of two keywords, what is said is where they stand, not that they are near each other.
  for (const [query, expected] of /** @type {[string, RegExp][]} */ ([
    ['橋', /^題名・見出し・本文に「橋」があります。$/], ['ごみ 減量', /^(題名|見出し|本文)[^。]*に「ごみ」があります。\s*(題名|見出し|本文)[^。]*に「減量」があります。$/]])) {
    const { results, links, close } = await searchPage(`search.html?q=${encodeURIComponent(query)}`);
    await links();
    await results.first().locator('.why summary').click();
    const reason = results.first().locator('.why p');
    await reason.filter({ hasText: 'があります' }).waitFor();
    assert.match((await reason.innerText()).trim(), expected);
    await close();
  }
});

test('of a question it is said that its results are close to it, of a word that no text has all of it that some have a part', async () => {
  for (const [query, expected] of /** @type {[string, RegExp][]} */ ([
    ['図書館はどこですか', /^質問や文に近いもの\d+件を、近い順に示します。/], ['子どもの医療費の助成を受けるには', /^質問や文に近いもの\d+件を、近い順に示します。/],
    ['ごみ 存在しない言葉', /^すべての言葉を含むものはありません。一部を含むもの\d+件を示します。/], ['ごみ', /^\d+件見つかりました。/]])) {
    const { status, links, close } = await searchPage(`search.html?q=${encodeURIComponent(query)}`);
    await links();
    assert.match(await status.innerText(), expected, query);
    await close();
  }
});

test('the years of a measure are one result, the newest first', async () => {
  const all = measuresThat(() => true);
  const series = [...new Set(all.map(({ series }) => series))].map((own) => all.filter(({ series }) => series === own));
  const [years = []] = series.filter((years) => years.length > 2 && new Set(years.map(({ title }) => JSON.stringify(title))).size === 1);
  const title = typeof years[0].title === 'string' ? years[0].title : years[0].title.ja;
  const newest = years.toSorted((a, b) => b.fiscal_year - a.fiscal_year);
  const { results, links, close } = await searchPage(`search.html?q=${encodeURIComponent(`"${title}"`)}`);
  const [first] = await links();
  assert.equal(first, `/measures/${newest[0].id}.html`);
  const others = await results.first().locator('.facts a').allInnerTexts();
  assert.deepEqual(others, newest.slice(1).map(({ fiscal_year }) => `${fiscal_year}年度`));
  await close();
});

describe('a damaged index is an error that can be tried again', () => {
  /** @type {[string, (route: import('playwright-core').Route) => Promise<void>][]} */
  const damages = [
    ['an error page', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>404</title>' })],
    ['an empty file', (route) => route.fulfill({ body: '' })],
    ['no connection', (route) => route.abort()],
  ];
  for (const [name, damage] of damages) {
    test(name, async () => {
      const { page, results, status, close } = await searchPage('search.html');
      await page.route('**/search/*.kwb', damage);
      await page.locator('kawaraban-search [name=q]').fill('ふるさと納税');
      const retry = status.getByRole('button', { name: 'もう一度試す' });
      await retry.waitFor();
      assert.equal(await results.count(), 0);
      await page.unroute('**/search/*.kwb');
      await retry.click();
      await results.first().waitFor();
      await close();
    });
  }
});

test('from an address with a query to titles there are three waits for the host where no list lies apart, and the manifest is asked for once', async () => {
  const LATE = 250;
  // So low that no snippet comes into view, and what is fetched is for the titles.
  const { page, complaints, close } = await watchedPage(opened, { viewport: { width: 1000, height: 120 } });
  /** @type {{path: string, asked: number, received: number}[]} */
  const requests = [];
  await page.route('**/*', async (route) => {
    const request = { path: new URL(route.request().url()).pathname, asked: performance.now(), received: Infinity };
    requests.push(request);
    await new Promise((resolve) => setTimeout(resolve, LATE));
    await route.continue();
    request.received = performance.now();
  });
  await page.goto(`${opened.origin}/search.html?q=${encodeURIComponent('ふるさと納税')}`, { waitUntil: 'commit' });
  await page.locator('.results h2 a').first().waitFor();
  const titles = performance.now();
  // The longest sequence of requests, each asked for when the one before had come, after the page's own.
  const [html, ...others] = requests.filter(({ received }) => received < titles).sort((a, b) => a.received - b.received);
  /** @type {number[]} */
  const depths = [];
  for (const { asked } of others) depths.push(1 + Math.max(0, ...depths.filter((_, at) => (others[at]?.received ?? Infinity) <= asked)));
  assert.equal(html?.path, '/search.html');
  assert.ok(Math.max(...depths) <= 3, JSON.stringify(others.map(({ path }, at) => [depths[at], path])));
  assert.equal(requests.filter(({ path }) => path.endsWith('manifest.json')).length, 1);
  assert.deepEqual(complaints, []);
  await close();
});

test('snippets are fetched for what comes into view, and only that', async () => {
  const { page, results, links, close } = await searchPage(`search.html?q=${encodeURIComponent('市民')}`, { viewport: { width: 1000, height: 500 } });
  assert.equal((await links()).length, 10);
  await results.first().locator('.snippet mark').first().waitFor();
  assert.equal(await results.last().locator('.snippet').innerText(), '');
  await results.last().scrollIntoViewIfNeeded();
  await results.last().locator('.snippet[lang]').waitFor();
  await page.keyboard.press('Tab');
  await close();
});

test('the live region speaks once for each answer and focus stays in the box', async () => {
  const { page, count, close } = await searchPage('search.html');
  await page.evaluate(() => {
    const said = /** @type {string[]} */ ([]);
    Object.assign(window, { said });
    const region = document.querySelector('kawaraban-search [role=status]');
    if (region) new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, { childList: true, subtree: true, characterData: true });
  });
  await page.locator('kawaraban-search [name=q]').focus();
  // Typed without a pause, however slow the machine is: the answers to 2, 20 and 202 are not said.
  await page.evaluate(() => {
    const box = /** @type {HTMLInputElement} */ (document.querySelector('kawaraban-search [name=q]'));
    for (const typed of ['2', '20', '202', '2023']) {
      box.value = typed;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  });
  const first = await count();
  await page.keyboard.type(' ');
  await page.waitForTimeout(300);
  // A slow machine is told that the search is under way; the answer itself is said once.
  const said = await page.evaluate(() => /** @type {any} */ (window).said);
  assert.deepEqual(said.filter((/** @type {string} */ words) => words !== '検索しています'), [`${first}件見つかりました。`]);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'q');
  await close();
});

test('one element on any page is a whole search', async () => {
  const { page, complaints, close } = await searchPage('about.html');
  const script = await (await page.request.get(`${opened.origin}/search.html`)).text();
  const source = /src="([^"]*kawaraban-search\.js)"/.exec(script)?.[1] ?? '';
  await page.evaluate((source) => {
    const script = Object.assign(document.createElement('script'), { type: 'module', src: source });
    document.head.append(script);
    document.querySelector('main')?.append(document.createElement('kawaraban-search'));
  }, source);
  const box = page.locator('kawaraban-search [name=q]');
  await box.fill('ふるさと納税');
  const first = page.locator('kawaraban-search .results a').first();
  await first.waitFor();
  assert.equal(new URL(page.url()).search, '');
  await page.waitForLoadState('networkidle');
  await first.click();
  await page.waitForURL(/\/(measures|data|policies)\//);
  // What the page had still asked for when it was left is no fault.
  assert.deepEqual(complaints.filter((complaint) => !complaint.endsWith('net::ERR_ABORTED')), []);
  await close();
});

describe('axe finds nothing in any state of the search', () => {
  const query = (/** @type {string} */ text) => `search.html?q=${encodeURIComponent(text)}`;
  /** @type {[string, string, (page: import('playwright-core').Page) => Promise<unknown>][]} */
  const states = [
    ['empty', 'search.html', async () => {}],
    ['results', query('市民'), (page) => page.locator('.results li .snippet[lang]').first().waitFor()],
    ['results of both tiers, with why', query('令和4年度の子育て支援はどうなりましたか'), async (page) => {
      await page.locator('.why summary').first().click();
      await page.locator('.why p', { hasText: '。' }).first().waitFor();
    }],
    ['none, with a suggestion', query('ふるさと能税'), (page) => page.locator('.search-meant a').first().waitFor()],
    ['filters open', query('道路'), async (page) => {
      await page.locator('.narrow > summary').click();
      await page.locator('#filter-year option').nth(1).waitFor({ state: 'attached' });
    }],
    ['loading', query('橋梁'), async (page) => {
      await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent?.includes('検索しています'));
    }],
    ['error', query('公園'), async (page) => {
      await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent?.includes('読み込めませんでした'));
    }],
    ['in English', `en/${query('防災')}`, (page) => page.locator('.results li .snippet[lang]').first().waitFor()],
  ];
  for (const [state, address, reach] of states) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      test(`${state}, ${colorScheme}`, async () => {
        const { page, close } = await watchedPage(opened, { bypassCSP: true, colorScheme });
        // A host that is slow, or gone.
        if (state === 'loading') await page.route('**/*.kwb', () => {});
        if (state === 'error') await page.route('**/*.kwb', (route) => route.abort());
        await page.goto(`${opened.origin}/${address}`);
        await reach(page);
        assert.deepEqual(await faults(page), []);
        await close();
      });
    }
  }
});

test('the language switch keeps what was asked', async () => {
  const { page, complaints, count, close } = await searchPage(`search.html?q=${encodeURIComponent('防災')}&year=2022`);
  const all = await count();
  await page.locator('kawaraban-search [name=q]').fill('消防');
  await page.waitForURL((url) => url.searchParams.get('q') === '消防');
  for (const [lang, pathname] of [['en', '/en/search.html'], ['ja', '/search.html']]) {
    const link = page.locator(`nav a[hreflang=${lang}]`);
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === pathname);
    const asked = new URL(page.url()).searchParams;
    assert.deepEqual([asked.get('q'), asked.get('year')], ['消防', '2022']);
    assert.equal(await page.locator('kawaraban-search [name=q]').inputValue(), '消防');
    assert.ok(await count() > 0);
  }
  assert.ok(all > 0);
  // What a page that is left was still fetching is no fault of the search.
  assert.deepEqual(complaints.filter((said) => !said.endsWith('net::ERR_ABORTED')), []);
  await close();
});
