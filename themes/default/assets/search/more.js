// The script of what narrows and explains results, of what else a query may have meant, and of the form where a page
// has none, which is loaded when it is needed.
import { Filters } from './filters.js';
import { form } from './form.js';
import { narrow } from './narrow.js';
import { reasons } from './reasons.js';
import { slips } from './slips.js';
import { offers } from './suggest.js';

Object.assign(globalThis, { kawarabanMore: { Filters, form, narrow, offers, reasons, slips } });
