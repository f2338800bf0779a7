// <kawaraban-search>: a search box with its results, on any page. Around a form with an input named q it
// takes that and keeps what is asked in the address; without one it makes its own.
import { normalise, normaliseWithKatakana } from './analyzer.js';
import { element } from './element.js';
import { Index } from './index.js';
import { completion, more } from './loader.js';
import { plan } from './plan.js';
import { once } from './reader.js';
import { items, spellings } from './results.js';
import { search, typedOf } from './score.js';
import { chosenBy, grouped, isNarrowed } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./results.js').Setting} Setting */

/** Milliseconds without a keystroke before a search. */
const PAUSE = 50;
/** Milliseconds before the page says that it is searching. */
const PATIENCE = 300;
let scopes = 0;

class KawarabanSearch extends HTMLElement {
  turn = 0;
  page = 1;
  /** @type {import('./filters.js').Filters | undefined} */
  filters;
  /** What was asked before the filters were there. @type {State | undefined} */
  asked;

  connectedCallback() {
    if (this.status) return;
    this.status = element('p', { class: 'search-status', role: 'status' });
    this.suggestions = element('p', { class: 'search-meant' });
    this.results = element('ol', { class: 'results' });
    this.pages = element('nav', { class: 'pages', hidden: '' });
    this.details = /** @type {HTMLDetailsElement} */ (
      element('details', { class: 'narrow' }, [element('summary', {}, [this.dataset['filters'] ?? '…'])])
    );
    this.details.addEventListener('toggle', () => this.show(this.state));
    this.append(this.details, this.status, this.suggestions, this.results, this.pages);
    const form = this.querySelector('form');
    if (form) this.take(form, true);
    else this.begin();
  }

  /** Makes a form where the page has none. */
  begin() {
    Promise.all([this.setting(), more()]).then(
      ([{ word }, { form }]) => {
        this.say('');
        const made = form(word, `kawaraban-${++scopes}`);
        this.prepend(made);
        this.take(made, false);
      },
      (error) => this.fail(error),
    );
  }

