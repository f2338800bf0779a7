/**
 * **A hostile text is a text**: whatever a field holds is shown as it was written. No page gets an element,
 * an attribute or an address from it, no file breaks by it, no script runs, and nothing is asked of another
 * host.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { DomUtils, parseDocument } from 'htmlparser2';

import { poison, poisonPage } from './hostile.js';
import { serve } from './server.js';
import { SITE, launch, watchedPage } from './site.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const folder = mkdtempSync(join(tmpdir(), 'kawaraban-hostile-'));
const site = join(folder, 'public');

/** The hostile text by its field. @type {Map<string, string>} */
let fields = new Map();
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  // A unit tells whether figures can be added up, which blocks in texts do. The city's reading helps the
  // search alone and is shown nowhere.
  fields = poison(BINARY, folder, ['人', '世帯', 'カワラシ']);
  for (const page of ['about.md', 'about.en.md']) poisonPage(join(folder, 'content/pages', page));
  for (const command of [
    ['release', 'population', '--version', '2099', '--note', '"><script>hit(1)</script>', '--note-en', ']]><img src=x onerror=hit(2)>'],
    ['build', '--out', site],
  ]) {
    const run = spawnSync(BINARY, [...command, '--root', folder, '--lang', 'en'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  }
  server = await serve(site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every file of `root` with such an end. @param {string} root @param {...string} ends */
const files = (root, ...ends) => readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => ends.some((end) => path.endsWith(end))).sort();

/** A page of `root`, as it was written. @param {string} root @param {string} path */
const read = (root, path) => parseDocument(readFileSync(join(root, path), 'utf8'));

/** @param {ReturnType<typeof parseDocument>} document */
const elementsOf = (document) => DomUtils.getElementsByTagName('*', document);

/**
 * What `document` has that no page of the sample has, and addresses that run or ask for something.
 * @param {ReturnType<typeof parseDocument>} document @param {Set<string>} known names of elements, and of their attributes
 */
function foreign(document, known) {
  return elementsOf(document).flatMap(({ name, attribs }) => [
    ...(known.has(name) ? [] : [`<${name}>`]),
    ...Object.entries(attribs).flatMap(([attribute, value]) => {
      if (!known.has(`${name} ${attribute}`)) return [`<${name} ${attribute}>`];
      if (!['href', 'src', 'action', 'srcset'].includes(attribute)) return [];
      const runs = /^\s*(javascript|data|vbscript):/i.test(value);
      const asks = !['a', 'link'].includes(name) && /^\s*(https?:)?\/\//i.test(value);
      return runs || asks ? [`<${name} ${attribute}="${value}">`] : [];
    }),
  ]);
}

test('most fields take a hostile text', () => {
  const kinds = new Set([...fields.keys()].map((field) => field.replace(/ .*/, '')));
  assert.ok(fields.size > 1500, `${fields.size} fields`);
  for (const kind of ['site.toml', 'accessibility.toml', 'departments.csv', 'topics.csv', 'plan.csv', 'fields.toml',
    'series.csv', 'synonyms.csv', 'measures/2021/fire.csv', 'indicators/2023.csv', 'budgets/2023.csv', 'policies/2023/education.toml',
    'datasets/population/dataset.toml', 'datasets/public-facilities/public-facilities.csv']) {
    assert.ok(kinds.has(`content/${kind}`), kind);
  }
});

test('no page has an element, an attribute or an address that the sample has not', () => {
  const known = new Set();
  for (const path of files(SITE, '.html')) {
    for (const { name, attribs } of elementsOf(read(SITE, path))) {
      known.add(name);
      for (const attribute of Object.keys(attribs)) known.add(`${name} ${attribute}`);
    }
  }
  const faults = files(site, '.html').flatMap((path) => foreign(read(site, path), known).map((fault) => `${path}: ${fault}`));
  assert.deepEqual(faults.slice(0, 20), []);

  const faulty = parseDocument('<p onclick="x"><hit></hit><a href="javascript:x">x</a><script src="//hit.example"></script></p>');
  assert.deepEqual(foreign(faulty, known),
    ['<p onclick>', '<hit>', '<a href="javascript:x">', '<script src="//hit.example">']);
});

test('what was written is what is published', () => {
  const texts = [];
  for (const path of files(site, '.html')) texts.push(DomUtils.textContent(read(site, path)));
  for (const path of files(site, '.json', '.jsonld', '.csv')) texts.push(readFileSync(join(site, path), 'utf8'));
  const published = texts.join('\n');
  const quoted = (/** @type {string} */ text) => [text, JSON.stringify(text).slice(1, -1), text.replaceAll('"', '""')];
  const lost = [...fields].filter(([, text]) => !quoted(text).some((form) => published.includes(form)));
  assert.deepEqual(lost, []);
});

test('every JSON and XML file can be read', async () => {
  for (const path of files(site, '.json', '.jsonld', '.webmanifest')) {
    assert.doesNotThrow(() => JSON.parse(readFileSync(join(site, path), 'utf8')), path);
  }
  const page = await browser.newPage();
  const faults = [];
  for (const path of files(site, '.xml', '.rdf', '.svg')) {
    const fault = await page.evaluate((text) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent,
      readFileSync(join(site, path), 'utf8'));
    if (fault) faults.push(`${path}: ${fault}`);
  }
  await page.close();
  assert.deepEqual(faults, []);
});

test('no script runs in the browser, and nothing leaves the site', async () => {
  const { page, complaints, close } = await watchedPage({ browser, origin: server.origin });
  page.on('dialog', (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
  await page.addInitScript(() => {
    /** @type {any} */ (globalThis).hit = (/** @type {number} */ n) => console.error(`the text ${n} ran`);
  });
  const pages = files(site, '.html').filter((path) => !/^(en\/)?404\.html$/.test(path));
  // All pages of the kinds that are few, and every tenth of the rest.
  const seen = pages.filter((path, at) => at % 10 === 0 || !/^(en\/)?(measures|embed)\//.test(path));
  for (const path of seen) {
    await page.goto(`${server.origin}/${path}`, { waitUntil: 'load' });
    if (/^data\/[\w-]+\.html$/.test(path)) await page.waitForLoadState('networkidle');
  }
  for (const query of ['hit', '<script>hit(0)</script>', '"><img src=x onerror=hit(0)>', 'javascript:hit']) {
    await page.goto(`${server.origin}/search.html?q=${encodeURIComponent(query)}`, { waitUntil: 'networkidle' });
    assert.equal(await page.locator('input[name=q]').first().inputValue(), query);
  }
  await close();
  assert.ok(seen.length > 150, `${seen.length} pages`);
  // A page that is left before its icon has come breaks that request off.
  assert.deepEqual(complaints.filter((complaint) => !complaint.endsWith('favicon.svg net::ERR_ABORTED')).slice(0, 20), []);
});
