// Filters: selects for the values of each facet with their counts, a range of budgets, and the order.
import { element } from './element.js';
import { chosenBy, FACETS, OWN, SORTS } from './narrow.js';
import { nameOf } from './results.js';

/** @typedef {import('./narrow.js').Facet} Facet */
/** @typedef {import('./narrow.js').State} State */
/** @typedef {import('./results.js').Setting} Setting */

/** @type {Record<string, string>} */
const NAMES = { year: 'fiscal_year', department: 'department', topic: 'topics', rating: 'rating', kind: 'kind' };

export class Filters {
  /** @param {HTMLDetailsElement} details where they are shown @param {Pick<Setting, 'index' | 'language' | 'word'>} setting @param {() => void} changed @param {string} scope sets its ids apart from another component's */
  constructor(details, setting, changed, scope) {
    const { word } = setting;
    this.details = details;
    this.word = word;
    const own = setting.index.manifest.labels.own ?? [];
    /** The fields of the site that narrow, by the name of their facet. */
    this.own = new Map(own.map((facet) => [OWN + facet.id, facet]));
    this.facets = [...FACETS, ...this.own.keys()];
    /** @type {Map<string, HTMLSelectElement | HTMLInputElement>} */
    this.controls = new Map();
    const grid = element('div', { class: 'filters', role: 'group', 'aria-label': word('filters') });
    const add = (/** @type {string} */ name, /** @type {string} */ tag, /** @type {string} */ label, /** @type {Record<string, string>} */ attributes = {}) => {
      const control = /** @type {HTMLSelectElement | HTMLInputElement} */ (element(tag, { ...attributes, id: `${scope}filter-${name}` }));
      control.addEventListener('change', changed);
      this.controls.set(name, control);
      grid.append(element('div', {}, [element('label', { for: control.id }, [label]), control]));
      return control;
    };
    for (const facet of this.facets) add(facet, 'select', nameOf(setting, this.own.get(facet)?.name) || word(NAMES[facet] ?? facet));
    const budget = word('search_budget', { unit: word('unit') });
    for (const end of ['from', 'to']) add(end, 'input', word(`search_${end}`, { name: budget }), { type: 'number', min: '0', step: 'any', inputmode: 'numeric' });
    add('sort', 'select', word('search_sort')).append(...SORTS.map((sort) => element('option', { value: sort }, [word(`search_by_${sort}`)])));
    details.querySelector('summary')?.replaceChildren(word('filters'));
    details.append(grid);
  }

  /** What is chosen. */
  get state() {
    return chosenBy((name) => this.controls.get(name)?.value ?? '', this.controls.keys());
  }

  /** Takes over `state`. @param {Pick<State, 'sort' | 'from' | 'to' | 'chosen'>} state */
  set state({ sort, from, to, chosen }) {
    for (const facet of this.facets) this.offer(facet, [[chosen[facet] ?? '', chosen[facet] ?? '']], chosen[facet]);
    for (const [name, value] of Object.entries({ sort, from, to })) {
      const control = this.controls.get(name);
      if (control) control.value = value;
    }
  }

  /** Shows how many there are of each value. @param {Setting} setting @param {Record<Facet, Map<string, number>>} counts */
  count(setting, counts) {
    const { labels } = setting.index.manifest;
    const { chosen } = this.state;
    for (const facet of this.facets) {
      const own = chosen[facet];
      const found = counts[facet] ?? new Map();
      if (own && !found.has(own)) found.set(own, 0);
      const list = this.own.get(facet)?.values ?? (facet === 'department' || facet === 'rating' || facet === 'topic' ? labels[facet] : []);
      const order = (/** @type {string} */ value) => facet === 'year' ? -Number(value) : facet === 'kind' ? labels.kind.indexOf(value) : list.findIndex(({ id }) => id === value);
      const name = (/** @type {string} */ value) => facet === 'kind' ? this.word(value) : nameOf(setting, list.find(({ id }) => id === value)?.name) || value;
      const values = [...found].sort(([a], [b]) => order(a) - order(b));
      this.offer(facet, values.map(([value, count]) => [value, `${name(value)} (${count})`]), own);
    }
  }

  /** @param {Facet} facet @param {[string, string][]} values with what is shown @param {string} [chosen] */
  offer(facet, values, chosen = '') {
    const select = this.controls.get(facet);
    const options = values.filter(([value]) => value).map(([value, shown]) => element('option', { value }, [shown]));
    select?.replaceChildren(element('option', { value: '' }, [this.word('any')]), ...options);
    if (select) select.value = chosen;
  }
}
