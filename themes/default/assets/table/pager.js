// Turning pages, and how many rows are on one.
import { element } from '../search/element.js';

/** @typedef {import('./state.js').State} State */

const SIZES = [20, 50, 100];

/**
 * @param {HTMLElement} nav
 * @param {import('./explore.js').Word} word
 * @param {State} state
 * @param {number} size
 * @param {number} last
 * @param {(state: State) => void} go
 * @param {import('./explore.js').Setting['link']} link
 */
export function pager(nav, word, state, size, last, go, link) {
  const { page } = state;
  const focused = nav.contains(document.activeElement) ? document.activeElement : null;
  const to = (/** @type {number} */ number, /** @type {string} */ rel, /** @type {string} */ name) =>
    number > 0 && number <= last ? link({ ...state, page: number }, [word(name)], { rel }) : '';
  const sizes = [...new Set([...SIZES, size])].sort((a, b) => a - b);
  const select = /** @type {HTMLSelectElement} */ (
    element(
      'select',
      {},
      sizes.map((number) => element('option', {}, [String(number)])),
    )
  );
  select.value = String(size);
  select.addEventListener('change', () => go({ ...state, size: Number(select.value), page: 1 }));
  nav.replaceChildren(
    to(page - 1, 'prev', 'previous'),
    element('span', {}, [word('page_of', { page, pages: last })]),
    to(page + 1, 'next', 'next'),
    element('label', {}, [word('table_size'), ' ', select]),
  );
  // Whoever turns pages goes on turning.
  const again =
    nav.querySelector(`[rel=${focused?.getAttribute('rel')}]`) ?? nav.querySelector('a') ?? select;
  if (focused) /** @type {HTMLElement} */ (focused.tagName === 'A' ? again : select).focus();
}
