/**
 * **The finished look, guarded without pixels.**
 *
 * A picture of a page differs from machine to machine: another version of a font, another rasteriser, and
 * every letter moves. Such comparisons are blessed without being read, and then guard nothing. What breaks
 * a page is not in its glyphs: a grid that fell apart, a section that vanished, texts upon each other, a
 * colour that nobody chose, a sheet of paper with a menu. All of these can be measured.
 *
 * Most checks compare a page with itself and store nothing: in light and dark it has the same boxes; with
 * scripts it differs only inside the elements of scripts; in a narrow window blocks follow each other as in
 * the document; no text covers another; on paper nothing is cut off or pale. What is left, the blocks of a
 * page type with their places in hundredths of the window and the colours that pages show, is in
 * `layout.json`. It holds no height, and no width that follows from words; a place may be off by three
 * hundredths. `KAWARABAN_BLESS=1 node --test tests/browser/layout.test.js` writes it anew, to be read.
 *
 * Each check is shown to notice what it is for, on a page that was broken on purpose.
 */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { blocks, faultsOfPrint, frames, outOfOrder, overlaps, palette, restyle, unscripted } from './geometry.js';
import { open, pageTypes, watchedPage } from './site.js';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };
const SIZES = { phone: PHONE, desktop: DESKTOP };
/** A4 between its margins. */
const PAPER = { width: 673, height: 987 };
const STORE = new URL('layout.json', import.meta.url);
/** Hundredths of the window that a block may be off. */
const TOLERANCE = 3;
const blesses = process.env.KAWARABAN_BLESS !== undefined;
assert.ok(!(blesses && process.env.CI !== undefined), 'nothing is blessed in CI');

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

/** English pages have the same templates. */
const types = [...pageTypes()].filter(([type]) => !type.endsWith('(en)'));
const measure = pageTypes().get('measure with result') ?? '';

/** @param {string} path @param {import('playwright-core').BrowserContextOptions} options */
async function at(path, options) {
  const watched = await watchedPage(opened, { reducedMotion: 'reduce', ...options });
  await watched.page.goto(`${opened.origin}/${path}`);
  return watched;
}

/** What `measured` says of a page that `rules` have broken. @template T @param {string} path @param {import('playwright-core').BrowserContextOptions} options @param {string} rules @param {(page: import('playwright-core').Page) => Promise<T>} measured @param {'screen' | 'print'} [media] */
async function broken(path, options, rules, measured, media = 'screen') {
  const { page, close } = await at(path, options);
  await page.emulateMedia({ media });
  await restyle(page, rules);
  const found = await measured(page);
  await close();
  return found;
}

/** What is measured of a page in one window, for all checks of it. @typedef {Awaited<ReturnType<typeof measuredAt>>} Look */

/** @param {string} path @param {keyof typeof SIZES} size */
async function measuredAt(path, size) {
  const { page, close } = await at(path, { viewport: SIZES[size], colorScheme: 'light' });
  const look = {
    blocks: await blocks(page),
    overlaps: await overlaps(page),
    outOfOrder: await outOfOrder(page),
    unscripted: await unscripted(page),
    light: { frames: await frames(page), colours: await palette(page) },
  };
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = { frames: await frames(page), colours: await palette(page) };
  await close();
  return { ...look, dark };
}

/** @type {Map<string, Promise<Look>>} */
const looks = new Map();

/** A page is opened once in each window. @param {string} path @param {keyof typeof SIZES} size @returns {Promise<Look>} */
function look(path, size) {
  const key = `${path}, ${size}`;
  const known = looks.get(key) ?? measuredAt(path, size);
  looks.set(key, known);
  return known;
}

for (const size of /** @type {const} */ (['phone', 'desktop'])) {
  describe(`no text lies upon another, dark is light in other colours, ${size}`, { concurrency: 2 }, () => {
    for (const [type, path] of types) {
      test(type, async () => {
        const found = await look(path, size);
        assert.deepEqual(found.overlaps, []);
        if (size === 'phone') assert.deepEqual(found.outOfOrder, [], 'blocks that stand before what they follow');
        assert.deepEqual(found.dark.frames, found.light.frames);
      });
    }
  });
}

describe('scripts change nothing but what is theirs', { concurrency: 2 }, () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const plain = await at(path, { viewport: DESKTOP, javaScriptEnabled: false });
      assert.equal((await look(path, 'desktop')).unscripted, await unscripted(plain.page));
      await plain.close();
    });
  }
});

describe('on paper: no navigation, nothing cut off, dark letters also from a dark screen', { concurrency: 2 }, () => {
  for (const [type, path] of types) {
    test(type, async () => {
      const { page, close } = await at(path, { viewport: PAPER, colorScheme: 'dark' });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      assert.deepEqual(await faultsOfPrint(page), []);
      await close();
    });
  }
});

