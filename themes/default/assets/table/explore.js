// Exploring: what a person asks of a table becomes a state, the state an address, and the rows that fit it are shown.
import { element } from '../search/element.js';
import { OtherFormat } from '../search/frame.js';
import { once } from '../search/reader.js';
import { chosen } from './chosen.js';
import { drawn, record } from './draw.js';
import { Table } from './files.js';
import { foldingOf } from './fold.js';
import { Heads } from './heads.js';
import { more } from './loader.js';
import { pager } from './pager.js';
import { counted, isNumber, select } from './select.js';
import { isNarrowed, read, write } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {Awaited<ReturnType<typeof more>>} Parts */
/**
 * What the parts of an explored table share.
 * @typedef {object} Setting
 * @property {import('./files.js').Manifest} manifest
 * @property {string} base the folder of the page's language
 * @property {string} minus the sign before negative numbers
 * @property {Heads} heads
 * @property {Word} word
 * @property {() => State} current
 * @property {(state: State) => void} go
 * @property {(state: State, content: (Node | string)[], attributes?: Record<string, string>) => HTMLElement} link
 * @property {Table} files
 * @property {() => Promise<Uint32Array>} found numbers of the rows that fit
 * @property {string} name of what readers take home, and
 * @property {string} about where it is from
 * @property {() => string[]} conditions the filters in words
 * @property {(name: string) => Promise<Map<string, number>>} counts how many rows have each value of a column
 */
/** @typedef {(name: string, values?: Record<string, string | number>) => string} Word */

/** Milliseconds before the page says that it is loading. */
const PATIENCE = 300;

