import * as parts from './parts.js';
parts.open();
