/**
 * A **page as written**: one published HTML file, parsed without a browser, with what a reader's program
 * makes of it: names of elements, headings, landmarks, links. Not in here: what must hold (`rules.js`).
 */

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { DomUtils, parseDocument } from 'htmlparser2';

import { SITE, json } from '../browser/site.js';

/** @typedef {import('domhandler').Element} Element */
/** @typedef {ReturnType<typeof parse>} Page */

/** The site's address, as it will be published. */
export const BASE = json('catalog.json').url;

/** A published page. @param {string} path */
export const read = (path) => parse(path, readFileSync(join(SITE, path), 'utf8'));

/** @param {string} path Where the page lies in the site. @param {string} source */
export function parse(path, source) {
  const document = parseDocument(source);
  /** @type {Element[]} */
  const elements = DomUtils.getElementsByTagName('*', document);
  const ids = new Map(elements.filter((element) => element.attribs['id']).map((element) => [element.attribs['id'], element]));
  /** Elements of these names, in order. @param {...string} names */
  const all = (...names) => elements.filter((element) => names.includes(element.name));
  const isRedirect = all('meta').some((meta) => meta.attribs['http-equiv'] === 'refresh');
  return {
    path,
    source,
    elements,
    ids,
    all,
    lang: all('html')[0]?.attribs['lang'] ?? '',
    title: text(all('title')[0]),
    /** Whether it asks search engines to leave it out. */
    isUnlisted: all('meta').some((meta) => meta.attribs['name'] === 'robots' && meta.attribs['content']?.includes('noindex')),
    isRedirect,
    headings: all('h1', 'h2', 'h3', 'h4', 'h5', 'h6').filter((heading) => !isHidden(heading)),
    /** The content of a `meta` element. @param {string} name */
    meta: (name) => all('meta').find((meta) => meta.attribs['name'] === name)?.attribs['content'],
    /** The `link` elements of a relation. @param {string} rel */
    linked: (rel) => all('link').filter((link) => link.attribs['rel'] === rel),
    /** What assistive technology calls an element. @param {Element} element */
    nameOf: (element) => nameOf(element, ids),
    /** Files of the site that the page's own links lead to. */
    targets: all('a', 'area', 'link', 'form', 'img', 'source')
      .map(({ attribs }) => attribs['href'] ?? attribs['action'] ?? attribs['src'])
      .map((href) => href === undefined ? undefined : inside(path, href))
      .filter((target) => target !== undefined),
  };
}

/** The file of the site that `href` on the page `path` leads to, if it is one. @param {string} path @param {string} href */
export function inside(path, href) {
  const url = new URL(href, new URL(path, BASE));
  if (!url.href.startsWith(BASE)) return undefined;
  const file = decodeURIComponent(url.href.slice(BASE.length).replace(/[?#].*$/, ''));
  return file === '' || file.endsWith('/') ? `${file}index.html` : file;
}

/** The page's twin in the other language. @param {string} path */
export const twin = (path) => path.startsWith('en/') ? path.slice(3) : posix.join('en', path);

/** @param {Element | undefined} element */
export const text = (element) => element ? DomUtils.textContent(element).replace(/\s+/g, ' ').trim() : '';

/** Whether assistive technology passes over an element. @param {Element} element */
export function isHidden(element) {
  for (let one = /** @type {any} */ (element); one?.attribs; one = one.parent) {
    if (one.attribs['aria-hidden'] === 'true' || 'hidden' in one.attribs) return true;
  }
  return false;
}

/** @param {Element} element @param {string} name */
export const isWithin = (element, name) => {
  for (let one = /** @type {any} */ (element.parent); one; one = one.parent) if (one.name === name) return true;
  return false;
};

/** @param {Element} element @param {Map<string | undefined, Element>} ids @returns {string} */
function nameOf(element, ids) {
  const { attribs } = element;
  const labels = attribs['aria-labelledby']?.split(/\s+/).map((id) => text(ids.get(id))).join(' ').trim();
  return labels || attribs['aria-label']?.trim() || contents(element) || attribs['title']?.trim() || '';
}

/** What an element says: its texts and the alternatives of its pictures, without what is hidden. @param {Element} element */
function contents(element) {
  if (element.name === 'img') return element.attribs['alt']?.trim() ?? '';
  return element.children.map((/** @type {any} */ child) => {
    if (child.type === 'text') return child.data;
    if (!child.attribs || child.attribs['aria-hidden'] === 'true') return '';
    return child.attribs['aria-label'] ?? contents(child);
  }).join('').replace(/\s+/g, ' ').trim();
}
