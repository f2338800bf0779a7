// <kawaraban-table>: a table that one can sort, filter, page through and take home, without a server. It
// begins with the
// rows that the page has, and asks for more when somebody wants them.
import { defineCopy } from './copy.js';
import { explore } from './explore.js';

class KawarabanTable extends HTMLElement {
  isExplored = false;

  connectedCallback() {
    const table = this.querySelector('table');
    // From a file share nothing can be fetched: there the table is what the page shows.
    if (!table || this.isExplored || location.protocol === 'file:') return;
    this.isExplored = true;
    explore(this, table);
  }
}

customElements.define('kawaraban-table', KawarabanTable);
defineCopy();
