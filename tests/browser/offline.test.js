/**
 * **From a file share**: a site built with `--offline-search` is searched at a `file:` address, under its own policy.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test } from 'node:test';

import { launch } from './site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');

test('the search finds, filters and explains on a page that was opened from a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kawaraban-offline-'));
  const browser = await launch();
  try {
    const built = spawnSync(BINARY, ['build', '--root', ROOT, '--out', join(folder, 'site'), '--offline-search'], { encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    const page = await browser.newPage({ locale: 'ja-JP' });
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(join(folder, 'site/index.html')).href);
    await page.locator('[name=q]').fill('ﾌﾙｻﾄ納税');
    await page.locator('[name=q]').press('Enter');
    await page.waitForURL(/search\.html\?q=/);
    const results = page.locator('.results > li');
    await results.first().locator('.snippet mark').first().waitFor();
    const all = await results.count();
    await results.first().locator('.why summary').click();
    await results.first().locator('.why p', { hasText: '。' }).waitFor();
    await page.locator('.narrow > summary').click();
    await page.locator('#filter-year option').nth(1).waitFor({ state: 'attached' });
    await page.locator('#filter-year').selectOption({ index: 1 });
    await page.waitForFunction((all) => document.querySelectorAll('.results > li').length < all, all);
    await results.first().locator('h2 a').click();
    await page.waitForURL(/\/(measures|policies|data)\//);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
