// The heads of the columns: buttons that sort, and which of the columns are shown.
import { element } from '../search/element.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {{name: string, cell: HTMLTableCellElement, title: string}} Head that of the rows' numbers has no name */

export class Heads {
  /**
   * @param {HTMLTableElement} table
   * @param {import('./explore.js').Word} word
   * @param {() => State} current
   * @param {(state: State) => void} go
   */
  constructor(table, word, current, go) {
    this.table = table;
    this.word = word;
    this.narrow = matchMedia('(max-width: 40rem)');
    /** @type {Head[]} */
    this.all = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => ({
      name: cell.dataset['column'] ?? '',
      cell,
      title: cell.textContent ?? '',
    }));
    this.named = this.all.filter(({ name }) => name);
    for (const { name, cell } of this.named) {
      if (cell.hasAttribute('data-unsorted')) continue;
      const button = element('button', { type: 'button', class: 'sort' }, [...cell.childNodes]);
      cell.append(button);
      button.addEventListener('click', () => {
        const { sort, descending } = current();
        // Up, down, and back to the order of the table.
        const isBack = sort === name && descending;
        go({ ...current(), sort: isBack ? '' : name, descending: sort === name && !descending, page: 1 });
      });
    }
  }

  /** What the page calls a column. @param {string} name */
  title(name) {
    return this.all.find((head) => head.name === name)?.title ?? name;
  }

  /** Says by which column the rows are ordered. @param {State} state */
  sorted({ sort, descending }) {
    for (const { name, cell } of this.named) {
      if (name === sort) cell.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    }
  }

  /**
   * Shows the columns `chosen`; where there are none, those of the first view, or on a narrow screen those
   * that lead.
   * @param {string[]} chosen
   */
  fit(chosen) {
    const isKnown = this.named.some(({ name }) => chosen.includes(name));
    this.all.forEach(({ name, cell }, at) => {
      const shown =
        !name ||
        (isKnown
          ? chosen.includes(name)
          : this.narrow.matches
            ? cell.hasAttribute('data-lead')
            : !cell.hasAttribute('data-aside'));
      for (const row of this.table.rows) if (row.cells[at]) row.cells[at].hidden = !shown;
    });
  }

  /** How many of the columns are shown. */
  said() {
    const shown = this.named.filter(({ cell }) => !cell.hidden).length;
    const all = this.named.length;
    return this.word(shown < all ? 'table_columns_of' : 'table_columns', { shown, all });
  }
}
