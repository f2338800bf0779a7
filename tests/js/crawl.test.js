/**
 * **The built site from its first page on**: every rule of a page (`rules.js`) on every page, and what
 * holds between pages: titles, languages, and that links alone lead to every page and every file. All of
 * it is read from the files as a host sends them, so no script can help.
 *
 * For each rule a page is damaged on purpose, and the rule must notice.
 */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { SITE, everyPage, json, pageTypes } from '../browser/site.js';
import { inside, parse, read, twin } from './page.js';
import { RULES } from './rules.js';

const pages = new Map(everyPage().map((path) => [path, read(path)]));
const listed = [...pages.values()].filter((page) => !page.isUnlisted);
const measure = pages.get(pageTypes().get('measure with result') ?? '');
assert.ok(measure, 'the sample has a measure with a result');

/** Faults, the first of each page. @param {Iterable<import('./page.js').Page>} some @param {(page: import('./page.js').Page) => string[]} rule */
const faults = (some, rule) => [...some].flatMap((page) => rule(page).slice(0, 3).map((fault) => `${page.path}: ${fault}`));

test('the site has pages in both languages', () => {
  assert.ok(pages.size > 100, `${pages.size} pages`);
  assert.deepEqual(listed.filter(({ path }) => !pages.has(twin(path))).map(({ path }) => path), [], 'pages without a twin');
});

describe('on every page', () => {
  for (const [name, rule] of Object.entries(RULES)) {
    test(name, () => assert.deepEqual(faults(pages.values(), rule).slice(0, 20), []));
  }
});

describe('between pages', () => {
  test('no two pages of a language have the same title', () => {
    assert.deepEqual(sameTitles(listed), []);
  });

  test('each names its other languages, and they name it', () => {
    assert.deepEqual(faults(listed, languages).slice(0, 20), []);
  });

  test('links alone lead from the home page to every page', () => {
    const found = reached((path) => pages.get(path)?.targets);
    assert.deepEqual(listed.filter(({ path }) => !found.has(path)).map(({ path }) => path), []);
  });

  test('a page of every type is no further than four links from the home page', () => {
    const found = reached((path) => pages.get(path)?.targets);
    const isLinked = (/** @type {string} */ type) => !/^(not found|block for other sites)/.test(type);
    const far = [...pageTypes()].filter(([type]) => isLinked(type)).map(([type, path]) => [type, found.get(path)]);
    assert.deepEqual(far.filter(([, steps]) => Number(steps ?? Infinity) > 4), []);
  });

  test('some page links to every file that the catalogue lists', () => {
    const linked = new Set([...pages.values()].flatMap(({ targets }) => targets));
    const files = catalogued();
    assert.ok(files.length > 30, `${files.length} files`);
    assert.deepEqual(files.filter((path) => !linked.has(path)), []);
  });

  test('every link inside the site leads to a file', () => {
    const broken = faults(pages.values(), ({ targets }) => targets.filter((target) => !existsSync(join(SITE, target))));
    assert.deepEqual(broken.slice(0, 20), []);
  });
});

