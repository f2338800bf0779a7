/**
 * The **rules of a page**: what must hold on every page of the site, whatever its look. A rule gives the
 * faults that it finds. Not in here: the grammar of HTML and the links (`tests/validators`), what only a
 * browser can measure (`tests/browser`).
 */

import { BASE, isHidden, isWithin, text } from './page.js';

/** @typedef {import('./page.js').Page} Page */
/** @typedef {import('./page.js').Element} Element */

/** Words that say nothing of where a link leads. */
const EMPTY_WORDS = new Set([
  'こちら', 'ここ', 'こちらへ', 'クリック', 'ここをクリック', '続き', '続きを読む', 'もっと見る', '詳細', '詳しく', '詳しくはこちら', 'リンク',
  'here', 'click here', 'this', 'this page', 'link', 'more', 'read more', 'learn more', 'details', 'continue',
]);

/** Attributes that hold ids of other elements. */
const REFERENCES = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-details', 'aria-owns', 'for', 'headers', 'list', 'form'];

const JAPANESE = /[ぁ-ゖァ-ヺ一-鿿]/;

/** What a page cannot say the language of, within, or what is a program's. */
const MUTE = ['head', 'script', 'code', 'pre'];

/** Is the page a block of data alone, which pages of other sites show in a frame? @param {string} path */
const isBlock = (path) => /^(en\/)?embed\//.test(path);

