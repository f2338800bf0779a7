/**
 * The **built sample site** and a browser that looks at it. Which page stands for which type is read
 * from the site's own data, so that the tests do not hang on ids of the sample content.
 */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { serve } from './server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SITE = process.env.KAWARABAN_TEST_SITE ?? join(ROOT, '.cache/test-site');
export const SCREENSHOTS = join(ROOT, '.cache/screenshots');

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const BUILT_IN = [
  'departments', 'department-successions', 'topics', 'ratings', 'policies', 'measures', 'measure-topics', 'results',
  'indicators', 'budgets',
];

/** The rows of a published dataset. @param {string} id @returns {Record<string, any>[]} */
export function rows(id) {
  return json(`data/${id}/latest/${id}.json`).rows;
}

/** A published JSON file. @param {string} path */
export function json(path) {
  return JSON.parse(readFileSync(join(SITE, path), 'utf8'));
}

/** Every HTML page of the site. @returns {string[]} */
export function everyPage() {
  return readdirSync(SITE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .sort();
}

/**
 * One page of each type, by what the type is called; in both languages where the site has two.
 * @returns {Map<string, string>}
 */
export function pageTypes() {
  const measures = rows('measures').map((row) => json(`measures/${row.id}.json`));
  const rated = measures.find((measure) => measure.result && measure.indicators.length && measure.budgets.length);
  const running = measures.find((measure) => !measure.result);
  const policy = rows('policies').find((row) => row.statement) ?? rows('policies')[0];
  const department = rows('departments').find((row) => row.valid_to) ?? rows('departments')[0];
  const catalog = json('catalog.json');
  const released = catalog.datasets.find((/** @type {{versions: object[]}} */ dataset) => dataset.versions.length > 1);
  const own = catalog.datasets.find((/** @type {{id: string}} */ dataset) => !BUILT_IN.includes(dataset.id));
  // A city's site need not have a folder of each: a type without a page is for the caller to leave out, or to miss.
  const first = (/** @type {string} */ folder) => existsSync(join(SITE, folder))
    ? readdirSync(join(SITE, folder)).filter((name) => name.endsWith('.html') && name !== 'index.html').sort()[0] : undefined;
  const blocks = existsSync(join(SITE, 'embed')) ? readdirSync(join(SITE, 'embed')).sort()
    .find((name) => existsSync(join(SITE, `${name}.html`))) : undefined;
  const types = new Map(Object.entries({
    home: 'index.html',
    search: 'search.html',
    'not found': '404.html',
    measures: 'measures/index.html',
    'measure with result': `measures/${rated?.id}.html`,
    'measure without result': `measures/${running?.id}.html`,
    policies: 'policies/index.html',
    policy: `policies/${policy?.id}.html`,
    departments: 'departments/index.html',
    department: `departments/${department?.id}.html`,
    topics: 'topics/index.html',
    topic: `topics/${first('topics')}`,
    ratings: 'ratings/index.html',
    rating: `ratings/${first('ratings')}`,
    years: 'years/index.html',
    year: `years/${first('years')}`,
    money: 'money/index.html',
    'money of a year': `money/${first('money')}`,
    missed: 'missed/index.html',
    'missed in a year': `missed/${first('missed')}`,
    comparisons: 'compare/index.html',
    comparison: `compare/${first('compare')}`,
    datasets: 'data/index.html',
    'built-in dataset': 'data/indicators.html',
    'own dataset': `data/${own?.id}.html`,
    'accessibility policy': 'accessibility.html',
    'accessibility test': `accessibility/${first('accessibility')}`,
    'released version': `data/${released?.id}/${released?.versions.at(-1).version}/index.html`,
    'unreleased changes': `data/${released?.id}/latest/index.html`,
    'free page': 'about.html',
    'page with blocks': `${blocks}.html`,
    'block for other sites': `embed/${blocks}/${first(`embed/${blocks}`)}`,
  }));
  for (const [type, path] of [...types]) {
    if (existsSync(join(SITE, 'en', path))) types.set(`${type} (en)`, `en/${path}`);
  }
  return types;
}

/** A browser that talks to nobody by itself. */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});

/**
 * A browser and a server for a test file.
 * @param {{compress?: boolean}} [options] of the server
 * @returns {Promise<{origin: string, requests: string[], browser: import('playwright-core').Browser, close: () => Promise<void>}>}
 */
export async function open(options) {
  const server = await serve(SITE, options);
  const browser = await launch();
  return {
    origin: server.origin,
    requests: server.requests,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * A new page that writes down what goes wrong on it.
 * @param {{origin: string, browser: import('playwright-core').Browser}} opened
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function watchedPage({ origin, browser }, options = {}) {
  const context = await browser.newContext({ locale: 'ja-JP', ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    // Breaches of the content security policy are told here too.
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`outside the origin: ${request.url()}`);
  });
  page.on('response', (response) => {
    const expected = response.url().endsWith('/nowhere.html') ? 404 : 200;
    if (response.status() !== expected) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/**
 * What axe finds on a page as it is now.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function faults(page) {
  // Half a megabyte of script is brought in once a page, however often it is asked.
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.map((/** @type {any} */ violation) =>
      `${violation.id}: ${violation.nodes.slice(0, 3).map((/** @type {any} */ node) => node.html).join(' … ')}`);
  }, AXE_TAGS);
}
