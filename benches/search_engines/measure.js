/**
 * **Measures** what an engine's searches cost in a browser: `node measure.js TASK.json` prints the figures
 * that `benches/search` describes. The task is `{engine, site, first, queries, common}`.
 */

import { readFileSync } from 'node:fs';

import { launch, serve } from './browser.js';

/** So many results are shown with their snippets. */
const SHOWN = 5;
/** Milliseconds before the late server answers: long beside what the page computes. */
const LATE = 200;

/** @typedef {{open: (page: any, origin: string) => Promise<void>, ask: (page: any, query: string) => Promise<void>, own: (path: string) => boolean}} Engine */

/** Through the search page, as a person would. @type {Engine} */
const kawaraban = {
  async open(page, origin) {
    await page.goto(`${origin}/search.html`);
    await page.locator('input[name=q]').focus();
    await page.waitForLoadState('networkidle');
  },
  ask: (page, query) => page.evaluate(async ({ query, shown }) => {
    const input = document.querySelector('input[name=q]');
    if (!(input instanceof HTMLInputElement)) throw new Error('there is no search box');
    let answered = '';
    input.closest('kawaraban-search')?.addEventListener('results', (event) => { answered = /** @type {CustomEvent} */ (event).detail.query; }, { once: true });
    const started = performance.now();
    input.value = query;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const until = async (/** @type {() => boolean} */ done) => {
      while (!done()) {
        if (performance.now() - started > 30_000) throw new Error(`no answer to ${query}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return performance.now() - started;
    };
    const titles = await until(() => answered === query);
    // A snippet is fetched when its result is in view.
    const results = [...document.querySelectorAll('.results > li')].slice(0, shown);
    results.at(-1)?.scrollIntoView({ block: 'end', behavior: 'instant' });
    await until(() => results.every((item) => item.querySelector('.snippet[lang]')));
    return titles;
  }, { query, shown: SHOWN }),
  own: (path) => path.includes('/search/') && !path.endsWith('.css'),
};

/** Through its interface: the chunks of the words, then what belongs to each result. @type {Engine} */
const pagefind = {
  async open(page, origin) {
    // It takes the language of its index from the page.
    await page.goto(`${origin}/${task.page}`);
    await page.evaluate(async () => {
      const engine = await import(new URL('/pagefind/pagefind.js', location.href).href);
      await engine.init();
      Object.assign(window, { engine });
    });
    await page.waitForLoadState('networkidle');
  },
  ask: (page, query) => page.evaluate(async ({ query, shown }) => {
    const started = performance.now();
    const { results } = await /** @type {any} */ (window).engine.search(query);
    await Promise.all(results.slice(0, shown).map((/** @type {any} */ result) => result.data()));
    return performance.now() - started;
  }, { query, shown: SHOWN }),
  own: (path) => path.startsWith('/pagefind/'),
};

/** @typedef {{engine: 'kawaraban' | 'pagefind', site: string, first: number, queries: string[], common: string[], page: string}} Task */
/** @type {Task} */
const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const engine = { kawaraban, pagefind }[task.engine];
const browser = await launch();

/**
 * A page with an empty cache: the bytes that it has received, and its requests.
 * @param {{origin: string, sent: {path: string, bytes: number}[]}} server
 */
async function fresh({ origin, sent }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1100 }, locale: 'ja-JP' });
  const page = await context.newPage();
  /** @type {{asked: number, received: number}[]} */
  const requests = [];
  const open = new Map();
  page.on('request', (/** @type {any} */ request) => open.set(request, performance.now()));
  page.on('requestfinished', (/** @type {any} */ request) => {
    if (engine.own(new URL(request.url()).pathname)) requests.push({ asked: open.get(request), received: performance.now() });
  });
  sent.length = 0;
  const bytes = async () => {
    await page.waitForLoadState('networkidle');
    await new Promise((resolve) => setTimeout(resolve, 30));
    return sent.filter(({ path }) => engine.own(path)).reduce((sum, { bytes }) => sum + bytes, 0);
  };
  await engine.open(page, origin);
  return { page, bytes, requests, close: () => context.close() };
}

const mean = (/** @type {number[]} */ list) => Math.round(list.reduce((sum, value) => sum + value, 0) / list.length);

/**
 * The longest sequence of requests of which each was asked for after the one before had come: how often a
 * person waits for the host, however many it answers at once.
 * @param {{asked: number, received: number}[]} requests
 */
function depth(requests) {
  /** @type {number[]} */
  const depths = [];
  const sorted = [...requests].sort((a, b) => a.received - b.received);
  for (const { asked } of sorted) {
    depths.push(1 + Math.max(0, ...depths.filter((_, at) => (sorted[at]?.received ?? Infinity) <= asked)));
  }
  return Math.max(0, ...depths);
}

const server = await serve(task.site, { compress: true });
const firsts = [];
for (const query of task.queries.slice(0, task.first)) {
  const { page, bytes, close } = await fresh(server);
  await engine.ask(page, query);
  firsts.push(await bytes());
  await close();
}
/** @type {{word: string, bytes: number, first_search_bytes: number, round_trips: number}[]} */
const common = [];
for (const word of task.common) {
  const { page, bytes, close } = await fresh(server);
  const opened = await bytes();
  await engine.ask(page, word);
  const all = await bytes();
  common.push({ word, bytes: all - opened, first_search_bytes: all, round_trips: 0 });
  await close();
}

const session = await fresh(server);
await engine.ask(session.page, task.common[0] ?? '');
const nexts = [];
for (const query of task.queries) {
  const before = await session.bytes();
  await engine.ask(session.page, query);
  nexts.push(await session.bytes() - before);
}
const times = [];
for (const query of task.queries) times.push(Number(await engine.ask(session.page, query)));
await session.close();

const late = await serve(task.site, { compress: true, delay: LATE });
/** How often a person waits for the host from the last keystroke to the titles. @param {string} query */
async function waits(query) {
  const { page, bytes, requests, close } = await fresh(late);
  await bytes();
  requests.length = 0;
  const asked = performance.now();
  const titles = asked + Number(await engine.ask(page, query));
  await bytes();
  await close();
  // What is asked for after the titles is there belongs to the snippets.
  return depth(requests.filter(({ asked }) => asked < titles));
}
const trips = [];
for (const query of task.queries.slice(0, 8)) trips.push(await waits(query));
for (const figures of common) figures.round_trips = await waits(figures.word);
await browser.close();
server.close();
late.close();
times.sort((a, b) => a - b);
process.stdout.write(JSON.stringify({
  first_search_bytes: mean(firsts),
  first_search_bytes_max: Math.max(...firsts),
  next_search_bytes_mean: mean(nexts),
  next_search_bytes_max: Math.max(...nexts),
  next_search_dearest: task.queries[nexts.indexOf(Math.max(...nexts))],
  round_trips: Math.max(...trips),
  keystroke_ms: Math.round(times[Math.floor(times.length * 0.95)] ?? 0),
  common_word_bytes: Math.max(...common.map(({ bytes }) => bytes)),
  common_words: common,
}));
