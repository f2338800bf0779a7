// The search page: <kawaraban-search> around a form with an input named q. Words of the interface come
// from its data-words-* attributes; the address carries query, filters and page.
import { Index } from './index.js';
import { keyword, plan } from './plan.js';
import { search } from './score.js';
import { snippet } from './snippet.js';

const FACETS = /** @type {const} */ (['year', 'department', 'topic', 'rating', 'kind']);
/** @typedef {typeof FACETS[number]} Facet */
/** @typedef {{query: string, page: number, chosen: Partial<Record<Facet, string>>}} State */

/** An element with children. @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class KawarabanSearch extends HTMLElement {
  turn = 0;
  page = 1;
  /** @type {Promise<Index> | undefined} */
  opened = undefined;
  /** @type {Map<Facet, HTMLSelectElement>} */
  selects = new Map();

  connectedCallback() {
    const input = this.querySelector('input[name=q]');
    const form = this.querySelector('form');
    if (!(input instanceof HTMLInputElement) || !form || this.input) return;
    this.input = input;
    this.status = element('p', { class: 'search-status', role: 'status' });
    this.results = element('ol', { class: 'results', 'aria-label': this.word('results') });
    this.filters = element('div', { class: 'filters', role: 'group', 'aria-label': this.word('filters'), hidden: '' });
    for (const facet of FACETS) {
      const select = /** @type {HTMLSelectElement} */ (element('select', { id: `filter-${facet}` }));
      select.addEventListener('change', () => this.go({ ...this.state, page: 1 }, true));
      this.selects.set(facet, select);
      this.filters.append(element('div', {}, [element('label', { for: select.id }, [this.word(facet)]), select]));
    }
    this.previous = element('a', { rel: 'prev' }, [this.word('previous')]);
    this.next = element('a', { rel: 'next' }, [this.word('next')]);
    this.pageOf = element('span');
    this.pages = element('nav', { class: 'pages', 'aria-label': this.word('results'), hidden: '' }, [this.previous, this.pageOf, this.next]);
    this.append(this.filters, this.status, this.results, this.pages);
    for (const [link, step] of /** @type {[HTMLElement, number][]} */ ([[this.previous, -1], [this.next, 1]])) {
      link.addEventListener('click', (event) => {
        event.preventDefault();
        this.go({ ...this.state, page: this.state.page + step }, true);
        this.status?.scrollIntoView({ block: 'start' });
      });
    }

    const late = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.go({ ...this.state, query: input.value, page: 1 }), 150);
    };
    input.addEventListener('input', (event) => {
      // While an input method composes, the text is not yet what is meant.
      if (!(event instanceof InputEvent && event.isComposing)) late();
    });
    input.addEventListener('compositionend', late);
    input.addEventListener('focus', () => this.index(), { once: true });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      this.go({ ...this.state, query: input.value, page: 1 }, true);
    });
    addEventListener('popstate', () => this.restore());
    this.restore();
  }

  /** A word of the interface. @param {string} name @param {Record<string, string | number>} [values] */
  word(name, values = {}) {
    const text = this.getAttribute(`data-words-${name}`) ?? name;
    return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
  }

  /** The index, opened when first needed. @returns {Promise<Index>} */
  index() {
    this.opened ??= Index.open(new URL(this.dataset['index'] ?? 'search/', document.baseURI).href);
    this.opened.catch(() => { this.opened = undefined; });
    return this.opened;
  }

  /** What is asked for now. @returns {State} */
  get state() {
    /** @type {State['chosen']} */
    const chosen = {};
    for (const [facet, { value }] of this.selects) if (value) chosen[facet] = value;
    return { query: this.input?.value ?? '', page: this.page, chosen };
  }

  /** Takes over what the address says. */
  restore() {
    const asked = new URLSearchParams(location.search);
    if (this.input) this.input.value = asked.get('q') ?? '';
    /** @type {State['chosen']} */
    const chosen = {};
    for (const facet of FACETS) {
      const value = asked.get(facet);
      if (value) chosen[facet] = value;
    }
    const page = Math.max(1, Number.parseInt(asked.get('page') ?? '1', 10) || 1);
    this.show({ query: this.input?.value ?? '', page, chosen });
  }

  /** Shows `state` and writes it into the address; as a step of the history where it is `final`. @param {State} state @param {boolean} [final] */
  go(state, final = false) {
    const address = this.address(state);
    history[final && address !== location.search ? 'pushState' : 'replaceState'](null, '', address);
    this.show(state);
  }

  /** @param {State} state */
  address({ query, page, chosen }) {
    const asked = new URLSearchParams();
    if (query) asked.set('q', query);
    for (const [facet, value] of Object.entries(chosen)) asked.set(facet, value);
    if (page > 1) asked.set('page', String(page));
    return `?${asked}`;
  }

  /** @param {State} state */
  async show(state) {
    const turn = ++this.turn;
    // Synonyms are in the index; whether anything is asked for does not hang on them.
    const asked = plan(state.query);
    const isAsked = asked.keywords.length + asked.excluded.length > 0;
    const browse = this.parentElement?.querySelector('.without-search');
    if (browse) browse.toggleAttribute('hidden', isAsked);
    if (!isAsked) return this.clear();
    const wait = setTimeout(() => this.say(this.word('searching')), 300);
    try {
      const index = await this.index();
      const planned = plan(state.query, index.manifest.synonyms);
      const keywords = toMark(planned);
      const [hits, facets] = await Promise.all([search(index, planned), index.facets()]);
      if (turn !== this.turn) return;
      const values = /** @type {Record<Facet, (document: number) => string[]>} */ (Object.fromEntries(FACETS.map((facet) => [facet, valuesOf(index, facets, facet)])));
      const fits = (/** @type {number} */ document, /** @type {Facet} */ except) => FACETS.every((facet) =>
        facet === except || !state.chosen[facet] || values[facet](document).includes(state.chosen[facet]));
      for (const facet of FACETS) {
        const counts = new Map();
        for (const { document } of hits) {
          if (fits(document, facet)) for (const value of values[facet](document)) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        this.offer(index, facet, counts, state.chosen[facet] ?? '');
      }
      const left = hits.filter(({ document }) => FACETS.every((facet) => !state.chosen[facet] || values[facet](document).includes(state.chosen[facet])));
      const size = Number(this.dataset['pageSize']) || 10;
      const last = Math.max(1, Math.ceil(left.length / size));
      const page = Math.min(state.page, last);
      const shown = left.slice((page - 1) * size, page * size);
      const items = await Promise.all(shown.map(({ document, tier }) => this.item(index, facets[document], document, tier === 'A' ? keywords.strict : keywords.loose)));
      if (turn !== this.turn) return;
      clearTimeout(wait);
      this.page = page;
      this.filters?.toggleAttribute('hidden', !hits.length);
      this.results?.setAttribute('start', String((page - 1) * size + 1));
      this.results?.replaceChildren(...items);
      this.say(left.length ? this.told(planned, left) : `${this.word('none')} ${this.word('none-help')}`);
      this.turnPages(state, page, last);
    } catch (error) {
      if (turn !== this.turn) return;
      console.error(error);
      this.clear();
      if (browse) browse.toggleAttribute('hidden', false);
      this.say(this.word('failed'));
    } finally {
      clearTimeout(wait);
    }
  }

  /** How many were found, by which tier, and what else was looked for. @param {import('./plan.js').Plan} planned @param {import('./score.js').Hit[]} hits */
  told({ keywords }, hits) {
    const strict = hits.filter(({ tier }) => tier === 'A').length;
    const loose = hits.length - strict;
    const count = loose ? this.word(strict ? 'count-both' : 'count-loose', { strict, loose }) : this.word('count', { count: strict });
    const also = keywords.flatMap(({ variants }) => variants);
    return also.length ? `${count} ${this.word('also', { words: also.join(this.word('comma')) })}` : count;
  }

  clear() {
    this.page = 1;
    this.results?.replaceChildren();
    this.filters?.toggleAttribute('hidden', true);
    this.pages?.toggleAttribute('hidden', true);
    this.say('');
  }

  /** Announced once, and only where it says something new. @param {string} text */
  say(text) {
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
  }

  /** Name of a facet's value. @param {Index} index @param {Facet} facet @param {string} value */
  label(index, facet, value) {
    if (facet === 'year') return value;
    if (facet === 'kind') return this.word(`kind-${value}`);
    const label = index.manifest.labels[facet].find(({ id }) => id === value);
    return (this.dataset['lang'] === 'en' && label?.name.en) || label?.name.own || value;
  }

  /** @param {Index} index @param {Facet} facet @param {Map<string, number>} counts @param {string} chosen */
  offer(index, facet, counts, chosen) {
    const select = this.selects.get(facet);
    if (!select) return;
    if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
    const order = facet === 'year' || facet === 'kind' ? [] : index.manifest.labels[facet].map(({ id }) => id);
    const values = [...counts.keys()].sort((a, b) => order.length ? order.indexOf(a) - order.indexOf(b) : a < b ? 1 : -1);
    select.replaceChildren(
      element('option', { value: '' }, [this.word('any')]),
      ...values.map((value) => element('option', { value }, [`${this.label(index, facet, value)} (${counts.get(value)})`])),
    );
    select.value = chosen;
    select.parentElement?.toggleAttribute('hidden', values.length < 2 && !chosen);
  }

  /** @param {Index} index @param {import('./index.js').Facets | undefined} facets @param {number} document @param {import('./plan.js').Keyword[]} keywords */
  async item(index, facets, document, keywords) {
    const [found, text] = await Promise.all([index.document(document), index.text(document)]);
    const english = this.dataset['lang'] === 'en' && found.titleEn;
    const title = english || found.title;
    const link = element('a', { href: `${this.dataset['base'] ?? ''}${found.url}` }, marked(title, keywords, title.length));
    if (this.dataset['lang'] === 'en' && !english) link.setAttribute('lang', 'ja');
    const { labels } = index.manifest;
    const facts = [];
    const kind = labels.kind[(facets?.kind ?? 0) - 1];
    if (kind) facts.push(element('span', { class: 'kind' }, [this.label(index, 'kind', kind)]));
    if (facets?.year) facts.push(element('span', {}, [String(facets.year)]));
    const department = labels.department[(facets?.department ?? 0) - 1];
    if (department) facts.push(element('span', {}, [this.label(index, 'department', department.id)]));
    const rating = labels.rating[(facets?.rating ?? 0) - 1];
    if (rating) {
      facts.push(element('span', { class: `rating ${rating.tone}` }, [
        element('span', { class: 'shape', 'aria-hidden': 'true' }), this.label(index, 'rating', rating.id),
      ]));
    }
    const language = /[ぁ-ヿ一-鿿]/.test(text) ? 'ja' : 'en';
    return element('li', {}, [
      element('h2', {}, [link]),
      element('p', { class: 'facts' }, facts),
      element('p', { class: 'snippet', lang: language }, marked(text, keywords)),
    ]);
  }

  /** @param {State} state @param {number} page @param {number} last */
  turnPages(state, page, last) {
    this.pages?.toggleAttribute('hidden', last < 2);
    if (this.pageOf) this.pageOf.textContent = this.word('page-of', { page, pages: last });
    this.previous?.setAttribute('href', this.address({ ...state, page: page - 1 }));
    this.previous?.toggleAttribute('hidden', page <= 1);
    this.next?.setAttribute('href', this.address({ ...state, page: page + 1 }));
    this.next?.toggleAttribute('hidden', page >= last);
  }
}

