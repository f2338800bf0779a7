// What is chosen, each with a button that takes it back.
import { element } from '../search/element.js';
import { choose } from './state.js';

/** @typedef {import('./state.js').State} State */

/**
 * @param {import('./explore.js').Setting} setting
 * @param {() => void} leave moves the focus away from a button that goes
 */
export function chosen({ current, heads, word, go }, leave) {
  const state = current();
  const { values, texts, ranges, row } = state;
  const button = (
    /** @type {string} */ kind,
    /** @type {string} */ text,
    /** @type {State} */ without,
    label = text,
  ) => {
    const made = element('button', { type: 'button', class: kind, 'aria-label': label }, [text]);
    made.addEventListener('click', () => {
      leave();
      go(without);
    });
    return made;
  };
  const chip = (/** @type {string} */ filter, /** @type {State} */ without) =>
    button('chip', filter, without, word('table_without', { filter }));
  const of = (/** @type {string} */ name, /** @type {string} */ what) => `${heads.title(name)}: ${what}`;
  const buttons = [
    ...[...values].flatMap(([name, list]) =>
      list.map((value) =>
        chip(
          of(name, value || word('table_blank')),
          choose(
            state,
            'values',
            name,
            list.filter((other) => other !== value),
          ),
        ),
      ),
    ),
    ...[...texts].map(([name, text]) => chip(of(name, `「${text}」`), choose(state, 'texts', name, ''))),
    ...[...ranges].map(([name, ends]) => chip(of(name, ends.join(' – ')), choose(state, 'ranges', name, []))),
    ...(row ? [chip(word('table_row', { row }), { ...state, row: 0 })] : []),
  ];
  if (buttons.length > 1)
    buttons.push(
      button('quiet', word('table_clear'), {
        ...state,
        page: 1,
        row: 0,
        values: new Map(),
        texts: new Map(),
        ranges: new Map(),
      }),
    );
  return buttons.map((made) => element('li', {}, [made]));
}
