/**
 * **The preview**: the real binary on a real folder, looked at in the browser while a clerk edits.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { open, watchedPage } from './site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');

const folder = mkdtempSync(join(tmpdir(), 'kawaraban-serve-'));
/** @type {import('node:child_process').ChildProcess} */
let preview;
let origin = '';
/** @type {Awaited<ReturnType<typeof open>>} */
let opened;

before(async () => {
  cpSync(join(ROOT, 'tests/errors/site'), folder, { recursive: true });
  preview = spawn(BINARY, ['serve', '--root', folder, '--port', '0', '--lang', 'en'], { stdio: ['ignore', 'pipe', 'pipe'] });
  for await (const line of createInterface({ input: /** @type {import('node:stream').Readable} */ (preview.stdout) })) {
    origin = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '';
    if (origin) break;
  }
  opened = await open();
});
after(async () => {
  preview.kill();
  await opened.close();
  rmSync(folder, { recursive: true });
});

/** @param {string} path @param {(text: string) => string} change */
function edit(path, change) {
  const file = join(folder, 'content', path);
  const before = readFileSync(file, 'utf8');
  const text = change(before);
  assert.notEqual(text, before, 'the edit changes something');
  writeFileSync(file, text);
}

test('a saved change reaches the open page, a mistake is shown in it, and mending it takes it away', async () => {
  const { page, complaints, close } = await watchedPage({ ...opened, origin });
  await page.goto(`${origin}/measures/town-meetings-2022.html`);
  assert.match(await page.locator('h1').innerText(), /まちづくり懇談会の開催/);

  edit('policies/2022/planning.toml', (text) => text.replace('まちづくり懇談会の開催', 'まちづくり懇談会の充実'));
  await page.getByRole('heading', { level: 1, name: 'まちづくり懇談会の充実' }).waitFor();

  edit('policies/2022/planning.toml', (text) => text.replace('headline', 'headlne'));
  const report = page.getByRole('alertdialog');
  await report.waitFor();
  const text = await report.innerText();
  assert.match(text, /error\[document::unknown-key\]: unknown key `headlne`/);
  assert.match(text, /content\/policies\/2022\/planning\.toml:3:1/);
  assert.match(text, /did you mean `headline`\?/);
  // It does not cover the bar, whose list of problems is reached beside it.
  const bar = page.getByRole('region', { name: 'Preview' });
  await bar.getByText('errors: 1, warnings: 0').click();
  await bar.getByRole('listitem').filter({ hasText: 'headlne' }).click({ trial: true });
  await report.getByRole('button', { name: 'close' }).click({ trial: true });
  await page.setViewportSize({ width: 390, height: 500 });
  await bar.getByRole('listitem').filter({ hasText: 'headlne' }).click({ trial: true });
  await report.getByRole('button', { name: 'close' }).click({ trial: true });
  // The last good page stands behind it.
  assert.match(await page.locator('h1').innerText(), /充実/);

  edit('policies/2022/planning.toml', (text) => text.replace('headlne', 'headline'));
  await report.waitFor({ state: 'detached' });
  assert.match(await page.locator('h1').innerText(), /充実/);
  // A page that is left ends its event stream.
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('/__kawaraban/events')), []);
  await close();
});

test('another host name is refused, and so is writing', async () => {
  const status = (/** @type {Record<string, string>} */ headers, method = 'GET') => new Promise((resolve, reject) => {
    const asked = request(`${origin}/index.html`, { headers, method }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
  assert.equal(await status({}), 200);
  assert.equal(await status({ host: 'elsewhere.example' }), 403);
  assert.equal(await status({}, 'POST'), 405);
});
