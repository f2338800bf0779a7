/**
 * The site **where hosts put it**: in a folder that `base_url` does not know, where the page of unknown addresses still
 * leads on; and its search on a page of another host, which says in words why it cannot be.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { SITE, faults, launch, rows } from './site.js';
import { serve } from './server.js';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/**
 * A page of a new context.
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function visitor(options) {
  const context = await browser.newContext({ locale: 'ja-JP', ...options });
  return { page: await context.newPage(), close: () => context.close() };
}

/** Where the links, forms and pictures of a page lead, and how many rules its style sheets have. @param {import('playwright-core').Page} page */
const leads = (page) => page.evaluate(() => ({
  paths: [...document.querySelectorAll('a, form, link')]
    .map((element) => new URL(element.getAttribute('href') ?? element.getAttribute('action') ?? '', location.href))
    .filter((url) => url.origin === location.origin && url.pathname !== location.pathname && !url.pathname.startsWith('/nowhere/'))
    .map((url) => url.pathname),
  rules: [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0),
}));

for (const below of ['/', '/project/', '/pages/project/']) {
  test(`the 404 page leads into the site at ${below}, at any depth`, async () => {
    const server = await serve(SITE, { below });
    const { page, close } = await visitor({ bypassCSP: true });
    try {
      for (const path of ['nowhere', 'measures/nowhere.html', 'data/a/b/c/nowhere.html?x=1']) {
        const answer = await page.goto(server.origin + below + path, { waitUntil: 'networkidle' });
        assert.equal(answer?.status(), 404);
        const { paths, rules } = await leads(page);
        assert.ok(paths.length > 8, paths.join(' '));
        assert.deepEqual(paths.filter((path) => !path.startsWith(below)), [], path);
        assert.ok(rules > 100, `${rules} rules of styles at ${path}`);
        assert.deepEqual(await faults(page), []);
        await page.fill('main [name=q]', '防災');
        await page.press('main [name=q]', 'Enter');
        await page.waitForURL(`**${below}search.html?q=*`);
        await page.locator('.results li').first().waitFor();
      }
    } finally {
      await close();
      await server.close();
    }
  });
}

test('the strict policy allows the script of the 404 page, and without it the page can be read', async () => {
  const server = await serve(SITE, { below: '/project/' });
  try {
    const strict = await visitor();
    /** @type {string[]} */
    const refused = [];
    strict.page.on('console', (message) => { if (/Content.Security/.test(message.text())) refused.push(message.text()); });
    await strict.page.goto(`${server.origin}/project/a/nowhere`, { waitUntil: 'networkidle' });
    assert.deepEqual(refused, []);
    assert.ok((await leads(strict.page)).rules > 100);
    await strict.close();
    const plain = await visitor({ javaScriptEnabled: false });
    await plain.page.goto(`${server.origin}/project/a/nowhere`);
    assert.equal(await plain.page.locator('h1').count(), 1);
    await plain.close();
  } finally {
    await server.close();
  }
});

for (const lang of ['ja', 'en']) {
  test(`the search on a page of another host works where that is allowed, and says why where not (${lang})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kawaraban-embed-'));
    const policy = { 'Content-Security-Policy': 'default-src *' };
    const hosts = [await serve(SITE, { headers: { 'Access-Control-Allow-Origin': '*' } }), await serve(SITE)];
    const own = await serve(folder, { headers: policy });
    const { page, close } = await visitor();
    const [open = '', shut = ''] = hosts.map(({ origin }) => origin);
    /** @param {string} origin @param {string} script */
    const embedding = (origin, script) =>
      `<!doctype html><html lang="${lang}"><title>市の別のサイト</title><script defer src="${script}"></script>
      <kawaraban-search data-index="${origin}/search/" data-base="${origin}/"></kawaraban-search></html>`;
    try {
      writeFileSync(join(folder, 'open.html'), embedding(open, `${open}/kawaraban.js`));
      await page.goto(`${own.origin}/open.html`);
      const [measure] = rows('measures');
      await page.fill('kawaraban-search [name=q]', String(measure?.title));
      await page.press('kawaraban-search [name=q]', 'Enter');
      const link = page.locator('.results a').first();
      await link.waitFor();
      assert.ok((await link.getAttribute('href'))?.startsWith(`${open}/`));

      writeFileSync(join(folder, 'shut.html'), embedding(shut, `${shut}/kawaraban.js`));
      await page.goto(`${own.origin}/shut.html`);
      const status = page.locator('kawaraban-search [role=status]');
      await page.waitForFunction(() => /Access-Control/.test(document.querySelector('[role=status]')?.textContent ?? ''));
      const said = await status.textContent() ?? '';
      assert.ok(said.includes(new URL(shut).host) && said.includes(own.origin), said);
      assert.match(said, lang === 'ja' ? /検索できません.*もう一度試す$/ : /cannot search.*Try again$/);

      // No answer at all is another message.
      await hosts[1]?.close();
      await page.getByRole('button').click();
      await page.waitForFunction(() => !/Access-Control/.test(document.querySelector('[role=status]')?.textContent ?? ''));
      assert.match(await status.textContent() ?? '', lang === 'ja' ? /時間をおいて/ : /later/);
    } finally {
      await close();
      await own.close();
      await hosts[0]?.close();
      await hosts[1]?.close().catch(() => {});
      rmSync(folder, { recursive: true });
    }
  });
}

