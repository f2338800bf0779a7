// The second script of the search: filters, narrowing, and the reasons of a result.
import { Filters } from './filters.js';
import { narrow } from './narrow.js';
import { reasons } from './reasons.js';

Object.assign(globalThis, { kawarabanMore: { Filters, narrow, reasons } });