/** @param {HTMLElement} host @param {HTMLTableElement} table */
export function explore(host, table) {
  const {
    words = '{}',
    files: folder = '',
    search = '',
    base = '',
    minus = '-',
    about = '',
    name = 'table',
    rows: all,
    size: own,
  } = host.dataset;
  const said = JSON.parse(words);
  /** @type {Word} */
  const word = (name, values = {}) =>
    (said[name] ?? name).replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ key) =>
      String(values[key] ?? ''),
    );
  const folding = foldingOf(new URL(search, document.baseURI).href);
  const status = /** @type {HTMLElement} */ (host.querySelector('[role=status]'));
  const scroller = /** @type {HTMLElement} */ (table.parentElement);
  const body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
  const chips = element('ul', { class: 'chips', 'aria-label': word('table_chosen') });
  const pages = element('nav', { class: 'pages', 'aria-label': word('rows_pages') });
  const one = element('dl', { class: 'facts record' });
  let turn = 0;
  let state = read(location.search);
  let update = () => {};

  const size = () => state.size || Number(own);
  const say = (/** @type {string} */ text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  /**
   * Says that something failed, with a button that does it `again`.
   * @type {(error: unknown, again: () => void) => void}
   */
  const fail = (error, again) => {
    console.error(error);
    if (error instanceof OtherFormat) return say(word('table_old'));
    // The table may have been published anew since its manifest was read.
    open = once(openFiles);
    const retry = element('button', { type: 'button' }, [word('search_retry')]);
    retry.addEventListener('click', again);
    status.replaceChildren(word('table_failed'), ' ', retry);
  };
  const remember = () => {
    const address = write(state);
    if (address !== (location.search || '?')) history.pushState(null, '', address);
  };
  const go = (/** @type {State} */ asked) => {
    show(asked);
    remember();
  };
  /** @type {Setting['link']} */
  const link = (asked, content, attributes = {}) => {
    const made = element('a', { ...attributes, href: write(asked) }, content);
    made.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      go(asked);
      // What is new begins at the top.
      if (scroller.getBoundingClientRect().top < 0) status.scrollIntoView({ block: 'start' });
    });
    return made;
  };
  const heads = new Heads(table, word, () => state, go);

  /** The table's files with what all parts need, when first asked for. */
  const openFiles = async () => {
    const files = await Table.open(new URL(folder, document.baseURI).href);
    const counts = (/** @type {string} */ name) => counted(files, state, folding, name);
    /** @type {Setting} */
    const setting = {
      manifest: files.manifest,
      files,
      base,
      minus,
      name,
      about,
      heads,
      word,
      current: () => state,
      go,
      link,
      counts,
      found: () => select(files, state, folding),
      conditions: () => [...chips.querySelectorAll('.chip')].map(({ textContent }) => textContent ?? ''),
    };
    return { files, setting };
  };
  let open = once(openFiles);

  /**
   * A part that opens, and is made when it does so first.
   * @param {string} title
   * @param {(parts: Parts, setting: Setting) => {panel: HTMLElement, update: () => unknown}} make
   */
  const tool = (title, make) => {
    const box = /** @type {HTMLDetailsElement} */ (
      element('details', {}, [element('summary', {}, [word(title)])])
    );
    const fill = once(async () => {
      const [parts, { setting }] = await Promise.all([more(), open()]);
      const made = make(parts, setting);
      box.append(made.panel);
      const before = update;
      const renew = async () => {
        try {
          await made.update();
        } catch (error) {
          fail(error, renew);
        }
      };
      update = () => {
        before();
        renew();
      };
      renew();
    });
    const attempt = () => {
      if (box.open) fill().catch((error) => fail(error, attempt));
    };
    box.addEventListener('toggle', attempt);
    return box;
  };

  /** @param {State} asked */
  async function show(asked) {
    const own = ++turn;
    state = asked;
    const wait = setTimeout(() => say(word('table_loading')), PATIENCE);
    scroller.setAttribute('aria-busy', 'true');
    try {
      const { files, setting } = await open();
      const found = await select(files, state, folding);
      const last = Math.max(1, Math.ceil(found.length / size()));
      const page = Math.min(state.page, last);
      const first = (page - 1) * size();
      const numbers = [...found.subarray(first, first + size())];
      const rows = await files.rows(numbers);
      if (own !== turn) return;
      state = { ...state, page };
      const hadFocus = body.contains(document.activeElement);
      body.replaceChildren(...drawn(setting, rows, numbers));
      if (hadFocus) scroller.focus();
      const alone = found.length === 1 && isNarrowed(state) ? rows[0] : undefined;
      one.replaceChildren(...(alone ? record(setting, alone) : []));
      const filtersHead = /** @type {HTMLElement} */ (filterBox.firstElementChild);
      chips.replaceChildren(...chosen(setting, () => filtersHead.focus()));
      const column = files.column(state.sort);
      heads.sorted(column?.file ? state : read(''));
      pager(pages, word, state, size(), last, go, link);
      update();
      const pieces = [
        word(isNarrowed(state) ? 'table_found' : 'table_all', {
          found: found.length,
          count: files.manifest.rows,
        }),
      ];
      if (found.length > rows.length)
        pieces.push(word('table_shown', { first: first + 1, last: first + rows.length }));
      if (column)
        pieces.push(
          word(`table_${isNumber(column.type) ? 'number' : 'text'}_${state.descending ? 'down' : 'up'}`, {
            column: heads.title(column.name),
          }),
        );
      say(pieces.join(word('table_comma')) + word('table_stop'));
      host.dispatchEvent(new CustomEvent('rows', { detail: { found: found.length } }));
    } catch (error) {
      if (own === turn) fail(error, () => show(asked));
    } finally {
      clearTimeout(wait);
      if (own === turn) scroller.removeAttribute('aria-busy');
    }
  }

  /** Gives the rows that fit as a file. @param {boolean} excel */
  async function download(excel) {
    say(word('table_loading'));
    const [{ csv, save }, { files }] = await Promise.all([more(), open()]);
    const { columns } = files.manifest;
    const shown = columns.filter(({ title }) => title);
    const rows = (await files.rows(await select(files, state, folding))).map((cells) =>
      shown.map((column) => cells[columns.indexOf(column)] ?? ''),
    );
    const text = csv(
      shown.map(({ name, title }) => (excel ? title : name)),
      rows,
      excel,
    );
    save(`${name}-${rows.length}${excel ? '.excel' : ''}.csv`, text);
    say(word('table_downloaded', { count: rows.length }));
  }
  const give = (/** @type {string} */ title, /** @type {boolean} */ excel) => {
    const button = element('button', { type: 'button', class: 'quiet' }, [word(title)]);
    const attempt = () => download(excel).catch((error) => fail(error, attempt));
    button.addEventListener('click', attempt);
    return button;
  };

  const filterBox = tool('table_filters', ({ filters }, setting) => filters(setting));
  const groupBox = tool('table_groups', ({ groups }, setting) => groups(setting));
  const columnBox = tool('table_columns', ({ columnChoice }, setting) =>
    columnChoice(setting, (columns) => {
      state = { ...state, columns };
      remember();
      fit();
    }),
  );
  /** Shows the columns that are chosen, or else those for which there is room. */
  const fit = () => {
    heads.fit(state.columns);
    columnBox.firstElementChild?.replaceChildren(heads.said());
    update();
  };
  host.querySelector('.table-tools')?.append(filterBox, columnBox, groupBox);
  status.before(chips);
  scroller.after(
    pages,
    one,
    element('p', { class: 'table-downloads' }, [
      element('span', {}, [word('table_download')]),
      give('table_excel', true),
      give('table_plain', false),
    ]),
  );
  heads.narrow.addEventListener('change', fit);
  addEventListener('popstate', () => {
    show(read(location.search));
    fit();
  });
  fit();
  pager(pages, word, state, size(), Math.max(1, Math.ceil(Number(all) / size())), go, link);
  if (state.groups.length) groupBox.open = true;
  if (location.search.length > 1) show(state);
}
