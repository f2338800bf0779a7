// Filters: selects for the values of each facet with their counts, a range of budgets, and the order.
import { element } from './element.js';
import { nameOf } from './names.js';
import { idOf } from './narrow.js';
import { chosenBy, FACETS, SORTS } from './state.js';

/** @typedef {import('./state.js').Facet} Facet */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./results.js').Setting} Setting */

export class Filters {
  /**
   * @param {HTMLDetailsElement} details where they are shown
   * @param {Pick<Setting, 'index' | 'language' | 'word'>} setting
   * @param {() => void} changed
   * @param {string} scope sets its ids apart from another component's
   */
  constructor(details, setting, changed, scope) {
    const { word } = setting;
    this.details = details;
    this.word = word;
    const own = setting.index.manifest.labels.own ?? [];
    this.facets = [...FACETS, ...own.map(({ facet }) => facet)];
    /** @type {Map<string, HTMLSelectElement | HTMLInputElement>} */
    this.controls = new Map();
    const grid = element('div', { class: 'filters', role: 'group', 'aria-label': word('filters') });
    const add = (
      /** @type {string} */ name,
      /** @type {string} */ tag,
      /** @type {string} */ label,
      /** @type {Record<string, string>} */ attributes = {},
    ) => {
      const control = /** @type {HTMLSelectElement | HTMLInputElement} */ (
        element(tag, { ...attributes, id: `${scope}filter-${name}` })
      );
      control.addEventListener('change', changed);
      this.controls.set(name, control);
      grid.append(element('div', {}, [element('label', { for: control.id }, [label]), control]));
      return control;
    };
    for (const facet of FACETS)
      add(
        facet,
        'select',
        word(
          /** @type {Record<string, string>} */ ({ year: 'fiscal_year', topic: 'topics' })[facet] ?? facet,
        ),
      );
    for (const { facet, name } of own) add(facet, 'select', nameOf(setting, name));
    const budget = word('search_budget', { unit: word('unit') });
    for (const end of ['from', 'to'])
      add(end, 'input', word(`search_${end}`, { name: budget }), {
        type: 'number',
        min: '0',
        step: 'any',
        inputmode: 'numeric',
      });
    add('sort', 'select', word('search_sort')).append(
      ...SORTS.map((sort) => element('option', { value: sort }, [word(`search_by_${sort}`)])),
    );
    details.querySelector('.filters')?.remove();
    details.append(grid);
  }

  /** What is chosen. */
  get state() {
    return chosenBy((name) => this.controls.get(name)?.value ?? '', this.controls.keys());
  }

  /** Takes over `state`. @param {Pick<State, 'sort' | 'from' | 'to' | 'chosen'>} state */
  set state({ sort, from, to, chosen }) {
    for (const facet of this.facets)
      this.offer(facet, [[chosen[facet] ?? '', chosen[facet] ?? '']], chosen[facet]);
    for (const [name, value] of Object.entries({ sort, from, to })) {
      const control = this.controls.get(name);
      if (control) control.value = value;
    }
  }

  /**
   * Shows how many there are of each value.
   * @param {Setting} setting
   * @param {Record<Facet, Map<string, number>>} counts
   */
  count(setting, counts) {
    const { labels } = setting.index.manifest;
    const { chosen } = this.state;
    for (const facet of this.facets) {
      const own = chosen[facet];
      const found = counts[facet] ?? new Map();
      if (own && !found.has(own)) found.set(own, 0);
      const list = labels[facet] ?? [];
      const at = (/** @type {string} */ value) => list.findIndex((label) => idOf(label) === value);
      const name = (/** @type {string} */ value) =>
        nameOf(setting, /** @type {any} */ (list[at(value)])?.name) || this.word(value);
      const values = [...found].sort(([a], [b]) => (facet === 'year' ? +b - +a : at(a) - at(b)));
      this.offer(
        facet,
        values.map(([value, count]) => [value, `${name(value)} (${count})`]),
        own,
      );
    }
  }

  /** @param {Facet} facet @param {[string, string][]} values with what is shown @param {string} [chosen] */
  offer(facet, values, chosen = '') {
    const select = this.controls.get(facet);
    const options = values
      .filter(([value]) => value)
      .map(([value, shown]) => element('option', { value }, [shown]));
    select?.replaceChildren(element('option', { value: '' }, [this.word('any')]), ...options);
    if (select) select.value = chosen;
  }
}
