// The form of the search on a page that has none.
import { element } from './element.js';

/** @param {import('./results.js').Setting['word']} word @param {string} id of the input */
export function form(word, id) {
  const input = element('input', {
    id,
    name: 'q',
    type: 'search',
    enterkeyhint: 'search',
    autocomplete: 'off',
  });
  return /** @type {HTMLFormElement} */ (
    element('form', { class: 'search', role: 'search' }, [
      element('label', { for: id }, [word('search_label')]),
      input,
      element('button', {}, [word('search')]),
    ])
  );
}
