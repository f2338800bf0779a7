/**
 * **Pictures of measures**, as a browser decodes them: their size, the paper and the band in the theme's colours, letters in ink, and
 * the rating in the colour of its tone; and that no two measures of one rating look the same. `KAWARABAN_SCREENSHOTS=1` leaves them
 * in `.cache/screenshots`.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { SCREENSHOTS, launch, rows } from './site.js';
import { serve } from './server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BINARY = process.env.KAWARABAN_BINARY ?? join(ROOT, 'target/release/kawaraban');
const FONT = process.env.KAWARABAN_TEST_FONT ?? '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#NotoSansCJKjp-Regular';
/** Tokens of the default theme, for light screens. */
const css = readFileSync(join(ROOT, 'themes/default/assets/site.css'), 'utf8');
const token = (/** @type {string} */ name) => /** @type {RegExpExecArray} */ (new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css))[1];

const folder = mkdtempSync(join(tmpdir(), 'kawaraban-pictures-'));
/** @type {{origin: string, page: import('playwright-core').Page}} */
let opened;
/** @type {() => Promise<void>} */
let close;

before(async () => {
  assert.ok(existsSync(FONT.split('#')[0] ?? ''), `${FONT} is missing: apt-get install fonts-noto-cjk, or name a Japanese font in KAWARABAN_TEST_FONT`);
  cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  const settings = join(folder, 'content/site.toml');
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}\n[pictures]\nfonts = ["${FONT}"]\n`);
  execFileSync(BINARY, ['build', '--root', folder, '--out', join(folder, 'site')], { stdio: 'pipe' });
  const server = await serve(join(folder, 'site'));
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${server.origin}/robots.txt`);
  opened = { origin: server.origin, page };
  close = async () => { await browser.close(); await server.close(); };
});
after(async () => {
  await close?.();
  rmSync(folder, { recursive: true });
});

/** What a browser sees of a picture: its size, how often each colour is in it, and the rows that are not paper. @param {string} path */
function decoded(path) {
  return opened.page.evaluate(async (address) => {
    const bitmap = await createImageBitmap(await (await fetch(address)).blob());
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d'));
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colour = (/** @type {number} */ at) => `#${[...data.subarray(at, at + 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    /** @type {Record<string, number>} */
    const colours = {};
    for (let at = 0; at < data.length; at += 4) colours[colour(at)] = (colours[colour(at)] ?? 0) + 1;
    const edge = [0, 1, bitmap.width - 2, bitmap.width - 1].flatMap((x) => [40, 300, 629].map((y) => colour((y * bitmap.width + x) * 4)));
    return { width: bitmap.width, height: bitmap.height, colours, edge, top: colour(0) };
  }, `${opened.origin}/${path}`);
}

test('each rating has its colour, and every title its letters', async () => {
  const measures = rows('measures');
  const results = new Map(rows('results').map((row) => [row.measure ?? row.id, row.rating]));
  const tones = new Map([...readFileSync(join(ROOT, 'content/site.toml'), 'utf8').matchAll(/id = "([\w-]+)"[^[]*?tone = "(\w+)"/g)].map(([, id, tone]) => [id, tone]));
  /** @type {Map<string, string>} */
  const seen = new Map();
  for (const { id } of measures) {
    const rating = results.get(id) ?? 'not-yet';
    if (!seen.has(rating)) seen.set(rating, id);
  }
  assert.ok(seen.size >= 5, [...seen.keys()].join());
  for (const [rating, id] of seen) {
    for (const path of [`measures/${id}.png`, `en/measures/${id}.png`]) {
      const { width, height, colours, edge, top } = await decoded(path);
      const of = (/** @type {string} */ name) => (colours[token(name)] ?? 0) / (width * height);
      assert.deepEqual([width, height], [1200, 630], path);
      assert.equal(top, token('accent'), path);
      assert.deepEqual([...new Set(edge)], [token('paper')], `${path}: nothing touches the edge`);
      assert.ok(of('paper') > 0.8 && of('paper') < 0.97, `${path}: ${of('paper')} is paper`);
      assert.ok(of('ink') > 0.005, `${path}: ${of('ink')} is ink`);
      assert.ok(of(tones.get(rating) ?? 'none') > 0.001, `${path}: ${rating} is seen`);
      if (process.env.KAWARABAN_SCREENSHOTS) {
        mkdirSync(SCREENSHOTS, { recursive: true });
        cpSync(join(folder, 'site', path), join(SCREENSHOTS, `picture ${rating}${path.startsWith('en/') ? ' (en)' : ''}.png`));
      }
    }
  }
});

test('no two measures of a year have the same picture', () => {
  const pictures = rows('measures').map(({ id }) => readFileSync(join(folder, 'site/measures', `${id}.png`)).toString('base64'));
  assert.equal(new Set(pictures).size, pictures.length);
});