  /** Listens to `form`. @param {HTMLFormElement} form @param {boolean} keepsAddress */
  take(form, keepsAddress) {
    const input = /** @type {HTMLInputElement} */ (form.querySelector('[name=q]'));
    this.input = input;
    this.keepsAddress = keepsAddress;
    const ask = (/** @type {boolean} */ final) =>
      this.go({ ...this.state, query: input.value, page: 1 }, final);
    const late = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(ask, PAUSE, false);
    };
    input.addEventListener('input', (event) => {
      // While an input method composes, the text is not yet what is meant.
      if (!(event instanceof InputEvent && event.isComposing)) late();
    });
    input.addEventListener('compositionend', late);
    // The search itself does not wait for completions, nor for the script that has them.
    input.addEventListener(
      'input',
      () =>
        completion()
          .then(({ complete }) =>
            complete(input, {
              setting: () => this.setting(),
              normalise,
              choose: () => ask(true),
              id: `completions-${++scopes}`,
            }),
          )
          .catch(() => {}),
      { once: true },
    );
    // Whoever comes to the page of the search is going to search; on another page, who goes to the box.
    const prepare = () => this.setting().catch(() => {});
    if (keepsAddress) prepare();
    else form.addEventListener('focusin', prepare, { once: true });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      ask(true);
    });
    if (!keepsAddress) return;
    addEventListener('popstate', () => this.restore());
    this.restore();
  }

  /** The index with its words, opened when first needed. */
  setting = once(() => this.open());

  /** @param {boolean} [anew] in place of one that was opened before @returns {Promise<Setting>} */
  async open(anew) {
    const language = this.dataset['lang'] ?? document.documentElement.lang.slice(0, 2);
    const folder = new URL(this.dataset['index'] ?? 'search/', document.baseURI).href;
    const index = await Index.open(folder, undefined, anew);
    index.slips = async (own) => (await more()).slips(index, own);
    const words = await index.words(language);
    /** @type {Setting['word']} */
    const word = (name, values = {}) =>
      (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
    const base = this.dataset['base'] ?? new URL('../', folder).href;
    this.filters = undefined;
    this.details?.firstElementChild?.replaceChildren(word('filters'));
    for (const list of [this.results, this.pages]) list?.setAttribute('aria-label', word('search_results'));
    return { index, language, base, word };
  }

  /** What is asked for now. @returns {State} */
  get state() {
    const { sort, from, to, chosen } = this.filters?.state ??
      this.asked ?? { sort: 'relevance', from: '', to: '', chosen: {} };
    return { query: this.input?.value ?? '', page: this.page, sort, from, to, chosen };
  }

  /** Takes over what the address says. */
  restore() {
    const asked = new URLSearchParams(location.search);
    const value = (/** @type {string} */ name) => asked.get(name) ?? '';
    if (this.input) this.input.value = value('q');
    const page = Math.max(1, Number.parseInt(value('page'), 10) || 1);
    this.asked = { query: value('q'), page, ...chosenBy(value, asked.keys()) };
    if (this.filters) this.filters.state = this.asked;
    // What narrows the results is to be seen.
    if (this.details && isNarrowed(this.asked)) this.details.open = true;
    this.show(this.asked);
  }

  /**
   * Shows `state` and writes it into the address; as a step of the history where it is `final`.
   * @param {State} state
   * @param {boolean} [final]
   */
  go(state, final = false) {
    // Browsers keep no history of what is asked on a page from a file share.
    if (this.keepsAddress && location.protocol !== 'file:') {
      const address = this.address(state);
      if (address !== (location.search || '?'))
        history[final ? 'pushState' : 'replaceState'](null, '', address);
    }
    this.show(state);
  }

  /** @param {State} state */
  address({ query, page, sort, from, to, chosen }) {
    const asked = new URLSearchParams();
    const all = {
      q: query,
      ...chosen,
      from,
      to,
      sort: sort === 'relevance' ? '' : sort,
      page: page > 1 ? String(page) : '',
    };
    for (const [name, value] of Object.entries(all)) if (value) asked.set(name, value);
    return `?${asked}`;
  }

  /** @param {State} state @param {boolean} [again] after the index was opened anew */
  async show(state, again = false) {
    const turn = ++this.turn;
    const isAsked = Boolean(state.query.trim()) || isNarrowed(state);
    this.browse(!isAsked);
    if (!isAsked && !this.details?.open) return this.clear();
    const wait = setTimeout(() => this.say(this.dataset['searching'] ?? ''), PATIENCE);
    try {
      const setting = await this.setting();
      const { index } = setting;
      const planned = plan(state.query, index.synonyms, index.readings);
      const size = Number(this.dataset['pageSize']) || 10;
      const all = isNarrowed(state) || state.sort !== 'relevance' || this.details?.open;
      let { total, hits } = await search(index, planned, all ? Infinity : state.page * size);
      const isFound = hits[0]?.tier === 'A';
      if (all) {
        const { Filters, narrow } = await more();
        const narrowed = await narrow(index, hits, state);
        if (turn !== this.turn) return;
        if (!this.filters) {
          this.filters = new Filters(
            /** @type {HTMLDetailsElement} */ (this.details),
            setting,
            () => this.go({ ...this.state, page: 1 }, true),
            scopes++ ? `kawaraban-${scopes}-` : '',
          );
          this.filters.state = state;
        }
        hits = narrowed.hits;
        total = hits.length;
        this.filters?.count(setting, narrowed.counts);
      }
      if (!isAsked) return this.clear();
      const groups = await index.groups();
      const isRanked = state.sort === 'relevance';
      let results = isRanked ? grouped(hits, groups) : hits.map((hit) => [hit]);
      // The best of a common word may be few results.
      if (results.length < state.page * size && hits.length < total) {
        ({ hits } = await search(index, planned));
        results = grouped(hits, groups);
      }
      const last = Math.max(1, Math.ceil((hits.length < total ? total : results.length) / size));
      const page = Math.min(state.page, last);
      const asked = { plan: planned, query: state.query };
      const rows = await items(setting, asked, results.slice((page - 1) * size, page * size));
      if (turn !== this.turn) return;
      this.page = page;
      this.results?.setAttribute('start', String((page - 1) * size + 1));
      this.results?.replaceChildren(...rows);
      this.say(...(await told(setting, state.query, planned, total, hits)));
      this.browse(!total);
      this.suggestions?.replaceChildren();
      if (!isFound) this.suggest(setting, state, planned).catch(() => {});
      this.turnPages(setting, state, page, last);
      this.dispatchEvent(new CustomEvent('results', { detail: { query: state.query, found: total } }));
    } catch (error) {
      if (turn !== this.turn) return;
      const old =
        !again &&
        (await this.setting()
          .then(({ index }) => index.isOld())
          .catch(() => false));
      if (turn !== this.turn) return;
      if (!old) return this.fail(error, state);
      // Published anew while the page was open: what is missing or other now is in the new index.
      this.setting = once(() => this.open(true));
      this.show(state, true);
    } finally {
      clearTimeout(wait);
    }
  }

  /** Says that the search failed, with a button that tries once more. @param {unknown} error @param {State} [state] */
  fail(error, state) {
    console.error(error);
    this.clear();
    this.browse(true);
    const retry = element('button', { type: 'button' }, [this.dataset['retry'] ?? '↻']);
    retry.addEventListener('click', () => (state ? this.show(state) : this.begin()));
    // A page that has no words of its own may have others for it.
    if (this.dispatchEvent(new CustomEvent('failed', { bubbles: true, cancelable: true, detail: retry })))
      this.say(this.dataset['failed'] ?? String(error), ' ', retry);
  }

  /** Shows what the page offers besides, or hides it. @param {boolean} shown */
  browse(shown) {
    this.parentElement?.querySelector('.without-search')?.toggleAttribute('hidden', !shown);
  }

  clear() {
    this.page = 1;
    for (const part of [this.results, this.suggestions]) part?.replaceChildren();
    this.pages?.toggleAttribute('hidden', true);
    this.say('');
  }

  /** Announced once, and only where it says something new. @param {(Node | string)[]} pieces */
  say(...pieces) {
    const said = element('p', {}, pieces);
    if (this.status && this.status.textContent !== said.textContent)
      this.status.replaceChildren(...said.childNodes);
  }

  /**
   * A link that asks `state`, and then does what else is to be done.
   * @param {State} state
   * @param {Record<string, string>} attributes
   * @param {string} text
   * @param {() => void} then
   */
  link(state, attributes, text, then) {
    const link = element('a', { ...attributes, href: this.address(state) }, [text]);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.go(state, true);
      then();
    });
    return link;
  }

  /** What else the query may have meant. @param {Setting} setting @param {State} state @param {Plan} planned */
  async suggest({ index, word }, state, planned) {
    const { turn } = this;
    const { offers } = await more();
    const links = await offers(index, planned, normalise, word, (query) =>
      this.link({ ...state, query, page: 1 }, { lang: 'ja' }, query, () => {
        if (this.input) this.input.value = query;
        this.input?.focus();
      }),
    );
    if (turn === this.turn) this.suggestions?.replaceChildren(...links);
  }

  /** @param {Setting} setting @param {State} state @param {number} page @param {number} last */
  turnPages({ word }, state, page, last) {
    const link = (/** @type {number} */ to, /** @type {string} */ rel, /** @type {string} */ name) =>
      this.link({ ...state, page: to }, { rel }, word(name), () => this.status?.scrollIntoView());
    this.pages?.toggleAttribute('hidden', last < 2);
    this.pages?.replaceChildren(
      ...(page > 1 ? [link(page - 1, 'prev', 'previous')] : []),
      element('span', {}, [word('page_of', { page, pages: last })]),
      ...(page < last ? [link(page + 1, 'next', 'next')] : []),
    );
  }
}

