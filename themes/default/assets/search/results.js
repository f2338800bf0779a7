// Results as a list: title, what is known of it, a snippet once it comes into view, and on request why it is there.
import { normalise } from './analyzer.js';
import { element } from './element.js';
import { more } from './loader.js';
import { languageOf, nameOf } from './names.js';
import { isGrammar, keywordsOf } from './plan.js';
import { addNearness, keywordByField, looseByField, ofField, others, wholeWord } from './score.js';
import { hits, snippet } from './snippet.js';

/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./plan.js').Keyword} Keyword */
/** @typedef {import('./score.js').Hit} Hit */
/**
 * Where results are shown: an index, the language and words of the page, and the folder of its language.
 * @typedef {{index: import('./index.js').Index, language: string, base: string, word: (name: string, values?:
 *   Record<string, string | number>) => string}} Setting
 */

/** @typedef {{plan: Plan, query: string}} Asked a query with its plan */

/** What a score is made of. */
const score = { addNearness, keywordByField, looseByField, ofField, others, wholeWord };

/** How many rows of a dataset are shown as one result. */
const ROWS = 3;
/** So many years are asked for at once. */
const YEARS = 6;

/** @param {Setting} setting @param {Asked} asked @param {Hit[][]} results */
export const items = (setting, asked, results) =>
  Promise.all(results.map((hits) => item(setting, asked, hits)));

/**
 * One result: a document, the years of a measure under the newest of them, or rows of a dataset.
 * @param {Setting} setting
 * @param {Asked} asked
 * @param {Hit[]} found
 */
async function item(setting, asked, found) {
  const { index, word } = setting;
  // The years of a measure, or the best rows, at once. What fails is asked for again by whoever needs it.
  for (const { document } of found.slice(0, YEARS)) index.document(document).catch(() => {});
  const { kind } = await index.document(found[0]?.document ?? 0);
  if (found.length > 1 && index.manifest.labels.kind[kind - 1] === 'row') return rows(setting, asked, found);
  // The newest has the least number.
  const [newest, ...others] = [...found].sort((a, b) => a.document - b.document);
  const parts = await shown(setting, asked, /** @type {Hit} */ (newest), 'h2');
  const years = await Promise.all(
    others.map(async ({ document }) => {
      const { url, year } = await index.document(document);
      return element('a', { href: `${setting.base}${url}` }, [word('search_year', { year })]);
    }),
  );
  if (years.length) parts.push(element('p', { class: 'facts' }, [word('search_other_years'), ...years]));
  return element('li', {}, parts);
}

/** Rows of one dataset, the best of them. @param {Setting} setting @param {Asked} asked @param {Hit[]} found */
async function rows(setting, asked, found) {
  const best = await Promise.all(
    found.slice(0, ROWS).map(async (hit) => element('li', {}, await shown(setting, asked, hit, 'h3'))),
  );
  const { url, within } = await setting.index.document(found[0]?.document ?? 0);
  const name = nameOf(setting, within);
  // The page of the dataset: data/x.html for data/x/rows/1.html#row-1.
  const page = url.replace(/\/rows\/.*/, '.html');
  const title = setting.word('search_rows', { name, count: found.length });
  return element('li', {}, [
    element('h2', {}, [element('a', { href: `${setting.base}${page}` }, [title])]),
    element('ul', {}, best),
  ]);
}

