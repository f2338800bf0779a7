/**
 * **Asks** one engine every query of a task: `node ask.js TASK.json` prints, for each query, the numbers
 * of at most ten documents, best first. The task is `{engine, site, documents, queries}`.
 */

import { readFileSync } from 'node:fs';

import { browse } from './browser.js';
import { packages } from './packages.js';

/** @typedef {{id: string, title: string, text: string}} Document */
/** @typedef {{engine: string, site: string, documents: Document[], queries: string[]}} Task */

const MOST = 10;

/** @param {Task} task @returns {Promise<number[][]>} */
async function kawaraban({ site, queries }) {
  return browse(site, 'search.html', async (page) => page.evaluate(async ({ queries, most }) => {
    const script = [...document.scripts].find(({ src }) => src.endsWith('/kawaraban-search.js'))?.src ?? '';
    const [{ Index }, { plan }, { search }, { slips }] = await Promise.all(
      ['index.js', 'plan.js', 'score.js', 'slips.js'].map((name) => import(new URL(name, script).href)));
    const index = await Index.open(new URL('search/', location.href).href);
    index.slips = (/** @type {any} */ own) => slips(index, own);
    const answers = [];
    for (const query of queries) {
      const { hits } = await search(index, plan(query, index.synonyms, index.readings), most);
      const found = [];
      for (const { document } of hits.slice(0, most)) {
        const number = /^measures\/d(\d+)\.html$/.exec((await index.document(document)).url)?.[1];
        if (number) found.push(Number(number));
      }
      answers.push(found);
    }
    return answers;
  }, { queries, most: MOST }));
}

/** @param {Task} task @returns {Promise<number[][]>} */
async function pagefind({ site, queries }) {
  return browse(site, 'd0000000.html', async (page) => page.evaluate(async ({ queries, most }) => {
    const engine = await import(new URL('pagefind/pagefind.js', location.href).href);
    await engine.init();
    const answers = [];
    for (const query of queries) {
      const { results } = await engine.search(query);
      const pages = await Promise.all(results.slice(0, most).map((/** @type {any} */ result) => result.data()));
      answers.push(pages.map(({ url }) => Number(/d(\d+)/.exec(url)?.[1])));
    }
    return answers;
  }, { queries, most: MOST }));
}

/** lunr with its Japanese plug-in, as the plug-in's documentation sets it up. @param {Task} task */
async function lunr({ documents, queries }) {
  const lunr = packages('lunr');
  packages('lunr-languages/lunr.stemmer.support.js')(lunr);
  packages('lunr-languages/tinyseg.js')(lunr);
  packages('lunr-languages/lunr.ja.js')(lunr);
  const index = lunr(function () {
    this.use(lunr.ja);
    this.ref('number');
    this.field('title', { boost: 4 });
    this.field('text');
    documents.forEach(({ title, text }, number) => this.add({ number, title, text }));
  });
  return queries.map((query) => index.query((/** @type {any} */ asked) => {
    // What the query parser would take for an operator is text here.
    for (const token of lunr.ja.tokenizer(query)) asked.term(index.pipeline.runString(token.toString()));
  }).slice(0, MOST).map((/** @type {{ref: string}} */ { ref }) => Number(ref)));
}

/** MiniSearch with the words of the platform's segmenter. @param {Task} task @param {number} [title] its weight */
async function minisearch({ documents, queries }, title = 4) {
  const MiniSearch = packages('minisearch');
  const words = new Intl.Segmenter('ja', { granularity: 'word' });
  const index = new MiniSearch({
    fields: ['title', 'text'],
    idField: 'number',
    tokenize: (/** @type {string} */ text) => [...words.segment(text.normalize('NFKC'))].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment),
    searchOptions: { boost: { title } },
  });
  index.addAll(documents.map(({ title, text }, number) => ({ number, title, text })));
  return queries.map((query) => index.search(query).slice(0, MOST).map((/** @type {{id: number}} */ { id }) => id));
}

const engines = { kawaraban, pagefind, lunr, minisearch, 'minisearch-even': (/** @type {Task} */ task) => minisearch(task, 1) };
/** @type {Task} */
const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const engine = engines[/** @type {keyof typeof engines} */ (task.engine)];
process.stdout.write(JSON.stringify(await engine(task)));