/**
 * How many were found, by which tier, what was read differently, and what else was looked for.
 * @param {Setting} setting
 * @param {string} query
 * @param {Plan} planned
 * @param {number} total
 * @param {import('./score.js').Hit[]} hits
 */
async function told({ index, word }, query, { keywords, loose: parts }, total, hits) {
  const loose = hits.filter(({ tier }) => tier === 'B').length;
  const strict = total - loose;
  // Of a sentence nobody expects that a text has all of it.
  const kind = strict ? 'both' : parts && !keywords[1] ? 'near' : 'loose';
  const count = !total
    ? `${word('search_none')} ${word('search_none_help')}`
    : word(`search_count${loose ? `_${kind}` : ''}`, { count: total, strict, loose });
  const pieces = [element('span', {}, [count])];
  const also = (/** @type {string} */ name, /** @type {string} */ words) => {
    const [before = '', after = ''] = word(name, { words: '\n' }).split('\n');
    pieces.push(element('span', {}, [' ', before, element('span', { lang: 'ja' }, [words]), after]));
  };
  const { chars, katakana } = normaliseWithKatakana(query);
  const read = chars
    .map((char, at) =>
      katakana[at] && char !== 'ー' ? String.fromCharCode(char.charCodeAt(0) + 0x60) : char,
    )
    .join('')
    .trim();
  if (read && plain(read) !== plain(query)) also('search_read_as', read);
  const others = keywords.flatMap(({ variants }) => variants);
  const said = [...spellings(index, '')].flatMap(([normal, word]) =>
    others.some((other) => other.includes(normal)) && !keywords.some(({ text }) => text.includes(normal))
      ? [word]
      : [],
  );
  for (const own of keywords) said.push(...own.spelt, ...(await typedOf(index, own)));
  // A word can be both a synonym and a reading of the keyword.
  if (said.length) also('search_also', [...new Set(said)].join(word('search_comma')));
  return pieces;
}

/**
 * Without what everybody takes for the same: width, capitals, blanks, ー, and separators within numbers.
 * @param {string} text
 */
const plain = (text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,()ー\-\u2010-\u2015\u2212]+/g, '');

customElements.define('kawaraban-search', KawarabanSearch);