describe('as it was when somebody looked at it', () => {
  /** @type {{blocks: Record<string, [string, number, number, string][]>, colours: Record<string, string[]>}} */
  const stored = JSON.parse(readFileSync(STORE, { encoding: 'utf8', flag: 'a+' }) || '{"blocks": {}, "colours": {}}');
  /** @type {typeof stored} */
  const measured = { blocks: {}, colours: {} };
  after(() => { if (blesses) writeFileSync(STORE, written(measured)); });

  for (const size of /** @type {const} */ (['phone', 'desktop'])) {
    for (const [type, path] of types) {
      test(`the blocks of ${type}, ${size}`, async () => {
        const { blocks: found } = await look(path, size);
        measured.blocks[`${type}, ${size}`] = found;
        if (!blesses) assert.deepEqual(moved(stored.blocks[`${type}, ${size}`] ?? [], found), []);
      });
    }
  }

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`the colours of all pages, ${colorScheme}`, async () => {
      const all = new Set();
      for (const [, path] of types) {
        for (const colour of (await look(path, 'desktop'))[colorScheme].colours) all.add(colour);
      }
      measured.colours[colorScheme] = [...all].sort();
      if (!blesses) assert.deepEqual(measured.colours[colorScheme], stored.colours[colorScheme]);
    });
  }
});

describe('the checks notice', () => {
  test('texts upon each other', async () => {
    assert.notDeepEqual(await broken(measure, { viewport: PHONE }, 'main h2 { margin-block: -2rem !important }', overlaps), []);
  });

  test('a dark that moves something', async () => {
    const { page, close } = await at(measure, { viewport: PHONE, colorScheme: 'light' });
    const light = await frames(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await restyle(page, '@media (prefers-color-scheme: dark) { main p { border-bottom: 1px solid } }');
    assert.notDeepEqual(await frames(page), light);
    await close();
  });

  test('blocks turned round', async () => {
    assert.notDeepEqual(await broken('index.html', { viewport: PHONE }, 'main { display: flex !important; flex-direction: column-reverse }', outOfOrder), []);
  });

  test('a script that changes what is not its own', async () => {
    const { page, close } = await at(measure, { viewport: DESKTOP });
    const before = await unscripted(page);
    await page.evaluate(() => document.querySelector('main p')?.remove());
    assert.notEqual(await unscripted(page), before);
    await close();
  });

  for (const [fault, rules] of Object.entries({
    'navigation': 'nav { display: block !important }',
    'beyond the paper': 'main > * { min-width: 900px !important }',
    'cut off': 'main p { overflow: hidden !important; white-space: nowrap !important; width: 4em !important }',
    'stays on every sheet': 'main h1 { position: sticky !important }',
    'pale on paper': 'main p { color: #eee !important }',
  })) {
    test(`on paper, ${fault}`, async () => {
      const found = await broken(measure, { viewport: PAPER }, rules, faultsOfPrint, 'print');
      assert.match(found.join('\n'), new RegExp(fault));
    });
  }

  test('a lost section, a narrower main part, columns beneath each other', async () => {
    const { page, close } = await at('index.html', { viewport: DESKTOP });
    const whole = await blocks(page);
    await close();
    assert.deepEqual(moved(whole, whole), []);
    for (const rules of ['main section:first-of-type { display: none !important }', 'main { max-width: 30rem !important }', 'main section { padding-inline-start: 8rem !important }']) {
      assert.notDeepEqual(moved(whole, await broken('index.html', { viewport: DESKTOP }, rules, blocks)), [], rules);
    }
  });

  test('a colour that nobody chose', async () => {
    const found = await broken('index.html', { viewport: DESKTOP }, 'main h2 { color: rgb(255, 0, 255) !important }', palette);
    assert.ok(found.includes('rgb(255, 0, 255)'));
  });
});

/**
 * Where blocks differ from what they were.
 * @param {[string, number, number, string][]} then @param {[string, number, number, string][]} now
 */
function moved(then, now) {
  if (!then.length) return ['there is nothing to compare with: see the head of this file'];
  const names = (/** @type {typeof then} */ all) => all.map(([name]) => name);
  if (names(then).join('\n') !== names(now).join('\n')) {
    return [
      ...names(then).filter((name) => !names(now).includes(name)).map((name) => `gone: ${name}`),
      ...names(now).filter((name) => !names(then).includes(name)).map((name) => `new: ${name}`),
      'the order of blocks, or how many there are of a name, is another',
    ];
  }
  return then.flatMap(([name, left, width, beside], index) => {
    const [, nowLeft, nowWidth, nowBeside] = /** @type {(typeof then)[0]} */ (now[index]);
    const isNear = Math.abs(left - nowLeft) <= TOLERANCE && Math.abs(width - nowWidth) <= TOLERANCE;
    return isNear && beside === nowBeside ? [] : [`${name}: ${[left, width, beside]} is now ${[nowLeft, nowWidth, nowBeside]}`];
  });
}

/** One block a line. @param {{blocks: Record<string, unknown[]>, colours: Record<string, string[]>}} measured */
function written({ blocks, colours }) {
  const lists = (/** @type {Record<string, unknown[]>} */ all) => Object.entries(all)
    .map(([name, list]) => `    ${JSON.stringify(name)}: [\n${list.map((one) => `      ${JSON.stringify(one)}`).join(',\n')}\n    ]`).join(',\n');
  return `{\n  "blocks": {\n${lists(blocks)}\n  },\n  "colours": {\n${lists(colours)}\n  }\n}\n`;
}
