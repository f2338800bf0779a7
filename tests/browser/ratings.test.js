/**
 * **One look a rating.** A rating has the same shape, colour and fill as a word, in tallies, in bars and in
 * charts, on every page of the site; no two ratings of the scale look alike; a good one is never hollow, and
 * none looks like the dash of a missing value.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, pageTypes, rows, watchedPage } from './site.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => { opened = await open(); });
after(() => opened.close());

/**
 * Each mark of a page: the classes of its look, whether it is a shape or a segment, and how it is drawn. Bars of
 * money are no marks.
 */
const marks = () => {
  const looks = /^(good|fair|poor|none|step\d|not-rated|not-yet)$/;
  return [...document.querySelectorAll('main .rating > .shape, main .tally > .shape, main .bar rect:not(.planned, .spent), main .chart .segment')].map((mark) => {
    const isShape = mark.classList.contains('shape');
    const carrier = isShape ? /** @type {Element} */ (mark.parentElement) : mark;
    const style = getComputedStyle(mark);
    return {
      look: [...carrier.classList].filter((name) => looks.test(name)).join(' '),
      kind: isShape ? 'shape' : 'segment',
      word: carrier.classList.contains('rating') ? carrier.textContent?.trim() ?? '' : '',
      drawn: isShape
        ? [style.borderStyle, style.borderRadius, style.clipPath, style.backgroundImage, style.boxShadow === 'none', style.getPropertyValue('--tone-fill')].join(' ')
        : [style.fill, style.strokeDasharray].join(' '),
      fill: isShape ? style.backgroundColor : style.fill,
      paper: getComputedStyle(document.body).backgroundColor,
    };
  });
};

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`every rating looks the same everywhere, ${colorScheme}`, async () => {
    /** @type {Map<string, Set<string>>} */
    const drawn = new Map();
    /** @type {Map<string, Set<string>>} */
    const words = new Map();
    for (const [type, path] of pageTypes()) {
      if (type.endsWith('(en)')) continue;
      const { page, close } = await watchedPage(opened, { viewport: { width: 1280, height: 900 }, colorScheme });
      await page.goto(`${opened.origin}/${path}`);
      for (const { look, kind, word, drawn: how, fill, paper } of await page.evaluate(marks)) {
        assert.notEqual(look, '', `${type}: a mark without a look`);
        drawn.set(`${kind}, ${look}`, (drawn.get(`${kind}, ${look}`) ?? new Set()).add(how));
        if (word) words.set(word, (words.get(word) ?? new Set()).add(look));
        if (look.startsWith('good')) assert.notEqual(fill, paper, `${type}: a good rating is hollow`);
      }
      await close();
    }
    for (const [mark, ways] of drawn) assert.equal(ways.size, 1, `${mark} is drawn as ${[...ways].join(' | ')}`);
    for (const { label } of rows('ratings')) assert.equal(words.get(label)?.size, 1, label);
    const shapes = [...drawn].filter(([mark]) => mark.startsWith('shape')).map(([, ways]) => [...ways][0]);
    assert.equal(new Set(shapes).size, shapes.length, 'no two ratings look alike');
  });
}
