// The further script of the tables.
import { further } from '../search/further.js';

/**
 * @type {() => Promise<{filters: typeof import('./controls.js').filters, columnChoice: typeof
 *   import('./controls.js').columnChoice, groups: typeof import('./groups.js').groups, csv: typeof
 *   import('./csv.js').csv, save: typeof import('./csv.js').save}>}
 */
export const more = further('kawaraban-table.js', 'more', 'kawarabanTableMore');
