// Narrows a long list while the reader types: items that lack a word are hidden, and groups without items.
// Without this script the whole list stands on the page, in groups.

/** Widths, cases and kana are one: Ａ finds a, カナ finds かな. @param {string} text */
const folded = (text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 96));

customElements.define(
  'kawaraban-filter',
  class extends HTMLElement {
    connectedCallback() {
      const { label = '', found = '' } = this.dataset;
      const field = Object.assign(document.createElement('input'), {
        id: 'list-q',
        type: 'search',
        autocomplete: 'off',
      });
      const name = Object.assign(document.createElement('label'), { htmlFor: 'list-q', textContent: label });
      const status = Object.assign(document.createElement('span'), { role: 'status', className: 'muted' });
      this.replaceChildren(name, field, ' ', status);
      const groups = [...document.querySelectorAll('[data-filtered]')].map((group) => ({
        group: /** @type {HTMLElement} */ (group),
        items: [...group.querySelectorAll('li')].map((item) => ({
          item,
          text: folded(item.textContent ?? ''),
        })),
      }));
      field.addEventListener('input', () => {
        const words = folded(field.value).split(/\s+/).filter(Boolean);
        let count = 0;
        for (const { group, items } of groups) {
          let left = 0;
          for (const { item, text } of items) {
            item.hidden = !words.every((word) => text.includes(word));
            left += Number(!item.hidden);
          }
          group.hidden = !left;
          count += left;
        }
        status.textContent = words.length ? found.replace('{count}', String(count)) : '';
      });
    }
  },
);
