// The second script of the search: completion, filters, narrowing, and the reasons of a result.
import { complete } from './complete.js';
import { Filters } from './filters.js';
import { narrow } from './narrow.js';
import { reasons } from './reasons.js';

Object.assign(globalThis, { kawarabanMore: { Filters, complete, narrow, reasons } });
