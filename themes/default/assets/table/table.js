// <kawaraban-table>: a table that one can sort, filter, page through and take home, without a server. It begins with the
// rows that the page has, and asks for more when somebody wants them.
import { element } from '../search/element.js';
import { once } from '../search/reader.js';
import { columnChoice, filters } from './controls.js';
import { defineCopy } from './copy.js';
import { csv } from './csv.js';
import { drawn, record } from './draw.js';
import { OldPage, Table } from './files.js';
import { foldingOf } from './fold.js';
import { counted, isNumber, select } from './select.js';
import { choose, isNarrowed, read, write } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {{name: string, head: HTMLTableCellElement}} Head a column of the page's table; that of the rows' numbers has no name */
/**
 * What the parts of the element share.
 * @typedef {object} Setting
 * @property {import('./files.js').Manifest} manifest
 * @property {string} base the folder of the page's language
 * @property {Head[]} heads
 * @property {Map<string, string>} titles of the columns that the page shows
 * @property {(name: string, values?: Record<string, string | number>) => string} word
 * @property {(name: string) => import('./files.js').Column | undefined} column
 * @property {(name: string) => Promise<Map<string, number>>} counts
 * @property {(cells: string[], number: number) => State} rowState which state shows one row alone
 * @property {(state: State, content: (Node | string)[]) => HTMLElement} link
 */

const NARROW = matchMedia('(max-width: 40rem)');
const SIZES = [20, 50, 100];
/** Milliseconds before the page says that it is loading. */
const PATIENCE = 300;

class KawarabanTable extends HTMLElement {
  turn = 0;
  state = read('');
  /** Rows found last. @type {Uint32Array} */
  found = new Uint32Array();

