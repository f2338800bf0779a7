// What a table is asked by: a filter for each column, opened one by one, and the choice of columns.
import { element } from '../search/element.js';
import { isNumber, isOrdered } from './select.js';
import { choose } from './state.js';

/** @typedef {import('./files.js').Column} Column */
/** @typedef {import('./explore.js').Setting} Setting */

/** Milliseconds without a keystroke before the words count. */
const PAUSE = 250;
/** Bytes of a file that people on a phone want to know of. */
const HEAVY = 300_000;

/**
 * A filter for each column of the table.
 * @param {Setting} setting
 * @returns {{panel: HTMLElement, update: () => void}}
 */
export function filters(setting) {
  const all = setting.manifest.columns.filter(({ title }) => title).map((column) => filter(setting, column));
  return {
    panel: element(
      'div',
      { class: 'table-filters' },
      all.map(({ box }) => box),
    ),
    update: () => all.forEach(({ update }) => update()),
  };
}

/** @param {Setting} setting @param {Column} column */
function filter({ word, heads, current, go, counts }, column) {
  const { name, values } = column;
  const title = heads.title(name);
  const box = /** @type {HTMLDetailsElement} */ (element('details', {}, [element('summary', {}, [title])]));
  /** @type {(() => void)[]} */
  const updates = [];
  const build = () => {
    if (!column.file) return box.append(element('p', {}, [word('table_unfiltered')]));
    if ((column.bytes ?? 0) > HEAVY)
      box.append(
        element('p', { class: 'muted' }, [
          word('table_heavy', { size: (Number(column.bytes) / 1e6).toFixed(1) }),
        ]),
      );
    if (isOrdered(column.type)) box.append(range(column, title));
    else if (!values) box.append(words(title));
    if (values || column.blanks) box.append(list(title));
  };
  const input = (/** @type {Record<string, string>} */ attributes, /** @type {string} */ label) => {
    const made = /** @type {HTMLInputElement} */ (element('input', attributes));
    return { made, labelled: element('label', {}, [element('span', {}, [label]), made]) };
  };
  const range = (/** @type {Column} */ { type }, /** @type {string} */ title) => {
    const kind = isNumber(type) ? { type: 'number', step: 'any', inputmode: 'decimal' } : { type };
    const ends = ['from', 'to'].map((end) => input(kind, word(`table_${end}`)));
    const changed = () =>
      go(
        choose(
          current(),
          'ranges',
          name,
          ends.map(({ made }) => made.value),
        ),
      );
    for (const { made } of ends) made.addEventListener('change', changed);
    updates.push(() =>
      ends.forEach(({ made }, at) => {
        made.value = current().ranges.get(name)?.[at] ?? '';
      }),
    );
    return element('fieldset', { class: 'range' }, [
      element('legend', { class: 'visually-hidden' }, [title]),
      ...ends.map(({ labelled }) => labelled),
    ]);
  };
  const words = (/** @type {string} */ title) => {
    const { made, labelled } = input(
      { type: 'search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' },
      word('table_contains', { column: title }),
    );
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = () => {
      clearTimeout(timer);
      timer = setTimeout(() => go(choose(current(), 'texts', name, made.value.trim())), PAUSE);
    };
    made.addEventListener('input', (event) => {
      // While an input method composes, the text is not yet what is meant.
      if (!(event instanceof InputEvent && event.isComposing)) late();
    });
    made.addEventListener('compositionend', late);
    updates.push(() => {
      if (made !== document.activeElement) made.value = current().texts.get(name) ?? '';
    });
    return labelled;
  };
  const list = (/** @type {string} */ title) => {
    const options = [...(values ?? []), ...(column.blanks ? [''] : [])].map((value) => {
      const made = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox' }));
      const count = element('span', { class: 'muted' });
      made.addEventListener('change', () => {
        const chosen = options.filter(({ made }) => made.checked).map(({ value }) => value);
        go(choose(current(), 'values', name, chosen));
      });
      return {
        value,
        made,
        count,
        label: element('label', {}, [made, element('span', {}, [value || word('table_blank')]), count]),
      };
    });
    updates.push(async () => {
      const chosen = current().values.get(name) ?? [];
      for (const { value, made } of options) made.checked = chosen.includes(value);
      const rows = await counts(name);
      for (const { value, count } of options) count.textContent = String(rows.get(value) ?? 0);
    });
    return element('fieldset', { class: 'values' }, [
      element('legend', { class: 'visually-hidden' }, [title]),
      ...options.map(({ label }) => label),
    ]);
  };
  const update = () => {
    if (box.open) for (const one of updates) one();
  };
  box.addEventListener('toggle', () => {
    if (box.open && box.children.length === 1) build();
    update();
  });
  return { box, update };
}

/** Which columns are shown. @param {Setting} setting @param {(columns: string[]) => void} show */
export function columnChoice({ heads, word }, show) {
  const options = heads.named.map(({ name, cell, title }) => {
    const made = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox' }));
    made.addEventListener('change', () => {
      const names = options.filter(({ made }) => made.checked).map(({ name }) => name);
      // A table without columns would be nothing to come back from.
      if (names.length) show(names);
      else made.checked = true;
    });
    return { name, cell, made, label: element('label', {}, [made, element('span', {}, [title])]) };
  });
  const every = element('button', { type: 'button', class: 'quiet' }, [word('table_every_column')]);
  every.addEventListener('click', () => show(options.map(({ name }) => name)));
  const panel = element('fieldset', { class: 'values' }, [
    element('legend', { class: 'visually-hidden' }, [word('table_columns')]),
    ...options.map(({ label }) => label),
    every,
  ]);
  return {
    panel,
    update: () =>
      options.forEach(({ made, cell }) => {
        made.checked = !cell.hidden;
      }),
  };
}
