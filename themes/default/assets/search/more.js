// The script of what narrows and explains results, which is loaded when someone asks for it.
import { Filters } from './filters.js';
import { narrow } from './narrow.js';
import { reasons } from './reasons.js';

Object.assign(globalThis, { kawarabanMore: { Filters, narrow, reasons } });