  connectedCallback() {
    const table = this.querySelector('table');
    // From a file share nothing can be fetched: there the table is what the page shows.
    if (!table || this.table || location.protocol === 'file:') return;
    this.table = table;
    this.said = JSON.parse(this.dataset['words'] ?? '{}');
    this.own = Number(this.dataset['size']) || 20;
    this.heads = [...table.tHead?.rows[0]?.cells ?? []].map((head) => ({ name: head.dataset['column'] ?? '', head }));
    this.titles = new Map(this.heads.flatMap(({ name, head }) => name ? [[name, head.textContent ?? '']] : []));
    this.status = /** @type {HTMLElement} */ (this.querySelector('[role=status]'));
    this.scroller = /** @type {HTMLElement} */ (table.parentElement);
    this.filterBox = this.tool('table_filters', () => this.openFilters());
    this.columnBox = this.tool('table_columns', () => this.openColumns());
    this.chips = element('ul', { class: 'chips', 'aria-label': this.word('table_chosen') });
    this.pages = element('nav', { class: 'pages', 'aria-label': this.word('rows_pages') });
    this.one = element('dl', { class: 'facts record' });
    const tools = this.querySelector('.table-tools') ?? element('div');
    tools.append(this.filterBox, this.columnBox);
    this.status.before(this.chips);
    this.scroller.after(this.pages, this.one, this.downloads());
    for (const { name, head } of this.heads) if (name) this.head(name, head);
    NARROW.addEventListener('change', () => this.showColumns());
    addEventListener('popstate', () => this.restore());
    this.state = read(location.search);
    this.showColumns();
    this.turnPages(Math.max(1, Math.ceil(Number(this.dataset['rows']) / this.size)));
    if (location.search.length > 1) this.show(this.state);
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  word = (name, values = {}) => String(this.said[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));

  get size() {
    return this.state.size || this.own || 20;
  }

  /** The table's files with what all parts need, when first asked for. */
  setting = once(async () => {
    const files = await Table.open(new URL(this.dataset['files'] ?? '', document.baseURI).href);
    const { manifest } = files;
    /** @type {Setting} */
    const setting = {
      manifest, base: this.dataset['base'] ?? '', heads: this.heads ?? [], titles: this.titles ?? new Map(), word: this.word,
      column: (name) => files.column(name),
      counts: (name) => counted(files, this.state, this.folding, name),
      rowState: (cells, number) => {
        const key = manifest.key.map((name) => [name, [cells[manifest.columns.findIndex((column) => column.name === name)] ?? '']]);
        return { ...read(''), columns: this.state.columns, row: key.length ? 0 : number, values: new Map(/** @type {any} */ (key)) };
      },
      link: (state, content) => this.link(state, content),
    };
    return { files, setting };
  });

  folding = foldingOf(new URL(this.dataset['search'] ?? 'search/', document.baseURI).href);

  /** A part that opens; `build` is called the first time. @param {string} name @param {() => Promise<void>} build */
  tool(name, build) {
    const box = /** @type {HTMLDetailsElement} */ (element('details', {}, [element('summary', {}, [this.word(name)])]));
    const fill = once(build);
    box.addEventListener('toggle', () => { if (box.open) fill().catch((error) => this.fail(error)); });
    return box;
  }

  async openFilters() {
    const { setting } = await this.setting();
    this.filters = filters(setting, () => this.state, (state) => this.go(state));
    this.filterBox?.append(this.filters.panel);
  }

  async openColumns() {
    const { setting } = await this.setting();
    this.choice = columnChoice(setting, (columns) => {
      this.state = { ...this.state, columns };
      this.remember();
      this.showColumns();
    });
    this.columnBox?.append(this.choice.panel);
    this.choice.update();
  }

  /** Makes a column's head a button that sorts. @param {string} name @param {HTMLTableCellElement} head */
  head(name, head) {
    if (head.hasAttribute('data-unsorted')) return;
    const button = element('button', { type: 'button', class: 'sort' }, [...head.childNodes]);
    head.append(button);
    button.addEventListener('click', () => {
      const { sort, descending } = this.state;
      // Up, down, and back to the order of the table.
      const next = sort !== name ? { sort: name, descending: false } : descending ? { sort: '', descending: false } : { sort: name, descending: true };
      this.go({ ...this.state, ...next, page: 1 });
    });
  }

  /** Shows the columns that are chosen, or else those for which there is room. */
  showColumns() {
    const { columns } = this.state;
    const known = columns.filter((name) => this.titles?.has(name));
    this.heads?.forEach(({ name, head }, at) => {
      const shown = !name || (known.length ? known.includes(name) : !NARROW.matches || head.hasAttribute('data-lead'));
      head.hidden = !shown;
      for (const row of this.table?.tBodies[0]?.rows ?? []) row.cells[at]?.toggleAttribute('hidden', !shown);
    });
    const all = this.titles?.size ?? 0;
    const shown = this.heads?.filter(({ name, head }) => name && !head.hidden).length ?? 0;
    this.columnBox?.firstElementChild?.replaceChildren(shown < all ? this.word('table_columns_of', { shown, all }) : this.word('table_columns'));
    this.choice?.update();
  }

  /** Takes over what the address says. */
  restore() {
    this.show(read(location.search));
    this.showColumns();
  }

  /** Writes what is asked into the address. */
  remember() {
    const address = write(this.state);
    if (address !== (location.search || '?')) history.pushState(null, '', address);
  }

  /** @param {State} state */
  go(state) {
    this.show(state);
    this.remember();
  }

  /** @param {State} state @param {(Node | string)[]} content @param {Record<string, string>} [attributes] */
  link(state, content, attributes = {}) {
    const link = element('a', { ...attributes, href: write(state) }, content);
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.go(state);
      // What is new begins at the top; the focus stays, or begins there where its place is gone.
      if (!link.isConnected) this.status?.focus();
      if ((this.scroller?.getBoundingClientRect().top ?? 0) < 0) this.status?.scrollIntoView({ block: 'start' });
    });
    return link;
  }

  /** @param {State} state */
  async show(state) {
    const turn = ++this.turn;
    this.state = state;
    const wait = setTimeout(() => this.say(this.word('table_loading')), PATIENCE);
    this.scroller?.setAttribute('aria-busy', 'true');
    try {
      const { files, setting } = await this.setting();
      const found = await select(files, state, this.folding);
      const last = Math.max(1, Math.ceil(found.length / this.size));
      const page = Math.min(state.page, last);
      const first = (page - 1) * this.size;
      const numbers = [...found.subarray(first, first + this.size)];
      const rows = await files.rows(numbers);
      if (turn !== this.turn) return;
      this.found = found;
      this.state = { ...state, page };
      const body = this.table?.tBodies[0];
      const focused = body?.contains(document.activeElement);
      body?.replaceChildren(...drawn(setting, rows, numbers.map((number) => number + 1)));
      if (focused) this.scroller?.focus();
      const alone = found.length === 1 && isNarrowed(state) ? rows[0] : undefined;
      this.one?.replaceChildren(...alone ? record(setting, alone) : []);
      this.sortedBy(setting);
      this.turnPages(last);
      this.chip(setting);
      this.filters?.update();
      this.say(this.told(setting, first, rows.length));
      this.dispatchEvent(new CustomEvent('rows', { detail: { found: found.length } }));
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    } finally {
      clearTimeout(wait);
      if (turn === this.turn) this.scroller?.removeAttribute('aria-busy');
    }
  }

  /** How many rows there are, which are shown, in which order. @param {Setting} setting @param {number} first @param {number} shown */
  told({ manifest, titles, column }, first, shown) {
    const { sort, descending } = this.state;
    const found = this.found.length;
    const pieces = [this.word(isNarrowed(this.state) ? 'table_found' : 'table_all', { found, count: manifest.rows })];
    if (found > shown) pieces.push(this.word('table_shown', { first: first + 1, last: first + shown }));
    if (titles.has(sort)) pieces.push(this.word(`table_${isNumber(column(sort)?.type ?? '') ? 'number' : 'text'}_${descending ? 'down' : 'up'}`, { column: titles.get(sort) ?? '' }));
    return pieces.join(this.word('table_comma')) + this.word('table_stop');
  }

  /** @param {Setting} setting */
  sortedBy({ column }) {
    for (const { name, head } of this.heads ?? []) {
      if (name === this.state.sort && column(name)?.file) head.setAttribute('aria-sort', this.state.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
  }

  /** What is chosen, each to be taken back by a button. @param {Setting} setting */
  chip({ titles }) {
    const { state } = this;
    /** @type {[string, State][]} */
    const chosen = [];
    const title = (/** @type {string} */ name) => titles.get(name) ?? name;
    for (const [name, values] of state.values) {
      for (const value of values) chosen.push([`${title(name)}: ${value || this.word('table_blank')}`, choose(state, 'values', name, values.filter((other) => other !== value))]);
    }
    for (const [name, text] of state.texts) chosen.push([`${title(name)}: 「${text}」`, choose(state, 'texts', name, '')]);
    for (const [name, [from, to]] of state.ranges) chosen.push([`${title(name)}: ${from}–${to}`, choose(state, 'ranges', name, [])]);
    if (state.row) chosen.push([this.word('table_row', { row: state.row }), { ...state, row: 0 }]);
    const none = { ...read(''), sort: state.sort, descending: state.descending, size: state.size, columns: state.columns };
    const buttons = chosen.map(([text, without]) => this.button(text, 'chip', without, this.word('table_without', { filter: text })));
    if (buttons.length > 1) buttons.push(this.button(this.word('table_clear'), 'quiet', none));
    this.chips?.replaceChildren(...buttons.map((button) => element('li', {}, [button])));
  }

  /** @param {string} text @param {string} kind @param {State} state @param {string} [label] */
  button(text, kind, state, label = text) {
    const button = element('button', { type: 'button', class: kind, 'aria-label': label }, [text]);
    button.addEventListener('click', () => {
      // The button goes away: whoever used it goes on where the filters are.
      /** @type {HTMLElement | null | undefined} */ (this.filterBox?.firstElementChild)?.focus();
      this.go(state);
    });
    return button;
  }

  /** @param {number} last */
  turnPages(last) {
    const { state, size } = this;
    const { page } = state;
    const to = (/** @type {number} */ number, /** @type {string} */ rel, /** @type {string} */ name) =>
      number > 0 && number <= last ? this.link({ ...state, page: number }, [this.word(name)], { rel }) : '';
    const select = /** @type {HTMLSelectElement} */ (element('select', {}, [...new Set([this.own ?? 20, ...SIZES, size])].sort((a, b) => a - b)
      .map((number) => element('option', { value: String(number) }, [String(number)]))));
    select.value = String(size);
    select.addEventListener('change', () => {
      this.go({ ...this.state, size: Number(select.value), page: 1 });
    });
    const focused = this.pages?.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const rel = focused?.getAttribute('rel');
    this.pages?.replaceChildren(
      to(page - 1, 'prev', 'previous'), element('span', {}, [this.word('page_of', { page, pages: last })]), to(page + 1, 'next', 'next'),
      element('label', {}, [this.word('table_size'), ' ', select]),
    );
    // Whoever turns pages goes on turning.
    const again = rel ? this.pages?.querySelector(`[rel=${rel}]`) ?? this.pages?.querySelector('a') : focused ? select : null;
    /** @type {HTMLElement | null | undefined} */ (again)?.focus();
  }

  /** Buttons that give the rows found as CSV. */
  downloads() {
    const give = (/** @type {string} */ name, /** @type {boolean} */ excel) => {
      const button = element('button', { type: 'button', class: 'quiet' }, [this.word(name)]);
      button.addEventListener('click', () => this.download(excel).catch((error) => this.fail(error)));
      return button;
    };
    return element('p', { class: 'table-downloads' }, [element('span', {}, [this.word('table_download')]), give('table_excel', true), give('table_plain', false)]);
  }

  /** @param {boolean} excel */
  async download(excel) {
    this.say(this.word('table_loading'));
    const { files, setting: { manifest } } = await this.setting();
    const found = await select(files, this.state, this.folding);
    const shown = manifest.columns.flatMap((column, at) => column.title ? [{ at, head: excel ? column.title : column.name }] : []);
    const rows = (await files.rows(found)).map((cells) => shown.map(({ at }) => cells[at] ?? ''));
    const blob = new Blob([csv(shown.map(({ head }) => head), rows, excel)], { type: 'text/csv' });
    const link = element('a', { href: URL.createObjectURL(blob), download: `${this.dataset['name'] ?? 'table'}-${rows.length}${excel ? '.excel' : ''}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(/** @type {HTMLAnchorElement} */ (link).href), 60_000);
    this.say(this.word('table_downloaded', { count: rows.length }));
  }

  /** @param {unknown} error */
  fail(error) {
    console.error(error);
    this.say(this.word(error instanceof OldPage ? 'table_old' : 'table_failed'));
  }

  /** @param {string} text */
  say(text) {
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
  }
}

customElements.define('kawaraban-table', KawarabanTable);
defineCopy();
