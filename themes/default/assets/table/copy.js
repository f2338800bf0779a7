// <kawaraban-copy>: around a text marked data-text, which can be selected anyway; adds a button that copies it.
import { element } from '../search/element.js';

class KawarabanCopy extends HTMLElement {
  connectedCallback() {
    const text = this.querySelector('[data-text]');
    // Browsers give the clipboard to secure pages only.
    if (!text || !navigator.clipboard || this.querySelector('button')) return;
    const [copy = '', copied = ''] = [this.dataset['copy'], this.dataset['copied']];
    const button = element('button', { type: 'button', class: 'quiet' }, [copy]);
    const said = element('span', { role: 'status', class: 'muted' });
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text.textContent ?? '');
      said.textContent = copied;
      setTimeout(() => {
        said.textContent = '';
      }, 5000);
    });
    this.append(element('p', { class: 'copy' }, [button, said]));
  }
}

export const defineCopy = () => customElements.define('kawaraban-copy', KawarabanCopy);