/** What is shown of a hit. @param {Setting} setting @param {Asked} asked @param {Hit} hit @param {'h2' | 'h3'} level */
async function shown(setting, asked, hit, level) {
  const { index, language, base, word } = setting;
  const { plan } = asked;
  const found = await index.document(hit.document);
  const { labels } = index.manifest;
  const marks = toMark(plan)[hit.tier === 'A' ? 'strict' : 'loose'];
  const title = (language === 'en' && found.titleEn) || found.title;
  const link = element('a', { href: `${base}${found.url}` }, marked(title, marks, title.length));
  if (language === 'en' && languageOf(title) === 'ja') link.lang = 'ja';
  const kind = labels.kind[found.kind - 1];
  const rating = labels.rating[found.rating - 1];
  const department = labels.department[found.department - 1]?.name;
  const within = level === 'h2' ? nameOf(setting, found.within) : '';
  const facts = [within, found.year, nameOf(setting, department)];
  const excerpt = element('p', { class: 'snippet' });
  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      fill(setting, excerpt, async () => {
        const shown = await index.text(hit.document);
        const text = inLanguage(setting, shown, marks);
        excerpt.lang = languageOf(text);
        const figure = shown.answer;
        if (figure) {
          const said = { ...figure, name: nameOf(setting, figure.name), unit: nameOf(setting, figure.unit) };
          excerpt.before(element('p', { class: 'answer' }, [word('search_answer', said)]));
        }
        return marked(text, marks);
      });
    },
    { rootMargin: '100px' },
  );
  seen.observe(excerpt);
  const why = element('details', { class: 'why' }, [element('summary', {}, [word('search_why')])]);
  const reason = element('p');
  why.append(reason);
  why.addEventListener(
    'toggle',
    () =>
      fill(setting, reason, async () =>
        (await more()).reasons(setting, asked.plan, hit, score, spellings(index, asked.query)),
      ),
    { once: true },
  );
  return [
    element(level, {}, [link]),
    ...(level === 'h2'
      ? [
          element('p', { class: 'facts' }, [
            element('span', { class: 'kind' }, [kind ? word(kind) : '']),
            ...facts.filter(Boolean).map((fact) => element('span', {}, [`${fact}`])),
            ...(rating ? [ratingOf(setting, rating)] : []),
          ]),
        ]
      : []),
    excerpt,
    ...(plan.keywords.length ? [why] : []),
  ];
}

/** A rating with its shape. @param {Setting} setting @param {import('./index.js').Label} rating */
function ratingOf(setting, { tone, name }) {
  const shape = element('span', { class: 'shape', 'aria-hidden': 'true' });
  return element('span', { class: `rating ${tone}` }, [shape, nameOf(setting, name)]);
}

/**
 * The text in the page's language, or in the other where only that has a hit.
 * @param {Setting} setting
 * @param {{own: string, en: string}} texts
 * @param {Keyword[]} marks
 */
function inLanguage({ language }, { own, en }, marks) {
  const [first, other] = language === 'en' ? [en, own] : [own, en];
  return first && (!other || hits(first, marks).length || !hits(other, marks).length) ? first : other;
}

/**
 * Puts into `place` what `read` gives; where that fails, a message with a button that tries once more.
 * @param {Setting} setting
 * @param {HTMLElement} place
 * @param {() => Promise<(Node | string)[]>} read
 */
async function fill(setting, place, read) {
  try {
    place.replaceChildren(...(await read()));
  } catch (error) {
    console.error(error);
    const retry = element('button', { type: 'button' }, [setting.word('search_retry')]);
    retry.addEventListener('click', () => fill(setting, place, read));
    place.replaceChildren(setting.word('search_snippet_failed'), ' ', retry);
  }
}

/**
 * Words as they were typed, or as the content spells its synonyms, by their normal form.
 * @param {import('./index.js').Index} index
 * @param {string} query
 */
export function spellings(index, query) {
  const typed = query.split(/[\s、"“”]+/).map((word) => word.replace(/^-/, ''));
  return new Map(
    [...index.manifest.synonyms.flat(), ...typed].map((word) => [normalise(word).join(''), word]),
  );
}

/** What is marked: keywords with the other ways to say them, and the parts of tier B. @param {Plan} planned */
function toMark({ keywords, loose, fragments }) {
  const strict = [
    ...keywords,
    ...keywordsOf(keywords.flatMap(({ variants, spelt, typed }) => [...variants, ...spelt, ...typed])),
  ];
  return {
    strict,
    loose: [
      ...strict.filter((keyword) => !isGrammar(keyword)),
      ...fragments,
      ...keywordsOf([...(loose?.tokens ?? []), ...(loose?.words.flat() ?? [])]),
    ],
  };
}

/** A text with its hits marked. @param {string} text @param {Keyword[]} keywords @param {number} [length] */
const marked = (text, keywords, length) =>
  snippet(text, keywords, length).map(({ text, hit }) => (hit ? element('mark', {}, [text]) : text));
