// The further scripts of the search.
import { further } from './further.js';

const FIRST = 'kawaraban-search.js';

/**
 * @type {() => Promise<{narrow: typeof import('./narrow.js').narrow, Filters: typeof
 *   import('./filters.js').Filters, reasons: typeof import('./reasons.js').reasons, offers: typeof
 *   import('./suggest.js').offers, slips: typeof import('./slips.js').slips, form: typeof import('./form.js').form}>}
 */
export const more = further(FIRST, 'more', 'kawarabanMore');

/** @type {() => Promise<{complete: typeof import('./complete.js').complete}>} */
export const completion = further(FIRST, 'complete', 'kawarabanCompletion');