describe('the rules notice', () => {
  /** Damages of a measure's page: the rule that must speak, what is replaced, by what. @type {[keyof typeof RULES & string, string | RegExp, string][]} */
  const damages = [
    ['one h1', '</h1>', '</h1><h1>また</h1>'],
    ['headings: the first is h1, no level is left out, none is empty', '</h1>', '</h1><h3>深い</h3>'],
    ['headings: the first is h1, no level is left out, none is empty', '</h1>', '</h1><h2></h2>'],
    ['ids are unique and what refers to one finds it', '</main>', '<p id="main"></p></main>'],
    ['ids are unique and what refers to one finds it', '</main>', '<section aria-labelledby="nowhere"></section></main>'],
    ['language', '<html lang="ja">', '<html lang="en">'],
    ['what is Japanese on a page in another language says so', '<html lang="ja">', '<html lang="en">'],
    ['title: what the page is, then the site', /<title>.*<\/title>/, '<title></title>'],
    ['description, of its own', /<meta name="description" content="[^"]*">/, ''],
    ['canonical address, or none where search engines are told to stay away', /rel="canonical" href="[^"]*"/, `rel="canonical" href="https://example.org/"`],
    ['canonical address, or none where search engines are told to stay away', '</head>', '<meta name="robots" content="noindex"></head>'],
    ['landmarks: a header, one main, a footer; each navigation has a name of its own', '</main>', '</main><main></main>'],
    ['landmarks: a header, one main, a footer; each navigation has a name of its own', '</main>', '<nav><a href="../index.html">x</a></nav></main>'],
    ['breadcrumbs begin at the home page, except there', /<ol><li><a href="\.\.\/index\.html"/, '<ol><li><a href="index.html"'],
    ['the first link leads to the main part', '<body>', '<body><a href="../index.html">x</a>'],
    ['pictures have an alternative or are hidden', '</main>', '<img src="x.png"></main>'],
    ['pictures have an alternative or are hidden', '</main>', '<svg viewBox="0 0 1 1"><rect/></svg></main>'],
    ['links and buttons say what they do', '</main>', '<a href="../index.html"><span aria-hidden="true">→</span></a></main>'],
    ['links and buttons say what they do', '</main>', '<p>詳しくは<a href="../index.html">こちら</a></p></main>'],
    ['links are addresses, and none is repeated inside another', '</main>', '<a href="javascript:void(0)">開く</a></main>'],
    ['fields have a label', '</main>', '<input name="unlabelled"></main>'],
    ['tables have heads with a scope, and a name', '</main>', '<table><tbody><tr><th>年度</th></tr></tbody></table></main>'],
    ['nothing that the content security policy refuses', '</main>', '<p style="color: red">x</p></main>'],
    ['nothing that the content security policy refuses', '</main>', '<script>alert(1)</script></main>'],
    ['nothing that the content security policy refuses', '</main>', '<img alt="" src="https://example.org/x.png"></main>'],
    ['structured data are JSON of schema.org', '</main>', '<script type="application/ld+json">{</script></main>'],
  ];
  for (const [rule, what, by] of damages) {
    test(`${rule}: ${by || 'without'}`, () => {
      const damaged = measure.source.replace(what, by);
      assert.notEqual(damaged, measure.source, `the page holds ${what}`);
      assert.notDeepEqual(RULES[rule]?.(parse(measure.path, damaged)), []);
    });
  }
  test('every rule is put to the test', () => {
    assert.deepEqual([...new Set(damages.map(([rule]) => rule))].sort(), Object.keys(RULES).sort());
  });

  test('a title that stands twice', () => {
    assert.notDeepEqual(sameTitles([...listed, parse('measures/copy.html', measure.source)]), []);
  });

  test('a language that does not name the page', () => {
    const damaged = measure.source.replaceAll(/hreflang="en" href="[^"]*"/g, `hreflang="en" href="../en/index.html"`);
    assert.notDeepEqual(languages(parse(measure.path, damaged)), []);
  });

  test('a page and a file that nothing links to', () => {
    const found = reached((path) => pages.get(path)?.targets.filter((target) => target !== measure.path));
    assert.ok(!found.has(measure.path));
  });
});

/** Titles that several pages have. @param {import('./page.js').Page[]} some */
function sameTitles(some) {
  const first = new Map();
  return some.flatMap(({ lang, title, path }) => {
    const key = `${lang} ${title}`;
    if (first.has(key)) return [`${title}: ${first.get(key)} and ${path}`];
    first.set(key, path);
    return [];
  });
}

/** Where a page and its other languages do not name each other. @param {import('./page.js').Page} page */
function languages(page) {
  const named = page.linked('alternate').filter(({ attribs }) => attribs['hreflang']).map(({ attribs }) => [attribs['hreflang'], inside(page.path, attribs['href'] ?? '')]);
  const links = page.all('a').filter(({ attribs }) => attribs['hreflang']).map(({ attribs }) => inside(page.path, attribs['href'] ?? ''));
  return [
    ...[page.path, twin(page.path)].filter((path) => !named.some(([lang, target]) => target === path && lang === pages.get(path)?.lang)).map((path) => `does not name ${path}`),
    ...(links.includes(twin(page.path)) ? [] : ['shows no link to its twin']),
  ];
}

/** The pages that links lead to, with the fewest steps to each. @param {(path: string) => string[] | undefined} targets */
function reached(targets) {
  const steps = new Map([['index.html', 0]]);
  for (const [path, step] of steps) {
    for (const target of targets(path) ?? []) if (!steps.has(target)) steps.set(target, step + 1);
  }
  return steps;
}

/** Every file of the catalogue's datasets. */
const catalogued = () => json('catalog.json').datasets.flatMap((/** @type {any} */ dataset) => dataset.files.map((/** @type {any} */ file) => file.path));