/** What a document has of a facet, as it stands in the address. @param {Index} index @param {import('./index.js').Facets[]} facets @param {Facet} facet @returns {(document: number) => string[]} */
function valuesOf(index, facets, facet) {
  const { labels } = index.manifest;
  return (document) => {
    const value = facets[document]?.[facet] ?? 0;
    if (facet === 'year') return value ? [String(value)] : [];
    if (facet === 'kind') return labels.kind.slice(Number(value) - 1, Number(value));
    return [value].flat().flatMap((number) => labels[facet][number - 1]?.id ?? []);
  };
}

/** What is marked: keywords with the other ways to say them, and the parts of tier B. @param {import('./plan.js').Plan} planned */
function toMark({ keywords, loose }) {
  const others = keywords.flatMap(({ variants }) => variants).flatMap((text) => keyword([...text]) ?? []);
  const parts = (loose?.tokens ?? []).flatMap((text) => keyword([...text]) ?? []);
  return { strict: [...keywords, ...others], loose: [...keywords, ...others, ...parts] };
}

/** A text with its hits marked. @param {string} text @param {import('./plan.js').Keyword[]} keywords @param {number} [length] */
function marked(text, keywords, length) {
  return snippet(text, keywords, length).map((piece) => piece.hit ? element('mark', {}, [piece.text]) : piece.text);
}

customElements.define('kawaraban-search', KawarabanSearch);