/** @type {Record<string, (page: Page) => string[]>} */
export const RULES = {
  'one h1': ({ headings }) => {
    const tops = headings.filter(({ name }) => name === 'h1');
    return tops.length === 1 ? [] : [`there are ${tops.length}`];
  },

  'headings: the first is h1, no level is left out, none is empty': ({ headings, nameOf }) => {
    let level = 0;
    return headings.flatMap((heading) => {
      const own = Number(heading.name[1]);
      const isDeeper = own > level + 1;
      level = own;
      if (isDeeper) return [`<${heading.name}> ${text(heading)}`];
      return nameOf(heading) ? [] : [`an empty <${heading.name}>`];
    });
  },

  'ids are unique and what refers to one finds it': ({ elements, ids }) => [
    ...doubles(elements.map(({ attribs }) => attribs['id']).filter((id) => id !== undefined)),
    ...elements.flatMap(({ name, attribs }) => REFERENCES
      .flatMap((reference) => attribs[reference]?.split(/\s+/).filter(Boolean) ?? [])
      .filter((id) => !ids.has(id))
      .map((id) => `<${name}> refers to ${id}`)),
  ],

  'language': ({ lang, path, all }) => [
    ...(lang === (path.startsWith('en/') ? 'en' : 'ja') ? [] : [`the page says ${lang}`]),
    ...all('a').filter(({ attribs }) => attribs['hreflang'] && attribs['lang'] && attribs['lang'] !== attribs['hreflang'])
      .map(({ attribs }) => `a link to ${attribs['hreflang']} is written in ${attribs['lang']}`),
  ],

  'what is Japanese on a page in another language says so': ({ lang, elements }) => lang === 'ja' ? [] : elements
    .filter((element) => !MUTE.includes(element.name) && !MUTE.some((name) => isWithin(element, name)))
    .flatMap((element) => element.children.flatMap((/** @type {any} */ child) => child.type === 'text' && JAPANESE.test(child.data) && languageOf(element) !== 'ja'
      ? [`<${element.name}> ${child.data.trim()}`] : [])),

  'title: what the page is, then the site': ({ title, path, headings }) => {
    if (!title) return ['there is none'];
    const isHome = ['index.html', 'en/index.html'].includes(path);
    return isHome || (title.includes(' | ') && headings.length) ? [] : [title];
  },

  'description, of its own': ({ isUnlisted, meta, path }) => {
    if (isUnlisted || !promisesDescription(path)) return [];
    const description = meta('description')?.trim() ?? '';
    return description.length >= 4 && description.length <= 320 ? [] : [`it is \`${description}\``];
  },

  'canonical address, or none where search engines are told to stay away': ({ isUnlisted, linked, path }) => {
    const canonical = linked('canonical').map(({ attribs }) => attribs['href']);
    if (isUnlisted) return canonical.map((href) => `an unlisted page calls itself ${href}`);
    const own = new URL(path.replace(/(^|\/)index\.html$/, '$1'), BASE).href;
    return canonical.length === 1 && canonical[0] === own ? [] : [`it is ${canonical}, not ${own}`];
  },

  'landmarks: a header, one main, a footer; each navigation has a name of its own': ({ all, nameOf, path }) => {
    const top = (/** @type {string} */ name) => all(name).filter((element) => !isWithin(element, 'main') && !isWithin(element, 'article') && !isWithin(element, 'section'));
    const navigations = all('nav').filter((nav) => !isHidden(nav)).map((nav) => nav.attribs['aria-label'] ?? (nav.attribs['aria-labelledby'] ? nameOf(nav) : ''));
    return [
      ...(isBlock(path) ? ['main'] : ['header', 'main', 'footer']).filter((name) => top(name).length !== 1).map((name) => `${top(name).length} <${name}>`),
      ...navigations.filter((name) => !name).map(() => 'a navigation without a name'),
      ...doubles(navigations),
    ];
  },

  'breadcrumbs begin at the home page, except there': ({ path, all, isUnlisted }) => {
    if (isUnlisted || ['index.html', 'en/index.html'].includes(path)) return [];
    const home = `${'../'.repeat(path.replace(/^en\//, '').split('/').length - 1)}index.html`;
    const trails = all('nav').filter((nav) => isTrail(nav, home));
    return trails.length === 1 ? [] : [`${trails.length} trails from ${home}`];
  },

  'the first link leads to the main part': ({ all, ids, path }) => {
    if (isBlock(path)) return [];
    const href = all('a')[0]?.attribs['href'] ?? '';
    return ids.get(href.slice(1))?.name === 'main' ? [] : [`it leads to ${href}`];
  },

  'pictures have an alternative or are hidden': ({ all, nameOf }) => [
    ...all('img').filter(({ attribs }) => attribs['alt'] === undefined).map(({ attribs }) => `<img src="${attribs['src']}">`),
    ...all('svg').filter((svg) => !isWithin(svg, 'svg') && !isHidden(svg))
      .filter((svg) => !['img', 'group', 'graphics-document', 'figure'].includes(svg.attribs['role']?.split(' ')[0] ?? '') || !pictureName(svg, nameOf))
      .map((svg) => `<svg class="${svg.attribs['class'] ?? ''}"> without a role or a name`),
  ],

  'links and buttons say what they do': ({ all, nameOf }) => all('a', 'button', 'summary')
    .filter((element) => !isHidden(element) && (element.name !== 'a' || element.attribs['href'] !== undefined))
    .flatMap((element) => {
      const name = nameOf(element);
      if (!name) return [`<${element.name}> ${element.attribs['href'] ?? ''} says nothing`];
      return EMPTY_WORDS.has(name.toLowerCase().replace(/[。.…→>»]+$/u, '').trim()) ? [`\`${name}\` leads to ${element.attribs['href'] ?? ''}`] : [];
    }),

  'links are addresses, and none is repeated inside another': ({ all }) => all('a')
    .filter((link) => isWithin(link, 'a') || isWithin(link, 'button') || /^(javascript:|#?$)/.test(link.attribs['href'] ?? '#'))
    .map((link) => `\`${text(link)}\` leads to \`${link.attribs['href']}\``),

  'fields have a label': ({ all, elements, nameOf }) => {
    const labelled = new Set(all('label').map(({ attribs }) => attribs['for']));
    return all('input', 'select', 'textarea')
      .filter(({ attribs }) => !['hidden', 'submit', 'button'].includes(attribs['type'] ?? ''))
      .filter((field) => !labelled.has(field.attribs['id'] ?? '-') && !isWithin(field, 'label') && !nameOf(field))
      .map((field) => `<${field.name} name="${field.attribs['name']}"> of ${elements.length} elements`);
  },

  'tables have heads with a scope, and a name': ({ all, nameOf }) => all('table').flatMap((table) => {
    const heads = within(table, 'th');
    const name = text(within(table, 'caption')[0]) || (table.attribs['aria-labelledby'] || table.attribs['aria-label'] ? nameOf(table) : '') || regionName(table, nameOf);
    return [
      ...(heads.length ? [] : ['a table without heads']),
      ...heads.filter(({ attribs }) => !attribs['scope'] && !attribs['id']).map((head) => `\`${text(head)}\` has no scope`),
      ...(name ? [] : [`the table of \`${text(heads[0])}\` has no name`]),
    ];
  }),

  'nothing that the content security policy refuses': ({ all, elements }) => [
    ...all('script').filter(({ attribs }) => !attribs['src'] && attribs['type'] !== 'application/ld+json').map(() => 'an inline script'),
    ...all('style').map(() => 'an inline style sheet'),
    ...elements.flatMap(({ name, attribs }) => Object.keys(attribs).filter((key) => key === 'style' || key.startsWith('on')).map((key) => `<${name} ${key}>`)),
    ...[...all('script', 'img', 'iframe', 'source', 'audio', 'video'), ...all('link').filter(({ attribs }) => ['stylesheet', 'icon', 'preload', 'modulepreload'].includes(attribs['rel'] ?? ''))]
      .map(({ attribs }) => attribs['src'] ?? attribs['href'] ?? '')
      .filter((address) => /^([a-z]+:)?\/\//i.test(address) || address.startsWith('data:')),
  ],

  'structured data are JSON of schema.org': ({ all }) => all('script').filter(({ attribs }) => attribs['type'] === 'application/ld+json').flatMap((script) => {
    try {
      const known = [JSON.parse(text(script))].flat();
      return known.length && known.every((one) => one['@context'] === 'https://schema.org' && (one['@type'] || one['@graph'])) ? [] : ['a part has another context, or no type'];
    } catch (error) {
      return [String(error)];
    }
  }),
};

/** A free page's description is its author's; pages of rows and of versions are parts of a dataset's. @param {string} path */
const promisesDescription = (path) => path.includes('/') && !/^(en\/)?[^/]+\.html$/.test(path) && !path.includes('/rows/') && !/^(en\/)?data\/[^/]+\/[^/]+\/index\.html$/.test(path) || /^(en\/)?(index|search)\.html$/.test(path);

/** Whether `nav` is a list of links of which the first leads home. @param {Element} nav @param {string} home */
function isTrail(nav, home) {
  const links = within(nav, 'a');
  return within(nav, 'ol').length === 1 && links[0]?.attribs['href'] === home && !isWithin(nav, 'header');
}

/** The name of the scrollable part or figure that holds a table. @param {Element} table @param {Page['nameOf']} nameOf */
function regionName(table, nameOf) {
  for (let one = /** @type {any} */ (table.parent); one?.attribs; one = one.parent) {
    if (one.name === 'figure') return text(within(one, 'figcaption')[0]);
    if (['group', 'region'].includes(one.attribs['role'])) return nameOf(one);
  }
  return '';
}

/** @param {Element} svg @param {Page['nameOf']} nameOf */
const pictureName = (svg, nameOf) => text(within(svg, 'title')[0])
  || (svg.attribs['aria-label'] || svg.attribs['aria-labelledby'] ? nameOf(svg) : '');

/** @param {Element} element @param {string} name @returns {Element[]} */
const within = (element, name) => element.children.flatMap((/** @type {any} */ child) => [
  ...(child.name === name ? [child] : []), ...(child.children ? within(child, name) : []),
]);

/** @param {string[]} values */
function doubles(values) {
  const seen = new Set();
  return values.filter((value) => seen.has(value) || !seen.add(value)).map((value) => `\`${value}\` twice`);
}

/** The language that an element is in. @param {Element} element */
function languageOf(element) {
  for (let one = /** @type {any} */ (element); one?.attribs; one = one.parent) if (one.attribs['lang'] !== undefined) return one.attribs['lang'];
  return '';
}
