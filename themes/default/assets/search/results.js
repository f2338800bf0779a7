// Results as a list: title, what is known of it, a snippet once it comes into view, and why it is there
// for whoever asks.
import { element } from './element.js';
import { explain, sum } from './explain.js';
import { keyword } from './plan.js';
import { snippet } from './snippet.js';

/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./plan.js').Keyword} Keyword */
/** @typedef {import('./score.js').Hit} Hit */
/**
 * Where results are shown: an index, the language and words of the page, and the folder of its language.
 * @typedef {{index: import('./index.js').Index, language: string, base: string, word: (name: string, values?: Record<string, string | number>) => string}} Setting
 */

/** A name in the page's language. @param {Pick<Setting, 'language'>} setting @param {import('./index.js').Label['name'] | null | undefined} name */
export const nameOf = ({ language }, name) => (language === 'en' && name?.en) || name?.own || '';

const languageOf = (/** @type {string} */ text) => /[ぁ-ヿ一-鿿]/.test(text) ? 'ja' : 'en';

/** @param {Setting} setting @param {Plan} plan @param {Hit[]} hits */
export async function items(setting, plan, hits) {
  const marks = toMark(plan);
  return Promise.all(hits.map((hit) => item(setting, plan, hit, hit.tier === 'A' ? marks.strict : marks.loose)));
}

/** @param {Setting} setting @param {Plan} plan @param {Hit} hit @param {Keyword[]} marks */
async function item(setting, plan, hit, marks) {
  const { index, language, base, word } = setting;
  const found = await index.document(hit.document);
  const { labels } = index.manifest;
  const title = (language === 'en' && found.titleEn) || found.title;
  const link = element('a', { href: `${base}${found.url}` }, marked(title, marks, title.length));
  if (language === 'en' && languageOf(title) === 'ja') link.lang = 'ja';
  const kind = labels.kind[found.kind - 1];
  const rating = labels.rating[found.rating - 1];
  const facts = [nameOf(setting, found.within), found.year, nameOf(setting, labels.department[found.department - 1]?.name)];
  const querySnippet = element('p', { class: 'snippet' });
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    const text = await index.text(hit.document);
    querySnippet.lang = languageOf(text);
    querySnippet.append(...marked(text, marks));
  }, { rootMargin: '100px' });
  seen.observe(querySnippet);
  const why = element('details', { class: 'why' }, [element('summary', {}, [word('search_why')])]);
  why.addEventListener('toggle', async () => why.append(await table(setting, plan, hit)), { once: true });
  return element('li', {}, [
    element('h2', {}, [link]),
    element('p', { class: 'facts' }, [
      element('span', { class: 'kind' }, [kind ? word(kind) : '']),
      ...facts.filter(Boolean).map((fact) => element('span', {}, [`${fact}`])),
      ...rating ? [element('span', { class: `rating ${rating.tone}` }, [element('span', { class: 'shape', 'aria-hidden': 'true' }), nameOf(setting, rating.name)])] : [],
    ]),
    querySnippet,
    ...plan.keywords.length ? [why] : [],
  ]);
}

/** The parts of a score. @param {Setting} setting @param {Plan} plan @param {Hit} hit */
async function table({ index, word }, plan, hit) {
  const parts = await explain(index, plan, hit);
  const row = (/** @type {string} */ words, /** @type {string} */ field, /** @type {number} */ score) =>
    element('tr', {}, [
      element('td', {}, [words]), element('td', {}, [field]), element('td', { class: 'number' }, [score.toFixed(3)]),
    ]);
  const heads = ['search_word', 'search_field', 'search_score'].map((name) => element('th', { scope: 'col' }, [word(name)]));
  return element('table', {}, [
    element('thead', {}, [element('tr', {}, heads)]),
    element('tbody', {}, parts.map(({ words, field, score }) => row(words, word(`field_${field}`), score))),
    element('tfoot', {}, [row(word('search_why_total'), '', sum(parts))]),
  ]);
}

/** What is marked: keywords with the other ways to say them, and the parts of tier B. @param {Plan} planned */
function toMark({ keywords, loose }) {
  const read = (/** @type {string[]} */ texts) => texts.flatMap((text) => keyword([...text]) ?? []);
  const strict = [...keywords, ...read(keywords.flatMap(({ variants }) => variants))];
  return { strict, loose: [...strict, ...read(loose?.tokens ?? [])] };
}

/** A text with its hits marked. @param {string} text @param {Keyword[]} keywords @param {number} [length] */
function marked(text, keywords, length) {
  return snippet(text, keywords, length).map(({ text, hit }) => hit ? element('mark', {}, [text]) : text);
}
