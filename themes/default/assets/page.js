// What a reader can do with the page as it is: copy its address, hand it on by the system's own sheet, print it.
// Without this script there are no such buttons; the browser has its own.

customElements.define(
  'kawaraban-page',
  class extends HTMLElement {
    connectedCallback() {
      const { copy = '', copied = '', share = '', print = '' } = this.dataset;
      /** @param {string} label @param {(button: HTMLButtonElement) => unknown} act */
      const button = (label, act) => {
        const made = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
        made.addEventListener('click', () => act(made));
        return made;
      };
      const address = () =>
        document.querySelector('link[rel=canonical]')?.getAttribute('href') ?? location.href;
      // The clipboard is there on secure origins only, and the sheet on some systems only.
      const buttons = [
        'clipboard' in navigator &&
          button(copy, async (made) => {
            await navigator.clipboard.writeText(location.protocol === 'file:' ? address() : location.href);
            made.textContent = copied;
          }),
        'share' in navigator &&
          button(share, () => navigator.share({ title: document.title, url: location.href }).catch(() => {})),
        button(print, () => globalThis.print()),
      ];
      this.replaceChildren(...buttons.filter((made) => made !== false));
    }
  },
);

// Links to other languages ask what is asked here: in the search, and in tables, but not in those of the measures,
// whose values differ by language. Before a link is opened, copied, or opened elsewhere, it is pointed at or has the
// focus.
const ASKED = 'kawaraban-search, kawaraban-table:not([data-files*="measures."])';
for (const name of ['pointerover', 'focusin'])
  document.addEventListener(name, ({ target }) => {
    if (target instanceof HTMLAnchorElement && target.hreflang && document.querySelector(ASKED))
      target.search = location.search;
  });
