/**
 * **A second theme**: the sample in `themes/sumi` is as whole, quiet and accessible as in the default one, and
 * does not look like it; so is it in the theme of a third city that stands on `sumi`. `KAWARABAN_SCREENSHOTS=1` leaves pictures of both in `.cache/screenshots`.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { SCREENSHOTS, faults, launch, pageTypes, watchedPage } from './site.js';
import { serve } from './server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const PAGES = ['home', 'measure with result', 'search', 'department', 'own dataset', 'home (en)'];

const folder = mkdtempSync(join(tmpdir(), 'kawaraban-theme-'));
/** @type {{origin: string, browser: import('playwright-core').Browser}} */
let opened;
/** @type {() => Promise<void>} */
let close;

before(async () => {
  cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  cpSync(join(ROOT, 'themes/sumi'), join(folder, 'themes/sumi'), { recursive: true });
  const settings = join(folder, 'content/site.toml');
  writeFileSync(settings, `theme = "sumi"\n${readFileSync(settings, 'utf8')}`);
  execFileSync(BINARY, ['build', '--root', folder, '--out', join(folder, 'site')], { stdio: 'pipe' });
  const server = await serve(join(folder, 'site'));
  const browser = await launch();
  opened = { origin: server.origin, browser };
  close = async () => { await browser.close(); await server.close(); };
});
after(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

for (const type of PAGES) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`${type}, ${colorScheme}`, async () => {
      const { page, complaints, close } = await watchedPage(opened, { viewport: { width: 360, height: 740 }, colorScheme, bypassCSP: true });
      await page.goto(`${opened.origin}/${pageTypes().get(type)}`, { waitUntil: 'networkidle' });
      assert.deepEqual(complaints, []);
      assert.equal(await page.locator('footer .colophon').count(), 1);
      assert.match(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontFamily), /Mincho/);
      const accent = await page.locator('html').evaluate((html) => getComputedStyle(html).getPropertyValue('--accent').trim());
      assert.equal(accent, colorScheme === 'light' ? '#a8281c' : '#ff9d8c');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
      assert.deepEqual(await faults(page), []);
      if (process.env.KAWARABAN_SCREENSHOTS) {
        mkdirSync(SCREENSHOTS, { recursive: true });
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.screenshot({ path: join(SCREENSHOTS, `sumi ${type} ${colorScheme}.png`) });
      }
      await close();
    });
  }
}

test('the theme of a third city has its own font, sections and pages, under the strict policy', async () => {
  const own = mkdtempSync(join(tmpdir(), 'kawaraban-minato-'));
  cpSync(join(ROOT, 'content'), join(own, 'content'), { recursive: true });
  cpSync(join(ROOT, 'tests/fixtures/minato'), own, { recursive: true });
  const settings = join(own, 'content/site.toml');
  writeFileSync(settings, `theme = "minato"\n${readFileSync(settings, 'utf8')}`);
  execFileSync(BINARY, ['build', '--root', own, '--out', join(own, 'site')], { stdio: 'pipe' });
  const server = await serve(join(own, 'site'));
  try {
    for (const path of ['index.html', 'en/index.html', 'guide/moving.html']) {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        const site = { origin: server.origin, browser: opened.browser };
        const viewport = { width: 360, height: 740 };
        const { page, complaints, close } = await watchedPage(site, { viewport, colorScheme, bypassCSP: true });
        await page.goto(`${server.origin}/${path}`, { waitUntil: 'networkidle' });
        assert.deepEqual(complaints, []);
        assert.equal(await page.locator('header img.crest').evaluate((image) => image.naturalWidth > 0), true);
        assert.equal(await page.evaluate(() => [...document.fonts].some(({ family }) => family.includes('Minato'))), true);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
        assert.deepEqual(await faults(page), [], path);
        await close();
        if (colorScheme === 'dark') continue;
        // As a visitor's browser applies it, the policy forbids nothing that the theme does.
        const visitor = await watchedPage(site, { viewport, colorScheme });
        await visitor.page.goto(`${server.origin}/${path}`, { waitUntil: 'networkidle' });
        assert.deepEqual(visitor.complaints, [], path);
        await visitor.close();
      }
    }
  } finally {
    await server.close();
    rmSync(own, { recursive: true });
  }
});
