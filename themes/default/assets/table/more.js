// The script of what a table is asked by and taken home with, which is loaded when someone asks for it.
import { columnChoice, filters } from './controls.js';
import { csv, save } from './csv.js';
import { groups } from './groups.js';

Object.assign(globalThis, { kawarabanTableMore: { columnChoice, csv, filters, groups, save } });
