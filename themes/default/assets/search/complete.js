// Completion while typing: names, titles and words of the site that go on from what stands in the search box, as a
// combobox with a list (WAI-ARIA Authoring Practices).
import { element } from './element.js';
import { languageOf } from './names.js';
import { kanaOf } from './romaji.js';

/** @typedef {import('./index.js').Index} Index */
/** @typedef {(text: string) => string[]} Normalise */

/** At most so many are shown. */
const SHOWN = 8;

/**
 * What `text` may go on to: what begins with it, in writing or in reading, or with what it stands for as romaji.
 * @param {Index} index @param {Normalise} normalise @param {string} text @returns {Promise<string[]>}
 */
export async function completions(index, normalise, text) {
  const asked = normalise(text).join('').trim();
  // The last consonant of romaji is waiting for its vowel.
  const kana = kanaOf(asked.replace(/[^aeiou]+$/, ''), index.readings?.romaji ?? {});
  /** @type {Set<string>} */
  const found = new Set();
  for (const way of [asked, /^[a-z]{2,}$/.test(asked) ? kana : '']) {
    for (const [word, reading] of way ? await index.completions([...way][0] ?? '') : []) {
      const forms = [word, reading ?? ''].map((form) => normalise(form).join(''));
      if (forms[0] !== asked && forms.some((form) => form.startsWith(way))) found.add(word);
    }
  }
  return [...found].slice(0, SHOWN);
}

/**
 * Shows completions below `input` while somebody types there.
 * @param {HTMLInputElement} input
 * @param {{setting: () => Promise<import('./results.js').Setting>, normalise: Normalise, choose: () => void, id:
 *   string}} options what it needs; `choose` is told when a completion was put into `input`
 */
export async function complete(input, { setting, normalise, choose, id }) {
  const { word, language } = await setting();
  const label = word('search_completions');
  const list = element('ul', { id, class: 'completions', role: 'listbox', 'aria-label': label, hidden: '' });
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-controls', id],
  ])
    input.setAttribute(name ?? '', value ?? '');
  input.parentElement?.append(list);
  let turn = 0;
  /** The option that is pointed at, by its place; -1 while it is the input itself. */
  let at = -1;
  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const point = (/** @type {number} */ to) => {
    at = to;
    options().forEach((option, place) => option.setAttribute('aria-selected', String(place === at)));
    const option = options()[at];
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };
  const show = (/** @type {HTMLElement[]} */ shown) => {
    list.replaceChildren(...shown);
    list.hidden = !shown.length;
    input.setAttribute('aria-expanded', String(!list.hidden));
    point(-1);
  };
  const close = () => {
    turn++;
    show([]);
  };
  const take = (/** @type {HTMLElement} */ option) => {
    input.value = option.textContent ?? '';
    close();
    choose();
  };
  const update = async () => {
    const own = ++turn;
    // Without completions the search goes on as it is.
    const texts = await setting()
      .then(({ index }) => completions(index, normalise, input.value))
      .catch(() => []);
    if (own !== turn || document.activeElement !== input) return;
    show(
      texts.map((text, place) => {
        const option = element('li', { id: `${id}-${place}`, role: 'option' }, [text]);
        if (languageOf(text) !== language) option.lang = languageOf(text);
        // The focus stays in the input.
        option.addEventListener('pointerdown', (event) => event.preventDefault());
        option.addEventListener('click', () => take(option));
        return option;
      }),
    );
  };
  close();
  input.addEventListener('input', (event) => {
    // While an input method composes, its own candidates are shown.
    if (event instanceof InputEvent && event.isComposing) close();
    else update();
  });
  input.addEventListener('compositionend', update);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    // The key belongs to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    const count = options().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = options()[at];
    if (step && count) point(((at + 1 + step + count + 1) % (count + 1)) - 1);
    else if (step) update();
    else if (event.key === 'Enter' && option) take(option);
    else if (event.key === 'Escape' && count) close();
    else {
      // Sent as it was typed.
      if (event.key === 'Enter') close();
      return;
    }
    event.preventDefault();
  });
  update();
}
