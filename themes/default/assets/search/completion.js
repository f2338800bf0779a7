// The script of completion, which is loaded when someone begins to type.
import { complete } from './complete.js';

Object.assign(globalThis, { kawarabanCompletion: { complete } });
