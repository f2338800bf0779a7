// The files of an index: their form, and how their texts are written (docs/en/search-index.md).
import { Files } from './reader.js';

/** The form that this client reads. */
const FORMAT = 'kawaraban-search/12';

/** @param {string} folder @param {ConstructorParameters<typeof Files>[3]} [get] */
export const indexFiles = (folder, get) => new Files(folder, FORMAT, 'euc-jp', get);
